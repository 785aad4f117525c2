package io.millwright.plc.record;

import io.millwright.iec61131.machine.Backend;
import io.millwright.iec61131.machine.Trap;
import io.millwright.plc.Loaded;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// Does again what was recorded, scan by scan, forwards and backwards: each variable is what it was then, bit
/// for bit.
///
/// Whether it is so is compared with the hashes and key frames of the recording. What differs is an alarm, and
/// the replay goes on with what was recorded. For one thread.
///
/// A scan may be broken off, by a [TrapSignal] of who looks on or by
/// [io.millwright.iec61131.machine.Machine#stop]; [#toScan] and [#again] go on from a key frame then.
public final class Replay {
    private static final int ALARMS_MOST = 100;

    private final RecordedRun run;
    private final Mirror.Making making;
    private final Map<String, Player> players = new HashMap<>();
    private final List<Divergence> divergences = new ArrayList<>();
    private final List<Happening> news = new ArrayList<>();
    private RecordedRun.Events events;
    private Player player;
    private String program;
    private long scan;
    private long nanos;
    private boolean unsure;
    private boolean brokenOff;
    private long compared;
    private Consumer<Event> listener = _ -> {};

    private Replay(RecordedRun run, Mirror.Making making, RecordedRun.Key first) throws RecordingError {
        this.run = run;
        this.making = making;
        this.events = run.from(first);
        Event.Key key = (Event.Key) Objects.requireNonNull(events.next());
        this.player = player(key.program());
        this.program = key.program().hash();
        put(key.frame());
    }

    /// Begins where a run can be replayed from.
    ///
    /// @param backend the compiler to bytecode, or the interpreter with an
    ///     [io.millwright.iec61131.interpret.Observer] that sees every line
    public static Replay of(RecordedRun run, Backend backend) throws RecordingError {
        return with(run, p -> RecordedProgram.load(p, backend));
    }

    /// Begins where a run can be replayed from.
    ///
    /// @param making makes its programs ready
    public static Replay with(RecordedRun run, Mirror.Making making) throws RecordingError {
        RecordedRun.Key first = run.before(run.stretch().firstScan())
                .orElseThrow(() -> new RecordingError("there is no state to begin with"));
        return new Replay(run, making, first);
    }

    private Player player(RecordedProgram program) throws RecordingError {
        Player known = players.get(program.hash());
        if (known == null) {
            known = new Player(making.load(program.project()));
            players.put(program.hash(), known);
        }
        return known;
    }

    private void put(KeyFrame frame) throws RecordingError {
        player.put(frame);
        scan = frame.scan();
        nanos = frame.state().nowNanos();
        unsure = false;
        brokenOff = false;
    }

    /// The number of the scan that was done last.
    public long scan() {
        return scan;
    }

    /// The time that the program saw in it, since its PLC began.
    public long nanos() {
        return nanos;
    }

    /// When it was, by the clock of the machine that recorded, in nanoseconds since 1970-01-01T00:00:00Z.
    public long epochNanos() {
        return run.epochNanos(scan, nanos);
    }

    /// All programs of the run made ready, each once, the first one first. Their variables have no meaning.
    ///
    /// @throws RecordingError where one of them cannot be run here
    public List<Loaded> programs() throws RecordingError {
        List<Loaded> all = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (RecordedRun.Piece piece : run.pieces()) {
            if (seen.add(piece.program().hash())) {
                all.add(player(piece.program()).loaded());
            }
        }
        return all;
    }

    /// The program as it is now, to read variables from.
    public Loaded loaded() {
        return player.loaded();
    }

    /// Which program it is: SHA-256 of its texts, tasks and bindings, in hexadecimal digits.
    public String program() {
        return program;
    }

    /// How many hashes and key frames of the recording were compared with what was done, so far.
    public long compared() {
        return compared;
    }

    /// What was not as it was recorded, so far.
    public List<Divergence> divergences() {
        return List.copyOf(divergences);
    }

    /// What people did, what stopped, and what is missing since the scan before.
    public List<Happening> news() {
        return List.copyOf(news);
    }

    /// Lets somebody hear of every event before it is done.
    void listen(Consumer<Event> other) {
        listener = other;
    }

    /// Does the next scan.
    ///
    /// @return whether there was one
    /// @throws RecordingError where the recording does not go on
    public boolean forward() throws RecordingError {
        news.clear();
        while (true) {
            Event event = events.next();
            if (event != null) {
                listener.accept(event);
            }
            switch (event) {
                case null -> {
                    return false;
                }
                case Event.Key key -> {
                    if (pass(key)) {
                        return true;
                    }
                }
                case Event.Scan next -> {
                    scan(next);
                    return true;
                }
                case Event.Faulted fault -> {
                    apply(fault);
                    event.happening().ifPresent(news::add);
                    unsure = true;
                    scan = fault.number();
                    nanos = fault.nanos();
                    return true;
                }
                default -> {
                    player.apply(event);
                    event.happening().ifPresent(news::add);
                }
            }
        }
    }

    /// Does what an event tells of; who breaks that off is told by what was thrown.
    private void apply(Event event) throws RecordingError {
        brokenOff = true;
        player.apply(event);
        brokenOff = false;
    }

    private void scan(Event.Scan next) throws RecordingError {
        try {
            apply(next);
        } catch (Trap trap) {
            if (trap.kind() == Trap.Kind.STOPPED) {
                throw trap;
            }
            brokenOff = false;
            alarm(new Divergence(next.number(), "the scan", "an end without fault", String.valueOf(trap.getMessage())));
        }
        scan = next.number();
        nanos = next.nanos();
        compared += next.hash().isPresent() ? 1 : 0;
        if (next.hash().isPresent() && next.hash().getAsLong() != player.hash() && !unsure) {
            alarm(new Divergence(scan, "", "", ""));
            unsure = true;
        }
    }

