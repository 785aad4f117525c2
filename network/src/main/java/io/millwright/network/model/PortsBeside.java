package io.millwright.network.model;

import io.millwright.network.curve.Data;
import io.millwright.network.curve.Rate;
import io.millwright.network.curve.Time;
import io.millwright.network.curve.TokenBucket;
import io.millwright.network.model.BesideSchedule.Left;
import io.millwright.network.number.Rational;
import io.millwright.network.port.FrameFlow;
import io.millwright.network.port.GateList;
import io.millwright.network.port.Port;
import io.millwright.network.port.PortAnalysis;
import io.millwright.network.port.PortNetwork;
import io.millwright.network.schedule.GateWindows;
import io.millwright.network.schedule.Message;
import io.millwright.network.schedule.Schedule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The ports that sporadic streams pass, with the gates that a schedule leaves them. Those streams are of class 1,
/// all others of class 0.
final class PortsBeside {

    private static final int SPORADIC = ShapedPorts.SPORADIC;
    private static final Rational SECOND = Rational.of(1_000_000_000);

    /// For more windows of a port no bounds are computed.
    private static final int MOST_WINDOWS = 5_000;

    /// One for sporadic streams, one for all others.
    private static final int LEAST_QUEUES = 2;

    static final int STATION_QUEUES = 8;

    private final Ways ways;
    private final Domains domains;
    private final Map<String, NetworkModel.Bridge> bridges = new HashMap<>();
    private final Map<Ways.Port, GateWindows> windows = new LinkedHashMap<>();
    private final List<Way> flows = new ArrayList<>();

    /// A sporadic stream on its way to a listener.
    record Way(NetworkModel.Stream stream, String listener, List<Ways.Port> ports) {}

    PortsBeside(NetworkModel network, Schedule schedule) {
        ways = new Ways(network);
        domains = new Domains(network);
        network.bridges().forEach(b -> bridges.put(b.name(), b));
        var lists = GateWindows.of(schedule).iterator();
        for (var link : network.timed()) {
            windows.put(new Ways.Port(link.one(), link.other(), link), lists.next());
            windows.put(new Ways.Port(link.other(), link.one(), link), lists.next());
        }
        for (var stream : network.streams()) {
            for (var listener : stream.scheduled() ? List.<String>of() : stream.listeners()) {
                flows.add(new Way(stream, listener, ways.way(stream, listener)));
            }
        }
    }

    /// No gates for a link that no schedule uses.
    private GateWindows windows(Ways.Port port) {
        var list = windows.get(port);
        var bridge = bridges.get(port.from());
        int queues = bridge == null ? STATION_QUEUES : bridge.queues();
        return list == null ? new GateWindows(1, List.of(), queues, queues, 0) : list;
    }

    List<Way> flows() {
        return flows;
    }

    /// What is left at each port that streams pass.
    List<Left> left() {
        var needed = new HashMap<Ways.Port, Map<String, Double>>();
        for (var way : flows) {
            double rate = rate(way.stream()).bitsPerSecond().upper();
            for (var port : way.ports()) {
                needed.computeIfAbsent(port, _ -> new HashMap<>())
                        .put(
                                way.stream().name(),
                                rate / port.link().rate().bitsPerSecond().lower());
            }
        }
        var left = new ArrayList<Left>();
        windows.forEach((port, list) -> {
            double share = needed.getOrDefault(port, Map.of()).values().stream()
                    .mapToDouble(Double::doubleValue)
                    .sum();
            long closed =
                    list.busy().stream().mapToLong(b -> b.end() - b.start()).sum();
            if (closed > 0 || share > 0) {
                left.add(new Left(port.from(), port.to(), 1 - (double) closed / list.cycleNanos(), share));
            }
        });
        return left;
    }

