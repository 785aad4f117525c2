package io.millwright.iec61131.library;

import io.millwright.iec61131.machine.Text;
import java.time.YearMonth;

/// Whether standard functions are asked for what they can give; called for ENO by both back ends, as
/// [Functions] are called.
public final class Domains {
    private Domains() {}

    private static boolean signed(long value, int bits) {
        return value >> bits - 1 == 0 || value >> bits - 1 == -1;
    }

    private static boolean unsigned(long value, int bits) {
        return bits == 64 || value >>> bits == 0;
    }

    public static boolean addFits(long a, long b, int bits) {
        long sum = a + b;
        return ((a ^ sum) & (b ^ sum)) >= 0 && signed(sum, bits);
    }

    public static boolean addFitsUnsigned(long a, long b, int bits) {
        return Long.compareUnsigned(a + b, a) >= 0 && unsigned(a + b, bits);
    }

    public static boolean subtractFits(long a, long b, int bits) {
        long rest = a - b;
        return ((a ^ b) & (a ^ rest)) >= 0 && signed(rest, bits);
    }

    public static boolean subtractFitsUnsigned(long a, long b, int bits) {
        return Long.compareUnsigned(a, b) >= 0;
    }

    public static boolean multiplyFits(long a, long b, int bits) {
        long product = a * b;
        return Math.multiplyHigh(a, b) == product >> 63 && signed(product, bits);
    }

    public static boolean multiplyFitsUnsigned(long a, long b, int bits) {
        return Math.unsignedMultiplyHigh(a, b) == 0 && unsigned(a * b, bits);
    }

    public static boolean signedFits(long value, int bits) {
        return signed(value, bits);
    }

    public static boolean signedFitsUnsigned(long value, int bits) {
        return value >= 0 && unsigned(value, bits);
    }

    public static boolean unsignedFits(long value, int bits) {
        return value >= 0 && signed(value, bits);
    }

    public static boolean unsignedFitsUnsigned(long value, int bits) {
        return unsigned(value, bits);
    }

    /// Whether the nearest whole number is one of so many bits; NaN is none.
    public static boolean realFits(double value, int bits) {
        double limit = Math.scalb(1.0, bits - 1);
        double nearest = Math.rint(value);
        return nearest >= -limit && nearest < limit;
    }

    public static boolean realFitsUnsigned(double value, int bits) {
        double nearest = Math.rint(value);
        return nearest >= 0 && nearest < Math.scalb(1.0, bits);
    }

    /// Whether a number has at most so many decimal digits and no sign.
    public static boolean bcdFits(long number, int digits) {
        long limit = 1;
        for (int i = 0; i < digits; i++) {
            limit *= 10;
        }
        return number >= 0 && number < limit;
    }

    /// Whether so many characters from a position, counted from 1, lie in a text.
    public static boolean liesWithin(long length, long count, long position) {
        return count >= 0 && position >= 1 && position <= length + 1 && count <= length - position + 1;
    }

    /// Whether a text is a number and nothing else, but for spaces around it.
    public static boolean isNumeral(Text text) {
        int from = Digits.start(text);
        int end = text.length();
        while (end > from && text.at(end - 1) == ' ') {
            end--;
        }
        boolean digits = false;
        boolean based = false;
        for (int i = from; i < end; i++) {
            int c = text.at(i);
            boolean digit = c >= '0' && c <= '9' || based && (c >= 'A' && c <= 'F' || c >= 'a' && c <= 'f');
            boolean sign = (c == '-' || c == '+') && (i == from || isExponent(text.at(i - 1)));
            boolean exponent = isExponent(c) && digits && !based;
            boolean mark = c == '#' && digits && !based;
            based |= mark;
            digits |= digit;
            if (!(digit || sign || exponent || mark || c == '.' || c == '_')) {
                return false;
            }
        }
        return digits;
    }

    private static boolean isExponent(int c) {
        return c == 'e' || c == 'E';
    }

    public static boolean dateExists(long year, long month, long day) {
        boolean plain = year >= 1 && year <= 9_999 && month >= 1 && month <= 12 && day >= 1;
        return plain && day <= YearMonth.of((int) year, (int) month).lengthOfMonth();
    }

    public static boolean clockExists(long hour, long minute, long second, long millisecond) {
        return hour >= 0
                && hour < 24
                && minute >= 0
                && minute < 60
                && second >= 0
                && second < 60
                && millisecond >= 0
                && millisecond < 1_000;
    }

    public static boolean dateAndTimeExists(
            long year, long month, long day, long hour, long minute, long second, long millisecond) {
        return dateExists(year, month, day) && clockExists(hour, minute, second, millisecond);
    }
}
