package io.millwright.plc.record;

import io.millwright.iec61131.State;
import io.millwright.iec61131.machine.Backend;
import io.millwright.iec61131.machine.PreparedForces;
import io.millwright.iec61131.machine.Slot;
import io.millwright.iec61131.machine.Trap;
import io.millwright.iec61131.syntax.Name;
import io.millwright.plc.Loaded;
import io.millwright.plc.Project;
import io.millwright.plc.image.Binding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The inputs of a recording, given to another program: where do its outputs differ from those that were
/// recorded?
///
/// The other program begins with the values that variables of the same path and type have in the recording.
/// What people wrote and forced happens to it as well, where it has such a variable.
public final class Comparison {
    private final Loaded other;
    private final Replay replay;
    private final Map<String, Slot> slots = new HashMap<>();
    private final List<Output> outputs = new ArrayList<>();
    private final List<Slot> inputs = new ArrayList<>();
    private final List<String> tasks = new ArrayList<>();
    private final List<Difference> differences = new ArrayList<>();
    private Optional<String> ended = Optional.empty();

    /// The first time that an output had another value.
    ///
    /// @param nanos the time of the program
    /// @param recorded its value then, as text
    /// @param own its value with the other program, as text
    public record Difference(long scan, long nanos, String output, String recorded, String own) {
        @Override
        public String toString() {
            return "scan " + scan + ": " + output + " is " + own + ", recorded was " + recorded;
        }
    }

    /// What came out.
    ///
    /// @param lastScan up to which scan was compared
    /// @param differences for each output that differed, the first time; the earliest first
    /// @param ended why it ended before the end of the stretch; empty where it did not
    public record Result(long lastScan, List<Difference> differences, Optional<String> ended) {
        public Result {
            differences = List.copyOf(differences);
        }
    }

    private static final class Output {
        final String name;
        final @Nullable Slot recorded;
        final Slot own;
        boolean differs;

        Output(String name, @Nullable Slot recorded, Slot own) {
            this.name = name;
            this.recorded = recorded;
            this.own = own;
        }
    }

    private Comparison(Replay replay, Loaded other) throws RecordingError {
        this.replay = replay;
        this.other = other;
        other.state().slots().forEach(s -> slots.put(Name.key(s.name()), s));
        other.tasks().forEach(t -> tasks.add(Name.key(t.setting().name())));
        begin();
        connect();
    }

    /// Compares.
    ///
    /// @param from after which scan it begins
    /// @param to the last scan
    /// @param changed the other program; its own bindings do not count
    /// @throws RecordingError where the recording cannot be replayed, or the program not be run
    public static Result of(RecordedRun run, long from, long to, Project changed, Backend backend)
            throws RecordingError {
        Replay replay = Replay.of(run, backend);
        replay.toScan(from);
        var unbound = new Project(changed.name(), changed.sources(), changed.dialect(), changed.tasks(), List.of());
        var comparison = new Comparison(replay, RecordedProgram.load(unbound, backend));
        replay.listen(comparison::hear);
        while (replay.scan() < to && comparison.ended.isEmpty() && replay.forward()) {
            comparison.look();
        }
        return new Result(replay.scan(), comparison.differences, comparison.ended);
    }

    private @Nullable Slot slot(String path) {
        Slot known = slots.get(Name.key(path));
        return known != null ? known : other.run().slot(path).orElse(null);
    }

