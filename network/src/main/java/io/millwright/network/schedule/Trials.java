package io.millwright.network.schedule;

import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/// Tries whether problems have schedules, for as long as there is time.
final class Trials {

    private static final Duration SMALL = Duration.ofMillis(300);
    private static final long LEAST_NANOS = 100_000_000;
    private static final long MOST_NANOS = 3_000_000_000L;

    /// Which part of the time that is left one trial may take.
    private static final int SHARE = 8;

    private final LongSupplier nanoTime;
    private final long seed;
    private long end;

    Trials(LongSupplier nanoTime, long seed) {
        this.nanoTime = nanoTime;
        this.seed = seed;
    }

    long now() {
        return nanoTime.getAsLong();
    }

    long seed() {
        return seed;
    }

    void endAt(long nanos) {
        end = nanos;
    }

    boolean isOver() {
        return now() >= end;
    }

    /// What comes of a problem, within a share of the time.
    Outcome outcome(Problem problem) {
        return new Scheduler(problem, nanoTime, seed).attempt(share(), Integer.MAX_VALUE);
    }

    Optional<Schedule> schedule(Problem problem) {
        return scheduled(outcome(problem));
    }

    /// A schedule of few streams, for which one round of all strategies must do.
    Optional<Schedule> small(Problem problem) {
        return small(problem, new BitSet());
    }

    /// @param boundless indexes of links with room for all at once
    Optional<Schedule> small(Problem problem, BitSet boundless) {
        return scheduled(
                new Scheduler(problem, Map.of(), boundless, nanoTime, seed).attempt(SMALL, Strategy.PORTFOLIO.size()));
    }

    /// The same as [Scheduler#run] of a problem, with proofs first: with streams in conflict, where there is no
    /// schedule.
    Outcome explained(Problem problem) {
        var reasons = new Proofs(problem, new Courses(problem, Map.of())).fullLinks();
        return reasons.isEmpty()
                ? new Scheduler(problem, nanoTime, seed).run(share())
                : new Outcome.Impossible(
                        reasons.stream().map(Proofs.Reason::message).toList());
    }

    private Duration share() {
        return Duration.ofNanos(Math.clamp((end - now()) / SHARE, LEAST_NANOS, MOST_NANOS));
    }

    private static Optional<Schedule> scheduled(Outcome outcome) {
        return outcome instanceof Outcome.Scheduled(var schedule) ? Optional.of(schedule) : Optional.empty();
    }

    /// The problem with few of its streams.
    static Problem only(Problem problem, List<Integer> ids) {
        return new Problem(
                problem.topology(),
                problem.streams().stream().filter(s -> ids.contains(s.id())).toList(),
                problem.limits());
    }
}