    /// Why there are no bounds: no way, or a port without room.
    Optional<Message> mistake() {
        for (var way : flows) {
            if (way.ports().isEmpty()) {
                return Optional.of(
                        Message.of("beside-no-way", "stream {stream} has no bound: no way leads to {listener}")
                                .figure("stream", way.stream().name())
                                .figure("listener", way.listener()));
            }
            for (var port : way.ports()) {
                if (port.slot().isPresent()) {
                    return Optional.of(Message.of(
                                    "beside-slots",
                                    "stream {stream} has no bound beside a schedule, as it is sent in slots at port"
                                            + " {port}; mw net bounds tells one without gates")
                            .figure("stream", way.stream().name())
                            .figure("port", port.name()));
                }
                var mistake = mistake(windows(port));
                if (mistake.isPresent()) {
                    return mistake.map(m -> m.figure("port", port.name()));
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Message> mistake(GateWindows list) {
        var busy = list.busy();
        if (list.lowestQueue() < LEAST_QUEUES) {
            return Optional.of(Message.of(
                            "beside-queues",
                            "sporadic streams have no bound beside this schedule: of {queues} queues at port {port} it"
                                    + " leaves {left}, and sporadic streams and all others need one each")
                    .figure("queues", list.queues())
                    .figure("left", list.lowestQueue()));
        }
        if (busy.size() > MOST_WINDOWS) {
            return Optional.of(Message.of(
                            "beside-windows",
                            "sporadic streams have no bound beside this schedule: port {port} has {windows} windows,"
                                    + " and bounds are computed for up to {most}")
                    .figure("windows", busy.size())
                    .figure("most", MOST_WINDOWS));
        }
        boolean closed =
                busy.size() == 1 && busy.getFirst().end() - busy.getFirst().start() == list.cycleNanos();
        return closed
                ? Optional.of(Message.of(
                        "beside-closed",
                        "sporadic streams have no bound beside this schedule: at port {port} a gate is always open for"
                                + " scheduled frames, as its list has too few entries to close it"))
                : Optional.empty();
    }

    /// What a flow takes in each domain: the sum of its longest delays at the ports there.
    ///
    /// @param atPorts at each port of the way, until it is at the next
    List<Share> shares(Way way, List<Time> atPorts) {
        return Share.of(way.ports().stream().map(domains::of).toList(), atPorts);
    }

    /// The ports and the flows through them.
    PortNetwork network() {
        var places = new LinkedHashMap<Ways.Port, Integer>();
        flows.forEach(way -> way.ports().forEach(port -> places.putIfAbsent(port, places.size())));
        return new PortNetwork(
                "beside",
                Data.ZERO,
                places.keySet().stream().map(this::port).toList(),
                flows.stream().map(way -> frames(way, places)).toList());
    }

    /// How long flows are in their queues, step by step.
    ///
    /// @param network the [#network()]
    /// @param analysis of it
    List<BesideSchedule.Wait> waits(PortNetwork network, PortAnalysis analysis) {
        var waits = new ArrayList<BesideSchedule.Wait>();
        int step = 0;
        for (var together : analysis.waits(SPORADIC)) {
            step++;
            for (var wait : together) {
                var way = flows.get(wait.flow());
                int place = network.flows().get(wait.flow()).path().indexOf(wait.port());
                var port = way.ports().get(place);
                waits.add(new BesideSchedule.Wait(
                        step, way.stream().name(), way.listener(), port.from(), port.to(), wait.time()));
            }
        }
        return waits;
    }

    private static FrameFlow frames(Way way, Map<Ways.Port, Integer> places) {
        var frame = way.stream().frame();
        return new FrameFlow(
                way.stream().name() + "→" + way.listener(),
                SPORADIC,
                way.ports().stream().map(places::get).toList(),
                frame,
                frame,
                new TokenBucket(frame, rate(way.stream())));
    }

    private static Rate rate(NetworkModel.Stream stream) {
        return new Rate(stream.frame().bits().over(stream.period().seconds()));
    }

    private Port port(Ways.Port port) {
        return ShapedPorts.port(ways, port, largest(port), shaper(port), gates(windows(port)));
    }

    private NetworkModel.Shaper shaper(Ways.Port port) {
        var bridge = bridges.get(port.from());
        return bridge == null ? new NetworkModel.Unshaped() : bridge.shaper();
    }

    private Data largest(Ways.Port port) {
        return flows.stream()
                .filter(way -> way.ports().contains(port))
                .map(way -> way.stream().frame())
                .reduce(Data.ZERO, Data::max);
    }

    /// The gates of all others: open where none is for scheduled frames.
    private GateList gates(GateWindows list) {
        var entries = new ArrayList<GateList.Entry>();
        long now = 0;
        for (var busy : list.busy()) {
            add(entries, busy.start() - now, Set.of(SPORADIC, 0));
            add(entries, busy.end() - busy.start(), Set.of());
            now = busy.end();
        }
        add(entries, list.cycleNanos() - now, Set.of(SPORADIC, 0));
        return new GateList(now == 0 ? List.of() : entries);
    }

    private static void add(List<GateList.Entry> entries, long nanos, Set<Integer> open) {
        if (nanos > 0) {
            entries.add(new GateList.Entry(time(nanos), open));
        }
    }

    private static Time time(long nanos) {
        return Time.of(Rational.of(nanos).over(SECOND));
    }
}
