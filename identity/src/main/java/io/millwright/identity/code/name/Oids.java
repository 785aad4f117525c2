package io.millwright.identity.code.name;

import io.millwright.identity.code.Code;
import io.millwright.identity.code.Fault;
import io.millwright.identity.code.Part;
import io.millwright.identity.code.gs1.CodeLists;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Object identifiers: dotted numbers, `urn:oid:` (RFC 3061), ASN.1 values `{iso(1) member-body(2) 156}` (ITU-T X.680,
/// clause 32) and OID-IRIs of numbers `/1/2/156` (X.660, clause 7).
public final class Oids {

    private static final String URN = "urn:oid:";
    private static final int ROOTS = 3;
    private static final int ARCS_UNDER_0_AND_1 = 40;
    private static final int UUID_BITS = 128;

    /// No arc is named deeper; beneath, the arcs before do not grow any more.
    private static final int NAMED_ARCS = 8;

    /// Names that may stand without their number, and what numbers mean, by the arcs before them (X.660, annex A).
    private static final Map<String, Map<String, Integer>> NAMES = Map.of(
            "",
            Map.of("itu-t", 0, "ccitt", 0, "iso", 1, "joint-iso-itu-t", 2, "joint-iso-ccitt", 2),
            "0.",
            Map.of(
                    "recommendation",
                    0,
                    "question",
                    1,
                    "administration",
                    2,
                    "network-operator",
                    3,
                    "identified-organization",
                    4),
            "1.",
            Map.of("standard", 0, "registration-authority", 1, "member-body", 2, "identified-organization", 3));

    private static final Map<String, String> MEANINGS = Map.ofEntries(
            Map.entry("0", "ITU-T"),
            Map.entry("1", "ISO"),
            Map.entry("2", "ISO and ITU-T together"),
            Map.entry("0.0", "Recommendations"),
            Map.entry("0.2", "administrations"),
            Map.entry("0.4", "identified organisations"),
            Map.entry("1.0", "standards of ISO"),
            Map.entry("1.2", "member bodies of ISO"),
            Map.entry("1.3", "identified organisations"),
            Map.entry("1.3.6.1", "internet"),
            Map.entry("1.3.6.1.4.1", "enterprises numbered by IANA"),
            Map.entry("2.5", "directory services"),
            Map.entry("2.16", "countries"),
            Map.entry("2.25", "UUIDs"),
            Map.entry("2.999", "examples"));

    private Oids() {}

    /// Whether the text is written as an object identifier is, right or wrong.
    public static boolean looksRight(String text, int at) {
        return isUrn(text, at)
                || text.startsWith("{", at)
                || text.startsWith("/", at) && consistsOf(text, at + 1, '/')
                || text.indexOf('.', at) > at && consistsOf(text, at, '.');
    }

    /// Whether there are only digits and separators, a digit first.
    private static boolean consistsOf(String text, int from, char separator) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean digit = c >= '0' && c <= '9';
            if (!digit && (c != separator || i == from)) {
                return false;
            }
        }
        return from < text.length();
    }

    private static boolean isUrn(String text, int at) {
        return text.regionMatches(true, at, URN, 0, URN.length());
    }

    /// One arc, and where it stands.
    private record Arc(int at, BigInteger number) {}

    /// Reads an object identifier from an offset of the text to its end.
    public static Code.Oid read(String text, int from) {
        var faults = new ArrayList<Fault>();
        var arcs = text.startsWith("{", from)
                ? braced(text, from, faults)
                : separated(text, from + (isUrn(text, from) ? URN.length() : 0), faults);
        if (faults.isEmpty()) {
            check(arcs, text, faults);
        }
        var dotted =
                String.join(".", arcs.stream().map(a -> a.number().toString()).toList());
        return new Code.Oid(faults.isEmpty() ? dotted : "", parts(arcs), faults);
    }

    private static List<Arc> separated(String text, int from, List<Fault> faults) {
        var arcs = new ArrayList<Arc>();
        char separator = text.startsWith("/", from) ? '/' : '.';
        int at = separator == '/' ? from + 1 : from;
        while (at <= text.length()) {
            int end = text.indexOf(separator, at);
            end = end < 0 ? text.length() : end;
            number(text, at, end, arcs, faults);
            at = end + 1;
        }
        return arcs;
    }

    private static void number(String text, int at, int end, List<Arc> arcs, List<Fault> faults) {
        var digits = text.substring(at, end);
        if (!digits.matches("[0-9]+")) {
            faults.add(new Fault(at, digits.isEmpty() ? "an arc is missing here" : "an arc is a number"));
        } else if (digits.length() > 1 && digits.startsWith("0")) {
            faults.add(new Fault(at, "an arc must not start with 0"));
        } else {
            arcs.add(new Arc(at, new BigInteger(digits)));
        }
    }

    /// `{iso(1) member-body(2) 156}`.
    private static List<Arc> braced(String text, int from, List<Fault> faults) {
        var arcs = new ArrayList<Arc>();
        int close = text.length() - 1;
        if (text.charAt(close) != '}') {
            faults.add(new Fault(text.length(), "} is missing"));
            close = text.length();
        }
        var before = new StringBuilder();
        int at = from + 1;
        while (at < close && faults.isEmpty()) {
            int end = at;
            while (end < close && !Character.isWhitespace(text.charAt(end))) {
                end++;
            }
            if (end > at) {
                component(text, at, end, before.toString(), arcs, faults);
                before.append(arcs.isEmpty() ? "" : arcs.getLast().number() + ".");
            }
            at = end + 1;
        }
        return arcs;
    }

    private static void component(String text, int at, int end, String before, List<Arc> arcs, List<Fault> faults) {
        int open = text.indexOf('(', at);
        if (open > at && open < end) {
            if (text.charAt(end - 1) == ')') {
                number(text, open + 1, end - 1, arcs, faults);
            } else {
                faults.add(new Fault(end, ") is missing"));
            }
            return;
        }
        var known = NAMES.getOrDefault(before, Map.of()).get(text.substring(at, end));
        if (known != null) {
            arcs.add(new Arc(at, BigInteger.valueOf(known)));
        } else if (Character.isDigit(text.charAt(at))) {
            number(text, at, end, arcs, faults);
        } else {
            faults.add(
                    new Fault(at, "write the number of this arc behind its name: " + text.substring(at, end) + "(…)"));
        }
    }

    private static void check(List<Arc> arcs, String text, List<Fault> faults) {
        if (arcs.size() < 2) {
            faults.add(new Fault(text.length(), "an object identifier has at least two arcs"));
            return;
        }
        var first = arcs.getFirst().number();
        if (first.compareTo(BigInteger.valueOf(ROOTS)) >= 0) {
            faults.add(new Fault(arcs.getFirst().at(), "the first arc is 0, 1 or 2, not " + first));
            return;
        }
        boolean limited = first.intValue() < 2;
        if (limited && arcs.get(1).number().compareTo(BigInteger.valueOf(ARCS_UNDER_0_AND_1)) >= 0) {
            faults.add(new Fault(arcs.get(1).at(), "the second arc under " + first + " is 0 to 39"));
        }
        boolean uuid = first.intValue() == 2 && arcs.get(1).number().equals(BigInteger.valueOf(25));
        if (uuid && arcs.size() > 2 && arcs.get(2).number().bitLength() > UUID_BITS) {
            faults.add(new Fault(arcs.get(2).at(), "a UUID has 128 bits; this number has more"));
        }
    }

    private static List<Part> parts(List<Arc> arcs) {
        var parts = new ArrayList<Part>();
        var before = new StringBuilder();
        for (int i = 0; i < arcs.size(); i++) {
            var number = arcs.get(i).number().toString();
            boolean country =
                    before.toString().equals("1.2.") || before.toString().equals("2.16.");
            var meaning = country && number.length() <= 3
                    ? CodeLists.countryName("0".repeat(3 - number.length()) + number)
                    : MEANINGS.getOrDefault(before + number, "");
            parts.add(new Part("arc-" + (i + 1), number, meaning));
            if (i < NAMED_ARCS) {
                before.append(number).append('.');
            }
        }
        return parts;
    }
}
