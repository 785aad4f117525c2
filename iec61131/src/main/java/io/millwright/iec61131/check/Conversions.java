package io.millwright.iec61131.check;

import io.millwright.iec61131.ir.Place;
import io.millwright.iec61131.ir.Term;
import io.millwright.iec61131.library.StandardFunctions;
import io.millwright.iec61131.library.Whole;
import io.millwright.iec61131.machine.Stretch;
import io.millwright.iec61131.source.Diagnostic;
import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.syntax.Dialect;
import io.millwright.iec61131.syntax.Expression;
import io.millwright.iec61131.type.ArrayType;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.EnumerationType;
import io.millwright.iec61131.type.InterfaceType;
import io.millwright.iec61131.type.OpenArrayType;
import io.millwright.iec61131.type.ReferenceType;
import io.millwright.iec61131.type.ReferenceType.Kind;
import io.millwright.iec61131.type.SubrangeType;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.UnitType;
import io.millwright.iec61131.type.UnknownType;
import io.millwright.iec61131.type.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Brings values to the type that is asked for, or says why that does not go (6.6.1.6).
final class Conversions {
    private final Context context;

    Conversions(Context context) {
        this.context = context;
    }

    /// The term as a value of `target`, or null after saying why there is none.
    @Nullable
    Term adapt(Term term, Type target, Span span) {
        return adapt(term, target, span, false);
    }

    /// The same of a value that is written there, so that a conversion can be written around it.
    @Nullable
    Term adapt(Term term, Type target, Expression written) {
        return adapt(term, target, written.span(), true);
    }

    private @Nullable Term adapt(Term term, Type target, Span span, boolean written) {
        Type from = term.type().resolved();
        Type to = target.resolved();
        if (to instanceof UnknownType) {
            return null;
        }
        if (to instanceof ReferenceType || to instanceof InterfaceType) {
            return adaptReference(term, target, span);
        }
        if (from.isAggregate() && to.isAggregate() && Fit.of(from, to) == Fit.NONE) {
            return goesTogether(from, to) ? term : mismatch(term.type(), target, span, written);
        }
        if (to instanceof EnumerationType && !from.equals(to) && !(from instanceof Elementary e && e.isInteger())) {
            return mismatch(term.type(), target, span, written);
        }
        if (isAddress(from, to)) {
            context.beyondStandard(span, "a pointer as a number");
            return convert(address(term), target);
        }
        Fit fit = Fit.of(from, to);
        boolean refused =
                fit == Fit.NONE || context.dialect() == Dialect.STANDARD && (fit == Fit.DIALECT || fit == Fit.LOSSY);
        if (refused) {
            return mismatch(term.type(), target, span, written);
        }
        String changed = changed(term, target);
        if (changed != null) {
            context.warning("W311", span, changed);
        } else if (fit == Fit.LOSSY && !keepsItsValue(term, target)) {
            context.warning(
                    "W310",
                    span,
                    "%s becomes %s: values may change; write %s_TO_%s where that is meant"
                            .formatted(term.type().name(), target.name(), plainName(from), plainName(to)));
        }
        return checked(convert(term, target), to, span);
    }

    /// A conversion that was found to go, without a word.
    static Term convert(Term term, Type target) {
        Elementary from = term.type().elementary();
        Elementary to = target.elementary();
        boolean same = from != null && from == to || term.type().resolved().equals(target.resolved());
        if (same) {
            return term instanceof Term.Constant(var _, var value) ? new Term.Constant(target, value) : term;
        }
        return Folding.fold(new Term.Convert(term, target));
    }

    private @Nullable Term checked(Term term, Type to, Span span) {
        // What is computed from values of a range may lie outside of it.
        boolean computed = term instanceof Term.Binary || term instanceof Term.Unary;
        if (!(to instanceof SubrangeType range)
                || !computed
                        && !(term instanceof Term.Constant)
                        && term.type().resolved().equals(range)) {
            return term;
        }
        if (term instanceof Term.Constant(var _, Value.Whole(long value))) {
            boolean inside = Whole.compare(range.base(), value, range.low()) >= 0
                    && Whole.compare(range.base(), value, range.high()) <= 0;
            if (!inside) {
                context.error("E311", span, Whole.number(range.base(), value) + " is not in " + range.name());
                return null;
            }
            return new Term.Constant(range, new Value.Whole(value));
        }
        return new Term.Checked(term, range.low(), range.high(), range);
    }

    /// What is to be said of a whole number that the type does not have, or null.
    private static @Nullable String changed(Term term, Type target) {
        Elementary from = term.type().elementary();
        Elementary to = target.elementary();
        if (from == null || to == null || !isWholeNumber(from) || !isWholeNumber(to)) {
            return null;
        }
        if (!(term instanceof Term.Constant(var _, Value.Whole(long value)))
                || !(convert(term, to) instanceof Term.Constant(var _, Value.Whole(long there)))) {
            return null;
        }
        Object before = Whole.number(from, value);
        Object after = Whole.number(to, there);
        return before.equals(after)
                ? null
                : "%s is not in %s..%s, the range of %s: it becomes %s"
                        .formatted(before, Whole.lowest(to), Whole.highest(to), to.name(), after);
    }

    private static boolean isWholeNumber(Elementary type) {
        return type.isInteger() || type.family() == Elementary.Family.BIT && type != Elementary.BOOL;
    }

