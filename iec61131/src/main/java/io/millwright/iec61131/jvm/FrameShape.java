package io.millwright.iec61131.jvm;

import io.millwright.iec61131.type.Signature;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.Variable;
import io.millwright.iec61131.type.Variable.Role;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a routine gives back besides a plain result: its outputs, the new values of elementary in-outs, and an
/// aggregate result. Routines with the same list share one class of frames, so that a method and the one it
/// overrides are called alike.
record FrameShape(List<String> types) {
    FrameShape {
        types = List.copyOf(types);
    }

    static FrameShape of(Signature signature) {
        return new FrameShape(variables(signature).stream()
                .map(v -> v.type().resolved().name())
                .toList());
    }

    /// The variables of a routine that lie in its frame, in the order of the frame's fields.
    static List<Variable> variables(Signature signature) {
        List<Variable> variables = new ArrayList<>();
        for (Variable parameter : signature.parameters()) {
            boolean elementaryInOut =
                    parameter.role() == Role.IN_OUT && !parameter.type().isAggregate();
            if (parameter.role() == Role.OUTPUT || elementaryInOut) {
                variables.add(parameter);
            }
        }
        Variable result = signature.result();
        if (result != null && result.type().isAggregate()) {
            variables.add(result);
        }
        return variables;
    }

    static boolean isNeeded(Signature signature) {
        return !variables(signature).isEmpty();
    }

    /// The result that is given back as a Java value, or null.
    static @Nullable Type plainResult(Signature signature) {
        Variable result = signature.result();
        return result == null || result.type().isAggregate() ? null : result.type();
    }
}
