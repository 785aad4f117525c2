package io.millwright.identity.code.name;

import io.millwright.identity.code.Code;
import io.millwright.identity.code.Fault;
import io.millwright.identity.code.Part;
import java.util.ArrayList;
import java.util.List;

/// Decentralized identifiers and DID URLs (W3C DID Core 1.0, section 3); of methods, `did:bid` is looked at closer (BID
/// protocol specification 2.0, section 3).
public final class Dids {

    private static final String SCHEME = "did:";
    private static final String BID = "bid";
    private static final int CHAIN_LENGTH = 4;
    private static final int SHORTEST_SUFFIX = 22;
    private static final int LONGEST_SUFFIX = 42;

    /// What may stand in path, query and fragment of a URI beside letters and digits (RFC 3986, section 3.3).
    private static final String URL_CHARACTERS = "-._~!$&'()*+,;=:@/";

    private Dids() {}

    /// Whether a decentralized identifier starts there.
    public static boolean looksRight(String text, int at) {
        return text.regionMatches(true, at, SCHEME, 0, SCHEME.length());
    }

    /// Reads one from an offset of the text to its end.
    public static Code.Did read(String text, int from) {
        var faults = new ArrayList<Fault>();
        var parts = new ArrayList<Part>();
        if (!looksRight(text, from)) {
            return new Code.Did("", parts, List.of(new Fault(from, "a decentralized identifier starts with did:")));
        }
        if (!text.startsWith(SCHEME, from)) {
            faults.add(new Fault(from, "did: is written in small letters"));
        }
        int methodAt = from + SCHEME.length();
        int colon = text.indexOf(':', methodAt);
        int methodEnd = colon < 0 ? text.length() : colon;
        var method = text.substring(methodAt, methodEnd);
        parts.add(new Part("method", method, "how it is resolved"));
        if (!method.matches("[a-z0-9]+")) {
            faults.add(new Fault(methodAt, "the method consists of small letters and digits, e.g. did:bid:"));
        }
        int idAt = methodEnd + 1;
        int idEnd = end(text, idAt, "/?#");
        if (idAt >= idEnd) {
            faults.add(new Fault(text.length(), "a colon and the identifier are missing"));
        } else {
            var id = text.substring(idAt, idEnd);
            parts.add(new Part("identifier", id, "what the method calls it"));
            checkIdentifier(text, idAt, idEnd, faults);
            if (method.equals(BID)) {
                bid(id, idAt, parts, faults);
            }
            url(text, idEnd, parts, faults);
        }
        return new Code.Did(faults.isEmpty() ? text.substring(from) : "", parts, faults);
    }

    private static int end(String text, int from, String stops) {
        int at = from;
        while (at < text.length() && stops.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return Math.min(at, text.length());
    }

    private static void checkIdentifier(String text, int from, int to, List<Fault> faults) {
        for (int i = from; i < to; i++) {
            if (Percent.isEscape(text, i)) {
                i += 2;
            } else if (!isLetterOrDigit(text.charAt(i)) && "._-:".indexOf(text.charAt(i)) < 0) {
                faults.add(new Fault(i, "an identifier takes letters, digits, . - _ : and percent escapes"));
                return;
            }
        }
        if (text.charAt(to - 1) == ':') {
            faults.add(new Fault(to - 1, "an identifier does not end with a colon"));
        }
    }

    private static boolean isLetterOrDigit(char c) {
        return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
    }

    /// An optional code of a chain, four characters, a colon, and a suffix of 22 to 42.
    private static void bid(String id, int at, List<Part> parts, List<Fault> faults) {
        int colon = id.indexOf(':');
        var chain = id.substring(0, Math.max(0, colon));
        var suffix = id.substring(colon + 1);
        boolean chainAlone = colon < 0 && id.length() == CHAIN_LENGTH;
        if (colon >= 0 && !chain.matches("[A-Za-z0-9]{4}")) {
            faults.add(new Fault(at, "the chain code of a BID has four letters and digits"));
        }
        if (!chainAlone && !suffix.matches("[A-Za-z0-9]{" + SHORTEST_SUFFIX + "," + LONGEST_SUFFIX + "}")) {
            faults.add(new Fault(
                    at + colon + 1,
                    "the suffix of a BID has " + SHORTEST_SUFFIX + " to " + LONGEST_SUFFIX + " letters and digits, not "
                            + suffix.length()));
        }
        if (colon >= 0) {
            parts.add(new Part("chain", chain, "autonomous consensus system of the Xinghuo network"));
        }
    }

    private static void url(String text, int from, List<Part> parts, List<Fault> faults) {
        int query = end(text, from, "?#");
        int fragment = end(text, query, "#");
        add("path", text.substring(from, query), parts);
        add("query", text.substring(query, fragment), parts);
        add("fragment", text.substring(fragment), parts);
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean start = i == fragment && c == '#' || i >= query && c == '?';
            if (Percent.isEscape(text, i)) {
                i += 2;
            } else if (!start && !isLetterOrDigit(c) && URL_CHARACTERS.indexOf(c) < 0) {
                faults.add(new Fault(i, "this character must be percent-escaped here"));
                return;
            }
        }
    }

    private static void add(String name, String value, List<Part> parts) {
        if (!value.isEmpty()) {
            parts.add(Part.of(name, value));
        }
    }
}
