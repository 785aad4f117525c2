package io.millwright.bench.network;

import io.millwright.bench.Report.Figure;
import io.millwright.network.bounds.Method;
import io.millwright.network.port.PortAnalysis;
import io.millwright.network.simulation.DelayTrial;
import io.millwright.network.simulation.PortTrial;
import io.millwright.network.simulation.RandomGraphs;
import io.millwright.network.simulation.RandomPorts;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/// Bounds held against adversarial simulation, many times: `-Dmw.bench.cases` small cases (100 000), each from a
/// seed of its own. They begin with seed `-Dmw.bench.seed` (1), so that what was broken off goes on where it
/// was, and one case alone is run again.
///
/// A case is a graph of up to four servers and flows, without cycles mostly; one in 500 is a network of ports
/// instead, and one in 200 is bounded by the linear program too.
final class Adversaries {

    private static final long CASES = Long.getLong("mw.bench.cases", 100_000);
    private static final long FIRST = Long.getLong("mw.bench.seed", 1);
    private static final int STEP = 50_000;
    private static final int PORTS = 500;
    private static final int PROGRAM = 200;
    private static final int CYCLES = 4;
    private static final int SIZE = 4;
    private static final int SLOTS = 40;
    private static final int TICKS = 2000;
    private static final int MOST_TOLD = 20;

    private final Consumer<String> progress;
    private final DelayTrial all = new DelayTrial(EnumSet.allOf(Method.class), 2, SLOTS);
    private final DelayTrial cheap = new DelayTrial(EnumSet.complementOf(EnumSet.of(Method.FIFO_LP)), 2, SLOTS);
    private final PortTrial ports = new PortTrial(1, TICKS);
    private final List<String> above = new ArrayList<>();
    private long portCases;

    Adversaries(Consumer<String> progress) {
        this.progress = progress;
    }

    void run(List<Figure> figures, List<String> remarks) {
        long began = System.nanoTime();
        for (long i = 0; i < CASES; i++) {
            long seed = FIRST + i;
            check(seed).ifPresent(a -> {
                above.add("seed " + seed + ": " + a);
                progress.accept(above.getLast());
            });
            if ((i + 1) % STEP == 0 || i + 1 == CASES) {
                progress.accept(String.format(
                        Locale.ROOT,
                        "%d cases, seeds %d to %d, %.1f µs each, %d above a bound; %s",
                        i + 1,
                        FIRST,
                        seed,
                        (System.nanoTime() - began) / 1e3 / (i + 1),
                        above.size(),
                        nearest()));
            }
        }
        figures.add(new Figure("adversaries: cases", CASES, "", "≥ 10 000 000"));
        figures.add(new Figure("adversaries: cases with something above its bound", above.size(), "", "0"));
        remarks.add("adversaries: seeds %d to %d, %d of them networks of ports. Longest delay for each bound: %s"
                .formatted(FIRST, FIRST + CASES - 1, portCases, nearest()));
        above.stream().limit(MOST_TOLD).forEach(remarks::add);
    }

    private Optional<String> check(long seed) {
        var random = new SplittableRandom(seed);
        if (random.nextInt(PORTS) == 0) {
            return ports(random);
        }
        var graph = switch (random.nextInt(2 * CYCLES)) {
            case 0 -> RandomGraphs.ring(random, SIZE);
            case 1 -> RandomGraphs.anyhow(random, SIZE, SIZE);
            default -> RandomGraphs.forward(random, SIZE, SIZE);
        };
        return (random.nextInt(PROGRAM) == 0 ? all : cheap).run(graph, random);
    }

    private Optional<String> ports(SplittableRandom random) {
        var kinds = RandomPorts.Kind.values();
        var network = RandomPorts.network(random, kinds[random.nextInt(kinds.length)], random.nextInt(3) == 0);
        if (!(PortAnalysis.of(network) instanceof PortAnalysis.Bounded(var analysis))) {
            return Optional.empty(); // overloaded
        }
        portCases++;
        var bounds = IntStream.range(0, network.flows().size())
                .mapToObj(f -> analysis.bounds(f, EnumSet.of(Method.ARBITRARY_TFA, Method.FIFO_TFA, Method.FIFO_SFA)))
                .toList();
        return ports.run(network, analysis, bounds, random);
    }

    /// How near the worst run came to each method's bound.
    private String nearest() {
        var text = new StringBuilder();
        for (var method : Method.values()) {
            text.append(String.format(
                    Locale.ROOT, "%s %.3f, ", method.key(), Math.max(all.closest(method), cheap.closest(method))));
        }
        for (var method : List.of(Method.ARBITRARY_TFA, Method.FIFO_TFA)) {
            text.append(String.format(
                    Locale.ROOT,
                    "%s in cycles %.3f, ",
                    method.key(),
                    Math.max(all.closestInCycles(method), cheap.closestInCycles(method))));
        }
        return text.append(String.format(Locale.ROOT, "what others cost at ports %.3f", ports.closest()))
                .toString();
    }
}
