package io.millwright.network.schedule;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import java.util.function.ToLongFunction;

/// Links that cannot carry what must pass them, whatever the method; with clocks that are wrong ([Guards]).
final class FullLinks {

    /// How many streams of a link are named.
    private static final int NAMED = 8;

    private static final double FULL = 1 + 1e-9;

    private final Problem problem;
    private final Courses courses;
    private final Unavoidable unavoidable;

    FullLinks(Problem problem, Courses courses, Unavoidable unavoidable) {
        this.problem = problem;
        this.courses = courses;
        this.unavoidable = unavoidable;
    }

    /// Each link for itself, a few at most.
    List<Proofs.Reason> reasons() {
        var reasons = new ArrayList<>(overloads());
        reasons.addAll(collisions());
        return reasons;
    }

    /// A link, and the ids of all streams that need it for more than all of its time.
    record Crowd(Link link, List<Integer> streams) {}

    /// Each such link.
    List<Crowd> crowds() {
        return tooMany().entrySet().stream()
                .map(e -> new Crowd(
                        problem.topology().links().get(e.getKey()),
                        e.getValue().stream().map(Stream::id).distinct().toList()))
                .toList();
    }

    private List<Proofs.Reason> overloads() {
        return tooMany().entrySet().stream()
                .limit(Proofs.MOST)
                .map(e -> {
                    long most = load(e.getKey(), e.getValue(), 0) > FULL ? 0 : Guards.ALL;
                    return new Proofs.Reason(
                            overload(e.getKey(), e.getValue(), most),
                            Optional.of(narrow(e.getKey(), e.getValue(), most)));
                })
                .toList();
    }

    /// Links that streams cannot avoid in time and that they need for more than all of the time, with these.
    private Map<Integer, List<Stream>> tooMany() {
        var users = new TreeMap<Integer, List<Stream>>();
        for (int i = 0; i < problem.streams().size(); i++) {
            var stream = problem.streams().get(i);
            var ways = courses.of(i);
            var way = ways.isEmpty() ? courses.fastest(i) : ways.getFirst();
            for (int link : way.links) {
                if (unavoidable.isNeeded(i, link)) {
                    users.computeIfAbsent(link, _ -> new ArrayList<>()).add(stream);
                }
            }
        }
        users.entrySet().removeIf(e -> load(e.getKey(), e.getValue(), Guards.ALL) <= FULL);
        return users;
    }

    /// As few users of a link as are too many: those that need most of it.
    private Conflict narrow(int link, List<Stream> users, long most) {
        var few = new ArrayList<Stream>();
        users.stream()
                .sorted(Comparator.comparingDouble((Stream s) -> -load(link, List.of(s), most)))
                .forEach(s -> {
                    if (load(link, few, most) <= FULL) {
                        few.add(s);
                    }
                });
        return new Conflict(
                few.stream().map(Stream::id).sorted().toList(),
                few.stream()
                        .filter(s -> !unavoidable.isCut(s, link))
                        .map(Stream::id)
                        .sorted()
                        .toList(),
                List.of(problem.topology().links().get(link)),
                true);
    }

    /// Which part of a link's time streams need.
    ///
    /// @param most the largest sync error that is counted, four times
    private double load(int link, List<Stream> users, long most) {
        return users.stream()
                .mapToDouble(s -> unavoidable.share(s, link, most) / s.periodNanos())
                .sum();
    }

    private Message overload(int link, List<Stream> users, long most) {
        var needs = users.stream()
                .map(s -> share(s, (long) unavoidable.share(s, link, most)))
                .toList();
        var message = most == 0
                ? Message.of(
                        "overload",
                        "link {link}: {percent} % of its time is needed by streams that have no other way in time"
                                + " ({count}): {streams}")
                : clocks(
                        Message.of(
                                "overload-clocks",
                                "link {link}: {percent} % of its time is needed by streams that have no other way in"
                                        + " time ({count}), as their frames come earlier or later with clocks that are"
                                        + " wrong by {error}: {streams}; a sync error of at most {fits} would be"
                                        + " right"),
                        users,
                        m -> load(link, users, m) <= FULL);
        return about(message, problem.topology().links().get(link))
                .figure("count", users.size())
                .figure("percent", String.format(Locale.ROOT, "%.1f", 100 * load(link, users, most)))
                .parts("streams", needs, NAMED);
    }

    /// The same with the sync error there is, and the largest one with which there may be room.
    ///
    /// @param hasRoom whether there may be for a sync error, which it is given four times; so for 0
    private Message clocks(Message message, List<Stream> streams, LongPredicate hasRoom) {
        long error = streams.stream().mapToLong(unavoidable::apartNanos).max().orElse(0) / 4;
        long fits = 0;
        for (long tooMuch = error; tooMuch - fits > 1; ) {
            long middle = fits + (tooMuch - fits) / 2;
            if (hasRoom.test(4 * middle)) {
                fits = middle;
            } else {
                tooMuch = middle;
            }
        }
        return message.nanos("error", error).nanos("fits", fits);
    }

