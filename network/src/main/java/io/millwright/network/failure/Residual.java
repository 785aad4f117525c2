package io.millwright.network.failure;

import io.millwright.network.schedule.Link;
import io.millwright.network.schedule.Message;
import io.millwright.network.schedule.Placement;
import io.millwright.network.schedule.Stream;
import io.millwright.network.schedule.Topology;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What a failure leaves of a network.
final class Residual {

    /// How many nodes a proof names.
    private static final int NAMED = 12;

    private final Topology whole;
    private final Failure failure;
    private final Topology topology;
    /// The index of each link of the whole network in what is left; -1 for those that are gone.
    private final int[] left;
    /// The other way round.
    private final int[] origin;

    private final Map<Integer, List<Integer>> neighbours = new HashMap<>();
    private final Map<Integer, Set<Integer>> reached = new HashMap<>();

    Residual(Topology whole, Failure failure) {
        this.whole = whole;
        this.failure = failure;
        left = new int[whole.links().size()];
        origin = new int[left.length];
        var links = new ArrayList<Link>();
        for (int i = 0; i < left.length; i++) {
            var link = whole.links().get(i);
            left[i] = failure.takes(link) ? -1 : links.size();
            if (left[i] >= 0) {
                origin[links.size()] = i;
                links.add(link);
            }
        }
        topology = new Topology(links);
    }

    Topology topology() {
        return topology;
    }

    /// The index in the whole network of a link that is left.
    int origin(int link) {
        return origin[link];
    }

    /// The listeners of a stream that can still be reached.
    List<Integer> listeners(Stream stream) {
        var there = reached(stream.source());
        return stream.destinations().stream().filter(there::contains).toList();
    }

    private Set<Integer> reached(int node) {
        return reached.computeIfAbsent(node, this::flood);
    }

    private Set<Integer> flood(int from) {
        if (neighbours.isEmpty()) {
            topology.links()
                    .forEach(l -> neighbours
                            .computeIfAbsent(l.from(), _ -> new ArrayList<>())
                            .add(l.to()));
        }
        var seen = new HashSet<>(Set.of(from));
        var next = new ArrayDeque<>(List.of(from));
        while (!next.isEmpty()) {
            for (int there : neighbours.getOrDefault(next.remove(), List.of())) {
                if (seen.add(there)) {
                    next.add(there);
                }
            }
        }
        return seen;
    }

    /// The end of a stream that has no listener that can be reached.
    Fate.Lost separated(Stream stream) {
        var gone = stream.destinations().stream().filter(failure::takes).toList();
        if (gone.size() < stream.destinations().size()) {
            return new Fate.Lost(stream.id(), Fate.Cause.CUT_OFF, separation(stream));
        }
        return new Fate.Lost(
                stream.id(),
                Fate.Cause.END_GONE,
                gone.size() == 1
                        ? Message.of("listener-gone", "its listener, node {node}, is gone")
                                .node("node", gone.getFirst())
                        : Message.of("listeners-gone", "its listeners, nodes {nodes}, are gone")
                                .nodes("nodes", gone, NAMED));
    }

    private Message separation(Stream stream) {
        var there = new TreeSet<>(reached(stream.source()));
        there.remove(stream.source());
        boolean alone = stream.destinations().size() == 1;
        var to = alone ? "node {listener}" : "any of its listeners";
        var message = there.isEmpty()
                ? Message.of(
                        "no-link-left",
                        "no way is left from node {talker} to %s: no link leads away from it".formatted(to))
                : Message.of(
                                "cut-off",
                                "no way is left from node {talker} to %s: it reaches no nodes but {reached}"
                                        .formatted(to))
                        .nodes("reached", List.copyOf(there), NAMED);
        message = message.node("talker", stream.source()).nodes("listeners", stream.destinations(), NAMED);
        return alone ? message.node("listener", stream.destinations().getFirst()) : message;
    }

    private boolean isWhole(Placement placement) {
        for (int link : placement.links()) {
            if (left[link] < 0) {
                return false;
            }
        }
        return true;
    }

    private List<Integer> now(List<Integer> links) {
        var now = new ArrayList<Integer>(links.size());
        for (int link : links) {
            now.add(left[link]);
        }
        return now;
    }

    /// The place that a stream had, as far as it is needed for the listeners that it still has; nothing where
    /// some of them are not reached by it any more.
    ///
    /// @param stream with those listeners
    @Nullable
    Placement kept(Stream stream, Placement before) {
        int n = before.links().size();
        if (isWhole(before)) {
            return new Placement(now(before.links()), before.startsNanos(), before.queues());
        }
        var needed = new BitSet(n);
        var entering = new HashMap<Integer, Integer>();
        for (int i = 0; i < n; i++) {
            entering.put(whole.links().get(before.links().get(i)).to(), i);
        }
        for (int listener : stream.destinations()) {
            for (int node = listener; node != stream.source(); ) {
                int at = entering.getOrDefault(node, -1);
                if (at < 0 || left[before.links().get(at)] < 0) {
                    return null;
                }
                needed.set(at);
                node = whole.links().get(before.links().get(at)).from();
            }
        }
        var places = needed.stream().boxed().toList();
        return new Placement(
                now(places.stream().map(before.links()::get).toList()),
                places.stream().map(i -> before.startsNanos().get(i)).toList(),
                places.stream().map(i -> before.queues().get(i)).toList());
    }
}
