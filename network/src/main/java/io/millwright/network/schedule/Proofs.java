package io.millwright.network.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Why there can be no schedule, whatever the method.
final class Proofs {

    /// How many reasons are told.
    static final int MOST = 10;

    /// Why there is no schedule.
    ///
    /// @param message for people, with its numbers
    /// @param conflict few streams that suffice for it; none where it does not depend on streams
    record Reason(Message message, Optional<Conflict> conflict) {}

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
            if (reasons.size() < MOST) {
                var reason = courses.of(member).isEmpty()
                        ? hopeless(member)
                        : held(problem.streams().get(member));
                reason.filter(r -> !reasons.contains(r)).ifPresent(reasons::add);
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

    /// A listener whose frames wait for gates on all ways, by clocks that are too wrong for that.
    private Optional<Reason> held(Stream stream) {
        long apart = unavoidable.apartNanos(stream);
        for (int listener : apart > 0 ? stream.destinations() : List.<Integer>of()) {
            if (unavoidable.mustWait(stream, listener)) {
                var alone = List.of(stream.id());
                long varies = problem.topology().entering(problem.topology().place(listener)).stream()
                        .mapToLong(l -> problem.topology().links().get(l).earlyArrivalNanos())
                        .min()
                        .orElse(0);
                long least = unavoidable.earliest(stream, listener);
                boolean late = least + apart > stream.deadlineNanos();
                if (late || varies + apart > stream.jitterNanos()) {
                    var message = late ? late(stream, least, apart) : uneven(stream, varies, apart);
                    return Optional.of(new Reason(
                            message.stream("stream", stream.id())
                                    .node("listener", listener)
                                    .nanos("error", apart / 4),
                            Optional.of(new Conflict(alone, late ? alone : List.of(), List.of(), true))));
                }
            }
        }
        return Optional.empty();
    }

    private static Message late(Stream stream, long least, long apart) {
        return Message.of(
                        "clock-late",
                        "stream {stream}: its frames come to ports earlier or later and wait for gates there, on all"
                                + " ways to node {listener}; with clocks that are wrong by {error} that takes"
                                + " {fastest} at least, and its deadline is {deadline}")
                .nanos("fastest", least + apart)
                .nanos("deadline", stream.deadlineNanos());
    }

    private static Message uneven(Stream stream, long varies, long apart) {
        return Message.of(
                        "clock-jitter",
                        "stream {stream}: its frames come to ports earlier or later and wait for gates there, on all"
                                + " ways to node {listener}; with clocks that are wrong by {error} their delays differ"
                                + " by {by}, and its jitter is {jitter}; a jitter of {by}, or a sync error of at most"
                                + " {fits}, would be right")
                .nanos("by", varies + apart)
                .nanos("jitter", stream.jitterNanos())
                .nanos("fits", Math.max(0, stream.jitterNanos() - varies) / 4);
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
                            ? FullLinks.about(
                                    message, problem.topology().links().get(link))
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
        return new FullLinks(problem, courses, unavoidable).reasons();
    }

    /// The streams that cannot avoid a link that they need for more than all of its time, for each such link.
    List<FullLinks.Crowd> crowds() {
        return new FullLinks(problem, courses, unavoidable).crowds();
    }
}
