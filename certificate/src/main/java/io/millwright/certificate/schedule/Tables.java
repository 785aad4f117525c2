package io.millwright.certificate.schedule;

import io.millwright.certificate.Edge;
import io.millwright.certificate.Malformed;
import io.millwright.certificate.Table;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/// What was given and what is claimed, as the files say it: each row is right by itself. A redundant stream 5
/// has two members, the streams 5.1 and 5.2.
///
/// @param twins the second members of redundant streams, each of which comes behind the first
record Tables(
        Map<Edge, Link> links,
        Map<String, Stream> streams,
        Set<String> twins,
        List<Opening> openings,
        Map<String, Set<Edge>> routes,
        Map<Frame, Long> offsets,
        Map<Frame, Long> delays,
        Map<Passage, Integer> queues,
        Map<String, Map<String, Window>> recovery) {

    private static final String LINKS =
            "link,q_num,rate,t_proc,t_prop,gate_entries?,min_gate?,tick?,longest_cycle?,buffer?,t_proc_min?,t_prop_min?"
                    + ",cut_through?,sync_error?";
    private static final long MAX_BYTES = 1_000_000;
    private static final int MAX_FRAMES = 10_000_000;

    /// A directed link and the port that feeds it.
    ///
    /// @param queues how many queues the port has
    /// @param rate in bits for each ns
    /// @param processing in ns, from the last bit of a frame, or the last of its head, until it stands in the
    ///     next queue
    /// @param propagation in ns
    /// @param head how many bytes come before a bridge at the far end may forward; more than any frame has where
    ///     it stores and forwards
    /// @param limits what this port can do, besides what all can, and how far its clock is to be trusted
    record Link(Edge edge, int queues, BigDecimal rate, Span processing, Span propagation, long head, Limits limits) {

        /// How long a frame is on the link, in ns, rounded up.
        long transmission(long bytes) {
            return nanos(bytes, RoundingMode.CEILING);
        }

        /// From the first bit of a frame until it stands in the next queue.
        Span transit(long bytes) {
            long first = head < bytes ? nanos(head, RoundingMode.FLOOR) : transmission(bytes);
            return propagation.plus(processing).plus(new Span(first, transmission(bytes)));
        }

        private long nanos(long bytes, RoundingMode mode) {
            return BigDecimal.valueOf(8 * bytes).divide(rate, 0, mode).longValueExact();
        }
    }

    /// Least and most of what takes time, in ns.
    record Span(long least, long most) {

        Span plus(Span other) {
            return new Span(least + other.least, most + other.most);
        }
    }

    /// A stream as it was asked for, or a member of a redundant one; times in ns, the size in bytes.
    record Stream(
            String id, String source, List<String> destinations, long size, long period, long deadline, long jitter) {}

    /// A time in which a gate is open, repeated every cycle; in ns.
    record Opening(Edge link, int queue, long start, long end, long cycle) {}

    /// One of the frames of a stream that have an offset of their own.
    record Frame(String stream, int number) {}

    /// A frame on a link.
    record Passage(Frame frame, Edge link) {}

    /// How many sequence numbers a listener of a redundant stream remembers, and after how long without a frame
    /// it forgets them (IEEE 802.1CB-2017, 7.4.3).
    record Window(long history, long resetMillis) {}

    /// All that some table has a row for.
    Set<Frame> frames() {
        var frames = new LinkedHashSet<>(offsets.keySet());
        frames.addAll(delays.keySet());
        queues.keySet().forEach(p -> frames.add(p.frame));
        return frames;
    }

    /// @param files gives the text of a file
    static Tables read(UnaryOperator<String> files) throws Malformed {
        var twins = new HashSet<String>();
        return new Tables(
                links(files.apply("topology.csv")),
                streams(files.apply("streams.csv"), twins),
                twins,
                openings(files.apply("GCL.csv")),
                routes(files.apply("ROUTE.csv")),
                times("OFFSET.csv", files, "offset"),
                times("DELAY.csv", files, "delay"),
                queues(files.apply("QUEUE.csv")),
                twins.isEmpty() ? Map.of() : recovery(files.apply("RECOVERY.csv")));
    }

    private static Map<Edge, Link> links(String text) throws Malformed {
        var links = new LinkedHashMap<Edge, Link>();
        Table.read("topology.csv", text, LINKS, row -> {
            var link = new Link(
                    row.edge(0),
                    (int) row.whole(1, 1, 8),
                    row.rate(2),
                    span(row, 3, 10),
                    span(row, 4, 11),
                    row.whole(12, 1, MAX_BYTES, MAX_BYTES),
                    new Limits(
                            row.whole(5, 1, Table.MAX_NANOS, Long.MAX_VALUE),
                            row.whole(6, 0, Table.MAX_NANOS, 0),
                            row.whole(7, 1, Table.MAX_NANOS, 1),
                            row.whole(8, 1, Table.MAX_NANOS, Table.MAX_NANOS),
                            row.whole(13, 0, Table.MAX_NANOS, 0),
                            row.whole(9, 1, Table.MAX_NANOS, Long.MAX_VALUE),
                            true));
            row.put(links, link.edge, link, "link " + link.edge);
        });
        return links;
    }

    private static Span span(Table row, int most, int least) throws Malformed {
        long value = row.whole(most, 0, Table.MAX_NANOS);
        return new Span(row.whole(least, 0, value, value), value);
    }

    private static Map<String, Stream> streams(String text, Set<String> twins) throws Malformed {
        var streams = new LinkedHashMap<String, Stream>();
        Table.read("streams.csv", text, "stream,src,dst,size,period,deadline,jitter,redundancy?", row -> {
            boolean redundant = row.whole(7, 1, 2, 1) == 2;
            for (var member : redundant ? List.of(".1", ".2") : List.of("")) {
                var stream = new Stream(
                        row.name(0) + member,
                        row.name(1),
                        row.names(2),
                        row.whole(3, 1, MAX_BYTES),
                        row.whole(4, 1, Table.MAX_NANOS),
                        row.whole(5, 1, Table.MAX_NANOS),
                        row.whole(6, 0, Table.MAX_NANOS));
                row.put(streams, stream.id, stream, "stream " + stream.id);
                if (member.equals(".2")) {
                    twins.add(stream.id);
                }
                var listeners = new HashSet<>(stream.destinations);
                if (listeners.contains(stream.source) || listeners.size() < stream.destinations.size()) {
                    throw row.malformed(
                            "a destination of stream %s is its source, or there twice".formatted(row.name(0)));
                }
            }
        });
        if (streams.isEmpty()) {
            throw new Malformed("streams.csv:1: there are no streams");
        }
        return streams;
    }

    private static List<Opening> openings(String text) throws Malformed {
        var openings = new ArrayList<Opening>();
        Table.read("GCL.csv", text, "link,queue,start,end,cycle", row -> {
            int queue = (int) row.whole(1, -1000, 1000);
            openings.add(new Opening(row.edge(0), queue, row.time(2), row.time(3), row.time(4)));
        });
        return openings;
    }

    private static Map<String, Set<Edge>> routes(String text) throws Malformed {
        var routes = new LinkedHashMap<String, Set<Edge>>();
        Table.read("ROUTE.csv", text, "stream,link", row -> {
            if (!routes.computeIfAbsent(row.name(0), _ -> new HashSet<>()).add(row.edge(1))) {
                throw row.malformed("link %s stands there twice for stream %s".formatted(row.edge(1), row.name(0)));
            }
        });
        return routes;
    }

    private static Map<Frame, Long> times(String file, UnaryOperator<String> files, String column) throws Malformed {
        var times = new LinkedHashMap<Frame, Long>();
        Table.read(file, files.apply(file), "stream,frame," + column, row -> {
            row.put(times, frame(row), row.time(2), column + " of this frame");
        });
        return times;
    }

    private static Map<Passage, Integer> queues(String text) throws Malformed {
        var queues = new LinkedHashMap<Passage, Integer>();
        Table.read("QUEUE.csv", text, "stream,frame,link,queue", row -> {
            var passage = new Passage(frame(row), row.edge(2));
            row.put(queues, passage, (int) row.whole(3, -1000, 1000), "queue of this frame");
        });
        return queues;
    }

    private static Map<String, Map<String, Window>> recovery(String text) throws Malformed {
        var windows = new LinkedHashMap<String, Map<String, Window>>();
        Table.read("RECOVERY.csv", text, "stream,listener,history,reset_ms", row -> {
            var window = new Window(row.whole(2, 2, 65_536), row.whole(3, 1, Table.MAX_NANOS / 1_000_000));
            var listeners = windows.computeIfAbsent(row.name(0), _ -> new LinkedHashMap<>());
            row.put(listeners, row.name(1), window, "window of this listener");
        });
        return windows;
    }

    private static Frame frame(Table row) throws Malformed {
        return new Frame(row.name(0), (int) row.whole(1, 0, MAX_FRAMES));
    }
}
