package io.millwright.network.schedule;

import io.millwright.network.schedule.CsvTable.Mistake;
import io.millwright.network.schedule.CsvTable.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Reads a problem from two tables in the notation of the benchmark tsnkit: `link,q_num,rate,t_proc,t_prop` and
/// `stream,src,dst,size,period,deadline,jitter`; a further column `redundancy` makes a stream two members,
/// and `gate_entries`, `min_gate`, `tick`, `longest_cycle` and `buffer` tell what a port can do.
/// Nodes and streams are numbers there; names are taken too.
public final class ProblemFiles {

    private static final Pattern LINK = Pattern.compile("\\(\\s*(%1$s)\\s*,\\s*(%1$s)\\s*\\)".formatted(Names.PATTERN));
    private static final Pattern NODES = Pattern.compile("\\[\\s*%1$s(\\s*,\\s*%1$s)*\\s*]".formatted(Names.PATTERN));
    private static final Pattern NAME = Pattern.compile(Names.PATTERN);
    private static final long LONGEST = 1_000_000_000_000L;
    private static final int MOST_BITS_PER_NANO = 1000;
    private static final int LARGEST_FRAME = 1_000_000;
    private static final String NS = " of nanoseconds";
    private static final String OCTETS = " of octets";

    private final Names names;
    private final Topology topology;

    private ProblemFiles(Topology topology, Names names) {
        this.topology = topology;
        this.names = names;
    }

    /// What came of reading: a problem, or what is wrong.
    public sealed interface Reading {}

    /// The files are right.
    ///
    /// @param names of the nodes and streams in them
    public record Right(Problem problem, Names names) implements Reading {}

    /// One of them is wrong.
    ///
    /// @param mistake file and line, what is wrong and what would be right
    public record Wrong(String mistake) implements Reading {}

    /// A text and what messages call it.
    public record Source(String name, String text) {}

    /// Reads both tables and holds the streams against the topology.
    public static Reading read(Source topology, Source streams) {
        return read(topology, streams, new Names());
    }

    /// Reads both tables in the numbers of another problem.
    ///
    /// @param names of nodes and streams; those that are new are added
    public static Reading read(Source topology, Source streams, Names names) {
        try {
            return new Right(streamsOver(topology(topology, names), names, streams), names);
        } catch (Mistake e) {
            return new Wrong(String.valueOf(e.getMessage()));
        }
    }

    /// Reads streams over a network that comes from elsewhere.
    ///
    /// @param names of its nodes; those of the streams are added
    public static Reading read(Topology topology, Names names, Source streams) {
        try {
            return new Right(streamsOver(topology, names, streams), names);
        } catch (Mistake e) {
            return new Wrong(String.valueOf(e.getMessage()));
        }
    }

    private static Problem streamsOver(Topology topology, Names names, Source streams) {
        return new Problem(topology, new ProblemFiles(topology, names).streams(streams));
    }

    private static Topology topology(Source source, Names names) {
        var table = CsvTable.read(source.name(), source.text(), "link", "q_num", "rate", "t_proc", "t_prop");
        var lines = new HashMap<String, Integer>();
        var links = new ArrayList<Link>();
        for (var row : table.rows()) {
            var name = LINK.matcher(row.text("link"));
            if (!name.matches()) {
                throw row.mistake("link is %s; two nodes as \"(0, 1)\" would be right"
                        .formatted(CsvTable.shown(row.text("link"))));
            }
            long processing = row.whole("t_proc", 0, LONGEST, NS);
            long propagation = row.whole("t_prop", 0, LONGEST, NS);
            var link = new Link(
                    names.node(name.group(1)),
                    names.listener(name.group(2)),
                    (int) row.whole("q_num", 1, 8, ""),
                    row.megabitsPerSecond("rate", MOST_BITS_PER_NANO),
                    processing,
                    propagation,
                    limits(row),
                    new Link.Earliest(
                            whole(row, "t_proc_min", 0, processing, processing, NS),
                            whole(row, "t_prop_min", 0, propagation, propagation, NS),
                            (int) whole(row, "cut_through", 1, LARGEST_FRAME, Link.WHOLE, OCTETS)));
            if (link.from() == link.to()) {
                throw row.mistake("link " + names.link(link) + " leads from a node to itself; name two nodes");
            }
            var other = lines.putIfAbsent(link.toString(), row.line());
            if (other != null) {
                throw row.mistake("link %s stands in line %d already; one line for each direction would be right"
                        .formatted(names.link(link), other));
            }
            links.add(link);
        }
        if (links.isEmpty()) {
            throw new Mistake(source.name() + ":2: there are no links");
        }
        return new Topology(links);
    }

