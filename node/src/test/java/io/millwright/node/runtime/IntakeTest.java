package io.millwright.node.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.millwright.model.IngestionStopped;
import io.millwright.model.PointAddress;
import io.millwright.model.Quality;
import io.millwright.model.Range;
import io.millwright.model.Sample;
import io.millwright.model.Signal;
import io.millwright.model.SignalName;
import io.millwright.model.Unit;
import io.millwright.model.Value;
import io.millwright.testkit.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class IntakeTest {

    private static final SignalName LEVEL = SignalName.of("tank-1", "level");
    private static final Signal SIGNAL = new Signal(
            LEVEL,
            Unit.ONE,
            Optional.of(new Range(0, 20)),
            Optional.of(PointAddress.parse("plc-io/input/0:float32")),
            Optional.empty(),
            Duration.ofMillis(100));

    private final ManualTime time = new ManualTime(1_000_000_000_000L);
    private final LatencyWindow latency = new LatencyWindow(time);
    private final LinkCounters counters = new LinkCounters();
    private final List<Sample> kept = new ArrayList<>();

    @Test
    void aValueOutsideTheRangeIsKeptAndMarkedUncertain() {
        intake(CompletableFuture.completedFuture(null)).append(List.of(sample(Value.of(5.0)), sample(Value.of(20.5))));

        assertEquals(Quality.GOOD, kept.get(0).quality());
        assertEquals(Quality.UNCERTAIN_ENGINEERING_UNITS_EXCEEDED, kept.get(1).quality());
        assertEquals(Value.of(20.5), kept.get(1).value());
    }

    /// NaN lies in no range: a sensor that says so with good quality is not to be trusted fully.
    @Test
    void notANumberWithGoodQualityIsMarkedUncertain() {
        intake(CompletableFuture.completedFuture(null)).append(List.of(sample(Value.of(Double.NaN))));

        assertEquals(
                Quality.UNCERTAIN_ENGINEERING_UNITS_EXCEEDED, kept.getFirst().quality());
    }

    @Test
    void aBadSampleIsPassedOnAsItIs() {
        var bad = new Sample(LEVEL, Value.of(99.0), Quality.BAD_SENSOR_FAILURE, 0, 0);
        intake(CompletableFuture.completedFuture(null)).append(List.of(bad));

        assertSame(bad, kept.getFirst());
    }

    @Test
    void refusedSamplesAreCountedAsRefusedAndNotAsDurable() {
        var full = CompletableFuture.<Void>failedFuture(new IngestionStopped("the disk is full"));
        intake(full).append(List.of(sample(Value.of(1.0)), sample(Value.of(2.0))));

        assertEquals(2, counters.samples.sum());
        assertEquals(2, counters.refused.sum());
        assertEquals(0, counters.durable.sum());
    }

    @Test
    void latencyRunsFromSourceTimeToDurable() {
        var durable = new CompletableFuture<Void>();
        intake(durable).append(List.of(sample(Value.of(1.0))));
        time.advance(Duration.ofMillis(40));
        durable.complete(null);

        assertEquals(40, latency.percentilesMillis(50)[0], 0.4, "within the histogram's two digits");
        assertEquals(1, counters.durable.sum());
    }

    @Test
    void latencyOlderThanAMinuteIsForgotten() {
        intake(CompletableFuture.completedFuture(null)).append(List.of(sample(Value.of(1.0))));
        time.advance(Duration.ofSeconds(61));

        assertEquals(Double.NaN, latency.percentilesMillis(50)[0]);
    }

    private Intake intake(CompletableFuture<Void> answer) {
        return new Intake(
                List.of(SIGNAL),
                batch -> {
                    kept.addAll(batch);
                    return answer;
                },
                counters,
                latency,
                time);
    }

    private Sample sample(Value value) {
        return new Sample(LEVEL, value, Quality.GOOD, time.epochNanos(), time.epochNanos());
    }
}
