package io.millwright.certificate.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millwright.certificate.Edge;
import java.math.BigDecimal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Rates are in bits for each nanosecond, as the documentation of tsnkit has them: 1 is 1 Gbit/s, 0.1 is 100
/// Mbit/s, 0.01 is 10 Mbit/s.
class LinkTest {

    private static final Tables.Span NO_TIME = new Tables.Span(0, 0);

    @ParameterizedTest
    @CsvSource({
        "1, 1000, 8000",
        "0.1, 1000, 80000",
        "0.01, 50, 40000",
        "2.5, 1500, 4800",
        "10, 64, 52",
        "0.3, 1000, 26667"
    })
    void aFrameTakesItsBitsAtTheRateRoundedUp(BigDecimal rate, long bytes, long nanos) {
        assertEquals(
                nanos,
                new Tables.Link(new Edge("0", "1"), 8, rate, NO_TIME, NO_TIME, 1_000_000, Limits.NONE)
                        .transmission(bytes));
    }
}
