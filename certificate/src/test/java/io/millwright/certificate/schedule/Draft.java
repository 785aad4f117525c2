package io.millwright.certificate.schedule;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.millwright.certificate.Verdict;
import io.millwright.certificate.Violation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The tables of a plan, cell by cell, to be written and to be spoiled.
final class Draft implements UnaryOperator<String> {

    private static final Map<String, String> HEADS = Map.of(
            "topology.csv", "link,q_num,rate,t_proc,t_prop",
            "streams.csv", "stream,src,dst,size,period,deadline,jitter",
            "GCL.csv", "link,queue,start,end,cycle",
            "OFFSET.csv", "stream,frame,offset",
            "ROUTE.csv", "stream,link",
            "QUEUE.csv", "stream,frame,link,queue",
            "DELAY.csv", "stream,frame,delay",
            "RECOVERY.csv", "stream,listener,history,reset_ms");

    private static final String REDUNDANT = "stream,src,dst,size,period,deadline,jitter,redundancy";

    private static final String LIMITED =
            ",gate_entries,min_gate,tick,longest_cycle,buffer,t_proc_min,t_prop_min,cut_through,sync_error";

    private final Map<String, List<List<String>>> tables = new LinkedHashMap<>();

    Draft() {
        HEADS.keySet().stream().sorted().forEach(f -> tables.put(f, new ArrayList<>()));
    }

    Draft copy() {
        var copy = new Draft();
        tables.forEach((file, rows) -> rows.forEach(r -> copy.tables.get(file).add(new ArrayList<>(r))));
        return copy;
    }

    List<List<String>> rows(String file) {
        return tables.get(file);
    }

    Draft add(String file, Object... cells) {
        rows(file).add(Arrays.stream(cells).map(Object::toString).collect(Collectors.toCollection(ArrayList::new)));
        return this;
    }

    /// A link of 8 queues at 1 ns for a bit, with 2000 ns of processing.
    Draft link(String link) {
        return add("topology.csv", link, 8, 1, 2000, 0);
    }

    /// A stream that has one frame in the plan, and its route.
    Draft stream(int stream, int source, String listeners, long size, long period, long deadline, String... route) {
        add("streams.csv", stream, source, listeners, size, period, deadline, 0);
        for (var link : route) {
            add("ROUTE.csv", stream, link);
        }
        return this;
    }

    Draft frame(int stream, int frame, long offset, long delay) {
        return add("OFFSET.csv", stream, frame, offset).add("DELAY.csv", stream, frame, delay);
    }

    /// The queue of frame 0 on a link.
    Draft queue(int stream, String link, int queue) {
        return add("QUEUE.csv", stream, 0, link, queue);
    }

    Draft gate(String link, int queue, long start, long end, long cycle) {
        return add("GCL.csv", link, queue, start, end, cycle);
    }

    /// The same with an error of the clock of each node, at every port.
    Draft clocks(ToLongFunction<String> error) {
        var copy = copy();
        for (var row : copy.rows("topology.csv")) {
            row.addAll(Collections.nCopies(13 - row.size(), ""));
            row.add("" + error.applyAsLong(node(row.getFirst())));
        }
        return copy;
    }

    /// The node that a link leads away from.
    static String node(String link) {
        return link.replaceAll("[( ]|,.*", "");
    }

    @Override
    public String apply(String file) {
        boolean limited = file.equals("topology.csv") && rows(file).stream().anyMatch(r -> r.size() > 5);
        boolean redundant = file.equals("streams.csv") && rows(file).stream().anyMatch(r -> r.size() == 8);
        var text = new StringBuilder(redundant ? REDUNDANT : HEADS.get(file))
                .append(limited ? LIMITED : "")
                .append('\n');
        for (var row : rows(file)) {
            var rest = limited ? Collections.nCopies(14 - row.size(), "") : List.<String>of();
            text.append(Stream.concat(row.stream(), rest.stream())
                            .map(c -> c.contains(",") ? '"' + c + '"' : c)
                            .collect(Collectors.joining(",")))
                    .append('\n');
        }
        return text.toString();
    }

    Verdict<Figures> check(Limits limits) {
        return ScheduleChecker.check(this, limits);
    }

    /// Its figures, as it holds.
    Figures verified(Limits limits) {
        return switch (check(limits)) {
            case Verdict.Verified<Figures>(var figures) -> figures;
            case Verdict.Refuted<Figures> refuted -> throw new AssertionError(refuted.toString());
            case Verdict.Refused<Figures>(var why) -> throw new AssertionError(why);
        };
    }

    /// What is wrong with it.
    List<String> wrong(Limits limits) {
        var verdict = check(limits);
        var refuted = assertInstanceOf(Verdict.Refuted.class, verdict, verdict::toString);
        return ((Verdict.Refuted<?>) refuted)
                .shown().stream().map(Violation::toString).toList();
    }
}
