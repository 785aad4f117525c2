package io.millwright.network.bounds;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.network.curve.Data;
import io.millwright.network.curve.Rate;
import io.millwright.network.curve.RateLatency;
import io.millwright.network.curve.Time;
import io.millwright.network.curve.TokenBucket;
import io.millwright.network.number.Rational;
import io.millwright.network.simulation.NetworkSimulation;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Why the flow under analysis must not be left out of the others upstream of where they come to its way
/// (decision 0054).
///
/// The flow f goes over s0 and s3. At s0 it meets y, which at s1 meets x, which comes over s2 (with a latency)
/// to s3. A flow z is at s3 alone. First f holds y back; then y, let through, holds x back at s1; x gathers
/// behind the latency of s2, and comes to s3 when f's last bit does. Nothing of this makes f later at s0: there
/// the same work is done in whatever order.
class LeftOutFlowTest {

    private static final int RATE = 100;
    private static final int SHARE = 40;
    private static final int BURST = 60_000;
    private static final int LATENCY = 500;

    private static final int F = 0;
    private static final int Y = 1;
    private static final int X = 2;
    private static final int Z = 3;

    private static final int HELD_BACK = 300;
    private static final int LAST_BIT = 1000;

    private static Server server(String id, int latency) {
        return new Server(id, new RateLatency(Rate.of(RATE), Time.of(latency)));
    }

    private static Flow flow(String id, int burst, int rate, Integer... path) {
        return new Flow(id, List.of(path), new TokenBucket(Data.of(burst), Rate.of(rate)));
    }

    private final ServerGraph graph = new ServerGraph(
            "left out",
            List.of(server("s0", 1), server("s1", 1), server("s2", LATENCY), server("s3", 1)),
            List.of(
                    flow("f", BURST, 1, 0, 3),
                    flow("y", SHARE, SHARE, 0, 1),
                    flow("x", SHARE, SHARE, 1, 2, 3),
                    flow("z", BURST, 1, 3)));

    @Test
    void aRunExceedsTheBoundThatLeavesTheFlowOutEverywhereAndNotOurs() {
        var delay = new NetworkSimulation(graph).run(3 * LAST_BIT, new Script())[F];
        var leftOut = leftOutEverywhere();
        var ours = (Rational) new Analysis(graph)
                .bounds(F, EnumSet.of(Method.ARBITRARY_TMA))
                .getFirst()
                .delay()
                .seconds();
        assertTrue(Rational.of(delay).compareTo(leftOut) > 0, delay + " slots, left out everywhere: " + leftOut);
        assertTrue(Rational.of(delay).compareTo(ours) <= 0, delay + " slots, ours: " + ours);
    }

    /// The bound by paying multiplexing only once, as if y went over s0 alone.
    private static Rational leftOutEverywhere() {
        int yAtS1 = SHARE + SHARE;
        var xLatency = Rational.of(1 + LATENCY).plus(Rational.of(yAtS1 + SHARE, RATE - SHARE));
        var xAtS3 = Rational.of(SHARE).plus(Rational.of(SHARE).times(xLatency));
        int others = SHARE + BURST; // bursts of y and z
        int latencies = SHARE + SHARE + 1; // what y, x and z bring in the latencies of s0 and s3
        return Rational.of(2)
                .plus(Rational.of(others + latencies + BURST).plus(xAtS3).times(Rational.of(1, RATE - SHARE - 1)));
    }

    private static final class Script implements NetworkSimulation.Adversary {
        @Override
        public long sends(int flow, int slot) {
            return switch (flow) {
                case F -> slot == 0 ? BURST : 0;
                case Y -> SHARE;
                case X -> slot > HELD_BACK ? SHARE : 0;
                default -> slot >= LAST_BIT - 2 ? Long.MAX_VALUE : 0;
            };
        }

        @Override
        public boolean pauses(int server, int slot) {
            return true;
        }

        @Override
        public int[] order(int server, int slot) {
            return server == 0 && slot < HELD_BACK ? new int[] {F, Y, X, Z} : new int[] {Y, Z, X, F};
        }
    }
}
