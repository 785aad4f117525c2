package io.millwright.network.schedule;

import io.millwright.network.solver.OrTools;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;

/// What a solver adds to attempts of a [Search] that leave streams without a place: the proof that there is no
/// schedule, or places for the rest by [Neighbourhoods].
///
/// Most problems are solved before its library is worth loading. Problems with redundant streams are left to
/// the search: the models know nothing of two members.
final class Refinement {

    private static final long AFTER_NANOS = 200_000_000;
    private static final long LEAST_NANOS = 100_000_000;

    /// Which part of the time is for the proof.
    private static final int PROOF_SHARE = 10;

    private final Problem problem;
    private final Courses courses;
    private final Timetable table;
    private final LongSupplier nanoTime;
    private final long end;
    private final long seed;
    private final List<Integer> members;
    private final long began;
    private final boolean redundant;
    private boolean asked;

    /// What the solver has taken so far to find places.
    private long spent;

    /// @param members the streams that may be moved
    /// @param nanos how long the search may take, from now on
    Refinement(
            Problem problem,
            Courses courses,
            Timetable table,
            List<Integer> members,
            LongSupplier nanoTime,
            long nanos,
            long seed) {
        this.problem = problem;
        this.courses = courses;
        this.table = table;
        this.members = members;
        this.nanoTime = nanoTime;
        this.seed = seed;
        redundant = problem.streams().stream().anyMatch(s -> s.member() > 0);
        began = nanoTime.getAsLong();
        end = began + nanos;
    }

    /// Whether it is time to ask the solver, after an attempt, and there is one.
    boolean isDue() {
        return !redundant
                && nanoTime.getAsLong() - began > AFTER_NANOS
                && (!asked || left() > LEAST_NANOS)
                && end - nanoTime.getAsLong() > LEAST_NANOS
                && OrTools.isAvailable();
    }

    /// How long the solver may go on: it has no more of the time than attempts have.
    private long left() {
        long now = nanoTime.getAsLong();
        return Math.min(end - now, (now - began) / 2 - spent);
    }

    /// Why there is no schedule; nothing where that is not proved. Asked once.
    Optional<Message> impossible() {
        if (asked) {
            return Optional.empty();
        }
        asked = true;
        var necessity = new Necessity(problem, courses);
        var streams = necessity.conflicting(nanoTime, (end - nanoTime.getAsLong()) / PROOF_SHARE, seed);
        return streams.isEmpty() ? Optional.empty() : Optional.of(necessity.reason(streams));
    }

    /// Finds places for those who have none.
    ///
    /// @param homeless all members without a place; those that get one are removed
    /// @return whether all have a place
    boolean improve(List<Integer> homeless, SplittableRandom random) {
        long from = nanoTime.getAsLong();
        long until = from + left();
        boolean all = new Neighbourhoods(problem, courses, table, members, random, () -> until - nanoTime.getAsLong())
                .improve(homeless);
        spent += nanoTime.getAsLong() - from;
        return all;
    }
}
