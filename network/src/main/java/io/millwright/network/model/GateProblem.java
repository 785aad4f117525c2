package io.millwright.network.model;

import io.millwright.network.number.Rational;
import io.millwright.network.port.Port;
import io.millwright.network.schedule.Limits;
import io.millwright.network.schedule.Link;
import io.millwright.network.schedule.Message;
import io.millwright.network.schedule.Names;
import io.millwright.network.schedule.Problem;
import io.millwright.network.schedule.Stream;
import io.millwright.network.schedule.Topology;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a scheduler of gates is asked about a network, and the same as the tables that a checker reads.
public final class GateProblem {

    private static final int STATION_QUEUES = 8;

    private static final BigInteger MEGA = BigInteger.valueOf(1_000_000);

    /// Nobody sends anything.
    public static final Message NO_STREAMS = Message.of("no-streams", "there are no streams: nothing is to be planned");

    private static final Message NONE_SCHEDULED = Message.of(
            "no-scheduled",
            "no stream is of class scheduled: there is nothing to schedule; mw net bounds tells how long sporadic"
                    + " streams take at most");

    private final NetworkModel network;
    private final Names names;
    private final Topology topology;
    private final Map<String, NetworkModel.Bridge> bridges = new HashMap<>();
    private final Domains domains;
    private final List<NetworkModel.Link> timed;

    /// What came of it: a problem, or what is wrong.
    public sealed interface Reading {}

    /// The network can be asked about.
    ///
    /// @param problem the links that a schedule can be made for, and the scheduled streams
    /// @param tables the same as tables
    /// @param names of its nodes and streams
    public record Right(Problem problem, Names names, Tables tables) implements Reading {}

    /// It cannot.
    ///
    /// @param mistake what is wrong and what would be right
    /// @param names of the streams that it speaks of
    public record Wrong(Message mistake, Names names) implements Reading {}

    /// Links and streams in the notation of tsnkit, with names.
    public record Tables(String topology, String streams) {}

    private GateProblem(NetworkModel network) {
        this.network = network;
        names = new Names();
        network.bridges().forEach(bridge -> bridges.put(bridge.name(), bridge));
        domains = new Domains(network);
        timed = network.timed();
        partStations();
        topology = new Topology(links());
    }

    /// What to ask about a network.
    public static Reading of(NetworkModel network) {
        try {
            return new GateProblem(network).reading();
        } catch (Unfit e) {
            return new Wrong(e.told(), new Names());
        }
    }

    /// A network without streams, for streams that come from elsewhere.
    ///
    /// @param topology its links
    /// @param names of its nodes
    /// @param table the links as a table
    public record Links(Topology topology, Names names, String table) {}

    /// The links of a network.
    ///
    /// @throws IllegalArgumentException if a schedule cannot have them; the message says what is wrong
    public static Links linksOf(NetworkModel network) {
        var problem = new GateProblem(network);
        return new Links(problem.topology, problem.names, problem.topologyTable());
    }

    /// Why a scheduled stream cannot have gates: its talker has no one time, or links without one are in its way.
    private Optional<Message> needsMore() {
        if (timed.size() == network.links().size() && domains.areOne()) {
            return Optional.empty();
        }
        var overTimed = new Ways(network.over(timed));
        for (var stream : network.streams()) {
            if (!stream.scheduled()) {
                continue;
            }
            var times = domains.times(stream.talker());
            if (times.size() > 1) {
                return Optional.of(Message.of(
                                "two-times",
                                "stream {stream} is scheduled, and {station} is linked to the domains {one} and"
                                        + " {other}, each with a time of its own; make it class: sporadic, or send it"
                                        + " from a station in one of them")
                        .figure("stream", stream.name())
                        .figure("station", stream.talker())
                        .figure("one", times.getFirst().name())
                        .figure("other", times.get(1).name()));
            }
            if (stream.listeners().stream()
                    .anyMatch(l -> overTimed.way(stream, l).isEmpty())) {
                return Optional.of(noWay(stream));
            }
        }
        return Optional.empty();
    }

