package io.millwright.iec61131.library;

import io.millwright.iec61131.machine.Checks;
import io.millwright.iec61131.machine.Machine;
import io.millwright.iec61131.machine.Pointer;
import io.millwright.iec61131.machine.Stretch;
import org.jspecify.annotations.Nullable;

/// The standard functions of numbers and bits as Java methods, the same for both back ends.
///
/// Back ends find a method of this class, of [Texts] or of [Dates] by its name and the Java types of the
/// arguments ([StandardFunctions#methods]): BOOL is `boolean`; SINT to DINT, USINT to UDINT, BYTE to DWORD and
/// CHAR `int` (UDINT and DWORD with all 32 bits); LINT, ULINT, LWORD, times and dates `long`; REAL `float`;
/// LREAL `double`; texts [io.millwright.iec61131.machine.Text]. A method that gives a text takes the text to
/// fill as its last parameter and gives it back; one that needs the time or the output takes the
/// [io.millwright.iec61131.machine.Machine] first. None allocates.
public final class Functions {
    private Functions() {}

    /// The place so many elements further on.
    public static Pointer advance(Pointer pointer, int elements) {
        return pointer.advance(elements);
    }

    public static Pointer advance(Pointer pointer, long elements) {
        return pointer.advance(elements);
    }

    /// The same place, read and written as another type.
    ///
    /// @param type its place in [Stretch#TYPES]
    public static @Nullable Pointer viewed(@Nullable Pointer pointer, int type) {
        return pointer == null ? null : pointer.viewed(Stretch.TYPES.get(type));
    }

    public static Pointer advanceBytes(Pointer pointer, long bytes) {
        return pointer.advanceBytes(bytes);
    }

    /// How many elements of an array lie before an index.
    public static int place(int index, int low, int high) {
        return Checks.index(index, low, high);
    }

    public static int place(long index, int low, int high) {
        return Checks.index(Checks.index(index), low, high);
    }

    /// The place as a number.
    public static long address(Machine machine, @Nullable Pointer pointer) {
        return machine.address(pointer);
    }

    /// The time of this scan, since the program was started.
    public static long now(Machine machine) {
        return machine.nowNanos();
    }

    /// The lowest number has no counterpart and stays.
    public static int abs(int value) {
        return value < 0 ? -value : value;
    }

    public static long abs(long value) {
        return value < 0 ? -value : value;
    }

    public static float abs(float value) {
        return Math.abs(value);
    }

    public static double abs(double value) {
        return Math.abs(value);
    }

    public static double sqrt(double value) {
        return Math.sqrt(value);
    }

    /// The natural logarithm.
    public static double ln(double value) {
        return Math.log(value);
    }

    /// The logarithm to base 10.
    public static double log(double value) {
        return Math.log10(value);
    }

    public static double exp(double value) {
        return Math.exp(value);
    }

    public static double sin(double radians) {
        return Math.sin(radians);
    }

    public static double cos(double radians) {
        return Math.cos(radians);
    }

    public static double tan(double radians) {
        return Math.tan(radians);
    }

    public static double asin(double value) {
        return Math.asin(value);
    }

    public static double acos(double value) {
        return Math.acos(value);
    }

    public static double atan(double value) {
        return Math.atan(value);
    }

    public static double atan2(double y, double x) {
        return Math.atan2(y, x);
    }

    /// Neither infinite nor no number.
    public static boolean isFinite(double value) {
        return Double.isFinite(value);
    }

    /// Toward zero.
    public static double truncate(double value) {
        return value < 0 ? Math.ceil(value) : Math.floor(value);
    }

