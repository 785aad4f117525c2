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
import java.util.function.ToLongFunction;

/// Why there can be no schedule, whatever the method.
final class Proofs {

    /// How many reasons are told.
    private static final int MOST = 10;

    /// Why there is no schedule.
    ///
    /// @param message for people, with its numbers
    /// @param conflict few streams that suffice for it; none where it does not depend on streams
    record Reason(Message message, Optional<Conflict> conflict) {}

    /// How many streams of an overloaded link are named.
    private static final int NAMED = 8;

    private final Problem problem;
    private final Courses courses;
    private final Unavoidable unavoidable;

    Proofs(Problem problem, Courses courses) {
        this.problem = problem;
        this.courses = courses;
        unavoidable = new Unavoidable(problem, courses);
    }

    /// Limits that no gate control list keeps, as the schedule repeats after the hyperperiod.
    private void limits(List<Reason> reasons) {
        var limits = problem.limits();
        long hyperperiod = problem.hyperperiodNanos();
        if (hyperperiod % limits.tickNanos() != 0) {
            reasons.add(new Reason(
                    Message.of(
                                    "tick",
                                    "the schedule repeats after {cycle}, which is no multiple of the tick of {tick};"
                                            + " periods that are multiples of it would be right")
                            .nanos("cycle", hyperperiod)
                            .nanos("tick", limits.tickNanos()),
                    Optional.empty()));
        } else if (hyperperiod < limits.minGateNanos()) {
            reasons.add(new Reason(
                    Message.of(
                                    "short-cycle",
                                    "the schedule repeats after {cycle}, and the shortest entry of a gate list is"
                                            + " {least}")
                            .nanos("cycle", hyperperiod)
                            .nanos("least", limits.minGateNanos()),
                    Optional.empty()));
        }
    }

    /// Streams with no way in time, or none that has room for their frames; and limits that nothing keeps.
    List<Reason> hopeless(List<Integer> members) {
        var reasons = new ArrayList<Reason>();
        limits(reasons);
        if (!reasons.isEmpty()) {
            return reasons;
        }
        for (int member : members) {
            if (reasons.size() < MOST && courses.of(member).isEmpty()) {
                hopeless(member).filter(r -> !reasons.contains(r)).ifPresent(reasons::add);
            }
        }
        return reasons;
    }

    /// @return nothing where none is proved, as for a redundant stream only some pairs of ways were looked at
    private Optional<Reason> hopeless(int member) {
        var stream = problem.streams().get(member);
        var fastest = courses.fastest(member);
        // of several listeners each may have a faster way than in the tree that is fast for all
        boolean late = fastest.latency > stream.deadlineNanos()
                && (stream.destinations().size() == 1 || isLate(stream));
        var barred = late ? Optional.<Carriers.Refusal>empty() : courses.barred(member);
        if (!late && barred.isEmpty()) {
            // ways may be left out that suit a stream alone, but not beside the others
            return courses.twin(member) >= 0 ? single(stream) : varied(stream);
        }
        var alone = List.of(stream.id());
        return Optional.of(new Reason(
                barred.map(b -> barred(stream, b))
                        .orElseGet(() -> Message.of(
                                        "late",
                                        "stream {stream}: its deadline is {deadline}, and its fastest way of {links}"
                                                + " links takes {fastest} without any waiting")
                                .stream("stream", stream.id())
                                .nanos("deadline", stream.deadlineNanos())
                                .figure("links", fastest.size())
                                .nanos("fastest", fastest.latency)),
                Optional.of(new Conflict(alone, late ? alone : List.of(), List.of(), true))));
    }

    private boolean isLate(Stream stream) {
        return stream.destinations().stream().anyMatch(d -> unavoidable.earliest(stream, d) > stream.deadlineNanos());
    }

    /// A listener at which frames arrive at times that differ by more than they may, over whatever link.
    private Optional<Reason> varied(Stream stream) {
        for (int listener : stream.destinations()) {
            var varies = problem.topology().entering(problem.topology().place(listener)).stream()
                    .mapToLong(l -> problem.topology().links().get(l).earlyArrivalNanos())
                    .min();
            if (varies.isPresent() && varies.getAsLong() > stream.jitterNanos()) {
                return Optional.of(new Reason(
                        Message.of(
                                        "varied",
                                        "stream {stream}: its jitter is {jitter}, and the time on each link to node"
                                                + " {listener} varies by {by} or more")
                                .stream("stream", stream.id())
                                .nanos("jitter", stream.jitterNanos())
                                .node("listener", listener)
                                .nanos("by", varies.getAsLong()),
                        Optional.of(new Conflict(List.of(stream.id()), List.of(), List.of(), true))));
            }
        }
        return Optional.empty();
    }