    private Message noWay(NetworkModel.Stream stream) {
        var cables = network.links().stream().filter(NetworkModel.Link::isCable).toList();
        var overCables = new Ways(network.over(cables));
        boolean wired = stream.listeners().stream()
                .noneMatch(l -> overCables.way(stream, l).isEmpty());
        var message = wired
                ? Message.of(
                        "no-common-time",
                        "stream {stream} is scheduled, and there is no way for it within one domain with a common time:"
                                + " gates keep no time where clocks do not agree; make it class: sporadic, or put the"
                                + " switches of its way into one domain of kind cell or plant")
                : Message.of(
                        "no-cables",
                        "stream {stream} is scheduled, and there is no way for it over cables alone: gates keep"
                                + " no time behind links of kind 5g, wifi and pon; make it class: sporadic, or"
                                + " add a cable");
        return message.figure("stream", stream.name());
    }

    /// A stream that must also keep the budget of its domain, which is that of its talker.
    private NetworkModel.Stream withinBudget(NetworkModel.Stream stream) {
        return domains.times(stream.talker()).stream()
                .findFirst()
                .flatMap(NetworkModel.Domain::budget)
                .map(budget -> stream.within(stream.deadline().min(budget)))
                .orElse(stream);
    }

    private Reading reading() {
        var needsMore = needsMore();
        if (needsMore.isPresent()) {
            return new Wrong(needsMore.get(), names);
        }
        var streams = network.streams().stream()
                .filter(NetworkModel.Stream::scheduled)
                .map(this::withinBudget)
                .flatMap(s -> s.redundant()
                        ? stream(s, names).members().stream()
                        : java.util.stream.Stream.of(stream(s, names)))
                .toList();
        var known = new HashSet<String>();
        for (var stream : streams) {
            if (!known.add(names.stream(stream))) {
                return new Wrong(
                        Message.of(
                                        "two-streams",
                                        "two streams are called {name}, one of them as a member of a redundant"
                                                + " one; rename one")
                                .figure("name", names.stream(stream)),
                        names);
            }
        }
        if (streams.isEmpty()) {
            return new Wrong(network.streams().isEmpty() ? NO_STREAMS : NONE_SCHEDULED, names);
        }
        return Problem.tooLarge(streams, Problem.MOST_FRAMES)
                .<Reading>map(why -> new Wrong(why, names))
                .orElseGet(() -> new Right(
                        new Problem(topology, streams), names, new Tables(topologyTable(), streamsTable(streams))));
    }

    /// A station with several links is parted, so that nothing is forwarded by it.
    private void partStations() {
        var ends = new HashMap<String, Integer>();
        for (var link : network.links()) {
            ends.merge(link.one(), 1, Integer::sum);
            ends.merge(link.other(), 1, Integer::sum);
        }
        network.stations().stream()
                .map(NetworkModel.Station::name)
                .filter(station -> ends.getOrDefault(station, 0) > 1)
                .forEach(names::part);
    }

    private List<Link> links() {
        var links = new ArrayList<Link>();
        for (var link : timed) {
            links.add(link(link, link.one(), link.other()));
            links.add(link(link, link.other(), link.one()));
        }
        if (network.links().isEmpty()) {
            throw new Unfit(Message.of("no-links", "there are no links"));
        }
        return links;
    }

    private Link link(NetworkModel.Link link, String from, String to) {
        var sender = bridges.get(from);
        var receiver = bridges.get(to);
        return new Link(
                names.node(from),
                names.listener(to),
                sender == null ? STATION_QUEUES : sender.queues(),
                megabits(link),
                receiver == null ? 0 : Nanos.in(receiver.processing().most()),
                Nanos.in(link.propagation().most()),
                limits(sender, domains.of(new Ways.Port(from, to, link))),
                earliest(link, receiver));
    }

    private static Link.Earliest earliest(NetworkModel.Link link, NetworkModel.@Nullable Bridge receiver) {
        long propagation = Nanos.in(link.propagation().least());
        return receiver == null
                ? new Link.Earliest(0, propagation, Link.WHOLE)
                : new Link.Earliest(
                        Nanos.in(receiver.processing().least()),
                        propagation,
                        receiver.cutThrough() ? Port.HEAD_OCTETS : Link.WHOLE);
    }

