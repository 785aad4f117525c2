package io.millwright.iec61131.check;

import io.millwright.iec61131.ir.Instruction;
import io.millwright.iec61131.ir.Term;
import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.syntax.Expression;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.Signature;
import io.millwright.iec61131.type.UnknownType;
import io.millwright.iec61131.type.Variable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Properties: reading and writing them are calls of common dialects.
final class Properties {
    private final Context context;
    private final Expressions expressions;

    Properties(Context context, Expressions expressions) {
        this.context = context;
        this.expressions = expressions;
    }

    /// Reads a property.
    @Nullable
    Term read(Entity.OfProperty property, Span span) {
        Signature getter = property.getter();
        Variable result = getter == null ? null : getter.result();
        if (getter == null || result == null) {
            context.error("E413", span, "the property has no GET");
            return null;
        }
        return result.type() instanceof UnknownType
                ? null
                : new Term.Call(
                        getter, property.receiver(), property.dynamic(), List.of(), List.of(), result.type(), span);
    }

    /// Writes a property.
    List<Instruction> write(Entity.OfProperty property, Expression value, Span span) {
        Signature setter = property.setter();
        if (setter == null) {
            context.error("E414", span, "the property has no SET");
            return List.of();
        }
        Term input = expressions.converted(value, setter.parameters().getFirst().type());
        return input == null
                ? List.of()
                : Calls.evaluated(
                        new Term.Call(
                                setter,
                                property.receiver(),
                                property.dynamic(),
                                List.of(input),
                                List.of(),
                                Elementary.BOOL,
                                span),
                        span);
    }
}
