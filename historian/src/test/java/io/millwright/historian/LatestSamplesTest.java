package io.millwright.historian;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.model.Quality;
import io.millwright.model.Sample;
import io.millwright.model.SignalName;
import io.millwright.model.Value;
import org.junit.jupiter.api.Test;

class LatestSamplesTest {

    private static final SignalName LEVEL = SignalName.of("tank-1", "level");
    private static final long SECOND = 1_000_000_000L;
    private static final long HOUR = 3600 * SECOND;
    private static final long NOON = 1_700_000_000L * SECOND;

    private final LatestSamples latest = new LatestSamples();

    @Test
    void aLateSampleDoesNotTakeThePlaceOfANewerOne() {
        offer(2, NOON, NOON);
        offer(1, NOON - HOUR, NOON + SECOND);
        assertLatest(2);
    }

    @Test
    void ofTwoWithTheSameSourceTimeTheOneJournaledLaterIsTheLatest() {
        offer(1, NOON, NOON);
        offer(2, NOON, NOON + SECOND);
        assertLatest(2);
    }

    @Test
    void aRepeatedSampleIsToldToBeADuplicate() {
        assertFalse(offer(1, NOON, NOON));
        assertTrue(offer(1, NOON, NOON + SECOND));
    }

    /// A device whose clock was an hour ahead and is set right: its next sample is what it says now.
    @Test
    void aClockThatRanAheadDoesNotHoldItsLastValueForAnHour() {
        offer(1, NOON + HOUR, NOON);
        offer(2, NOON + SECOND, NOON + SECOND);
        assertLatest(2);
    }

    /// A device whose clock is set back an hour cannot be told from one that sends old samples, until no newer ones
    /// come.
    @Test
    void aClockSetBackIsBelievedWhenNothingNewerCameForTenSeconds() {
        offer(1, NOON, NOON);
        offer(2, NOON - HOUR + 5 * SECOND, NOON + 5 * SECOND);
        assertLatest(1);
        offer(3, NOON - HOUR + 11 * SECOND, NOON + 11 * SECOND);
        assertLatest(3);
        offer(4, NOON - HOUR + 12 * SECOND, NOON + 12 * SECOND);
        assertLatest(4);
    }

    @Test
    void ourOwnClockSetBackDoesNotStopTheLatestValue() {
        offer(1, NOON, NOON);
        offer(2, NOON - HOUR, NOON - HOUR);
        assertLatest(2);
    }

    private boolean offer(double value, long source, long received) {
        return latest.offer(0, new Sample(LEVEL, Value.of(value), Quality.GOOD, source, received));
    }

    private void assertLatest(double value) {
        var sample = latest.of(0);
        assertEquals(Value.of(value), sample == null ? Value.missing() : sample.value());
    }
}
