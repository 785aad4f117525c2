package io.millwright.iec61131.library;

import io.millwright.iec61131.machine.Text;
import java.math.BigDecimal;

/// Numbers to and from decimal digits, without allocating.
final class Digits {
    /// 10 to the power of 0 to 22, all of which are exact.
    private static final double[] POWERS = powers();

    /// From here on, and below [#PLAIN_MIN], reals are written with an exponent.
    private static final double PLAIN_MAX = 1e15;

    /// The same for REAL.
    private static final double SINGLE_PLAIN_MAX = 1e7;

    private static final double PLAIN_MIN = 1e-4;

    /// Numbers of fewer digits than this has are all exact.
    private static final double DIGITS_MAX = 1e15;

    private Digits() {}

    private static double[] powers() {
        var powers = new double[23];
        powers[0] = 1;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = 10 * powers[i - 1];
        }
        return powers;
    }

    /// Adds a number of which all bits count.
    static void appendUnsigned(Text text, long value) {
        text.appendDigits(value, count(value));
    }

    /// How many digits a number has of which all bits count.
    private static int count(long value) {
        int count = value < 0 ? 2 : 1;
        for (long rest = value < 0 ? Long.divideUnsigned(value, 10) : value; rest >= 10; rest /= 10) {
            count++;
        }
        return count;
    }

    static void append(Text text, long value) {
        if (value < 0) {
            text.append('-');
        }
        appendUnsigned(text, value < 0 ? -value : value);
    }

    /// Adds a number that is not negative with zeros before it.
    static void append(Text text, long value, int width) {
        text.appendDigits(value, width);
    }

    /// Adds the decimal places of a fraction without zeros at the end, and the point before them where there
    /// are any.
    ///
    /// @param places how many digits the fraction has
    static void appendFraction(Text text, long fraction, int places) {
        if (fraction == 0) {
            return;
        }
        long rest = fraction;
        int left = places;
        while (rest % 10 == 0) {
            rest /= 10;
            left--;
        }
        text.append('.');
        append(text, rest, left);
    }

    /// Adds the shortest decimal that is read as the same number again: `1.5`, `-0.25`, `100`, `1e20`,
    /// `1.5e-7`.
    ///
    /// @param single whether it is a REAL
    static void append(Text text, double value, boolean single) {
        if (Double.isNaN(value)) {
            text.append("NaN");
            return;
        }
        if (value < 0 || value == 0 && 1 / value < 0) {
            text.append('-');
        }
        double size = Math.abs(value);
        if (size == 0) {
            text.append('0');
        } else if (Double.isInfinite(size)) {
            text.append("Infinity");
        } else if (size < PLAIN_MIN
                || size >= (single ? SINGLE_PLAIN_MAX : PLAIN_MAX)
                || !appendPlain(text, size, single)) {
            appendAny(text, single ? Float.toString((float) size) : Double.toString(size), size);
        }
    }

    /// Tries one decimal place after the other. A quotient of two exact numbers is rounded once, as reading the
    /// decimal is.
    private static boolean appendPlain(Text text, double size, boolean single) {
        for (int places = 0; places <= 18; places++) {
            double scaled = Math.rint(size * POWERS[places]);
            if (scaled >= DIGITS_MAX) {
                return false;
            }
            double read = scaled / POWERS[places];
            if (single ? (float) read == (float) size : read == size) {
                long digits = (long) scaled;
                long power = (long) POWERS[places];
                appendUnsigned(text, digits / power);
                appendFraction(text, digits % power, places);
                return true;
            }
        }
        return false;
    }

    /// Adds a number in our form, given that of Java; this is the one place that allocates.
    private static void appendAny(Text text, String java, double size) {
        int mark = java.indexOf('E');
        String mantissa = mark < 0 ? java : java.substring(0, mark);
        if (mark >= 0 && size >= PLAIN_MIN && size < PLAIN_MAX) {
            text.append(new BigDecimal(java).stripTrailingZeros().toPlainString());
            return;
        }
        text.append(mantissa.endsWith(".0") ? mantissa.substring(0, mantissa.length() - 2) : mantissa);
        if (mark >= 0) {
            text.append('e');
            text.append(java.substring(mark + 1));
        }
    }

    /// Whether a digit of a radix up to 16 stands at an index.
    static boolean isDigit(Text text, int index, int radix) {
        return index < text.length() && Character.digit(text.at(index), radix) >= 0 && text.at(index) < 128;
    }

    /// The whole number that begins at an index: digits with single `_` between them.
    ///
    /// @return all bits of it; the highest number where it is larger
    static long unsigned(Text text, int from, int radix) {
        long number = 0;
        for (int i = from; i < end(text, from, radix); i++) {
            if (text.at(i) != '_') {
                int digit = Character.digit(text.at(i), radix);
                boolean over = Long.compareUnsigned(number, Long.divideUnsigned(-1 - digit, radix)) > 0;
                if (over) {
                    return -1;
                }
                number = number * radix + digit;
            }
        }
        return number;
    }

    /// The index behind the digits that begin at one.
    static int end(Text text, int from, int radix) {
        int at = from;
        while (isDigit(text, at, radix)
                || at > from && at < text.length() && text.at(at) == '_' && isDigit(text, at + 1, radix)) {
            at++;
        }
        return at;
    }

    /// The index of the first character that is no blank.
    static int start(Text text) {
        int at = 0;
        while (at < text.length() && (text.at(at) == ' ' || text.at(at) == '\t')) {
            at++;
        }
        return at;
    }

    /// The real that begins at an index, without a sign; 0 where none does.
    static double real(Text text, int from) {
        int point = end(text, from, 10);
        boolean fraction = point < text.length() && text.at(point) == '.';
        int end = fraction ? end(text, point + 1, 10) : point;
        int exponent = 0;
        int mark = end;
        if (end > from && end < text.length() && (text.at(end) == 'e' || text.at(end) == 'E')) {
            boolean signed = end + 1 < text.length() && (text.at(end + 1) == '-' || text.at(end + 1) == '+');
            int first = end + (signed ? 2 : 1);
            if (isDigit(text, first, 10)) {
                int size = Math.clamp(unsigned(text, first, 10) & Long.MAX_VALUE, 0, 9_999);
                exponent = signed && text.at(end + 1) == '-' ? -size : size;
                end = end(text, first, 10);
            }
        }
        return decimal(text, from, mark, end, exponent);
    }

    /// @param mark the index behind the mantissa
    /// @param end the index behind all
    private static double decimal(Text text, int from, int mark, int end, int exponent) {
        long digits = 0;
        int scale = exponent;
        boolean behind = false;
        for (int i = from; i < mark; i++) {
            int c = text.at(i);
            if (c == '.') {
                behind = true;
            } else if (c != '_') {
                if (digits >= 100_000_000_000_000L) {
                    return slow(text, from, end);
                }
                digits = 10 * digits + c - '0';
                scale -= behind ? 1 : 0;
            }
        }
        // Both are exact, so that the result is rounded once.
        if (digits == 0 || scale == 0) {
            return digits;
        }
        if (Math.abs(scale) >= POWERS.length) {
            return slow(text, from, end);
        }
        return scale < 0 ? digits / POWERS[-scale] : digits * POWERS[scale];
    }

    /// A number of more digits than 15; allocates.
    private static double slow(Text text, int from, int end) {
        return Double.parseDouble(text.toString().substring(from, end).replace("_", ""));
    }
}
