package io.millwright.plc.record;

import io.millwright.iec61131.machine.Slot;
import io.millwright.iec61131.machine.Trap;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.Value;
import io.millwright.plc.Fault;
import io.millwright.plc.Loaded;
import io.millwright.plc.Mode;
import io.millwright.plc.ScanObserver;
import io.millwright.plc.image.InputPoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Encodes what a PLC does into a ring of bytes that another thread empties, and takes key frames.
///
/// In a scan it allocates nothing and waits for nobody. Where the other thread is too slow, what does not fit
/// is left out and counted, and a key frame marks where the log goes on.
public final class ScanLog implements ScanObserver {
    /// How many key frames may be on their way.
    private static final int FRAMES = 4;

    private static final int QUEUE = 8;
    private static final int NUMBER_MOST = 10;
    private static final int SCAN_MOST = 64;

    private final LongSupplier epochNanos;
    private final Pace pace;
    private final Ring ring;
    private final AtomicReferenceArray<@Nullable Frame> queue = new AtomicReferenceArray<>(QUEUE);
    private final Frame.Moment moment = new Frame.Moment();
    private long queued;
    private long taken;
    private Frame[] frames = {};
    private @Nullable Loaded loaded;
    private InputPoint[] inputs = {};
    private boolean[] real = {};
    private long[] given = {};
    private long[] now = {};
    private long[] lastStart = {};
    private long[] intervals = {};
    private List<KeyFrame.Forced> forces = List.of();
    private long inputsMost;
    private boolean needsFrame;
    private boolean fresh = true;
    private long number;
    private long hashScan;
    private long scansSinceFrame;
    private long frameNanos;
    private boolean mirrors;
    private long dateThere;
    private long nanosThere;
    private volatile boolean frameWanted;
    private volatile boolean resting;
    private final AtomicLong lostScans = new AtomicLong();
    private final AtomicLong toldScans = new AtomicLong();

    /// How often what is written besides the scans.
    ///
    /// @param frameScans after how many scans there is a key frame at the latest
    /// @param frameNanos after how much time of the program there is a key frame at the latest
    /// @param hashScans after every how many scans the hash of the state is told
    public record Pace(long frameScans, long frameNanos, long hashScans) {
        public Pace {
            if (frameScans < 1 || frameNanos < 1 || hashScans < 1) {
                throw new IllegalArgumentException("key frames and hashes come after one scan at least");
            }
        }
    }

    /// @param epochNanos the clock of the machine, asked for key frames
    /// @param ringBytes how much may wait for the other thread; a power of two
    public ScanLog(LongSupplier epochNanos, Pace pace, int ringBytes) {
        this.epochNanos = epochNanos;
        this.pace = pace;
        this.ring = new Ring(ringBytes);
    }

    /// How many scans were left out because the other thread was too slow.
    public long lostScans() {
        return lostScans.get();
    }

    /// How many scans were told to the other thread.
    long toldScans() {
        return toldScans.get();
    }

    /// Leaves all out until a key frame is wanted. By any thread.
    void rest() {
        resting = true;
    }

    /// Asks for a key frame after the next scan. By any thread.
    void wantFrame() {
        resting = false;
        frameWanted = true;
    }

    @Override
    public void loaded(Loaded next) {
        boolean first = loaded == null;
        loaded = next;
        inputs = next.inputs().toArray(InputPoint[]::new);
        real = new boolean[inputs.length];
        for (int i = 0; i < inputs.length; i++) {
            Elementary type = inputs[i].slot().type().elementary();
            real[i] = type != null && type.family() == Elementary.Family.REAL;
        }
        given = new long[inputs.length];
        now = new long[inputs.length];
        intervals = next.tasks().stream()
                .mapToLong(t -> t.setting().intervalNanos())
                .toArray();
        lastStart = new long[intervals.length];
        inputsMost = 2L * NUMBER_MOST * inputs.length;
        forces = forced(next);
        frames = new Frame[FRAMES];
        Arrays.setAll(frames, _ -> new Frame(next, real, intervals));
        boolean whole = next.state().references().isEmpty();
        moment.complete = whole || first && next.scans() == 0;
        moment.begins = true;
        needsFrame = true;
        if (!mirrors && (!first || next.scans() == 0)) {
            frame(false);
        }
        moment.complete = whole;
    }

