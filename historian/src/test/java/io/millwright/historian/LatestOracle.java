package io.millwright.historian;

import io.millwright.model.Sample;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the latest sample of one signal may be, from every sample that was handed over (decisions/0016). Whether one
/// that was not acknowledged was kept is not known, so there may be several states, until what is read tells which it
/// is.
final class LatestOracle {

    private static final long SECOND = 1_000_000_000L;

    /// The latest sample, and the first of those behind it that came at the same pace.
    private record State(@Nullable Sample latest, @Nullable Sample first) {

        State after(Sample next) {
            if (latest == null || next.sourceNanos() >= latest.sourceNanos()) {
                return new State(next, null);
            }
            if (first == null || Math.abs(lag(next) - lag(first)) > SECOND) {
                return new State(latest, next);
            }
            boolean lasted = next.receivedNanos() - first.receivedNanos() >= 10 * SECOND;
            return lasted ? new State(next, null) : this;
        }

        private static long lag(Sample sample) {
            return sample.receivedNanos() - sample.sourceNanos();
        }

        State withoutRun() {
            return new State(latest, null);
        }
    }

    private Set<State> states = new HashSet<>(Set.of(new State(null, null)));

    void add(Sample sample, boolean acknowledged) {
        var after = new HashSet<State>();
        for (State state : states) {
            if (acknowledged) {
                after.add(state.after(sample));
            } else { // Refused, given up with its whole group, or found by the next process: a run ends with either.
                after.add(state);
                after.add(state.withoutRun());
                after.add(state.after(sample).withoutRun());
            }
        }
        states = after;
    }

    /// A run is known to the process alone; this one may have ended, or ingestion in it was stopped.
    void mayForget() {
        for (State state : Set.copyOf(states)) {
            states.add(state.withoutRun());
        }
    }

    /// The process ended.
    void forget() {
        var after = new HashSet<State>();
        states.forEach(state -> after.add(state.withoutRun()));
        states = after;
    }

    /// @param stays whether what was read once has to be read from then on
    void check(Optional<Sample> found, boolean stays) {
        if (states.stream().noneMatch(state -> isSame(state.latest, found))) {
            throw new AssertionError("latest: found " + found + ", possible: " + states);
        }
        if (stays) {
            states.removeIf(state -> !isSame(state.latest, found));
        }
    }

    private static boolean isSame(@Nullable Sample expected, Optional<Sample> found) {
        return expected == null
                ? found.isEmpty()
                : found.isPresent()
                        && found.get().sourceNanos() == expected.sourceNanos()
                        && found.get().value().equals(expected.value())
                        && found.get().quality().equals(expected.quality());
    }
}
