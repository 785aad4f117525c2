package io.millwright.iec61131.check;

import io.millwright.iec61131.ir.Place;
import io.millwright.iec61131.ir.Term;
import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.syntax.Expression;
import io.millwright.iec61131.syntax.Expression.Argument;
import io.millwright.iec61131.syntax.Name;
import io.millwright.iec61131.type.ArrayType;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.OpenArrayType;
import io.millwright.iec61131.type.Packing;
import io.millwright.iec61131.type.ReferenceType;
import io.millwright.iec61131.type.TextType;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.Value;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Functions that look at a variable or a type instead of a value: REF, ADR, SIZEOF, LOWER_BOUND, UPPER_BOUND,
/// `__ISVALIDREF`.
final class Intrinsics {
    private static final Set<String> NAMES =
            Set.of("REF", "ADR", "SIZEOF", "LOWER_BOUND", "UPPER_BOUND", "__ISVALIDREF");

    private final Context context;
    private final Expressions expressions;

    Intrinsics(Context context, Expressions expressions) {
        this.context = context;
        this.expressions = expressions;
    }

    /// Whether a call is of one of them; a program's own declaration of the name goes before.
    boolean isOne(Expression.Call call) {
        Name name = Names.nameOf(call.callee());
        return name != null && NAMES.contains(name.key()) && context.scope().find(name.text()) == null;
    }

    @Nullable
    Term value(Expression.Call call, @Nullable Type expected) {
        String name = ((Expression.Identifier) call.callee()).name().key();
        boolean bound = name.endsWith("_BOUND");
        int count = bound ? 2 : 1;
        if (call.arguments().size() != count) {
            context.error("E423", call.span(), "%s takes %d argument%s".formatted(name, count, bound ? "s" : ""));
            return null;
        }
        Expression first = value(call.arguments().getFirst());
        return switch (name) {
            case "REF" -> reference(first, ReferenceType.Kind.REF_TO);
            case "ADR" -> {
                context.beyondStandard(call.span(), "ADR");
                yield reference(first, ReferenceType.Kind.POINTER_TO);
            }
            case "SIZEOF" -> {
                context.beyondStandard(call.span(), "SIZEOF");
                yield sizeOf(first, expected);
            }
            case "__ISVALIDREF" -> isValid(first);
            default ->
                bound(name.startsWith("UPPER"), first, value(call.arguments().getLast()));
        };
    }

    private static Expression value(Argument argument) {
        return switch (argument) {
            case Argument.Positional(var value) -> value;
            case Argument.In(var _, var value, var _) -> value;
            case Argument.Out out -> new Expression.Broken(out.span());
        };
    }

    private @Nullable Term reference(Expression expression, ReferenceType.Kind kind) {
        Place place = expressions.place(expression);
        if (place == null) {
            return null;
        }
        if (!hasPlace(context, place, expression.span())) {
            return null;
        }
        markReferenced(place);
        return new Term.Reference(place, new ReferenceType(kind, place.type()));
    }

    /// Whether something can point to a place; says so where it cannot.
    static boolean hasPlace(Context context, Place place, Span span) {
        String what = switch (place) {
            case Place.Part _ -> "a part of a variable; refer to the whole variable";
            case Place.Direct _ -> "a piece of the process image; refer to a variable and copy it";
            case Place.CharacterAt _ -> "a character of a text; refer to the text";
            case Place.Overlaid overlaid
            when overlaid.type().resolved() instanceof TextType ->
                "a text of an overlapping structure or of the process image; copy it into a variable";
            case Place.Overlaid _ -> "a field of an overlapping structure; refer to the structure";
            default -> null;
        };
        if (what != null) {
            context.error("E425", span, "nothing can point to " + what);
        }
        return what == null;
    }

    /// Says of the variable a place belongs to that something may point to it.
    static void markReferenced(Place place) {
        switch (place) {
            case Place.Local(var variable) -> variable.markReferenced();
            case Place.Global(var variable) -> variable.markReferenced();
            case Place.Field(var _, var variable) -> variable.markReferenced();
            case Place.Part(var whole, var _, var _) -> markReferenced(whole);
            default -> {}
        }
    }

    private @Nullable Term isValid(Expression expression) {
        Place place = expressions.reference(expression);
        return place == null
                ? null
                : new Term.Compare(Term.Relation.NOT_EQUAL, new Term.Load(place), new Term.Null(place.type()));
    }

    private @Nullable Term sizeOf(Expression expression, @Nullable Type expected) {
        Entity entity = expressions.entity(expression);
        Type type = switch (entity) {
            case null -> null;
            case Entity.OfType(var named) -> named;
            case Entity.OfPlace(var place) -> place.type();
            default -> {
                Term term = expressions.value(expression, null);
                yield term == null ? null : term.type();
            }
        };
        if (type == null) {
            return null;
        }
        Elementary wanted = expected == null ? null : expected.elementary();
        return new Term.Constant(
                wanted != null && wanted.isInteger() ? wanted : Elementary.UDINT, new Value.Whole(Packing.bytes(type)));
    }

    private @Nullable Term bound(boolean upper, Expression array, Expression dimension) {
        Term term = expressions.value(array, null);
        Term number = expressions.converted(dimension, Elementary.DINT);
        if (term == null || number == null) {
            return null;
        }
        int dimensions = switch (term.type().resolved()) {
            case ArrayType a -> a.ranges().size();
            case OpenArrayType a -> a.dimensions();
            default -> 0;
        };
        long index = number instanceof Term.Constant(var _, Value.Whole(long n)) ? n : 0;
        if (index < 1 || index > dimensions) {
            context.error("E424", dimension.span(), "the array has the dimensions 1 to " + dimensions);
            return null;
        }
        if (term.type().resolved() instanceof ArrayType fixed) {
            ArrayType.Range range = fixed.ranges().get((int) index - 1);
            return new Term.Constant(Elementary.DINT, new Value.Whole(upper ? range.high() : range.low()));
        }
        return new Term.Bound(upper, term, (int) index);
    }
}
