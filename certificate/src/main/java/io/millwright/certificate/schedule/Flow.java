package io.millwright.certificate.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A stream with its route, its offsets and what its delays are claimed to be.
final class Flow {

    final Tables.Stream stream;
    /// By frame; frame `k` of the plan is sent in the periods `k`, `k` + number of frames, …
    final long[] offsets;

    final long[] claims;
    final List<Hop> hops = new ArrayList<>();
    /// The largest delay of each frame to any listener.
    final long[] delays;
    /// The largest to any listener, counted from the release of the earlier member.
    long delayMost;
    /// The other member of a redundant stream.
    @Nullable
    Flow twin;
    /// What is claimed of the listeners, for the second member.
    Map<String, Tables.Window> windows = Map.of();

    Flow(Tables.Stream stream, int frames) {
        this.stream = stream;
        offsets = new long[frames];
        claims = new long[frames];
        delays = new long[frames];
    }

    int frames() {
        return offsets.length;
    }

    /// When the frame of a period is released; periods count from 0.
    long release(long period) {
        return period * stream.period() + offsets[(int) (period % frames())];
    }

    /// How much later the frame of a period is released than that of the other member of a redundant stream.
    long lag(long period) {
        return twin == null ? 0 : Math.max(0, release(period) - twin.release(period));
    }
}
