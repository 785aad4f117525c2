package io.millwright.network.model;

import io.millwright.network.bounds.Bound;
import io.millwright.network.bounds.Flow;
import io.millwright.network.bounds.GraphRules;
import io.millwright.network.bounds.Server;
import io.millwright.network.bounds.ServerGraph;
import io.millwright.network.curve.Data;
import io.millwright.network.curve.Rate;
import io.millwright.network.curve.RateLatency;
import io.millwright.network.curve.Time;
import io.millwright.network.curve.TokenBucket;
import io.millwright.network.port.PortNetwork;
import io.millwright.network.schedule.Message;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A network without gates as servers and flows: what bounds are computed of.
///
/// Each port that streams pass is a server, named `sw-1/io-1` for the port of sw-1 towards io-1. It serves at
/// the rate of its link, after the time of one longest frame of other traffic, which it may just be sending,
/// and one longest frame of the streams, as nothing of a frame counts as served before all of it is (the
/// packetizer of Le Boudec and Thiran, section 1.7). Each listener of a stream makes a flow over the fastest
/// way: a frame at once, and a frame in every period. A redundant stream makes two, one for each of its members
/// ([MemberWays]): its talker sends both copies of a frame at once.
///
/// Propagation and processing that are the same for every frame shift what comes and change no curve. What is
/// more for some frames than for others, up to `J`, is part of the server before: frames that come over one
/// link and go to one queue stay in order, so port and way to the next queue are together a server in order of
/// arrival, whose service begins `J` later. It is no strict service, so only methods for order of arrival hold.
///
/// Where bridges shape sporadic streams, these are in a queue of their own, and bounds are those of the ports with
/// their classes ([ShapedPorts]).
///
/// @param graph servers and flows
/// @param flows what each flow is, in the order of the graph's
/// @param varies whether the time between queues varies somewhere, so that only bounds for order of arrival hold
/// @param shaped the same ports and flows with their classes, where sporadic streams are shaped: then only bounds of
///     these hold
/// @param mistake why there are no bounds, e.g. as a port is overloaded, or a redundant stream has no two ways
public record PortGraph(
        ServerGraph graph,
        List<StreamFlow> flows,
        boolean varies,
        Optional<PortNetwork> shaped,
        Optional<Message> mistake) {

    /// The longest frame of Ethernet with a tag, with preamble, check sequence and gap.
    private static final Data OTHERS = Data.of(1542 * 8);

    public PortGraph {
        flows = List.copyOf(flows);
    }

    /// A flow of the graph.
    ///
    /// @param stream the stream
    /// @param listener the listener it leads to
    /// @param member which member of a redundant stream it is, 1 or 2; else 0
    /// @param way the ports that it passes, in order
    /// @param late the probability that a frame is lost or discarded on the way at most; for all others bounds
    ///     hold
    public record StreamFlow(
            NetworkModel.Stream stream, String listener, int member, List<Passage> way, BigDecimal late) {
        public StreamFlow {
            way = List.copyOf(way);
        }

        /// What is the same for each frame, to be added to what servers take.
        public Time fixed() {
            return way.stream().map(Passage::fixed).reduce(Time.ZERO, Time::plus);
        }

        /// What the flow takes in each domain; nothing in a network that is one whole.
        ///
        /// @param totalFlow its bound by total flow analysis, which has a step for each port
        public List<Share> shares(Bound totalFlow) {
            var delays = new ArrayList<Time>();
            for (var step : totalFlow.steps()) {
                delays.add(step.leftover().latency().plus(way.get(delays.size()).fixed()));
            }
            return Share.of(way.stream().map(Passage::domain).toList(), delays);
        }

        /// Whether no more frames are lost than the stream tolerates.
        public boolean isReliable() {
            return late.compareTo(stream.loss()) <= 0;
        }
    }

    /// A port on the way of a flow.
    ///
    /// @param domain that it belongs to; none between two stations
    /// @param fixed the least of propagation and processing behind it, counted from the end of a frame, so that it
    ///     may be negative where bridges cut through; zero where streams are shaped, as the delays of ports have it
    public record Passage(Optional<NetworkModel.Domain> domain, Time fixed) {}

    /// The graph of all streams of a network.
    public static PortGraph of(NetworkModel network, String name) {
        var ways = new Ways(network);
        var taken = new LinkedHashMap<Taken, List<Ways.Port>>();
        var longest = new LinkedHashMap<Ways.Port, Data>();
        var wrong = Optional.<Message>empty();
        try {
            ways(network, ways, taken);
        } catch (Unfit e) {
            wrong = Optional.of(e.told());
        }
        taken.forEach((flow, way) ->
                way.forEach(port -> longest.merge(port, flow.stream().frame(), Data::max)));
        var between = new LinkedHashMap<Ways.Port, TimeRange>();
        longest.forEach((port, frame) -> between.put(port, ways.between(port, frame)));
        var places = new LinkedHashMap<Ways.Port, Integer>();
        var servers = new ArrayList<Server>();
        longest.forEach((port, frame) -> {
            places.put(port, servers.size());
            var rate = port.link().rate();
            var sent = port.slot().map(slot -> slots(rate, slot)).orElse(new RateLatency(rate, Time.ZERO));
            var latency =
                    OTHERS.plus(frame).at(sent.rate()).plus(sent.latency()).plus(variation(between, port));
            servers.add(new Server(port.name(), new RateLatency(sent.rate(), latency)));
        });
        var flows = new ArrayList<Flow>();
        var told = new ArrayList<StreamFlow>();
        var names = new HashSet<String>();
        boolean shapes = ShapedPorts.shape(network, taken);
        var domains = new Domains(network);
        taken.forEach((flow, way) -> {
            flows.add(flow(flow, way, places, names));
            var passages = way.stream()
                    .map(port -> new Passage(
                            domains.of(port),
                            shapes ? Time.ZERO : range(between, port).least()))
                    .toList();
            told.add(new StreamFlow(flow.stream, flow.listener, flow.member, passages, Ways.late(way)));
        });
        var graph = new ServerGraph(name, servers, flows);
        boolean varies = between.values().stream().anyMatch(t -> !t.isExact());
        if (!shapes) {
            return new PortGraph(graph, told, varies, Optional.empty(), wrong.or(() -> GraphRules.mistake(graph)));
        }
        var ports = new ShapedPorts(network, ways, taken);
        return new PortGraph(graph, told, varies, Optional.of(ports.of(graph)), wrong.or(ports::mistake));
    }

    /// A stream on its way to a listener.
    record Taken(NetworkModel.Stream stream, String listener, int member) {}

    /// What slots leave: within each cycle `w = S/R` is for the terminal, somewhere in it. In the worst case one
    /// slot has just ended that began with its cycle, and the next ends its own: nothing for `2(c − w)`; after
    /// that at least `S` for each cycle.
    private static RateLatency slots(Rate rate, NetworkModel.Slot slot) {
        var open = slot.data().at(rate).min(slot.cycle());
        var closed = slot.cycle().minus(open);
        var mean = new Rate(rate.during(open).bits().over(slot.cycle().seconds()));
        return new RateLatency(mean, closed.plus(closed));
    }

    private static TimeRange range(Map<Ways.Port, TimeRange> between, Ways.Port port) {
        return between.getOrDefault(port, TimeRange.ZERO);
    }

    private static Time variation(Map<Ways.Port, TimeRange> between, Ways.Port port) {
        var range = range(between, port);
        return range.most().minus(range.least());
    }

    /// @throws Unfit if a redundant stream has no two ways, or none can be looked for
    private static void ways(NetworkModel network, Ways ways, Map<Taken, List<Ways.Port>> taken) {
        for (var stream : network.streams()) {
            for (var listener : stream.listeners()) {
                if (!stream.redundant()) {
                    var way = ways.way(stream, listener);
                    taken.put(new Taken(stream, listener, 0), way);
                }
            }
        }
        var redundant = network.streams().stream()
                .filter(NetworkModel.Stream::redundant)
                .toList();
        if (redundant.isEmpty()) {
            return;
        }
        var members = new MemberWays(network);
        for (var stream : redundant) {
            for (var listener : stream.listeners()) {
                var both = members.of(stream, listener);
                if (both.isEmpty()) {
                    throw new Unfit(Message.of(
                                    "no-two-ways",
                                    "stream {stream} is redundant, and there are no two ways for it that share only"
                                            + " what they must")
                            .figure("stream", stream.name()));
                }
                for (int i = 0; i < both.size(); i++) {
                    taken.put(new Taken(stream, listener, i + 1), both.get(i));
                }
            }
        }
    }

    private static Flow flow(Taken flow, List<Ways.Port> way, Map<Ways.Port, Integer> places, Set<String> names) {
        var stream = flow.stream();
        var name = stream.name() + (flow.member() == 0 ? "" : "." + flow.member());
        var id = stream.listeners().size() == 1 ? name : name + "→" + flow.listener();
        if (!names.add(id)) {
            throw new IllegalArgumentException("two flows " + id);
        }
        var rate = new Rate(stream.frame().bits().over(stream.period().seconds()));
        return new Flow(
                id,
                way.stream().map(port -> places.getOrDefault(port, -1)).toList(),
                new TokenBucket(stream.frame(), rate));
    }
}
