package io.millwright.certificate.beside;

import io.millwright.certificate.Edge;
import io.millwright.certificate.Fraction;
import io.millwright.certificate.Malformed;
import io.millwright.certificate.Verdict;
import io.millwright.certificate.Violation;
import io.millwright.certificate.Violations;
import io.millwright.certificate.beside.BesideTables.Link;
import io.millwright.certificate.beside.BesideTables.Opening;
import io.millwright.certificate.beside.BesideTables.Sporadic;
import io.millwright.certificate.beside.BesideTables.Wait;
import io.millwright.certificate.beside.BesideTables.Way;
import io.millwright.certificate.ports.PortFigures;
import io.millwright.certificate.ports.PortsChecker;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Checks bounds of sporadic streams beside a schedule of gates, for which
/// [ScheduleChecker][io.millwright.certificate.schedule.ScheduleChecker] answers.
///
/// Given are the links of `topology.csv` and `untimed.csv`, and the streams of `sporadic.csv`; claimed are `WAIT.csv`
/// and `BOUND.csv`. While a gate of a port is open for scheduled frames, by a clock that is wrong by up to the sync
/// error either way, all others of the port are closed; else they are open. Sporadic streams share the queue below
/// those of scheduled ones, all others the one below that, of which one longest frame may be in the way. Ports with
/// these gates and flows are made of the tables as [PortsChecker] reads them, so that what is claimed is claimed of
/// them and of no others.
public final class BesideChecker {

    /// The class of sporadic streams; all others are of class 0.
    private static final int SPORADIC = 1;

    /// The longest frame of Ethernet with a tag, with preamble, check sequence and gap, in bits.
    private static final long OTHERS = 8 * 1542;

    private static final Pattern FRACTION = Pattern.compile("(\\d+)/(\\d+)");
    private static final int DIGITS = 6;

    private final BesideTables tables;
    private final long syncError;
    private final Violations violations = new Violations();
    private final Set<Way> asked = new HashSet<>();
    private final List<Flow> flows = new ArrayList<>();
    private final Map<Edge, Port> ports = new LinkedHashMap<>();
    private final List<String> trace = new ArrayList<>(List.of(PortsChecker.KIND + " 1"));

    /// By the number of a line of the trace, what it claims something of.
    private final Map<String, Map<String, String>> places = new HashMap<>();

    /// A port that sporadic streams pass.
    ///
    /// @param largest the largest of their frames, in bytes
    private record Port(int number, Link link, long largest) {
        Port and(Port other) {
            return new Port(number, link, Math.max(largest, other.largest));
        }
    }

    /// A stream on its way to a listener.
    ///
    /// @param bound what is claimed of the whole way, in ns
    /// @param waits what is claimed of each port, by its number, in their order
    private record Flow(Sporadic stream, Way way, long bound, Map<Integer, Wait> waits) {}

    private BesideChecker(BesideTables tables, long syncError) {
        this.tables = tables;
        this.syncError = syncError;
    }

    /// Checks the bounds. Does not fail, whatever the files hold.
    ///
    /// @param files gives the text of a file by its name, an empty one where there is none
    /// @param syncError by which every clock may be wrong, in ns, besides what the tables say of it
    public static Verdict<BesideFigures> check(UnaryOperator<String> files, long syncError) {
        try {
            if (!files.apply("sporadic.csv").isEmpty()) {
                return new BesideChecker(BesideTables.read(files), syncError).verdict();
            }
            for (var file : List.of("BOUND.csv", "WAIT.csv")) {
                if (!files.apply(file).isEmpty()) {
                    throw new Malformed(file + ": there is no sporadic.csv with the streams that it speaks of");
                }
            }
            return new Verdict.Verified<>(new BesideFigures(List.of()));
        } catch (Malformed e) {
            return new Verdict.Refused<>(String.valueOf(e.getMessage()));
        }
    }

