package io.millwright.connect.modbus;

import io.millwright.connect.modbus.Layout.Unfit;
import io.millwright.model.Value;
import java.math.BigDecimal;
import java.math.BigInteger;

/// Values as the numbers that registers hold, refused where they do not fit: nothing is cut off or wrapped around.
final class Numbers {

    private Numbers() {}

    /// A 64-bit number without sign as the nearest binary64.
    static double unsigned(long raw) {
        return new BigInteger(Long.toUnsignedString(raw)).doubleValue();
    }

    /// The value as an integer of so many bits, in the lowest bits of the result.
    static long whole(Value value, int bits, boolean signed) throws Unfit {
        String layout = (signed ? "int" : "uint") + bits;
        BigInteger number = switch (value) {
            case Value.Int(long i) -> BigInteger.valueOf(i);
            case Value.Real(double r) -> integral(r, layout);
            case Value.Bool _, Value.Text _, Value.Missing _ ->
                throw new Unfit(value + " is not a number; " + layout + " holds whole numbers", false);
        };
        BigInteger min = signed ? BigInteger.ONE.shiftLeft(bits - 1).negate() : BigInteger.ZERO;
        BigInteger max = BigInteger.ONE.shiftLeft(signed ? bits - 1 : bits).subtract(BigInteger.ONE);
        if (number.compareTo(min) < 0 || number.compareTo(max) > 0) {
            throw new Unfit(number + " does not fit " + layout + " (" + min + " to " + max + ")", true);
        }
        return number.longValue();
    }

    /// The value as a number with a fraction.
    static double real(Value value, String layout) throws Unfit {
        return switch (value) {
            case Value.Int(long i) -> i;
            case Value.Real(double r) -> r;
            case Value.Bool _, Value.Text _, Value.Missing _ ->
                throw new Unfit(value + " is not a number; " + layout + " holds numbers", false);
        };
    }

    /// The value as a bit: a truth value, or the number 0 or 1.
    static boolean truth(Value value) throws Unfit {
        return switch (value) {
            case Value.Bool(boolean b) -> b;
            case Value.Int(long i) when i == 0 || i == 1 -> i == 1;
            case Value.Int _, Value.Real _, Value.Text _, Value.Missing _ ->
                throw new Unfit(value + " is not a truth value; write true or false", false);
        };
    }

    private static BigInteger integral(double number, String layout) throws Unfit {
        if (!Double.isFinite(number) || number != Math.rint(number)) {
            throw new Unfit(number + " is not a whole number; " + layout + " holds whole numbers", false);
        }
        return new BigDecimal(number).toBigInteger();
    }
}
