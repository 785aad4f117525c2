package io.millwright.identity.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Which octets of a message are which field, told by a small grammar of RFC 3652 that shares nothing with the
/// decoders: `name:4` is so many octets, `name:s` a length of four octets and the text, `name*( … )` a count of four
/// octets and
/// as many groups, `name[ … ]` a length of four octets around what is inside.
final class MessageLayout {

    private static final String HEADER =
            "operation:4 response:4 flags:4 serial:2 recursions:1 reserved:1 expiration:4 body[ ";
    private static final String VALUES =
            "handle:s values*( index:4 time:4 ttl-type:1 ttl:4 permissions:1 type:s data:s "
                    + "references*( reference:s reference-index:4 ) )";
    private static final String DIGEST = "digest-algorithm:1 digest:32 ";
    private static final String REFERENCE = "handle:s index:4 ";
    private static final String NO_CREDENTIAL = "credential[ ]";
    private static final String CREDENTIAL =
            "credential[ version:1 reserved:1 options:2 signer:s signer-index:4 type:s "
                    + "signed[ algorithm:s signature:s ] ]";
    private static final String QUERY = "handle:s indexes*( index:4 ) types*( type:s )";
    private static final String SHARE = "hash-option:1 servers:4 server:4 ";
    private static final String SITE = "version:2 major:1 minor:1 serial:2 mask:1 hash:1 filter:s "
            + "attributes*( name:s value:s ) servers*( id:4 address:16 key:s doors*( purpose:1 protocol:1 port:4 ) )";

    /// The body of each message of [Golden#MESSAGES].
    static final Map<String, String> BODIES = Map.ofEntries(
            Map.entry("resolution-request", QUERY),
            Map.entry("filtered-request", QUERY),
            Map.entry("mac-request", QUERY),
            Map.entry("resolution-response", VALUES),
            Map.entry("digest-response", DIGEST + VALUES),
            Map.entry("error-response", "text:s"),
            Map.entry("service-referral", VALUES),
            Map.entry("prefix-referral", VALUES),
            Map.entry("site-request", "handle:s"),
            Map.entry("site-response", SITE),
            Map.entry("create-request", VALUES),
            Map.entry("add-request", VALUES),
            Map.entry("modify-request", VALUES),
            Map.entry("remove-request", "handle:s indexes*( index:4 )"),
            Map.entry("delete-request", "handle:s"),
            Map.entry("list-handles-request", "handle:s"),
            Map.entry("list-handles-response", "handles*( handle:s )"),
            Map.entry("home-request", "handle:s"),
            Map.entry("unhome-request", "handle:s"),
            Map.entry("list-prefixes-request", "handle:s"),
            Map.entry("list-prefixes-response", "handles*( handle:s )"),
            Map.entry("delete-response", ""),
            Map.entry("create-response", "handle:s"),
            Map.entry("create-response-empty", ""),
            Map.entry("challenge", DIGEST + "nonce:s"),
            Map.entry("challenge-answer", "key-type:s " + REFERENCE + "answer:s"),
            Map.entry("verify-request", REFERENCE + "nonce:s digest:s answer:s"),
            Map.entry("verify-response", "verdict:1"),
            Map.entry("session-request-dh", "mode:2 timeout:4 " + REFERENCE + "key:s padding:2"),
            Map.entry("session-request-server", "mode:2 timeout:4 " + REFERENCE + "padding:2"),
            Map.entry("session-request-handle", "mode:2 timeout:4 " + REFERENCE + REFERENCE + "padding:2"),
            Map.entry("session-response", "mode:2 data:s padding:2"),
            Map.entry("key-exchange-request", "key:s"),
            Map.entry("terminate-request", "handle:s"),
            Map.entry("next-transaction-request", "handle:s"),
            Map.entry("next-transaction-response", "transaction:8"),
            Map.entry("transactions-request", "source:1 after:8 asked:8 " + SHARE),
            Map.entry("dump-request", SHARE),
            Map.entry("dump-request-from", SHARE + "start:s start-kind:4"));

    /// What a field is made of.
    enum Kind {
        /// Octets that say nothing of others.
        PLAIN,
        /// How many octets follow.
        LENGTH,
        /// How many groups follow.
        COUNT
    }

    /// @param name with the names of what it lies in
    /// @param at its first octet
    /// @param octets how many it has
    record Field(String name, int at, int octets, Kind kind) {}

    private final byte[] bytes;
    private final List<Field> fields = new ArrayList<>();
    private int at;

    private MessageLayout(byte[] bytes) {
        this.bytes = bytes;
    }

    /// The fields of a golden message, in their order and without a gap.
    static List<Field> fields(String name, byte[] bytes) {
        var layout = new MessageLayout(bytes);
        var credential = name.equals("mac-request") ? CREDENTIAL : NO_CREDENTIAL;
        layout.read("", words(HEADER + BODIES.get(name) + " ] " + credential));
        if (layout.at != bytes.length) {
            throw new AssertionError(name + " has " + bytes.length + " octets; its layout " + layout.at);
        }
        return layout.fields;
    }

    private static List<String> words(String grammar) {
        return List.of(grammar.strip().split(" +"));
    }

    private void read(String path, List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.endsWith("[") || word.endsWith("*(")) {
                int end = endOf(words, i);
                group(path + word.replaceAll("\\W", ""), word.endsWith("["), words.subList(i + 1, end));
                i = end;
            } else {
                field(path, word.split(":"));
            }
        }
    }

    private void field(String path, String[] word) {
        if (word[1].equals("s")) {
            int length = number(path + word[0] + ".length", Kind.LENGTH);
            take(path + word[0], length, Kind.PLAIN);
        } else {
            take(path + word[0], Integer.parseInt(word[1]), Kind.PLAIN);
        }
    }

    private void group(String name, boolean around, List<String> inside) {
        if (around) {
            int length = number(name + ".length", Kind.LENGTH);
            int end = at + length;
            if (length > 0) {
                read(name + ".", inside);
            }
            if (at != end) {
                throw new AssertionError(name + " ends at " + at + ", not at " + end);
            }
            return;
        }
        int count = number(name + ".count", Kind.COUNT);
        for (int i = 0; i < count; i++) {
            read(name + "." + i + ".", inside);
        }
    }

    private static int endOf(List<String> words, int start) {
        int depth = 0;
        for (int i = start; i < words.size(); i++) {
            String word = words.get(i);
            depth += word.endsWith("[") || word.endsWith("(") ? 1 : word.equals("]") || word.equals(")") ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        throw new AssertionError("a bracket stays open");
    }

    private int number(String name, Kind kind) {
        int start = at;
        take(name, 4, kind);
        return java.nio.ByteBuffer.wrap(bytes).getInt(start);
    }

    private void take(String name, int octets, Kind kind) {
        if (octets > 0) {
            fields.add(new Field(name, at, octets, kind));
        }
        at += octets;
    }
}
