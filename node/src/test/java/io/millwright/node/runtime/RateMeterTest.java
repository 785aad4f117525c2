package io.millwright.node.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class RateMeterTest {

    private static final long SECOND = 1_000_000_000L;

    @Test
    void aSteadyCountGivesItsRateAtOnce() {
        var meter = new RateMeter(0);
        assertEquals(100, meter.update(100, SECOND), 1e-9);
        assertEquals(100, meter.update(200, 2 * SECOND), 1e-9);
    }

    @Test
    void aRateThatStopsFadesToNothing() {
        var meter = new RateMeter(0);
        double rate = meter.update(1000, SECOND);
        for (int second = 2; second < 30; second++) {
            rate = meter.update(1000, second * SECOND);
        }
        assertEquals(0, rate, 0.01);
    }

    @Test
    void twoReadingsAtTheSameMomentDivideByNothing() {
        var meter = new RateMeter(SECOND);
        assertEquals(0, meter.update(5, SECOND), 0);
    }
}
