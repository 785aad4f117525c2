package io.millwright.network.schedule;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A schedule as files: `GCL.csv`, `OFFSET.csv`, `ROUTE.csv`, `QUEUE.csv` and `DELAY.csv` in the notation of
/// the benchmark tsnkit, and `schedule.json`.
public final class ScheduleFiles {

    /// How `schedule.json` names its format.
    static final String FORMAT = "millwright-schedule/1";

    private final Schedule schedule;
    private final Topology topology;
    private final long hyperperiod;

    private ScheduleFiles(Schedule schedule) {
        this.schedule = schedule;
        topology = schedule.problem().topology();
        hyperperiod = schedule.problem().hyperperiodNanos();
    }

    /// What a file holds.
    @FunctionalInterface
    public interface Content {
        /// Writes it all.
        void writeTo(Appendable out) throws IOException;
    }

    /// The files of a schedule by their names.
    public static Map<String, Content> of(Schedule schedule) {
        var files = new ScheduleFiles(schedule);
        var contents = new LinkedHashMap<String, Content>();
        contents.put("GCL.csv", files::gates);
        contents.put("OFFSET.csv", files::offsets);
        contents.put("ROUTE.csv", files::routes);
        contents.put("QUEUE.csv", files::queues);
        contents.put("DELAY.csv", files::delays);
        contents.put("schedule.json", files::json);
        return contents;
    }

    private List<Stream> streams() {
        return schedule.problem().streams();
    }

    private String link(int link) {
        return "\"" + topology.links().get(link) + "\"";
    }

    private static void line(Appendable out, Object... cells) throws IOException {
        for (int i = 0; i < cells.length; i++) {
            out.append(i == 0 ? "" : ",").append(cells[i].toString());
        }
        out.append('\n');
    }

    /// A gate that is open.
    private record Window(int queue, long start, long end) {}

    private void gates(Appendable out) throws IOException {
        line(out, "link", "queue", "start", "end", "cycle");
        for (int link = 0; link < topology.links().size(); link++) {
            for (var window : windows(link)) {
                line(out, link(link), window.queue, window.start, window.end, hyperperiod);
            }
        }
    }

    private List<Window> windows(int link) {
        var windows = new ArrayList<Window>();
        for (int s = 0; s < streams().size(); s++) {
            var placement = schedule.placements().get(s);
            int at = placement.links().indexOf(link);
            if (at >= 0) {
                long period = streams().get(s).periodNanos();
                long length = topology.links()
                        .get(link)
                        .transmissionNanos(streams().get(s).octets());
                long first = Math.floorMod(placement.startsNanos().get(at), period);
                for (long start = first; start < hyperperiod; start += period) {
                    windows.add(new Window(placement.queues().get(at), start, start + length));
                }
            }
        }
        windows.sort(Comparator.comparingLong(Window::start));
        return windows;
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
        frames((stream, placement, frame) -> line(out, stream.id(), frame, placement.offsetNanos()));
    }

    private void delays(Appendable out) throws IOException {
        line(out, "stream", "frame", "delay");
        frames((stream, placement, frame) -> line(out, stream.id(), frame, placement.delayNanos(topology, stream)));
    }

    private void routes(Appendable out) throws IOException {
        line(out, "stream", "link");
        for (int s = 0; s < streams().size(); s++) {
            for (int link : schedule.placements().get(s).links()) {
                line(out, streams().get(s).id(), link(link));
            }
        }
    }

    private void queues(Appendable out) throws IOException {
        line(out, "stream", "frame", "link", "queue");
        frames((stream, placement, frame) -> {
            for (int i = 0; i < placement.links().size(); i++) {
                line(
                        out,
                        stream.id(),
                        frame,
                        link(placement.links().get(i)),
                        placement.queues().get(i));
            }
        });
    }

    private void json(Appendable out) throws IOException {
        out.append("{\"format\": \"%s\", \"hyperperiod\": %d,\n \"transmissions\": [".formatted(FORMAT, hyperperiod));
        var between = new String[] {"\n"};
        frames((stream, placement, frame) -> {
            for (int i = 0; i < placement.links().size(); i++) {
                var link = topology.links().get(placement.links().get(i));
                long start =
                        frame * stream.periodNanos() + placement.startsNanos().get(i);
                out.append(between[0]);
                field(out, "  {\"stream\": ", stream.id());
                field(out, ", \"frame\": ", frame);
                field(out, ", \"link\": [", link.from());
                field(out, ", ", link.to());
                field(out, "], \"queue\": ", placement.queues().get(i));
                field(out, ", \"start\": ", start);
                field(out, ", \"end\": ", start + link.transmissionNanos(stream.octets()));
                out.append('}');
                between[0] = ",\n";
            }
        });
        out.append("\n]}\n");
    }

    private static void field(Appendable out, String before, long value) throws IOException {
        out.append(before).append(Long.toString(value));
    }
}