    private Verdict<BesideFigures> verdict() throws Malformed {
        for (var stream : tables.streams()) {
            stream.listeners().forEach(listener -> follow(stream, new Way(stream.name(), listener)));
        }
        Stream.concat(tables.bounds().keySet().stream(), tables.waits().keySet().stream())
                .filter(asked::add)
                .forEach(way -> wrong("route", place(way), "sporadic.csv has no such stream and listener"));
        ports.forEach(this::judge);
        if (!violations.isEmpty()) {
            return violations.refuted(true);
        }
        ports.forEach(this::addPort);
        flows.forEach(this::addFlow);
        addClaims();
        return flows.isEmpty() ? verified() : proved();
    }

    private void wrong(String rule, Map<String, String> where, String what) {
        violations.add(() -> new Violation(rule, where, what));
    }

    private static Map<String, String> place(Way way) {
        var place = new LinkedHashMap<String, String>();
        place.put("stream", way.stream());
        place.put("listener", way.listener());
        return place;
    }

    /// Follows a stream from link to link to a listener.
    private void follow(Sporadic stream, Way way) {
        asked.add(way);
        var claimed = tables.waits().getOrDefault(way, Map.of());
        var next = new HashMap<String, Edge>();
        claimed.keySet().forEach(edge -> next.put(edge.from(), edge));
        var waits = new LinkedHashMap<Integer, Wait>();
        var late = BigDecimal.ZERO;
        var at = stream.source();
        for (var edge = next.remove(at); edge != null; edge = next.remove(at)) {
            at = edge.to();
            var link = tables.links().get(edge);
            var wait = claimed.get(edge);
            if (link == null || wait == null) {
                wrong("route", place(way), "there is no link " + edge);
                return;
            }
            late = late.add(link.late());
            waits.put(
                    ports.merge(edge, new Port(ports.size(), link, stream.size()), Port::and)
                            .number(),
                    wait);
        }
        if (waits.isEmpty() || !at.equals(way.listener()) || waits.size() < claimed.size()) {
            wrong(
                    "route",
                    place(way),
                    "WAIT.csv leads it from %s to %s, over %d of its %d links"
                            .formatted(stream.source(), at, waits.size(), claimed.size()));
        }
        if (late.compareTo(stream.loss()) > 0) {
            wrong("loss", place(way), "lost with a probability of %s, tolerated %s".formatted(late, stream.loss()));
        }
        var bound = tables.bounds().get(way);
        if (bound == null) {
            wrong("bound", place(way), "BOUND.csv claims nothing for it");
            return;
        }
        if (bound > stream.deadline()) {
            wrong("deadline", place(way), "it may take %d, deadline %d".formatted(bound, stream.deadline()));
        }
        flows.add(new Flow(stream, way, bound, waits));
    }

    /// Whether a port has the queues and gates that this is about.
    private void judge(Edge edge, Port port) {
        long queues = port.link.queues();
        long left = Math.min(queues, tables.lowest().getOrDefault(edge, queues));
        if (left <= SPORADIC) {
            wrong(
                    "queue",
                    Map.of("link", edge.toString()),
                    "of %d queues scheduled streams leave %d; sporadic ones and all others need one each"
                            .formatted(queues, left));
        }
        if (tables.lowest().containsKey(edge) && !tables.openings().containsKey(edge)) {
            wrong("gate", Map.of("link", edge.toString()), "scheduled frames pass it, GCL.csv has no entries for it");
        }
    }

    private void add(Object... fields) {
        trace.add(Stream.of(fields).map(Object::toString).collect(Collectors.joining(" ")));
    }

    private void addPort(Edge edge, Port port) {
        var link = port.link;
        var ahead = Fraction.of(8 * Math.max(0, port.largest - link.head())).over(link.rate());
        add("port", link.rate(), Fraction.of(link.least()).minus(ahead), link.most(), OTHERS, edge);
        if (link.slope().isPositive()) {
            add("slope", port.number, SPORADIC, link.slope());
        }
        if (link.asynchronous()) {
            add("asynchronous", port.number, SPORADIC);
        }
        var openings = tables.openings().getOrDefault(edge, List.of());
        if (!openings.isEmpty()) {
            addGates(port.number, openings, Math.max(syncError, link.syncError()));
        }
    }

