package io.millwright.network.failure;

import io.millwright.network.schedule.Schedule;
import java.util.List;
import java.util.Optional;

/// What a failure leads to.
///
/// @param fates of all streams, in their order, one for both members of a redundant one
/// @param alternative the schedule of all streams that are not lost, on the links that are left; nothing if no
///     stream moves: then the schedule that there is goes on
/// @param changes from the schedule to its alternative, by node; without those that failed
/// @param drainNanos how long frames are under way at most, before the change, of streams that are touched
/// @param hyperperiodNanos of the schedule until now: lists of gates change where it begins
/// @param nanos how long it took to find out
public record Consequence(
        Failure failure,
        List<Fate> fates,
        Optional<Schedule> alternative,
        List<DeviceChange> changes,
        long drainNanos,
        long hyperperiodNanos,
        long nanos) {

    public Consequence {
        fates = List.copyOf(fates);
        changes = List.copyOf(changes);
    }

    /// The fates of one kind.
    public <F extends Fate> List<F> fates(Class<F> kind) {
        return fates.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
