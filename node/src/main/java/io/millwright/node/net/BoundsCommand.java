package io.millwright.node.net;

import io.millwright.network.bounds.Analysis;
import io.millwright.network.bounds.Bound;
import io.millwright.network.bounds.BoundsTrace;
import io.millwright.network.bounds.Cycle;
import io.millwright.network.bounds.Method;
import io.millwright.network.bounds.Notation;
import io.millwright.network.bounds.ServerGraph;
import io.millwright.network.bounds.ServerGraphFile;
import io.millwright.network.model.PlantNetworks;
import io.millwright.network.model.PortGraph;
import io.millwright.network.number.Rational;
import io.millwright.network.port.PortAnalysis;
import io.millwright.network.port.PortFile;
import io.millwright.network.port.PortNetwork;
import io.millwright.network.port.PortTrace;
import io.millwright.network.solver.OrTools;
import io.millwright.node.command.ExitStatus;
import io.millwright.node.command.Output;
import io.millwright.node.command.PlantFiles;
import io.millwright.node.command.UsageError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mw net bounds`: proved bounds of the delay of every flow through a graph of servers or ports.
@Command(
        name = "bounds",
        mixinStandardHelpOptions = true,
        header = "Bound the delay of every flow and the backlog of every server, in the worst case.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  mw net bounds plant.yaml                      a plant, with its deadlines",
            "  mw net bounds cell.json                       all methods",
            "  mw net bounds cell.json --multiplexing fifo   servers in order of arrival",
            "  mw net bounds cell.json --method arbitrary.tma --explain",
            "  mw net bounds cell.json --proof cell.proof    for mw net verify cell.proof"
        })
final class BoundsCommand implements Callable<Integer> {

    private static final String MEMBERS =
            "a redundant stream x is sent as x.1 and x.2, here over the two ways that take least time together: while"
                    + " both keep the deadline, no frame is lost or late if one of them fails";

    private static final String SHAPED =
            "switches shape sporadic streams: these share one queue of each port (class 1), scheduled streams, which"
                    + " are not shaped, the one above (class 2), all others the one below; no gate closes";

    /// Up to this many passages of servers by flows the analysis is in exact fractions.
    private static final int EXACT_HOPS = 400;

    private static final Notation MICROSECONDS = new Notation(true, "us", Rational.of(1, 1_000_000));

    /// What is known of the order in which servers serve.
    enum Multiplexing {
        ARBITRARY,
        FIFO
    }

    @Parameters(
            paramLabel = "FILE",
            description = "A plant file with its network; or servers or ports, and flows, as JSON.")
    private Path file = Path.of("network.json");

    @Option(
            names = "--multiplexing",
            paramLabel = "ORDER",
            description = "arbitrary: nothing is known of the order in which servers serve; "
                    + "fifo: all serve in order of arrival, where the bounds for any order hold too. "
                    + "Without it, the bounds of both are shown, and the best is one that holds for any order. "
                    + "Queues of ports, and of a plant, are in order of arrival.")
    private @Nullable Multiplexing multiplexing;

    @Option(
            names = "--method",
            paramLabel = "METHOD",
            split = ",",
            description = "Only these: tfa, sfa, pmoo, tma, ludb, lp, or with their order: arbitrary.tma, fifo.lp.")
    private List<String> names = List.of();

    @Option(names = "--explain", description = "Show the steps of the best bound of each flow.")
    private boolean explain;

    @Option(
            names = "--proof",
            paramLabel = "FILE",
            description = "Write the derivation of the bounds, which mw net verify FILE does again.")
    private @Nullable Path proof;

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() {
        var methods = methods();
        var text = PlantFiles.text(file);
        if (!text.stripLeading().startsWith("{")) {
            return plant(text, methods);
        }
        return PortFile.describesPorts(text) ? ports(text, methods) : servers(text, methods);
    }

    private int servers(String text, Set<Method> methods) {
        return switch (ServerGraphFile.read(text)) {
            case ServerGraphFile.Wrong(var mistake) -> throw new UsageError(file + ": " + mistake);
            case ServerGraphFile.Right(var graph, var notation, var notes) -> {
                notes.forEach(output::progress);
                report(graph, notation, notes, methods, Deadlines.NONE);
                yield ExitStatus.OK;
            }
        };
    }

    /// The ports of a plant, which serve in order of arrival.
    private int plant(String text, Set<Method> methods) {
        var plant = PlantFiles.of(text, file.toString());
        var ports = PortGraph.of(PlantNetworks.of(plant.network()), plant.name());
        if (ports.flows().isEmpty()) {
            throw new UsageError(file + ": its network has no streams: there is nothing to bound");
        }
        ports.mistake().ifPresent(mistake -> {
            throw new UsageError(file + ": " + mistake);
        });
        if (proof != null && ports.flows().stream().anyMatch(f -> f.late().signum() > 0)) {
            throw new UsageError("--proof: there is none of bounds that hold with a probability, and streams of " + file
                    + " pass links of kind 5g or wifi");
        }
        if (ports.varies() || ports.shaped().isPresent()) {
            methods = inOrder(methods, ports.shaped().isPresent());
        }
        multiplexing = multiplexing == null ? Multiplexing.FIFO : multiplexing;
        var deadlines = new Deadlines(ports.flows());
        var notes = new ArrayList<String>();
        ports.shaped().ifPresent(_ -> notes.add(SHAPED));
        if (ports.flows().stream().anyMatch(f -> f.member() > 0)) {
            notes.add(MEMBERS);
        }
        notes.forEach(output::progress);
        if (ports.shaped().isPresent()) {
            report(ports.shaped().get(), MICROSECONDS, notes, methods, deadlines);
        } else {
            report(ports.graph(), MICROSECONDS, notes, methods, deadlines);
        }
        return deadlines.hold() ? ExitStatus.OK : ExitStatus.FAILED;
    }

    /// Those that hold where the time between queues varies, or streams are shaped.
    private Set<Method> inOrder(Set<Method> methods, boolean shaped) {
        var kept = EnumSet.copyOf(methods);
        kept.removeIf(m -> !m.isInOrder());
        if (kept.isEmpty()) {
            throw new UsageError(file + ": "
                    + (shaped ? "switches shape sporadic streams" : "processing or delays vary from frame to frame")
                    + ", and then there are only bounds for queues in order of arrival: leave --multiplexing out,"
                    + " or choose --method fifo.tfa");
        }
        return kept;
    }

    private int ports(String text, Set<Method> methods) {
        return switch (PortFile.read(text)) {
            case PortFile.Wrong(var mistake) -> throw new UsageError(file + ": " + mistake);
            case PortFile.Right(var network, var notation, var notes) -> {
                notes.forEach(output::progress);
                report(network, notation, notes, methods, Deadlines.NONE);
                yield ExitStatus.OK;
            }
        };
    }

    private Set<Method> methods() {
        var known = Arrays.stream(Method.values())
                .filter(m -> multiplexing != Multiplexing.ARBITRARY || !m.isInOrder())
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Method.class)));
        if (names.isEmpty()) {
            if (known.contains(Method.FIFO_LP) && !OrTools.isAvailable()) {
                known.remove(Method.FIFO_LP);
            }
            return known;
        }
        var chosen = EnumSet.noneOf(Method.class);
        for (var name : names) {
            var found = known.stream()
                    .filter(m -> m.key().equals(name) || m.key().endsWith("." + name))
                    .toList();
            if (found.isEmpty()) {
                throw new UsageError("--method: there is no method %s here; there are %s"
                        .formatted(name, known.stream().map(Method::key).collect(Collectors.joining(", "))));
            }
            chosen.addAll(found);
        }
        if (chosen.contains(Method.FIFO_LP) && !OrTools.isAvailable()) {
            throw new UsageError("--method lp: " + OrTools.why());
        }
        return chosen;
    }

    private void report(
            ServerGraph graph, Notation notation, List<String> notes, Set<Method> methods, Deadlines deadlines) {
        var inFractions = new Analysis(graph);
        boolean exact = graph.hops() <= EXACT_HOPS && inFractions.canBeExact();
        if (proof != null) {
            prove(graph, methods, exact, proof);
        }
        var analysis = exact ? inFractions : new Analysis(graph.enclosed());
        var report = new BoundsReport(graph, notation, explain);
        for (var cycle : analysis.cycles()) {
            var proof = methods.stream().anyMatch(Method::isInOrder) ? cycle.inOrder() : cycle.anyOrder();
            if (proof.isEmpty()) {
                throw new UsageError(file + ": " + unbounded(cycle, exact));
            }
            report.cycle(cycle);
        }
        var atPorts = EnumSet.of(multiplexing == Multiplexing.ARBITRARY ? Method.ARBITRARY_TFA : Method.FIFO_TFA);
        for (int flow = 0; flow < graph.flows().size(); flow++) {
            int place = flow;
            var bounds = deadlines.withFixed(flow, analysis.bounds(flow, methods));
            var best = best(bounds, multiplexing == Multiplexing.FIFO);
            report.flow(flow, Map.of(), methods, bounds, best);
            deadlines
                    .judge(
                            flow,
                            best,
                            () -> analysis.bounds(place, atPorts).stream().findFirst())
                    .ifPresent(report::deadline);
        }
        for (int server = 0; server < graph.servers().size(); server++) {
            report.server(server, analysis.backlog(server, multiplexing == Multiplexing.FIFO));
        }
        output.json(report.json(order(), exact, notes));
        output.text(report.text(methods));
    }

    private void prove(ServerGraph graph, Set<Method> methods, boolean canBe, Path to) {
        if (!canBe) {
            throw new UsageError(
                    "--proof: written for up to %d passages of servers by flows and %d servers in a cycle; "
                                    .formatted(EXACT_HOPS, Analysis.MOST_IN_CYCLE)
                            + file + " is beyond that");
        }
        write(to, BoundsTrace.of(graph, methods));
    }

    private static void prove(PortNetwork network, PortAnalysis analysis, Set<Method> methods, Path to) {
        PortTrace.untraced(network).ifPresent(why -> {
            throw new UsageError("--proof: " + why);
        });
        if (!methods.contains(Method.FIFO_TFA)) {
            throw new UsageError("--proof: of ports there is one of fifo.tfa only; choose --method fifo.tfa, or none");
        }
        write(to, PortTrace.of(network, analysis));
    }

    private static void write(Path to, String trace) {
        try {
            Files.writeString(to, trace);
        } catch (IOException e) {
            throw new UsageError("--proof: %s cannot be written: %s".formatted(to, e.getMessage()));
        }
    }

    /// The queues of ports are known to be in order of arrival.
    private void report(
            PortNetwork network, Notation notation, List<String> notes, Set<Method> methods, Deadlines deadlines) {
        boolean inFractions = network.hops() <= EXACT_HOPS;
        var outcome = PortAnalysis.of(inFractions ? network : network.enclosed());
        switch (outcome) {
            case PortAnalysis.Unbounded(var why) -> throw new UsageError(file + ": " + why);
            case PortAnalysis.Bounded(var analysis) -> {
                if (proof != null) {
                    prove(network, analysis, methods, proof);
                }
                var report = new BoundsReport(network.graph(), notation, explain);
                for (int flow = 0; flow < network.flows().size(); flow++) {
                    int place = flow;
                    var bounds = deadlines.withFixed(flow, analysis.bounds(flow, methods));
                    var best = best(bounds, true);
                    var trafficClass = network.flows().get(flow).trafficClass();
                    report.flow(flow, Map.of("class", trafficClass), methods, bounds, best);
                    deadlines
                            .judge(
                                    flow,
                                    best,
                                    () -> analysis.bounds(place, EnumSet.of(Method.FIFO_TFA)).stream()
                                            .findFirst())
                            .ifPresent(report::deadline);
                }
                for (int port = 0; port < network.ports().size(); port++) {
                    report.port(network.ports().get(port).id(), analysis.queues(port));
                }
                output.json(report.json(order(), inFractions && !analysis.isCyclic(), notes));
                output.text(report.text(methods));
            }
        }
    }

    private @Nullable String order() {
        return multiplexing == null ? null : multiplexing.name().toLowerCase(Locale.ROOT);
    }

    private static String unbounded(Cycle cycle, boolean exact) {
        return ("flows delay each other in a cycle: %s. The fixed point of total flow analysis is %s there, "
                        + "so no bound is proved, which does not mean that there is none. Lead a flow another way "
                        + "to break the cycle, or let flows bring less")
                .formatted(BoundsReport.way(cycle), exact ? "not finite" : "not proved to be finite");
    }

    /// The least bound that holds for what is known: bounds for any order hold for servers in order of arrival
    /// too.
    private static Optional<Bound> best(List<Bound> bounds, boolean inOrder) {
        return bounds.stream()
                .filter(b -> inOrder || !b.method().isInOrder())
                .reduce((a, b) -> b.delay().isTighterThan(a.delay()) ? b : a);
    }
}