    /// Streams that no jitter is permitted to and that meet on a link wherever they start: what they occupy in
    /// every period ([Unavoidable#parts]) does not come apart ([Crowding]).
    private List<Proofs.Reason> collisions() {
        var users = new TreeMap<Integer, Map<Stream, Unavoidable.Part>>();
        var ends = new BitSet();
        for (int i = 0; i < problem.streams().size(); i++) {
            var stream = problem.streams().get(i);
            for (var part : unavoidable.parts(i)) {
                users.computeIfAbsent(part.link(), _ -> new LinkedHashMap<>()).put(stream, part);
                var link = problem.topology().links().get(part.link());
                ends.set(
                        part.link(),
                        link.from() == stream.source() || stream.destinations().contains(link.to()));
            }
        }
        return users.entrySet().stream()
                .flatMap(e -> crowded(e.getKey(), e.getValue(), ends.get(e.getKey())).stream())
                .limit(Proofs.MOST)
                .toList();
    }

    /// @param end whether the link is the only one of a talker or listener, so that deadlines do not matter
    private Optional<Proofs.Reason> crowded(int link, Map<Stream, Unavoidable.Part> parts, boolean end) {
        return crowded(link, parts, end, 0).or(() -> crowded(link, parts, end, Guards.ALL));
    }

    private Optional<Proofs.Reason> crowded(int link, Map<Stream, Unavoidable.Part> parts, boolean end, long most) {
        return Crowding.of(parts.keySet(), needs(parts, most)).map(crowding -> {
            var ids = crowding.streams().stream().map(Stream::id).sorted().toList();
            var at = problem.topology().links().get(link);
            return new Proofs.Reason(
                    about(ids.size() == 2 ? collision(crowding, parts, most) : crowd(crowding, parts, most), at)
                            .nanos("together", crowding.together())
                            .nanos("common", crowding.common()),
                    Optional.of(new Conflict(ids, end ? List.of() : ids, List.of(at), true)));
        });
    }

    private static ToLongFunction<Stream> needs(Map<Stream, Unavoidable.Part> parts, long most) {
        return s ->
                Math.min(s.periodNanos(), Objects.requireNonNull(parts.get(s)).needs(most));
    }

    private Message collision(Crowding crowding, Map<Stream, Unavoidable.Part> parts, long most) {
        var one = crowding.streams().getFirst();
        var other = crowding.streams().getLast();
        var message = most == 0
                ? Message.of(
                        "collision",
                        "link {link}: stream {one} (every {period}) and stream {other} (every {period2}) have a jitter"
                                + " of 0 and need {together} together; their periods have only {common} in common, so"
                                + " they meet wherever they start")
                : clocks(
                        Message.of(
                                "collision-clocks",
                                "link {link}: stream {one} (every {period}) and stream {other} (every {period2}) have a"
                                        + " jitter of 0 and need {together} together, as their frames come earlier or"
                                        + " later with clocks that are wrong by {error}; their periods have only"
                                        + " {common} in common, so they meet wherever they start; a sync error of at"
                                        + " most {fits} would be right"),
                        crowding.streams(),
                        m -> Crowding.of(crowding.streams(), needs(parts, m)).isEmpty());
        return message.stream("one", one.id()).nanos("period", one.periodNanos()).stream("other", other.id())
                .nanos("period2", other.periodNanos());
    }

    private Message crowd(Crowding crowding, Map<Stream, Unavoidable.Part> parts, long most) {
        var needs = needs(parts, most);
        var message = most == 0
                ? Message.of(
                        "crowd",
                        "link {link}: {count} streams have a jitter of 0, and periods that are multiples of {common};"
                                + " of every {common} they need {together} at least, wherever they start: {streams}")
                : clocks(
                        Message.of(
                                "crowd-clocks",
                                "link {link}: {count} streams have a jitter of 0, and periods that are multiples of"
                                        + " {common}; of every {common} they need {together} at least, wherever they"
                                        + " start, as their frames come earlier or later with clocks that are wrong by"
                                        + " {error}: {streams}; a sync error of at most {fits} would be right"),
                        crowding.streams(),
                        m -> Crowding.of(crowding.streams(), needs(parts, m)).isEmpty());
        return message.figure("count", crowding.streams().size())
                .parts(
                        "streams",
                        crowding.streams().stream()
                                .map(s -> share(s, needs.applyAsLong(s)))
                                .toList(),
                        NAMED);
    }

    /// How much of its period a stream needs a link for.
    private static Message share(Stream stream, long needs) {
        return Message.of("share", "stream {stream} {needs} of {period}").stream("stream", stream.id())
                .nanos("needs", needs)
                .nanos("period", stream.periodNanos());
    }

    /// The same about a link.
    static Message about(Message message, Link link) {
        return message.link("link", link.from(), link.to());
    }
}
