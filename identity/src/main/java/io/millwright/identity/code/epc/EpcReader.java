package io.millwright.identity.code.epc;

import io.millwright.identity.code.Code;
import io.millwright.identity.code.Fault;
import io.millwright.identity.code.Part;
import io.millwright.identity.code.gs1.Bits;
import io.millwright.identity.code.gs1.CompanyPrefixes;
import io.millwright.identity.code.gs1.ElementStrings;
import io.millwright.identity.code.gs1.Gs1Reader;
import io.millwright.identity.code.gs1.PackedText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads EPCs: pure identity URIs, tag URIs, raw URIs, bits in hexadecimal.
public final class EpcReader {

    /// What every EPC URI starts with.
    public static final String URN = "urn:epc:";

    private static final String CONTROL = "[";
    private static final int LONGEST_CONTROL = 64;
    private static final int HEX_DIGIT_BITS = 4;
    private static final int SHORTEST_HEX = 17;
    private static final int LONGEST_HEX = 128;
    private static final int LONGEST_KEY = 30;

    private EpcReader() {}

    /// Reads a URI that starts with [#URN], whatever its case, at an offset of the text.
    public static Code.Epc uri(String text, int from) {
        int kindAt = from + URN.length();
        int kindEnd = text.indexOf(':', kindAt);
        var kind = kindEnd < 0 ? "" : text.substring(kindAt, kindEnd);
        return switch (kind) {
            case "id", "class" -> identity(text, kindEnd + 1);
            case "tag" -> tag(text, kindEnd + 1);
            case "raw" -> raw(text, kindEnd + 1);
            default -> wrong(kindAt, "urn:epc: goes on with id:, class:, tag: or raw:, e.g. urn:epc:id:sgtin:");
        };
    }

    /// Whether the text is hexadecimal and starts with the header of an EPC long enough for it.
    public static boolean isTag(String text, int from) {
        if (text.length() - from < SHORTEST_HEX || firstNoHex(text, from) < text.length()) {
            return false;
        }
        int header = Integer.parseInt(text, from, from + 2, 16);
        return PlusTags.withHeader(header).isPresent()
                || TagCoding.withHeader(header)
                        .filter(c -> (text.length() - from) * HEX_DIGIT_BITS >= c.bits())
                        .isPresent();
    }

