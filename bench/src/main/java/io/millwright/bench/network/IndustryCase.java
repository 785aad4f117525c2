package io.millwright.bench.network;

import io.millwright.network.schedule.Link;
import io.millwright.network.schedule.Problem;
import io.millwright.network.schedule.Stream;
import io.millwright.network.schedule.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/// The published stream set of the ECRTS industrial challenge: 241 streams of 15 stations over 5 switches, with
/// their ways. It tells no rates and no deadlines: 1 Gbit/s, 2 µs of processing and the period as the deadline
/// are taken.
///
/// @param problem the streams with their largest frames
/// @param ways their links
record IndustryCase(Problem problem, Map<Integer, List<Integer>> ways) {

    private static final int QUEUES = 8;
    private static final long MEGABITS_PER_SECOND = 1000;
    private static final long PROCESSING_NANOS = 2000;

    /// The same with links that can be used in both directions; the ways are as before.
    IndustryCase bothWays() {
        var links = new LinkedHashSet<>(problem.topology().links());
        problem.topology()
                .links()
                .forEach(l -> links.add(new Link(
                        l.to(),
                        l.from(),
                        l.queues(),
                        l.megabitsPerSecond(),
                        l.processingNanos(),
                        l.propagationNanos())));
        return new IndustryCase(new Problem(new Topology(List.copyOf(links)), problem.streams()), ways);
    }

    /// Reads `stream,source,period_ns,min_frame_bytes,max_frame_bytes,traffic_class,path`.
    static IndustryCase read(Path file) throws IOException {
        var nodes = new HashMap<String, Integer>();
        var places = new LinkedHashMap<Link, Integer>();
        var ways = new HashMap<Integer, List<Integer>>();
        var streams = new ArrayList<Stream>();
        for (var line : Files.readAllLines(file).stream().skip(1).toList()) {
            var cells = line.split(",", -1);
            var path = List.of(cells[6].strip().split(" ", -1));
            var way = new ArrayList<Integer>();
            for (int i = 0; i + 1 < path.size(); i++) {
                var link = new Link(
                        nodes.computeIfAbsent(path.get(i), _ -> nodes.size()),
                        nodes.computeIfAbsent(path.get(i + 1), _ -> nodes.size()),
                        QUEUES,
                        MEGABITS_PER_SECOND,
                        PROCESSING_NANOS,
                        0);
                way.add(places.computeIfAbsent(link, _ -> places.size()));
            }
            long period = Long.parseLong(cells[2]);
            ways.put(streams.size(), way);
            streams.add(new Stream(
                    streams.size(),
                    nodes.getOrDefault(path.getFirst(), -1),
                    List.of(nodes.getOrDefault(path.getLast(), -1)),
                    Integer.parseInt(cells[4]),
                    period,
                    period,
                    0));
        }
        return new IndustryCase(new Problem(new Topology(List.copyOf(places.keySet())), streams), ways);
    }
}
