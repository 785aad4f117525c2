package io.millwright.node.plc;

import io.millwright.iec61131.machine.Slot;
import io.millwright.iec61131.type.Value;
import io.millwright.node.plc.ControlDesk.VariableView;
import io.millwright.node.st.Dump;
import io.millwright.plc.Loaded;
import io.millwright.plc.VirtualPlc;
import java.util.ArrayList;
import java.util.List;

/// The variables of a program by their paths.
public final class ProgramVariables {
    /// How many are listed at once.
    public static final int MOST = 10_000;

    /// How many are read between two scans, which the next one waits for: some tens of microseconds.
    static final int PIECE = 500;

    private ProgramVariables() {}

    /// The variables of elementary types beneath a path, or all; at most [#MOST]. By any thread.
    public static List<Slot> under(Loaded loaded, String path) {
        return loaded.run().slots(path, MOST);
    }

    /// Variables as they are now: by [#PIECE] of the same moment, between two scans each. What is told of them is
    /// made by the thread that asks.
    static List<VariableView> now(VirtualPlc plc, List<Slot> slots) {
        List<VariableView> all = new ArrayList<>();
        for (int from = 0; from < slots.size(); from += PIECE) {
            List<Slot> piece = slots.subList(from, Math.min(from + PIECE, slots.size()));
            Value[] values = new Value[piece.size()];
            plc.between(_ -> read(piece, values)).join();
            for (int i = 0; i < values.length; i++) {
                Slot slot = piece.get(i);
                all.add(new VariableView(slot.name(), slot.type().name(), Dump.shown(slot.type(), values[i])));
            }
        }
        return all;
    }

    private static Value[] read(List<Slot> piece, Value[] into) {
        for (int i = 0; i < into.length; i++) {
            into[i] = piece.get(i).value();
        }
        return into;
    }
}