    private static int firstNoHex(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) <= 'f' && Character.digit(text.charAt(at), 16) >= 0) {
            at++;
        }
        return at;
    }

    /// Reads the bits of a tag, header first, in hexadecimal from an offset of the text to its end: an EPC, or GS1
    /// elements where the coding holds those as they are.
    public static Code tag(String text, int from, Gs1Reader gs1) {
        var header = from + 2 <= text.length() && firstNoHex(text, from) == text.length()
                ? PlusTags.withHeader(Integer.parseInt(text, from, from + 2, 16))
                : Optional.<PlusTags>empty();
        if (header.isEmpty() || text.length() - from > LONGEST_HEX) {
            return tagBits(text, from);
        }
        try {
            var decoded = header.get().decode(bits(text, from));
            return gs1.tag(decoded.elements(), decoded.parts(), from);
        } catch (TagBits.Unfit e) {
            return wrong(from, e.reason());
        }
    }

    /// Reads a web address whose last segment holds the bits of a tag: behind `eh` in hexadecimal, behind `ex` in
    /// base64url (GS1 Digital Link URI, compression standard for EPC binary strings 1.0, section 4.2).
    /// Nothing if it does not.
    public static Optional<Code> link(String text, int from, Gs1Reader gs1) {
        int end = text.length();
        for (int i = from; i < end; i++) {
            end = text.charAt(i) == '?' || text.charAt(i) == '#' ? i : end;
        }
        int at = text.lastIndexOf('/', end - 1) + 1;
        var segment = text.substring(Math.min(at, end), end);
        var hexadecimal = "";
        if (segment.matches("eh[0-9a-f]+")) {
            hexadecimal = segment.substring(2);
        } else if (segment.matches("ex[A-Za-z0-9_-]+")) {
            hexadecimal = hexadecimal(PackedText.BASE64.write(segment.substring(2)));
        }
        return isTag(hexadecimal, 0) ? Optional.of(moved(tag(hexadecimal, 0, gs1), at)) : Optional.empty();
    }

    /// What is wrong with the bits stands where their segment starts.
    private static Code moved(Code code, int at) {
        return code.valid()
                ? code
                : code.refused(code.faults().stream()
                        .map(f -> new Fault(at, f.message()))
                        .toList());
    }

    private static String hexadecimal(String bits) {
        var digits = new StringBuilder();
        for (int i = 0; i < bits.length(); i += HEX_DIGIT_BITS) {
            digits.append(Integer.toHexString(
                    new Bits(bits.substring(i, Math.min(bits.length(), i + HEX_DIGIT_BITS))).number(HEX_DIGIT_BITS)));
        }
        return digits.toString();
    }

    private static String bits(String text, int from) {
        var bits = new StringBuilder();
        for (int i = from; i < text.length(); i++) {
            bits.append(Bits.of(Character.digit(text.charAt(i), 16), HEX_DIGIT_BITS));
        }
        return bits.toString();
    }

    private static Code.Epc tagBits(String text, int from) {
        int bad = firstNoHex(text, from);
        if (bad < text.length()) {
            return wrong(bad, "the bits of a tag are written in hexadecimal digits");
        }
        if (text.length() - from > LONGEST_HEX) {
            return wrong(from + LONGEST_HEX, "no EPC has more than " + LONGEST_HEX + " hexadecimal digits");
        }
        try {
            var decoded = TagBits.decode(bits(text, from));
            return checked(
                    decoded.coding().scheme(),
                    decoded.fields(),
                    decoded.coding().uriName(),
                    decoded.filter(),
                    from);
        } catch (TagBits.Unfit e) {
            return wrong(from, e.reason());
        }
    }

    /// The fields of a tag may still break the grammar of the scheme.
    private static Code.Epc checked(EpcScheme scheme, List<String> fields, String coding, int filter, int at) {
        var faults = new ArrayList<Fault>();
        for (int i = 0; i < fields.size(); i++) {
            var field = scheme.fields().get(i);
            field.kind()
                    .check(fields.get(i), field.max())
                    .ifPresent(f -> faults.add(new Fault(at, field.name() + " " + f.message())));
        }
        return code(scheme, fields, coding, filter, faults);
    }

    private static Code.Epc identity(String text, int from) {
        int colon = text.indexOf(':', from);
        var scheme = colon < 0 ? Optional.<EpcScheme>empty() : EpcScheme.named(text.substring(from, colon));
        boolean lot = text.substring(0, from).endsWith("class:");
        if (scheme.isEmpty() || lot != (scheme.get() == EpcScheme.LGTIN)) {
            return wrong(from, "there is no EPC scheme of that name; schemes are sgtin, sscc, sgln, grai, giai, …");
        }
        return fields(scheme.get(), text, colon + 1, "", -1, List.of());
    }

    private static Code.Epc tag(String text, int from) {
        var controls = new ArrayList<Part>();
        int at = from;
        while (text.startsWith(CONTROL, at)) {
            int end = text.indexOf(']', at);
            var control = end < 0 || end - at > LONGEST_CONTROL ? "" : text.substring(at + 1, end);
            int equals = control.indexOf('=');
            if (equals < 1 || !List.of("att", "umi", "xpc").contains(control.substring(0, equals))) {
                return wrong(at, "control fields are [att=xNN], [umi=0] or [umi=1], and [xpc=xNNNN]");
            }
            controls.add(new Part(control.substring(0, equals), control.substring(equals + 1), "control of the tag"));
            at = end + 1;
        }
        if (!controls.isEmpty()) {
            if (!text.startsWith(":", at)) {
                return wrong(at, "a colon must stand behind the control fields");
            }
            at++;
        }
        return encoding(text, at, controls);
    }

    private static Code.Epc encoding(String text, int from, List<Part> controls) {
        int colon = text.indexOf(':', from);
        var coding = colon < 0 ? Optional.<TagCoding>empty() : TagCoding.named(text.substring(from, colon));
        if (coding.isEmpty()) {
            return wrong(from, "there is no coding of tags of that name; codings are sgtin-96, sgtin-198, sscc-96, …");
        }
        int at = colon + 1;
        var name = coding.get().uriName();
        if (coding.get().maxFilter() == 0) {
            return encodable(fields(coding.get().scheme(), text, at, name, -1, controls), at);
        }
        int dot = text.indexOf('.', at);
        var filter = dot < 0 ? "" : text.substring(at, dot);
        boolean right = filter.matches("0|[1-9][0-9]?")
                && Integer.parseInt(filter) <= coding.get().maxFilter();
        if (!right) {
            return wrong(at, "a filter value of 0 to " + coding.get().maxFilter() + " must stand here, and a dot");
        }
        var code = fields(coding.get().scheme(), text, dot + 1, name, Integer.parseInt(filter), controls);
        return encodable(code, dot + 1);
    }

    /// A tag URI is right only if the tag can hold it.
    private static Code.Epc encodable(Code.Epc code, int at) {
        if (!code.valid()) {
            return code;
        }
        try {
            TagBits.encode(TagCoding.named(code.coding()).orElseThrow(), code.filter(), code.fields());
            return code;
        } catch (TagBits.Unfit e) {
            return new Code.Epc(
                    code.kind(),
                    code.fields(),
                    code.coding(),
                    code.filter(),
                    "",
                    code.parts(),
                    List.of(new Fault(at, e.reason())));
        }
    }

    private static Code.Epc raw(String text, int from) {
        int at = text.indexOf(".x", from);
        if (at < 0 || !isTag(text, at + 2)) {
            return wrong(from, "only the length, .x and the bits of an EPC in hexadecimal are read here");
        }
        return tagBits(text, at + 2);
    }

    private static Code.Epc fields(
            EpcScheme scheme, String text, int from, String coding, int filter, List<Part> more) {
        var values = new ArrayList<String>();
        var faults = new ArrayList<Fault>();
        int at = from;
        for (int i = 0; i < scheme.fields().size(); i++) {
            var field = scheme.fields().get(i);
            boolean last = i == scheme.fields().size() - 1;
            int dot = last && field.kind().mayHoldDots() ? -1 : text.indexOf('.', at);
            int end = dot < 0 ? text.length() : dot;
            var escaped = new Escaped(text, at, end);
            var value = escaped.decode(field, faults);
            values.add(value);
            int start = at;
            field.kind()
                    .check(value, field.max())
                    .ifPresent(f -> faults.add(new Fault(escaped.place(f.at()), field.name() + " " + f.message())));
            if (last && end < text.length()) {
                faults.add(new Fault(end, "there are " + scheme.fields().size() + " fields; this is one more"));
            } else if (!last && dot < 0) {
                var next = scheme.fields().get(i + 1).name();
                faults.add(new Fault(text.length(), "a dot and the " + next + " are missing"));
                break;
            }
            at = end + 1;
            if (i == 1 && scheme.hasCompanyPrefix()) {
                checkLength(scheme, values, start, faults);
            }
        }
        var code = code(scheme, values, coding, filter, faults);
        if (more.isEmpty()) {
            return code;
        }
        var parts = new ArrayList<>(code.parts());
        parts.addAll(more);
        return new Code.Epc(code.kind(), code.fields(), coding, filter, code.canonical(), parts, code.faults());
    }

    private static void checkLength(EpcScheme scheme, List<String> values, int at, List<Fault> faults) {
        int digits = values.get(0).length() + values.get(1).length();
        if (scheme.digits() == 0 && digits > LONGEST_KEY) {
            faults.add(new Fault(
                    at,
                    "company prefix and " + scheme.fields().get(1).name() + " have at most " + LONGEST_KEY
                            + " characters together, not " + digits));
        } else if (scheme.digits() > 0 && digits != scheme.digits()) {
            faults.add(new Fault(
                    at,
                    "company prefix and " + scheme.fields().get(1).name() + " must have " + scheme.digits()
                            + " digits together, not " + digits));
        }
    }

    private static Code.Epc wrong(int at, String message) {
        return new Code.Epc("", List.of(), "", -1, "", List.of(), List.of(new Fault(at, message)));
    }

    private static Code.Epc code(EpcScheme scheme, List<String> fields, String coding, int filter, List<Fault> faults) {
        var parts = new ArrayList<Part>();
        parts.add(new Part("epc-scheme", scheme.uriName(), scheme.meaning()));
        if (!coding.isEmpty()) {
            parts.add(new Part("coding", coding, "how it stands on the tag"));
        }
        if (filter >= 0) {
            parts.add(new Part("filter", Integer.toString(filter), Filters.words(scheme, filter)));
        }
        for (int i = 0; i < fields.size(); i++) {
            parts.add(Part.of(scheme.fields().get(i).name(), fields.get(i)));
        }
        if (faults.isEmpty()) {
            EpcKeys.elements(scheme, fields)
                    .ifPresent(e -> parts.add(new Part("gs1", ElementStrings.bracketed(e), "the same in GS1 form")));
        }
        if (scheme.hasCompanyPrefix() && !fields.isEmpty()) {
            CompanyPrefixes.of(fields.getFirst()).ifPresent(range -> {
                parts.add(new Part("organisation", range.organisation(), "who hands out numbers with this GS1 Prefix"));
                if (!range.countries().isEmpty()) {
                    parts.add(new Part("country", range.countries(), range.words()));
                }
            });
        }
        var canonical = faults.isEmpty() ? EpcWriter.identity(scheme, fields) : "";
        return new Code.Epc(scheme.uriName(), fields, coding, filter, canonical, parts, faults);
    }

    /// A field as it stands in the text.
    private record Escaped(String text, int from, int to) {

        String decode(EpcScheme.Field field, List<Fault> faults) {
            var value = new StringBuilder();
            boolean told = false;
            for (int i = from; i < to; i++) {
                char c = text.charAt(i);
                int code = c == '%' && i + 2 < to ? hex(text.charAt(i + 1)) << 4 | hex(text.charAt(i + 2)) : -1;
                if (code >= 0) {
                    value.append((char) code);
                    i += 2;
                } else {
                    value.append(c);
                    if (!told && !field.kind().holdsUnescaped(c) && c >= ' ' && c < 0x7f && escapable(field, c)) {
                        told = true;
                        faults.add(new Fault(i, "%s must be written %%%02X here".formatted(c, (int) c)));
                    }
                }
            }
            return value.toString();
        }

        private static boolean escapable(EpcScheme.Field field, char c) {
            return field.kind().check(Character.toString(c), 0).isEmpty();
        }

        /// Negative if it is no hexadecimal digit.
        private static int hex(char c) {
            return c > 'f' ? -1 : Character.digit(c, 16);
        }

        int place(int index) {
            int place = from;
            for (int i = 0; i < index && place < to; i++) {
                boolean escape = text.charAt(place) == '%' && place + 2 < to;
                place += escape ? 3 : 1;
            }
            return place;
        }
    }
}
