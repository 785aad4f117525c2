package io.millwright.plc.record;

import io.millwright.model.SystemTold;
import io.millwright.model.Told;
import io.millwright.plc.Loaded;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Records what a PLC does into a ring of files of bounded size.
///
/// ```java
/// var recorder = new Recorder(Recorder.Setting.usual(folder), pace::epochNanos, System::nanoTime);
/// Thread.ofPlatform().start(recorder::serve);
/// plc.observe(recorder.log());
/// ```
///
/// A process that is killed loses what was not yet flushed, see [Setting#flush]; a machine that loses its power
/// up to a second more. Where the disk is too slow or full, scans are left out, counted, and told of as a gap.
public final class Recorder {
    private static final int BLOCK_BYTES = 1 << 16;
    private static final long POLL_NANOS = 5_000_000;
    private static final long FORCE_NANOS = 1_000_000_000;
    /// When a disk that failed is tried again.
    private static final long RETRY_NANOS = 5_000_000_000L;

    private final Setting setting;
    private final LongSupplier epochNanos;
    private final LongSupplier nanoClock;
    private final ScanLog log;
    private final ByteBuilder pending = new ByteBuilder();
    private final AtomicLong writtenBytes = new AtomicLong();
    private final AtomicLong writtenScans = new AtomicLong();
    private final AtomicLong droppedScans = new AtomicLong();
    private volatile @Nullable Told problem;
    private volatile boolean closing;
    private @Nullable SegmentWriter writer;
    private @Nullable Loaded loaded;
    private @Nullable RecordedProgram program;
    private @Nullable Loaded rehearsed;
    private long flushedNanos;
    private long forcedNanos;
    private boolean failed;
    private long retryNanos;
    private long toldScans;
    private long countedScans;

    /// @param bytesMax of all files of the folder, at least 64 KiB; the oldest are deleted
    /// @param ageMax how far back the recording reaches at most, a second at least; older files are deleted
    /// @param flush how much is lost at most when the process is killed
    /// @param pace how often there are key frames and hashes
    /// @param ringBytes how much may wait for the disk, a power of two
    public record Setting(
            Path folder, long bytesMax, Duration ageMax, Duration flush, ScanLog.Pace pace, int ringBytes) {
        private static final long BYTES_LEAST = 1 << 16;
        /// In so many files.
        private static final int SEGMENTS = 16;

        public Setting {
            if (bytesMax < BYTES_LEAST) {
                throw new IllegalArgumentException("a recording needs room for 64 KiB at least, not " + bytesMax);
            }
            if (ageMax.compareTo(Duration.ofSeconds(1)) < 0) {
                throw new IllegalArgumentException("a recording reaches back a second at least, not " + ageMax);
            }
            if (flush.isNegative() || flush.compareTo(Duration.ofMinutes(1)) > 0) {
                throw new IllegalArgumentException("a recording is flushed after a minute at most, not " + flush);
            }
        }

        /// 1 GiB and a day at most, flushed four times a second, a key frame every ten seconds.
        public static Setting usual(Path folder) {
            return usual(folder, 1L << 30, Duration.ofDays(1));
        }

        /// As usual, but of another size.
        public static Setting usual(Path folder, long bytesMax, Duration ageMax) {
            var pace = new ScanLog.Pace(10_000, 10_000_000_000L, 1000);
            return new Setting(folder, bytesMax, ageMax, Duration.ofMillis(250), pace, 1 << 22);
        }

        private long segmentBytes() {
            return bytesMax / SEGMENTS;
        }

        private long segmentNanos() {
            return ageMax.toNanos() / SEGMENTS;
        }
    }

    /// How it goes.
    ///
    /// @param writtenScans since it was started; a few more or less where the disk failed
    /// @param writtenBytes since it was started
    /// @param lostScans which the recording does not hold
    /// @param why nothing is written now; empty while it is
    public record Figures(long writtenScans, long writtenBytes, long lostScans, Optional<Told> why) {
        /// Why nothing is written now, in English; the empty text while it is.
        public String problem() {
            return why.map(Told::text).orElse("");
        }
    }

    /// @param epochNanos the clock of the machine
    /// @param nanoClock one that is never set
    public Recorder(Setting setting, LongSupplier epochNanos, LongSupplier nanoClock) {
        this.setting = setting;
        this.epochNanos = epochNanos;
        this.nanoClock = nanoClock;
        this.log = new ScanLog(epochNanos, setting.pace(), setting.ringBytes());
    }

    /// What the PLC is to be observed by.
    public ScanLog log() {
        return log;
    }

