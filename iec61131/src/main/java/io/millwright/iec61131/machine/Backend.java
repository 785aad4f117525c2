package io.millwright.iec61131.machine;

import io.millwright.iec61131.ir.Program;

/// Makes running programs: the one seam that the compiler to bytecode and the interpreter share.
public interface Backend {
    /// A new program with every variable at its first value.
    Machine start(Program program);
}
