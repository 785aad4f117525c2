package io.millwright.certificate.beside;

import io.millwright.certificate.Edge;
import io.millwright.certificate.Fraction;
import io.millwright.certificate.Malformed;
import io.millwright.certificate.Table;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// What is given and claimed of sporadic streams and the ports that they pass, as the files say it: each row is right
/// by itself.
///
/// @param lowest the lowest queue of scheduled frames, of ports that they pass or that have gates
/// @param bounds what is claimed of the whole way of a stream to a listener, in ns
/// @param waits what is claimed of each queue on it
record BesideTables(
        Map<Edge, Link> links,
        List<Sporadic> streams,
        Map<Edge, List<Opening>> openings,
        Map<Edge, Long> lowest,
        Map<Way, Long> bounds,
        Map<Way, Map<Edge, Wait>> waits) {

    private static final String LINKS = "link,q_num,rate,t_proc,t_prop,t_proc_min?,t_prop_min?,cut_through?,sync_error?"
            + ",idle_slope?,asynchronous?,late?";
    private static final long MAX_BYTES = 1_000_000;

    /// A directed link and the port that feeds it; times in ns.
    ///
    /// @param rate in bits for each ns
    /// @param least from the last bit of a frame being sent until it is in the next queue
    /// @param head after so many bytes of a frame it may be there
    /// @param syncError by which the clock of the port may be wrong, either way
    /// @param slope what a credit-based shaper reserves for sporadic streams, in bits for each ns; zero without one
    /// @param asynchronous whether each sporadic stream is shaped to its size and period
    /// @param late the probability that a frame is lost on the link
    record Link(
            int queues,
            Fraction rate,
            long least,
            long most,
            long head,
            long syncError,
            Fraction slope,
            boolean asynchronous,
            BigDecimal late) {}

    /// A stream that sends at most one frame within any period; times in ns, the size in bytes.
    ///
    /// @param loss the probability with which a frame may be lost
    record Sporadic(
            String name,
            String source,
            List<String> listeners,
            long size,
            long period,
            long deadline,
            BigDecimal loss) {}

    /// A time in which a gate is open for scheduled frames, repeated every cycle; in ns.
    record Opening(long start, long end, long cycle) {}

    /// A stream on its way to a listener.
    record Way(String stream, String listener) {}

    /// How long a frame is in the queue of a port, in ns, until its time on the link is over.
    ///
    /// @param step in which that is said to follow from what was said in steps before it
    record Wait(long step, Fraction time) {}

    static BesideTables read(UnaryOperator<String> files) throws Malformed {
        var links = new LinkedHashMap<Edge, Link>();
        links("topology.csv", files.apply("topology.csv"), links);
        if (!files.apply("untimed.csv").isEmpty()) {
            links("untimed.csv", files.apply("untimed.csv"), links);
        }
        var lowest = new LinkedHashMap<Edge, Long>();
        Table.read(
                "QUEUE.csv",
                files.apply("QUEUE.csv"),
                "link,queue",
                row -> lowest.merge(row.edge(0), row.whole(1, 0, 7), Math::min));
        var openings = openings(files.apply("GCL.csv"), lowest);
        return new BesideTables(
                links,
                streams(files.apply("sporadic.csv")),
                openings,
                lowest,
                bounds(files.apply("BOUND.csv")),
                waits(files.apply("WAIT.csv")));
    }

    private static void links(String file, String text, Map<Edge, Link> links) throws Malformed {
        Table.read(file, text, LINKS, row -> {
            long processing = row.whole(3, 0, Table.MAX_NANOS);
            long shortest = row.whole(5, 0, processing, processing);
            long propagation = row.whole(4, 0, Table.MAX_NANOS);
            var link = new Link(
                    (int) row.whole(1, 1, 8),
                    Fraction.of(row.rate(2)),
                    // of a bridge of which one time is said that is the longest
                    row.whole(6, 0, propagation, propagation) + (shortest < processing ? shortest : 0),
                    propagation + processing,
                    row.whole(7, 1, MAX_BYTES, MAX_BYTES),
                    row.whole(8, 0, Table.MAX_NANOS, 0),
                    Fraction.of(row.decimal(9, BigDecimal.ZERO)),
                    row.whole(10, 0, 1, 0) == 1,
                    row.decimal(11, BigDecimal.ZERO));
            row.put(links, row.edge(0), link, "link " + row.edge(0));
        });
    }

    private static Map<Edge, List<Opening>> openings(String text, Map<Edge, Long> lowest) throws Malformed {
        var openings = new LinkedHashMap<Edge, List<Opening>>();
        Table.read("GCL.csv", text, "link,queue,start,end,cycle", row -> {
            long cycle = row.whole(4, 1, Table.MAX_NANOS);
            long start = row.whole(2, 0, cycle - 1);
            var list = openings.computeIfAbsent(row.edge(0), _ -> new ArrayList<>());
            list.add(new Opening(start, row.whole(3, start + 1, cycle), cycle));
            if (list.getFirst().cycle() != cycle) {
                throw row.malformed("cycle %d, elsewhere %d"
                        .formatted(cycle, list.getFirst().cycle()));
            }
            lowest.merge(row.edge(0), row.whole(1, 0, 7), Math::min);
        });
        return openings;
    }

    private static List<Sporadic> streams(String text) throws Malformed {
        var streams = new LinkedHashMap<String, Sporadic>();
        Table.read("sporadic.csv", text, "stream,src,dst,size,period,deadline,loss?", row -> {
            var stream = new Sporadic(
                    row.name(0),
                    row.name(1),
                    row.names(2),
                    row.whole(3, 1, MAX_BYTES),
                    row.whole(4, 1, Table.MAX_NANOS),
                    row.whole(5, 1, Table.MAX_NANOS),
                    row.decimal(6, BigDecimal.ZERO));
            row.put(streams, stream.name, stream, "stream " + stream.name);
        });
        return List.copyOf(streams.values());
    }

    private static Map<Way, Long> bounds(String text) throws Malformed {
        var bounds = new LinkedHashMap<Way, Long>();
        if (!text.isEmpty()) {
            Table.read("BOUND.csv", text, "stream,listener,delay", row -> {
                long delay = row.whole(2, 0, Table.MAX_NANOS);
                row.put(bounds, new Way(row.name(0), row.name(1)), delay, "bound of this stream and listener");
            });
        }
        return bounds;
    }

    private static Map<Way, Map<Edge, Wait>> waits(String text) throws Malformed {
        var waits = new LinkedHashMap<Way, Map<Edge, Wait>>();
        if (!text.isEmpty()) {
            Table.read("WAIT.csv", text, "step,stream,listener,link,wait", row -> {
                var wait = new Wait(row.whole(0, 0, Table.MAX_NANOS), Fraction.of(row.decimal(4)));
                var all = waits.computeIfAbsent(new Way(row.name(1), row.name(2)), _ -> new LinkedHashMap<>());
                row.put(all, row.edge(3), wait, "wait of this stream at link " + row.edge(3));
            });
        }
        return waits;
    }
}
