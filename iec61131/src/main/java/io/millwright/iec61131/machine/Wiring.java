package io.millwright.iec61131.machine;

import java.util.ArrayList;
import java.util.List;

/// The process models of a test on the side of its machine: a SIMULATE is told piece by piece.
public final class Wiring {
    private final List<Wire> wires = new ArrayList<>();
    private Surroundings surroundings = Surroundings.NONE;

    Wiring() {}

    /// Who has models.
    public void to(Surroundings others) {
        surroundings = others;
    }

    /// The next model is given a value.
    public void give(String port, double value) {
        wires.add(Wire.given(port, value));
    }

    /// The next model reads or writes a variable.
    public void wire(String port, boolean shows, Pointer variable, int kind) {
        wires.add(Wire.of(port, shows, variable, kind));
    }

    /// The model itself, after its wires.
    public void simulate(String model) {
        List<Wire> all = List.copyOf(wires);
        wires.clear();
        asked(() -> surroundings.simulate(model, all));
    }

    public void fault(String port, String fault) {
        asked(() -> surroundings.fault(port, fault));
    }

    public void advance(long nanos) {
        asked(() -> surroundings.advance(nanos));
    }

    private static void asked(Runnable what) {
        try {
            what.run();
        } catch (IllegalArgumentException e) {
            throw new TrapSignal(Trap.Kind.MODEL, String.valueOf(e.getMessage()));
        }
    }
}
