package io.millwright.iec61131.ir;

import io.millwright.iec61131.type.Signature;
import io.millwright.iec61131.type.Variable;
import java.util.List;

/// A function, method, action, side of a property, or the body of a unit, ready for a back end.
///
/// @param temporaries its variables that start anew with every call, besides the parameters and the result of
///     the signature
public record Routine(Signature signature, List<Variable> temporaries, List<Instruction> body) {
    public Routine {
        temporaries = List.copyOf(temporaries);
        body = List.copyOf(body);
    }
}
