package io.millwright.plc.image;

import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.Type;
import io.millwright.model.Value;
import java.util.OptionalLong;

/// How values of signals become bits of variables, and the other way: see
/// [io.millwright.iec61131.machine.Slot#bits]. A value that the variable cannot hold is none, and never wraps.
public enum Conversion {
    TRUTH,
    REAL,
    WHOLE_SIGNED,
    WHOLE_UNSIGNED;

    private static final double TWO_TO_63 = 0x1p63;

    /// The conversion of a variable's type.
    ///
    /// @throws IllegalArgumentException for types that are no numbers
    public static Conversion of(Type type) {
        Elementary elementary = type.elementary();
        if (elementary == null) {
            throw new IllegalArgumentException(
                    type.name() + " cannot stand for a signal: only truth values and numbers can");
        }
        return switch (elementary.family()) {
            case REAL -> REAL;
            case BIT -> elementary == Elementary.BOOL ? TRUTH : WHOLE_UNSIGNED;
            case UNSIGNED, CHARACTER -> WHOLE_UNSIGNED;
            case SIGNED, DURATION, DATE, TIME_OF_DAY, DATE_AND_TIME -> WHOLE_SIGNED;
        };
    }

    /// The bits of a value; empty where a variable of the type cannot hold it. Real numbers are rounded half to
    /// even where whole ones are asked for, as conversions of the language do (6.6.2.5.2).
    ///
    /// @param type of the variable
    public OptionalLong bits(Value value, Type type) {
        return switch (value) {
            case Value.Bool(boolean truth) -> OptionalLong.of(this == REAL ? real(truth ? 1 : 0) : truth ? 1 : 0);
            case Value.Int(long whole) -> whole(whole, type);
            case Value.Real(double number) -> number(number, type);
            case Value.Text _, Value.Missing _ -> OptionalLong.empty();
        };
    }

    private OptionalLong whole(long whole, Type type) {
        return switch (this) {
            case TRUTH -> OptionalLong.of(whole == 0 ? 0 : 1);
            case REAL -> OptionalLong.of(real((double) whole));
            case WHOLE_SIGNED, WHOLE_UNSIGNED -> holds(type, whole) ? OptionalLong.of(whole) : OptionalLong.empty();
        };
    }

    private OptionalLong number(double number, Type type) {
        if (this == REAL) {
            return OptionalLong.of(real(number));
        }
        double rounded = Math.rint(number);
        if (Double.isNaN(number) || Math.abs(rounded) >= TWO_TO_63) {
            return OptionalLong.empty();
        }
        return whole((long) rounded, type);
    }

    private static long real(double number) {
        return Double.doubleToRawLongBits(number);
    }

    private boolean holds(Type type, long whole) {
        Elementary elementary = type.elementary();
        int bits = elementary == null ? 64 : elementary.bits();
        if (this == WHOLE_UNSIGNED) {
            return whole >= 0 && (bits == 64 || whole < 1L << bits);
        }
        return bits == 64 || whole >= -(1L << bits - 1) && whole < 1L << bits - 1;
    }

    /// The value of bits.
    public Value value(long bits) {
        return switch (this) {
            case TRUTH -> Value.of(bits != 0);
            case REAL -> Value.of(Double.longBitsToDouble(bits));
            case WHOLE_SIGNED -> Value.of(bits);
            case WHOLE_UNSIGNED -> bits < 0 ? Value.of(unsigned(bits)) : Value.of(bits);
        };
    }

    private static double unsigned(long bits) {
        return (bits >>> 1 | bits & 1) * 2.0;
    }
}
