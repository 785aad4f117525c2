package io.millwright.network.port;

import io.millwright.network.curve.ConcaveCurve;
import io.millwright.network.curve.ConvexCurve;
import io.millwright.network.curve.Data;
import io.millwright.network.curve.Rate;
import io.millwright.network.curve.RateLatency;
import io.millwright.network.curve.Time;
import io.millwright.network.curve.TokenBucket;
import io.millwright.network.number.Rational;
import io.millwright.network.schedule.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What a port leaves for one class after the other, from the highest down. `docs/reference/network-ports.md`
/// has the proofs.
final class PortState {

    /// The sizes of a class's frames on the wire.
    private record Sizes(Data smallest, Data largest) {
        Sizes and(Sizes other) {
            return new Sizes(smallest.min(other.smallest), largest.max(other.largest));
        }
    }

    /// A class that has been analysed.
    private record Above(
            int trafficClass,
            ConcaveCurve arrivals,
            Time delay,
            @Nullable Credit credit) {
        /// What the class sends within any time: no more than what came then and in the delay before, and no
        /// more than its shaper lets it.
        ConcaveCurve sent() {
            var sent = arrivals.after(delay);
            return credit == null ? sent : sent.min(credit.sent());
        }

        /// The same since a moment at which nothing of it waited, if it has no shaper.
        ConcaveCurve sentSinceEmpty() {
            return credit == null ? arrivals : sent();
        }

        /// The same since a moment at which nothing of it could be sent: nothing waited, or its credit was
        /// not above zero.
        ConcaveCurve sentSinceIdle() {
            return credit == null ? arrivals : arrivals.after(delay).min(ConcaveCurve.of(credit.sentSinceIdle()));
        }
    }

    private static final ConcaveCurve NOTHING = ConcaveCurve.of(TokenBucket.NOTHING);

    private final Port port;
    private final Map<Integer, Sizes> sizes = new TreeMap<>();
    private final Map<Integer, TokenBucket> sent = new TreeMap<>();
    private final List<Above> above = new ArrayList<>();

    PortState(Port port, List<FrameFlow> flows) {
        this.port = port;
        if (port.bestEffort().bits().isPositive()) {
            sizes.put(0, new Sizes(port.bestEffort(), port.bestEffort()));
        }
        for (var flow : flows) {
            sizes.merge(flow.trafficClass(), new Sizes(flow.smallest(), flow.largest()), Sizes::and);
            sent.merge(flow.trafficClass(), flow.arrivals(), TokenBucket::plus);
        }
    }

    /// What the sources of a class's flows send together.
    TokenBucket sent(int trafficClass) {
        return sent.getOrDefault(trafficClass, TokenBucket.NOTHING);
    }

    /// The largest frame of a class on the wire.
    Data largest(int trafficClass) {
        return sizes(trafficClass).largest();
    }

    private Sizes sizes(int trafficClass) {
        var known = sizes.get(trafficClass);
        if (known == null) {
            throw new IllegalArgumentException("no frames of class " + trafficClass + " at " + port.id());
        }
        return known;
    }

    /// Adds a class that has been analysed to those that are before the next ones.
    ///
    /// @param arrivals what comes of it to its queue
    /// @param delay no frame of it is longer in the queue, until its last bit has been sent
    void add(int trafficClass, ConcaveCurve arrivals, Time delay) {
        above.add(
                new Above(trafficClass, arrivals, delay, creditOf(trafficClass).orElse(null)));
    }

    /// The bounds of the credit of a class, if it has a shaper.
    ///
    /// @throws NoBound where there are none, because more is reserved than there is
    Optional<Credit> creditOf(int trafficClass) {
        return Optional.ofNullable(port.idleSlopes().get(trafficClass))
                .map(slope ->
                        port.gates().entries().isEmpty() ? ungated(trafficClass, slope) : gated(trafficClass, slope));
    }

    /// What is left for a class.
    ///
    /// @throws NoBound where nothing is
    ClassService service(int trafficClass) {
        return creditOf(trafficClass)
                .map(Credit::service)
                .orElseGet(() -> port.gates().entries().isEmpty() ? byPriority(trafficClass) : byGates(trafficClass));
    }

    private ClassService byPriority(int trafficClass) {
        var cut = isCut(trafficClass) ? Preemption.CUT : Data.ZERO;
        var blocking = blocking(trafficClass);
        var own = largest(trafficClass).at(port.rate());
        return new ClassService(
                left(trafficClass, link(), others(trafficClass, Above::sentSinceIdle), _ -> blocking),
                left(
                        trafficClass,
                        link(),
                        others(trafficClass, Above::sentSinceEmpty),
                        r -> blocking.max(r.during(own)).plus(cut)));
    }

