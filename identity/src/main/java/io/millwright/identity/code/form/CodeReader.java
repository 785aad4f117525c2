package io.millwright.identity.code.form;

import io.millwright.identity.code.Code;
import io.millwright.identity.code.Fault;
import io.millwright.identity.code.epc.EpcReader;
import io.millwright.identity.code.gs1.DigitalLinks;
import io.millwright.identity.code.gs1.Gs1Reader;
import io.millwright.identity.code.name.Dids;
import io.millwright.identity.code.name.Ecodes;
import io.millwright.identity.code.name.HandleNames;
import io.millwright.identity.code.name.Iso15459;
import io.millwright.identity.code.name.Oids;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Recognises and reads a code of any system.
///
/// Each system announces itself, if not by a scheme then by its first characters; where two remain possible, the one
/// that holds wins: 18 digits are a Serial Shipping Container Code if their check digit is right. What a barcode
/// scanner puts in front (ISO/IEC 15424) tells that GS1 data follow, or a GTIN.
public final class CodeReader {

    /// What scanners put before GS1 element strings: GS1-128, DataBar, DataMatrix, QR code, DotCode.
    private static final List<String> GS1_SYMBOLS = List.of("]C1", "]e0", "]e1", "]e2", "]d2", "]Q3", "]J1");

    /// What they put before a GTIN alone: EAN-13, EAN-8, ITF-14 with its check digit verified.
    private static final List<String> GTIN_SYMBOLS = List.of("]E0", "]E4", "]I1");

    private static final int SYMBOL_LENGTH = 3;

    private final Gs1Reader gs1;

    /// @param year the year in which codes are read; years of two digits mean the nearest one
    public CodeReader(int year) {
        gs1 = new Gs1Reader(year);
    }

    /// Reads a text as a code of the system it announces. Blanks around it do not count.
    public Code read(String text) {
        return Pasted.read(text, this::recognised);
    }

    /// Reads a text as a code of a given system, for codes that do not tell which they are of.
    ///
    /// @param scheme one of [#schemes]
    public Code read(String text, String scheme) {
        return Pasted.read(text, (code, from) -> named(code, from, scheme));
    }

    private Code named(String code, int from, String scheme) {
        return switch (scheme) {
            case "ecode" -> Ecodes.read(code, from);
            case "handle", "doi" -> HandleNames.read(code, from);
            case "oid" -> Oids.read(code, from);
            case "iso15459", "vaa" -> Iso15459.read(code, from);
            case "epc" ->
                startsWith(code, from, EpcReader.URN) ? EpcReader.uri(code, from) : EpcReader.tag(code, from, gs1);
            case "did" -> Dids.read(code, from);
            default -> gs1(code, from);
        };
    }

    /// The systems that can be named to [#read(String, String)].
    public static List<String> schemes() {
        return List.of("gs1", "epc", "handle", "doi", "oid", "ecode", "iso15459", "vaa", "did");
    }

    private static boolean startsWith(String text, int at, String start) {
        return text.regionMatches(true, at, start, 0, start.length());
    }

    private Code recognised(String text, int from) {
        if (text.startsWith("]", from)) {
            return symbol(text, from);
        }
        if (startsWith(text, from, EpcReader.URN)) {
            return EpcReader.uri(text, from);
        }
        if (Dids.looksRight(text, from)) {
            return Dids.read(text, from);
        }
        if (HandleNames.isAnnounced(text, from)) {
            return HandleNames.read(text, from);
        }
        if (Ecodes.isAnnounced(text, from)) {
            return Ecodes.read(text, from);
        }
        if (DigitalLinks.isWebAddress(text, from)) {
            return link(text, from);
        }
        return unannounced(text, from);
    }