    /// Whether the scans are those of another PLC, told by a [Mirror]: a program that is loaded has no state
    /// then before one is sent. By the thread that owns the PLC.
    public void mirrors(boolean those) {
        mirrors = those;
        Loaded first = loaded;
        if (!those && fresh && first != null) {
            loaded = null;
            loaded(first);
        }
    }

    /// A moment of the other PLC: the scans that are mirrored have its dates.
    void date(long epoch, long nanos) {
        dateThere = epoch;
        nanosThere = nanos;
    }

    /// The state is that after a scan of another PLC from now on.
    ///
    /// @param exact whether nobody did something there since that scan
    void put(long scan, boolean exact) {
        number = scan;
        forces = loaded == null ? List.of() : forced(loaded);
        needsFrame = true;
        frame(exact);
    }

    @Override
    public void tookOver(Loaded same, long scan) {
        mirrors = false;
        number = scan;
        if (needsFrame) {
            frame(false);
        }
        tell(Tag.TOOK_OVER, new ByteBuilder());
    }

    private static List<KeyFrame.Forced> forced(Loaded in) {
        return in.run().forces().stream()
                .map(f -> new KeyFrame.Forced(f.slot().name(), f.value()))
                .toList();
    }

    @Override
    public void scanned(long scan, int task, long startNanos) {
        moment.running = true;
        if (resting) {
            needsFrame = true;
            number = scan;
            return;
        }
        if (!follows(scan) || !ring.hasRoom(SCAN_MOST + inputsMost)) {
            leaveOut(scan);
            return;
        }
        boolean exact = startNanos == lastStart[task] + intervals[task];
        boolean changed = inputsChanged();
        ring.put(Tag.SCAN | (exact ? Tag.EXACT : 0) | (changed ? Tag.INPUTS : 0) | Math.min(task, Tag.TASK_MORE));
        time(task, startNanos, exact);
        if (changed) {
            ring.putInputs(given, now, real);
        }
        if (scan >= hashScan && loaded != null) {
            ring.put(Tag.HASH);
            ring.putLong(loaded.state().hash());
            hashScan = nextHash(scan);
        }
        number = scan;
        ring.publish();
        toldScans.lazySet(toldScans.getPlain() + 1);
        scansSinceFrame++;
        boolean due = scansSinceFrame >= pace.frameScans() || startNanos - frameNanos >= pace.frameNanos();
        if (due || frameWanted) {
            frame(true);
        }
    }

    private void time(int task, long startNanos, boolean exact) {
        if (task >= Tag.TASK_MORE) {
            ring.putVar(task);
        }
        if (!exact) {
            ring.putSigned(startNanos - lastStart[task] - intervals[task]);
        }
        lastStart[task] = startNanos;
    }

    /// The scan after which the next hash is told: a multiple, so that two PLCs tell those of the same scans.
    private long nextHash(long scan) {
        return (scan / pace.hashScans() + 1) * pace.hashScans();
    }

    private boolean inputsChanged() {
        boolean changed = false;
        for (int i = 0; i < inputs.length; i++) {
            now[i] = inputs[i].bits();
            changed |= now[i] != given[i];
        }
        return changed;
    }

    /// Whether a scan is the one after the last that was told.
    private boolean follows(long scan) {
        boolean follows = scan == number + 1;
        needsFrame |= !follows;
        return !needsFrame;
    }

    /// Leaves a scan out, and goes on with its end where there is room for a key frame.
    private void leaveOut(long scan) {
        needsFrame = true;
        number = scan;
        if (!fresh) {
            moment.lost++;
            lostScans.lazySet(lostScans.getPlain() + 1);
        }
        frame(true);
    }

