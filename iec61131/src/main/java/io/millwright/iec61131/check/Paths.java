package io.millwright.iec61131.check;

import io.millwright.iec61131.syntax.Expression;
import io.millwright.iec61131.syntax.Name;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.Variable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Paths of names with which a configuration speaks of variables elsewhere (6.8.2): `R1.P1.pump.speed`.
final class Paths {
    private Paths() {}

    /// The names of a path, or null where it is more than names.
    static @Nullable List<Name> names(Expression path) {
        return switch (path) {
            case Expression.Identifier(var name) -> List.of(name);
            case Expression.Member(var target, var name, var _) -> {
                List<Name> before = names(target);
                if (before == null) {
                    yield null;
                }
                List<Name> all = new ArrayList<>(before);
                all.add(name);
                yield all;
            }
            default -> null;
        };
    }

    /// The variables that names lead to from within a type, or null after saying which there is not.
    static @Nullable List<Variable> variables(Context context, Type from, List<Name> names) {
        List<Variable> all = new ArrayList<>();
        Type type = from;
        for (Name name : names) {
            Variable variable = Members.variable(type, name.text());
            if (variable == null && type.isMistaken()) {
                return null;
            }
            if (variable == null) {
                context.unknown(
                        "E573",
                        name.span(),
                        type.name() + " has no variable " + name,
                        name.text(),
                        Members.names(type));
                return null;
            }
            context.usages().add(name.span(), variable);
            all.add(variable);
            type = variable.type();
        }
        return all;
    }
}
