package io.millwright.iec61131.library;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A format of `printf`, taken apart: texts and conversions in turn.
///
/// Flags `-`, `+`, blank, `#`, `0`; width and precision as numbers; the length modifiers of C mean nothing,
/// since values know their size. A conversion that does not fit its value takes the one that does; one without
/// a value stays as it is written.
///
/// @param texts what stands before each conversion, and behind the last
record PrintFormat(List<String> texts, List<Conversion> conversions) {
    private static final Pattern CONVERSION =
            Pattern.compile("%(?:%|([-+ #0]*)(\\d{0,3})(?:\\.(\\d{0,3}))?(?:hh|h|ll|l|L|z|j|t)?([diuoxXcsfFeEgG]))");

    PrintFormat {
        texts = List.copyOf(texts);
        conversions = List.copyOf(conversions);
    }

    /// @param precision -1 for none
    record Conversion(String written, String flags, int width, int precision, char letter) {
        boolean has(char flag) {
            return flags.indexOf(flag) >= 0;
        }

        String padded(String sign, String digits, boolean zeros) {
            int missing = Math.max(0, width - sign.length() - digits.length());
            if (has('-')) {
                return sign + digits + " ".repeat(missing);
            }
            return zeros ? sign + "0".repeat(missing) + digits : " ".repeat(missing) + sign + digits;
        }

        String sign(boolean negative) {
            return negative ? "-" : has('+') ? "+" : has(' ') ? " " : "";
        }
    }

    static PrintFormat of(String format) {
        List<String> texts = new ArrayList<>();
        List<Conversion> conversions = new ArrayList<>();
        var text = new StringBuilder();
        Matcher matcher = CONVERSION.matcher(format);
        int at = 0;
        while (matcher.find()) {
            text.append(format, at, matcher.start());
            at = matcher.end();
            if (matcher.group(4) == null) {
                text.append('%');
            } else {
                texts.add(text.toString());
                text.setLength(0);
                String precision = matcher.group(3);
                conversions.add(new Conversion(
                        matcher.group(),
                        matcher.group(1),
                        number(matcher.group(2)),
                        precision == null ? -1 : number(precision),
                        matcher.group(4).charAt(0)));
            }
        }
        texts.add(text.append(format.substring(at)).toString());
        return new PrintFormat(texts, conversions);
    }

    private static int number(String digits) {
        return digits.isEmpty() ? 0 : Integer.parseInt(digits);
    }

    /// The text before the conversion of an index from 0, or behind the last.
    String before(int index) {
        return index < texts.size() ? texts.get(index) : "";
    }

    /// @param bits 32 or 64: how wide a negative number is for the conversions without a sign
    String whole(int number, long value, int bits) {
        if (number > conversions.size()) {
            return "";
        }
        Conversion conversion = conversions.get(number - 1);
        return switch (conversion.letter()) {
            case 'c' -> conversion.padded("", String.valueOf((char) value), false);
            case 's' -> conversion.padded("", Long.toString(value), false);
            case 'd', 'i' ->
                integer(conversion, conversion.sign(value < 0), Long.toUnsignedString(value < 0 ? -value : value));
            case 'u', 'o', 'x', 'X' -> unsigned(conversion, bits == 32 ? value & 0xFFFF_FFFFL : value);
            default -> real(number, value);
        };
    }

    private static String unsigned(Conversion conversion, long value) {
        return switch (conversion.letter()) {
            case 'u' -> integer(conversion, "", Long.toUnsignedString(value));
            case 'o' -> {
                String digits = Long.toOctalString(value);
                yield integer(conversion, "", conversion.has('#') && value != 0 ? "0" + digits : digits);
            }
            default -> {
                boolean large = conversion.letter() == 'X';
                String digits = Long.toHexString(value);
                String prefix = conversion.has('#') && value != 0 ? large ? "0X" : "0x" : "";
                yield integer(conversion, prefix, large ? digits.toUpperCase(Locale.ROOT) : digits);
            }
        };
    }

    private static String integer(Conversion conversion, String sign, String digits) {
        int precision = conversion.precision();
        String all = precision == 0 && digits.equals("0")
                ? ""
                : "0".repeat(Math.max(0, precision - digits.length())) + digits;
        return conversion.padded(sign, all, conversion.has('0') && precision < 0);
    }

    String real(int number, double value) {
        if (number > conversions.size()) {
            return "";
        }
        Conversion conversion = conversions.get(number - 1);
        char letter = conversion.letter();
        if ("diuoxXc".indexOf(letter) >= 0) {
            return whole(number, (long) value, 64);
        }
        boolean negative = value < 0 || 1 / value < 0;
        String sign = conversion.sign(negative);
        boolean large = Character.isUpperCase(letter);
        if (!Double.isFinite(value)) {
            String name = Double.isNaN(value) ? "nan" : "inf";
            return conversion.padded(sign, large ? name.toUpperCase(Locale.ROOT) : name, false);
        }
        var exact = new BigDecimal(Math.abs(value));
        int precision = conversion.precision() < 0 ? 6 : conversion.precision();
        String digits = switch (Character.toLowerCase(letter)) {
            case 'e' -> scientific(exact, precision, conversion.has('#'));
            case 'g', 's' -> shortest(exact, Math.max(1, precision), conversion.has('#'));
            default -> fixed(exact, precision, conversion.has('#'));
        };
        return conversion.padded(sign, large ? digits.toUpperCase(Locale.ROOT) : digits, conversion.has('0'));
    }

    private static String fixed(BigDecimal value, int precision, boolean point) {
        String digits = value.setScale(precision, RoundingMode.HALF_EVEN).toPlainString();
        return precision == 0 && point ? digits + "." : digits;
    }

    private static String scientific(BigDecimal value, int precision, boolean point) {
        BigDecimal rounded = value.round(new MathContext(precision + 1, RoundingMode.HALF_EVEN));
        int exponent = exponent(rounded);
        String mantissa = fixed(rounded.movePointLeft(exponent), precision, point);
        String size = Integer.toString(Math.abs(exponent));
        return mantissa + "e" + (exponent < 0 ? "-" : "+") + (size.length() < 2 ? "0" : "") + size;
    }

    private static int exponent(BigDecimal value) {
        return value.signum() == 0 ? 0 : value.precision() - value.scale() - 1;
    }

    /// `%g`: fixed where the exponent is from -4 to below the precision, without zeros at the end.
    private static String shortest(BigDecimal value, int precision, boolean zeros) {
        int exponent = exponent(value.round(new MathContext(precision, RoundingMode.HALF_EVEN)));
        boolean plain = exponent >= -4 && exponent < precision;
        String digits = plain ? fixed(value, precision - 1 - exponent, zeros) : scientific(value, precision - 1, zeros);
        if (zeros || digits.indexOf('.') < 0) {
            return digits;
        }
        int end = plain ? digits.length() : digits.indexOf('e');
        String tail = digits.substring(end);
        return digits.substring(0, end).replaceAll("\\.?0+$", "") + tail;
    }

    String text(int number, String value) {
        if (number > conversions.size()) {
            return "";
        }
        Conversion conversion = conversions.get(number - 1);
        int precision = conversion.precision();
        boolean cut = conversion.letter() == 's' && precision >= 0 && precision < value.length();
        return conversion.padded("", cut ? value.substring(0, precision) : value, false);
    }

    /// What stands from a conversion on that has no value, as written.
    String rest(int number) {
        var rest = new StringBuilder();
        for (int i = number; i < conversions.size(); i++) {
            rest.append(conversions.get(i).written()).append(texts.get(i + 1));
        }
        return rest.toString();
    }
}
