package io.millwright.network.bounds;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/// Which server sends to which, and where that goes round in cycles.
///
/// A server is settled when no cycle lies on any way to it: what comes to it can be bounded from the sources
/// on. The others lie on a cycle or behind one. They fall into parts — the strongly connected components (R. E.
/// Tarjan, SIAM Journal on Computing 1(2), 1972) — in an order in which each is sent to by earlier ones and
/// itself only. A flow that has come to a server that is not settled comes to no settled one any more.
final class Dependencies {
    private final int[][] next;
    private final boolean[] settled;
    private final List<int[]> parts;
    private int longestChain;

    Dependencies(ServerGraph graph) {
        next = next(graph);
        settled = new boolean[next.length];
        settle();
        parts = new Components().found();
    }

    private static int[][] next(ServerGraph graph) {
        var next = new ArrayList<TreeSet<Integer>>();
        graph.servers().forEach(_ -> next.add(new TreeSet<>()));
        for (var flow : graph.flows()) {
            for (int i = 1; i < flow.path().size(); i++) {
                next.get(flow.path().get(i - 1)).add(flow.path().get(i));
            }
        }
        return next.stream()
                .map(s -> s.stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
    }

    /// Takes away servers that nothing comes to; what remains lies on or behind a cycle.
    private void settle() {
        var incoming = new int[next.length];
        Arrays.stream(next).flatMapToInt(Arrays::stream).forEach(to -> incoming[to]++);
        var depth = new int[next.length];
        var ready = new ArrayDeque<Integer>();
        for (int s = 0; s < next.length; s++) {
            if (incoming[s] == 0) {
                ready.add(s);
            }
        }
        while (!ready.isEmpty()) {
            int s = ready.remove();
            settled[s] = true;
            longestChain = Math.max(longestChain, depth[s] + 1);
            for (int to : next[s]) {
                depth[to] = Math.max(depth[to], depth[s] + 1);
                if (--incoming[to] == 0) {
                    ready.add(to);
                }
            }
        }
    }

    /// Whether no cycle lies on any way to the server.
    boolean isSettled(int server) {
        return settled[server];
    }

    /// How many servers the longest chain of settled ones has.
    int longestChain() {
        return longestChain;
    }

    /// The servers that are not settled, part by part; a part of one server is on no cycle.
    List<int[]> parts() {
        return parts;
    }

    /// A shortest way from the first server of a part round to it, with that server at both ends.
    List<Integer> cycle(int[] part) {
        var inPart = new TreeSet<Integer>();
        Arrays.stream(part).forEach(inPart::add);
        var before = new int[next.length];
        var reached = new TreeSet<Integer>();
        var ready = new ArrayDeque<>(List.of(part[0]));
        while (!reached.contains(part[0])) {
            int s = ready.remove();
            for (int to : next[s]) {
                if (inPart.contains(to) && reached.add(to)) {
                    before[to] = s;
                    ready.add(to);
                }
            }
        }
        var cycle = new ArrayDeque<>(List.of(part[0]));
        do {
            cycle.addFirst(before[cycle.getFirst()]);
        } while (cycle.getFirst() != part[0]);
        return List.copyOf(cycle);
    }

    /// Tarjan's algorithm over the servers that are not settled, without recursion.
    private final class Components {
        private final int[] number = new int[next.length];
        private final int[] low = new int[next.length];
        private final int[] tried = new int[next.length];
        private final boolean[] open = new boolean[next.length];
        private final ArrayDeque<Integer> way = new ArrayDeque<>();
        private final ArrayDeque<Integer> opened = new ArrayDeque<>();
        private final List<int[]> components = new ArrayList<>();
        private int numbered;

        List<int[]> found() {
            for (int s = 0; s < next.length; s++) {
                if (!settled[s] && number[s] == 0) {
                    search(s);
                }
            }
            return components.reversed(); // they close from the last back
        }

        private void search(int start) {
            enter(start);
            while (!way.isEmpty()) {
                int s = way.element();
                if (tried[s] < next[s].length) {
                    int to = next[s][tried[s]++];
                    if (number[to] == 0) {
                        enter(to);
                    } else if (open[to]) {
                        low[s] = Math.min(low[s], number[to]);
                    }
                } else {
                    way.remove();
                    if (!way.isEmpty()) {
                        low[way.element()] = Math.min(low[way.element()], low[s]);
                    }
                    close(s);
                }
            }
        }

        private void enter(int s) {
            number[s] = ++numbered;
            low[s] = numbered;
            open[s] = true;
            way.push(s);
            opened.push(s);
        }

        private void close(int s) {
            if (low[s] < number[s]) {
                return;
            }
            var part = new ArrayList<Integer>();
            int taken;
            do {
                taken = opened.pop();
                open[taken] = false;
                part.add(taken);
            } while (taken != s);
            components.add(part.stream().mapToInt(Integer::intValue).sorted().toArray());
        }
    }
}
