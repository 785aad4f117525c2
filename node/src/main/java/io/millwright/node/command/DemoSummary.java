package io.millwright.node.command;

import io.millwright.node.runtime.PlantState;
import java.util.List;

/// What `mw demo --for` ends with.
///
/// @param samples what the machines produced and what the historian holds of it
/// @param latencyMillis from source time to durable, over the last minute
/// @param identifiers the identifier node
record DemoSummary(Samples samples, PlantState.Latency latencyMillis, Identifiers identifiers) {

    /// @param produced values that the simulated machines handed to whoever asked, by their own ledger
    /// @param stored of these, those that the historian holds; counted by asking it for each
    /// @param lost the rest
    record Samples(long produced, long stored, long lost) {
        static Samples sum(List<DemoCount.Tally> tallies) {
            long produced =
                    tallies.stream().mapToLong(DemoCount.Tally::produced).sum();
            long stored = tallies.stream().mapToLong(DemoCount.Tally::stored).sum();
            return new Samples(produced, stored, produced - stored);
        }
    }

    /// @param registered identifiers that the node answers for
    /// @param resolved of these, those that were resolved over the Handle protocol at the end, each once
    record Identifiers(long registered, long resolved) {}
}
