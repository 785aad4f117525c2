package io.millwright.network.simulation;

import io.millwright.network.bounds.Bound;
import io.millwright.network.number.Rational;
import io.millwright.network.number.Scalar;
import io.millwright.network.port.PortAnalysis;
import io.millwright.network.port.PortNetwork;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/// Bounds of ports held against runs that are meant to harm. It remembers how near they came.
public final class PortTrial {

    private final int runs;
    private final int ticks;
    private double closest;

    /// @param runs how many runs a network gets
    /// @param ticks for how long sources send
    public PortTrial(int runs, int ticks) {
        this.runs = runs;
        this.ticks = ticks;
    }

    /// Tries one network.
    ///
    /// @param bounds of each flow
    /// @return what came above its bound; empty where nothing did
    public Optional<String> run(
            PortNetwork network, PortAnalysis analysis, List<List<Bound>> bounds, SplittableRandom random) {
        for (int run = 0; run < runs; run++) {
            var simulation = new PortSimulation(network, random.split());
            var delays = simulation.run(ticks);
            for (int flow = 0; flow < delays.length; flow++) {
                for (var bound : bounds.get(flow)) {
                    if (isAbove(delays[flow], bound.delay().seconds())) {
                        return Optional.of("%s: delay %d of a bound %s of flow %d in %s"
                                .formatted(bound.method().key(), delays[flow], bound.delay(), flow, network));
                    }
                }
                closest = Math.max(closest, caused(network, flow, delays[flow], bounds.get(flow)));
            }
            for (int port = 0; port < network.ports().size(); port++) {
                for (var queue : analysis.queues(port)) {
                    if (isAbove(port, queue, simulation)) {
                        return Optional.of("queue %s of port %d in %s".formatted(queue, port, network));
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isAbove(int port, PortAnalysis.Queue queue, PortSimulation simulation) {
        int c = queue.trafficClass();
        return isAbove(simulation.longestInQueue(port, c), queue.delay().seconds())
                || isAbove(
                        8L * simulation.largestBacklog(port, c), queue.backlog().bits());
    }

    private static boolean isAbove(long seen, Scalar bound) {
        return Rational.of(seen).compareTo((Rational) bound) > 0;
    }

    /// How much of what others may cost a flow was seen; nothing where that is less than its own time.
    private static double caused(PortNetwork network, int place, int delay, List<Bound> bounds) {
        var flow = network.flows().get(place);
        double alone = flow.path().stream()
                .map(network.ports()::get)
                .mapToDouble(p -> flow.smallest()
                        .at(p.rate())
                        .plus(p.leastDelay())
                        .seconds()
                        .upper())
                .sum();
        double best = bounds.stream()
                .mapToDouble(b -> b.delay().seconds().upper())
                .min()
                .orElseThrow();
        return best < 2 * alone ? 0 : (delay - alone) / (best - alone);
    }

    /// How near a run came: 1 is all that others may cost a flow by its best bound.
    public double closest() {
        return closest;
    }
}
