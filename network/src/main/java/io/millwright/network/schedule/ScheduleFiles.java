package io.millwright.network.schedule;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A schedule as files: `GCL.csv`, `OFFSET.csv`, `ROUTE.csv`, `QUEUE.csv` and `DELAY.csv` in the notation of
/// the benchmark tsnkit, and `schedule.json`.
public final class ScheduleFiles {

    /// How `schedule.json` names its format.
    static final String FORMAT = "millwright-schedule/1";

    /// The table of what listeners eliminate; only where there are redundant streams.
    public static final String RECOVERY = "RECOVERY.csv";

    private final Schedule schedule;
    private final Names names;
    private final Topology topology;
    private final long hyperperiod;
    private final List<Redundancy> redundant;

    private ScheduleFiles(Schedule schedule, Names names) {
        this.schedule = schedule;
        this.names = names;
        topology = schedule.problem().topology();
        hyperperiod = schedule.problem().hyperperiodNanos();
        redundant = Redundancy.of(schedule);
    }

    /// What a file holds.
    @FunctionalInterface
    public interface Content {
        /// Writes it all.
        void writeTo(Appendable out) throws IOException;
    }

    /// The files of a schedule whose nodes and streams are numbers.
    public static Map<String, Content> of(Schedule schedule) {
        return of(schedule, new Names());
    }

    /// The files of a schedule by their names.
    ///
    /// @param names of its nodes and streams
    public static Map<String, Content> of(Schedule schedule, Names names) {
        var files = new ScheduleFiles(schedule, names);
        var contents = new LinkedHashMap<String, Content>();
        contents.put("GCL.csv", files::gates);
        contents.put("OFFSET.csv", files::offsets);
        contents.put("ROUTE.csv", files::routes);
        contents.put("QUEUE.csv", files::queues);
        contents.put("DELAY.csv", files::delays);
        if (!files.redundant.isEmpty()) {
            contents.put(RECOVERY, files::recovery);
        }
        contents.put("schedule.json", files::json);
        return contents;
    }

    /// The same files, and those of the problem: `topology.csv` and `streams.csv`.
    public static Map<String, Content> whole(Schedule schedule) {
        return whole(schedule, new Names());
    }

    /// The same by their names.
    ///
    /// @param names of nodes and streams
    public static Map<String, Content> whole(Schedule schedule, Names names) {
        var files = new ScheduleFiles(schedule, names);
        var contents = new LinkedHashMap<String, Content>();
        contents.put("topology.csv", files::links);
        contents.put("streams.csv", files::asked);
        contents.putAll(of(schedule, names));
        return contents;
    }

    private void links(Appendable out) throws IOException {
        boolean limited = topology.links().stream().anyMatch(l -> l.limits().hasCells());
        boolean varied = topology.links().stream().anyMatch(Link::varies);
        boolean clocks = topology.links().stream().anyMatch(l -> l.limits().syncErrorNanos() > 0);
        var further = (limited ? Limits.COLUMNS : "")
                + (varied ? Link.Earliest.COLUMNS : "")
                + (clocks ? Limits.CLOCK_COLUMN : "");
        line(out, "link", "q_num", "rate", "t_proc", "t_prop" + further);
        for (int i = 0; i < topology.links().size(); i++) {
            var link = topology.links().get(i);
            var rate = BigDecimal.valueOf(link.megabitsPerSecond(), 3).stripTrailingZeros();
            var rest = link.propagationNanos()
                    + (limited ? link.limits().cells() : "")
                    + (varied ? link.earliest().cells() : "")
                    + (clocks ? link.limits().clockCell() : "");
            line(out, link(i), link.queues(), rate.toPlainString(), link.processingNanos(), rest);
        }
    }

    /// The members of a redundant stream are one stream in the table, a member by itself is one of its own.
    private void asked(Appendable out) throws IOException {
        var members = new HashMap<Integer, Stream>();
        redundant.forEach(r -> members.put(r.stream().id(), r.other()));
        boolean plain = members.isEmpty();
        line(out, "stream", "src", "dst", "size", "period", "deadline", plain ? "jitter" : "jitter,redundancy");
        for (var stream : streams()) {
            var second = members.get(stream.id());
            if (!stream.equals(second)) {
                line(
                        out,
                        second == null ? names.stream(stream) : names.stream(stream.id()),
                        names.node(stream.source()),
                        stream.destinations().stream().map(names::node).collect(Collectors.joining(", ", "\"[", "]\"")),
                        stream.octets(),
                        stream.periodNanos(),
                        stream.deadlineNanos(),
                        stream.jitterNanos() + (plain ? "" : second == null ? ",1" : ",2"));
            }
        }
    }

    private List<Stream> streams() {
        return schedule.problem().streams();
    }

    private String link(int link) {
        return "\"" + names.link(topology.links().get(link)) + "\"";
    }

    private static void line(Appendable out, Object... cells) throws IOException {
        for (int i = 0; i < cells.length; i++) {
            out.append(i == 0 ? "" : ",").append(cells[i].toString());
        }
        out.append('\n');
    }

