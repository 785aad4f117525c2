package io.millwright.node.st.lsp;

import io.millwright.iec61131.type.Signature;
import io.millwright.iec61131.type.UnitType;
import io.millwright.iec61131.type.Variable;
import io.millwright.iec61131.type.Variable.Role;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a call calls: a function or method of the program, or the body of an instance.
///
/// @param parameters in order of declaration, those of a base first
record Called(String name, List<Variable> parameters) {
    Called {
        parameters = parameters.stream()
                .filter(p -> !p.name().startsWith("~"))
                .filter(p -> p.role() == Role.INPUT || p.role() == Role.OUTPUT || p.role() == Role.IN_OUT)
                .toList();
    }

    /// What ends at a place, or null where that is nothing that is called.
    static @Nullable Called ending(Unfinished text, int end) {
        if (text.ending(end) instanceof Signature signature) {
            return new Called(signature.qualifiedName(), signature.parameters());
        }
        var type = text.typeEnding(end);
        return type != null && type.resolved() instanceof UnitType unit
                ? new Called(unit.name(), unit.allVariables())
                : null;
    }

    /// The parameter of an argument without a name, or null where there are not so many.
    @Nullable
    Variable taken(int number) {
        return number < parameters.size() ? parameters.get(number) : null;
    }
}
