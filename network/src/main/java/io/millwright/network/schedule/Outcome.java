package io.millwright.network.schedule;

import java.util.List;

/// What came of looking for a schedule.
public sealed interface Outcome {

    /// All streams have their place.
    record Scheduled(Schedule schedule) implements Outcome {}

    /// There is no schedule, whatever the method: it is proved.
    ///
    /// @param reasons each a proof by itself, with its numbers
    record Impossible(List<Message> reasons) implements Outcome {
        public Impossible {
            reasons = List.copyOf(reasons);
        }
    }

    /// None was found in time; there may be one.
    ///
    /// @param placed how many streams had their place at best
    /// @param missing ids of those that had none then
    /// @param conflicting ids of streams for which this method finds no schedule even without all others, and
    ///     does where any one of them is left out; empty where no such set was found. It proves nothing for
    ///     other methods
    record NotFound(int placed, List<Integer> missing, List<Integer> conflicting) implements Outcome {
        public NotFound {
            missing = List.copyOf(missing);
            conflicting = List.copyOf(conflicting);
        }
    }
}
