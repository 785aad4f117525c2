package io.millwright.identity.door;

import io.millwright.identity.message.Body;
import io.millwright.identity.record.ValueReference;
import io.millwright.identity.record.ValueTypes;
import io.millwright.identity.wire.Octets;
import io.millwright.identity.wire.WireWriter;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// What a client says in the scheme `Handle` of the Authorization field, or in JSON to `/api/sessions`: names and
/// values (Handle.Net Technical Manual, chapter 14).
///
/// ```text
/// Authorization: Handle version="0", sessionId="…", id="300:0.NA/88.118.7", type="HS_PUBKEY",
///     cnonce="BASE64", alg="SHA256", signature="BASE64"
/// ```
///
/// The signature is over the session's nonce with the client's behind it: what the nonce and the digest of the
/// request are in the Handle protocol.
///
/// @param members by name
record HandleCredential(Map<String, String> members) {

    static final String SCHEME = "handle ";

    private static final int MEMBERS_MAX = 16;
    private static final Pattern MEMBER =
            Pattern.compile("\\s*([A-Za-z]+)\\s*=\\s*(?:\"([^\"\\\\]*)\"|([^\\s,\"]+))\\s*(,|$)");

    HandleCredential {
        members = Map.copyOf(members);
    }

    /// @param field the value of the Authorization field, its scheme being [#SCHEME]
    static HandleCredential ofField(String field) throws RefusedException {
        var members = new LinkedHashMap<String, String>();
        var rest = MEMBER.matcher(field);
        int at = SCHEME.length();
        while (at < field.length()) {
            if (!rest.find(at) || rest.start() != at || members.size() == MEMBERS_MAX) {
                throw new RefusedException(
                        401,
                        "the scheme Handle is followed by at most " + MEMBERS_MAX + " of NAME=\"VALUE\", with commas");
            }
            members.put(rest.group(1), rest.group(2) == null ? rest.group(3) : rest.group(2));
            at = rest.end();
        }
        return new HandleCredential(members);
    }

    /// @param json an object of texts and numbers; others of its members are passed over
    static HandleCredential of(JsonNode json) throws RefusedException {
        if (!json.isObject() || json.size() > MEMBERS_MAX) {
            throw new RefusedException("the content is an object with at most " + MEMBERS_MAX + " members");
        }
        var members = new LinkedHashMap<String, String>();
        json.properties().forEach(p -> {
            if (p.getValue().isString() || p.getValue().isNumber()) {
                members.put(p.getKey(), p.getValue().asString());
            }
        });
        return new HandleCredential(members);
    }

    Optional<String> member(String name) {
        return Optional.ofNullable(members.get(name)).filter(value -> !value.isEmpty());
    }

    /// The session that is meant.
    Optional<String> session() {
        return member("sessionId");
    }

    /// Whether a key is shown to be had, and not a session only.
    boolean isSigned() {
        return member("signature").isPresent();
    }

    /// The client's own random octets.
    Octets clientNonce() throws RefusedException {
        return base64("cnonce");
    }

    /// Who signed, and how, as it is in the Handle protocol.
    Body.ChallengeAnswer answer() throws RefusedException {
        var identity = identity(needed("id"));
        var type = needed("type");
        return switch (type) {
            case ValueTypes.HS_PUBKEY ->
                new Body.ChallengeAnswer(
                        type,
                        identity,
                        new WireWriter()
                                .octets(Octets.utf8(digest(member("alg").orElse("SHA256"))))
                                .octets(base64("signature"))
                                .toOctets());
            case ValueTypes.HS_SECKEY -> new Body.ChallengeAnswer(type, identity, code(needed("alg")));
            default -> throw new RefusedException(401, "type is HS_PUBKEY or HS_SECKEY, not \"" + type + "\"");
        };
    }

    /// `index:handle`, in percent encoding or not.
    static ValueReference identity(String text) throws RefusedException {
        var plain = text.indexOf('%') >= 0 ? PercentText.decode(text, false) : text;
        int colon = plain.indexOf(':');
        if (colon <= 0) {
            throw new RefusedException(401, "id is an index and a handle, e.g. 300:0.NA/88.118.7");
        }
        int index = Parameters.number("the index", plain.substring(0, colon), 0, Integer.MAX_VALUE);
        return new ValueReference(ValueJson.handle(plain.substring(colon + 1)), index);
    }

    private static String digest(String alg) throws RefusedException {
        var name = alg.toUpperCase(Locale.ROOT);
        return switch (name) {
            case "SHA1", "SHA-1", "SHA256", "SHA-256", "SM3" -> name;
            default ->
                throw new RefusedException(401, "alg of a public key is SHA256, SHA1 or SM3, not \"" + alg + "\"");
        };
    }

    /// The answer by a secret key: an octet for the algorithm, then the code (see the Handle protocol's).
    private Octets code(String alg) throws RefusedException {
        return switch (alg.toUpperCase(Locale.ROOT)) {
            case "SHA1", "SHA-1" -> plain(0x02);
            case "SHA256", "SHA-256" -> plain(0x03);
            case "HMAC-SHA1", "HMACSHA1" -> plain(0x12);
            case "HMAC-SHA256", "HMACSHA256" -> plain(0x13);
            case "PBKDF2-HMAC-SHA1", "PBKDF2WITHHMACSHA1" ->
                new WireWriter()
                        .u8(0x22)
                        .octets(base64("salt"))
                        .int32(number("iterations"))
                        .int32(number("length"))
                        .octets(base64("signature"))
                        .toOctets();
            default ->
                throw new RefusedException(
                        401,
                        "alg of a secret key is SHA256, SHA1, HMAC-SHA256, HMAC-SHA1 or PBKDF2-HMAC-SHA1, not \"" + alg
                                + "\"");
        };
    }

    private Octets plain(int algorithm) throws RefusedException {
        byte[] code = base64("signature").toByteArray();
        byte[] answer = new byte[1 + code.length];
        answer[0] = (byte) algorithm;
        System.arraycopy(code, 0, answer, 1, code.length);
        return Octets.of(answer);
    }

    private int number(String name) throws RefusedException {
        return Parameters.number(name, needed(name), 1, Integer.MAX_VALUE);
    }

    private String needed(String name) throws RefusedException {
        return member(name).orElseThrow(() -> new RefusedException(401, name + " is missing"));
    }

    private Octets base64(String name) throws RefusedException {
        try {
            return Octets.of(Base64.getDecoder().decode(needed(name)));
        } catch (IllegalArgumentException e) {
            throw new RefusedException(401, name + " is not base64");
        }
    }
}
