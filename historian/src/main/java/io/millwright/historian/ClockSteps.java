package io.millwright.historian;

import io.millwright.model.Sample;
import java.util.Arrays;

/// Notices that a signal's clock was set back. Until then its new samples look late: they are older than the latest
/// one. But late samples come in bursts, one by one, or between newer ones; the samples of a clock that was set back
/// keep coming, and each is as much older than its receipt as the one before. When that has lasted [#LASTS_NANOS] by
/// the clock of receipt, and nothing newer came, the sample at hand is a *step back*: it becomes the latest.
///
/// That sample alone is marked in the journal. So whoever reads the journal, or a segment made from it, comes to the
/// same latest sample without deciding again.
///
/// One thread asks, about every sample in the order of the journal.
final class ClockSteps {

    static final long LASTS_NANOS = 10_000_000_000L;
    /// By how much the time from source to receipt may differ within a run: jitter of network and polling.
    static final long JITTER_NANOS = 1_000_000_000L;

    private static final long NO_RUN = Long.MIN_VALUE;

    private boolean[] known = new boolean[0];
    private long[] latestSource = {};
    private long[] runSource = {};
    private long[] runReceived = {};

    /// Whether a sample takes the place of the latest one although its source time is earlier.
    ///
    /// @param latest asked for what this knows nothing of yet
    boolean isStepBack(int signal, Sample sample, LatestSamples latest) {
        if (signal >= known.length || !known[signal]) {
            learn(signal, latest);
        }
        long source = sample.sourceNanos();
        long received = sample.receivedNanos();
        if (source >= latestSource[signal]) {
            latestSource[signal] = source;
            runReceived[signal] = NO_RUN;
            return false;
        }
        if (runReceived[signal] == NO_RUN || !isSamePace(signal, source, received)) {
            runSource[signal] = source;
            runReceived[signal] = received;
            return false;
        }
        if (received - runReceived[signal] < LASTS_NANOS) {
            return false;
        }
        latestSource[signal] = source;
        runReceived[signal] = NO_RUN;
        return true;
    }

    private boolean isSamePace(int signal, long source, long received) {
        long change = (received - source) - (runReceived[signal] - runSource[signal]);
        return change <= JITTER_NANOS && change >= -JITTER_NANOS;
    }

    private void learn(int signal, LatestSamples latest) {
        if (signal >= known.length) {
            int length = Math.max(signal + 1, known.length * 2);
            known = Arrays.copyOf(known, length);
            latestSource = Arrays.copyOf(latestSource, length);
            runSource = Arrays.copyOf(runSource, length);
            runReceived = Arrays.copyOf(runReceived, length);
        }
        Sample now = latest.of(signal);
        known[signal] = true;
        latestSource[signal] = now == null ? Long.MIN_VALUE : now.sourceNanos();
        runReceived[signal] = NO_RUN;
    }

    /// Begins anew from what is durable.
    void forget() {
        Arrays.fill(known, false);
    }
}
