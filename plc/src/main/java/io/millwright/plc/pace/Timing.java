package io.millwright.plc.pace;

import java.util.ArrayDeque;
import java.util.Deque;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/// How late the scans of a task began, how long they took and how uneven their distances were, since the start
/// and for about the last minute. Written by the thread that scans, without allocation; read by any.
public final class Timing {
    /// Longer times are counted as this one.
    private static final long LONGEST_NANOS = 3_600_000_000_000L;

    private static final int DIGITS = 3;
    private static final int PIECES = 6;
    private static final long PIECE_NANOS = 10_000_000_000L;

    private final Series lateness = new Series();
    private final Series execution = new Series();
    private final Series jitter = new Series();
    private long lastStartNanos;
    private boolean started;

    /// What is measured, all in nanoseconds.
    public enum Kind {
        /// From when the scan was due to when it began.
        LATENESS,
        /// From when the scan began to when its outputs were handed over.
        EXECUTION,
        /// How far the distance of two beginnings was from the interval.
        JITTER
    }

    /// The two histograms of a kind, in nanoseconds.
    public record Figures(Histogram sinceStart, Histogram lastMinute) {}

    private static final class Series {
        private final SingleWriterRecorder recorder = new SingleWriterRecorder(LONGEST_NANOS, DIGITS);
        private final Histogram total = new Histogram(LONGEST_NANOS, DIGITS);
        private final Deque<Histogram> pieces = new ArrayDeque<>();
        private Histogram piece = new Histogram(LONGEST_NANOS, DIGITS);
        private long pieceSinceNanos = Long.MIN_VALUE;

        void record(long nanos) {
            recorder.recordValue(Math.clamp(nanos, 0, LONGEST_NANOS));
        }

        synchronized Figures figures(long nowNanos) {
            Histogram fresh = recorder.getIntervalHistogram();
            total.add(fresh);
            piece.add(fresh);
            if (pieceSinceNanos == Long.MIN_VALUE) {
                pieceSinceNanos = nowNanos;
            }
            while (nowNanos - pieceSinceNanos >= PIECE_NANOS) {
                pieces.addLast(piece);
                piece = new Histogram(LONGEST_NANOS, DIGITS);
                pieceSinceNanos = Math.max(pieceSinceNanos + PIECE_NANOS, nowNanos - PIECES * PIECE_NANOS);
                if (pieces.size() > PIECES) {
                    pieces.removeFirst();
                }
            }
            Histogram minute = piece.copy();
            pieces.forEach(minute::add);
            return new Figures(total.copy(), minute);
        }
    }

    /// Counts one scan.
    ///
    /// @param dueNanos when it should have begun
    /// @param intervalNanos of its task; 0 for tasks without one
    public void scan(long dueNanos, long startNanos, long endNanos, long intervalNanos) {
        lateness.record(startNanos - dueNanos);
        execution.record(endNanos - startNanos);
        if (started && intervalNanos > 0) {
            jitter.record(Math.abs(startNanos - lastStartNanos - intervalNanos));
        }
        lastStartNanos = startNanos;
        started = true;
    }

    /// To be called at least every ten seconds, for the last minute of [#figures] to be one.
    public void look(long nowNanos) {
        for (Kind kind : Kind.values()) {
            var _ = figures(kind, nowNanos);
        }
    }

    /// What was measured so far.
    public Figures figures(Kind kind, long nowNanos) {
        return switch (kind) {
            case LATENESS -> lateness.figures(nowNanos);
            case EXECUTION -> execution.figures(nowNanos);
            case JITTER -> jitter.figures(nowNanos);
        };
    }
}
