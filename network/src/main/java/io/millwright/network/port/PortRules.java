package io.millwright.network.port;

import io.millwright.network.schedule.Message;
import java.util.List;
import java.util.TreeSet;

/// What a network of ports must be for the analysis to hold; what is not covered is refused.
final class PortRules {

    private PortRules() {}

    /// @throws NoBound where a rule is broken
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
                throw new NoBound(Message.of(
                                "port-best-effort",
                                "port {port}: flows of class 0 share their queue with best effort, of which there may "
                                        + "be any amount. Give them a class above, or say that there is no best "
                                        + "effort: \"bestEffort\": \"0B\"")
                        .figure("port", port.id()));
            }
            used.add(0);
        }
        var preemptable = port.preemption().preemptable();
        if (!port.gates().entries().isEmpty()) {
            apart(port, preemptable.isEmpty(), Message.of("gates-preemption", "gates and frame preemption"));
        }
        for (int c : port.idleSlopes().keySet()) {
            apart(
                    port,
                    !preemptable.contains(c),
                    Message.of("credit-preemption", "a credit-based shaper and preemption of the same class"));
        }
        for (int c : port.cycles().keySet()) {
            apart(
                    port,
                    !port.idleSlopes().containsKey(c) && !port.regulated().contains(c),
                    Message.of("cycles-shaper", "cyclic queuing and another shaper of the same class"));
            apart(
                    port,
                    port.gates().isAlwaysOpen(c),
                    Message.of("cycles-gates", "cyclic queuing and gates of the same class"));
        }
        used.addAll(port.idleSlopes().keySet());
        for (int c : preemptable) {
            for (int express : used) {
                if (express < c && !preemptable.contains(express)) {
                    throw new NoBound(Message.of(
                                    "port-preemptable",
                                    "port {port}: class {higher} may be preempted, but class {lower}, below it, may "
                                            + "not. Let all classes up to the highest preemptable one be preemptable")
                            .figure("port", port.id())
                            .figure("higher", c)
                            .figure("lower", express));
                }
            }
        }
    }

    private static void apart(Port port, boolean apart, Message what) {
        if (!apart) {
            throw new NoBound(
                    Message.of("port-apart", "port {port}: {what} at one port are not covered yet. Use one of them")
                            .figure("port", port.id())
                            .parts("what", List.of(what), 1));
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
                throw new NoBound(Message.of(
                                "port-shaped-late",
                                "port {port} shapes class {class} asynchronously, but port {before}, which flow {flow} "
                                        + "passes before, does not: there it has bursts that the shaper would have to "
                                        + "wait out. Shape the class at port {before} too")
                        .figure("port", port.id())
                        .figure("class", c)
                        .figure("before", before.id())
                        .figure("flow", flow.id()));
            }
        }
    }
}
