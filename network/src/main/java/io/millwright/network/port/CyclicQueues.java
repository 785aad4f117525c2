package io.millwright.network.port;

import io.millwright.network.curve.ConcaveCurve;
import io.millwright.network.curve.Data;
import io.millwright.network.curve.Rate;
import io.millwright.network.curve.Time;
import io.millwright.network.curve.TokenBucket;
import io.millwright.network.number.Rational;
import io.millwright.network.schedule.Message;
import java.math.BigInteger;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// A class with cyclic queuing and forwarding (802.1Q-2022, annex T): all its ports count the same cycles, and
/// what comes to a queue in one cycle is sent in the next.
///
/// So the frames that a source sends in one cycle stay together, and each port has no more of them in a cycle
/// than the sources send in one. If all these are at the next port before their cycle ends, a frame passes one
/// port in each cycle: over `h` ports it needs `h` cycles, and the time in the last one until it has been sent.
final class CyclicQueues implements QueueBounds {

    private final PortNetwork network;
    private final int trafficClass;
    private final Time cycle;
    private final SortedMap<Integer, ConcaveCurve> ready = new TreeMap<>();
    private final SortedMap<Integer, Time> sending = new TreeMap<>();

    /// @param passing the flows that pass each port
    /// @throws NoBound where a cycle is too short
    CyclicQueues(
            PortNetwork network,
            int trafficClass,
            SortedMap<Integer, ClassService> services,
            List<List<FrameFlow>> passing) {
        this.network = network;
        this.trafficClass = trafficClass;
        cycle = network.ports().get(services.firstKey()).cycles().getOrDefault(trafficClass, Time.ZERO);
        for (var entry : services.entrySet()) {
            int p = entry.getKey();
            var port = network.ports().get(p);
            var flows = passing.get(p).stream()
                    .filter(f -> f.trafficClass() == trafficClass)
                    .toList();
            var sent = flows.stream().map(FrameFlow::arrivals).reduce(TokenBucket.NOTHING, TokenBucket::plus);
            var inCycle = flows.stream().map(this::inCycle).reduce(Data.ZERO, Data::plus);
            var each = new TokenBucket(inCycle, new Rate(inCycle.bits().over(cycle.seconds())));
            var together = ConcaveCurve.of(each, sent.after(cycle));
            ready.put(p, together);
            sending.put(p, sending(port, entry.getValue(), together, inCycle));
        }
    }

    /// What a flow sends in one cycle, which is less than what it may send within that time and the moment
    /// after it: of frames of one size, a whole number.
    private Data inCycle(FrameFlow flow) {
        var most = flow.arrivals().during(cycle);
        if (flow.smallest().equals(flow.largest())
                && most.bits().over(flow.largest().bits()) instanceof Rational frames) {
            var below = frames.numerator().subtract(BigInteger.ONE).divide(frames.denominator());
            return new Data(
                    Rational.of(below, BigInteger.ONE).times(flow.largest().bits()));
        }
        return most;
    }

    private Time sending(Port port, ClassService service, ConcaveCurve ready, Data inCycle) {
        var delay = service.inOrder().delay(ready);
        if (delay.isEmpty()
                || !cycle.minus(delay.get().plus(port.mostDelay())).seconds().isPositive()) {
            throw new NoBound(Message.of(
                            "cycle-short",
                            "port {port}: the cycle of class {class} is too short. Its flows bring up to {brought} bit "
                                    + "in one, which take {needed} to be sent and to be at the next port, and it has "
                                    + "{cycle}. Make it longer, or lead flows around the port")
                    .figure("port", port.id())
                    .figure("class", trafficClass)
                    .figure("brought", "%.6g".formatted(inCycle.bits().upper()))
                    .figure(
                            "needed",
                            delay.map(d -> PortState.shown(d.plus(port.mostDelay())))
                                    .orElse("∞"))
                    .figure("cycle", PortState.shown(cycle)));
        }
        return delay.get();
    }

    @Override
    public ConcaveCurve ready(int port) {
        return ready.getOrDefault(port, ConcaveCurve.of(TokenBucket.NOTHING));
    }

    @Override
    public Time sending(int port) {
        return sending.getOrDefault(port, Time.ZERO);
    }

    @Override
    public Time longest(int port) {
        return cycle.plus(sending(port));
    }

    /// What is sent in a cycle, and what comes in it.
    @Override
    public Data backlog(int port) {
        var inCycle = ready(port).burst();
        return inCycle.plus(inCycle);
    }

    @Override
    public Time passing(int flow, int place) {
        var path = network.flows().get(flow).path();
        var port = network.ports().get(path.get(place));
        return place < path.size() - 1
                ? cycle
                : longest(path.get(place)).minus(network.gapAt(port)).plus(port.mostDelay());
    }

    @Override
    public boolean isCyclic() {
        return false;
    }

    /// Checks that the ports of each flow have the same cycle.
    ///
    /// @throws NoBound where they have not
    static void check(PortNetwork network) {
        var first = new TreeMap<Integer, Port>();
        for (var flow : network.flows()) {
            for (int p : flow.path()) {
                var port = network.ports().get(p);
                var before = first.putIfAbsent(flow.trafficClass(), port);
                if (before != null && !same(cycle(before, flow), cycle(port, flow))) {
                    throw new NoBound(Message.of(
                                    "cycle-differs",
                                    "port {one} has {cycle} for class {class}, port {other} has {cycle2}: cyclic "
                                            + "queuing needs the same cycle at all ports of a class")
                            .figure("one", before.id())
                            .parts("cycle", List.of(shown(cycle(before, flow))), 1)
                            .figure("class", flow.trafficClass())
                            .figure("other", port.id())
                            .parts("cycle2", List.of(shown(cycle(port, flow))), 1));
                }
            }
        }
    }

    /// Zero where there is none.
    private static Time cycle(Port port, FrameFlow flow) {
        return port.cycles().getOrDefault(flow.trafficClass(), Time.ZERO);
    }

    private static boolean same(Time a, Time b) {
        return !a.isTighterThan(b) && !b.isTighterThan(a);
    }

    private static Message shown(Time cycle) {
        return cycle.seconds().isZero()
                ? Message.of("no-cycle", "no cycle")
                : Message.of("a-cycle", "a cycle of {time}").figure("time", PortState.shown(cycle));
    }
}
