package io.millwright.iec61131.check;

import io.millwright.iec61131.library.Whole;
import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.syntax.Expression;
import io.millwright.iec61131.syntax.LiteralValue;
import io.millwright.iec61131.syntax.Name;
import io.millwright.iec61131.syntax.TypeSyntax;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.EnumerationType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Counts the values of an enumeration (6.4.4.2, 6.4.4.3). What a value is set to may be said by those before it,
/// with the name of the type or without.
final class Enumerations {
    private final Context context;
    private final Types types;
    private final String name;
    private final Span declared;
    private final Elementary base;
    private final Map<String, Long> values = new LinkedHashMap<>();
    private final Map<String, Long> before = new HashMap<>();
    private final Map<String, Span> places = new LinkedHashMap<>();
    private final List<Name> used = new ArrayList<>();

    /// @param name of the type; empty for one that stands in a variable's declaration
    Enumerations(Context context, Types types, String name, Span declared, Elementary base) {
        this.context = context;
        this.types = types;
        this.name = name;
        this.declared = declared;
        this.base = base;
    }

    EnumerationType of(TypeSyntax.Enumeration enumeration) {
        boolean beyond = false;
        long next = 0;
        for (TypeSyntax.Enumeration.Value value : enumeration.values()) {
            Expression expression = value.value();
            Long number = expression == null ? Long.valueOf(next) : types.constant(known(expression), base);
            long counted = number == null ? next : number;
            if (before.putIfAbsent(value.name().key(), counted) != null) {
                context.error("E508", value.name().span(), "a value " + value.name() + " is there already");
            } else {
                values.put(value.name().text(), counted);
                places.put(value.name().text(), value.name().span());
            }
            if (expression == null && !beyond && Whole.wrap(base, next) != next) {
                beyond = true;
                context.error("E311", value.name().span(), beyond(value.name(), next));
            }
            next = number == null ? next : number + 1;
        }
        var type = new EnumerationType(name, base, values, places, declared);
        used.forEach(u -> Names.enumerationValue(context, type, u));
        return type;
    }

    private String beyond(Name value, long number) {
        return "%s would be %d, which is no %s; write a larger base behind the values, such as DINT"
                .formatted(value, number, base.name());
    }

    /// An expression with numbers for the values that stand before it.
    private Expression known(Expression expression) {
        return switch (expression) {
            case Expression.Identifier(var value) -> number(value, expression);
            case Expression.EnumLiteral(var type, var value, var _)
            when type.parts().size() == 1 && Members.same(type.last().text(), name) -> number(value, expression);
            case Expression.Unary(var operator, var operand, var span) ->
                new Expression.Unary(operator, known(operand), span);
            case Expression.Binary(var operator, var left, var right, var span) ->
                new Expression.Binary(operator, known(left), known(right), span);
            default -> expression;
        };
    }

    private Expression number(Name value, Expression written) {
        Long number = before.get(value.key());
        if (number == null) {
            return written;
        }
        used.add(value);
        return new Expression.Literal(null, new LiteralValue.Whole(Whole.number(base, number), 10), written.span());
    }
}
