package io.millwright.plc.change;

import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.Elementary.Family;
import io.millwright.iec61131.type.EnumerationType;
import io.millwright.iec61131.type.SubrangeType;
import io.millwright.iec61131.type.Type;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How a value of an elementary type becomes one of another. Values are as
/// [io.millwright.iec61131.machine.Slot#bits] gives them.
///
/// Every value is kept where the standard converts implicitly (IEC 61131-3:2013, 6.6.1.6, Figure 11), and where
/// both types have the same values here, as TIME and LTIME. Else a value is kept if the other type has it, real
/// numbers may be rounded, and what does not fit is lost: never wrapped, never cut.
public sealed interface Carry {
    /// What becomes of a value.
    enum Fate {
        KEPT,
        ROUNDED,
        LOST
    }

    /// What becomes of a value.
    Fate fate(long bits);

    /// The value in the other type; of no meaning where it is lost.
    long carried(long bits);

    /// Whether every value is kept.
    boolean isLossless();

    /// The same bits.
    record Same() implements Carry {
        @Override
        public Fate fate(long bits) {
            return Fate.KEPT;
        }

        @Override
        public long carried(long bits) {
            return bits;
        }

        @Override
        public boolean isLossless() {
            return true;
        }
    }

    /// The same number, if it lies from `low` to `high`.
    ///
    /// @param fromUnsigned whether values from 2⁶³ on are told by negative bits
    /// @param toUnsigned whether the other type tells them so
    record Within(boolean fromUnsigned, boolean toUnsigned, long low, long high, boolean isLossless) implements Carry {
        @Override
        public Fate fate(long bits) {
            boolean huge = fromUnsigned && bits < 0;
            boolean inside = toUnsigned
                    ? (huge || bits >= 0)
                            && Long.compareUnsigned(bits, low) >= 0
                            && Long.compareUnsigned(bits, high) <= 0
                    : !huge && bits >= low && bits <= high;
            return inside ? Fate.KEPT : Fate.LOST;
        }

        @Override
        public long carried(long bits) {
            return bits;
        }
    }

    /// A whole number as a real one.
    ///
    /// @param single whether REAL is meant
    record ToReal(boolean fromUnsigned, boolean single, boolean isLossless) implements Carry {
        @Override
        public Fate fate(long bits) {
            boolean exact = !(fromUnsigned && bits < 0) && (long) number(bits) == bits && bits != Long.MAX_VALUE;
            return exact ? Fate.KEPT : Fate.ROUNDED;
        }

        private double number(long bits) {
            double number = fromUnsigned && bits < 0 ? (bits >>> 1 | bits & 1) * 2.0 : bits;
            return single ? (float) number : number;
        }

        @Override
        public long carried(long bits) {
            return Double.doubleToRawLongBits(number(bits));
        }
    }

    /// A real number as a whole one, rounded half to even as conversions of the language do (6.6.2.5.2).
    record ToWhole(Within range) implements Carry {
        private static final double TWO_TO_63 = 0x1p63;

        @Override
        public Fate fate(long bits) {
            double number = Double.longBitsToDouble(bits);
            double rounded = Math.rint(number);
            if (Double.isNaN(number) || Math.abs(rounded) >= TWO_TO_63 || range.fate((long) rounded) == Fate.LOST) {
                return Fate.LOST;
            }
            return rounded == number ? Fate.KEPT : Fate.ROUNDED;
        }

        @Override
        public long carried(long bits) {
            return (long) Math.rint(Double.longBitsToDouble(bits));
        }

        @Override
        public boolean isLossless() {
            return false;
        }
    }

    /// LREAL as REAL.
    record ToSingle() implements Carry {
        @Override
        public Fate fate(long bits) {
            double number = Double.longBitsToDouble(bits);
            boolean overflows = Float.isInfinite((float) number) && !Double.isInfinite(number);
            boolean exact = Double.isNaN(number) || (float) number == number;
            return overflows ? Fate.LOST : exact ? Fate.KEPT : Fate.ROUNDED;
        }

        @Override
        public long carried(long bits) {
            return Double.doubleToRawLongBits((float) Double.longBitsToDouble(bits));
        }