    private void alarm(Divergence divergence) {
        if (divergences.size() < ALARMS_MOST) {
            divergences.add(divergence);
        }
    }

    /// Goes on from a key frame that comes next.
    ///
    /// @return whether scans are missing before it, so that it is another moment
    private boolean pass(Event.Key key) throws RecordingError {
        KeyFrame frame = key.frame();
        Player before = player;
        player = player(key.program());
        boolean gap = frame.scan() != scan;
        boolean same = before == player && !gap && !frame.begins();
        compared += same ? 1 : 0;
        if (same && player.hash() == frame.hash()) {
            unsure = false;
            if (!frame.exact()) {
                player.force(frame.forces());
            }
            return false;
        }
        if (!frame.complete()) {
            player = before;
            throw new RecordingError("after scan " + scan + " the recording cannot be replayed: "
                    + (gap ? "scans are missing" : frame.begins() ? "a program was loaded" : "the state is another one")
                    + ", and the program has references, which key frames do not hold");
        }
        if (same && unsure) {
            nameTheFirst(frame);
        } else if (same && frame.exact()) {
            // What was done since the scan may be in another frame alone.
            player.difference(frame).ifPresent(this::alarm);
        }
        long last = scan;
        program = key.program().hash();
        put(frame);
        if (gap) {
            news.add(new Happening.Missing(last + 1, frame.scan()));
        } else if (frame.begins()) {
            news.add(new Happening.Loaded());
        }
        return gap;
    }

    /// The hash told that something differs, the key frame tells what.
    private void nameTheFirst(KeyFrame frame) {
        if (!divergences.isEmpty() && divergences.getLast().variable().isEmpty()) {
            Divergence seen = divergences.removeLast();
            alarm(player.difference(frame)
                    .map(d -> new Divergence(seen.scan(), d.variable(), d.recorded(), d.own()))
                    .orElse(seen));
        }
    }

    /// Goes to the end of a scan.
    ///
    /// @throws RecordingError where it was not recorded; the replay is then somewhere before
    public void toScan(long number) throws RecordingError {
        RecordedRun.Key key = run.before(number)
                .orElseThrow(() ->
                        new RecordingError("scan " + number + " was not recorded: the recording begins after scan "
                                + run.stretch().firstScan()));
        if (brokenOff || number < scan || key.scan() > scan) {
            begin(key);
        }
        while (scan < number) {
            long before = scan;
            if (!forward()) {
                throw new RecordingError("scan " + number + " was not recorded: the recording ends with scan " + scan);
            }
            if (scan > number) {
                throw new RecordingError(
                        "scan " + number + " was not recorded: scans " + (before + 1) + " to " + scan + " are missing");
            }
        }
    }

    /// Goes back to the key frame from which a scan can be done again, to go forward from there.
    ///
    /// @return whether there is one
    public boolean again(long number) throws RecordingError {
        Optional<RecordedRun.Key> key = run.before(number - 1);
        if (key.isEmpty()) {
            return false;
        }
        begin(key.get());
        return true;
    }

    private void begin(RecordedRun.Key key) throws RecordingError {
        events = run.from(key);
        news.clear();
        Event.Key first = (Event.Key) Objects.requireNonNull(events.next());
        if (!player(first.program()).loaded().state().references().isEmpty()) {
            // What references refer to is at its beginning only in a program that never ran.
            players.remove(first.program().hash());
        }
        player = player(first.program());
        program = first.program().hash();
        put(first.frame());
    }

    /// Goes to the last scan that had begun at a date.
    ///
    /// @param epoch nanoseconds since 1970-01-01T00:00:00Z, by the clock of the machine that recorded
    public void toTime(long epoch) throws RecordingError {
        toScan(Math.max(run.stretch().firstScan(), run.scanAt(epoch)));
        while (true) {
            long before = scan;
            if (!forward()) {
                return;
            }
            if (epochNanos() > epoch) {
                toScan(before);
                return;
            }
        }
    }

    /// Goes back by one scan.
    ///
    /// @return whether there was one before
    public boolean back() throws RecordingError {
        if (scan <= run.stretch().firstScan()) {
            return false;
        }
        long target = scan - 1;
        Optional<RecordedRun.Key> key = run.before(target);
        if (key.isEmpty()) {
            return false;
        }
        long from = scan;
        begin(key.get());
        long last = scan;
        while (scan < target && forward() && scan < from) {
            last = scan;
        }
        if (scan > target) {
            toScan(last);
        }
        return true;
    }

    /// Goes forward to the next scan at whose end something holds.
    ///
    /// @return whether there was one; else the replay is at the end
    public boolean forwardUntil(BooleanSupplier holds) throws RecordingError {
        while (forward()) {
            if (holds.getAsBoolean()) {
                return true;
            }
        }
        return false;
    }

    /// Goes back to the last scan before this one at whose end something holds.
    ///
    /// @return whether there was one; else the replay is at the beginning
    public boolean backUntil(BooleanSupplier holds) throws RecordingError {
        long from = scan;
        while (from > run.stretch().firstScan()) {
            RecordedRun.Key key = run.before(from - 1).orElseThrow();
            begin(key);
            long found = -1;
            long first = scan;
            do {
                found = holds.getAsBoolean() ? scan : found;
            } while (forward() && scan < from);
            if (found >= 0) {
                toScan(found);
                return true;
            }
            from = first;
        }
        toScan(run.stretch().firstScan());
        return false;
    }
}
