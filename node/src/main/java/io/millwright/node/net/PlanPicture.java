package io.millwright.node.net;

import io.millwright.network.model.BesideSchedule;
import io.millwright.network.model.NetworkModel;
import io.millwright.network.model.PortGraph;
import io.millwright.network.model.Share;
import io.millwright.network.number.Rational;
import io.millwright.network.number.Scalar;
import io.millwright.network.schedule.Change;
import io.millwright.network.schedule.Message;
import io.millwright.network.schedule.Names;
import io.millwright.network.schedule.Outcome;
import io.millwright.network.schedule.Placement;
import io.millwright.network.schedule.Schedule;
import io.millwright.network.schedule.Stream;
import io.millwright.node.net.NetworkPlan.ChangeView;
import io.millwright.node.net.NetworkPlan.GateView;
import io.millwright.node.net.NetworkPlan.HopPlan;
import io.millwright.node.net.NetworkPlan.LikelyView;
import io.millwright.node.net.NetworkPlan.MessageView;
import io.millwright.node.net.NetworkPlan.PortPlan;
import io.millwright.node.net.NetworkPlan.ReasonView;
import io.millwright.node.net.NetworkPlan.RepairView;
import io.millwright.node.net.NetworkPlan.ShareView;
import io.millwright.node.net.NetworkPlan.StreamPlan;
import io.millwright.node.net.NetworkPlan.VerdictView;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Puts together what is told of a plan.
final class PlanPicture {

    /// So many gates of a port are told.
    private static final int MOST_GATES = 2000;

    /// Of the others it is told what stands against them.
    private static final Set<String> SETTLED = Set.of("scheduled", "bounded");

    private static final Pattern GATE = Pattern.compile("\"\\((\\S+), (\\S+)\\)\",(\\d+),(\\d+),(\\d+),(\\d+)");
    private static final Rational NANOS = Rational.of(1_000_000_000);

    private final NetworkModel model;
    private final PortGraph ports;
    private final Map<String, List<HopPlan>> ways = new HashMap<>();
    private final Map<String, Long> delays = new HashMap<>();
    private final Map<Hop, List<GateView>> gates = new HashMap<>();
    private String result = "";
    private @Nullable VerdictView verdict;
    private @Nullable String kept;
    private List<ReasonView> reasons = List.of();
    private List<String> missing = List.of();
    private List<String> conflicting = List.of();
    private List<List<String>> narrow = List.of();
    private List<RepairView> repairs = List.of();
    private Optional<BesideSchedule> beside = Optional.empty();

    private record Hop(String from, String to) {}

    PlanPicture(NetworkModel model, PortGraph ports) {
        this.model = model;
        this.ports = ports;
        for (int i = 0; i < ports.flows().size(); i++) {
            var way = ways.computeIfAbsent(ports.flows().get(i).stream().name(), _ -> new ArrayList<>());
            for (int server : ports.graph().flows().get(i).path()) {
                var ends = ports.graph().servers().get(server).id().split("/", 2);
                var hop = new HopPlan(ends[0], ends[1], ports.flows().get(i).member(), null, null, null, null);
                if (!way.contains(hop)) {
                    way.add(hop);
                }
            }
        }
    }

    /// All streams have their place.
    ///
    /// @param keptAs the name that the schedule is kept under
    void scheduled(Schedule schedule, Names names, Map<String, String> files, VerdictView judged, String keptAs) {
        kept = keptAs;
        beside = Optional.of(BesideSchedule.of(model, schedule));
        result = "scheduled";
        verdict = judged;
        var topology = schedule.problem().topology();
        var starts = new HashMap<String, Long>();
        var ends = new HashMap<String, Long>();
        for (int i = 0; i < schedule.placements().size(); i++) {
            var stream = schedule.problem().streams().get(i);
            var placement = schedule.placements().get(i);
            var name = names.stream(stream.id());
            var hops = hops(schedule, names, stream, placement);
            if (stream.member() < 2) {
                ways.put(name, hops);
            } else {
                ways.getOrDefault(name, new ArrayList<>()).addAll(hops);
            }
            // of a redundant stream, from the first bit of either member to the last bit of the other
            long offset = starts.merge(name, placement.offsetNanos(), Math::min);
            long end = placement.offsetNanos() + placement.delayNanos(topology, stream);
            delays.put(name, Math.max(ends.merge(name, end, Math::max) - offset, 0));
        }
        files.getOrDefault("GCL.csv", "").lines().skip(1).forEach(line -> {
            var cells = GATE.matcher(line);
            if (cells.matches()) {
                repeated(cells.toMatchResult(), schedule.problem().hyperperiodNanos());
            }
        });
    }