    private Message barred(Stream stream, Carriers.Refusal refusal) {
        var can = problem.limits(refusal.link());
        var link = problem.topology().links().get(refusal.link());
        return refusal.buffer()
                ? Message.of(
                                "buffer",
                                "stream {stream}: its frames have {octets} octets, and queues of bridges hold"
                                        + " {buffer}")
                        .stream("stream", stream.id())
                        .figure("octets", stream.octets())
                        .figure("buffer", can.bufferOctets())
                : Message.of(
                                "port-cycle",
                                "stream {stream}: all its ways pass ports whose gates cannot repeat with it; that of"
                                        + " {from} towards {to} needs a cycle that divides {hyperperiod}, is a multiple"
                                        + " of {period} and of the tick of {tick}, and lasts from {least} to {most}")
                        .stream("stream", stream.id())
                        .node("from", link.from())
                        .node("to", link.to())
                        .nanos("hyperperiod", problem.hyperperiodNanos())
                        .nanos("period", stream.periodNanos())
                        .nanos("tick", can.tickNanos())
                        .nanos("least", can.minGateNanos())
                        .nanos("most", can.longestCycleNanos());
    }

    /// Why a stream that could be sent cannot be redundant: whatever ports can, or over those that can send it.
    private Optional<Reason> single(Stream stream) {
        return single(stream, false).or(() -> single(stream, true));
    }

    /// @param able whether only ways past ports that can send it count
    private Optional<Reason> single(Stream stream, boolean able) {
        var alone = List.of(stream.id());
        var barrier = courses.barrier(stream, able);
        if (barrier.isPresent()) {
            int link = barrier.get().at().link();
            int place = barrier.get().at().place();
            var message = Message.of(
                            (link >= 0 ? "single-link" : "single-node") + (able ? "-able" : ""),
                            "stream {stream}: it is redundant, and all ways to node {listener}"
                                    + (able ? " over ports that can send it pass " : " pass ")
                                    + (link >= 0 ? "link {link}" : "node {node}"))
                    .stream("stream", stream.id())
                    .node("listener", barrier.get().listener());
            return Optional.of(new Reason(
                    link >= 0
                            ? about(message, problem.topology().links().get(link))
                            : message.node("node", problem.topology().node(place)),
                    Optional.of(new Conflict(
                            alone,
                            List.of(),
                            link >= 0 ? List.of(problem.topology().links().get(link)) : List.of(),
                            true))));
        }
        var pair = courses.fastestPair(stream, able);
        if (pair.isEmpty() || stream.destinations().size() > 1) {
            return Optional.empty();
        }
        long one = Course.of(problem.topology(), stream, pair.get().one()).latency;
        long other = Course.of(problem.topology(), stream, pair.get().other()).latency;
        return one + other <= 2 * stream.deadlineNanos()
                ? Optional.empty()
                : Optional.of(new Reason(
                        slow(stream, one + other, able), Optional.of(new Conflict(alone, alone, List.of(), true))));
    }

    private static Message slow(Stream stream, long together, boolean able) {
        return Message.of(
                        able ? "slow-pair-able" : "slow-pair",
                        "stream {stream}: its deadline is {deadline}, and of two ways that share nothing"
                                + (able ? ", over ports that can send it, " : " ")
                                + "the slower takes at least {slower}: the fastest two take {together} together")
                .stream("stream", stream.id())
                .nanos("deadline", stream.deadlineNanos())
                .nanos("slower", Math.ceilDiv(together, 2))
                .nanos("together", together);
    }

    /// Links that cannot carry what must pass them.
    List<Reason> fullLinks() {
        var reasons = new ArrayList<>(overloads());
        reasons.addAll(collisions());
        return reasons;
    }

