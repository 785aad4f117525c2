package io.millwright.connect.modbus;

import io.millwright.connect.LinkTold;
import io.millwright.connect.modbus.Layout.Unfit;
import io.millwright.model.Told;
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
                throw new Unfit(
                        Told.of("value-no-whole-number", "{value} is not a number; {type} holds whole numbers")
                                .with("value", value)
                                .with("type", layout),
                        false);
        };
        BigInteger min = signed ? BigInteger.ONE.shiftLeft(bits - 1).negate() : BigInteger.ZERO;
        BigInteger max = BigInteger.ONE.shiftLeft(signed ? bits - 1 : bits).subtract(BigInteger.ONE);
        if (number.compareTo(min) < 0 || number.compareTo(max) > 0) {
            throw new Unfit(LinkTold.outside(number, layout, min, max), true);
        }
        return number.longValue();
    }

    /// The value as a number with a fraction.
    static double real(Value value, String layout) throws Unfit {
        return switch (value) {
            case Value.Int(long i) -> i;
            case Value.Real(double r) -> r;
            case Value.Bool _, Value.Text _, Value.Missing _ ->
                throw new Unfit(
                        Told.of("value-no-number", "{value} is not a number; {type} holds numbers")
                                .with("value", value)
                                .with("type", layout),
                        false);
        };
    }

    /// The value as a bit: a truth value, or the number 0 or 1.
    static boolean truth(Value value) throws Unfit {
        return switch (value) {
            case Value.Bool(boolean b) -> b;
            case Value.Int(long i) when i == 0 || i == 1 -> i == 1;
            case Value.Int _, Value.Real _, Value.Text _, Value.Missing _ ->
                throw new Unfit(
                        Told.of("value-no-truth", "{value} is not a truth value; write true or false")
                                .with("value", value),
                        false);
        };
    }

    private static BigInteger integral(double number, String layout) throws Unfit {
        if (!Double.isFinite(number) || number != Math.rint(number)) {
            throw new Unfit(
                    Told.of("value-not-whole", "{value} is not a whole number; {type} holds whole numbers")
                            .with("value", number)
                            .with("type", layout),
                    false);
        }
        return new BigDecimal(number).toBigInteger();
    }
}
