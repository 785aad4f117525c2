package io.millwright.certificate.ports;

import io.millwright.certificate.Broken;
import io.millwright.certificate.Fraction;
import io.millwright.certificate.Malformed;
import io.millwright.certificate.ports.Guarantee.Above;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// How long frames are in their queues, queue by queue: total flow analysis.
///
/// A flow comes to a queue as its source sends it, delayed by a time that varies by no more than the longest
/// times before, as they are said, less the least there can be. What comes over one link is no more than the
/// link sends, and the shaper of the class there; a frame counts when all of it has come, so that one frame
/// may have begun before. A frame of `l` bits begins when all but the last `l` bits of what came up to it
/// have been sent, and then has the link to itself, if it is not interrupted.
///
/// Queues that depend on each other in a cycle are taken together: from what is said of all of them less must
/// follow for each. Let a network start empty, and some frame be the first to wait longer than is said. Up to
/// that moment all have come within what is said, so it was served before.
final class Queues {

    /// Links of more ports than this are not counted as limits of what comes over them.
    private static final int MOST_LINKS = 128;

    /// As many pairs of lines, and of windows, are looked at.
    private static final long MOST_EFFORT = 200_000_000;

    private record Queue(int port, int trafficClass) {}

    private record Hop(int flow, int port) {}

    private final Given given;
    private final Map<Queue, Above> proved = new HashMap<>();
    private final Map<Queue, Guarantee> guarantees = new HashMap<>();
    private final Map<Hop, Fraction> delays = new HashMap<>();
    private final Map<Integer, Optional<Cycles>> cycles = new HashMap<>();
    private long effort;

    Queues(Given given) {
        this.given = given;
    }

    /// For how many queues a longest delay is proved.
    int count() {
        return proved.size();
    }

    /// Proves the longest delays of the flows of a class in some queues together.
    ///
    /// @param said for each port, for each flow, how long it is in the queue at the most, until its time on
    ///     the link is over
    void prove(int trafficClass, Map<Integer, Map<Integer, Fraction>> said) throws Malformed, Broken {
        var assumed = new HashMap<>(delays);
        for (var entry : said.entrySet()) {
            int port = entry.getKey();
            Broken.unless(
                    !proved.containsKey(new Queue(port, trafficClass)),
                    "the delays at port %d are said twice".formatted(port));
            var flows = given.at(port, trafficClass);
            Broken.unless(
                    flows.size() == entry.getValue().size()
                            && entry.getValue().keySet().containsAll(flows),
                    "at port %d the flows of class %d are %s, not %s"
                            .formatted(
                                    port, trafficClass, flows, entry.getValue().keySet()));
            entry.getValue().forEach((flow, delay) -> assumed.put(new Hop(flow, port), delay));
        }
        var cycles = cycles(trafficClass);
        Broken.unless(
                cycles.isEmpty() || said.keySet().equals(given.portsOf(trafficClass)),
                "cyclic queuing of class %d holds at all its ports or at none".formatted(trafficClass));
        var found = new ArrayList<Map.Entry<Queue, Above>>();
        for (var entry : said.entrySet()) {
            var queue = new Queue(entry.getKey(), trafficClass);
            found.add(Map.entry(
                    queue,
                    cycles.isPresent()
                            ? cycles.get().proof(queue.port(), guarantee(queue).service(), entry.getValue())
                            : proof(queue, entry.getValue(), assumed, said.size() > 1)));
        }
        found.forEach(q -> proved.put(q.getKey(), q.getValue()));
        delays.putAll(assumed);
    }

    private Optional<Cycles> cycles(int trafficClass) throws Broken {
        var known = cycles.get(trafficClass);
        if (known == null) {
            known = Cycles.of(given, trafficClass);
            cycles.put(trafficClass, known);
        }
        return known;
    }

    private Above proof(Queue queue, Map<Integer, Fraction> said, Map<Hop, Fraction> assumed, boolean inCycle)
            throws Malformed, Broken {
        var guarantee = guarantee(queue);
        var arrivals = arrivals(queue, assumed);
        var port = given.ports.get(queue.port());
        boolean whole = !port.cut().containsKey(queue.trafficClass());
        var bySize = new HashMap<Fraction, Fraction>();
        for (var entry : said.entrySet()) {
            var alone = whole ? given.flow(entry.getKey()).smallest() : Fraction.ZERO;
            var delay = bySize.get(alone);
            if (delay == null) {
                charge((long) arrivals.lines().size()
                        * guarantee.service().lines().size());
                delay = guarantee
                        .service()
                        .delay(arrivals, alone)
                        .orElseThrow(() -> new Broken("port %d is overloaded".formatted(queue.port())))
                        .plus(alone.over(port.rate()));
                bySize.put(alone, delay);
            }
            int order = delay.compareTo(entry.getValue());
            Broken.unless(
                    inCycle ? order < 0 : order <= 0,
                    "flow %d, %s, may be at port %d, %s, for %s, and %s is said"
                            .formatted(
                                    entry.getKey(),
                                    given.flow(entry.getKey()).name(),
                                    queue.port(),
                                    port.name(),
                                    delay,
                                    entry.getValue()));
        }
        var longest = said.values().stream().reduce(Fraction.ZERO, Fraction::most);
        return new Above(queue.trafficClass(), arrivals, longest, guarantee.shaper());
    }

    private Guarantee guarantee(Queue queue) throws Malformed, Broken {
        var known = guarantees.get(queue);
        if (known == null) {
            var above = new ArrayList<Above>();
            for (int c = queue.trafficClass() + 1; c <= Given.HIGHEST; c++) {
                if (!given.at(queue.port(), c).isEmpty()) {
                    above.add(proved(new Queue(queue.port(), c)));
                }
            }
            long entries = given.ports.get(queue.port()).gates().size();
            charge(entries * entries);
            known = new Discipline(given, queue.port(), queue.trafficClass(), above).guarantee();
            guarantees.put(queue, known);
        }
        return known;
    }