    /// A window of a gate list, in each of its cycles.
    private void repeated(MatchResult cells, long hyperperiod) {
        long cycle = Long.parseLong(cells.group(6));
        var known = gates.computeIfAbsent(new Hop(cells.group(1), cells.group(2)), _ -> new ArrayList<>());
        for (long base = 0; base < hyperperiod && known.size() <= MOST_GATES; base += cycle) {
            known.add(new GateView(
                    Integer.parseInt(cells.group(3)),
                    base + Long.parseLong(cells.group(4)),
                    base + Long.parseLong(cells.group(5))));
        }
    }

    /// A frame on its way, link by link.
    static List<HopPlan> hops(Schedule schedule, Names names, Stream stream, Placement placement) {
        var hops = new ArrayList<HopPlan>();
        for (int i = 0; i < placement.links().size(); i++) {
            var link =
                    schedule.problem().topology().links().get(placement.links().get(i));
            long start = placement.startsNanos().get(i);
            long end = start + link.transmissionNanos(stream.octets());
            hops.add(new HopPlan(
                    names.node(link.from()),
                    names.node(link.to()),
                    stream.member(),
                    placement.queues().get(i),
                    start,
                    end,
                    end + link.propagationNanos()));
        }
        hops.sort(Comparator.comparingLong(h -> h.start() == null ? 0 : h.start()));
        return hops;
    }

    /// None wants one.
    void bounded() {
        result = "bounded";
    }

    /// Not all have.
    void without(Outcome outcome, Advice advice) {
        var names = advice.names();
        switch (outcome) {
            case Outcome.Scheduled _ -> throw new IllegalArgumentException("it is scheduled");
            case Outcome.Impossible(var why) -> {
                result = "impossible";
                reasons = why.stream()
                        .map(m -> new ReasonView(
                                MessageView.of(m, names),
                                m.streams(names).stream().sorted().toList(),
                                List.copyOf(m.links(names))))
                        .toList();
            }
            case Outcome.NotFound(int _, var homeless, var inConflict) -> {
                result = "not-found";
                missing = homeless.stream().map(names::stream).toList();
                conflicting = inConflict.stream().map(names::stream).toList();
            }
        }
        advice.conflict().ifPresent(c -> {
            conflicting = c.streams().stream().map(names::stream).toList();
            narrow = c.links().stream()
                    .map(l -> List.of(names.node(l.from()), names.node(l.to())))
                    .toList();
        });
        repairs = advice.repairs().stream()
                .map(r -> new RepairView(
                        r.changes().stream().map(c -> change(c, names)).toList()))
                .toList();
    }

    private static ChangeView change(Change change, Names names) {
        var message = MessageView.of(change.message(), names);
        var of = change.message().code();
        return switch (change) {
            case Change.RelaxDeadline(int stream, long _, long to) ->
                new ChangeView(of, List.of(names.stream(stream)), to, message);
            case Change.ShortenFrames(int stream, int _, int to) ->
                new ChangeView(of, List.of(names.stream(stream)), to, message);
            case Change.LengthenPeriod(int stream, long _, long to) ->
                new ChangeView(of, List.of(names.stream(stream)), to, message);
            case Change.MoveStation(int station, int from, int to) ->
                new ChangeView(of, List.of(names.node(station), names.node(from), names.node(to)), 0, message);
            case Change.AddLink(int one, int other, var _) ->
                new ChangeView(of, List.of(names.node(one), names.node(other)), 0, message);
            case Change.Drop(int stream) -> new ChangeView(of, List.of(names.stream(stream)), 0, message);
        };
    }

