package io.millwright.network.schedule;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// Where a frame that runs through adds least to what links are occupied modulo what all periods have in common.
///
/// Streams whose periods have just that in common come apart on a link if and only if they do modulo it
/// ([Crowding]). So the others are put above each other there, on all links of their ways as far as that goes,
/// and what is left on full links counts most. Starts are looked at with which the frame begins or ends on some
/// link where something does, modulo what is common, and the first and last free ones.
final class Residues {

    private final Timetable table;
    private final long common;

    /// @param common what all periods are multiples of
    Residues(Timetable table, long common) {
        this.table = table;
        this.common = common;
    }

    /// The start on a way that adds least; -1 where none is free.
    long start(Stream stream, Course way) {
        long period = stream.periodNanos();
        var blocked = new Gaps(period);
        for (int i = 0; i < way.size(); i++) {
            table.obstacles(period, way, i, 0, (repeat, from, length, _) -> blocked.blockEvery(repeat, from, length));
        }
        var free = blocked.remaining();
        var links = Arrays.stream(way.links).mapToObj(this::taken).toArray(Taken[]::new);
        long best = -1;
        double least = Double.POSITIVE_INFINITY;
        for (long start : free) {
            double more = more(links, way, start);
            if (more < least) {
                least = more;
                best = start;
            }
        }
        for (int i = 0; i < links.length && best >= 0; i++) {
            for (int edge = 0; edge < 2 * links[i].edges.length; edge++) {
                long at = links[i].edges[edge / 2] - way.lead[i] - (edge % 2) * way.length[i];
                double more = more(links, way, at);
                long start = more < least ? first(free, Math.floorMod(at, common)) : -1;
                if (start >= 0) {
                    least = more;
                    best = start;
                }
            }
        }
        return best;
    }

    /// The first free start with a remainder; -1 where there is none.
    private long first(long[] free, long remainder) {
        for (int i = 0; i < free.length; i += 2) {
            long start = free[i] + Math.floorMod(remainder - free[i], common);
            if (start <= free[i + 1]) {
                return start;
            }
        }
        return -1;
    }

    private double more(Taken[] links, Course way, long start) {
        double sum = 0;
        for (int i = 0; i < links.length; i++) {
            long length = Math.min(common, way.length[i]);
            long more = length - links[i].within(Math.floorMod(start + way.lead[i], common), length);
            sum += (double) more / (links[i].left() + length);
        }
        return sum;
    }

    private Taken taken(int link) {
        var parts = new ArrayList<Part>();
        table.occupied(link, common, (_, start, length, _) -> {
            long in = Math.floorMod(start, common);
            long end = in + Math.min(length, common);
            parts.add(new Part(in, Math.min(end, common)));
            if (end > common) {
                parts.add(new Part(0, end - common));
            }
        });
        parts.sort(Comparator.comparingLong(Part::start));
        return new Taken(common, parts);
    }

    private record Part(long start, long end) {}

    /// What a link is occupied modulo what is common.
    private static final class Taken {
        private final long common;
        /// Where parts that do not touch begin and end, in turn.
        private final long[] edges;
        /// What is taken before each edge.
        private final long[] before;

        /// @param parts in order of their starts
        Taken(long common, List<Part> parts) {
            this.common = common;
            var found = new long[2 * parts.size()];
            int n = 0;
            for (var part : parts) {
                if (n > 0 && part.start <= found[n - 1]) {
                    found[n - 1] = Math.max(found[n - 1], part.end);
                } else {
                    found[n++] = part.start;
                    found[n++] = part.end;
                }
            }
            edges = Arrays.copyOf(found, n);
            before = new long[n];
            for (int i = 1; i < n; i++) {
                before[i] = before[i - 1] + (i % 2 == 1 ? edges[i] - edges[i - 1] : 0);
            }
        }

        long left() {
            return common - (before.length == 0 ? 0 : before[before.length - 1]);
        }

        /// How much is taken within `[start, start + length)`, which may go on at the beginning.
        long within(long start, long length) {
            long end = start + length;
            return end <= common ? until(end) - until(start) : until(common) - until(start) + until(end - common);
        }

        private long until(long moment) {
            int at = Arrays.binarySearch(edges, moment);
            if (at >= 0) {
                return before[at];
            }
            int last = -at - 2;
            return last < 0 ? 0 : before[last] + (last % 2 == 0 ? moment - edges[last] : 0);
        }
    }
}
