package io.millwright.model.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millwright.model.Property;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NotationTest {

    @ParameterizedTest
    @CsvSource({
        "8ns, PT0.000000008S",
        "500us, PT0.0005S",
        "10ms, PT0.01S",
        "1.5s, PT1.5S",
        "5 min, PT5M",
        "2h, PT2H",
        "1d, PT24H"
    })
    void readsDurations(String text, Duration expected) {
        assertEquals(expected, Durations.parse(text));
    }

    /// IEC 80000-13: k is 1000, Ki is 1024.
    @ParameterizedTest
    @CsvSource({"8GiB, 8589934592", "8GB, 8000000000", "512 MiB, 536870912", "1.5kB, 1500", "7B, 7"})
    void readsAmountsOfData(String text, long bytes) {
        assertEquals(bytes, DataSizes.parse(text));
    }

    @ParameterizedTest
    @CsvSource({"1Gbps, 1000000000", "100Mbps, 100000000", "2.5Gbps, 2500000000", "64kbps, 64000"})
    void readsBitRates(String text, long bitsPerSecond) {
        assertEquals(bitsPerSecond, BitRates.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "ms", "-1ms", "1,5s", "1e3s", "10", "10 m s", "0.5ns", "1000000d", "999999999999999999999h"})
    void refusesWhatIsNoDuration(String text) {
        assertThrows(NotationException.class, () -> Durations.parse(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10 | add the unit, e.g. 100ms",
                "10msec | write \"10ms\"",
                "10µs | write \"10us\"",
                "5m | write \"5min\"",
                "10MS | did you mean \"10ms\"?",
                "ten | write a number and a unit, e.g. 100ms",
            })
    void saysHowToWriteADuration(String text, String suggestion) {
        var error = assertThrows(NotationException.class, () -> Durations.parse(text));

        assertEquals(Optional.of(suggestion), error.suggestion());
    }

    @Test
    void writesADurationAsItWouldBeReadAgain() {
        assertEquals("10ms", Durations.format(Duration.ofMillis(10)));
        assertEquals("90s", Durations.format(Duration.ofSeconds(90)));
        assertEquals("0ns", Durations.format(Duration.ZERO));
        Property.check(1000, random -> {
            var duration = Duration.ofNanos(random.nextLong(1L << random.nextInt(1, 62)));
            assertEquals(duration, Durations.parse(Durations.format(duration)));
        });
    }

    @ParameterizedTest
    @CsvSource({
        "signls, signals",
        "Signals, signals",
        "conections, connections",
        "evrey, every",
        "form, from",
        "two, to"
    })
    void findsTheNearestName(String written, String meant) {
        var names = List.of("signals", "connections", "every", "from", "to", "unit");

        assertEquals(Optional.of(meant), Nearest.of(written, names));
    }

    @Test
    void aNameThatIsNearNothingHasNoNearest() {
        assertEquals(Optional.empty(), Nearest.of("zebra", List.of("signals", "every")));
        assertEquals(Optional.empty(), Nearest.of("x".repeat(100_000), List.of("x")));
    }
}
