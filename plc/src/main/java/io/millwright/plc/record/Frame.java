package io.millwright.plc.record;

import io.millwright.iec61131.State;
import io.millwright.plc.Loaded;
import java.util.ArrayList;
import java.util.List;

/// A key frame while it is on its way from the thread that scans to the other one. It is used again and again.
final class Frame {
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
    private long hash;
    private long position;
    private volatile boolean full;

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
    void fill(long lastScan, ScanLog.Moment moment, long[] given, List<KeyFrame.Forced> forced, long ringPosition) {
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
        hash = loaded.state().hash();
        position = ringPosition;
        full = true;
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
                        hash)
                .put(bytes);
        full = false;
        return bytes.toArray();
    }
}