    /// Integer power by squaring; it wraps, and a negative exponent gives what whole division does.
    public static long power(long base, long exponent) {
        if (exponent < 0) {
            if (base == 0) {
                Checks.divisionByZero();
            }
            return base == 1 ? 1 : base == -1 ? (exponent % 2 == 0 ? 1 : -1) : 0;
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

    public static int max(int a, int b) {
        return Math.max(a, b);
    }

    public static long max(long a, long b) {
        return Math.max(a, b);
    }

    /// No number if one of both is none.
    public static float max(float a, float b) {
        return Math.max(a, b);
    }

    public static double max(double a, double b) {
        return Math.max(a, b);
    }

    public static int maxUnsigned(int a, int b) {
        return Integer.compareUnsigned(a, b) < 0 ? b : a;
    }

    public static long maxUnsigned(long a, long b) {
        return Long.compareUnsigned(a, b) < 0 ? b : a;
    }

    public static int min(int a, int b) {
        return Math.min(a, b);
    }

    public static long min(long a, long b) {
        return Math.min(a, b);
    }

    public static float min(float a, float b) {
        return Math.min(a, b);
    }

    public static double min(double a, double b) {
        return Math.min(a, b);
    }

    public static int minUnsigned(int a, int b) {
        return Integer.compareUnsigned(a, b) > 0 ? b : a;
    }

    public static long minUnsigned(long a, long b) {
        return Long.compareUnsigned(a, b) > 0 ? b : a;
    }

    /// A count below 0 or of all bits and more leaves none.
    ///
    /// @param width 1, 8, 16 or 32; the bits above are 0
    public static int shiftLeft(int bits, long count, int width) {
        return Long.compareUnsigned(count, width) < 0 ? bits << (int) count & mask(width) : 0;
    }

    public static long shiftLeft(long bits, long count) {
        return Long.compareUnsigned(count, 64) < 0 ? bits << count : 0;
    }

    /// Zeros follow from the left.
    public static int shiftRight(int bits, long count, int width) {
        return Long.compareUnsigned(count, width) < 0 ? (bits & mask(width)) >>> (int) count : 0;
    }

    public static long shiftRight(long bits, long count) {
        return Long.compareUnsigned(count, 64) < 0 ? bits >>> count : 0;
    }

    /// A count below 0 rotates the other way.
    public static int rotateLeft(int bits, long count, int width) {
        if (width == Integer.SIZE) {
            return Integer.rotateLeft(bits, (int) (count & 31));
        }
        int all = bits & mask(width);
        int by = Math.floorMod(count, width);
        return (all << by | all >>> width - by) & mask(width);
    }

    public static long rotateLeft(long bits, long count) {
        return Long.rotateLeft(bits, (int) (count & 63));
    }

    public static int rotateRight(int bits, long count, int width) {
        return rotateLeft(bits, width - Math.floorMod(count, (long) width), width);
    }

    public static long rotateRight(long bits, long count) {
        return Long.rotateRight(bits, (int) (count & 63));
    }

    private static int mask(int width) {
        return -1 >>> Integer.SIZE - width;
    }

    /// The REAL of these bits (IEC 60559).
    public static float carryBits(int bits) {
        return Float.intBitsToFloat(bits);
    }

    /// The bits of a REAL.
    public static int carryBits(float value) {
        return Float.floatToRawIntBits(value);
    }

    /// The LREAL of these bits.
    public static double carryBits(long bits) {
        return Double.longBitsToDouble(bits);
    }

    /// The bits of an LREAL.
    public static long carryBits(double value) {
        return Double.doubleToRawLongBits(value);
    }

    public static int reverseBytes(int bits, int width) {
        return Integer.reverseBytes(bits) >>> 32 - width;
    }

    public static long reverseBytes(long bits) {
        return Long.reverseBytes(bits);
    }

    public static float reverseBytes(float value) {
        return Float.intBitsToFloat(Integer.reverseBytes(Float.floatToRawIntBits(value)));
    }

    public static double reverseBytes(double value) {
        return Double.longBitsToDouble(Long.reverseBytes(Double.doubleToRawLongBits(value)));
    }

    /// The number of which every four bits are a digit; a digit above 9 counts as what it is.
    public static long fromBcd(long bits) {
        long number = 0;
        for (int shift = 60; shift >= 0; shift -= 4) {
            number = 10 * number + (bits >>> shift & 0xF);
        }
        return number;
    }

    /// A number below 0 becomes 0, one of too many digits the largest of so many.
    public static long toBcd(long number, int digits) {
        return number < 0 ? 0 : toBcdUnsigned(number, digits);
    }

    public static long toBcdUnsigned(long number, int digits) {
        long bits = 0;
        long rest = number;
        for (int i = 0; i < digits; i++) {
            bits |= Long.remainderUnsigned(rest, 10) << 4 * i;
            rest = Long.divideUnsigned(rest, 10);
        }
        return rest == 0 ? bits : 0x9999_9999_9999_9999L >>> 64 - 4 * digits;
    }

    /// Whether no four bits are above 9.
    public static boolean isBcd(long bits) {
        for (int shift = 0; shift < 64; shift += 4) {
            if ((bits >>> shift & 0xF) > 9) {
                return false;
            }
        }
        return true;
    }
}
