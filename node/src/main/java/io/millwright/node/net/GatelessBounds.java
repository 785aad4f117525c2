package io.millwright.node.net;

import io.millwright.network.bounds.Analysis;
import io.millwright.network.bounds.Bound;
import io.millwright.network.bounds.Method;
import io.millwright.network.curve.Time;
import io.millwright.network.model.NetworkModel;
import io.millwright.network.model.PortGraph;
import io.millwright.network.model.Share;
import io.millwright.network.port.PortAnalysis;
import io.millwright.network.schedule.Message;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/// How long streams take at most if no gate ever closes, in order of arrival.
///
/// @param delays for each stream the longest delay to any of its listeners; none where none is proved
/// @param shares for each stream what it takes in the domains on its ways
/// @param mistake why there are no bounds, or not for all streams
record GatelessBounds(Map<String, Time> delays, Map<String, List<Share>> shares, Optional<Message> mistake) {

    /// For larger networks no bounds are computed.
    private static final int MOST_HOPS = 1500;

    private static final EnumSet<Method> METHODS = EnumSet.of(Method.FIFO_TFA, Method.FIFO_SFA);

    static GatelessBounds of(PortGraph ports) {
        if (ports.mistake().isPresent()) {
            return none(ports.mistake().get());
        }
        int hops = ports.graph().hops();
        if (hops > MOST_HOPS) {
            return none(Message.of(
                            "many-hops",
                            "streams pass {hops} ports in all, and bounds are computed here for up to {most}; mw net"
                                    + " bounds computes them")
                    .figure("hops", hops)
                    .figure("most", MOST_HOPS));
        }
        if (ports.shaped().isEmpty()) {
            var analysis = new Analysis(ports.graph().enclosed());
            return of(ports, flow -> analysis.bounds(flow, METHODS));
        }
        return switch (PortAnalysis.of(ports.shaped().get().enclosed())) {
            case PortAnalysis.Bounded(var analysis) -> of(ports, flow -> analysis.bounds(flow, METHODS));
            case PortAnalysis.Unbounded(var why) -> none(why);
        };
    }

    private static GatelessBounds none(Message why) {
        return new GatelessBounds(Map.of(), Map.of(), Optional.of(why));
    }

    private static GatelessBounds of(PortGraph ports, IntFunction<List<Bound>> analysis) {
        var delays = new HashMap<String, Time>();
        var shares = new HashMap<String, List<Share>>();
        var unbounded = new ArrayList<String>();
        for (int i = 0; i < ports.flows().size(); i++) {
            var flow = ports.flows().get(i);
            var name = flow.stream().name();
            var bounds = analysis.apply(i);
            var best = bounds.stream().map(Bound::delay).reduce(Time::min);
            if (best.isEmpty()) {
                unbounded.add(name);
                continue;
            }
            delays.merge(name, best.get().plus(flow.fixed()), Time::max);
            bounds.stream()
                    .filter(b -> b.method() == Method.FIFO_TFA)
                    .forEach(b ->
                            shares.computeIfAbsent(name, _ -> new ArrayList<>()).addAll(flow.shares(b)));
        }
        delays.keySet().removeAll(unbounded);
        shares.keySet().removeAll(unbounded);
        return new GatelessBounds(
                delays, shares, unbounded.isEmpty() ? Optional.empty() : Optional.of(cyclic(unbounded)));
    }

    private static Message cyclic(List<String> unbounded) {
        return Message.of(
                        "cyclic",
                        "streams delay each other in a cycle, and no bound is proved for {streams}; lead one another"
                                + " way, or let them bring less")
                .parts(
                        "streams",
                        unbounded.stream()
                                .distinct()
                                .map(name -> Message.of("named", "{name}").figure("name", name))
                                .toList(),
                        5);
    }

    /// What a stream takes in domains, if it is one without gates.
    List<Share> shares(NetworkModel.Stream stream) {
        return stream.scheduled() ? List.of() : shares.getOrDefault(stream.name(), List.of());
    }

    /// How long a stream takes at most; nothing where that is not proved.
    Optional<Time> delay(NetworkModel.Stream stream) {
        return Optional.ofNullable(delays.get(stream.name()));
    }
}
