package io.millwright.network.port;

import io.millwright.network.bounds.Method;
import io.millwright.network.number.Rational;
import io.millwright.network.number.Scalar;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What total flow analysis found for the ports of a network, as a trace for a checker that shares no code
/// with it: `docs/reference/network-ports.md` has its notation.
///
/// The trace has the network as it is, in fractions. Delays may have been computed in enclosures: what is
/// claimed is their upper ends.
public final class PortTrace {

    private static final int MOST_HOPS = 100_000;
    private static final int MOST_ENTRIES = 2048;
    private static final long MOST_EFFORT = 100_000_000;

    private final PortNetwork network;
    private final StringBuilder lines = new StringBuilder("millwright-ports 1\n");

    private PortTrace(PortNetwork network) {
        this.network = network;
    }

    /// Why there is no trace of a network: where it is too large for the checker.
    public static Optional<String> untraced(PortNetwork network) {
        if (network.hops() > MOST_HOPS) {
            return Optional.of("flows pass %d ports in all, and certificates are written for up to %d"
                    .formatted(network.hops(), MOST_HOPS));
        }
        return network.ports().stream()
                .flatMap(p -> untraced(p).stream())
                .findFirst()
                .or(() -> tooLongTogether(network));
    }

    private static Optional<String> untraced(Port port) {
        int entries = port.gates().entries().size();
        return entries <= MOST_ENTRIES
                ? Optional.empty()
                : Optional.of("port %s has %d entries in its gate list, and certificates are written for up to %d"
                        .formatted(port.id(), entries, MOST_ENTRIES));
    }

    /// The work of the checker grows with the square of a list.
    private static Optional<String> tooLongTogether(PortNetwork network) {
        long squares = network.ports().stream()
                .mapToLong(p -> p.gates().entries().size())
                .map(entries -> entries * entries)
                .sum();
        return squares <= MOST_EFFORT
                ? Optional.empty()
                : Optional.of("the gate lists of its ports have too many entries to be checked in good time");
    }

    /// The trace of the bounds of all flows.
    ///
    /// @param network in fractions, of which nothing is [#untraced]
    /// @param analysis of it, or of the same network enclosed
    public static String of(PortNetwork network, PortAnalysis analysis) {
        var trace = new PortTrace(network);
        trace.given();
        for (int c = Port.HIGHEST; c >= 0; c--) {
            int trafficClass = c;
            analysis.waits(c).forEach(waits -> trace.delayed(trafficClass, waits));
        }
        for (int flow = 0; flow < network.flows().size(); flow++) {
            for (var bound : analysis.bounds(flow, EnumSet.of(Method.FIFO_TFA))) {
                trace.line(
                        "delay", bound.method().key(), flow, upper(bound.delay().seconds()));
            }
        }
        for (int p = 0; p < network.ports().size(); p++) {
            for (var queue : analysis.queues(p)) {
                if (network.ports().get(p).cycles().isEmpty()) {
                    trace.line(
                            "backlog",
                            queue.trafficClass(),
                            p,
                            upper(queue.backlog().bits()));
                }
            }
        }
        return trace.lines.toString();
    }

    /// What is given in the trace, without claims.
    static String given(PortNetwork network) {
        var trace = new PortTrace(network);
        trace.given();
        return trace.lines.toString();
    }

    private void given() {
        line("gap", network.gap());
        for (int p = 0; p < network.ports().size(); p++) {
            var port = network.ports().get(p);
            line("port", port.rate(), port.leastDelay(), port.mostDelay(), port.bestEffort(), name(port.id()));
        }
        for (int p = 0; p < network.ports().size(); p++) {
            settings(p, network.ports().get(p));
        }
        for (var flow : network.flows()) {
            line(
                    "flow",
                    flow.trafficClass(),
                    flow.smallest(),
                    flow.largest(),
                    flow.arrivals().rate(),
                    flow.arrivals().burst(),
                    listed(flow.path()),
                    name(flow.id()));
        }
    }

    private void settings(int p, Port port) {
        new TreeMap<>(port.idleSlopes()).forEach((c, slope) -> line("slope", p, c, slope));
        new TreeMap<>(port.cycles()).forEach((c, cycle) -> line("cycle", p, c, cycle));
        port.gates().entries().forEach(e -> line("gate", p, e.length(), listed(new TreeSet<>(e.open()))));
        if (!port.regulated().isEmpty()) {
            line("asynchronous", p, listed(new TreeSet<>(port.regulated())));
        }
        var preemption = port.preemption();
        if (!preemption.preemptable().isEmpty()) {
            line("preemptable", p, listed(new TreeSet<>(preemption.preemptable())), preemption.fragment());
        }
    }

    private void delayed(int trafficClass, List<PortAnalysis.Wait> waits) {
        var byPort = new LinkedHashMap<Integer, List<String>>();
        waits.forEach(w -> byPort.computeIfAbsent(w.port(), _ -> new ArrayList<>())
                .add(w.flow() + "=" + upper(w.time().seconds())));
        line(
                "delayed",
                trafficClass,
                byPort.entrySet().stream()
                        .map(e -> e.getKey() + ":" + String.join(",", e.getValue()))
                        .collect(Collectors.joining(" ")));
    }

    private static Scalar upper(Scalar number) {
        return number instanceof Rational exact ? exact : Rational.of(number.upper());
    }

    /// A name ends its line.
    private static String name(String id) {
        return id.replaceAll("[\\r\\n\\u2028\\u2029\\u0085]", " ");
    }

    private static String listed(Collection<Integer> numbers) {
        return numbers.isEmpty() ? "-" : numbers.stream().map(Object::toString).collect(Collectors.joining(","));
    }

    private void line(Object... fields) {
        lines.append(Arrays.stream(fields).map(Object::toString).collect(Collectors.joining(" ")))
                .append('\n');
    }
}
