package io.millwright.node.net;

import io.millwright.network.bounds.Bound;
import io.millwright.network.curve.Time;
import io.millwright.network.model.PortGraph.StreamFlow;
import io.millwright.network.model.Share;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Holds bounds against the deadlines of a plant's streams.
final class Deadlines {

    /// Of a graph without streams.
    static final Deadlines NONE = new Deadlines(List.of());

    private final List<StreamFlow> flows;
    private boolean hold = true;

    /// @param flows what the flows of the graph are
    Deadlines(List<StreamFlow> flows) {
        this.flows = List.copyOf(flows);
    }

    /// Whether a flow arrives in time.
    ///
    /// @param fixed what is the same for each frame: propagation and processing
    /// @param late the probability that a frame is lost or late on its way, which no bound holds for
    /// @param shares what it takes in each domain on its way
    /// @param holds whether its best bound proves it, no more is lost than the stream tolerates, and no
    ///     domain takes more than its budget
    record Judgement(
            Time deadline,
            Time fixed,
            BigDecimal late,
            BigDecimal loss,
            List<Share> shares,
            boolean inTime,
            boolean holds) {}

    /// Bounds of a flow with what is the same for each of its frames.
    List<Bound> withFixed(int flow, List<Bound> bounds) {
        return flows.isEmpty()
                ? bounds
                : bounds.stream()
                        .map(b -> new Bound(
                                b.method(), b.delay().plus(flows.get(flow).fixed()), b.steps()))
                        .toList();
    }

    /// Holds the best bound of a flow against its deadline, and what it takes in domains against their budgets.
    ///
    /// @param atPorts the bound that tells the longest delay at each port
    Optional<Judgement> judge(int flow, Optional<Bound> best, Supplier<Optional<Bound>> atPorts) {
        if (flows.isEmpty()) {
            return Optional.empty();
        }
        var known = flows.get(flow);
        var deadline = known.stream().deadline();
        boolean inTime =
                best.isPresent() && deadline.minus(best.get().delay()).seconds().isNonNegative();
        var shares = atPorts.get().map(known::shares).orElse(List.of());
        boolean holds = inTime && known.isReliable() && shares.stream().allMatch(Share::holds);
        hold &= holds;
        return Optional.of(new Judgement(
                deadline, known.fixed(), known.late(), known.stream().loss(), shares, inTime, holds));
    }

    /// Whether all that were judged arrive in time.
    boolean hold() {
        return hold;
    }
}
