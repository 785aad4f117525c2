package io.millwright.network.schedule;

import java.util.List;
import java.util.stream.Collectors;

/// What would do: changes with which there is a schedule, and the schedule.
///
/// @param changes all of them are needed together, as far as was tried
/// @param schedule of the changed problem
public record Repair(List<Change> changes, Schedule schedule) {

    public Repair {
        changes = List.copyOf(changes);
    }

    /// The changes in a few words.
    public String in(Names names) {
        return changes.stream().map(c -> c.message().in(names)).collect(Collectors.joining(", and "));
    }
}
