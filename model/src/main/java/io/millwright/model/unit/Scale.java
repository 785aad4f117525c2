package io.millwright.model.unit;

/// How the values of a unit relate to values in the base units of its dimension.
public sealed interface Scale {

    /// A value of this unit in base units.
    double toBase(double value);

    /// A value in base units in this unit.
    double fromBase(double base);

    /// The same scale for the unit with a prefix, e.g. from `Cel` to `mCel`.
    Scale prefixed(double prefix);

    /// A multiple of the base unit: nearly all units.
    ///
    /// @param factor how many base units make one, finite and above 0
    record Ratio(double factor) implements Scale {
        @Override
        public double toBase(double value) {
            return value * factor;
        }

        @Override
        public double fromBase(double base) {
            return base / factor;
        }

        @Override
        public Scale prefixed(double prefix) {
            return new Ratio(factor * prefix);
        }
    }

    /// A temperature scale with a zero of its own.
    ///
    /// @param zero what is added to a value to count from absolute zero
    /// @param factor how many kelvin make one step
    record Offset(double zero, double factor) implements Scale {
        @Override
        public double toBase(double value) {
            return (value + zero) * factor;
        }

        @Override
        public double fromBase(double base) {
            return base / factor - zero;
        }

        @Override
        public Scale prefixed(double prefix) {
            return new Offset(zero / prefix, factor * prefix);
        }
    }

    /// A logarithmic level over a reference: `base = reference × radix ^ (value / steps)`.
    ///
    /// @param reference the quantity of level 0, in base units
    /// @param radix base of the logarithm
    /// @param steps units per power of the radix; negative where the level falls as the quantity grows
    record Level(double reference, double radix, double steps) implements Scale {
        @Override
        public double toBase(double value) {
            return reference * Math.pow(radix, value / steps);
        }

        @Override
        public double fromBase(double base) {
            return steps * log(base / reference);
        }

        private double log(double ratio) {
            return radix == 10 ? Math.log10(ratio) : Math.log(ratio) / Math.log(radix);
        }

        @Override
        public Scale prefixed(double prefix) {
            return new Level(reference, radix, steps / prefix);
        }
    }

    /// An angle given as rise over run in percent; the base is the radian.
    enum Slope implements Scale {
        /// 100 % is 45 degrees.
        PERCENT;

        @Override
        public double toBase(double value) {
            return Math.atan(value / 100);
        }

        @Override
        public double fromBase(double base) {
            return 100 * Math.tan(base);
        }

        @Override
        public Scale prefixed(double prefix) {
            throw new IllegalArgumentException("a slope takes no prefix");
        }
    }
}