    /// Takes a key frame where there is room for it.
    private void frame(boolean atEndOfScan) {
        Loaded program = loaded;
        int place = (int) (queued % QUEUE);
        Frame free = null;
        for (Frame frame : frames) {
            free = frame.isFull() ? free : frame;
        }
        if (program == null || free == null || queue.getAcquire(place) != null) {
            return;
        }
        for (int i = 0; i < inputs.length; i++) {
            given[i] = inputs[i].bits();
        }
        moment.exact = atEndOfScan;
        long time = program.run().machine().nowNanos();
        moment.epochNanos = mirrors ? dateThere + time - nanosThere : epochNanos.getAsLong();
        free.fill(number, moment, given, forces, ring.position());
        queue.setRelease(place, free);
        queued++;
        hashScan = nextHash(number);
        frameNanos = time;
        Arrays.fill(lastStart, frameNanos);
        scansSinceFrame = 0;
        moment.lost = 0;
        moment.begins = false;
        frameWanted = false;
        needsFrame = false;
        fresh = false;
    }

    @Override
    public void faulted(long scan, int task, long startNanos, Fault fault, Trap.@Nullable Kind trap) {
        faulted(scan, task, startNanos, fault.message(), trap == null ? "" : trap.name());
    }

    void faulted(long scan, int task, long startNanos, String why, String trap) {
        moment.running = false;
        ByteBuilder message = new ByteBuilder();
        message.putText(trap);
        message.putText(why);
        if (!follows(scan) || !ring.hasRoom(SCAN_MOST + inputsMost + message.length())) {
            leaveOut(scan);
            return;
        }
        var _ = inputsChanged();
        ring.put(Tag.FAULTED);
        ring.putVar(task);
        ring.putSigned(startNanos - lastStart[task] - intervals[task]);
        lastStart[task] = startNanos;
        ring.putInputs(given, now, real);
        ring.putBytes(message.array(), message.length());
        number = scan;
        ring.publish();
        // What a scan that was cut short left behind is not computed again.
        needsFrame = true;
        frame(true);
    }

    /// Tells of something between two scans.
    private void tell(int tag, ByteBuilder content) {
        if (needsFrame || !ring.hasRoom(1L + content.length())) {
            needsFrame = true;
            frame(false);
            return;
        }
        ring.put(tag);
        ring.putBytes(content.array(), content.length());
        ring.publish();
    }

    private static ByteBuilder named(String name, Value value) {
        var content = new ByteBuilder();
        content.putText(name);
        content.putValue(value);
        return content;
    }

    @Override
    public void written(Slot slot, Value value) {
        written(slot.name(), value);
    }

    void written(String name, Value value) {
        tell(Tag.WRITTEN, named(name, value));
    }

    @Override
    public void forced(Slot slot, Value value) {
        forced(slot.name(), value);
    }

    void forced(String name, Value value) {
        List<KeyFrame.Forced> all = without(name);
        all.add(new KeyFrame.Forced(name, value));
        forces = List.copyOf(all);
        tell(Tag.FORCED, named(name, value));
    }

    private List<KeyFrame.Forced> without(String name) {
        List<KeyFrame.Forced> all = new ArrayList<>(forces);
        all.removeIf(f -> f.name().equalsIgnoreCase(name));
        return all;
    }

    @Override
    public void released(String name) {
        forces = List.copyOf(without(name));
        var content = new ByteBuilder();
        content.putText(name);
        tell(Tag.RELEASED, content);
    }

    @Override
    public void entered(Mode mode) {
        moment.running = mode == Mode.RUNNING;
        var content = new ByteBuilder();
        content.putText(mode.name());
        tell(Tag.ENTERED, content);
        if (mode == Mode.RUNNING && !fresh && loaded != null) {
            // While it stood still its state may have been changed in ways that nobody told of.
            forces = forced(loaded);
            needsFrame = true;
            frame(false);
        }
    }

    /// The next key frame that was not yet taken away and belongs before a place of the ring, or null. By the
    /// other thread.
    @Nullable
    Frame nextFrame(long told) {
        Frame frame = queue.getAcquire((int) (taken % QUEUE));
        return frame != null && frame.position() <= told ? frame : null;
    }

    /// Goes on to the key frame after it.
    void frameTaken() {
        queue.setRelease((int) (taken % QUEUE), null);
        taken++;
    }

    Ring ring() {
        return ring;
    }
}
