package io.millwright.iec61131.library;

import io.millwright.iec61131.machine.Pointer;

/// The standard functions as Java methods, the same for both back ends.
///
/// Back ends find a method by its name and the Java types of the arguments: BOOL is `boolean`; SINT to DINT, USINT to UDINT, BYTE
/// to DWORD and CHAR `int` (UDINT and DWORD with all 32 bits); LINT, ULINT, LWORD, times and dates `long`; REAL `float`; LREAL
/// `double`; texts [io.millwright.iec61131.machine.Text]. A method that gives a text takes the text to fill as its last
/// parameter and gives it back; one that needs the time or the output takes the [io.millwright.iec61131.machine.Machine]
/// first.
public final class Functions {
    private static final long NANOS_OF_DAY = 86_400_000_000_000L;

    private Functions() {}

    /// The place so many elements further on.
    public static Pointer advance(Pointer pointer, int elements) {
        return pointer.advance(elements);
    }

    public static Pointer advance(Pointer pointer, long elements) {
        return pointer.advance(elements);
    }

    public static Pointer advanceBytes(Pointer pointer, long bytes) {
        return pointer.advanceBytes(bytes);
    }

    /// Integer power by squaring; it wraps, and a negative exponent gives what whole division does.
    public static long power(long base, long exponent) {
        if (exponent < 0) {
            return base == 1 ? 1 : base == -1 ? (exponent % 2 == 0 ? 1 : -1) : base == 0 ? 1 / base : 0;
        }
        long result = 1;
        long square = base;
        for (long rest = exponent; rest != 0; rest >>= 1) {
            if ((rest & 1) != 0) {
                result *= square;
            }
            square *= square;
        }
        return result;
    }

    public static double power(double base, double exponent) {
        return Math.pow(base, exponent);
    }

    public static long multiplyTime(long nanos, long factor) {
        return nanos * factor;
    }

    public static long multiplyTime(long nanos, double factor) {
        return Math.round(nanos * factor);
    }

    public static long divideTime(long nanos, long divisor) {
        return nanos / divisor;
    }

    /// Of a divisor of 0.0 the end of the range.
    public static long divideTime(long nanos, double divisor) {
        return Math.round(nanos / divisor);
    }

    /// Past midnight it begins anew.
    public static long addToTimeOfDay(long nanos, long duration) {
        return Math.floorMod(nanos + duration, NANOS_OF_DAY);
    }

    public static long subtractFromTimeOfDay(long nanos, long duration) {
        return Math.floorMod(nanos - duration, NANOS_OF_DAY);
    }
}
