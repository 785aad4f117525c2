package io.millwright.iec61131.check;

import io.millwright.iec61131.ir.Place;
import io.millwright.iec61131.ir.Term;
import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.syntax.Dialect;
import io.millwright.iec61131.syntax.Expression;
import io.millwright.iec61131.syntax.Name;
import io.millwright.iec61131.type.ArrayType;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.OpenArrayType;
import io.millwright.iec61131.type.ReferenceType;
import io.millwright.iec61131.type.ReferenceType.Kind;
import io.millwright.iec61131.type.Signature;
import io.millwright.iec61131.type.TextType;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.Value;
import io.millwright.iec61131.type.Variable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Parts of variables: bits of a whole number, elements of an array, characters of a text (6.4.4.5, 6.5.5.5).
final class Elements {
    private final Context context;
    private final Expressions expressions;

    Elements(Context context, Expressions expressions) {
        this.context = context;
        this.expressions = expressions;
    }

    @Nullable
    Entity part(Expression.Part part) {
        Entity target = expressions.entity(part.target());
        Place place = switch (target) {
            case null -> null;
            case Entity.OfPlace(var p) -> p;
            default -> expressions.place(part.target());
        };
        if (place == null) {
            return null;
        }
        Elementary type = part(context, place.type(), part);
        return type == null
                ? null
                : new Entity.OfPlace(
                        new Place.Part(place, type, part.index() * part.size().bits()));
    }

    /// The type of some bits of a whole number or bit string, or null after saying that there are none such.
    static @Nullable Elementary part(Context context, Type of, Expression.Part part) {
        Elementary whole = of.elementary();
        int bits = part.size().bits();
        boolean fits = whole != null
                && (whole.isInteger() || whole.family() == Elementary.Family.BIT)
                && (long) (part.index() + 1) * bits <= whole.bits();
        if (!fits) {
            String last = whole == null ? "" : "; it has the bits 0 to " + (whole.bits() - 1);
            context.error(
                    "E213",
                    part.span(),
                    "%s has no part .%%%s%d%s".formatted(of.name(), part.size(), part.index(), last));
            return null;
        }
        return switch (part.size()) {
            case X -> Elementary.BOOL;
            case B -> Elementary.BYTE;
            case W -> Elementary.WORD;
            case D -> Elementary.DWORD;
            case L -> Elementary.LWORD;
        };
    }

    @Nullable
    Entity index(Expression.Index index) {
        Term array = expressions.value(index.target(), null);
        List<Term> indices = new ArrayList<>();
        for (Expression expression : index.indices()) {
            Term term = index(expression);
            if (term == null) {
                return null;
            }
            indices.add(term);
        }
        if (array == null) {
            return null;
        }
        return element(array, indices, index.span());
    }

    private @Nullable Term index(Expression expression) {
        Term term = expressions.value(expression, Elementary.DINT);
        if (term == null) {
            return null;
        }
        Elementary type = term.type().elementary();
        if (type == null || !type.isWhole()) {
            context.error(
                    "E214",
                    expression.span(),
                    "an index is a whole number, this is " + term.type().name());
            return null;
        }
        boolean large = type.bits() == 64 || type == Elementary.UDINT || type == Elementary.DWORD;
        return Conversions.convert(term, large ? Elementary.LINT : Elementary.DINT);
    }

    private @Nullable Entity element(Term array, List<Term> indices, Span span) {
        return switch (array.type().resolved()) {
            case ArrayType type -> ofArray(array, indices, type.ranges().size(), type.element(), type, span);
            case OpenArrayType type -> ofArray(array, indices, type.dimensions(), type.element(), null, span);
            case TextType text
            when indices.size() == 1 -> {
                boolean standard = context.dialect() == Dialect.STANDARD;
                Term index = standard ? fromZero(indices.getFirst()) : indices.getFirst();
                Elementary type = standard
                        ? text.wide() ? Elementary.WCHAR : Elementary.CHAR
                        : text.wide() ? Elementary.WORD : Elementary.BYTE;
                yield new Entity.OfPlace(Overlays.character(array, index, text, type));
            }
            case ReferenceType(var kind, var target)
            when kind == Kind.POINTER_TO && indices.size() == 1 ->
                new Entity.OfPlace(new Place.Target(
                        new Term.Library("advance", List.of(array, indices.getFirst()), array.type()), target));
            default -> {
                context.error("E215", span, array.type().name() + " has no elements");
                yield null;
            }
        };
    }

    /// The standard counts characters from 1 (6.4.2.3), the common dialects from 0.
    private static Term fromZero(Term index) {
        Elementary type = index.type().elementary() == Elementary.LINT ? Elementary.LINT : Elementary.DINT;
        Term one = new Term.Constant(type, new Value.Whole(1));
        return Folding.fold(new Term.Binary(Term.BinaryOperator.SUBTRACT, index, one));
    }

    private @Nullable Entity ofArray(
            Term array, List<Term> indices, int dimensions, Type element, @Nullable ArrayType fixed, Span span) {
        if (indices.size() < dimensions && element.isAggregate() || indices.size() != dimensions) {
            context.error(
                    "E216",
                    span,
                    "the array has %d index%s, here are %d"
                            .formatted(dimensions, dimensions == 1 ? "" : "es", indices.size()));
            return null;
        }
        for (int i = 0; fixed != null && i < dimensions; i++) {
            ArrayType.Range range = fixed.ranges().get(i);
            boolean outside = indices.get(i) instanceof Term.Constant(var _, Value.Whole(long v))
                    && (v < range.low() || v > range.high());
            if (outside) {
                context.error("E217", span, "the index lies outside of " + range);
                return null;
            }
        }
        return new Entity.OfPlace(Overlays.element(array, indices, element));
    }

    /// `action.Q` of an action of a chart (6.7.4.6).
    @Nullable
    Entity ofAction(Term receiver, Signature action, Name name) {
        Variable shown = Members.variable(receiver.type(), Charts.shown(action.name()));
        if (shown == null) {
            context.error(
                    "E212", name.span(), "no step of a chart has the action " + action.name() + ", which so has no Q");
            return null;
        }
        return new Entity.OfPlace(new Place.Field(receiver, shown));
    }
}