    /// Links that streams cannot avoid in time and that they need for more than all of the time.
    private List<Reason> overloads() {
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
        return users.entrySet().stream()
                .filter(e -> load(e.getKey(), e.getValue()) > 1 + 1e-9)
                .limit(MOST)
                .map(e -> new Reason(overload(e.getKey(), e.getValue()), Optional.of(narrow(e.getKey(), e.getValue()))))
                .toList();
    }

    /// Streams that no jitter is permitted to and that meet on a link wherever they start: what they occupy in
    /// every period ([Unavoidable#parts]) does not come apart ([Crowding]).
    private List<Reason> collisions() {
        var users = new TreeMap<Integer, Map<Stream, Long>>();
        var ends = new BitSet();
        for (int i = 0; i < problem.streams().size(); i++) {
            var stream = problem.streams().get(i);
            for (var part : unavoidable.parts(i)) {
                users.computeIfAbsent(part.link(), _ -> new LinkedHashMap<>()).put(stream, part.length());
                var link = problem.topology().links().get(part.link());
                ends.set(
                        part.link(),
                        link.from() == stream.source() || stream.destinations().contains(link.to()));
            }
        }
        return users.entrySet().stream()
                .flatMap(e -> {
                    ToLongFunction<Stream> needs =
                            s -> Objects.requireNonNull(e.getValue().get(s));
                    return Crowding.of(e.getValue().keySet(), needs)
                            .map(c ->
                                    crowded(problem.topology().links().get(e.getKey()), c, needs, ends.get(e.getKey())))
                            .stream();
                })
                .limit(MOST)
                .toList();
    }

    /// @param end whether the link is the only one of a talker or listener, so that deadlines do not matter
    private static Reason crowded(Link link, Crowding crowding, ToLongFunction<Stream> needs, boolean end) {
        var ids = crowding.streams().stream().map(Stream::id).sorted().toList();
        return new Reason(
                about(ids.size() == 2 ? collision(crowding) : crowd(crowding, needs), link)
                        .nanos("together", crowding.together())
                        .nanos("common", crowding.common()),
                Optional.of(new Conflict(ids, end ? List.of() : ids, List.of(link), true)));
    }

    private static Message collision(Crowding crowding) {
        var one = crowding.streams().getFirst();
        var other = crowding.streams().getLast();
        return Message.of(
                        "collision",
                        "link {link}: stream {one} (every {period}) and stream {other} (every {period2}) have a jitter"
                                + " of 0 and need {together} together; their periods have only {common} in common, so"
                                + " they meet wherever they start")
                .stream("one", one.id())
                .nanos("period", one.periodNanos())
                .stream("other", other.id())
                .nanos("period2", other.periodNanos());
    }

    private static Message crowd(Crowding crowding, ToLongFunction<Stream> needs) {
        return Message.of(
                        "crowd",
                        "link {link}: {count} streams have a jitter of 0, and periods that are multiples of {common};"
                                + " of every {common} they need {together} at least, wherever they start: {streams}")
                .figure("count", crowding.streams().size())
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

    /// As few users of a link as are too many: those that need most of it.
    private Conflict narrow(int link, List<Stream> users) {
        var few = new ArrayList<Stream>();
        users.stream()
                .sorted(Comparator.comparingDouble((Stream s) -> -load(link, List.of(s))))
                .forEach(s -> {
                    if (load(link, few) <= 1 + 1e-9) {
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

    private double load(int link, List<Stream> users) {
        var l = problem.topology().links().get(link);
        return users.stream()
                .mapToDouble(s -> (double) l.transmissionNanos(s.octets()) / s.periodNanos())
                .sum();
    }

    private static Message about(Message message, Link link) {
        return message.link("link", link.from(), link.to());
    }

    private Message overload(int link, List<Stream> users) {
        var l = problem.topology().links().get(link);
        var needs = users.stream()
                .map(s -> share(s, l.transmissionNanos(s.octets())))
                .toList();
        return about(
                Message.of(
                                "overload",
                                "link {link}: {percent} % of its time is needed by streams that have no other way in"
                                        + " time ({count}): {streams}")
                        .figure("count", users.size())
                        .figure("percent", String.format(Locale.ROOT, "%.1f", 100 * load(link, users)))
                        .parts("streams", needs, NAMED),
                l);
    }
}
