package io.millwright.identity.code.gs1;

import io.millwright.identity.code.Element;
import io.millwright.identity.code.Fault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The compression of Digital Links (GS1 Digital Link Standard 1.1, "Compression and decompression").
///
/// ```
/// AI as hexadecimal digits, 4 bits each │ its value, part by part │ next AI … │ zeros to a whole base64url character
///   or one code of two digits for a usual sequence of AIs
/// part of digits, fixed length          │ value as a binary number
/// part of digits, variable              │ number of digits │ value as a binary number
/// part of characters                    │ encoding, 3 bits │ number of characters, if variable │ characters
/// F │ 7 bits: length of key │ key, 6 bits each │ encoding │ 7 bits: length │ characters      (not of GS1)
/// ```
final class Compression {

    private static final int NIBBLE = 4;
    private static final int CHARACTER = 6;

    /// The ways of packing characters, by their number.
    private static final List<PackedText> ENCODINGS = List.of(
            PackedText.DIGITS,
            PackedText.SMALL_HEXADECIMAL,
            PackedText.CAPITAL_HEXADECIMAL,
            PackedText.BASE64,
            PackedText.ASCII);

    /// Codes for usual sequences of application identifiers.
    private static final Map<String, List<String>> SEQUENCES = sequences();

    /// The sequences whose order the standard and the toolkit of GS1 read differently.
    private static final List<String> AMBIGUOUS = List.of("1A", "9D");

    private Compression() {}

    private static Map<String, List<String>> sequences() {
        var all = new LinkedHashMap<String, List<String>>();
        var table = """
                0A 01 22,0B 01 10,0C 01 21,0D 01 17,0E 01 7003,0F 01 30,1A 01 10 21 17,1B 01 15,1C 01 11,1D 01 16,\
                1E 01 91,1F 01 10 15,2A 01 3100,2B 01 3101,2C 01 3102,2D 01 3103,2E 01 3104,2F 01 3105,3A 01 3200,\
                3B 01 3201,3C 01 3202,3D 01 3203,3E 01 3204,3F 01 3205,9A 8010 8011,9B 8017 8019,9C 8018 8019,\
                9D 414 254,A0 01 3920,A1 01 3921,A2 01 3922,A3 01 3923,A4 01 3924,A5 01 3925,A6 01 3926,A7 01 3927,\
                A8 01 3928,A9 01 3929,C0 255 3900,C1 255 3901,C2 255 3902,C3 255 3903,C4 255 3904,C5 255 3905,\
                C6 255 3906,C7 255 3907,C8 255 3908,C9 255 3909,CA 255 3940,CB 255 3941,CC 255 3942,CD 255 3943""";
        for (var row : table.split(",", -1)) {
            var cells = List.of(row.split(" "));
            all.put(cells.getFirst(), cells.subList(1, cells.size()));
        }
        return all;
    }

    /// A part of a value as compression sees it: neighbours of a kind are one.
    private record Field(boolean numeric, boolean fixed, int max) {}

    private static List<Field> fields(ApplicationIdentifier ai) {
        var fields = new ArrayList<Field>();
        for (var part : ai.parts()) {
            boolean numeric = part.type() == 'N';
            boolean fixed = part.isFixed() && !part.optional();
            var last = fields.isEmpty() ? new Field(!numeric, fixed, 0) : fields.getLast();
            if (last.numeric() == numeric && (last.fixed() == fixed || !numeric)) {
                fields.removeLast();
                fields.add(new Field(numeric, fixed, last.max() + part.max()));
            } else {
                fields.add(new Field(numeric, fixed, part.max()));
            }
        }
        return fields;
    }

