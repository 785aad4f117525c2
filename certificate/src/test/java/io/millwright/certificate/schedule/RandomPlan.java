package io.millwright.certificate.schedule;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// A plan of random streams on a random tree of bridges that is right for a reason one can see: no two
/// transmissions on a link overlap, no two frames are in one queue at once, both found out by comparing each
/// with each. Every window is as long as its transmission, and no two windows of a queue touch.
final class RandomPlan {

    private static final int PROCESSING = 2000;

    /// A frame on a link: in its queue from `comes`, sent from `starts` to `ends`, counted from the start of
    /// the shortest period and repeated every `period`.
    record Passage(int stream, String link, int queue, long comes, long starts, long ends, boolean last) {}

    /// A stream that has its place.
    record Placed(int stream, int size, long period, long offset, boolean toOne, List<Passage> way) {}

    final Draft draft = new Draft();
    final List<Placed> placed = new ArrayList<>();
    final long shortest = 100_000;
    long hyperperiod = shortest;
    private final SplittableRandom random;
    private final Map<Integer, List<Integer>> neighbours = new HashMap<>();
    private final int bridges;
    private final int queues;

    /// @param apart whether each stream has a part of the shortest period for itself; else they are packed as
    ///     they fit
    RandomPlan(SplittableRandom random, int streams, boolean apart) {
        this.random = random;
        bridges = random.nextInt(1, 5);
        queues = random.nextInt(1, 9);
        for (int bridge = 1; bridge < bridges; bridge++) {
            link(bridge, random.nextInt(bridge));
        }
        for (int station = 0; station < bridges + 3; station++) {
            link(100 + station, station % bridges);
        }
        long from = 0;
        for (int tried = 0; tried < 4 * streams && placed.size() < streams; tried++) {
            var stream = apart ? draw(from) : draw(random.nextLong(shortest / 2));
            boolean fits = stream.way().stream().allMatch(p -> p.ends() < (apart ? shortest : 3 * shortest));
            if (fits && placed.stream().allMatch(other -> agree(stream, other)) && agree(stream)) {
                placed.add(stream);
                from = stream.way().stream().mapToLong(Passage::ends).max().orElse(0) + 1 + random.nextInt(500);
                hyperperiod = Math.max(hyperperiod, stream.period());
            }
        }
        placed.forEach(this::write);
    }

    private void link(int a, int b) {
        for (int[] ends : new int[][] {{a, b}, {b, a}}) {
            neighbours.computeIfAbsent(ends[0], _ -> new ArrayList<>()).add(ends[1]);
            draft.add("topology.csv", "(%d, %d)".formatted(ends[0], ends[1]), queues, 1, PROCESSING, 0);
        }
    }

    /// A stream with a random way and random waits. Where a node is reached the frame is at a queue.
    private Placed draw(long offset) {
        int source = 100 + random.nextInt(bridges + 3);
        var listeners = new HashSet<Integer>();
        for (int wanted = random.nextInt(4) == 0 ? 2 : 1; listeners.size() < wanted; ) {
            int station = 100 + random.nextInt(bridges + 3);
            if (station != source) {
                listeners.add(station);
            }
        }
        int size = random.nextInt(64, 400);
        long period = shortest << random.nextInt(3);
        var before = new HashMap<Integer, Integer>();
        var order = new ArrayDeque<>(List.of(source));
        before.put(source, source);
        while (!order.isEmpty()) {
            int node = order.remove();
            for (int next : neighbours.get(node)) {
                if (before.putIfAbsent(next, node) == null) {
                    order.add(next);
                }
            }
        }
        var used = new HashSet<Integer>();
        for (int node : listeners) {
            for (int at = node; at != source; at = before.get(at)) {
                used.add(at);
            }
        }
        var way = new ArrayList<Passage>();
        descend(way, source, before, used, listeners, offset, true, size);
        return new Placed(placed.size(), size, period, offset, listeners.size() == 1, way);
    }

