package io.millwright.network.schedule;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// When gates of a port are open for scheduled frames.
///
/// @param cycleNanos after which it begins again
/// @param open each time in which some gate is, by start; they may overlap
/// @param lowestQueue the lowest queue that holds scheduled frames; the number of queues where none does
/// @param queues how many queues the port has
/// @param syncErrorNanos by which the clock of the port may be wrong, either way
public record GateWindows(long cycleNanos, List<Busy> open, int lowestQueue, int queues, long syncErrorNanos) {

    /// From a start to an end, in nanoseconds since the cycle began.
    public record Busy(long start, long end) {}

    public GateWindows {
        open = List.copyOf(open);
    }

    /// The windows of all ports, by link.
    public static List<GateWindows> of(Schedule schedule) {
        var links = schedule.problem().topology().links();
        var lists = GateList.of(schedule);
        var all = new ArrayList<GateWindows>();
        for (int link = 0; link < links.size(); link++) {
            int queues = links.get(link).queues();
            var windows = lists.get(link).windows();
            all.add(new GateWindows(
                    lists.get(link).cycleNanos(),
                    windows.stream().map(w -> new Busy(w.start(), w.end())).toList(),
                    windows.stream().mapToInt(GateList.Window::queue).min().orElse(queues),
                    queues,
                    schedule.problem().limits(link).syncErrorNanos()));
        }
        return all;
    }

    /// When some gate may be open by a clock that is right: apart from each other, within one cycle.
    public List<Busy> busy() {
        var parts = new ArrayList<Busy>();
        for (var window : open) {
            long start = window.start - syncErrorNanos;
            long length = Math.min(cycleNanos, window.end + syncErrorNanos - start);
            long from = Math.floorMod(start, cycleNanos);
            parts.add(new Busy(from, Math.min(cycleNanos, from + length)));
            if (from + length > cycleNanos) {
                parts.add(new Busy(0, from + length - cycleNanos));
            }
        }
        parts.sort(Comparator.comparingLong(Busy::start));
        var joined = new ArrayList<Busy>();
        for (var part : parts) {
            if (!joined.isEmpty() && part.start <= joined.getLast().end) {
                var last = joined.removeLast();
                joined.add(new Busy(last.start, Math.max(last.end, part.end)));
            } else {
                joined.add(part);
            }
        }
        return joined;
    }
}