    private void gates(Appendable out) throws IOException {
        line(out, "link", "queue", "start", "end", "cycle");
        var lists = GateList.of(schedule);
        for (int link = 0; link < lists.size(); link++) {
            var list = lists.get(link);
            for (var window : list.windows()) {
                line(out, link(link), window.queue(), window.start(), window.end(), list.cycleNanos());
            }
        }
    }

    /// Something for each frame of a stream.
    @FunctionalInterface
    private interface PerFrame {
        void write(Stream stream, Placement placement, long frame) throws IOException;
    }

    private void frames(PerFrame writer) throws IOException {
        for (int s = 0; s < streams().size(); s++) {
            var stream = streams().get(s);
            for (long frame = 0; frame < hyperperiod / stream.periodNanos(); frame++) {
                writer.write(stream, schedule.placements().get(s), frame);
            }
        }
    }

    private void offsets(Appendable out) throws IOException {
        line(out, "stream", "frame", "offset");
        frames((stream, placement, frame) -> line(out, names.stream(stream), frame, placement.offsetNanos()));
    }

    private void delays(Appendable out) throws IOException {
        line(out, "stream", "frame", "delay");
        frames((stream, placement, frame) ->
                line(out, names.stream(stream), frame, placement.delayNanos(topology, stream)));
    }

    private void routes(Appendable out) throws IOException {
        line(out, "stream", "link");
        for (int s = 0; s < streams().size(); s++) {
            for (int link : schedule.placements().get(s).links()) {
                line(out, names.stream(streams().get(s)), link(link));
            }
        }
    }

    private void queues(Appendable out) throws IOException {
        line(out, "stream", "frame", "link", "queue");
        frames((stream, placement, frame) -> {
            for (int i = 0; i < placement.links().size(); i++) {
                line(
                        out,
                        names.stream(stream),
                        frame,
                        link(placement.links().get(i)),
                        placement.queues().get(i));
            }
        });
    }

    private void recovery(Appendable out) throws IOException {
        line(out, "stream", "listener", "history", "reset_ms");
        for (var stream : redundant) {
            for (var at : stream.eliminations()) {
                line(
                        out,
                        names.stream(stream.stream().id()),
                        names.node(at.listener()),
                        at.historyLength(),
                        at.resetMillis());
            }
        }
    }

    private void json(Appendable out) throws IOException {
        out.append("{\"format\": \"%s\", \"hyperperiod\": %d,\n".formatted(FORMAT, hyperperiod));
        if (!redundant.isEmpty()) {
            redundancy(out);
        }
        out.append(" \"transmissions\": [");
        var between = new String[] {"\n"};
        frames((stream, placement, frame) -> {
            for (int i = 0; i < placement.links().size(); i++) {
                var link = topology.links().get(placement.links().get(i));
                long start =
                        frame * stream.periodNanos() + placement.startsNanos().get(i);
                out.append(between[0]);
                name(out, "  {\"stream\": ", names.stream(stream));
                field(out, ", \"frame\": ", frame);
                name(out, ", \"link\": [", names.node(link.from()));
                name(out, ", ", names.node(link.to()));
                field(out, "], \"queue\": ", placement.queues().get(i));
                field(out, ", \"start\": ", start);
                field(out, ", \"end\": ", start + link.transmissionNanos(stream.octets()));
                out.append('}');
                between[0] = ",\n";
            }
        });
        out.append("\n]}\n");
    }

    private void redundancy(Appendable out) throws IOException {
        var between = " \"redundancy\": [\n";
        for (var stream : redundant) {
            for (var at : stream.eliminations()) {
                name(
                        out,
                        between + "  {\"stream\": ",
                        names.stream(stream.stream().id()));
                name(out, ", \"members\": [", names.stream(stream.stream()));
                name(out, ", ", names.stream(stream.other()));
                name(out, "], \"listener\": ", names.node(at.listener()));
                field(out, ", \"apart\": ", at.apartNanos());
                field(out, ", \"historyLength\": ", at.historyLength());
                field(out, ", \"resetMilliseconds\": ", at.resetMillis());
                out.append(", \"sharedLinks\": [");
                for (int i = 0; i < at.links().size(); i++) {
                    name(out, i == 0 ? "[" : ", [", names.node(at.links().get(i).from()));
                    name(out, ", ", names.node(at.links().get(i).to()));
                    out.append(']');
                }
                out.append("], \"sharedNodes\": [");
                for (int i = 0; i < at.nodes().size(); i++) {
                    name(out, i == 0 ? "" : ", ", names.node(at.nodes().get(i)));
                }
                out.append("]}");
                between = ",\n";
            }
        }
        out.append("],\n");
    }

    /// A number as a number, any other name in quotes.
    private static void name(Appendable out, String before, String name) throws IOException {
        boolean number = Names.isNumber(name);
        out.append(before).append(number ? "" : "\"").append(name).append(number ? "" : "\"");
    }

    private static void field(Appendable out, String before, long value) throws IOException {
        out.append(before).append(Long.toString(value));
    }
}