    private void descend(
            List<Passage> way,
            int node,
            Map<Integer, Integer> before,
            HashSet<Integer> used,
            HashSet<Integer> listeners,
            long comes,
            boolean talker,
            int size) {
        for (int next : neighbours.get(node)) {
            if (used.contains(next) && before.get(next) == node) {
                long starts = comes + (talker || random.nextBoolean() ? 0 : random.nextInt(4000));
                long ends = starts + 8L * size;
                var link = "(%d, %d)".formatted(node, next);
                way.add(new Passage(
                        placed.size(), link, random.nextInt(queues), comes, starts, ends, listeners.contains(next)));
                descend(way, next, before, used, listeners, ends + PROCESSING, false, size);
            }
        }
    }

    /// Whether two streams leave each other alone, each frame of one held against each of the other.
    private boolean agree(Placed a, Placed b) {
        return a.way().stream().allMatch(p -> b.way().stream().allMatch(q -> agree(p, a.period(), q, b.period())));
    }

    private boolean agree(Placed a) {
        return a.way().stream().allMatch(p -> p.ends() - p.comes() < a.period());
    }

    private static boolean agree(Passage p, long pPeriod, Passage q, long qPeriod) {
        if (!p.link().equals(q.link())) {
            return true;
        }
        long all = Math.max(pPeriod, qPeriod);
        for (long i = 0; i < all; i += pPeriod) {
            for (long j = 0; j < all; j += qPeriod) {
                boolean apart = p.queue() == q.queue()
                        ? areApart(p.comes() + i, p.ends() + i, q.comes() + j, q.ends() + j, all)
                        : areApart(p.starts() + i, p.ends() + i, q.starts() + j, q.ends() + j, all);
                if (!apart) {
                    return false;
                }
            }
        }
        return true;
    }

    /// Whether neither of two times, repeated for ever, touches the other.
    private static boolean areApart(long from, long to, long otherFrom, long otherTo, long period) {
        long between = Math.floorMod(otherFrom - from, period);
        return between > to - from && between + (otherTo - otherFrom) < period;
    }

    private void write(Placed stream) {
        var way = stream.way();
        var source = way.getFirst().link().replaceAll("[( ]|,.*", "");
        var listeners = way.stream()
                .filter(Passage::last)
                .map(p -> p.link().replaceAll(".*,|[ )]", ""))
                .toList();
        long delay = way.stream()
                        .filter(Passage::last)
                        .mapToLong(Passage::ends)
                        .max()
                        .orElseThrow()
                - stream.offset();
        draft.stream(
                stream.stream(),
                Integer.parseInt(source),
                listeners.toString(),
                stream.size(),
                stream.period(),
                delay,
                way.stream().map(Passage::link).toArray(String[]::new));
        for (int frame = 0; frame < hyperperiod / stream.period(); frame++) {
            draft.frame(stream.stream(), frame, stream.offset(), delay);
            for (var passage : way) {
                draft.add("QUEUE.csv", stream.stream(), frame, passage.link(), passage.queue());
                window(passage, frame * stream.period());
            }
        }
    }

    /// A window that passes the end of the cycle is two.
    private void window(Passage passage, long later) {
        long start = Math.floorMod(passage.starts() + later, hyperperiod);
        long end = start + passage.ends() - passage.starts();
        draft.gate(passage.link(), passage.queue(), start, Math.min(end, hyperperiod), hyperperiod);
        if (end > hyperperiod) {
            draft.gate(passage.link(), passage.queue(), 0, end - hyperperiod, hyperperiod);
        }
    }

    /// The row of GCL.csv in which a passage's window of frame 0 begins.
    List<String> row(Passage passage) {
        long start = Math.floorMod(passage.starts(), hyperperiod);
        return draft.rows("GCL.csv").stream()
                .filter(r -> r.get(0).equals(passage.link())
                        && r.get(1).equals("" + passage.queue())
                        && r.get(2).equals("" + start))
                .findFirst()
                .orElseThrow();
    }
}