    /// What those above send, with the cost of their interruptions.
    private ConcaveCurve others(int trafficClass, Function<Above, ConcaveCurve> sent) {
        return above.stream()
                .map(a -> withCuts(a.trafficClass(), sent.apply(a), trafficClass))
                .reduce(NOTHING, ConcaveCurve::plus);
    }

    private ConvexCurve link() {
        return ConvexCurve.of(new RateLatency(port.rate(), Time.ZERO));
    }

    /// Whether frames of the class are interrupted for those of other classes.
    private boolean isCut(int trafficClass) {
        return port.preemption().cuts(trafficClass)
                && sizes.keySet().stream().anyMatch(c -> !port.preemption().cuts(c));
    }

    /// What comes of a class, with the cost of the interruptions for it: each of its frames makes one at the
    /// most.
    private ConcaveCurve withCuts(int interrupting, ConcaveCurve sent, int trafficClass) {
        if (!port.preemption().cuts(trafficClass) || port.preemption().cuts(interrupting)) {
            return sent;
        }
        var smallest = sizes(interrupting).smallest().bits();
        return sent.times(Rational.ONE.plus(Preemption.CUT.bits().over(smallest)));
    }

    /// The longest time, as data, for which a frame of a lower class keeps this class waiting once it is being
    /// sent.
    private Data blocking(int trafficClass) {
        var longest = Data.ZERO;
        for (int lower = 0; lower < trafficClass; lower++) {
            var size = sizes.get(lower);
            if (size != null && port.gates().areOpenTogether(lower, trafficClass)) {
                boolean whole = port.preemption().cuts(trafficClass)
                        || !port.preemption().cuts(lower);
                longest = longest.max(
                        whole
                                ? size.largest()
                                : size.largest().min(port.preemption().longestPiece()));
            }
        }
        return longest;
    }

    /// @param extra what is lost besides, for a rate of the others
    private ConvexCurve left(int trafficClass, ConvexCurve service, ConcaveCurve others, Loss extra) {
        var all = new ConcaveCurve(others.buckets().stream()
                .map(b -> new TokenBucket(b.burst().plus(extra.at(b.rate())), b.rate()))
                .toList());
        return service.leftover(all)
                .orElseThrow(() -> new NoBound(told(
                                Message.of(
                                        "port-full",
                                        "port {port} leaves nothing for class {class}: the classes above bring "
                                                + "{brought}, and there are {served} for both. Lead flows around it "
                                                + "or make it faster"),
                                trafficClass)
                        .figure("brought", shown(others.rate()))
                        .figure("served", shown(service.rate()))));
    }

    private interface Loss {
        Data at(Rate rate);
    }

    private Message told(Message message, int trafficClass) {
        return message.figure("port", port.id()).figure("class", trafficClass);
    }

    static String shown(Rate rate) {
        return "%.6g bit/s".formatted(rate.bitsPerSecond().upper());
    }

    static String shown(Time time) {
        return "%.6g s".formatted(time.seconds().upper());
    }

    /// The bounds of a credit: how far its slope gets ahead of what is left for the class.
    private Credit ungated(int trafficClass, Rate slope) {
        var others = above.stream().map(Above::sentSinceIdle).reduce(NOTHING, ConcaveCurve::plus);
        var most = link().leftover(others.packetized(blocking(trafficClass)))
                .filter(_ -> port.rate().isAtLeast(slope))
                .flatMap(left -> left.backlog(ConcaveCurve.of(new TokenBucket(Data.ZERO, slope))))
                .orElseThrow(() -> tooMuchReserved(trafficClass, slope));
        return Credit.ungated(slope, most, owed(trafficClass, slope));
    }

    private NoBound tooMuchReserved(int trafficClass, Rate slope) {
        return new NoBound(told(
                        Message.of(
                                "port-reserved",
                                "port {port}: the idle slope {slope} of class {class}, those of higher classes and "
                                        + "what comes of others above are more than the rate of the link, {rate}. "
                                        + "Reserve less"),
                        trafficClass)
                .figure("slope", shown(slope))
                .figure("rate", shown(port.rate())));
    }

    /// How far one frame takes the credit below zero.
    private Data owed(int trafficClass, Rate slope) {
        return port.rate().minus(slope).during(largest(trafficClass).at(port.rate()));
    }

