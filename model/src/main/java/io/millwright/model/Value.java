package io.millwright.model;

/// What was measured or commanded. Numbers keep their kind: a counter read as a 64-bit integer stays exact.
public sealed interface Value {

    /// A truth value.
    record Bool(boolean value) implements Value {
        @Override
        public String toString() {
            return Boolean.toString(value);
        }
    }

    /// A signed integer of up to 64 bits. Unsigned 64-bit values above 2⁶³ − 1 are carried as [Real].
    record Int(long value) implements Value {
        @Override
        public String toString() {
            return Long.toString(value);
        }
    }

    /// An IEEE 754 number; NaN and the infinities are kept as they came.
    record Real(double value) implements Value {
        @Override
        public String toString() {
            return Double.toString(value);
        }
    }

    /// A text.
    record Text(String value) implements Value {
        @Override
        public String toString() {
            return value;
        }
    }

    /// No value at all: what a bad sample carries when the device gave none.
    enum Missing implements Value {
        /// The one instance.
        VALUE;

        @Override
        public String toString() {
            return "-";
        }
    }

    /// No value at all.
    static Value missing() {
        return Missing.VALUE;
    }

    static Value of(boolean value) {
        return new Bool(value);
    }

    static Value of(long value) {
        return new Int(value);
    }

    static Value of(double value) {
        return new Real(value);
    }

    static Value of(String value) {
        return new Text(value);
    }

    /// The value as a number for plotting and arithmetic: truth values are 0 and 1, texts and missing values NaN.
    default double asDouble() {
        return switch (this) {
            case Bool b -> b.value() ? 1 : 0;
            case Int i -> i.value();
            case Real r -> r.value();
            case Text _, Missing _ -> Double.NaN;
        };
    }
}
