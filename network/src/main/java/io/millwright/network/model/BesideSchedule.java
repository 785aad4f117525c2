package io.millwright.network.model;

import io.millwright.network.bounds.Bound;
import io.millwright.network.bounds.Method;
import io.millwright.network.curve.Time;
import io.millwright.network.port.PortAnalysis;
import io.millwright.network.port.PortNetwork;
import io.millwright.network.port.PortTrace;
import io.millwright.network.schedule.Message;
import io.millwright.network.schedule.Schedule;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/// What a schedule leaves to others, and how long sporadic streams take in it.
///
/// While a gate of a port is open for scheduled frames, all others of the port are closed; they are open at all
/// other times (exclusive gating). A frame begins only if it ends before its gate closes (IEEE 802.1Q-2022,
/// 8.6.8.4). Sporadic streams share the queue below those of the schedule, whatever else there is has the one below
/// that: of it, one longest frame may be in the way. The queue of sporadic streams is shaped as the bridge says. A
/// clock that is wrong by up to the sync error opens and closes
/// gates earlier or later, so that only that is counted as open which is so in any case.
///
/// @param sporadic the sporadic streams, one for each listener; none where there is a mistake
/// @param left what is left at each port that streams pass, in the order of the links
/// @param mistake why there are no bounds
/// @param waits what the bounds follow from, step by step; none where there are none, or they are [#uncertified]
/// @param uncertified why the bounds have no certificate
public record BesideSchedule(
        List<Sporadic> sporadic,
        List<Left> left,
        Optional<Message> mistake,
        List<Wait> waits,
        Optional<String> uncertified) {

    public BesideSchedule {
        sporadic = List.copyOf(sporadic);
        left = List.copyOf(left);
        waits = List.copyOf(waits);
    }

    /// How long a sporadic stream is in a queue on its way to a listener.
    ///
    /// @param step in which this follows, from all in steps before it, and from the others of the step where queues
    ///     depend on each other in a cycle
    /// @param from the node of the port
    /// @param to the node that it leads to
    /// @param time at the most, until the frame's time on the link is over
    public record Wait(int step, String stream, String listener, String from, String to, Time time) {}

    /// A sporadic stream on its way to a listener.
    ///
    /// @param delay no frame takes longer, from when it is handed over until its last bit is there
    /// @param late but with this probability at most, with which it is lost or discarded on the way
    /// @param shares what it takes of that in each domain on its way; none in a network that is one whole
    public record Sporadic(
            NetworkModel.Stream stream, String listener, Time delay, BigDecimal late, List<Share> shares) {
        public Sporadic {
            shares = List.copyOf(shares);
        }

        /// Whether every frame is there in time, but for those that the stream tolerates to lose, and no domain
        /// takes more than its budget.
        public boolean holds() {
            return isInTime()
                    && late.compareTo(stream.loss()) <= 0
                    && shares.stream().allMatch(Share::holds);
        }

        /// Whether those that are not lost are there in time.
        public boolean isInTime() {
            return stream.deadline().minus(delay).seconds().isNonNegative();
        }

        /// The longest delay, rounded up.
        public long delayNanos() {
            return Nanos.above(delay);
        }
    }

    /// What is left of the time of a port.
    ///
    /// @param from the node of the port
    /// @param to the node that it leads to
    /// @param open the part of the time in which no gate is open for scheduled frames, 0 to 1
    /// @param needed the part of all time that sporadic streams need
    public record Left(String from, String to, double open, double needed) {

        /// What nobody has asked for.
        public double rest() {
            return open - needed;
        }
    }

    /// What a schedule leaves.
    ///
    /// @param network that it was made for: its timed links are the links of the schedule, in the same order, each
    ///     in both directions ([GateProblem])
    public static BesideSchedule of(NetworkModel network, Schedule schedule) {
        var ports = new PortsBeside(network, schedule);
        var mistake = ports.mistake();
        return ports.flows().isEmpty() || mistake.isPresent()
                ? unbounded(ports, mistake)
                : bounded(ports.network(), ports);
    }

    private static BesideSchedule unbounded(PortsBeside ports, Optional<Message> mistake) {
        return new BesideSchedule(List.of(), ports.left(), mistake, List.of(), Optional.empty());
    }

    /// Bounds are those of total flow analysis, which has certificates.
    private static BesideSchedule bounded(PortNetwork network, PortsBeside ports) {
        return switch (PortAnalysis.of(network.enclosed())) {
            case PortAnalysis.Unbounded(var why) ->
                unbounded(
                        ports,
                        Optional.of(Message.of("beside", "sporadic streams have no bound beside this schedule: {why}")
                                .parts("why", List.of(why), 1)));
            case PortAnalysis.Bounded(var analysis) -> {
                var found = new ArrayList<Sporadic>();
                for (int i = 0; i < ports.flows().size(); i++) {
                    var flow = ports.flows().get(i);
                    var bound = analysis.bounds(i, EnumSet.of(Method.FIFO_TFA)).getFirst();
                    found.add(new Sporadic(
                            flow.stream(),
                            flow.listener(),
                            bound.delay(),
                            Ways.late(flow.ports()),
                            ports.shares(flow, atPorts(bound))));
                }
                var uncertified = PortTrace.untraced(network);
                var waits = uncertified.isPresent() ? List.<Wait>of() : ports.waits(network, analysis);
                yield new BesideSchedule(found, ports.left(), Optional.empty(), waits, uncertified);
            }
        };
    }

    private static List<Time> atPorts(Bound bound) {
        return bound.steps().stream().map(step -> step.leftover().latency()).toList();
    }
}
