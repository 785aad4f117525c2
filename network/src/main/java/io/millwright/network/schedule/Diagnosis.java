package io.millwright.network.schedule;

import io.millwright.network.schedule.FullLinks.Crowd;
import io.millwright.network.schedule.Remedies.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

    /// And one for several links.
    private static final int MOST_TOGETHER = 40;

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
        var crowds = conflict.isPresent() ? crowds() : List.<Crowd>of();
        for (int i = 0; i < kinds.length && conflict.isPresent(); i++) {
            long now = trials.now();
            long until = now + Math.max(0, end - now) / (kinds.length - i);
            var kind = kinds[i];
            var together = crowds.size() > 1 ? together(kind, crowds, until) : Optional.<Repair>empty();
            trials.endAt(until);
            together.or(() -> repair(kind, problem, conflict))
                    .map(r -> least(r.changes(), r.schedule()))
                    .ifPresent(found);
        }
    }

    /// The streams of each link that is too narrow for those that cannot avoid it.
    private List<Crowd> crowds() {
        return new Proofs(problem, new Courses(problem, Map.of())).crowds();
    }

    /// Where several links are too narrow: each is looked at with its own streams alone, which is quick, and
    /// what would do for each is done for all. Where there is no schedule of all streams then, more load is taken
    /// from the links.
    private Optional<Repair> together(Kind kind, List<Crowd> crowds, long until) {
        for (double load : Relief.isOf(kind) ? Relief.LOADS : List.of(1.0)) {
            trials.endAt(until);
            var changes = forEach(kind, crowds, load, until);
            trials.endAt(until);
            var changed = with(problem, changes);
            if (changes.isEmpty()
                    || changes.size() > MOST_TOGETHER
                    || trials.isOver()
                    || !Remedies.isBounded(changed)) {
                return Optional.empty();
            }
            var schedule = trials.schedule(changed);
            if (schedule.isPresent()) {
                return Optional.of(new Repair(changes, schedule.get()));
            }
        }
        return Optional.empty();
    }

    /// What would do for each of some links. Where a kind of change does nothing for a link, streams are dropped
    /// there; nothing where it does so for no link.
    private List<Change> forEach(Kind kind, List<Crowd> crowds, double load, long until) {
        var changed = problem;
        var changes = new ArrayList<Change>();
        var rest = new ArrayList<Crowd>();
        for (int i = 0; i < crowds.size(); i++) {
            long now = trials.now();
            trials.endAt(now + Math.max(0, until - now) / (crowds.size() - i + 1));
            var some = alone(kind, changed, crowds.get(i), load);
            if (some.isEmpty()) {
                rest.add(crowds.get(i));
            }
            changes.addAll(some);
            changed = with(changed, some);
        }
        trials.endAt(until);
        for (var crowd : changes.isEmpty() ? List.<Crowd>of() : rest) {
            var some = alone(Kind.DROP, changed, crowd, load);
            changes.addAll(some);
            changed = with(changed, some);
        }
        return changes;
    }

    /// Changes of a kind with which the streams of a link come apart when they are alone; none where none were found.
    private List<Change> alone(Kind kind, Problem changed, Crowd crowd, double load) {
        var few = Trials.only(changed, crowd.streams());
        int link = few.topology().links().indexOf(crowd.link());
        if (Relief.isOf(kind) && link >= 0) {
            return new Relief(trials, few, link).of(kind, load);
        }
        var outcome = trials.explained(few);
        return outcome instanceof Outcome.Scheduled
                ? List.of()
                : repair(kind, few, finder.conflict(few, outcome))
                        .map(Repair::changes)
                        .orElse(List.of());
    }

    private Optional<Repair> repair(Kind kind, Problem from, Optional<Conflict> first) {
        var changed = from;
        var changes = new ArrayList<Change>();
        var next = first;
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
                        return Optional.of(new Repair(changes, schedule.get()));
                    }
                }
            }
            if (taken == null) {
                return Optional.empty();
            }
            changes.add(taken);
            changed = taken.in(changed);
            var outcome = trials.explained(changed);
            if (outcome instanceof Outcome.Scheduled(var schedule)) {
                return Optional.of(new Repair(changes, schedule));
            }
            next = finder.conflict(changed, outcome);
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
            var other = trials.schedule(with(problem, fewer));
            if (other.isPresent()) {
                needed = fewer;
                found = other.get();
            }
        }
        return new Repair(needed, found);
    }

    private static Problem with(Problem problem, List<Change> changes) {
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
