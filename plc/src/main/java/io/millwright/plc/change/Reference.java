package io.millwright.plc.change;

import io.millwright.iec61131.machine.Step;
import java.util.List;

/// A reference, pointer or interface that is to refer in the new program to what it refers to in the running
/// one.
///
/// @param path of the variable in the new program
/// @param from the way to it in the running program
/// @param to the way to it in the new one
public record Reference(String path, List<Step> from, List<Step> to) {
    public Reference {
        from = List.copyOf(from);
        to = List.copyOf(to);
    }
}
