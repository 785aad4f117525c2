package io.millwright.identity.code.epc;

import io.millwright.identity.code.epc.TagBits.Unfit;
import io.millwright.identity.code.gs1.ApplicationIdentifiers;
import io.millwright.identity.code.gs1.Bits;
import io.millwright.identity.code.gs1.PackedText;
import io.millwright.identity.code.gs1.ValuePart;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Values of application identifiers in the memory of tags (TDS 2.3, sections 14.5.2 to 14.5.15; which is written how:
/// table F of TDT 2.2, https://ref.gs1.org/standards/tdt/artefacts).
///
/// Most follow from the parts of the value; what does not is listed here.
final class TagValues {

    /// How one part of a value is written.
    private enum Way {
        /// Four bits a digit (14.5.4).
        NIBBLES,
        /// One binary number of a fixed count of digits (14.5.2).
        NUMBER,
        /// Count of digits, then one binary number (14.5.13).
        DIGITS,
        /// How it is packed, count of characters, characters (14.5.6).
        TEXT,
        /// Digits of four bits; fifteen ends, fourteen goes on with text (14.5.5).
        DELIMITED,
        /// Year 7, month 4, day 5 bits (14.5.8).
        DATE,
        /// The same, hour 5, minute 6 bits (14.5.9).
        DATE_AND_TIME,
        /// One bit, then one or two dates (14.5.10).
        DATE_OR_RANGE,
        /// Two bits, then a date and as much of hours, minutes and seconds as they say (14.5.11).
        DATE_AND_PART_OF_TIME,
        /// Two letters of six bits (14.5.12).
        COUNTRY,
        /// 14.5.7.
        BIT,
        /// One for a minus behind the value (14.5.14).
        MINUS,
        /// Four bits each before and behind a slash (14.5.15).
        SEQUENCE
    }

    /// @param length the characters, or the most of them where that varies
    private record Field(Way way, int length) {}

    private static final int DELIMITER = 14;
    private static final int TERMINATOR = 15;
    private static final int NIBBLE = 4;

    /// The ways of packing characters, by their number (table E).
    private static final List<PackedText> PACKED = List.of(
            PackedText.DIGITS,
            PackedText.CAPITAL_HEXADECIMAL,
            PackedText.SMALL_HEXADECIMAL,
            PackedText.BASE64,
            PackedText.ASCII,
            PackedText.URN_CODE_40);

    /// What there is no row for in table F.
    private static final Set<String> UNKNOWN =
            Set.of("03", "3954", "3955", "717", "8014", "8040", "8041", "8042", "8043");

    /// Those whose fixed digits have four bits each.
    private static final Set<String> NIBBLES = Set.of(
            "00", "01", "02", "253", "255", "410", "411", "412", "413", "414", "415", "416", "417", "7241", "8003",
            "8006", "8017", "8018", "8026");

    /// Those written as a whole in a way of their own.
    private static final Map<String, Field> WHOLE = Map.ofEntries(
            Map.entry("11", new Field(Way.DATE, 6)),
            Map.entry("12", new Field(Way.DATE, 6)),
            Map.entry("13", new Field(Way.DATE, 6)),
            Map.entry("15", new Field(Way.DATE, 6)),
            Map.entry("16", new Field(Way.DATE, 6)),
            Map.entry("17", new Field(Way.DATE, 6)),
            Map.entry("423", new Field(Way.DIGITS, 15)),
            Map.entry("425", new Field(Way.DIGITS, 15)),
            Map.entry("4307", new Field(Way.COUNTRY, 2)),
            Map.entry("4317", new Field(Way.COUNTRY, 2)),
            Map.entry("4321", new Field(Way.BIT, 1)),
            Map.entry("4322", new Field(Way.BIT, 1)),
            Map.entry("4323", new Field(Way.BIT, 1)),
            Map.entry("4324", new Field(Way.DATE_AND_TIME, 10)),
            Map.entry("4325", new Field(Way.DATE_AND_TIME, 10)),
            Map.entry("4326", new Field(Way.DATE, 6)),
            Map.entry("7003", new Field(Way.DATE_AND_TIME, 10)),
            Map.entry("7006", new Field(Way.DATE, 6)),
            Map.entry("7007", new Field(Way.DATE_OR_RANGE, 12)),
            Map.entry("7011", new Field(Way.DATE_AND_PART_OF_TIME, 10)),
            Map.entry("7023", new Field(Way.DELIMITED, 30)),
            Map.entry("7040", new Field(Way.TEXT, 4)),
            Map.entry("7258", new Field(Way.SEQUENCE, 3)),
            Map.entry("8004", new Field(Way.DELIMITED, 30)),
            Map.entry("8007", new Field(Way.TEXT, 24)),
            Map.entry("8008", new Field(Way.DATE_AND_PART_OF_TIME, 12)),
            Map.entry("8010", new Field(Way.DELIMITED, 30)));

    private TagValues() {}

    /// Reads the value of an application identifier.
    static String read(String ai, Bits bits) throws Unfit {
        var value = new StringBuilder();
        for (var field : fields(ai)) {
            value.append(read(field, bits, ai));
        }
        return value.toString();
    }

    /// Writes a value that is right.
    static String write(String ai, String value) throws Unfit {
        var bits = new StringBuilder();
        int at = 0;
        for (var field : fields(ai)) {
            int end = Math.min(value.length(), at + field.length());
            bits.append(write(field, value.substring(at, end)));
            at = end;
        }
        if (at < value.length()) {
            throw new Unfit("(" + ai + ") has at most " + at + " characters on a tag");
        }
        return bits.toString();
    }

    private static List<Field> fields(String ai) throws Unfit {
        var known = ApplicationIdentifiers.of(ai).filter(_ -> !UNKNOWN.contains(ai));
        if (known.isEmpty()) {
            throw new Unfit("there is no way to hold (" + ai + ") on a tag");
        }
        var whole = WHOLE.get(ai);
        return whole != null ? List.of(whole) : fields(ai, known.get().parts());
    }

    /// Neighbouring parts of the same kind are one.
    private static List<Field> fields(String ai, List<ValuePart> parts) {
        var fields = new ArrayList<Field>();
        for (var part : parts) {
            var field = field(ai, part);
            var last = fields.isEmpty() ? field : fields.getLast();
            if (!fields.isEmpty() && last.way() == field.way()) {
                fields.removeLast();
                field = new Field(field.way(), last.length() + field.length());
            }
            fields.add(field);
        }
        return fields;
    }

    private static Field field(String ai, ValuePart part) {
        var fixedDigits = NIBBLES.contains(ai) ? Way.NIBBLES : Way.NUMBER;
        var digits = part.isFixed() ? fixedDigits : Way.DIGITS;
        var other = part.checks().contains("hyphen") ? Way.MINUS : Way.TEXT;
        return new Field(part.type() == 'N' ? digits : other, part.max());
    }

    private static int lengthBits(int max) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(max);
    }

    private static int number(Bits bits, int count, String ai) throws Unfit {
        if (bits.left() < count) {
            throw new Unfit("the bits end within (" + ai + ")");
        }
        return bits.number(count);
    }

    private static String read(Field field, Bits bits, String ai) throws Unfit {
        return switch (field.way()) {
            case NIBBLES -> nibbles(field.length(), bits, ai);
            case NUMBER -> packed(PackedText.DIGITS, bits, field.length(), ai);
            case DIGITS -> packed(PackedText.DIGITS, bits, number(bits, lengthBits(field.length()), ai), ai);
            case TEXT -> text(field.length(), bits, ai);
            case DELIMITED -> delimited(field.length(), bits, ai);
            case DATE -> date(bits, ai);
            case DATE_AND_TIME -> date(bits, ai) + time(bits, 2, ai);
            case DATE_OR_RANGE -> number(bits, 1, ai) == 0 ? date(bits, ai) : date(bits, ai) + date(bits, ai);
            case DATE_AND_PART_OF_TIME -> {
                int precision = number(bits, 2, ai);
                yield date(bits, ai) + time(bits, precision == 3 ? 0 : precision + 1, ai);
            }
            case COUNTRY -> letter(bits, ai) + letter(bits, ai);
            case BIT -> Integer.toString(number(bits, 1, ai));
            case MINUS -> number(bits, 1, ai) == 1 ? "-" : "";
            case SEQUENCE -> number(bits, NIBBLE, ai) + "/" + number(bits, NIBBLE, ai);
        };
    }

    private static String packed(PackedText way, Bits bits, int length, String ai) throws Unfit {
        return way.read(bits, length)
                .orElseThrow(() -> new Unfit("(" + ai + ") cannot be read: " + length + " characters of "
                        + way.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ')));
    }

    private static String nibbles(int count, Bits bits, String ai) throws Unfit {
        var value = new StringBuilder();
        for (int i = 0; i < count; i++) {
            int digit = number(bits, NIBBLE, ai);
            if (digit > 9) {
                throw new Unfit("(" + ai + ") has digits only");
            }
            value.append(digit);
        }
        return value.toString();
    }

    private static String delimited(int max, Bits bits, String ai) throws Unfit {
        var value = new StringBuilder();
        while (true) {
            int digit = number(bits, NIBBLE, ai);
            if (digit == TERMINATOR) {
                return value.toString();
            } else if (digit == DELIMITER) {
                return value + text(max, bits, ai);
            } else if (digit > 9) {
                throw new Unfit("(" + ai + ") has digits before its end or its delimiter only");
            }
            value.append(digit);
        }
    }

    private static String text(int max, Bits bits, String ai) throws Unfit {
        int way = number(bits, 3, ai);
        int length = number(bits, lengthBits(max), ai);
        if (way >= PACKED.size()) {
            throw new Unfit("(" + ai + ") cannot be read: there is no encoding " + way);
        }
        return packed(PACKED.get(way), bits, length, ai);
    }

    /// A date of six digits.
    static String date(Bits bits, String ai) throws Unfit {
        int year = number(bits, 7, ai);
        if (year > 99) {
            throw new Unfit("(" + ai + ") has a year of two digits, not " + year);
        }
        return "%02d%02d%02d".formatted(year, number(bits, NIBBLE, ai), number(bits, 5, ai));
    }

    private static String time(Bits bits, int parts, String ai) throws Unfit {
        var text = new StringBuilder();
        for (int i = 0; i < parts; i++) {
            text.append("%02d".formatted(number(bits, i == 0 ? 5 : 6, ai)));
        }
        return text.toString();
    }

    private static String letter(Bits bits, String ai) throws Unfit {
        return packed(PackedText.BASE64, bits, 1, ai);
    }

    private static String write(Field field, String value) {
        return switch (field.way()) {
            case NIBBLES -> nibbles(value);
            case NUMBER -> PackedText.DIGITS.write(value);
            case DIGITS -> counted(value.length(), field.length()) + PackedText.DIGITS.write(value);
            case TEXT -> text(value, field.length());
            case DELIMITED -> delimited(value, field.length());
            case DATE -> date(value);
            case DATE_AND_TIME -> date(value) + time(value.substring(6));
            case DATE_OR_RANGE -> value.length() > 6 ? "1" + date(value) + date(value.substring(6)) : "0" + date(value);
            case DATE_AND_PART_OF_TIME -> {
                int parts = (value.length() - 6) / 2;
                yield Bits.of(parts == 0 ? 3 : parts - 1, 2) + date(value) + time(value.substring(6));
            }
            case COUNTRY -> PackedText.BASE64.write(value);
            case BIT -> value;
            case MINUS -> value.isEmpty() ? "0" : "1";
            case SEQUENCE -> nibbles(value.replace("/", ""));
        };
    }

    private static String counted(int length, int max) {
        return Bits.of(length, lengthBits(max));
    }

    private static String nibbles(String digits) {
        var bits = new StringBuilder();
        digits.chars().forEach(c -> bits.append(Bits.of(c - '0', NIBBLE)));
        return bits.toString();
    }

    /// The encoding that takes the fewest bits; the first of several.
    private static String text(String value, int max) {
        int way = PACKED.indexOf(PACKED.stream()
                .filter(p -> p.holds(value))
                .min(Comparator.comparingInt(p -> p.bits(value.length())))
                .orElse(PackedText.ASCII));
        return Bits.of(way, 3) + counted(value.length(), max) + PACKED.get(way).write(value);
    }

    private static String delimited(String value, int max) {
        int digits = 0;
        while (digits < value.length() && Character.digit(value.charAt(digits), 10) >= 0) {
            digits++;
        }
        var rest = value.substring(digits);
        return nibbles(value.substring(0, digits))
                + (rest.isEmpty() ? Bits.of(TERMINATOR, NIBBLE) : Bits.of(DELIMITER, NIBBLE) + text(rest, max));
    }

    /// The bits of a date of six digits.
    static String date(String value) {
        return Bits.of(Integer.parseInt(value, 0, 2, 10), 7)
                + Bits.of(Integer.parseInt(value, 2, 4, 10), NIBBLE)
                + Bits.of(Integer.parseInt(value, 4, 6, 10), 5);
    }

    private static String time(String value) {
        var bits = new StringBuilder();
        for (int i = 0; i < value.length(); i += 2) {
            bits.append(Bits.of(Integer.parseInt(value, i, i + 2, 10), i == 0 ? 5 : 6));
        }
        return bits.toString();
    }
}
