package io.millwright.iec61131.library;

import io.millwright.iec61131.type.Elementary;
import java.math.BigInteger;

/// How whole numbers of the elementary types lie in a `long`: signed types as they are, unsigned types and bit
/// strings up to 32 bits as positive numbers, those of 64 bits as all their bits.
///
/// In the generated code values of 32 bits and less lie in an `int` instead; there DWORD and UDINT use all its
/// bits.
public final class Whole {
    private Whole() {}

    /// Brings a number back into the range of a type by leaving away its upper bits.
    public static long wrap(Elementary type, long value) {
        int unused = 64 - type.bits();
        long shifted = value << unused;
        return type.isUnsigned() ? shifted >>> unused : shifted >> unused;
    }

    /// The lowest number of a type.
    public static BigInteger lowest(Elementary type) {
        return type.isUnsigned()
                ? BigInteger.ZERO
                : BigInteger.ONE.shiftLeft(type.bits() - 1).negate();
    }

    /// The highest number of a type.
    public static BigInteger highest(Elementary type) {
        int bits = type.isUnsigned() ? type.bits() : type.bits() - 1;
        return BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE);
    }

    /// Whether a number is one of a type.
    public static boolean fits(Elementary type, BigInteger value) {
        return value.compareTo(lowest(type)) >= 0 && value.compareTo(highest(type)) <= 0;
    }

    /// The number that lies in a `long`, as it is written in decimal.
    public static BigInteger number(Elementary type, long value) {
        BigInteger signed = BigInteger.valueOf(value);
        return type.isUnsigned() && value < 0 ? signed.add(BigInteger.ONE.shiftLeft(64)) : signed;
    }

    /// Compares two numbers of a type.
    public static int compare(Elementary type, long a, long b) {
        return type.isUnsigned() ? Long.compareUnsigned(a, b) : Long.compare(a, b);
    }

    /// Divides toward zero; a divisor of zero is an [ArithmeticException].
    public static long divide(Elementary type, long a, long b) {
        return wrap(type, type.isUnsigned() ? Long.divideUnsigned(a, b) : a / b);
    }

    /// The remainder, with the sign of the dividend; a divisor of zero gives zero (IEC 61131-3, Table 29, 5).
    public static long modulo(Elementary type, long a, long b) {
        if (b == 0) {
            return 0;
        }
        return type.isUnsigned() ? Long.remainderUnsigned(a, b) : a % b;
    }
}