    /// What a port can do; a column that is missing and a cell that is empty limit nothing.
    private static Limits limits(Row row) {
        return new Limits(
                (int) Math.min(
                        Integer.MAX_VALUE, whole(row, "gate_entries", 1, LONGEST, Limits.NONE.gateEntries(), "")),
                whole(row, "min_gate", 0, LONGEST, Limits.NONE.minGateNanos(), NS),
                whole(row, "tick", 1, LONGEST, Limits.NONE.tickNanos(), NS),
                whole(row, "sync_error", 0, LONGEST, Limits.NONE.syncErrorNanos(), NS),
                whole(row, "buffer", 1, LONGEST, Limits.NONE.bufferOctets(), OCTETS),
                Math.min(LONGEST, whole(row, "longest_cycle", 1, 10 * LONGEST, Limits.NONE.longestCycleNanos(), NS)));
    }

    /// A number of a column that may be missing, or a cell that may be empty.
    private static long whole(Row row, String column, long least, long most, long without, String unit) {
        return row.has(column) && !row.text(column).isEmpty() ? row.whole(column, least, most, unit) : without;
    }

    private List<Stream> streams(Source source) {
        var table = CsvTable.read(
                source.name(), source.text(), "stream", "src", "dst", "size", "period", "deadline", "jitter");
        var reach = new Reach(topology);
        var lines = new HashMap<Integer, Integer>();
        var streams = new ArrayList<Stream>();
        int listeners = 0;
        for (var row : table.rows()) {
            var stream = stream(row);
            check(row, stream, reach, lines);
            boolean redundant = row.has("redundancy") && row.whole("redundancy", 1, 2, "") == 2;
            streams.addAll(redundant ? stream.members() : List.of(stream));
            listeners += stream.destinations().size() * (redundant ? 2 : 1);
            if (listeners > CsvTable.MOST_ROWS) {
                throw row.mistake("there are more than %d listeners; divide the network".formatted(CsvTable.MOST_ROWS));
            }
        }
        if (streams.isEmpty()) {
            throw new Mistake(source.name() + ":2: there are no streams: nothing is to be scheduled");
        }
        nameOnce(source, streams);
        Problem.tooLarge(streams, Problem.MOST_FRAMES).ifPresent(e -> {
            throw new Mistake(source.name() + ": " + e.in(names));
        });
        return streams;
    }

    /// A redundant stream 5 has the members 5.1 and 5.2, and no other stream may be called so.
    private void nameOnce(Source source, List<Stream> streams) {
        var known = new HashSet<String>();
        for (var stream : streams) {
            var name = names.stream(stream);
            if (!known.add(name)) {
                throw new Mistake("%s: a stream is called %s, as is a member of redundant stream %s; rename it"
                        .formatted(source.name(), name, name.substring(0, name.length() - 2)));
            }
        }
    }

    private Stream stream(Row row) {
        var nodes = row.text("dst");
        if (!NODES.matcher(nodes).matches()) {
            throw row.mistake("dst is %s; a list of nodes as [12] or \"[12, 14]\" would be right"
                    .formatted(CsvTable.shown(nodes)));
        }
        var destinations = NAME.matcher(nodes)
                .results()
                .map(r -> names.listener(r.group()))
                .toList();
        return new Stream(
                names.stream(name(row, "stream")),
                names.node(name(row, "src")),
                destinations,
                (int) row.whole("size", 1, LARGEST_FRAME, OCTETS),
                row.whole("period", 1, LONGEST, NS),
                row.whole("deadline", 0, LONGEST, NS),
                row.whole("jitter", 0, LONGEST, NS));
    }

    private static String name(Row row, String column) {
        var name = row.text(column);
        if (!NAME.matcher(name).matches()) {
            throw row.mistake("%s is %s; a number or a name of letters, digits, - _ and . would be right"
                    .formatted(column, CsvTable.shown(name)));
        }
        return name;
    }

    private void check(Row row, Stream stream, Reach reach, Map<Integer, Integer> lines) {
        var name = names.stream(stream.id());
        var other = lines.putIfAbsent(stream.id(), row.line());
        if (other != null) {
            throw row.mistake("stream %s stands in line %d already; names must differ".formatted(name, other));
        }
        var source = names.node(stream.source());
        if (!topology.has(stream.source())) {
            throw row.mistake("src of stream %s is %s, which is no node of the topology".formatted(name, source));
        }
        if (stream.destinations().stream().distinct().count()
                < stream.destinations().size()) {
            throw row.mistake("dst of stream %s names a node twice".formatted(name));
        }
        for (int node : stream.destinations()) {
            var listener = names.node(node);
            if (!topology.has(node)) {
                throw row.mistake(
                        "dst of stream %s names %s, which is no node of the topology".formatted(name, listener));
            }
            if (listener.equals(source)) {
                throw row.mistake("stream %s leads from node %s to itself".formatted(name, listener));
            }
            if (!reach.reaches(stream.source(), node)) {
                throw row.mistake("stream %s cannot be sent: no way leads from node %s to node %s"
                        .formatted(name, source, listener));
            }
        }
    }
}
