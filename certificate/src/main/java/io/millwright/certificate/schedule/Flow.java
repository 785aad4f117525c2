package io.millwright.certificate.schedule;

import java.util.ArrayList;
import java.util.List;

/// A stream with its route, its offsets and what its delays are claimed to be.
final class Flow {

    final Tables.Stream stream;
    /// By frame; frame `k` of the plan is sent in the periods `k`, `k` + number of frames, …
    final long[] offsets;

    final long[] claims;
    final List<Hop> hops = new ArrayList<>();
    /// The largest delay of each frame to any listener.
    final long[] delays;

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

    long delayMost() {
        return hops.stream()
                .filter(h -> h.listener)
                .mapToLong(h -> h.delayMost)
                .max()
                .orElse(0);
    }
}
