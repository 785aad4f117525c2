package io.millwright.network.port;

import io.millwright.network.bounds.Mistake;
import java.util.List;
import java.util.TreeSet;

/// What a network of ports must be for the analysis to hold; what is not covered is refused.
final class PortRules {

    private PortRules() {}

    /// @throws Mistake where a rule is broken
    static void check(PortNetwork network) {
        var passing = network.flowsByPort();
        for (int p = 0; p < passing.size(); p++) {
            check(network.ports().get(p), passing.get(p));
        }
        network.flows().forEach(f -> regulation(network, f));
        CyclicQueues.check(network);
    }

    private static void check(Port port, List<FrameFlow> flows) {
        var used = new TreeSet<Integer>();
        flows.forEach(f -> used.add(f.trafficClass()));
        if (port.bestEffort().bits().isPositive()) {
            if (used.contains(0)) {
                throw new Mistake(("port %s: flows of class 0 share their queue with best effort, of which there may "
                                + "be any amount. Give them a class above, or say that there is no best effort: "
                                + "\"bestEffort\": \"0B\"")
                        .formatted(port.id()));
            }
            used.add(0);
        }
        var preemptable = port.preemption().preemptable();
        if (!port.gates().entries().isEmpty()) {
            apart(port, preemptable.isEmpty(), "gates and frame preemption");
        }
        for (int c : port.idleSlopes().keySet()) {
            apart(port, !preemptable.contains(c), "a credit-based shaper and preemption of the same class");
        }
        for (int c : port.cycles().keySet()) {
            apart(
                    port,
                    !port.idleSlopes().containsKey(c) && !port.regulated().contains(c),
                    "cyclic queuing and another shaper of the same class");
            apart(port, port.gates().isAlwaysOpen(c), "cyclic queuing and gates of the same class");
        }
        used.addAll(port.idleSlopes().keySet());
        for (int c : preemptable) {
            for (int express : used) {
                if (express < c && !preemptable.contains(express)) {
                    throw new Mistake("port %s: class %d may be preempted, but class %d, below it, may not. Let all "
                                    .formatted(port.id(), c, express)
                            + "classes up to the highest preemptable one be preemptable");
                }
            }
        }
    }

    private static void apart(Port port, boolean apart, String what) {
        if (!apart) {
            throw new Mistake(
                    "port %s: %s at one port are not covered yet. Use one of them".formatted(port.id(), what));
        }
    }

    /// Where flows are shaped to what their sources send, they must have come from a source, or from a queue to
    /// which they came like that: only then does shaping add nothing to the longest delay.
    private static void regulation(PortNetwork network, FrameFlow flow) {
        int c = flow.trafficClass();
        for (int i = 2; i < flow.path().size(); i++) {
            var port = network.ports().get(flow.path().get(i));
            var before = network.ports().get(flow.path().get(i - 1));
            if (port.regulated().contains(c) && !before.regulated().contains(c)) {
                throw new Mistake(("port %s shapes class %d asynchronously, but port %s, which flow %s passes before, "
                                + "does not: there it has bursts that the shaper would have to wait out. Shape the "
                                + "class at port %s too")
                        .formatted(port.id(), c, before.id(), flow.id(), before.id()));
            }
        }
    }
}
