package io.millwright.plc.record;

import io.millwright.plc.Loaded;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Takes what a [ScanLog] encoded, for who sends it elsewhere. For one thread.
public final class LogFeed {
    private final ScanLog log;
    private final ByteBuilder pending = new ByteBuilder();
    private @Nullable Loaded loaded;
    private boolean begun;
    private long moved;

    /// Who is given what there is, in order.
    public interface Sink {
        /// A program, before its first key frame.
        void program(byte[] encoded) throws IOException;

        /// A key frame.
        void key(byte[] encoded) throws IOException;

        /// Records that follow it.
        void records(byte[] encoded) throws IOException;
    }

    public LogFeed(ScanLog log) {
        this.log = log;
    }

    /// Lets it begin anew, for a sink that knows nothing yet: with a key frame, which is asked for.
    public void restart() {
        begun = false;
        loaded = null;
        log.wantFrame();
    }

    /// Lets it rest until [#restart]: scans cost nothing meanwhile.
    public void rest() {
        begun = false;
        log.rest();
    }

    /// Asks for a key frame after the next scan.
    public void wantKey() {
        log.wantFrame();
    }

    /// How far the log goes now, in bytes.
    public long logged() {
        return log.ring().told();
    }

    /// How far of it went to a sink, in bytes.
    public long moved() {
        return moved;
    }

    /// Gives a sink what there is.
    ///
    /// @return whether there was something
    public boolean move(Sink sink) throws IOException {
        Ring ring = log.ring();
        long told = ring.told();
        Frame frame = log.nextFrame(told);
        pending.length(0);
        moved = frame == null ? told : frame.position();
        ring.drain(moved, pending);
        boolean any = pending.length() > 0 || frame != null;
        if (pending.length() > 0 && begun) {
            sink.records(pending.toArray());
        }
        if (frame != null) {
            Loaded of = frame.loaded;
            byte[] bytes = frame.take();
            log.frameTaken();
            if (of != loaded) {
                sink.program(RecordedProgram.of(of).bytes());
                loaded = of;
            }
            begun = true;
            sink.key(bytes);
        }
        return any;
    }
}
