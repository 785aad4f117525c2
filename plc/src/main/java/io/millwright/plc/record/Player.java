package io.millwright.plc.record;

import io.millwright.iec61131.machine.Forces;
import io.millwright.iec61131.machine.PreparedForces;
import io.millwright.iec61131.machine.Slot;
import io.millwright.iec61131.machine.Trap;
import io.millwright.plc.Loaded;
import io.millwright.plc.image.InputPoint;
import java.util.List;
import java.util.Optional;

/// Does with a program what a log tells of.
final class Player {
    private final Loaded loaded;
    private final List<InputPoint> inputs;

    Player(Loaded loaded) {
        this.loaded = loaded;
        this.inputs = loaded.inputs();
    }

    Loaded loaded() {
        return loaded;
    }

    long hash() {
        return loaded.state().hash();
    }

    /// Puts a state in the place of the present one.
    ///
    /// @throws RecordingError if it is not that of this program
    void put(KeyFrame frame) throws RecordingError {
        force(frame.forces());
        try {
            loaded.state().put(frame.state());
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new RecordingError(
                    "the state after scan " + frame.scan() + " is not that of its program: " + e.getMessage());
        }
        give(frame.inputs());
        if (hash() != frame.hash()) {
            throw new RecordingError("the state after scan " + frame.scan() + " cannot be put back");
        }
    }

    /// Forces just these, from the next scan on.
    void force(List<KeyFrame.Forced> wanted) throws RecordingError {
        for (Forces.Force force : loaded.run().forces()) {
            loaded.run().release(force.slot());
        }
        try {
            for (KeyFrame.Forced forced : wanted) {
                loaded.run().force(slot(forced.name()), forced.value());
            }
        } catch (IllegalArgumentException e) {
            throw new RecordingError(String.valueOf(e.getMessage()));
        }
    }

    private void give(long[] bits) throws RecordingError {
        if (bits.length != inputs.size()) {
            throw new RecordingError("a scan has " + bits.length + " inputs, its program " + inputs.size());
        }
        for (int i = 0; i < bits.length; i++) {
            inputs.get(i).replace(bits[i]);
        }
    }

    private Slot slot(String name) throws RecordingError {
        return loaded.run()
                .slot(name)
                .orElseThrow(() -> new RecordingError("the program has no variable " + name + ", which was changed"));
    }

    /// Does what an event tells of, but for a key frame.
    void apply(Event event) throws RecordingError {
        try {
            switch (event) {
                case Event.Scan scan -> scan(scan.task(), scan.nanos(), scan.inputs());
                case Event.Faulted faulted -> fault(faulted);
                case Event.Written written -> {
                    slot(written.name()).set(written.value());
                    loaded.run().machine().enforce();
                }
                case Event.Forced forced -> loaded.run().force(slot(forced.name()), forced.value());
                case Event.Released released -> loaded.run().machine().release(released.name(), PreparedForces.NONE);
                case Event.Entered _, Event.TookOver _, Event.Key _ -> {}
            }
        } catch (IllegalArgumentException e) {
            throw new RecordingError(String.valueOf(e.getMessage()));
        }
    }

    private void scan(int task, long nanos, long[] given) throws RecordingError {
        give(given);
        if (task >= loaded.tasks().size()) {
            throw new RecordingError("the program has no task " + task);
        }
        loaded.scan(task, nanos);
    }

    /// A scan that the watchdog ended is not done again, since nobody knows how far it came, and it may never
    /// end.
    private void fault(Event.Faulted faulted) throws RecordingError {
        boolean again = faulted.trap().isPresent() && !faulted.trap().get().equals(Trap.Kind.STOPPED.name());
        if (again) {
            try {
                scan(faulted.task(), faulted.nanos(), faulted.inputs());
            } catch (Trap trap) {
                // Another one is as it was.
                if (trap.kind() == Trap.Kind.STOPPED) {
                    throw trap;
                }
            }
        }
    }

    /// The first variable that has another value than a key frame says.
    Optional<Divergence> difference(KeyFrame frame) {
        var own = loaded.state().take();
        List<Slot> slots = loaded.state().slots();
        for (int i = 0; i < Math.min(slots.size(), frame.state().bits().length); i++) {
            Slot slot = slots.get(i);
            if (slot.isText()) {
                String recorded = frame.state().texts().getOrDefault(i, "");
                if (!recorded.equals(own.texts().get(i))) {
                    return Optional.of(new Divergence(
                            frame.scan(), slot.name(), recorded, slot.text().toString()));
                }
                String behind = frame.state().behind().getOrDefault(i, "");
                String its = own.behind().getOrDefault(i, "");
                if (!behind.equals(its)) {
                    return Optional.of(new Divergence(frame.scan(), slot.name() + " behind its end", behind, its));
                }
            } else if (own.bits()[i] != frame.state().bits()[i]) {
                String recorded = Shown.bits(slot, frame.state().bits()[i]);
                return Optional.of(
                        new Divergence(frame.scan(), slot.name(), recorded, Shown.bits(slot, own.bits()[i])));
            }
        }
        return Optional.of(new Divergence(frame.scan(), "%M or %Q", "other bytes", "other bytes"))
                .filter(_ -> hash() != frame.hash());
    }
}
