package io.millwright.iec61131.jvm;

import io.millwright.iec61131.ir.Program;
import io.millwright.iec61131.machine.Backend;
import io.millwright.iec61131.machine.Machine;
import java.util.ArrayList;
import java.util.List;

/// Compiles programs to bytecode.
///
/// @param imageBytes how many bytes each area of the process image has
public record JvmBackend(int imageBytes) implements Backend {
    /// The usual size of an area of the process image.
    public static final int USUAL_IMAGE = 65_536;

    public JvmBackend() {
        this(USUAL_IMAGE);
    }

    @Override
    public Machine start(Program program) {
        return new CompiledProgram(program).start(imageBytes);
    }

    /// Several machines of one program, which share its code and nothing else.
    public List<Machine> start(Program program, int count) {
        var compiled = new CompiledProgram(program);
        List<Machine> machines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            machines.add(compiled.start(imageBytes));
        }
        return machines;
    }
}
