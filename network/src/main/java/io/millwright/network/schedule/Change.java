package io.millwright.network.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// Something that is changed in a problem, so that it has a schedule. Streams and nodes are named by their
/// numbers.
public sealed interface Change {

    /// The problem with this change.
    Problem in(Problem problem);

    /// What an engineer would do, in a few words.
    Message message();

    /// A stream may arrive later.
    record RelaxDeadline(int stream, long fromNanos, long toNanos) implements Change {
        @Override
        public Problem in(Problem problem) {
            return withStream(problem, stream, s -> s.within(toNanos));
        }

        @Override
        public Message message() {
            return Message.of("relax", "relax stream {stream} by {by}, from {from} to {to}").stream("stream", stream)
                    .nanos("by", toNanos - fromNanos)
                    .nanos("from", fromNanos)
                    .nanos("to", toNanos);
        }
    }

    /// A stream has shorter frames.
    record ShortenFrames(int stream, int fromOctets, int toOctets) implements Change {
        @Override
        public Problem in(Problem problem) {
            return withStream(problem, stream, s -> s.of(toOctets));
        }

        @Override
        public Message message() {
            return Message.of("shorten", "shorten the frames of stream {stream} from {from} to {to} octets").stream(
                            "stream", stream)
                    .figure("from", fromOctets)
                    .figure("to", toOctets);
        }
    }

    /// A stream is sent less often.
    record LengthenPeriod(int stream, long fromNanos, long toNanos) implements Change {
        @Override
        public Problem in(Problem problem) {
            return withStream(problem, stream, s -> s.every(toNanos));
        }

        @Override
        public Message message() {
            return Message.of("lengthen", "send stream {stream} every {to} instead of every {from}").stream(
                            "stream", stream)
                    .nanos("from", fromNanos)
                    .nanos("to", toNanos);
        }
    }

    /// A station is plugged in at another switch; its cable and ports are as before.
    record MoveStation(int station, int fromSwitch, int toSwitch) implements Change {
        @Override
        public Problem in(Problem problem) {
            return withLinks(
                    problem,
                    problem.topology().links().stream()
                            .map(l -> l.from() == station
                                    ? between(l, station, toSwitch)
                                    : l.to() == station ? between(l, toSwitch, station) : l)
                            .toList());
        }

        @Override
        public Message message() {
            return Message.of("move", "move station {station} from switch {from} to switch {to}")
                    .node("station", station)
                    .node("from", fromSwitch)
                    .node("to", toSwitch);
        }
    }

    /// Two switches get a link, in both directions.
    ///
    /// @param like a link whose properties it has
    record AddLink(int one, int other, Link like) implements Change {
        @Override
        public Problem in(Problem problem) {
            var links = new ArrayList<>(problem.topology().links());
            links.add(between(like, one, other));
            links.add(between(like, other, one));
            return withLinks(problem, links);
        }

        @Override
        public Message message() {
            return Message.of("link", "add a link {one}–{other} of {rate} Mbit/s")
                    .node("one", one)
                    .node("other", other)
                    .figure("rate", like.megabitsPerSecond());
        }
    }

    /// A stream is given up.
    record Drop(int stream) implements Change {
        @Override
        public Problem in(Problem problem) {
            return new Problem(
                    problem.topology(),
                    problem.streams().stream().filter(s -> s.id() != stream).toList(),
                    problem.limits());
        }

        @Override
        public Message message() {
            return Message.of("drop", "drop stream {stream}").stream("stream", stream);
        }
    }

    private static Problem withStream(Problem problem, int id, UnaryOperator<Stream> change) {
        return new Problem(
                problem.topology(),
                problem.streams().stream()
                        .map(s -> s.id() == id ? change.apply(s) : s)
                        .toList(),
                problem.limits());
    }

    private static Problem withLinks(Problem problem, List<Link> links) {
        return new Problem(new Topology(links), problem.streams(), problem.limits());
    }

    private static Link between(Link like, int from, int to) {
        return new Link(
                from,
                to,
                like.queues(),
                like.megabitsPerSecond(),
                like.processingNanos(),
                like.propagationNanos(),
                like.limits(),
                like.earliest());
    }
}
