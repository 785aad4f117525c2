package io.millwright.iec61131.check;

import io.millwright.iec61131.type.AliasType;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.Elementary.Family;
import io.millwright.iec61131.type.SubrangeType;
import io.millwright.iec61131.type.TextType;
import io.millwright.iec61131.type.Type;
import org.jspecify.annotations.Nullable;

/// How well a value of one type goes where another is asked for, without a conversion function (6.6.1.6, Figure
/// 11).
enum Fit {
    /// The types are the same to the back end.
    SAME,
    /// Every value stays what it is.
    WIDER,
    /// Every value stays what it is, or is read as number instead of bits; common tools take it, the standard
    /// does not.
    DIALECT,
    /// Some values change; common tools take it with a warning.
    LOSSY,
    NONE;

    static Fit of(Type from, Type to) {
        Type a = from.resolved();
        Type b = to.resolved();
        if (a.equals(b) || a instanceof TextType x && b instanceof TextType y && x.wide() == y.wide()) {
            return SAME;
        }
        Elementary source = from.elementary();
        Elementary target = to.elementary();
        if (source == Elementary.CHAR && b instanceof TextType text && !text.wide()
                || source == Elementary.WCHAR && b instanceof TextType wideText && wideText.wide()) {
            return WIDER;
        }
        if (source == null || target == null) {
            return NONE;
        }
        if (source == target) {
            return isNumber(a) && isNumber(b) ? SAME : DIALECT;
        }
        return elementary(source, target);
    }

    private static boolean isNumber(Type type) {
        return type instanceof Elementary || type instanceof SubrangeType || type instanceof AliasType;
    }

    private static Fit elementary(Elementary from, Elementary to) {
        Family a = from.family();
        Family b = to.family();
        if (isCharacterAndBits(from, to)) {
            return DIALECT;
        }
        if (a == b) {
            boolean grows = from.bits() < to.bits() || from.bits() == 64 && to.bits() == 64 && a != Family.REAL;
            return grows ? WIDER : LOSSY;
        }
        if (to.family() == Family.REAL) {
            int digits = to == Elementary.REAL ? 24 : 53;
            boolean number = from.isInteger();
            boolean bits = a == Family.BIT && from != Elementary.BOOL;
            if (number) {
                return from.bits() < digits ? WIDER : LOSSY;
            }
            return bits ? LOSSY : NONE;
        }
        if (a == Family.UNSIGNED && b == Family.SIGNED) {
            return from.bits() < to.bits() ? WIDER : LOSSY;
        }
        boolean whole = from.isInteger() || a == Family.BIT;
        if (whole && (to.isInteger() || b == Family.BIT)) {
            return wholeToWhole(from, to);
        }
        return NONE;
    }

    /// A character and the bits of its code: what an index into a text gives in common dialects.
    private static boolean isCharacterAndBits(Elementary a, Elementary b) {
        boolean families = a.family() == Family.CHARACTER && b.family() == Family.BIT
                || a.family() == Family.BIT && b.family() == Family.CHARACTER;
        return families && a.bits() == b.bits();
    }

    private static Fit wholeToWhole(Elementary from, Elementary to) {
        if (to == Elementary.BOOL) {
            return NONE;
        }
        if (from == Elementary.BOOL) {
            return to.family() == Family.BIT ? WIDER : DIALECT;
        }
        return from.bits() <= to.bits() ? DIALECT : LOSSY;
    }

    /// The type in which an operator works on values of two types, or null where there is none.
    static @Nullable Elementary common(Elementary a, Elementary b) {
        if (a == b || of(b, a) == WIDER) {
            return a;
        }
        if (of(a, b) == WIDER) {
            return b;
        }
        if (isCharacterAndBits(a, b)) {
            return a.family() == Family.BIT ? a : b;
        }
        if (a.family() == Family.REAL || b.family() == Family.REAL) {
            Elementary real = a.family() == Family.REAL ? a : b;
            Elementary other = real == a ? b : a;
            boolean number = other.isInteger() || other.family() == Family.BIT && other != Elementary.BOOL;
            return number ? real : null;
        }
        return commonOfWholes(a, b);
    }

    private static @Nullable Elementary commonOfWholes(Elementary a, Elementary b) {
        boolean wholes = (a.isInteger() || a.family() == Family.BIT) && (b.isInteger() || b.family() == Family.BIT);
        if (!wholes || a == Elementary.BOOL || b == Elementary.BOOL) {
            return null;
        }
        int bits = Math.max(a.bits(), b.bits());
        if (a.family() == Family.SIGNED || b.family() == Family.SIGNED) {
            Elementary signed = a.family() == Family.SIGNED ? a : b;
            Elementary other = signed == a ? b : a;
            return signed.bits() > other.bits() ? signed : signed(Math.min(64, 2 * bits));
        }
        return unsigned(bits);
    }

    private static Elementary signed(int bits) {
        return switch (bits) {
            case 8 -> Elementary.SINT;
            case 16 -> Elementary.INT;
            case 32 -> Elementary.DINT;
            default -> Elementary.LINT;
        };
    }

    private static Elementary unsigned(int bits) {
        return switch (bits) {
            case 8 -> Elementary.USINT;
            case 16 -> Elementary.UINT;
            case 32 -> Elementary.UDINT;
            default -> Elementary.ULINT;
        };
    }
}