    /// Whether a constant is the same number after a conversion that may change others.
    private static boolean keepsItsValue(Term term, Type target) {
        if (!(term instanceof Term.Constant constant)) {
            return false;
        }
        Term there = Folding.fold(new Term.Convert(constant, target));
        Term back = Folding.fold(new Term.Convert(there, constant.type()));
        return back instanceof Term.Constant(var _, var value) && value.equals(constant.value());
    }

    private @Nullable Term adaptReference(Term term, Type target, Span span) {
        Type from = term.type().resolved();
        boolean zero = term instanceof Term.Constant(var _, Value.Whole(long value)) && value == 0;
        if (term instanceof Term.Null || zero) {
            return new Term.Null(target);
        }
        if (target.resolved() instanceof InterfaceType wanted) {
            boolean implemented = from instanceof UnitType unit && Members.implementsInterface(unit, wanted)
                    || from instanceof InterfaceType other && Members.extendsInterface(other, wanted);
            if (!implemented) {
                return mismatch(term.type(), target, span, false);
            }
            return from instanceof UnitType && term instanceof Term.Load(Place place)
                    ? new Term.Reference(place, target)
                    : term;
        }
        var wanted = (ReferenceType) target.resolved();
        if (from instanceof ReferenceType given) {
            boolean same = Fit.of(given.target(), wanted.target()) == Fit.SAME
                            && given.target().name().equals(wanted.target().name())
                    || given.target().resolved().equals(wanted.target().resolved())
                    || given.target().resolved() instanceof UnitType d
                            && wanted.target().resolved() instanceof UnitType b
                            && d.extendsOrIs(b);
            boolean pointers = given.kind() == Kind.POINTER_TO && wanted.kind() != Kind.REF_TO;
            if (same) {
                return term;
            }
            if (pointers) {
                return viewed(term, wanted);
            }
        }
        return mismatch(term.type(), target, span, false);
    }

    /// A pointer as the number that stands for it.
    static Term address(Term pointer) {
        return new Term.Library("address", List.of(pointer), Elementary.LWORD);
    }

    private static boolean isAddress(Type from, Type to) {
        return from instanceof ReferenceType(var kind, var _)
                && kind == Kind.POINTER_TO
                && to instanceof Elementary number
                && isWholeNumber(number)
                && number.bits() >= 32;
    }

    /// A pointer that reads and writes another type from now on; its places are bytes.
    private static Term viewed(Term pointer, ReferenceType wanted) {
        Type target = wanted.target().resolved();
        Elementary type = target instanceof ArrayType array && isOctets(array)
                ? array.element().elementary()
                : wanted.target().elementary();
        return type == null
                ? pointer
                : new Term.Library(
                        "viewed",
                        List.of(
                                pointer,
                                new Term.Constant(Elementary.DINT, new Value.Whole(Stretch.TYPES.indexOf(type)))),
                        wanted);
    }

    /// Whether elements of an array are bytes, so that it may stand for whatever lies in bytes.
    static boolean isOctets(ArrayType array) {
        Elementary element = array.element().elementary();
        return element != null
                && element.bits() == 8
                && element.isUnsigned()
                && array.ranges().size() == 1;
    }

    /// Whether one aggregate may be copied, or given as parameter, where another is asked for.
    static boolean goesTogether(Type from, Type to) {
        return switch (to) {
            case ArrayType wanted
            when from instanceof ArrayType given ->
                given.size() == wanted.size()
                        && given.ranges().size() == wanted.ranges().size()
                        && sameElement(given.element(), wanted.element());
            case OpenArrayType wanted
            when from instanceof ArrayType given ->
                given.ranges().size() == wanted.dimensions() && sameElement(given.element(), wanted.element());
            case OpenArrayType wanted
            when from instanceof OpenArrayType given ->
                given.dimensions() == wanted.dimensions() && sameElement(given.element(), wanted.element());
            case UnitType wanted when from instanceof UnitType given -> given.extendsOrIs(wanted);
            default -> Fit.of(from, to) == Fit.SAME;
        };
    }

    private static boolean sameElement(Type a, Type b) {
        return a.resolved().equals(b.resolved()) || a.isAggregate() && goesTogether(a.resolved(), b.resolved());
    }

    private @Nullable Term mismatch(Type from, Type to, Span span, boolean written) {
        if (from.isMistaken() || to.isMistaken()) {
            return null;
        }
        Elementary source = from.elementary();
        Elementary target = to.elementary();
        boolean convertible = source != null && target != null && !(to.resolved() instanceof EnumerationType);
        String function = plainName(from) + "_TO_" + plainName(to);
        boolean instance = from.resolved() instanceof UnitType && to.resolved() instanceof InterfaceType;
        String help =
                convertible ? "; convert with " + function + "(…)" : instance ? ", which does not implement it" : "";
        Diagnostic found = Diagnostic.error(
                "E310", span, "%s is asked for here, this is %s%s".formatted(to.name(), from.name(), help));
        boolean exists = written && convertible && StandardFunctions.find(function) != null;
        context.diagnostics().add(exists ? found.suggesting(function + "(" + span.text() + ")") : found);
        return null;
    }

    private static String plainName(Type type) {
        Elementary elementary = type.elementary();
        if (elementary == null) {
            return type.name().replaceAll("\\[.*", "");
        }
        return switch (elementary) {
            case TIME_OF_DAY -> "TOD";
            case DATE_AND_TIME -> "DT";
            case LTIME_OF_DAY -> "LTOD";
            case LDATE_AND_TIME -> "LDT";
            default -> elementary.name();
        };
    }
}
