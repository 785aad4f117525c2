package io.millwright.iec61131.interpret;

import io.millwright.iec61131.ir.Program;
import io.millwright.iec61131.machine.Backend;
import io.millwright.iec61131.machine.Machine;

/// Runs programs by walking their intermediate form.
///
/// @param imageBytes how many bytes each area of the process image has
/// @param observer who looks on, such as a debugger
public record InterpretBackend(int imageBytes, Observer observer) implements Backend {
    /// The usual size of an area of the process image.
    public static final int USUAL_IMAGE = 65_536;

    public InterpretBackend() {
        this(USUAL_IMAGE);
    }

    public InterpretBackend(int imageBytes) {
        this(imageBytes, Observer.NONE);
    }

    public InterpretBackend(Observer observer) {
        this(USUAL_IMAGE, observer);
    }

    @Override
    public Machine start(Program program) {
        return new InterpretMachine(program, imageBytes, observer);
    }
}