    private Code unannounced(String text, int from) {
        var code = text.substring(from);
        if (code.startsWith("(")) {
            return gs1.bracketed(text, from);
        }
        if (Gs1Reader.isKeyAlone(code)) {
            return gs1.key(text, from);
        }
        if (code.startsWith("0x") && EpcReader.isTag(text, from + 2)) {
            return EpcReader.tag(text, from + 2, gs1);
        }
        if (Oids.looksRight(text, from)) {
            return Oids.read(text, from);
        }
        if (Iso15459.looksRight(text, from)) {
            return Iso15459.read(text, from);
        }
        var spaced = spaced(text, from);
        if (spaced.isPresent()) {
            return spaced.get();
        }
        var scanned = gs1.scanned(text, from);
        if (scanned.valid()) {
            return scanned;
        }
        if (EpcReader.isTag(text, from)) {
            return EpcReader.tag(text, from, gs1);
        }
        if (HandleNames.looksRight(text, from)) {
            return HandleNames.read(text, from);
        }
        if (hasOneLetter(code)) {
            return gs1.key(text, from);
        }
        return scanned.elements().isEmpty() ? unknown(from, KINDS) : scanned;
    }

    /// Whether it would be a key alone but for one letter: an O for a zero, an I for a one.
    private static boolean hasOneLetter(String code) {
        var digits = code.replaceFirst("[A-Za-z]", "0");
        return !digits.equals(code) && digits.matches("[0-9]+") && KEY_LENGTHS.contains(code.length());
    }

    /// A key or the bits of a tag with blanks or hyphens between, as they are printed for people.
    private Optional<Code> spaced(String text, int from) {
        var code = text.substring(from);
        var joined = code.replaceAll("[ -]", "");
        if (joined.equals(code)) {
            return Optional.empty();
        }
        boolean isKey = Gs1Reader.isKeyAlone(joined) && gs1.key(joined, 0).valid();
        if (!isKey && !(code.indexOf('-') < 0 && EpcReader.isTag(joined, 0))) {
            return Optional.empty();
        }
        int at = from;
        while (text.charAt(at) != ' ' && text.charAt(at) != '-') {
            at++;
        }
        var why = new Fault(at, "blanks and hyphens do not belong to the code: write " + joined);
        return Optional.of((isKey ? gs1.key(joined, 0) : EpcReader.tag(joined, 0, gs1)).refused(List.of(why)));
    }

    private static final Set<Integer> KEY_LENGTHS = Set.of(12, 13, 14);

    private static final String KINDS =
            "this is no code known here: GS1, EPC, handle, DOI, OID, Ecode (ecode:…), ISO/IEC 15459, DID";

    private Code link(String text, int from) {
        Optional<Code> link = gs1.digitalLink(text, from).<Code>map(l -> l).or(() -> EpcReader.link(text, from, gs1));
        return link.orElseGet(() ->
                unknown(from, "this web address is no GS1 Digital Link: its path has no key such as /01/ with a GTIN"));
    }

    private Code symbol(String text, int from) {
        int end = Math.min(text.length(), from + SYMBOL_LENGTH);
        var symbol = text.substring(from, end);
        if (end == text.length()) {
            return unknown(end, "behind the symbology identifier the code is missing");
        }
        if (GS1_SYMBOLS.contains(symbol)) {
            return gs1.scanned(text, end);
        }
        if (GTIN_SYMBOLS.contains(symbol)) {
            return gs1.key(text, end);
        }
        return recognisedWithoutSymbol(text, end);
    }

    /// A symbol may hold anything; but no second symbology identifier.
    private Code recognisedWithoutSymbol(String text, int from) {
        return text.startsWith("]", from) ? unknown(from, KINDS) : recognised(text, from);
    }

    private Code gs1(String text, int from) {
        if (DigitalLinks.isWebAddress(text, from)) {
            return link(text, from);
        }
        if (text.startsWith("]", from)) {
            return symbol(text, from);
        }
        if (text.startsWith("(", from)) {
            return gs1.bracketed(text, from);
        }
        return Gs1Reader.isKeyAlone(text.substring(from)) ? gs1.key(text, from) : gs1.scanned(text, from);
    }

    private static Code unknown(int at, String message) {
        return new Code.Unknown(List.of(new Fault(at, message)));
    }

    /// What a code says as names and values; a name that occurs again counts up.
    public static Map<String, String> values(Code code) {
        var values = new java.util.LinkedHashMap<String, String>();
        for (var part : code.parts()) {
            var name = part.name();
            for (int i = 2; values.containsKey(name); i++) {
                name = part.name() + "-" + i;
            }
            values.put(name, part.value());
        }
        return values;
    }
}
