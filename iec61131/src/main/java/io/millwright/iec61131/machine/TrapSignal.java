package io.millwright.iec61131.machine;

/// Thrown within generated code and the library; the back end makes a [Trap] of it that knows the line.
public final class TrapSignal extends RuntimeException {
    private final Trap.Kind kind;

    public TrapSignal(Trap.Kind kind, String detail) {
        super(detail);
        this.kind = kind;
    }

    public Trap.Kind kind() {
        return kind;
    }
}