    private void charge(long more) throws Malformed {
        effort += more;
        if (effort > MOST_EFFORT) {
            throw new Malformed("its gate lists and flows are too many to be checked in good time");
        }
    }

    private Above proved(Queue queue) throws Broken {
        var known = proved.get(queue);
        if (known == null) {
            throw new Broken(
                    "nothing is said before of class %d at port %d".formatted(queue.trafficClass(), queue.port()));
        }
        return known;
    }

    /// What comes to a queue.
    private Concave arrivals(Queue queue, Map<Hop, Fraction> assumed) throws Malformed, Broken {
        var byLink = new TreeMap<Integer, List<Integer>>();
        for (int flow : given.at(queue.port(), queue.trafficClass())) {
            int from =
                    isShaped(queue.port(), flow) ? Given.NONE : given.flow(flow).before(queue.port());
            byLink.computeIfAbsent(from, _ -> new ArrayList<>()).add(flow);
        }
        var all = Concave.NOTHING;
        for (var link : byLink.entrySet()) {
            var together = new Line(Fraction.ZERO, Fraction.ZERO);
            for (int flow : link.getValue()) {
                together = together.plus(arrivals(flow, queue.port(), assumed));
            }
            var curve = new Concave(List.of(together));
            boolean overLink = link.getKey() != Given.NONE && byLink.size() <= MOST_LINKS;
            all = all.plus(overLink ? curve.least(over(link.getKey(), link.getValue(), queue.trafficClass())) : curve);
        }
        return all;
    }

    /// What the link of a port sends of flows of a class.
    private Concave over(int from, List<Integer> flows, int trafficClass) throws Malformed, Broken {
        var port = given.ports.get(from);
        var begun = flows.stream().map(f -> given.flow(f).largest()).reduce(Fraction.ZERO, Fraction::most);
        var sent = Concave.of(Fraction.ZERO, port.rate());
        var shaper = guarantee(new Queue(from, trafficClass)).shaper();
        if (shaper.isPresent()) {
            sent = sent.least(shaper.get().sent());
        }
        return sent.raised(begun).within(port.most().minus(port.least()));
    }

    /// Whether a flow is shaped asynchronously before it comes to its queue at a port.
    private boolean isShaped(int port, int flow) {
        return given.ports.get(port).shaped().get(given.flow(flow).trafficClass());
    }

    /// What comes of a flow to the queue at a port. Where it is shaped, that is what its source sends; the
    /// shaper adds nothing to the longest delay of the queue before, if that was come to like this too (Le
    /// Boudec, A Theory of Traffic Regulators for Deterministic Networks, IEEE/ACM Transactions on Networking
    /// 26(6), 2018, theorem 5).
    private Line arrivals(int flow, int port, Map<Hop, Fraction> assumed) throws Broken {
        var way = given.flow(flow).way();
        var varies = Fraction.ZERO;
        int place = way.indexOf(port);
        for (; place > 0 && !isShaped(way.get(place), flow); place--) {
            int before = way.get(place - 1);
            var there = given.ports.get(before);
            var delay = assumed.get(new Hop(flow, before));
            if (delay == null) {
                throw new Broken("nothing is said before of flow %d at port %d".formatted(flow, before));
            }
            var least = given.flow(flow).smallest().over(there.rate());
            // what is said to be less than the least is refused at its own queue
            varies = varies.plus(delay.minus(least).most(Fraction.ZERO))
                    .plus(there.most())
                    .minus(there.least());
        }
        Broken.unless(
                place < 2 || isShaped(way.get(place - 1), flow),
                "flow %d is shaped at port %d, but not at the one before".formatted(flow, way.get(place)));
        var source = new Line(given.flow(flow).burst(), given.flow(flow).rate());
        return new Line(source.at(varies), source.rate());
    }

    /// The longest delay of a flow over its way, until its last bit is at its receiver: the sum of the
    /// queues. Where the flows of the class are shaped next, all wait for the one that was delayed the
    /// longest; with cyclic queuing it is a cycle for each queue but the last.
    Fraction total(int flow) throws Broken {
        var way = given.flow(flow).way();
        var cycles = cycles(given.flow(flow).trafficClass());
        var sum = Fraction.ZERO;
        for (int i = 0; i < way.size(); i++) {
            int port = way.get(i);
            var queue = proved(new Queue(port, given.flow(flow).trafficClass()));
            boolean last = i == way.size() - 1;
            if (cycles.isPresent() && !last) {
                sum = sum.plus(cycles.get().length());
                continue;
            }
            boolean waits = !last && isShaped(way.get(i + 1), flow);
            var delay = waits ? queue.longest() : delays.getOrDefault(new Hop(flow, port), queue.longest());
            sum = sum.plus(delay)
                    .minus(given.gapAt(port))
                    .plus(given.ports.get(port).most());
        }
        return sum;
    }

    /// The most that is in a queue, or being sent of it, at once, in whole frames: what comes less what is served,
    /// where
    /// the frame that is being sent counts until all of it has been.
    Fraction backlog(int port, int trafficClass) throws Malformed, Broken {
        var arrivals = proved(new Queue(port, trafficClass)).arrivals();
        Broken.unless(cycles(trafficClass).isEmpty(), "there is no rule for what is in queues of cyclic queuing");
        var whole = Concave.of(given.largest(port, trafficClass), Fraction.ZERO);
        return guarantee(new Queue(port, trafficClass))
                .service()
                .without(whole)
                .excess(arrivals)
                .orElseThrow(() -> new Broken("port %d is overloaded".formatted(port)));
    }
}