    private static long megabits(NetworkModel.Link link) {
        var rate = (Rational) link.rate().bitsPerSecond();
        var parts = rate.numerator().divideAndRemainder(rate.denominator().multiply(MEGA));
        if (parts[1].signum() != 0 || parts[0].signum() <= 0 || parts[0].bitLength() > 20) {
            throw new Unfit(Message.of(
                            "rate",
                            "the link of {one} and {other} has {rate} bit/s; schedules are made for whole Mbps, from"
                                    + " 1Mbps to 1Tbps")
                    .figure("one", link.one())
                    .figure("other", link.other())
                    .figure("rate", rate));
        }
        return parts[0].longValueExact();
    }

    /// A stream in numbers.
    static Stream stream(NetworkModel.Stream stream, Names names) {
        var bits = (Rational) stream.frame().bits();
        return new Stream(
                names.stream(stream.name()),
                names.node(stream.talker()),
                stream.listeners().stream().map(names::listener).toList(),
                bits.numerator().shiftRight(3).intValueExact(),
                Nanos.in(stream.period()),
                Nanos.in(stream.deadline()),
                Nanos.in(stream.jitter()));
    }

    private String topologyTable() {
        boolean limited = topology.links().stream().anyMatch(l -> l.limits().hasCells());
        boolean varied = topology.links().stream().anyMatch(Link::varies);
        boolean clocks = topology.links().stream().anyMatch(l -> l.limits().syncErrorNanos() > 0);
        boolean shaped = bridges.values().stream().anyMatch(b -> !(b.shaper() instanceof NetworkModel.Unshaped));
        var table = new StringBuilder("link,q_num,rate,t_proc,t_prop%s%s%s%s\n"
                .formatted(
                        limited ? Limits.COLUMNS : "",
                        varied ? Link.Earliest.COLUMNS : "",
                        clocks ? Limits.CLOCK_COLUMN : "",
                        shaped ? BesideFiles.SHAPER_COLUMNS : ""));
        for (var link : topology.links()) {
            table.append("\"%s\",%d,%s,%d,%d%s%s%s%s\n"
                    .formatted(
                            names.link(link),
                            link.queues(),
                            BigDecimal.valueOf(link.megabitsPerSecond(), 3)
                                    .stripTrailingZeros()
                                    .toPlainString(),
                            link.processingNanos(),
                            link.propagationNanos(),
                            limited ? link.limits().cells() : "",
                            varied ? link.earliest().cells() : "",
                            clocks ? link.limits().clockCell() : "",
                            shaped ? BesideFiles.cells(shaper(names.node(link.from()))) : ""));
        }
        return table.toString();
    }

    private NetworkModel.Shaper shaper(String node) {
        var bridge = bridges.get(node);
        return bridge == null ? new NetworkModel.Unshaped() : bridge.shaper();
    }

    /// Of a station that is sender nothing is known but its clock.
    private static Limits limits(NetworkModel.@Nullable Bridge sender, Optional<NetworkModel.Domain> domain) {
        long syncError = domain.map(NetworkModel.Domain::syncErrorNanos).orElse(0L);
        return new Limits(
                sender == null ? Limits.NONE.gateEntries() : sender.gateEntries(),
                0,
                sender == null ? Limits.NONE.tickNanos() : sender.tickNanos(),
                syncError,
                Limits.NONE.bufferOctets());
    }

    private String streamsTable(List<Stream> streams) {
        boolean redundant = streams.stream().anyMatch(s -> s.member() > 0);
        var table = new StringBuilder(
                "stream,src,dst,size,period,deadline,jitter%s\n".formatted(redundant ? ",redundancy" : ""));
        for (var stream : streams.stream().filter(s -> s.member() < 2).toList()) {
            table.append("%s,%s,\"[%s]\",%d,%d,%d,%d%s\n"
                    .formatted(
                            names.stream(stream.id()),
                            names.node(stream.source()),
                            String.join(
                                    ", ",
                                    stream.destinations().stream()
                                            .map(names::node)
                                            .toList()),
                            stream.octets(),
                            stream.periodNanos(),
                            stream.deadlineNanos(),
                            stream.jitterNanos(),
                            redundant ? "," + (1 + stream.member()) : ""));
        }
        return table.toString();
    }
}
