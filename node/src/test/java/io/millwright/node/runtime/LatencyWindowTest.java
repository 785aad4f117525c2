package io.millwright.node.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.testkit.ManualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LatencyWindowTest {

    private static final double PRECISION_MILLIS = 0.2;

    private final ManualTime time = new ManualTime(0);
    private final LatencyWindow window = new LatencyWindow(time);

    private void recordForSeconds(int seconds, long millis) {
        for (int i = 0; i < seconds * 10; i++) {
            time.advance(Duration.ofMillis(100));
            window.record(Duration.ofMillis(millis).toNanos());
        }
    }

    private double median() {
        return window.percentilesMillis(50)[0];
    }

    /// Nobody looks for longer than the window lasts, as in `mw demo --for 60s --headless`.
    @Test
    void whatWasRecordedIsThereHoweverLateOneAsks() {
        recordForSeconds(95, 7);
        assertEquals(7, median(), PRECISION_MILLIS);
    }

    @Test
    void whatIsOlderThanAMinuteIsForgottenWithoutAnyoneAsking() {
        recordForSeconds(60, 500);
        recordForSeconds(61, 5);
        assertEquals(5, window.percentilesMillis(100)[0], PRECISION_MILLIS);
    }

    @Test
    void afterAMinuteOfSilenceThereIsNothing() {
        recordForSeconds(30, 7);
        time.advance(Duration.ofSeconds(61));
        assertTrue(Double.isNaN(median()));
    }
}
