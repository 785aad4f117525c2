package io.millwright.network.schedule;

import io.millwright.network.solver.OrTools;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/// Finds out which deadlines and links hold streams in conflict together: one after another is lifted, and
/// stays so where the streams do not come apart (a deletion filter).
final class ConflictFinder {

    /// How many streams are named where no small conflict was found.
    private static final int NAMED = 8;

    private static final long SOLVER_NANOS = 2_000_000_000L;

    private final Trials trials;

    ConflictFinder(Trials trials) {
        this.trials = trials;
    }

    /// A conflict of a problem that has no schedule; nothing where it has nothing to do with streams. Where
    /// nobody was found to be in conflict, those stand for it who found no place.
    Optional<Conflict> conflict(Problem problem, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Scheduled _ -> Optional.empty();
            case Outcome.Impossible _ -> proved(problem);
            case Outcome.NotFound(int _, var missing, var conflicting) ->
                Optional.of(
                        conflicting.isEmpty()
                                ? new Conflict(
                                        missing.stream().limit(NAMED).toList(),
                                        missing.stream().limit(NAMED).toList(),
                                        List.of(),
                                        false)
                                : refined(problem, conflicting));
        };
    }

    private Optional<Conflict> proved(Problem problem) {
        var courses = new Courses(problem, Map.of());
        var proofs = new Proofs(problem, courses);
        var members = new ArrayList<Integer>();
        problem.streams().forEach(_ -> members.add(members.size()));
        var reasons = new ArrayList<>(proofs.hopeless(members));
        if (reasons.isEmpty()) {
            reasons.addAll(proofs.fullLinks());
        }
        return reasons.isEmpty() && OrTools.isAvailable()
                ? provedBySolver(problem, courses)
                : reasons.stream().flatMap(r -> r.conflict().stream()).findFirst();
    }

    private Optional<Conflict> provedBySolver(Problem problem, Courses courses) {
        var ids = new Necessity(problem, courses)
                .conflicting(trials::now, SOLVER_NANOS, trials.seed()).stream()
                        .map(s -> problem.streams().get(s).id())
                        .toList();
        if (ids.isEmpty()) {
            return Optional.empty();
        }
        var refined = refined(problem, ids);
        return Optional.of(new Conflict(ids, refined.deadlines(), refined.links(), true));
    }

    private Conflict refined(Problem problem, List<Integer> ids) {
        var few = Trials.only(problem, ids);
        var deadlines = new ArrayList<Integer>();
        for (int id : ids) {
            var without = lifted(few, id);
            if (trials.small(without).isPresent()) {
                deadlines.add(id);
            } else {
                few = without;
            }
        }
        var boundless = new BitSet();
        var links = new ArrayList<Link>();
        for (int link : shared(few)) {
            boundless.set(link);
            if (trials.small(few, boundless).isPresent()) {
                boundless.clear(link);
                links.add(few.topology().links().get(link));
            }
        }
        // what was tried after the end of time says nothing
        return trials.isOver()
                ? new Conflict(ids, List.of(), List.of(), false)
                : new Conflict(ids, deadlines, links, false);
    }

    /// Links that two streams or more may take.
    private static List<Integer> shared(Problem problem) {
        var courses = new Courses(problem, Map.of());
        var users = new TreeMap<Integer, BitSet>();
        for (int i = 0; i < problem.streams().size(); i++) {
            for (var course : courses.of(i)) {
                for (int link : course.links) {
                    users.computeIfAbsent(link, _ -> new BitSet()).set(i);
                }
            }
        }
        return users.entrySet().stream()
                .filter(e -> e.getValue().cardinality() > 1)
                .map(Map.Entry::getKey)
                .toList();
    }

    /// The problem in which a stream has all the time it could use.
    static Problem lifted(Problem problem, int id) {
        var known = new HashMap<Integer, Stream>();
        problem.streams().forEach(s -> known.put(s.id(), s));
        var stream = Objects.requireNonNull(known.get(id));
        return new Change.RelaxDeadline(id, stream.deadlineNanos(), longest(problem, stream)).in(problem);
    }

    /// The deadline with which a stream could wait for two periods at every port of its fastest way.
    static long longest(Problem problem, Stream stream) {
        var fastest = new Courses(problem, Map.of()).fastest(problem.streams().indexOf(stream));
        return Math.max(stream.deadlineNanos(), fastest.latency) + 2 * stream.periodNanos() * (fastest.size() + 1L);
    }
}
