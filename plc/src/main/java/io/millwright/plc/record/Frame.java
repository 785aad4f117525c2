package io.millwright.plc.record;

import io.millwright.iec61131.State;
import io.millwright.plc.Loaded;
import java.util.ArrayList;
import java.util.List;

/// A key frame while it is on its way from the thread that scans to the other one. It is used again and again.
final class Frame {
    private static final int REHEARSALS = 1000;
    private static final long REHEARSAL_NANOS_MAX = 100_000_000;

    final Loaded loaded;
    private final State.Room room;
    private final long[] inputs;
    private final boolean[] real;
    private final long[] intervals;
    private List<KeyFrame.Forced> forces = List.of();
    private long scan;
    private long epochNanos;
    private long lost;
    private boolean complete;
    private boolean begins;
    private boolean exact;
    private boolean running;
    private long position;
    private volatile boolean full;

    /// What a key frame tells besides the state.
    static final class Moment {
        long epochNanos;
        long lost;
        boolean complete;
        boolean begins;
        boolean exact;
        boolean running;
    }

    Frame(Loaded loaded, boolean[] real, long[] intervals) {
        this.loaded = loaded;
        this.room = loaded.state().room();
        this.inputs = new long[real.length];
        this.real = real;
        this.intervals = intervals;
    }

    /// Whether its content was not yet taken.
    boolean isFull() {
        return full;
    }

    /// Where in the ring it belongs.
    long position() {
        return position;
    }

    /// Fills it between two scans. Allocates nothing.
    void fill(long lastScan, Moment moment, long[] given, List<KeyFrame.Forced> forced, long ringPosition) {
        room.take();
        System.arraycopy(given, 0, inputs, 0, inputs.length);
        forces = forced;
        scan = lastScan;
        epochNanos = moment.epochNanos;
        lost = moment.lost;
        complete = moment.complete;
        begins = moment.begins;
        exact = moment.exact;
        running = moment.running;
        position = ringPosition;
        full = true;
    }

    /// Works the hash out until the Java virtual machine has compiled how: a scan that tells it is one in many,
    /// and would be held up for hours. By the other thread, before [#take].
    void rehearse() {
        long began = System.nanoTime();
        for (int i = 0; i < REHEARSALS && System.nanoTime() - began < REHEARSAL_NANOS_MAX; i++) {
            var _ = room.hash();
        }
    }

    /// Takes the content away. By the other thread.
    byte[] take() {
        var bytes = new ByteBuilder();
        new KeyFrame(
                        scan,
                        epochNanos,
                        lost,
                        complete,
                        begins,
                        exact,
                        running,
                        intervals,
                        real,
                        inputs,
                        new ArrayList<>(forces),
                        room.snapshot(),
                        room.hash())
                .put(bytes);
        full = false;
        return bytes.toArray();
    }
}