        @Override
        public boolean isLossless() {
            return false;
        }
    }

    /// A value of an enumeration: the one of the same name.
    record Named(Map<Long, Long> numbers, boolean isLossless) implements Carry {
        @Override
        public Fate fate(long bits) {
            return numbers.containsKey(bits) ? Fate.KEPT : Fate.LOST;
        }

        @Override
        public long carried(long bits) {
            return numbers.getOrDefault(bits, bits);
        }
    }

    /// The way from one elementary type to another; null where there is none, since the values mean something
    /// else.
    static @Nullable Carry of(Type from, Type to) {
        Elementary a = from.elementary();
        Elementary b = to.elementary();
        if (a == null || b == null) {
            return null;
        }
        if (from.resolved() instanceof EnumerationType x && to.resolved() instanceof EnumerationType y) {
            return named(x, y);
        }
        boolean number = !(from.resolved() instanceof EnumerationType || to.resolved() instanceof EnumerationType);
        Family before = a.family();
        Family after = b.family();
        if (isCounted(a) && isCounted(b)) {
            return whole(from, to, number);
        }
        if (before == Family.REAL && after == Family.REAL) {
            return a.bits() <= b.bits() ? new Same() : new ToSingle();
        }
        if (a.isInteger() && after == Family.REAL) {
            return new ToReal(a.isUnsigned(), b == Elementary.REAL, number && a.bits() < (b.bits() == 32 ? 24 : 53));
        }
        if (before == Family.REAL && b.isInteger()) {
            return new ToWhole(range(from, to, false));
        }
        return before == after ? new Same() : null;
    }

    private static boolean isCounted(Elementary type) {
        return type.isInteger() || type.family() == Family.BIT || type.family() == Family.CHARACTER;
    }

    private static @Nullable Carry whole(Type from, Type to, boolean number) {
        Elementary a = elementary(from);
        Elementary b = elementary(to);
        boolean characters = a.family() == Family.CHARACTER;
        if (characters != (b.family() == Family.CHARACTER)) {
            return null;
        }
        boolean kind = a.family() == b.family() || a.isInteger() && b.isInteger();
        long[] own = bounds(from);
        Within there = range(from, to, false);
        boolean fits = there.fate(own[0]) == Fate.KEPT && there.fate(own[1]) == Fate.KEPT;
        boolean lossless = kind && number && fits;
        return lossless ? new Same() : range(from, to, false);
    }

    private static Within range(Type from, Type to, boolean lossless) {
        long[] bounds = bounds(to);
        return new Within(elementary(from).isUnsigned(), elementary(to).isUnsigned(), bounds[0], bounds[1], lossless);
    }

    private static Elementary elementary(Type type) {
        Elementary elementary = type.elementary();
        if (elementary == null) {
            throw new IllegalArgumentException(type.name());
        }
        return elementary;
    }

    /// The lowest and the highest value.
    private static long[] bounds(Type type) {
        if (type.resolved() instanceof SubrangeType(var _, long low, long high)) {
            return new long[] {low, high};
        }
        Elementary elementary = elementary(type);
        int bits = elementary.bits();
        if (elementary.isUnsigned()) {
            return new long[] {0, bits == 64 ? -1 : (1L << bits) - 1};
        }
        return new long[] {-1L << bits - 1, ~(-1L << bits - 1)};
    }

    private static Carry named(EnumerationType from, EnumerationType to) {
        Map<String, Long> there = new HashMap<>();
        to.values().forEach((name, number) -> there.put(name.toUpperCase(Locale.ROOT), number));
        Map<Long, Long> numbers = new HashMap<>();
        boolean all = true;
        boolean same = from.base() == to.base();
        for (Map.Entry<String, Long> value : from.values().entrySet()) {
            Long number = there.get(value.getKey().toUpperCase(Locale.ROOT));
            all &= number != null;
            same &= value.getValue().equals(number);
            if (number != null) {
                numbers.put(value.getValue(), number);
            }
        }
        return same ? new Same() : new Named(numbers, all);
    }
}
