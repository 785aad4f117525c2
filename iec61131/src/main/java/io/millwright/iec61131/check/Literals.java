package io.millwright.iec61131.check;

import io.millwright.iec61131.ir.Term;
import io.millwright.iec61131.library.Whole;
import io.millwright.iec61131.source.Diagnostics;
import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.syntax.LiteralValue;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.Elementary.Family;
import io.millwright.iec61131.type.TextType;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/// Gives literals a type (6.3): the one written before `#`, else the one that is expected where they fit, else
/// the usual one.
final class Literals {
    private static final Elementary[] USUAL = {
        Elementary.INT, Elementary.DINT, Elementary.LINT, Elementary.ULINT,
    };

    private final Diagnostics diagnostics;

    Literals(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    /// A literal without a type of its own.
    @Nullable
    Term untyped(LiteralValue literal, @Nullable Type expected, Span span) {
        Elementary wanted = expected == null ? null : expected.elementary();
        return switch (literal) {
            case LiteralValue.Whole(var value, var radix) -> whole(value, radix, wanted, span);
            case LiteralValue.Real(var value) ->
                real(value, wanted == Elementary.REAL ? Elementary.REAL : Elementary.LREAL, span);
            case LiteralValue.Truth(var value) -> new Term.Constant(Elementary.BOOL, new Value.Truth(value));
            case LiteralValue.Text(var value, var wide) -> text(value, wide, expected);
            case LiteralValue.Duration(var nanos, var isLong) ->
                nanos(nanos, isLong || wanted == Elementary.LTIME ? Elementary.LTIME : Elementary.TIME, span);
            case LiteralValue.Date(var days, var isLong) ->
                nanos(
                        BigInteger.valueOf(days).multiply(BigInteger.valueOf(86_400_000_000_000L)),
                        isLong ? Elementary.LDATE : Elementary.DATE,
                        span);
            case LiteralValue.TimeOfDay(var nanos, var isLong) ->
                new Term.Constant(isLong ? Elementary.LTIME_OF_DAY : Elementary.TIME_OF_DAY, new Value.Whole(nanos));
            case LiteralValue.DateAndTime(var nanos, var isLong) ->
                nanos(nanos, isLong ? Elementary.LDATE_AND_TIME : Elementary.DATE_AND_TIME, span);
        };
    }

    /// A literal with a type written before it: `INT#5`, `BOOL#1`, `REAL#1.0`, `STRING#'x'`, `CHAR#'x'`.
    @Nullable
    Term typed(Type type, LiteralValue literal, Span span) {
        Elementary elementary = type.elementary();
        Term term = switch (literal) {
            case LiteralValue.Whole(var value, var radix) when elementary != null -> wholeOf(elementary, value, radix);
            case LiteralValue.Real(var value)
            when elementary != null && elementary.family() == Family.REAL -> real(value, elementary, span);
            case LiteralValue.Truth _ when elementary == Elementary.BOOL -> untyped(literal, type, span);
            case LiteralValue.Text(var value, var wide) -> textOf(value, wide, type);
            default -> null;
        };
        if (term == null) {
            diagnostics.error("E301", span, "%s is no value of %s".formatted(span.text(), type.name()));
            return null;
        }
        return new Term.Constant(type, ((Term.Constant) term).value());
    }

    private @Nullable Term whole(BigInteger value, int radix, @Nullable Elementary wanted, Span span) {
        if (wanted != null) {
            Term term = wholeOf(wanted, value, radix);
            if (term != null) {
                return term;
            }
        }
        for (Elementary type : USUAL) {
            if (Whole.fits(type, value)) {
                return new Term.Constant(type, new Value.Whole(value.longValue()));
            }
        }
        diagnostics.error(
                "E302",
                span,
                "the number " + value + " is too large: the largest is " + Whole.highest(Elementary.ULINT));
        return null;
    }

    /// The number as a constant of a type, or null where it is none. With a radix other than 10 the bits may
    /// fill a signed type.
    private static @Nullable Term wholeOf(Elementary type, BigInteger value, int radix) {
        if (type == Elementary.BOOL) {
            boolean bit = value.signum() == 0 || value.equals(BigInteger.ONE);
            return bit ? new Term.Constant(type, new Value.Truth(value.signum() != 0)) : null;
        }
        if (type.family() == Family.REAL) {
            double number = type == Elementary.REAL ? value.floatValue() : value.doubleValue();
            return Double.isInfinite(number) ? null : new Term.Constant(type, new Value.Real(number));
        }
        boolean number = type.isInteger() || type.family() == Family.BIT || type.family() == Family.CHARACTER;
        boolean fits =
                Whole.fits(type, value) || radix != 10 && value.signum() >= 0 && value.bitLength() <= type.bits();
        return number && fits ? new Term.Constant(type, new Value.Whole(Whole.wrap(type, value.longValue()))) : null;
    }

    private @Nullable Term real(BigDecimal value, Elementary type, Span span) {
        double number = type == Elementary.REAL ? value.floatValue() : value.doubleValue();
        if (Double.isInfinite(number)) {
            diagnostics.error("E303", span, "the number is too large for " + type.name());
            return null;
        }
        return new Term.Constant(type, new Value.Real(number));
    }

    private @Nullable Term nanos(BigInteger nanos, Elementary type, Span span) {
        if (nanos.bitLength() > 63) {
            diagnostics.error("E304", span, "beyond the range of " + type.name() + ", which ends after 292 years");
            return null;
        }
        return new Term.Constant(type, new Value.Whole(nanos.longValue()));
    }

    private static Term text(String value, boolean wide, @Nullable Type expected) {
        Term asked = expected == null ? null : textOf(value, wide, expected);
        return asked != null
                ? asked
                : new Term.Constant(
                        new TextType(wide, Math.clamp(value.length(), 1, TextType.MAX)), new Value.Text(value));
    }

    private static @Nullable Term textOf(String value, boolean wide, Type type) {
        Elementary character = wide ? Elementary.WCHAR : Elementary.CHAR;
        if (type.elementary() == character && value.length() == 1) {
            return new Term.Constant(type, new Value.Whole(value.charAt(0)));
        }
        boolean text = type.resolved() instanceof TextType t && t.wide() == wide;
        return text ? new Term.Constant(type, new Value.Text(value)) : null;
    }
}