    /// Gives the other program the values of the recorded one.
    private void begin() {
        State.Snapshot recorded = replay.loaded().state().take();
        State.Snapshot own = other.state().take();
        Map<String, Integer> places = new HashMap<>();
        List<Slot> all = other.state().slots();
        for (int i = 0; i < all.size(); i++) {
            places.put(Name.key(all.get(i).name()), i);
        }
        Map<Integer, String> texts = new HashMap<>(own.texts());
        Map<Integer, String> behind = new HashMap<>(own.behind());
        List<Slot> before = replay.loaded().state().slots();
        for (int i = 0; i < before.size(); i++) {
            Integer place = places.get(Name.key(before.get(i).name()));
            if (place != null && before.get(i).isText() && all.get(place).isText()) {
                texts.put(place, recorded.texts().getOrDefault(i, ""));
                behind.put(place, recorded.behind().getOrDefault(i, ""));
            } else if (place != null
                    && before.get(i).type().elementary()
                            == all.get(place).type().elementary()) {
                own.bits()[place] = recorded.bits()[i];
            }
        }
        other.state()
                .put(new State.Snapshot(
                        own.bits(),
                        texts,
                        behind,
                        recorded.inputs(),
                        recorded.outputs(),
                        recorded.memory(),
                        recorded.nowNanos()));
        replay.loaded().run().forces().forEach(f -> {
            Slot slot = slot(f.slot().name());
            if (slot != null) {
                other.run().force(slot, f.value());
            }
        });
    }

    private void connect() throws RecordingError {
        for (Binding binding : replay.loaded().project().bindings()) {
            Slot own = slot(binding.variable());
            if (own == null) {
                throw new RecordingError("the program has no variable " + binding.variable() + ", which stands for "
                        + binding.signal() + " in the recording");
            }
            if (binding instanceof Binding.Input) {
                Slot recorded = replay.loaded().run().slot(binding.variable()).orElseThrow();
                if (own.type().elementary() != recorded.type().elementary()) {
                    throw new RecordingError(
                            binding.variable() + " is of type " + own.type().name() + " in the program and of type "
                                    + recorded.type().name() + " in the recording");
                }
                inputs.add(own);
            } else {
                Slot recorded = replay.loaded().run().slot(binding.variable()).orElse(null);
                outputs.add(new Output(binding.variable(), recorded, own));
            }
        }
    }

    private void hear(Event event) {
        try {
            switch (event) {
                case Event.Key key -> {
                    if (key.frame().begins() || key.frame().scan() != replay.scan()) {
                        ended = Optional.of(
                                key.frame().begins() ? "another program was loaded" : "scans were not recorded");
                    }
                }
                case Event.Scan scan -> scan(scan);
                case Event.Faulted fault -> ended = Optional.of("it stopped with a fault: " + fault.message());
                case Event.Written(var name, var value) -> {
                    Slot slot = slot(name);
                    if (slot != null) {
                        slot.set(value);
                        other.run().machine().enforce();
                    }
                }
                case Event.Forced(var name, var value) -> {
                    Slot slot = slot(name);
                    if (slot != null) {
                        other.run().force(slot, value);
                    }
                }
                case Event.Released(var name) -> other.run().machine().release(name, PreparedForces.NONE);
                case Event.Entered _, Event.TookOver _ -> {}
            }
        } catch (IllegalArgumentException e) {
            ended = Optional.of("what was written cannot be written to this program: " + e.getMessage());
        }
    }

    private void scan(Event.Scan scan) {
        String task = replay.loaded().tasks().get(scan.task()).setting().name();
        int place = tasks.indexOf(Name.key(task));
        if (place < 0) {
            ended = Optional.of("the program has no task " + task);
            return;
        }
        other.run().machine().advance(scan.nanos() - other.run().machine().nowNanos());
        for (int i = 0; i < inputs.size(); i++) {
            inputs.get(i).set(scan.inputs()[i]);
        }
        try {
            other.scan(place, scan.nanos());
        } catch (Trap trap) {
            ended = Optional.of(
                    "in scan " + scan.number() + " the program does what it must not: " + trap.getMessage());
        }
    }

    private void look() {
        for (Output output : outputs) {
            Slot recorded = output.recorded;
            boolean differs = ended.isEmpty()
                    && !output.differs
                    && recorded != null
                    && !Shown.of(recorded).equals(Shown.of(output.own));
            if (differs && recorded != null) {
                output.differs = true;
                differences.add(new Difference(
                        replay.scan(), replay.nanos(), output.name, Shown.of(recorded), Shown.of(output.own)));
            }
        }
    }
}
