package io.millwright.network.failure;

import io.millwright.network.schedule.Placement;
import io.millwright.network.schedule.Stream;
import io.millwright.network.schedule.Topology;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Counts what changes at each device.
///
/// A list of gates is needed where a stream gets a window that it did not have, or where a stream that moves
/// passes and a window is closed, in which it might be sent too early. Windows that nobody uses any more harm
/// no one else: the schedule holds, whichever streams send nothing (isolation).
final class Changes {

    private final Topology topology;
    private final Failure failure;
    private final long hyperperiod;
    private final Map<Integer, Device> devices = new TreeMap<>();

    private static final class Device {
        private final Set<Integer> opened = new HashSet<>();
        private final Set<Integer> closed = new HashSet<>();
        private final Set<Integer> passed = new HashSet<>();
        private long added;
        private long removed;
        private int routesAdded;
        private int routesRemoved;
        private int talkers;

        private DeviceChange change(int node) {
            var lists = new TreeSet<>(opened);
            lists.addAll(closed);
            boolean clears = closed.stream().anyMatch(passed::contains);
            return new DeviceChange(
                    node,
                    !opened.isEmpty() || clears || routesAdded > 0 || talkers > 0,
                    lists.size(),
                    added,
                    removed,
                    routesAdded,
                    routesRemoved,
                    talkers);
        }
    }

    /// When a frame is sent in each period, and in which queue.
    private record Window(long start, int queue) {}

    /// @param topology the whole network
    Changes(Topology topology, Failure failure, long hyperperiod) {
        this.topology = topology;
        this.failure = failure;
        this.hyperperiod = hyperperiod;
    }

    /// A stream whose place changes.
    ///
    /// @param now its place, on links of the whole network; none if it is lost
    void add(Stream stream, Placement before, @Nullable Placement now) {
        var old = windows(stream, before);
        var next = now == null ? Map.<Integer, Window>of() : windows(stream, now);
        boolean moves = now != null && !old.entrySet().containsAll(next.entrySet());
        long count = hyperperiod / stream.periodNanos();
        next.forEach((link, window) -> {
            var device = device(topology.links().get(link).from());
            if (moves) {
                device.passed.add(link);
            }
            if (!window.equals(old.get(link))) {
                device.opened.add(link);
                device.added += count;
            }
            device.routesAdded += old.containsKey(link) ? 0 : 1;
        });
        old.forEach((link, window) -> {
            if (failure.takes(topology.links().get(link))) {
                return;
            }
            var device = device(topology.links().get(link).from());
            if (!window.equals(next.get(link))) {
                device.closed.add(link);
                device.removed += count;
            }
            device.routesRemoved += next.containsKey(link) ? 0 : 1;
        });
        if ((now == null || now.offsetNanos() != before.offsetNanos()) && !failure.takes(stream.source())) {
            device(stream.source()).talkers++;
        }
    }

    private Device device(int node) {
        return devices.computeIfAbsent(node, _ -> new Device());
    }

    private static Map<Integer, Window> windows(Stream stream, Placement placement) {
        var windows = new HashMap<Integer, Window>();
        for (int i = 0; i < placement.links().size(); i++) {
            long start = Math.floorMod(placement.startsNanos().get(i), stream.periodNanos());
            windows.put(
                    placement.links().get(i),
                    new Window(start, placement.queues().get(i)));
        }
        return windows;
    }

    /// Those devices at which something changes.
    List<DeviceChange> changes() {
        return devices.entrySet().stream()
                .map(e -> e.getValue().change(e.getKey()))
                .filter(c -> c.needed() || c.lists() > 0 || c.routesRemoved() > 0)
                .toList();
    }
}