    /// The bounds of a credit that stands still while the gate is closed: all that rises then, and all that is
    /// sent, is looked at in the time in which the gate is open alone.
    ///
    /// @param reserved the idle slope, spread over the time in which the gate is closed too
    private Credit gated(int trafficClass, Rate reserved) {
        var windows = windows(trafficClass);
        var slope = new Rate(
                reserved.during(windows.cycle()).bits().over(windows.open().seconds()));
        if (!port.rate().isAtLeast(slope)) {
            throw new NoBound(told(
                            Message.of(
                                    "port-gate-slope",
                                    "port {port}: the gate of class {class} is open for {open} of {cycle}, and its "
                                            + "idle slope needs {slope} in that time, more than the link has, {rate}. "
                                            + "Open it longer or reserve less"),
                            trafficClass)
                    .figure("open", shown(windows.open()))
                    .figure("cycle", shown(windows.cycle()))
                    .figure("slope", shown(slope))
                    .figure("rate", shown(port.rate())));
        }
        var spans = windows.least(Rate.of(1));
        var others = above.stream()
                .filter(a -> port.gates().areOpenTogether(a.trafficClass(), trafficClass))
                .map(a -> whileOpen(a, trafficClass, spans))
                .reduce(NOTHING, ConcaveCurve::plus);
        var blocking = blocking(trafficClass);
        var most = left(trafficClass, usable(trafficClass, true), others, _ -> blocking)
                .backlog(ConcaveCurve.of(new TokenBucket(Data.ZERO, slope)))
                .orElseThrow(() -> tooMuchReserved(trafficClass, reserved));
        return new Credit(slope, most, owed(trafficClass, slope), windows.least(slope), windows.most(slope));
    }

    /// What a class above sends within time in which the gate of another is open.
    ///
    /// @param spans the least time for which that gate is open within any span, as bits of 1 bit/s
    private ConcaveCurve whileOpen(Above a, int trafficClass, ConvexCurve spans) {
        var buckets = new ArrayList<TokenBucket>();
        for (var bucket : a.sent().buckets()) {
            for (var part : spans.parts()) {
                if (part.rate().isPositive()) {
                    buckets.add(new TokenBucket(
                            bucket.after(part.latency()).burst(),
                            new Rate(bucket.rate()
                                    .bitsPerSecond()
                                    .over(part.rate().bitsPerSecond()))));
                }
            }
        }
        if (a.credit() != null && port.gates().areOpenAtTheSameTimes(a.trafficClass(), trafficClass)) {
            buckets.add(a.credit().sentWhileOpen());
        }
        return new ConcaveCurve(buckets);
    }

    private ClassService byGates(int trafficClass) {
        var others = above.stream()
                .filter(a -> port.gates().areOpenTogether(a.trafficClass(), trafficClass))
                .map(Above::sent)
                .reduce(NOTHING, ConcaveCurve::plus);
        var blocking = blocking(trafficClass);
        var left = left(trafficClass, usable(trafficClass, false), others, _ -> blocking);
        return new ClassService(left, left);
    }

    /// When the gate of a class is open.
    private Windows windows(int trafficClass) {
        var gates = port.gates();
        if (gates.isAlwaysOpen(trafficClass)) {
            return Windows.always(gates.cycle());
        }
        var windows = gates.windows(trafficClass);
        if (windows.isEmpty()) {
            throw neverLongEnough(trafficClass);
        }
        return new Windows(
                windows.stream().map(GateList.Window::from).toList(),
                windows.stream().map(GateList.Window::length).toList(),
                gates.cycle());
    }

    /// What the class may send when no other class is before it: its windows, without the time for a frame of a
    /// lower class that is under way when they begin, and that in which its own largest frame no longer fits.
    ///
    /// @param whileOpen whether only the time counts in which the gate is open
    private ConvexCurve usable(int trafficClass, boolean whileOpen) {
        var gates = port.gates();
        if (gates.isAlwaysOpen(trafficClass)) {
            return link();
        }
        var begins = new ArrayList<Time>();
        var lengths = new ArrayList<Time>();
        var open = Time.ZERO;
        for (var window : gates.windows(trafficClass)) {
            var under = Data.ZERO;
            for (int lower = 0; lower < trafficClass; lower++) {
                var size = sizes.get(lower);
                if (size != null && gates.isOpenAcross(lower, window.entry())) {
                    under = under.max(size.largest());
                }
            }
            var lost = under.plus(largest(trafficClass)).at(port.rate());
            if (lost.isTighterThan(window.length())) {
                begins.add((whileOpen ? open : window.from()).plus(under.at(port.rate())));
                lengths.add(window.length().minus(lost));
            }
            open = open.plus(window.length());
        }
        if (begins.isEmpty()) {
            throw neverLongEnough(trafficClass);
        }
        return new Windows(begins, lengths, whileOpen ? open : gates.cycle()).least(port.rate());
    }

    private NoBound neverLongEnough(int trafficClass) {
        return new NoBound(told(
                        Message.of(
                                "port-gate-short",
                                "port {port}: the gate of class {class} is never open long enough for its largest "
                                        + "frame, which needs {needed}, and one of a lower class before it. Open it "
                                        + "longer"),
                        trafficClass)
                .figure("needed", shown(largest(trafficClass).at(port.rate()))));
    }
}
