package io.millwright.certificate.schedule;

import static io.millwright.certificate.schedule.Rule.where;

import io.millwright.certificate.Edge;
import io.millwright.certificate.Malformed;
import io.millwright.certificate.Table;
import io.millwright.certificate.Violations;
import io.millwright.certificate.schedule.Tables.Frame;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/// Puts the tables together to a plan, and finds what does not fit.
final class Assembly {

    /// No more passages of links by frames are replayed for a hyperperiod.
    static final long MAX_PASSAGES = 20_000_000;

    private final Tables tables;
    private final Violations violations;
    private final long hyperperiod;
    private final Map<Edge, Port> ports = new LinkedHashMap<>();
    private final List<Flow> flows = new ArrayList<>();
    private int hops;

    Assembly(Tables tables, Violations violations) throws Malformed {
        this.tables = tables;
        this.violations = violations;
        hyperperiod = hyperperiod(tables);
    }

    private static long hyperperiod(Tables tables) throws Malformed {
        var multiple = BigInteger.ONE;
        for (var stream : tables.streams().values()) {
            var period = BigInteger.valueOf(stream.period());
            multiple = multiple.divide(multiple.gcd(period)).multiply(period);
            if (multiple.compareTo(BigInteger.valueOf(Table.MAX_NANOS)) > 0) {
                throw new Malformed(
                        "streams.csv: up to stream %s the least common multiple of the periods exceeds %d ns"
                                .formatted(stream.id(), Table.MAX_NANOS));
            }
        }
        return multiple.longValueExact();
    }

    /// The plan; one that can be replayed, if no violations were found.
    Plan plan(Limits limits) throws Malformed {
        tables.links().forEach((edge, link) -> ports.put(edge, new Port(ports.size(), link)));
        var entries = new GateLists(tables, hyperperiod, limits, violations).open(ports);
        namesThatAreNoStreams();
        long frames = 0;
        long passages = 0;
        for (var stream : tables.streams().values()) {
            var edges = tables.routes().getOrDefault(stream.id(), Set.of());
            long periods = hyperperiod / stream.period();
            frames += periods;
            // So many frames alone are too many; fewer times the lines of a file are far from the ends of a long.
            passages += frames > MAX_PASSAGES ? frames : periods * edges.size();
            if (passages > MAX_PASSAGES) {
                throw new Malformed(
                        "streams.csv: up to stream %s more than %d frames pass links in a hyperperiod of %d ns"
                                .formatted(stream.id(), MAX_PASSAGES, hyperperiod));
            }
            if (edges.isEmpty() && !tables.offsets().containsKey(new Frame(stream.id(), 0))) {
                violations.add(() -> Rule.ROUTE.at(
                        where("stream", stream.id()),
                        "the plan does not have it: it has no route and no offset, so nothing is sent for it"));
                flows.add(new Flow(stream, 1));
                continue;
            }
            var flow = flow(stream, periods);
            new Tree(flow, edges, tables, ports, violations).grow(hops);
            hops += flow.hops.size();
            if (tables.twins().contains(stream.id())) {
                flow.twin = flows.getLast();
                flow.twin.twin = flow;
                flow.windows = tables.recovery().getOrDefault(stream.id().replaceAll("\\.2$", ""), Map.of());
            }
            flows.add(flow);
        }
        rowsWithoutUse();
        return new Plan(flows, List.copyOf(ports.values()), hyperperiod, frames, passages, entries);
    }

    private void namesThatAreNoStreams() {
        var named = new LinkedHashSet<>(tables.routes().keySet());
        tables.frames().forEach(f -> named.add(f.stream()));
        named.removeAll(tables.streams().keySet());
        named.forEach(stream ->
                violations.add(() -> Rule.ROUTE.at(where("stream", stream), "the plan has it, streams.csv does not")));
    }

    private Flow flow(Tables.Stream stream, long periods) {
        int counted = (int) IntStream.range(0, Integer.MAX_VALUE)
                .takeWhile(i -> tables.offsets().containsKey(new Frame(stream.id(), i)))
                .count();
        int frames = counted > 0 && periods % counted == 0 ? counted : 1;
        if (frames != counted) {
            violations.add(() -> Rule.OFFSET.at(
                    where("stream", stream.id()),
                    "OFFSET.csv has %d of its frames; it would be 1, or a number that divides the %d of a hyperperiod"
                            .formatted(counted, periods)));
        }
        var flow = new Flow(stream, frames);
        for (int i = 0; i < frames; i++) {
            var frame = new Frame(stream.id(), i);
            long offset = tables.offsets().getOrDefault(frame, 0L);
            flow.offsets[i] = offset;
            if (offset < 0 || offset >= stream.period()) {
                violations.add(() -> Rule.OFFSET.at(
                        where("stream", stream.id(), "frame", frame.number()),
                        "offset %d does not lie in the period, 0 … %d".formatted(offset, stream.period() - 1)));
            }
            flow.claims[i] = tables.delays().getOrDefault(frame, 0L);
            if (!tables.delays().containsKey(frame)) {
                violations.add(() -> Rule.DELAY.at(
                        where("stream", stream.id(), "frame", frame.number()), "DELAY.csv claims nothing for it"));
            }
        }
        return flow;
    }

    /// Rows for frames that have no offset, or for links that a stream does not take.
    private void rowsWithoutUse() {
        var frames = new HashMap<String, Integer>();
        flows.forEach(f -> frames.put(f.stream.id(), f.frames()));
        for (var frame : tables.frames()) {
            if (frame.number() >= frames.getOrDefault(frame.stream(), Integer.MAX_VALUE)) {
                violations.add(() -> Rule.OFFSET.at(
                        where("stream", frame.stream(), "frame", frame.number()),
                        "a row for a frame the plan does not have: without an offset, or one too many"));
            }
        }
        for (var passage : tables.queues().keySet()) {
            var stream = passage.frame().stream();
            if (!tables.routes().getOrDefault(stream, Set.of()).contains(passage.link())) {
                violations.add(() -> Rule.QUEUE.at(
                        where("stream", stream, "frame", passage.frame().number(), "link", passage.link()),
                        "it has a queue there, but does not come there"));
            }
        }
    }
}
