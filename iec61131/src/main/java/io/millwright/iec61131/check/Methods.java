package io.millwright.iec61131.check;

import io.millwright.iec61131.source.Diagnostic;
import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.syntax.Expression;
import io.millwright.iec61131.syntax.Name;
import io.millwright.iec61131.type.Signature;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.Variable.Role;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Methods of one name that take other types (6.6.5.4).
final class Methods {
    private Methods() {}

    /// Whether a name means several methods of a type, of which the arguments of a call choose.
    static boolean areSeveral(Type type, Signature method) {
        return method.kind() == Signature.Kind.METHOD
                && Members.methods(type, method.name()).size() > 1;
    }

    /// The method of several that fits the arguments of a call best; null after saying that none does.
    static @Nullable Entity chosen(Context context, Entity.OfMethod named, Expression.Call call) {
        Type type = named.receiver().type();
        if (!areSeveral(type, named.signature())) {
            return named;
        }
        List<@Nullable Type> types = Overloads.types(context, call);
        if (types == null) {
            return null;
        }
        Signature best = null;
        int least = Integer.MAX_VALUE;
        List<Signature> all = Members.methods(type, named.signature().name());
        for (Signature method : all) {
            List<String> inputs = method.parameters().stream()
                    .filter(p -> p.role() != Role.OUTPUT)
                    .map(p -> Name.key(p.name()))
                    .toList();
            Map<String, Type> given = Overloads.given(inputs, call.arguments(), types);
            int worse = given == null ? Integer.MAX_VALUE : Overloads.distance(method, given);
            // Of two that fit alike, the one whose inputs are all given.
            boolean better = worse < least
                    || worse == least
                            && best != null
                            && method.parameters().size() < best.parameters().size();
            if (worse < Integer.MAX_VALUE && better) {
                least = worse;
                best = method;
            }
        }
        if (best == null) {
            if (all.stream().noneMatch(Signature::isMistaken)) {
                context.error(
                        "E415",
                        call.span(),
                        "no method %s of %s takes these arguments"
                                .formatted(named.signature().name(), type.name()));
            }
            return null;
        }
        Span name = name(call.callee());
        if (name != null) {
            context.usages().add(name, best);
        }
        return new Entity.OfMethod(named.receiver(), best, named.dynamic());
    }

    private static @Nullable Span name(Expression callee) {
        return switch (callee) {
            case Expression.Identifier(var name) -> name.span();
            case Expression.Member(var _, var name, var _) -> name.span();
            default -> null;
        };
    }

    /// Says which methods of a unit or interface have the name and the types of one before them.
    static void checkTwins(Context context, List<Signature> methods) {
        Map<String, Signature> known = new HashMap<>();
        for (Signature method : methods) {
            Signature first = known.putIfAbsent(method.kind() + " " + method.key(), method);
            boolean mistaken = method.name().isEmpty()
                    || method.isMistaken()
                    || method.parameters().stream().anyMatch(p -> p.type().isMistaken());
            if (first != null && !mistaken) {
                context.diagnostics()
                        .add(Diagnostic.error("E522", method.declared(), method.name() + " is declared already")
                                .relatedTo(first.declared(), "the first declaration"));
            }
        }
    }
}
