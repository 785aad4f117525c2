package io.millwright.process.commissioning;

import io.millwright.model.Time;

/// Clocks that a model moves with its steps.
final class VirtualTime implements Time {

    private long elapsedNanos;

    void advance(long nanos) {
        elapsedNanos = Math.addExact(elapsedNanos, nanos);
    }

    @Override
    public long epochNanos() {
        return elapsedNanos;
    }

    @Override
    public long monotonicNanos() {
        return elapsedNanos;
    }
}
