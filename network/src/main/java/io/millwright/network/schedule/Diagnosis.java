package io.millwright.network.schedule;

import io.millwright.network.schedule.Remedies.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// Why a problem has no schedule, and what would do. Every repair has been scheduled.
///
/// Changes are first tried on the streams in conflict alone, which is quick, and then on all streams. Where
/// another conflict remains, it is resolved in the same way.
public final class Diagnosis {

    /// How many changes of one kind are tried on all streams before one is taken and the next conflict looked
    /// for.
    private static final int TRIED = 6;

    /// How many changes a repair may have.
    private static final int MOST_CHANGES = 30;

    /// Which part of the time is for finding the conflict.
    private static final int CONFLICT_SHARE = 4;

    private final Problem problem;
    private final Trials trials;
    private final ConflictFinder finder;
    private final Optional<Conflict> conflict;
    private final boolean found;
    private final long end;

    /// Looks for the conflict.
    ///
    /// @param outcome what came of the problem
    /// @param nanoTime a clock that only goes forward, in nanoseconds
    /// @param time how long conflict and repairs may take at most
    public Diagnosis(Problem problem, Outcome outcome, LongSupplier nanoTime, long seed, Duration time) {
        this.problem = problem;
        trials = new Trials(nanoTime, seed);
        finder = new ConflictFinder(trials);
        long now = trials.now();
        end = now + time.toNanos();
        trials.endAt(now + time.toNanos() / CONFLICT_SHARE);
        conflict = finder.conflict(problem, outcome);
        found = !(outcome instanceof Outcome.NotFound(int _, var _, var conflicting)) || !conflicting.isEmpty();
    }

    /// What cannot go together; nothing if it has nothing to do with streams, or was not found in time.
    public Optional<Conflict> conflict() {
        return found ? conflict : Optional.empty();
    }

    /// Looks for repairs until time is up: for one of each kind of change at most.
    ///
    /// @param found is given each as it is found
    public void repairs(Consumer<Repair> found) {
        var kinds = Kind.values();
        for (int i = 0; i < kinds.length && conflict.isPresent(); i++) {
            long now = trials.now();
            trials.endAt(now + Math.max(0, end - now) / (kinds.length - i));
            repair(kinds[i], conflict.get()).ifPresent(found);
        }
    }

    private Optional<Repair> repair(Kind kind, Conflict first) {
        var changed = problem;
        var changes = new ArrayList<Change>();
        Optional<Conflict> next = Optional.of(first);
        while (next.isPresent() && changes.size() < MOST_CHANGES && !trials.isOver()) {
            var remedies = new Remedies(trials, changed, next.get());
            Change taken = null;
            int tried = 0;
            for (var change : remedies.of(kind)) {
                if (tried == (kind == Kind.DROP ? 1 : TRIED) || trials.isOver()) {
                    break;
                }
                var alone = remedies.with(change);
                if (alone.isPresent() || kind == Kind.DROP) {
                    taken = taken == null ? change : taken;
                    tried++;
                    var schedule = remedies.whole() ? alone : trials.schedule(change.in(changed));
                    if (schedule.isPresent()) {
                        changes.add(change);
                        return Optional.of(least(changes, schedule.get()));
                    }
                }
            }
            if (taken == null) {
                return Optional.empty();
            }
            changes.add(taken);
            changed = taken.in(changed);
            next = finder.conflict(changed, trials.explained(changed));
        }
        return Optional.empty();
    }

    /// A repair without those of its changes that are not needed.
    private Repair least(List<Change> changes, Schedule schedule) {
        var needed = new ArrayList<>(merged(changes));
        var found = schedule;
        for (int i = needed.size() - 1; i >= 0 && needed.size() > 1 && !trials.isOver(); i--) {
            var fewer = new ArrayList<>(needed);
            fewer.remove(i);
            var other = trials.schedule(with(fewer));
            if (other.isPresent()) {
                needed = fewer;
                found = other.get();
            }
        }
        return new Repair(needed, found);
    }

    private Problem with(List<Change> changes) {
        var changed = problem;
        for (var change : changes) {
            changed = change.in(changed);
        }
        return changed;
    }

    /// A deadline that was relaxed twice was relaxed once.
    private static List<Change> merged(List<Change> changes) {
        var merged = new ArrayList<Change>();
        for (var change : changes) {
            Change whole = change;
            if (change instanceof Change.RelaxDeadline(int stream, long _, long to)) {
                for (var before : List.copyOf(merged)) {
                    if (before instanceof Change.RelaxDeadline(int same, long from, long _) && same == stream) {
                        merged.remove(before);
                        whole = new Change.RelaxDeadline(stream, from, to);
                    }
                }
            }
            merged.add(whole);
        }
        return merged;
    }
}
