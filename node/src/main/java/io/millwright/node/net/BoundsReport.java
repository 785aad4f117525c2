package io.millwright.node.net;

import io.millwright.network.bounds.Bound;
import io.millwright.network.bounds.Cycle;
import io.millwright.network.bounds.Method;
import io.millwright.network.bounds.Notation;
import io.millwright.network.bounds.ServerGraph;
import io.millwright.network.bounds.Step;
import io.millwright.network.curve.Data;
import io.millwright.network.model.Share;
import io.millwright.network.port.PortAnalysis;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What `mw net bounds` found, as JSON and as text for people.
final class BoundsReport {

    private static final int NAME_WIDTH = 12;
    private static final int WIDTH = 15;

    private final ServerGraph graph;
    private final Notation notation;
    private final boolean explain;
    private final List<Map<String, Object>> flows = new ArrayList<>();
    private final List<Map<String, Object>> servers = new ArrayList<>();
    private final List<Map<String, Object>> cycles = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private final List<String> footer = new ArrayList<>();
    private boolean ports;

    BoundsReport(ServerGraph graph, Notation notation, boolean explain) {
        this.graph = graph;
        this.notation = notation;
        this.explain = explain;
    }

    /// @param properties what else is known of the flow
    void flow(
            int place, Map<String, Object> properties, Set<Method> methods, List<Bound> bounds, Optional<Bound> best) {
        var flow = graph.flows().get(place);
        var delay = new LinkedHashMap<String, String>();
        bounds.forEach(b -> delay.put(b.method().key(), notation.write(b.delay())));
        var json = new LinkedHashMap<String, Object>();
        json.put("id", flow.id());
        json.put(
                "path",
                flow.path().stream().map(s -> graph.servers().get(s).id()).toList());
        json.putAll(properties);
        json.put("rate", notation.write(flow.arrivals().rate().bitsPerSecond()));
        json.put("burst", notation.write(flow.arrivals().burst().bits()));
        json.put("delay", delay);
        best.ifPresent(b -> {
            json.put("best", notation.write(b.delay()));
            json.put("method", b.method().key());
        });
        var line = new StringBuilder(named(flow.id()));
        for (var method : Method.values()) {
            var found = bounds.stream().filter(b -> b.method() == method).findFirst();
            if (methods.contains(method)) {
                line.append(
                        ("%" + WIDTH + "s").formatted(found.map(this::shortly).orElse("–")));
            }
        }
        lines.add(line.toString().stripTrailing());
        var shown = best.or(() -> bounds.stream().reduce((a, b) -> b));
        if (explain && shown.isPresent()) {
            json.put("steps", shown.get().steps().stream().map(this::json).toList());
            lines.addAll(explanation(shown.get()));
        }
        flows.add(json);
    }

    /// Says of the last flow whether its deadline is kept.
    void deadline(Deadlines.Judgement judgement) {
        var json = flows.getLast();
        json.put("deadline", notation.write(judgement.deadline()));
        json.put("fixed", notation.write(judgement.fixed()));
        if (judgement.late().signum() > 0) {
            json.put("probability", BigDecimal.ONE.subtract(judgement.late()));
            json.put("loss", judgement.loss());
        }
        if (!judgement.shares().isEmpty()) {
            json.put("domains", judgement.shares().stream().map(this::json).toList());
        }
        json.put("holds", judgement.holds());
        lines.add("    deadline %s: %s".formatted(notation.rounded(judgement.deadline(), 9), judged(judgement)));
        judgement
                .shares()
                .forEach(share -> lines.add("      in domain %s: %s at most%s"
                        .formatted(share.domain().name(), notation.rounded(share.delay(), 9), withinBudget(share))));
    }

    private Map<String, Object> json(Share share) {
        var json = new LinkedHashMap<String, Object>();
        json.put("domain", share.domain().name());
        json.put("delay", notation.write(share.delay()));
        share.domain().budget().ifPresent(budget -> json.put("budget", notation.write(budget)));
        return json;
    }

    private String withinBudget(Share share) {
        return share.domain()
                .budget()
                .map(budget -> ", budget " + notation.rounded(budget, 9)
                        + (share.holds() ? "" : ": not proved to be within it"))
                .orElse("");
    }

    private static String judged(Deadlines.Judgement judgement) {
        var kept = judgement.inTime() ? "kept in the worst case" : "not proved to be kept without gates";
        return judgement.late().signum() == 0 ? kept : kept + Likely.text(judgement.late(), judgement.loss());
    }

    /// A bound in a column: a long fraction as a decimal, rounded up.
    private String shortly(Bound bound) {
        var text = notation.write(bound.delay());
        return text.length() < WIDTH ? text : notation.rounded(bound.delay(), 9);
    }

    void server(int place, Optional<Data> backlog) {
        var json = new LinkedHashMap<String, Object>();
        json.put("id", graph.servers().get(place).id());
        backlog.ifPresent(b -> json.put("backlog", notation.write(b.bits())));
        servers.add(json);
    }

