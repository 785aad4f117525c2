package io.millwright.network.port;

import io.millwright.network.curve.ConcaveCurve;
import io.millwright.network.curve.Data;
import io.millwright.network.curve.Time;
import io.millwright.network.curve.TokenBucket;
import io.millwright.network.number.Rational;
import io.millwright.network.schedule.Message;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The delays of one class in all its queues: total flow analysis with the shaping of links (A. Mifdaoui, T.
/// Leydier, Beyond the Accuracy-Complexity Tradeoffs of Compositional Analyses using Network Calculus for
/// Complex Networks, CRTS 2017; L. Thomas, J.-Y. Le Boudec, A. Mifdaoui, On Cyclic Dependencies and Regulators
/// in Time-Sensitive Networks, RTSS 2019).
///
/// What comes of a flow to a queue is what its source sends, delayed by a time that varies by no more than the
/// delays before less the least they can be. What comes over one link is also bounded by the link's rate and
/// one frame, and by the shaper of the class there. A frame of `l` bits has been sent when the `l`-th last of
/// all bits before its end could be sent, and the link had time for the frame.
///
/// Where flows delay each other in a cycle the delays are a fixed point. The delays computed are a concave and
/// monotone function `F` of the delays assumed. So delays `x` with `F(x) < x` are bounds, however they were
/// found.
///
/// Where what flows send is enclosed in floating-point numbers, delays are rounded up to a femtosecond: so those that
/// follow from them, and their sums, are those of numbers that can be written down.
final class ClassDelays implements QueueBounds {

    private static final int ROUNDS = 4000;
    private static final int FINER = 16;
    private static final BigInteger GRID = BigInteger.TEN.pow(15);
    private static final Rational LARGER = Rational.of(1_000_001, 1_000_000);
    private static final Time[] NONE = {};
    /// The links of more ports than a bridge has are not counted as shaping what comes over them.
    private static final int MOST_SHAPED = 128;

    private static final Time TOO_LONG = Time.of(100_000);

    /// A flow at one port of its way.
    private record Hop(int flow, int place) {}

    private final PortNetwork network;
    private final int trafficClass;
    private final SortedMap<Integer, ClassService> services;
    private final Map<Integer, Credit> credits;
    private final SortedMap<Integer, List<Hop>> hops = new TreeMap<>();
    private final Time[][] delays;
    private final List<List<Integer>> order = new ArrayList<>();
    private final boolean enclosed;
    private boolean cyclic;

    /// @param services what each port with flows of the class guarantees to it
    /// @param credits the credits of the class at ports where it has a shaper
    ClassDelays(
            PortNetwork network,
            int trafficClass,
            SortedMap<Integer, ClassService> services,
            Map<Integer, Credit> credits) {
        this.network = network;
        this.trafficClass = trafficClass;
        this.services = services;
        this.credits = credits;
        enclosed = network.flows().stream().anyMatch(f -> !(f.arrivals().burst().bits() instanceof Rational));
        delays = new Time[network.flows().size()][];
        for (int f = 0; f < delays.length; f++) {
            var flow = network.flows().get(f);
            delays[f] =
                    flow.trafficClass() == trafficClass ? new Time[flow.path().size()] : NONE;
            for (int place = 0; place < delays[f].length; place++) {
                delays[f][place] = Time.ZERO;
                hops.computeIfAbsent(flow.path().get(place), _ -> new ArrayList<>())
                        .add(new Hop(f, place));
            }
        }
        solve();
    }

    @Override
    public ConcaveCurve ready(int port) {
        return arrivals(port);
    }

    @Override
    public Time sending(int port) {
        return longest(port);
    }

    @Override
    public Time longest(int port) {
        return hopsAt(port).stream().map(h -> delays[h.flow()][h.place()]).reduce(Time.ZERO, Time::max);
    }

    @Override
    public Data backlog(int port) {
        return service(port)
                .inOrder()
                .packetized(largest(hopsAt(port)))
                .backlog(arrivals(port))
                .orElseThrow();
    }

    /// Where the flows of the class are shaped, in their order, at the next port, all wait with the one that
    /// was delayed the longest.
    @Override
    public Time passing(int flow, int place) {
        var path = network.flows().get(flow).path();
        boolean shaped = place + 1 < path.size() && isRegulated(path.get(place + 1));
        var port = network.ports().get(path.get(place));
        var delay = shaped ? longest(path.get(place)) : delays[flow][place];
        return delay.minus(network.gapAt(port)).plus(port.mostDelay());
    }

    @Override
    public boolean isCyclic() {
        return cyclic;
    }

    /// The ports, each after those that its delays follow from; those of cycles together.
    List<List<Integer>> order() {
        return List.copyOf(order);
    }

    /// The longest time of a flow in the queue at one port of its way, until its time on the link is over.
    Time delay(int flow, int place) {
        return delays[flow][place];
    }

    private ClassService service(int port) {
        var service = services.get(port);
        if (service == null) {
            throw new IllegalArgumentException("no flows of the class at port " + port);
        }
        return service;
    }

    private List<Hop> hopsAt(int port) {
        return hops.getOrDefault(port, List.of());
    }

    private boolean isRegulated(int port) {
        return network.ports().get(port).regulated().contains(trafficClass);
    }

    /// What comes to the queue of a port.
    private ConcaveCurve arrivals(int port) {
        var groups = new TreeMap<Integer, List<Hop>>();
        for (var hop : hopsAt(port)) {
            int from = dependsOnBefore(hop) ? flow(hop).path().get(hop.place() - 1) : -1;
            groups.computeIfAbsent(from, _ -> new ArrayList<>()).add(hop);
        }
        var all = ConcaveCurve.of(TokenBucket.NOTHING);
        boolean shaped = groups.size() <= MOST_SHAPED;
        for (var group : groups.entrySet()) {
            var bucket = group.getValue().stream().map(this::arrivals).reduce(TokenBucket.NOTHING, TokenBucket::plus);
            var curve = ConcaveCurve.of(bucket);
            all = all.plus(shaped && group.getKey() >= 0 ? shaped(curve, group.getKey(), group.getValue()) : curve);
        }
        return all;
    }

    private Data largest(List<Hop> group) {
        return group.stream().map(h -> flow(h).largest()).reduce(Data.ZERO, Data::max);
    }

    private FrameFlow flow(Hop hop) {
        return network.flows().get(hop.flow());
    }

    /// What comes of a flow to the queue at one port of its way.
    private TokenBucket arrivals(Hop hop) {
        var flow = flow(hop);
        var variation = Time.ZERO;
        int place = hop.place();
        while (place > 0 && !isRegulated(flow.path().get(place))) {
            place--;
            variation = variation
                    .plus(delays[hop.flow()][place])
                    .minus(least(new Hop(hop.flow(), place)))
                    .plus(network.ports().get(flow.path().get(place)).jitter());
        }
        return flow.arrivals().after(variation);
    }

    /// The least time of a flow's frame in a queue.
    private Time least(Hop hop) {
        var flow = flow(hop);
        return flow.smallest()
                .at(network.ports().get(flow.path().get(hop.place())).rate());
    }

    /// What can come over the link of a port at the most.
    private ConcaveCurve shaped(ConcaveCurve curve, int from, List<Hop> group) {
        var port = network.ports().get(from);
        var frame = largest(group);
        var whole = ConcaveCurve.of(new TokenBucket(frame, port.rate())).after(port.jitter());
        var credit = credits.get(from);
        if (credit != null) {
            whole = whole.min(credit.sent().packetized(frame).after(port.jitter()));
        }
        return curve.min(whole);
    }

    /// The delays at a port, from those before it.
    private Map<Hop, Time> computed(int port) {
        var service = service(port);
        var arrivals = arrivals(port);
        var rate = network.ports().get(port).rate();
        boolean whole = !network.ports().get(port).preemption().cuts(trafficClass);
        var known = new HashMap<Data, Time>();
        var found = new HashMap<Hop, Time>();
        for (var hop : hopsAt(port)) {
            var atLinkRate = whole ? flow(hop).smallest() : Data.ZERO;
            found.put(
                    hop,
                    known.computeIfAbsent(
                            atLinkRate,
                            l -> service.inOrder()
                                    .delay(arrivals.without(l))
                                    .orElseThrow(() -> overloaded(port, arrivals, service))
                                    .plus(l.at(rate))));
        }
        return found;
    }

    private NoBound overloaded(int port, ConcaveCurve arrivals, ClassService service) {
        return new NoBound(Message.of(
                        "port-overloaded",
                        "port {port} is overloaded: its flows of class {class} bring {brought}, and {left} are left "
                                + "for them. Delays grow without bound; lead flows around it or make it faster")
                .figure("port", network.ports().get(port).id())
                .figure("class", trafficClass)
                .figure("brought", PortState.shown(arrivals.rate()))
                .figure("left", PortState.shown(service.inOrder().rate())));
    }

    private void solve() {
        var awaited = new TreeMap<Integer, Integer>();
        hops.forEach((port, at) -> awaited.put(
                port, (int) at.stream().filter(this::dependsOnBefore).count()));
        var ready = new ArrayDeque<Integer>();
        awaited.forEach((port, count) -> {
            if (count == 0) {
                ready.add(port);
            }
        });
        while (!ready.isEmpty()) {
            int port = ready.remove();
            order.add(List.of(port));
            var found = computed(port);
            take(enclosed ? above(found, Rational.ONE) : found);
            awaited.remove(port);
            for (var hop : hopsAt(port)) {
                var next = new Hop(hop.flow(), hop.place() + 1);
                if (next.place() < flow(next).path().size() && dependsOnBefore(next)) {
                    int to = flow(next).path().get(next.place());
                    if (awaited.merge(to, -1, Integer::sum) == 0) {
                        ready.add(to);
                    }
                }
            }
        }
        if (!awaited.isEmpty()) {
            cyclic = true;
            order.add(List.copyOf(awaited.keySet()));
            solveCycle(order.getLast());
        }
    }

    /// Whether what comes to a queue depends on the delays before.
    private boolean dependsOnBefore(Hop hop) {
        return hop.place() > 0 && !isRegulated(flow(hop).path().get(hop.place()));
    }

    private void take(Map<Hop, Time> found) {
        found.forEach((hop, time) -> delays[hop.flow()][hop.place()] = time);
    }

    private Map<Hop, Time> computed(List<Integer> ports) {
        var all = new HashMap<Hop, Time>();
        ports.forEach(p -> all.putAll(computed(p)));
        return all;
    }

    /// Delays from which smaller ones follow are searched from below, on a grid so that the numbers stay short;
    /// every few rounds a little above what was found. Then they are made smaller as long as that is worth
    /// while.
    private void solveCycle(List<Integer> ports) {
        ports.forEach(p -> hopsAt(p).forEach(h -> delays[h.flow()][h.place()] = least(h)));
        for (int round = 1; round <= ROUNDS; round++) {
            var found = computed(ports);
            if (round % FINER == 0 && tryProof(ports, above(found, LARGER))) {
                return;
            }
            if (found.values().stream().anyMatch(TOO_LONG::isTighterThan)) {
                break;
            }
            if (tryProof(ports, above(found, Rational.ONE))) {
                return;
            }
        }
        throw new NoBound(Message.of(
                        "class-cyclic",
                        "flows of class {class} delay each other in a cycle through {ports}. The fixed point of total "
                                + "flow analysis is not proved to be finite there, so no bound is proved, which does "
                                + "not mean that there is none. Lead a flow another way to break the cycle, let flows "
                                + "bring less, or shape the class asynchronously at a port of the cycle and before")
                .figure("class", trafficClass)
                .figure(
                        "ports",
                        String.join(
                                ", ",
                                ports.stream()
                                        .map(p -> network.ports().get(p).id())
                                        .toList())));
    }

    /// Assumes delays, and keeps what follows from them if it is smaller everywhere.
    private boolean tryProof(List<Integer> ports, Map<Hop, Time> assumed) {
        take(assumed);
        if (!isBelow(computed(ports), assumed)) {
            return false;
        }
        for (int round = 0; round < FINER; round++) {
            take(above(computed(ports), Rational.ONE));
        }
        return true;
    }

    private static boolean isBelow(Map<Hop, Time> computed, Map<Hop, Time> assumed) {
        return computed.entrySet().stream()
                .allMatch(e -> assumed.getOrDefault(e.getKey(), Time.ZERO)
                        .minus(e.getValue())
                        .seconds()
                        .isPositive());
    }

    private static Map<Hop, Time> above(Map<Hop, Time> times, Rational factor) {
        var rounded = new HashMap<Hop, Time>();
        times.forEach((hop, time) -> rounded.put(hop, new Time(above(time, factor))));
        return rounded;
    }

    /// The next number of the grid above a time.
    private static Rational above(Time time, Rational factor) {
        var exact = time.seconds() instanceof Rational r
                ? r
                : Rational.of(time.seconds().upper());
        var scaled = exact.times(factor);
        var below = scaled.numerator().multiply(GRID).divide(scaled.denominator());
        return Rational.of(below.add(BigInteger.ONE), GRID);
    }
}
