package io.millwright.certificate.ports;

import io.millwright.certificate.Broken;
import io.millwright.certificate.Fraction;
import io.millwright.certificate.ports.Guarantee.Above;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Cyclic queuing and forwarding of a class (802.1Q-2022, annex T): all ports count the same cycles, and what
/// comes to a queue in one is sent in the next.
///
/// What a source sends in one cycle is so sent in one cycle at each port, if all of that has come to the next
/// queue before the cycle ends. Then no port has more in a cycle than the sources send in one, and the rule
/// holds for one cycle as it held for those before; which is why it is held at all ports of the class or none.
///
/// @param trafficClass the class
/// @param length how long its cycles are, at all ports
record Cycles(Given given, int trafficClass, Fraction length) {

    /// The cycles of a class, where one of its ports has some.
    static Optional<Cycles> of(Given given, int trafficClass) throws Broken {
        var lengths = given.portsOf(trafficClass).stream()
                .map(p -> Optional.ofNullable(given.ports.get(p).cycles().get(trafficClass)))
                .distinct()
                .toList();
        if (lengths.stream().allMatch(Optional::isEmpty)) {
            return Optional.empty();
        }
        Broken.unless(lengths.size() == 1, "class %d has not the same cycle at all its ports".formatted(trafficClass));
        return lengths.getFirst().map(length -> new Cycles(given, trafficClass, length));
    }

    /// The proof of delays at one port, from coming to the queue until the time on the link is over: all that
    /// comes in one cycle is ready when the next begins, and has been sent and is in the next queue before it
    /// ends.
    Above proof(int port, Convex service, Map<Integer, Fraction> said) throws Broken {
        var there = given.ports.get(port);
        Broken.unless(
                !there.slopes().containsKey(trafficClass)
                        && !there.shaped().get(trafficClass)
                        && there.isAlwaysOpen(trafficClass),
                "there is no rule for cyclic queuing with a gate or another shaper of the class");
        var sent = new Line(Fraction.ZERO, Fraction.ZERO);
        var inCycle = Fraction.ZERO;
        for (int flow : said.keySet()) {
            sent = sent.plus(new Line(given.flow(flow).burst(), given.flow(flow).rate()));
            inCycle = inCycle.plus(inCycle(given.flow(flow)));
        }
        var ready =
                new Concave(List.of(new Line(inCycle, inCycle.over(length)), new Line(sent.at(length), sent.rate())));
        var sending = service.delay(ready, Fraction.ZERO)
                .orElseThrow(() -> new Broken("port %d is overloaded".formatted(port)));
        Broken.unless(
                sending.plus(there.most()).compareTo(length) < 0,
                "at port %d it takes %s until all of a cycle has been sent and is at the next port"
                        .formatted(port, sending.plus(there.most())));
        var delay = length.plus(sending);
        for (var entry : said.entrySet()) {
            Broken.unless(
                    delay.compareTo(entry.getValue()) <= 0,
                    "flow %d may be at port %d for %s, and %s is said"
                            .formatted(entry.getKey(), port, delay, entry.getValue()));
        }
        return new Above(trafficClass, ready, sending, Optional.empty());
    }

    /// What a source sends in a cycle at the most. A cycle has its beginning, not its end, so it is less than
    /// may come within its length and the moment after; of frames of one size it is a whole number of them.
    private Fraction inCycle(Given.Flow flow) {
        var most = new Line(flow.burst(), flow.rate()).at(length);
        if (!flow.smallest().equals(flow.largest())) {
            return most;
        }
        var frames = most.over(flow.largest());
        var whole = frames.above().subtract(BigInteger.ONE).divide(frames.below());
        return flow.largest().times(new Fraction(whole, BigInteger.ONE));
    }
}
