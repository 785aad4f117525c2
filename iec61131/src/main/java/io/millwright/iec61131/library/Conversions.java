package io.millwright.iec61131.library;

import io.millwright.iec61131.machine.Text;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.Elementary.Family;
import java.math.BigDecimal;
import java.math.BigInteger;

/// Conversions between elementary types and texts (6.6.2.5.1, Tables 22 to 27), the same for both back ends.
///
/// Whole numbers come as [Whole] says. Rules where the standard leaves them open:
/// - a REAL becomes the nearest whole number, of two as near the even one; beyond the range of 64 bits it becomes the end of
///   that range, NaN 0; then the upper bits are left away;
/// - durations and times of day count milliseconds where they meet numbers, LTIME and LTOD nanoseconds; dates count
///   seconds since 1970, the long ones nanoseconds;
/// - a text that is no number becomes 0.
public final class Conversions {
    private static final long NANOS_OF_DAY = 86_400_000_000_000L;

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
            return value * unit(to);
        }
        return Whole.wrap(to, value);
    }

    private static long betweenTimes(long value, Elementary from, Elementary to) {
        if (from.family() == Family.DATE_AND_TIME && to.family() == Family.DATE) {
            return Math.floorDiv(value, NANOS_OF_DAY) * NANOS_OF_DAY;
        }
        if (from.family() == Family.DATE_AND_TIME && to.family() == Family.TIME_OF_DAY) {
            return Math.floorMod(value, NANOS_OF_DAY);
        }
        return value;
    }

    private static boolean isTime(Elementary type) {
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
        return from.isUnsigned() && value < 0 ? Whole.number(from, value).doubleValue() : value;
    }

    public static long realToWhole(double value, Elementary to) {
        if (isTime(to)) {
            return (long) Math.rint(value * unit(to));
        }
        double rounded = Math.rint(value);
        if (to.isUnsigned() && to.bits() == 64 && rounded >= 0x1p63) {
            return rounded >= 0x1p64 ? -1 : new BigDecimal(rounded).longValue();
        }
        return Whole.wrap(to, (long) rounded);
    }

    public static Text truthToText(boolean value, Elementary from, Text result) {
        result.set(value ? "TRUE" : "FALSE");
        return result;
    }

    public static Text wholeToText(long value, Elementary from, Text result) {
        switch (from.family()) {
            case CHARACTER -> {
                result.clear();
                result.append((char) value);
            }
            case SIGNED -> result.set(Long.toString(value));
            case UNSIGNED, BIT -> result.set(Long.toUnsignedString(value));
            default -> result.set(Times.text(value, from));
        }
        return result;
    }

    public static Text realToText(double value, Elementary from, Text result) {
        result.set(from == Elementary.REAL ? Float.toString((float) value) : Double.toString(value));
        return result;
    }

    public static boolean textToTruth(Text text, Elementary to) {
        String trimmed = text.toString().strip();
        return trimmed.equalsIgnoreCase("TRUE") || trimmed.equals("1");
    }

    public static double textToReal(Text text, Elementary to) {
        try {
            double value = Double.parseDouble(text.toString().strip().replace("_", ""));
            return to == Elementary.REAL ? (float) value : value;
        } catch (NumberFormatException _) {
            return 0;
        }
    }

    public static long textToWhole(Text text, Elementary to) {
        if (to.family() == Family.CHARACTER) {
            return text.length() == 0 ? 0 : text.at(0);
        }
        try {
            return Whole.wrap(to, number(text.toString().strip().replace("_", "")).longValue());
        } catch (NumberFormatException _) {
            return 0;
        }
    }

    private static BigInteger number(String text) {
        int mark = text.indexOf('#');
        if (mark < 0) {
            return new BigInteger(text);
        }
        return new BigInteger(text.substring(mark + 1), Integer.parseInt(text.substring(0, mark)));
    }
}
