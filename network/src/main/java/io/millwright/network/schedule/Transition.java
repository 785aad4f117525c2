package io.millwright.network.schedule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// How a network goes from one schedule to another so that streams that have not changed notice nothing.
///
/// All ports get their new lists as admin lists, with the same ConfigChangeTime `C` (IEEE 802.1Q-2022,
/// 8.6.9.3), a multiple of [#multipleNanos]: then the last old cycle of every port ends just there, and the
/// first new one begins.
///
/// - A stream that has not changed has the same windows in both lists, repeated with its period, of which `C`
///   is a multiple. None of its claims passes the end of a period, so none is cut by `C`. A frame that is on
///   its way then meets the windows of its own period in the new lists.
/// - Frames of streams that leave or change have been sent on every link before `C`, as their talkers are
///   silent before. So what is in any queue at `C` belongs to streams that have not changed.
/// - Streams that enter begin after `C`. From then on all that is sent is sent as the new schedule says, in
///   which nobody is in anybody's way, whatever the period.
///
/// @param multipleNanos what the time of the change is a multiple of: both hyperperiods
/// @param unchanged ids of streams that notice nothing; of a redundant one at least one member
/// @param leaving streams that are sent no more, or in another way
/// @param entering ids of streams that are sent from the change on, those that changed among them
public record Transition(long multipleNanos, List<Integer> unchanged, List<Leaving> leaving, List<Integer> entering) {

    /// A stream whose talker is silent before the change.
    ///
    /// @param silentNanos no frame is handed over in this time before the change
    /// @param missed how many frames are not sent therefore
    public record Leaving(int stream, long silentNanos, long missed) {}

    /// A link on which a frame is sent, when and from which queue.
    private record Step(Link link, long start, int queue) {}

    public Transition {
        unchanged = List.copyOf(unchanged);
        leaving = List.copyOf(leaving);
        entering = List.copyOf(entering);
    }

    /// From one schedule to the next.
    public static Transition between(Schedule before, Schedule after) {
        var later = new HashMap<Stream, Integer>();
        for (int i = 0; i < after.placements().size(); i++) {
            later.put(after.problem().streams().get(i), i);
        }
        var unchanged = new ArrayList<Stream>();
        var leaving = new ArrayList<Leaving>();
        for (int i = 0; i < before.placements().size(); i++) {
            var stream = before.problem().streams().get(i);
            var there = later.get(stream);
            if (there != null && steps(before, i).equals(steps(after, there))) {
                unchanged.add(stream);
            } else {
                leaving.add(leaving(before, i));
            }
        }
        var same = new HashSet<>(unchanged);
        return new Transition(
                Periods.hyperperiod(
                        before.problem().hyperperiodNanos(), after.problem().hyperperiodNanos()),
                ids(unchanged.stream()),
                leaving,
                ids(after.problem().streams().stream().filter(s -> !same.contains(s))));
    }

    private static List<Integer> ids(java.util.stream.Stream<Stream> streams) {
        return streams.map(Stream::id).distinct().toList();
    }

    private static Set<Step> steps(Schedule schedule, int index) {
        var placement = schedule.placements().get(index);
        var steps = new HashSet<Step>();
        for (int i = 0; i < placement.links().size(); i++) {
            steps.add(new Step(
                    schedule.problem().topology().links().get(placement.links().get(i)),
                    placement.startsNanos().get(i),
                    placement.queues().get(i)));
        }
        return steps;
    }

    private static Leaving leaving(Schedule schedule, int index) {
        var stream = schedule.problem().streams().get(index);
        long offset = schedule.placements().get(index).offsetNanos();
        long end = 0;
        for (var step : steps(schedule, index)) {
            end = Math.max(end, step.start + step.link.transmissionNanos(stream.octets()));
        }
        // by clocks that are wrong it may end later
        long silent = end
                - offset
                + schedule.problem().guardNanos(schedule.placements().get(index).links());
        return new Leaving(stream.id(), silent, Math.ceilDiv(silent + offset, stream.periodNanos()) - 1);
    }
}
