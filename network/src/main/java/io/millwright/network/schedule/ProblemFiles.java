package io.millwright.network.schedule;

import io.millwright.network.schedule.CsvTable.Mistake;
import io.millwright.network.schedule.CsvTable.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Reads a problem from two tables in the notation of the benchmark tsnkit: `link,q_num,rate,t_proc,t_prop` and
/// `stream,src,dst,size,period,deadline,jitter`.
public final class ProblemFiles {

    private static final Pattern LINK = Pattern.compile("\\(\\s*(\\d{1,9})\\s*,\\s*(\\d{1,9})\\s*\\)");
    private static final Pattern NODES = Pattern.compile("\\[\\s*\\d{1,9}(\\s*,\\s*\\d{1,9})*\\s*]");
    private static final long LONGEST = 1_000_000_000_000L;
    private static final int MOST_BITS_PER_NANO = 1_000_000;
    private static final int LARGEST_FRAME = 1_000_000;

    private ProblemFiles() {}

    /// What came of reading: a problem, or what is wrong.
    public sealed interface Reading {}

    /// The files are right.
    public record Right(Problem problem) implements Reading {}

    /// One of them is wrong.
    ///
    /// @param mistake file and line, what is wrong and what would be right
    public record Wrong(String mistake) implements Reading {}

    /// A text and what messages call it.
    public record Source(String name, String text) {}

    /// Reads both tables and holds the streams against the topology.
    public static Reading read(Source topology, Source streams) {
        try {
            var network = topology(topology);
            return new Right(new Problem(network, streams(streams, network)));
        } catch (Mistake e) {
            return new Wrong(String.valueOf(e.getMessage()));
        }
    }

    private static Topology topology(Source source) {
        var table = CsvTable.read(source.name(), source.text(), "link", "q_num", "rate", "t_proc", "t_prop");
        var lines = new HashMap<String, Integer>();
        var links = new ArrayList<Link>();
        for (var row : table.rows()) {
            var name = LINK.matcher(row.text("link"));
            if (!name.matches()) {
                throw row.mistake("link is %s; two nodes as \"(0, 1)\" would be right"
                        .formatted(CsvTable.shown(row.text("link"))));
            }
            var link = new Link(
                    Integer.parseInt(name.group(1)),
                    Integer.parseInt(name.group(2)),
                    (int) row.whole("q_num", 1, 8),
                    row.thousandths("rate", MOST_BITS_PER_NANO),
                    row.whole("t_proc", 0, LONGEST),
                    row.whole("t_prop", 0, LONGEST));
            if (link.from() == link.to()) {
                throw row.mistake("link " + link + " leads from a node to itself; name two nodes");
            }
            var other = lines.putIfAbsent(link.toString(), row.line());
            if (other != null) {
                throw row.mistake("link %s stands in line %d already; one line for each direction would be right"
                        .formatted(link, other));
            }
            links.add(link);
        }
        if (links.isEmpty()) {
            throw new Mistake(source.name() + ":2: there are no links");
        }
        return new Topology(links);
    }

    private static List<Stream> streams(Source source, Topology topology) {
        var table = CsvTable.read(
                source.name(), source.text(), "stream", "src", "dst", "size", "period", "deadline", "jitter");
        var reach = new Reach(topology);
        var lines = new HashMap<Integer, Integer>();
        var streams = new ArrayList<Stream>();
        int listeners = 0;
        for (var row : table.rows()) {
            var stream = stream(row);
            check(row, stream, topology, reach, lines);
            streams.add(stream);
            listeners += stream.destinations().size();
            if (listeners > CsvTable.MOST_ROWS) {
                throw row.mistake("there are more than %d listeners; divide the network".formatted(CsvTable.MOST_ROWS));
            }
        }
        if (streams.isEmpty()) {
            throw new Mistake(source.name() + ":2: there are no streams: nothing is to be scheduled");
        }
        Periods.explosion(streams.stream().mapToLong(Stream::periodNanos).toArray())
                .ifPresent(e -> {
                    throw new Mistake(source.name() + ": " + e);
                });
        return streams;
    }

    private static Stream stream(Row row) {
        var nodes = row.text("dst");
        if (!NODES.matcher(nodes).matches()) {
            throw row.mistake("dst is %s; a list of nodes as [12] or \"[12, 14]\" would be right"
                    .formatted(CsvTable.shown(nodes)));
        }
        var destinations = Pattern.compile("\\d+")
                .matcher(nodes)
                .results()
                .map(r -> Integer.valueOf(r.group()))
                .toList();
        return new Stream(
                (int) row.whole("stream", 0, Integer.MAX_VALUE),
                (int) row.whole("src", 0, 999_999_999),
                destinations,
                (int) row.whole("size", 1, LARGEST_FRAME),
                row.whole("period", 1, LONGEST),
                row.whole("deadline", 0, LONGEST),
                row.whole("jitter", 0, LONGEST));
    }

    private static void check(Row row, Stream stream, Topology topology, Reach reach, Map<Integer, Integer> lines) {
        var other = lines.putIfAbsent(stream.id(), row.line());
        if (other != null) {
            throw row.mistake("stream %d stands in line %d already; names must differ".formatted(stream.id(), other));
        }
        if (!topology.has(stream.source())) {
            throw row.mistake(
                    "src of stream %d is %d, which is no node of the topology".formatted(stream.id(), stream.source()));
        }
        if (stream.destinations().stream().distinct().count()
                < stream.destinations().size()) {
            throw row.mistake("dst of stream %d names a node twice".formatted(stream.id()));
        }
        for (int node : stream.destinations()) {
            if (!topology.has(node)) {
                throw row.mistake(
                        "dst of stream %d names %d, which is no node of the topology".formatted(stream.id(), node));
            }
            if (node == stream.source()) {
                throw row.mistake("stream %d leads from node %d to itself".formatted(stream.id(), node));
            }
            if (!reach.reaches(stream.source(), node)) {
                throw row.mistake("stream %d cannot be sent: no way leads from node %d to node %d"
                        .formatted(stream.id(), stream.source(), node));
            }
        }
    }
}
