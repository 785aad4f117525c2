package io.millwright.iec61131.library;

import io.millwright.iec61131.machine.Text;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.Elementary.Family;

/// Conversions between elementary types and texts (6.6.2.5.1, Tables 22 to 27), the same for both back ends.
///
/// Whole numbers come as [Whole] says. Rules where the standard leaves them open:
/// - a whole number becomes one of another type by leaving away its upper bits;
/// - a REAL becomes the nearest whole number of the type, of two as near the even one (IEC 60559); so what lies
///   beyond its range becomes the end of it; what is no number becomes 0;
/// - durations and times of day count milliseconds where they meet numbers, LTIME and LTOD nanoseconds; dates
///   count seconds since 1970, the long ones nanoseconds; to a whole number they lose the rest toward zero; a
///   time of day begins anew at midnight, a date loses the part of a day;
/// - a text is read as far as it is a number, after blanks: `12abc` is 12, `abc` is 0; whole numbers also as
///   `16#FF`; what lies beyond the range of the type becomes the end of it;
/// - a text is TRUE if it is TRUE in any case, or a number other than 0;
/// - reals are written as the shortest decimal that is read as the same number again: `1.5`, `-0.25`, `100`,
///   `1e20`.
public final class Conversions {
    private Conversions() {}

    /// Between whole numbers, bit strings, characters, times and dates.
    public static long whole(long value, Elementary from, Elementary to) {
        if (isTime(from) && isTime(to)) {
            return betweenTimes(value, from, to);
        }
        if (isTime(from)) {
            return Whole.wrap(to, value / unit(from));
        }
        if (isTime(to)) {
            return inDay(value * unit(to), to);
        }
        return Whole.wrap(to, value);
    }

    private static long betweenTimes(long value, Elementary from, Elementary to) {
        boolean clock = from.family() == Family.DATE_AND_TIME || from.family() == Family.DURATION;
        return clock ? inDay(value, to) : value;
    }

    /// A time of day begins anew at midnight, a date has no part of a day.
    private static long inDay(long nanos, Elementary to) {
        return switch (to.family()) {
            case TIME_OF_DAY -> Math.floorMod(nanos, Dates.DAY);
            case DATE -> Math.floorDiv(nanos, Dates.DAY) * Dates.DAY;
            default -> nanos;
        };
    }

    static boolean isTime(Elementary type) {
        return switch (type.family()) {
            case DURATION, DATE, TIME_OF_DAY, DATE_AND_TIME -> true;
            default -> false;
        };
    }

    /// How many nanoseconds one count of a time is where it meets a number.
    private static long unit(Elementary time) {
        return switch (time) {
            case TIME, TIME_OF_DAY -> 1_000_000;
            case DATE, DATE_AND_TIME -> 1_000_000_000;
            default -> 1;
        };
    }

    public static double wholeToReal(long value, Elementary from) {
        if (isTime(from)) {
            return (double) value / unit(from);
        }
        if (!from.isUnsigned() || value >= 0) {
            return value;
        }
        // Half of it, with a bit lost marked, is rounded as it would be itself.
        return 2.0 * (value >>> 1 | value & 1);
    }

    public static long realToWhole(double value, Elementary to) {
        if (isTime(to)) {
            return inDay((long) Math.rint(value * unit(to)), to);
        }
        double rounded = Math.rint(value);
        int bits = to.bits();
        if (to.isUnsigned()) {
            if (bits == 64 && rounded >= 0x1p63) {
                return rounded >= 0x1p64 ? -1 : (long) (rounded - 0x1p63) ^ Long.MIN_VALUE;
            }
            return bits == 64 ? Math.max((long) rounded, 0) : Math.clamp((long) rounded, 0, (1L << bits) - 1);
        }
        return Math.clamp((long) rounded, -1L << bits - 1, ~(-1L << bits - 1));
    }

    public static Text truthToText(boolean value, Elementary from, Text result) {
        result.set(value ? "TRUE" : "FALSE");
        return result;
    }

    public static Text wholeToText(long value, Elementary from, Text result) {
        result.clear();
        switch (from.family()) {
            case CHARACTER -> result.append((char) value);
            case SIGNED -> Digits.append(result, value);
            case UNSIGNED, BIT -> Digits.appendUnsigned(result, value);
            default -> Times.append(result, value, from);
        }
        return result;
    }

    public static Text realToText(double value, Elementary from, Text result) {
        result.clear();
        Digits.append(result, value, from == Elementary.REAL);
        return result;
    }

    public static boolean textToTruth(Text text, Elementary to) {
        int from = Digits.start(text);
        String truth = "TRUE";
        for (int i = 0; i < truth.length(); i++) {
            boolean same = from + i < text.length() && (text.at(from + i) & ~0x20) == truth.charAt(i);
            if (!same) {
                return textToReal(text, Elementary.LREAL) != 0;
            }
        }
        return true;
    }

    public static double textToReal(Text text, Elementary to) {
        int from = Digits.start(text);
        boolean negative = isAt(text, from, '-');
        double value = Digits.real(text, negative || isAt(text, from, '+') ? from + 1 : from);
        double signed = negative ? -value : value;
        return to == Elementary.REAL ? (float) signed : signed;
    }

    public static long textToWhole(Text text, Elementary to) {
        if (to.family() == Family.CHARACTER) {
            return text.length() == 0 ? 0 : text.at(0);
        }
        if (isTime(to)) {
            return Times.value(text, to);
        }
        int from = Digits.start(text);
        boolean negative = isAt(text, from, '-');
        from += negative || isAt(text, from, '+') ? 1 : 0;
        int end = Digits.end(text, from, 10);
        long size = Digits.unsigned(text, from, 10);
        boolean radix = isAt(text, end, '#') && (size == 2 || size == 8 || size == 16);
        return nearest(to, radix ? Digits.unsigned(text, end + 1, (int) size) : size, negative);
    }

    private static boolean isAt(Text text, int index, char character) {
        return index < text.length() && text.at(index) == character;
    }

    /// The number of a type that is nearest to one of which all bits count, with its sign.
    private static long nearest(Elementary to, long size, boolean negative) {
        long highest = to.isUnsigned() ? -1L >>> 64 - to.bits() : ~(-1L << to.bits() - 1);
        if (negative) {
            long lowest = to.isUnsigned() ? 0 : -1L << to.bits() - 1;
            return Long.compareUnsigned(size, -lowest) > 0 ? lowest : -size;
        }
        return Long.compareUnsigned(size, highest) > 0 ? highest : size;
    }
}