    /// A port with its queues, from the highest class down.
    void port(String id, List<PortAnalysis.Queue> queues) {
        var classes = new ArrayList<Map<String, Object>>();
        for (var queue : queues) {
            var json = new LinkedHashMap<String, Object>();
            json.put("class", queue.trafficClass());
            json.put("rate", notation.write(queue.service().rate().bitsPerSecond()));
            json.put("latency", notation.write(queue.service().latency()));
            json.put("delay", notation.write(queue.delay()));
            json.put("backlog", notation.write(queue.backlog().bits()));
            classes.add(json);
            if (explain) {
                footer.add("port %s, class %d: rate %s after %s; no frame waits longer than %s, no more than %s bit"
                        .formatted(
                                id,
                                queue.trafficClass(),
                                notation.rounded(queue.service().rate().bitsPerSecond(), 9),
                                notation.rounded(queue.service().latency(), 9),
                                notation.rounded(queue.delay(), 9),
                                notation.rounded(queue.backlog().bits(), 9)));
            }
        }
        var json = new LinkedHashMap<String, Object>();
        json.put("id", id);
        json.put("classes", classes);
        servers.add(json);
        ports = true;
    }

    void cycle(Cycle cycle) {
        var json = new LinkedHashMap<String, Object>();
        json.put("way", cycle.way());
        json.put("servers", cycle.servers());
        footer.add("cycle %s: on it and behind it only tfa has bounds%s; they hold for a network that starts empty"
                .formatted(way(cycle), cycle.anyOrder().isEmpty() ? ", in order of arrival alone" : ""));
        cycle.anyOrder().ifPresent(p -> proof("arbitrary", p, cycle, json));
        cycle.inOrder().ifPresent(p -> proof("fifo", p, cycle, json));
        cycles.add(json);
    }

    private void proof(String order, Cycle.Proof proof, Cycle cycle, Map<String, Object> json) {
        var found = new LinkedHashMap<String, Object>();
        switch (proof) {
            case Cycle.Pivots(var least) -> {
                found.put("leastPivot", least.toString());
                if (explain) {
                    footer.add("    %s: no pivot is below %.6g".formatted(order, least.lower()));
                }
            }
            case Cycle.Vector(var delays) -> {
                var all = new LinkedHashMap<String, String>();
                for (int i = 0; i < delays.size(); i++) {
                    all.put(cycle.servers().get(i), notation.write(delays.get(i)));
                }
                found.put("delays", all);
                if (explain) {
                    footer.add("    %s: the delays found lead to smaller ones at each of %d servers"
                            .formatted(order, delays.size()));
                }
            }
        }
        json.put(order, found);
    }

    /// A cycle for people to read, without the middle of a long one.
    static String way(Cycle cycle) {
        var way = cycle.way();
        return way.size() <= 12
                ? String.join(" → ", way)
                : String.join(" → ", way.subList(0, 10)) + " → … → " + way.getLast();
    }

    private Map<String, Object> json(Step step) {
        var json = new LinkedHashMap<String, Object>();
        json.put("servers", step.servers());
        json.put("rate", notation.write(step.leftover().rate().bitsPerSecond()));
        json.put("latency", notation.write(step.leftover().latency()));
        json.put("cross", step.cross().stream().map(this::json).toList());
        return json;
    }

    private Map<String, Object> json(Step.Cross cross) {
        var json = new LinkedHashMap<String, Object>();
        json.put("flows", cross.flows());
        json.put("from", cross.from());
        json.put("to", cross.to());
        json.put("rate", notation.write(cross.arrivals().rate().bitsPerSecond()));
        json.put("burst", notation.write(cross.arrivals().burst().bits()));
        return json;
    }

    private List<String> explanation(Bound bound) {
        var text = new ArrayList<String>();
        text.add("    %s: %s".formatted(bound.method().key(), notation.write(bound.delay())));
        for (var step : bound.steps()) {
            text.add("    %s: rate %s after %s"
                    .formatted(
                            String.join(" → ", step.servers()),
                            notation.rounded(step.leftover().rate().bitsPerSecond(), 9),
                            notation.rounded(step.leftover().latency(), 9)));
            for (var cross : step.cross()) {
                text.add("        %s from %s to %s: burst %s, rate %s"
                        .formatted(
                                names(cross.flows()),
                                cross.from(),
                                cross.to(),
                                notation.rounded(cross.arrivals().burst().bits(), 9),
                                notation.rounded(cross.arrivals().rate().bitsPerSecond(), 9)));
            }
        }
        return text;
    }

    private static String names(List<String> flows) {
        return flows.size() <= 6
                ? String.join(", ", flows)
                : String.join(", ", flows.subList(0, 5)) + " and " + (flows.size() - 5) + " more";
    }

    Object json(@Nullable String multiplexing, boolean exact, List<String> notes) {
        var json = new LinkedHashMap<String, Object>();
        json.put("name", graph.name());
        if (multiplexing != null) {
            json.put("multiplexing", multiplexing);
        }
        json.put("exact", exact);
        if (!cycles.isEmpty()) {
            json.put("cyclic", true);
        }
        if (!cycles.isEmpty() && explain) {
            json.put("cycles", cycles);
        }
        if (!notes.isEmpty()) {
            json.put("notes", notes);
        }
        json.put(ports ? "ports" : "servers", servers);
        json.put("flows", flows);
        return json;
    }

    /// The first column, which has room for the longest name.
    private String named(String text) {
        int longest =
                graph.flows().stream().mapToInt(f -> f.id().length()).max().orElse(0);
        return text + " ".repeat(Math.max(NAME_WIDTH, longest) - text.length());
    }

    String text(Set<Method> methods) {
        var head = new StringBuilder(named("flow"));
        for (var method : Method.values()) {
            if (methods.contains(method)) {
                head.append(("%" + WIDTH + "s").formatted(method.key()));
            }
        }
        return head + "\n" + String.join("\n", lines)
                + footer.stream().map("\n"::concat).collect(Collectors.joining());
    }
}
