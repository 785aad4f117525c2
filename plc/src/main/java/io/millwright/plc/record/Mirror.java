package io.millwright.plc.record;

import io.millwright.iec61131.machine.Backend;
import io.millwright.iec61131.machine.Trap;
import io.millwright.plc.Loaded;
import io.millwright.plc.Mode;
import io.millwright.plc.Project;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Does the same scans as another PLC, from what its [LogFeed] gives, and compares. For one thread.
public final class Mirror {
    private final Making making;
    private final Optional<ScanLog> log;
    private @Nullable Player player;
    private @Nullable LogDecoder decoder;
    private String program = "";
    private long scan;
    private long nanos;
    private boolean running;
    private boolean apart;
    private long compared;
    private Optional<Divergence> divergence = Optional.empty();

    /// Makes a program ready that is sent.
    public interface Making {
        /// @throws RecordingError where it cannot be run here
        Loaded load(Project project) throws RecordingError;
    }

    /// @param log what it does is told to; empty where nothing is recorded
    public Mirror(Making making, Optional<ScanLog> log) {
        this.making = making;
        this.log = log;
    }

    /// A mirror whose program has no plant.
    public static Mirror apart(Backend backend) {
        return new Mirror(p -> RecordedProgram.load(p, backend), Optional.empty());
    }

    /// Another program comes next.
    public void program(byte[] encoded) throws RecordingError {
        RecordedProgram next = RecordedProgram.read(encoded);
        boolean again = player != null
                && program.equals(next.hash())
                && player.loaded().state().references().isEmpty();
        if (!again) {
            player = new Player(making.load(next.project()));
            program = next.hash();
        }
        decoder = null;
    }

    /// A state comes: it is compared, where there is one to compare, and is the state from now on.
    public void key(byte[] encoded) throws RecordingError {
        KeyFrame frame = KeyFrame.read(new ByteSource(encoded));
        Player own = player();
        boolean follows = decoder != null && frame.scan() == scan && !frame.begins();
        boolean same = follows && own.hash() == frame.hash();
        // What was done since the scan may be in the frame alone.
        if (follows && !same && (frame.exact() || apart)) {
            divergence = own.difference(frame);
        }
        log.ifPresent(l -> l.date(frame.epochNanos(), frame.state().nowNanos()));
        if (!same) {
            if (!frame.complete()) {
                throw new RecordingError("the program has references, which no state holds: it can be followed from"
                        + " its first scan on only");
            }
            own.put(frame);
        } else if (!frame.exact()) {
            own.force(frame.forces());
        }
        if (!same || !frame.exact()) {
            log.ifPresent(l -> l.put(frame.scan(), frame.exact()));
        }
        decoder = new LogDecoder(frame);
        scan = frame.scan();
        nanos = frame.state().nowNanos();
        running = frame.running();
        apart = false;
    }

    private Player player() throws RecordingError {
        Player own = player;
        if (own == null) {
            throw new RecordingError("a state came before its program");
        }
        return own;
    }

    /// Does what records tell of.
    public void records(byte[] encoded) throws RecordingError {
        LogDecoder open = decoder;
        if (open == null) {
            throw new RecordingError("records came before a state");
        }
        var source = new ByteSource(encoded);
        while (!source.isEmpty()) {
            Event event = open.next(source);
            try {
                player().apply(event);
            } catch (Trap _) {
                apart = true;
            }
            passed(event);
            if (!apart) {
                log.ifPresent(l -> tell(l, event));
            }
        }
    }

    private void tell(ScanLog to, Event event) {
        switch (event) {
            case Event.Scan done -> to.scanned(done.number(), done.task(), done.nanos());
            case Event.Faulted fault ->
                to.faulted(
                        fault.number(),
                        fault.task(),
                        fault.nanos(),
                        fault.message(),
                        fault.trap().orElse(""));
            case Event.Written(var name, var value) -> to.written(name, value);
            case Event.Forced(var name, var value) -> to.forced(name, value);
            case Event.Released(var name) -> to.released(name);
            case Event.Entered(var mode) -> to.entered(mode);
            case Event.TookOver _, Event.Key _ -> {}
        }
    }

    private void passed(Event event) throws RecordingError {
        switch (event) {
            case Event.Scan done -> {
                scan = done.number();
                nanos = done.nanos();
                running = true;
                if (done.hash().isPresent()) {
                    compared++;
                    apart |= done.hash().getAsLong() != player().hash();
                }
            }
            case Event.Faulted fault -> {
                scan = fault.number();
                nanos = fault.nanos();
                running = false;
            }
            case Event.Entered(Mode mode) -> running = mode == Mode.RUNNING;
            default -> {}
        }
    }

    /// Whether a hash told that the states differ. The next key frame tells in what, and ends it.
    public boolean isApart() {
        return apart;
    }

    /// In what the states differed when the last key frame came; once.
    public Optional<Divergence> takeDivergence() {
        Optional<Divergence> found = divergence;
        divergence = Optional.empty();
        return found;
    }

    /// After how many scans the states were compared.
    public long compared() {
        return compared;
    }

    /// Whether there is a state to go on from.
    public boolean isReady() {
        return decoder != null && !apart;
    }

    /// The number of the last scan.
    public long scan() {
        return scan;
    }

    /// The time of the program in it.
    public long nanos() {
        return nanos;
    }

    /// Whether the other PLC runs.
    public boolean isRunning() {
        return running;
    }

    /// The program with its state.
    ///
    /// @throws IllegalStateException before one came
    public Loaded loaded() {
        Player own = player;
        if (own == null) {
            throw new IllegalStateException("no program came yet");
        }
        return own.loaded();
    }
}
