package io.millwright.network.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NanosecondsTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0 ns",
        "999, 999 ns",
        "1000, 1 µs",
        "-31528, -31.528 µs",
        "999999, 999.999 µs",
        "1000000, 1 ms",
        "1214200, 1.2142 ms",
        "100000000, 100 ms",
        "1000000001, 1.000000001 s",
        "1000000000000, 1000 s",
        "9223372036854775807, 9223372036.854775807 s"
    })
    void timesAreReadInTheirLargestUnitToTheLastDigit(long nanos, String text) {
        assertEquals(text, Nanoseconds.text(nanos));
    }
}
