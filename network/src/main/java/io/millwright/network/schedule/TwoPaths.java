package io.millwright.network.schedule;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// Two paths to one node that share no link, and no node but those where both may begin: with the least time
/// together, by two shortest augmenting paths (Suurballe, Disjoint paths in a network, Networks 4, 1974) in a
/// network whose nodes are parted into a side where links come in and a side where they leave, with an arc for
/// one path between.
final class TwoPaths {

    private static final double NEVER = Double.POSITIVE_INFINITY;

    private final int end;
    private final int root;
    /// By number, in pairs: an arc, and the way back over it.
    private final List<Arc> arcs = new ArrayList<>();

    private final List<List<Integer>> leaving = new ArrayList<>();

    /// An arc of the parted network.
    private static final class Arc {
        private final int from;
        private final int to;
        private final double cost;
        /// The link it stands for; -1 for none.
        private final int link;
        private int room;

        Arc(int from, int to, double cost, int link, int room) {
            this.from = from;
            this.to = to;
            this.cost = cost;
            this.link = link;
            this.room = room;
        }
    }

    /// What all ways must pass: a place or a link, the other of which is -1.
    record Barrier(int place, int link) {}

    /// @param beginnings places where a path may begin, with how much time is counted for it; a second one may
    ///     begin at `twice` only
    /// @param end where both lead, none of the beginnings
    /// @param nanos by link, how long it takes; negative for those that must not be taken
    TwoPaths(Topology topology, Map<Integer, Double> beginnings, int twice, int end, double[] nanos) {
        this.end = end;
        root = 2 * topology.nodes();
        for (int i = 0; i <= root; i++) {
            leaving.add(new ArrayList<>());
        }
        beginnings.forEach((place, cost) -> add(root, 2 * place + 1, cost, -1, place == twice ? 2 : 1));
        for (int place = 0; place < topology.nodes(); place++) {
            if (place != end && !beginnings.containsKey(place)) {
                add(2 * place, 2 * place + 1, 0, -1, 1);
            }
        }
        for (int link = 0; link < nanos.length; link++) {
            if (nanos[link] >= 0 && topology.origin(link) != end) {
                add(2 * topology.origin(link) + 1, 2 * topology.target(link), nanos[link], link, 1);
            }
        }
    }

    private void add(int from, int to, double cost, int link, int room) {
        leaving.get(from).add(arcs.size());
        arcs.add(new Arc(from, to, cost, link, room));
        leaving.get(to).add(arcs.size());
        arcs.add(new Arc(to, from, -cost, link, 0));
    }

    /// Both paths, the links of each in order; nothing where there are none.
    Optional<List<List<Integer>>> find() {
        for (int i = 0; i < 2; i++) {
            if (!augment()) {
                return Optional.empty();
            }
        }
        return Optional.of(List.of(path(), path()));
    }

    /// What all paths pass, after none were found: beyond it lies all that is not reached any more.
    Optional<Barrier> barrier() {
        var nanos = reached(new int[root + 1]);
        return IntStream.range(0, arcs.size() / 2)
                .mapToObj(i -> arcs.get(2 * i))
                .filter(a -> a.room == 0 && nanos[a.from] < NEVER && nanos[a.to] == NEVER)
                .map(a -> a.link >= 0 ? new Barrier(-1, a.link) : new Barrier(a.to / 2, -1))
                .findFirst();
    }

    private boolean augment() {
        var by = new int[root + 1];
        if (reached(by)[2 * end] == NEVER) {
            return false;
        }
        for (int at = 2 * end; at != root; at = arcs.get(by[at]).from) {
            arcs.get(by[at]).room--;
            arcs.get(by[at] ^ 1).room++;
        }
        return true;
    }

    /// The least times from the root, some of which may be negative on the way (Bellman and Ford).
    ///
    /// @param by is told for each node the arc that leads there
    private double[] reached(int[] by) {
        var nanos = new double[root + 1];
        Arrays.fill(nanos, NEVER);
        nanos[root] = 0;
        var next = new ArrayDeque<Integer>();
        var waits = new boolean[root + 1];
        next.add(root);
        while (!next.isEmpty()) {
            int here = next.remove();
            waits[here] = false;
            for (int number : leaving.get(here)) {
                var arc = arcs.get(number);
                // less by so little comes of rounding, and would come again and again
                if (arc.room > 0 && nanos[here] + arc.cost < nanos[arc.to] - 1e-6) {
                    nanos[arc.to] = nanos[here] + arc.cost;
                    by[arc.to] = number;
                    if (!waits[arc.to]) {
                        waits[arc.to] = true;
                        next.add(arc.to);
                    }
                }
            }
        }
        return nanos;
    }

    /// Takes one path out of the two.
    private List<Integer> path() {
        var path = new ArrayList<Integer>();
        for (int at = root; at != 2 * end; ) {
            int taken = taken(at);
            // the way back had room where the way is taken
            arcs.get(taken ^ 1).room--;
            if (arcs.get(taken).link >= 0) {
                path.add(arcs.get(taken).link);
            }
            at = arcs.get(taken).to;
        }
        return path;
    }

    private int taken(int from) {
        return leaving.get(from).stream()
                .filter(n -> n % 2 == 0 && arcs.get(n ^ 1).room > 0)
                .findFirst()
                .orElseThrow();
    }
}