    private static int lengthBits(int max) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(max);
    }

    /// The standard's formula for the bits of a number of digits gives one more than needed at some lengths.
    private static int spareBits(PackedText encoding, int length) {
        return encoding == PackedText.DIGITS && length > 0
                ? (int) Math.ceil(length * Math.log(10) / Math.log(2) + 0.01) - PackedText.numberBits(length)
                : 0;
    }

    /// Compresses elements that are right.
    static String compress(List<Element> elements) {
        var left = new LinkedHashMap<String, String>();
        elements.forEach(e -> left.putIfAbsent(e.ai(), e.value()));
        var bits = new StringBuilder();
        for (var sequence = usual(left); sequence.isPresent(); sequence = usual(left)) {
            append(bits, sequence.get());
            for (var ai : SEQUENCES.getOrDefault(sequence.get(), List.of())) {
                appendValue(bits, ai, left.getOrDefault(ai, ""));
                left.remove(ai);
            }
        }
        left.forEach((ai, value) -> {
            append(bits, ai);
            appendValue(bits, ai, value);
        });
        return base64(bits);
    }

    private static Optional<String> usual(Map<String, String> left) {
        return SEQUENCES.entrySet().stream()
                .filter(e -> !AMBIGUOUS.contains(e.getKey()) && left.keySet().containsAll(e.getValue()))
                .max((a, b) -> Integer.compare(
                        String.join("", a.getValue()).length(),
                        String.join("", b.getValue()).length()))
                .map(Map.Entry::getKey);
    }

    private static String base64(StringBuilder bits) {
        bits.repeat('0', (CHARACTER - bits.length() % CHARACTER) % CHARACTER);
        var text = new StringBuilder();
        for (int i = 0; i < bits.length(); i += CHARACTER) {
            text.append(Characters.BASE64.at(Integer.parseInt(bits, i, i + CHARACTER, 2)));
        }
        return text.toString();
    }

    private static void append(StringBuilder bits, String hexadecimal) {
        hexadecimal.chars().forEach(c -> bits.append(Bits.of(Character.digit(c, 16), NIBBLE)));
    }

    private static void appendValue(StringBuilder bits, String ai, String value) {
        int at = 0;
        for (var field : fields(ApplicationIdentifiers.of(ai).orElseThrow())) {
            int end = field.fixed() ? Math.min(value.length(), at + field.max()) : value.length();
            var piece = value.substring(at, end);
            var encoding = field.numeric() ? PackedText.DIGITS : encoding(piece);
            if (!field.numeric()) {
                bits.append(Bits.of(ENCODINGS.indexOf(encoding), 3));
            }
            if (!field.fixed()) {
                bits.append(Bits.of(piece.length(), lengthBits(field.max())));
            }
            bits.append("0".repeat(spareBits(encoding, piece.length()))).append(encoding.write(piece));
            at = end;
        }
    }

    private static PackedText encoding(String text) {
        if (text.isEmpty()) {
            return PackedText.ASCII;
        }
        return Stream.of(
                        PackedText.DIGITS,
                        PackedText.CAPITAL_HEXADECIMAL,
                        PackedText.SMALL_HEXADECIMAL,
                        PackedText.BASE64)
                .filter(e -> e.holds(text))
                .findFirst()
                .orElse(PackedText.ASCII);
    }

    /// What a segment says.
    ///
    /// @param others keys and values that are not of GS1
    /// @param fault why it could not be read to its end
    record Expanded(List<Element> elements, Map<String, String> others, Optional<Fault> fault) {}

    /// Expands a segment of base64url characters that starts at an offset of the text.
    static Expanded expand(String segment, int at) {
        var standard = new Expansion(segment, at, false).read();
        var swapped = new Expansion(segment, at, true).read();
        return isRight(standard) || !isRight(swapped) ? standard : swapped;
    }

    private static boolean isRight(Expanded expanded) {
        return expanded.fault().isEmpty()
                && expanded.elements().stream()
                        .allMatch(e -> ApplicationIdentifiers.of(e.ai())
                                .orElseThrow()
                                .check(e.value())
                                .isEmpty());
    }

    private static final class Expansion {
        private final Bits bits;
        private final int at;
        private final boolean sorted;
        private final List<Element> elements = new ArrayList<>();
        private final Map<String, String> others = new LinkedHashMap<>();
        private Optional<Fault> fault = Optional.empty();

        Expansion(String segment, int at, boolean sorted) {
            this.at = at;
            this.sorted = sorted;
            var text = new StringBuilder();
            for (int i = 0; i < segment.length(); i++) {
                text.append(Bits.of(Characters.BASE64.rank(segment.charAt(i)), CHARACTER));
            }
            bits = new Bits(text.toString());
        }

        Expanded read() {
            while (fault.isEmpty() && bits.left() >= 2 * NIBBLE) {
                next();
            }
            if (fault.isEmpty() && !bits.isPadding()) {
                fail("something is left over");
            }
            return new Expanded(elements, others, fault);
        }

        private int place() {
            return at + bits.read() / CHARACTER;
        }

        private void fail(String why) {
            fault = Optional.of(new Fault(place(), "compressed data cannot be read: " + why));
        }

        private void next() {
            var code = nibble() + nibble();
            if (code.startsWith("F")) {
                other(Character.digit(code.charAt(1), 16));
            } else if (SEQUENCES.containsKey(code)) {
                var sequence = SEQUENCES.getOrDefault(code, List.of());
                var order = sorted && AMBIGUOUS.contains(code)
                        ? sequence.stream().sorted().toList()
                        : sequence;
                order.forEach(this::value);
            } else {
                int length = ApplicationIdentifiers.lengthOf(code);
                var ai = new StringBuilder(code);
                for (int i = code.length(); i < length; i++) {
                    ai.append(nibble());
                }
                value(ai.toString());
            }
        }

        private String nibble() {
            return Integer.toHexString(bits.number(NIBBLE)).toUpperCase(Locale.ROOT);
        }

        private void value(String code) {
            var ai = ApplicationIdentifiers.of(code);
            if (ai.isEmpty()) {
                fail("there is no application identifier " + code);
            }
            int start = place();
            var value = new StringBuilder();
            for (var field : ai.map(Compression::fields).orElse(List.of())) {
                int encoding = field.numeric() ? 0 : bits.number(3);
                int length = field.fixed() ? field.max() : bits.number(lengthBits(field.max()));
                value.append(characters(encoding, length));
            }
            if (fault.isEmpty()) {
                elements.add(new Element(code, value.toString(), start, start, ""));
            }
        }

        private void other(int first) {
            int keyLength = first << 3 | bits.number(3);
            var key = characters(3, keyLength);
            int encoding = bits.number(3);
            others.put(key, characters(encoding, bits.number(7)));
        }

        private String characters(int encoding, int length) {
            if (fault.isPresent()) {
                return "";
            }
            var text = Optional.<String>empty();
            if (encoding < ENCODINGS.size()) {
                boolean spare = bits.number(spareBits(ENCODINGS.get(encoding), length)) == 0;
                text = ENCODINGS.get(encoding).read(bits, length).filter(_ -> spare);
            }
            if (text.isEmpty()) {
                fail("it ends too early, or has an encoding " + encoding + " that does not exist");
            }
            return text.orElse("");
        }
    }
}
