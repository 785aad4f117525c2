package io.millwright.identity.code.name;

import io.millwright.identity.code.Code;
import io.millwright.identity.code.Fault;
import io.millwright.identity.code.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Unique identifiers of ISO/IEC 15459: an issuing agency code, then what the agency's rules say; before them a data
/// identifier (ANSI MH10.8.2), around them the envelope of ISO/IEC 15434.
///
/// The register of agencies is kept by AIM (https://aimglobal.org/registration-authority) and was not at hand: those
/// listed here are known from what their owners publish. VAA: China's Academy of Information and Communications
/// Technology (W3C DID methods, entry vaa); MA: ZIIOT, the Zhongguancun institute for two-dimensional codes
/// (http://www.ziiot.org.cn); PP: IFA, whose UDI is made of IAC PP, supplier number and check characters (IFA coding
/// system, specification UDI). D, LB, LD, LH, OD and UN are from general knowledge.
public final class Iso15459 {

    private static final String ENVELOPE = "[)>\u001e06\u001d";
    private static final char GROUP_SEPARATOR = '\u001d';
    private static final char RECORD_SEPARATOR = '\u001e';
    private static final int LONGEST_TRANSPORT_UNIT = 35;
    private static final int LONGEST = 50;

    /// Data identifiers before which an issuing agency code stands, and what they announce.
    private static final Map<String, String> DATA_IDENTIFIERS = Map.of(
            "J", "transport unit",
            "1J", "transport unit, lowest level",
            "2J", "transport unit, lowest level, with EDI data",
            "3J", "transport unit of transport units",
            "4J", "transport unit of transport units, with EDI data",
            "5J", "transport unit of mixed items",
            "6J", "transport unit of mixed items, with EDI data",
            "25P", "product",
            "25S", "individual item",
            "25T", "batch");

    private static final Map<String, String> AGENCIES = Map.of(
            "D", "NATO Allied Committee 135 (CAGE)",
            "LB", "Telcordia",
            "LD", "US Department of Defense (DoDAAC)",
            "LH", "European Health Industry Business Communications Council",
            "MA", "ZIIOT, Zhongguancun institute for two-dimensional codes, China",
            "OD", "Odette",
            "PP", "Informationsstelle für Arzneispezialitäten (IFA)",
            "UN", "Dun & Bradstreet",
            "VAA", "China Academy of Information and Communications Technology");

    private Iso15459() {}

    /// Whether the text is such an identifier: in an envelope, behind a data identifier with a known agency, or of VAA
    /// or MA.
    public static boolean looksRight(String text, int at) {
        if (text.startsWith("[)>", at) || text.substring(at).matches("(VAA|MA\\.)[A-Z0-9].*")) {
            return true;
        }
        var identifier = dataIdentifier(text, at);
        return identifier.isPresent()
                && agency(text, at + identifier.get().length()).isPresent();
    }

    private static Optional<String> dataIdentifier(String text, int at) {
        return DATA_IDENTIFIERS.keySet().stream()
                .filter(di -> text.startsWith(di, at))
                .findFirst();
    }

    private static Optional<String> agency(String text, int at) {
        for (int length = 3; length > 0; length--) {
            int end = Math.min(text.length(), at + length);
            if (AGENCIES.containsKey(text.substring(Math.min(at, end), end))) {
                return Optional.of(text.substring(at, end));
            }
        }
        return at < text.length() && Character.digit(text.charAt(at), 10) >= 0
                ? Optional.of(text.substring(at, at + 1))
                : Optional.empty();
    }

    /// Reads one from an offset of the text to its end.
    public static Code.Iso15459 read(String text, int from) {
        var faults = new ArrayList<Fault>();
        var parts = new ArrayList<Part>();
        int at = from;
        int end = text.length();
        if (text.startsWith("[)>", from)) {
            if (!text.startsWith(ENVELOPE, from)) {
                var wrong = new Fault(from + 3, "behind [)> come RS, 06 and GS: the envelope of data identifiers");
                return new Code.Iso15459("iso15459", "", parts, List.of(wrong));
            }
            at = from + ENVELOPE.length();
            end = itemEnd(text, at);
        }
        var identifier = dataIdentifier(text, at);
        identifier.ifPresent(di -> parts.add(new Part("data-identifier", di, DATA_IDENTIFIERS.getOrDefault(di, ""))));
        int agencyAt = at + identifier.map(String::length).orElse(0);
        var agency = agency(text.substring(0, end), agencyAt);
        agency.ifPresent(a -> parts.add(new Part("issuing-agency", a, AGENCIES.getOrDefault(a, "GS1"))));
        int numberAt = agencyAt + agency.map(String::length).orElse(0);
        parts.add(new Part("number", text.substring(Math.min(numberAt, end), end), "by the rules of the agency"));
        check(text.substring(0, end), agencyAt, numberAt, identifier.orElse(""), agency.isPresent(), faults);
        boolean vaa = agency.filter("VAA"::equals).isPresent();
        return new Code.Iso15459(
                vaa ? "vaa" : "iso15459", faults.isEmpty() ? text.substring(at, end) : "", parts, faults);
    }

    private static int itemEnd(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) != GROUP_SEPARATOR && text.charAt(at) != RECORD_SEPARATOR) {
            at++;
        }
        return at;
    }

    private static void check(
            String text, int agencyAt, int numberAt, String identifier, boolean known, List<Fault> faults) {
        if (!known) {
            faults.add(new Fault(
                    Math.min(agencyAt, text.length()),
                    "no issuing agency known here starts this: "
                            + String.join(
                                    ", ", AGENCIES.keySet().stream().sorted().toList()) + ", or a digit for GS1"));
            return;
        }
        if (numberAt >= text.length()) {
            faults.add(new Fault(text.length(), "the number behind the issuing agency is missing"));
        }
        int longest = identifier.endsWith("J") ? LONGEST_TRANSPORT_UNIT : LONGEST;
        if (text.length() - agencyAt > longest) {
            faults.add(new Fault(
                    agencyAt + longest, "has at most " + longest + " characters, not " + (text.length() - agencyAt)));
        }
        for (int i = agencyAt; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c >= 0x7f || c >= 'a' && c <= 'z') {
                faults.add(new Fault(i, "takes capital letters, digits and signs of ASCII"));
                return;
            }
        }
    }
}
