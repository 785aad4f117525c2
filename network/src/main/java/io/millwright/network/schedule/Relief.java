package io.millwright.network.schedule;

import io.millwright.network.schedule.Remedies.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// Changes that take load from a link that is too narrow for the streams that cannot avoid it: of one kind, for as
/// few of the most demanding streams as suffice. How much suffices is tried, as a full link is hard to schedule.
final class Relief {

    /// For how much of its time streams may need the link in the end, in turn.
    static final List<Double> LOADS = List.of(1.0, 0.9, 0.8, 0.65, 0.5);

    /// The shortest frame of Ethernet.
    private static final int SHORTEST_FRAME = 64;

    private final Trials trials;
    private final Problem problem;
    private final int link;
    private final Guards guards;
    private final TreeSet<Long> periods = new TreeSet<>();

    /// @param problem the streams of the link alone
    Relief(Trials trials, Problem problem, int link) {
        this.trials = trials;
        this.problem = problem;
        this.link = link;
        guards = new Guards(problem);
        problem.streams().forEach(s -> periods.add(s.periodNanos()));
    }

    /// Whether changes of a kind take load from links.
    static boolean isOf(Kind kind) {
        return kind == Kind.SHORTEN || kind == Kind.LENGTHEN || kind == Kind.DROP;
    }

    /// Changes with which the streams were scheduled; none where none were found.
    ///
    /// @param most which part of its time they may need the link for
    List<Change> of(Kind kind, double most) {
        for (double load : LOADS.stream().filter(l -> l <= most).toList()) {
            var changes = until(load, kind);
            if (changes.isEmpty() || trials.isOver()) {
                return List.of();
            }
            var changed = with(changes);
            if (!changed.streams().isEmpty()
                    && Remedies.isBounded(changed)
                    && trials.small(changed).isPresent()) {
                return changes;
            }
        }
        return List.of();
    }

    /// One step after another, each for the stream that needs most of the link.
    private List<Change> until(double load, Kind kind) {
        var changes = new HashMap<Integer, Change>();
        var streams = new ArrayList<>(problem.streams());
        while (streams.stream().mapToDouble(this::share).sum() > load) {
            var step = streams.stream()
                    .sorted(Comparator.comparingDouble((Stream s) -> -share(s)).thenComparingInt(Stream::id))
                    .flatMap(s -> step(kind, s).stream())
                    .findFirst();
            if (step.isEmpty()) {
                return List.of();
            }
            var stream = step.get();
            var change = change(kind, stream);
            changes.put(stream.id(), change);
            streams = new ArrayList<>(with(changes.values()).streams());
        }
        return changes.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue)
                .toList();
    }

    private Problem with(Collection<Change> changes) {
        var changed = problem;
        for (var change : changes) {
            changed = change.in(changed);
        }
        return changed;
    }

    private double share(Stream stream) {
        return guards.share(stream, link, 0, Guards.ALL) / stream.periodNanos();
    }

    /// What becomes of a stream; nothing where no more can be done to it.
    private Optional<Stream> step(Kind kind, Stream stream) {
        return switch (kind) {
            case DROP -> Optional.of(stream);
            case SHORTEN ->
                stream.octets() <= SHORTEST_FRAME
                        ? Optional.empty()
                        : Optional.of(stream.of(Math.max(SHORTEST_FRAME, stream.octets() / 2)));
            case LENGTHEN -> {
                var longer = periods.higher(stream.periodNanos());
                long twice = 2 * stream.periodNanos();
                yield Optional.of(stream.every(longer == null ? twice : Math.min(longer, twice)));
            }
            case RELAX, MOVE, LINK -> Optional.empty();
        };
    }

    /// The change that makes of a stream of the problem what became of it.
    private Change change(Kind kind, Stream stream) {
        var before = problem.streams().stream()
                .filter(s -> s.id() == stream.id())
                .findFirst()
                .orElseThrow();
        return switch (kind) {
            case SHORTEN -> new Change.ShortenFrames(stream.id(), before.octets(), stream.octets());
            case LENGTHEN -> new Change.LengthenPeriod(stream.id(), before.periodNanos(), stream.periodNanos());
            case DROP, RELAX, MOVE, LINK -> new Change.Drop(stream.id());
        };
    }
}
