package io.millwright.network.simulation;

import io.millwright.network.curve.Rate;
import io.millwright.network.number.Rational;
import io.millwright.network.port.GateList;
import java.util.Arrays;
import java.util.stream.IntStream;

/// The gates of a port, tick by tick.
final class GateTicks {

    /// For each tick of the cycle the classes whose gates are open, a bit for each; empty where all always are.
    private final int[] open;

    private final int offset;

    /// @param offset how far into its cycle the list is at tick 0
    GateTicks(GateList gates, int offset) {
        this.offset = offset;
        open = gates.entries().stream()
                .flatMapToInt(e -> IntStream.generate(
                                () -> e.open().stream().mapToInt(c -> 1 << c).sum())
                        .limit((long) e.length().seconds().upper()))
                .toArray();
    }

    boolean isOpen(int trafficClass, int tick) {
        return open.length == 0 || (open[(tick + offset) % open.length] >> trafficClass & 1) == 1;
    }

    /// Whether a gate is open from one tick until before another.
    boolean isOpen(int trafficClass, int from, int until) {
        return IntStream.range(from, until).allMatch(t -> isOpen(trafficClass, t));
    }

    /// The rate at which a credit rises while the gate is open: what is reserved, spread over that time.
    long slope(int trafficClass, Rate reserved) {
        long ticks =
                Arrays.stream(open).filter(o -> (o >> trafficClass & 1) == 1).count();
        var slope = ticks == 0
                ? reserved.bitsPerSecond()
                : reserved.bitsPerSecond().times(Rational.of(open.length)).over(Rational.of(ticks));
        return ((Rational) slope).numerator().longValueExact();
    }
}
