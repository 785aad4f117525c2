package io.millwright.network.port;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.network.bounds.Bound;
import io.millwright.network.bounds.Method;
import io.millwright.network.number.Rational;
import io.millwright.network.simulation.PortTrial;
import io.millwright.network.simulation.RandomPorts;
import io.millwright.network.simulation.RandomPorts.Kind;
import io.millwright.testkit.Property;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// No delay that really happens is above its bound: small random networks of ports with all that bridges do to
/// frames, run with sources, best effort and link delays that are meant to harm.
///
/// `-Dmw.cases=100000` runs more; a failure prints the seed.
class SimulatedPortsTest {

    private static final int CASES = Integer.getInteger("mw.cases", 150);
    private static final int RUNS = 3;
    private static final int TICKS = 3000;

    private final Map<Kind, Double> closest = new EnumMap<>(Kind.class);
    private int bounded;
    private int cyclic;
    private int cases;

    @Test
    void noFrameIsLaterThanItsBoundAndNoQueueLonger() {
        Property.check(CASES, this::check);
        if (System.getProperty("mw.seed") == null) {
            assertTrue(bounded > cases / 2, () -> bounded + " of " + cases + " networks have bounds");
            assertTrue(cyclic > 0, "no network had a cycle");
            // a simulation that harms nobody would find nothing: some run must come near the bound
            long near = closest.values().stream().filter(c -> c > 0.6).count();
            assertTrue(near >= 4, () -> "the worst runs came only to " + closest); // a kind may be rare by chance
        }
    }

    private void check(SplittableRandom random) {
        var kind = Kind.values()[random.nextInt(Kind.values().length)];
        boolean mixed = random.nextInt(3) == 0;
        var network = RandomPorts.network(random, kind, mixed);
        cases++;
        if (!(PortAnalysis.of(network) instanceof PortAnalysis.Bounded(var analysis))) {
            return; // overloaded
        }
        bounded++;
        cyclic += analysis.isCyclic() ? 1 : 0;
        var bounds = IntStream.range(0, network.flows().size())
                .mapToObj(f -> analysis.bounds(f, EnumSet.allOf(Method.class)))
                .toList();
        var trial = new PortTrial(RUNS, TICKS);
        assertEquals(Optional.empty(), trial.run(network, analysis, bounds, random));
        if (!mixed) {
            closest.merge(kind, trial.closest(), Math::max);
        }
        if (random.nextInt(4) == 0 && kind != Kind.CYCLIC) { // whole frames in a cycle are counted in fractions only
            enclosuresHold(network, bounds);
        }
    }

    /// The analysis in floating point, against the one in fractions.
    private static void enclosuresHold(PortNetwork network, List<List<Bound>> bounds) {
        var enclosed = assertInstanceOf(PortAnalysis.Bounded.class, PortAnalysis.of(network.enclosed()))
                .analysis();
        for (int flow = 0; flow < bounds.size(); flow++) {
            var fraction = (Rational) bounds.get(flow).stream()
                    .filter(b -> b.method() == Method.FIFO_TFA)
                    .findFirst()
                    .orElseThrow()
                    .delay()
                    .seconds();
            double upper = enclosed.bounds(flow, EnumSet.of(Method.FIFO_TFA))
                    .getFirst()
                    .delay()
                    .seconds()
                    .upper();
            if (!enclosed.isCyclic()) {
                assertTrue(Rational.of(upper).compareTo(fraction) >= 0, () -> "below in " + network);
            }
            assertTrue(upper <= fraction.toDouble() * (1 + 1e-5) + 1e-5, () -> "wide in " + network);
        }
    }
}
