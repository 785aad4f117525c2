package io.millwright.iec61131.jvm;

import io.millwright.iec61131.type.Defaults;
import io.millwright.iec61131.type.Value;
import io.millwright.iec61131.type.Variable;

/// First values.
final class Values {
    private Values() {}

    /// The first value of a variable, never "the usual" of its type but for references.
    static Value first(Variable variable) {
        return variable.initial() instanceof Value.Usual ? Defaults.of(variable.type()) : variable.initial();
    }
}
