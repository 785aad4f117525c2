package io.millwright.model;

import java.time.Clock;
import java.time.Instant;

enum SystemTime implements Time {
    CLOCKS;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final Clock UTC = Clock.systemUTC();

    @Override
    public long epochNanos() {
        Instant now = UTC.instant();
        return now.getEpochSecond() * NANOS_PER_SECOND + now.getNano();
    }

    @Override
    public long monotonicNanos() {
        return System.nanoTime();
    }
}
