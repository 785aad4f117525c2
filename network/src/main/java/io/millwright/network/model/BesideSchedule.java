package io.millwright.network.model;

import io.millwright.network.bounds.Bound;
import io.millwright.network.bounds.Method;
import io.millwright.network.curve.Time;
import io.millwright.network.port.PortAnalysis;
import io.millwright.network.port.PortNetwork;
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
public record BesideSchedule(List<Sporadic> sporadic, List<Left> left, Optional<Message> mistake) {

    public BesideSchedule {
        sporadic = List.copyOf(sporadic);
        left = List.copyOf(left);
    }

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
                ? new BesideSchedule(List.of(), ports.left(), mistake)
                : bounded(ports.network(), ports);
    }

    private static BesideSchedule bounded(PortNetwork network, PortsBeside ports) {
        return switch (PortAnalysis.of(network.enclosed())) {
            case PortAnalysis.Unbounded(var why) ->
                new BesideSchedule(
                        List.of(),
                        ports.left(),
                        Optional.of(Message.of("beside", "sporadic streams have no bound beside this schedule: {why}")
                                .parts("why", List.of(why), 1)));
            case PortAnalysis.Bounded(var analysis) -> {
                var found = new ArrayList<Sporadic>();
                for (int i = 0; i < ports.flows().size(); i++) {
                    var flow = ports.flows().get(i);
                    var bounds = analysis.bounds(i, EnumSet.of(Method.FIFO_TFA, Method.FIFO_SFA));
                    found.add(new Sporadic(
                            flow.stream(),
                            flow.listener(),
                            bounds.stream().map(Bound::delay).reduce(Time::min).orElseThrow(),
                            Ways.late(flow.ports()),
                            ports.shares(flow, atPorts(bounds))));
                }
                yield new BesideSchedule(found, ports.left(), Optional.empty());
            }
        };
    }

    private static List<Time> atPorts(List<Bound> bounds) {
        return bounds.stream()
                .filter(b -> b.method() == Method.FIFO_TFA)
                .flatMap(b -> b.steps().stream())
                .map(step -> step.leftover().latency())
                .toList();
    }
}