    /// How it goes. By any thread.
    public Figures figures() {
        long lost = log.lostScans() + droppedScans.get();
        return new Figures(writtenScans.get(), writtenBytes.get(), lost, Optional.ofNullable(problem));
    }

    /// Writes until it is closed, and then what is left.
    public void serve() {
        flushedNanos = nanoClock.getAsLong();
        while (!closing) {
            if (!move()) {
                LockSupport.parkNanos(this, POLL_NANOS);
            }
        }
        while (move()) {
            // Until nothing is left.
        }
        guarded(this::flush);
        SegmentWriter open = writer;
        if (open != null) {
            guarded(open::close);
        }
    }

    /// Ends [#serve]. By any thread, after the PLC forgot the log.
    public void close() {
        closing = true;
    }

    /// Takes what there is.
    ///
    /// @return whether there was something
    boolean move() {
        Ring ring = log.ring();
        toldScans = log.toldScans();
        long told = ring.told();
        Frame frame = log.nextFrame(told);
        int before = pending.length();
        ring.drain(frame == null ? told : frame.position(), pending);
        long now = nanoClock.getAsLong();
        boolean late = now - flushedNanos >= setting.flush().toNanos();
        if (frame != null || late || pending.length() >= BLOCK_BYTES) {
            guarded(this::flush);
            flushedNanos = now;
        }
        if (frame != null) {
            Loaded of = frame.loaded;
            if (!of.equals(rehearsed)) {
                rehearsed = of;
                frame.rehearse();
            }
            byte[] bytes = frame.take();
            log.frameTaken();
            guarded(() -> key(of, bytes));
        }
        if (now - forcedNanos >= FORCE_NANOS && writer != null) {
            guarded(writer::force);
            forcedNanos = now;
        }
        if (failed && now - retryNanos >= 0) {
            failed = false;
            log.wantFrame();
        }
        return frame != null || pending.length() > before;
    }

    /// What may fail as disks do.
    private interface DiskWork {
        void run() throws IOException;
    }

    private void guarded(DiskWork work) {
        try {
            work.run();
        } catch (IOException e) {
            problem = Told.of("recording-fails", "the recording cannot be written{: reason}")
                    .with("reason", SystemTold.of(e));
            pending.length(0);
            count(droppedScans);
            retryNanos = nanoClock.getAsLong() + RETRY_NANOS;
            failed = true;
            loaded = null;
            SegmentWriter broken = writer;
            writer = null;
            if (broken != null) {
                try {
                    broken.close();
                } catch (IOException _) {
                    // It failed already.
                }
            }
        }
    }

    /// Writes the records so far. Without a segment there are none to go on from.
    private void flush() throws IOException {
        if (pending.length() == 0) {
            return;
        }
        SegmentWriter open = writer;
        boolean written =
                open != null && open.isOpen() && write(open, Blocks.RECORDS, pending.array(), pending.length());
        count(written ? writtenScans : droppedScans);
        if (written && open != null && isFull(open)) {
            log.wantFrame();
        }
        pending.length(0);
    }

    /// Adds the scans told of since the last call to those that have the same fate.
    private void count(AtomicLong fate) {
        fate.addAndGet(toldScans - countedScans);
        countedScans = toldScans;
    }

    private boolean isFull(SegmentWriter open) {
        return open.segmentBytes() > setting.segmentBytes() || open.segmentNanos() > setting.segmentNanos();
    }

    private boolean write(SegmentWriter open, int kind, byte[] bytes, int length) throws IOException {
        long before = open.segmentBytes();
        if (length > Blocks.RAW_MAX || !open.write(kind, bytes, length)) {
            open.end();
            problem = Told.of(
                            "recording-small",
                            "a key frame and what follows it do not fit into the {bytes} bytes of the recording; "
                                    + "give it more room")
                    .with("bytes", setting.bytesMax());
            return false;
        }
        writtenBytes.addAndGet(open.segmentBytes() - before);
        return true;
    }

    private void key(Loaded of, byte[] bytes) throws IOException {
        if (failed) {
            return;
        }
        SegmentWriter open = writer;
        if (open == null) {
            open = new SegmentWriter(setting, epochNanos.getAsLong(), nanoClock);
            writer = open;
            loaded = null;
        }
        boolean another = of != loaded;
        RecordedProgram runs = program;
        if (another || runs == null) {
            runs = RecordedProgram.of(of);
            program = runs;
            loaded = of;
        }
        if (another || !open.isOpen() || isFull(open)) {
            open.begin(runs);
        }
        problem = null;
        write(open, Blocks.KEY, bytes, bytes.length);
    }
}
