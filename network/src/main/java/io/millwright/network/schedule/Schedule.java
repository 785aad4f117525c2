package io.millwright.network.schedule;

import java.util.List;

/// A place for every stream of a problem.
///
/// @param problem the problem
/// @param placements in the order of its streams
public record Schedule(Problem problem, List<Placement> placements) {

    public Schedule {
        placements = List.copyOf(placements);
        if (placements.size() != problem.streams().size()) {
            throw new IllegalArgumentException(
                    placements.size() + " placements of " + problem.streams().size() + " streams");
        }
    }

    /// How many entries the longest gate control list of a port has.
    public int gateEntries() {
        return GateList.of(this).stream().mapToInt(GateList::entries).max().orElse(0);
    }
}