    /// The gates of sporadic streams and all others: closed while some other may be open.
    private void addGates(int port, List<Opening> openings, long error) {
        long cycle = openings.getFirst().cycle();
        var closed = new TreeMap<Long, Long>();
        for (var opening : openings) {
            long from = Math.floorMod(opening.start() - error, cycle);
            long end = from + Math.min(cycle, opening.end() - opening.start() + 2 * error);
            closed.merge(from, Math.min(end, cycle), Math::max);
            closed.merge(0L, Math.max(0, end - cycle), Math::max);
        }
        long from = 0;
        long end = 0;
        for (var time : closed.entrySet()) {
            if (time.getKey() > end) {
                addGate(port, end - from, "-");
                addGate(port, time.getKey() - end, "0," + SPORADIC);
                from = time.getKey();
            }
            end = Math.max(end, time.getValue());
        }
        addGate(port, end - from, "-");
        addGate(port, cycle - end, "0," + SPORADIC);
    }

    private void addGate(int port, long nanos, String open) {
        if (nanos > 0) {
            add("gate", port, nanos, open);
        }
    }

    private void addFlow(Flow flow) {
        var bits = Fraction.of(8 * flow.stream.size());
        var rate = bits.over(Fraction.of(flow.stream.period()));
        var way = flow.waits.keySet().stream().map(Object::toString).collect(Collectors.joining(","));
        add("flow", SPORADIC, bits, bits, rate, bits, way, flow.way.stream() + " to " + flow.way.listener());
    }

    private void addClaims() {
        var steps = new TreeMap<Long, Map<Integer, List<String>>>();
        for (int i = 0; i < flows.size(); i++) {
            int flow = i;
            flows.get(i)
                    .waits
                    .forEach((port, wait) -> steps.computeIfAbsent(wait.step(), _ -> new LinkedHashMap<>())
                            .computeIfAbsent(port, _ -> new ArrayList<>())
                            .add(flow + "=" + wait.time()));
        }
        steps.forEach((step, queues) -> {
            var said = queues.entrySet().stream().map(q -> q.getKey() + ":" + String.join(",", q.getValue()));
            add("delayed", SPORADIC, said.collect(Collectors.joining(" ")));
            places.put(Integer.toString(trace.size()), Map.of("step", step.toString()));
        });
        for (int i = 0; i < flows.size(); i++) {
            add("delay fifo.tfa", i, flows.get(i).bound);
            places.put(Integer.toString(trace.size()), place(flows.get(i).way));
        }
    }

    private Verdict<BesideFigures> proved() throws Malformed {
        return switch (PortsChecker.check(String.join("\n", trace))) {
            case Verdict.Verified<PortFigures> _ -> verified();
            case Verdict.Refused<PortFigures>(var why) ->
                throw new Malformed("WAIT.csv: " + why.replaceFirst("^\\d+: ", ""));
            case Verdict.Refuted<PortFigures> refuted -> {
                // what is wrong further on may follow from this
                var first = refuted.shown().getFirst();
                var place = places.getOrDefault(first.where().get("line"), Map.of());
                var file = place.containsKey("step") ? "WAIT.csv: " : "BOUND.csv: ";
                wrong("bound", place, file + inDecimals(first.what()));
                yield violations.refuted(true);
            }
        };
    }

    /// Fractions as decimals, rounded up.
    private static String inDecimals(String text) {
        return FRACTION.matcher(text)
                .replaceAll(f -> new BigDecimal(f.group(1))
                        .divide(new BigDecimal(f.group(2)), DIGITS, RoundingMode.CEILING)
                        .stripTrailingZeros()
                        .toPlainString());
    }

    private Verdict<BesideFigures> verified() {
        return new Verdict.Verified<>(new BesideFigures(flows.stream()
                .map(f -> new BesideFigures.Bound(f.way.stream(), f.way.listener(), f.bound, f.stream.deadline()))
                .toList()));
    }
}