    /// All that is told.
    NetworkPlan plan(long hyperperiod, double seconds) {
        var bounds = GatelessBounds.of(ports);
        var streams = model.streams().stream()
                .map(s -> new StreamPlan(
                        s.name(),
                        s.scheduled(),
                        nanos(s.period().seconds()),
                        nanos(s.deadline().seconds()),
                        delays.get(s.name()),
                        bounds.delay(s).map(d -> nanos(d.seconds())).orElse(null),
                        beside.map(b -> longest(b, s)).orElse(null),
                        likely(s),
                        longest(beside.map(b -> shares(b, s)).orElseGet(() -> bounds.shares(s))),
                        ways.getOrDefault(s.name(), List.of())))
                .toList();
        return new NetworkPlan(
                result,
                hyperperiod,
                Math.round(seconds * 1e3) / 1e3,
                verdict,
                kept,
                reasons,
                missing,
                conflicting,
                narrow,
                repairs,
                streams,
                loads(),
                SETTLED.contains(result) ? notes(bounds) : List.of());
    }

    private List<MessageView> notes(GatelessBounds bounds) {
        var withoutGates = bounds.mistake().stream()
                .map(m -> Message.of("no-bounds", "no bounds without gates: {why}")
                        .parts("why", List.of(m), 1));
        var between = beside.stream().flatMap(b -> b.mistake().stream());
        return java.util.stream.Stream.concat(withoutGates, between)
                .map(m -> MessageView.of(m, new Names()))
                .toList();
    }

    /// Of a sporadic stream, to any listener.
    private static @Nullable Long longest(BesideSchedule beside, NetworkModel.Stream stream) {
        return beside.sporadic().stream()
                .filter(s -> s.stream().equals(stream))
                .map(BesideSchedule.Sporadic::delayNanos)
                .reduce(Math::max)
                .orElse(null);
    }

    private static List<Share> shares(BesideSchedule beside, NetworkModel.Stream stream) {
        return beside.sporadic().stream()
                .filter(s -> s.stream().equals(stream))
                .flatMap(s -> s.shares().stream())
                .toList();
    }

    /// To whichever listener takes longest there.
    private static List<ShareView> longest(List<Share> all) {
        var shares = new LinkedHashMap<String, ShareView>();
        all.stream()
                .map(s -> new ShareView(
                        s.domain().name(),
                        s.delayNanos(),
                        s.domain().budget().map(b -> nanos(b.seconds())).orElse(null),
                        s.holds()))
                .forEach(s -> shares.merge(s.domain(), s, (a, b) -> a.delay() < b.delay() ? b : a));
        return List.copyOf(shares.values());
    }

    /// Of the listener that is least likely to receive a frame; nothing where all receive every one.
    private @Nullable LikelyView likely(NetworkModel.Stream stream) {
        return ports.flows().stream()
                .filter(f -> f.stream().equals(stream))
                .map(PortGraph.StreamFlow::late)
                .max(Comparator.naturalOrder())
                .filter(late -> late.signum() > 0)
                .map(late -> new LikelyView(
                        BigDecimal.ONE.subtract(late), stream.loss(), late.compareTo(stream.loss()) <= 0))
                .orElse(null);
    }

    private @Nullable Double rest(Hop port) {
        return beside.stream()
                .flatMap(b -> b.left().stream())
                .filter(l -> l.from().equals(port.from()) && l.to().equals(port.to()))
                .map(BesideSchedule.Left::rest)
                .findFirst()
                .orElse(null);
    }

    private static long nanos(Scalar seconds) {
        return (long) Math.ceil(seconds.times(NANOS).upper());
    }

    private List<PortPlan> loads() {
        var load = new LinkedHashMap<Hop, Double>();
        var rates = rates();
        for (var stream : model.streams()) {
            Set<Hop> seen = new HashSet<>();
            double share = stream.frame().bits().over(stream.period().seconds()).upper();
            for (var hop : ways.getOrDefault(stream.name(), List.of())) {
                var port = new Hop(hop.from(), hop.to());
                if (hop.start() != null || seen.add(port)) {
                    load.merge(port, share / rates.getOrDefault(port, 1.0), Double::sum);
                }
            }
        }
        return load.entrySet().stream()
                .map(e -> {
                    var open = gates.getOrDefault(e.getKey(), List.of());
                    return new PortPlan(
                            e.getKey().from(),
                            e.getKey().to(),
                            e.getValue(),
                            rest(e.getKey()),
                            open.size() > MOST_GATES ? List.of() : open);
                })
                .toList();
    }

    private Map<Hop, Double> rates() {
        var rates = new HashMap<Hop, Double>();
        for (var link : model.links()) {
            double rate = link.rate().bitsPerSecond().lower();
            rates.put(new Hop(link.one(), link.other()), rate);
            rates.put(new Hop(link.other(), link.one()), rate);
        }
        return rates;
    }
}
