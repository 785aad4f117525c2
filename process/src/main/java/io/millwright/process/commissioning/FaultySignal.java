package io.millwright.process.commissioning;

import io.millwright.model.Quality;
import io.millwright.process.equations.Noise;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;

/// One signal on its way through its faults, in their order.
final class FaultySignal {

    private record Sample(long nanos, double value) {}

    private final List<SignalFault> faults;
    private final Noise noise;
    private final SplittableRandom losses;
    private final boolean broken;
    private final long sinceNanos;
    private final double first;
    private final Deque<Sample> late = new ArrayDeque<>();
    private double delayed;
    private double value;
    private boolean lost;

    /// @param value what it shows when the faults begin
    FaultySignal(List<SignalFault> faults, long seed, long nowNanos, double value) {
        this.faults = List.copyOf(faults);
        broken = faults.contains(new SignalFault.Broken());
        noise = new Noise(seed);
        losses = new SplittableRandom(seed ^ 0x5DEECE66DL);
        sinceNanos = nowNanos;
        first = value;
        delayed = value;
        this.value = value;
    }

    /// A new true value, once in each step.
    void pass(double truth, long nowNanos) {
        double passed = truth;
        boolean arrives = true;
        for (var fault : faults) {
            passed = switch (fault) {
                case SignalFault.Stuck(), SignalFault.Broken() -> first;
                case SignalFault.Bias(double offset) -> passed + offset;
                case SignalFault.Drift(double perSecond) -> passed + perSecond * (nowNanos - sinceNanos) / 1e9;
                case SignalFault.Noise(double deviation) -> passed + noise.gaussian(deviation);
                case SignalFault.Delay(var by) -> delayed(passed, nowNanos, by.toNanos());
                case SignalFault.Loss(double share) -> {
                    arrives &= losses.nextDouble() >= share;
                    yield passed;
                }
            };
        }
        lost = !arrives;
        value = lost ? value : passed;
    }

    private double delayed(double truth, long nowNanos, long byNanos) {
        late.addLast(new Sample(nowNanos, truth));
        while (!late.isEmpty() && late.getFirst().nanos() <= nowNanos - byNanos) {
            delayed = late.removeFirst().value();
        }
        return delayed;
    }

    double value() {
        return value;
    }

    Quality quality(Quality of) {
        if (lost) {
            return Quality.BAD_NO_COMMUNICATION;
        }
        return broken ? Quality.BAD_SENSOR_FAILURE : of;
    }
}
