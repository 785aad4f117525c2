package io.millwright.node.net;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.millwright.network.failure.DeviceChange;
import io.millwright.network.failure.Failure;
import io.millwright.network.schedule.Names;
import io.millwright.node.net.NetworkPlan.HopPlan;
import io.millwright.node.net.NetworkPlan.MessageView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a failure leads to, for those who draw networks. Times are nanoseconds.
///
/// @param failed what fails
/// @param untouched streams that go on as before
/// @param covered redundant streams of which no frame is lost
/// @param reduced streams that go on to some of their listeners
/// @param moved streams that have another place in the alternative
/// @param lost streams for which there is no place
/// @param open streams for which none was found in time
/// @param changes what devices get from the plan to its alternative
/// @param verified whether the checker accepts the alternative; null where no stream moves
/// @param violations what it finds
/// @param outage until the first frame of every stream that moves is there again, at most; null where none does
/// @param seconds how long it took to find
public record FailureView(
        PartView failed,
        List<String> untouched,
        List<PartlyView> covered,
        List<PartlyView> reduced,
        List<MovedView> moved,
        List<LostView> lost,
        List<String> open,
        List<ChangesView> changes,
        @Nullable Boolean verified,
        List<MessageView> violations,
        @Nullable Long outage,
        double seconds) {

    /// A link, bridge or station, or two of these at once.
    ///
    /// @param nodes the two ends of a link, or the one node
    /// @param and what fails at the same time
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record PartView(
            String kind, List<String> nodes, @Nullable PartView and) {
        static PartView of(Failure failure, Names names) {
            var others = failure.parts().stream().skip(1).toList();
            var part = failure.parts().getFirst();
            return new PartView(
                    part.kind().word(), part.names(names), others.isEmpty() ? null : of(new Failure(others), names));
        }
    }

    /// A stream that goes on.
    ///
    /// @param gone listeners that cannot be reached any more
    public record PartlyView(String stream, List<String> gone) {}

    /// A stream that moves.
    ///
    /// @param gone listeners that cannot be reached any more
    /// @param before its delay until the failure
    /// @param delay its delay in the alternative
    /// @param outage from the failure until its first frame is there again, at most
    /// @param framesLost how many of its frames do not arrive, at most
    /// @param hops of its first frame in the alternative
    public record MovedView(
            String stream,
            List<String> gone,
            long before,
            long delay,
            long outage,
            long framesLost,
            List<HopPlan> hops) {}

    /// A stream that cannot be saved.
    public record LostView(String stream, MessageView proof) {}

    /// What changes at a device.
    ///
    /// @param needed whether the streams that move need it
    /// @param lists ports that get another list of gates
    /// @param windowsAdded in a hyperperiod
    /// @param windowsRemoved in a hyperperiod
    /// @param routesAdded streams and ports to which they are sent on
    /// @param routesRemoved streams and ports to which they are not sent on any more
    /// @param talkers streams that begin here and get another offset, or stop
    public record ChangesView(
            String node,
            boolean needed,
            int lists,
            long windowsAdded,
            long windowsRemoved,
            int routesAdded,
            int routesRemoved,
            int talkers) {
        static ChangesView of(DeviceChange change, Names names) {
            return new ChangesView(
                    names.node(change.node()),
                    change.needed(),
                    change.lists(),
                    change.windowsAdded(),
                    change.windowsRemoved(),
                    change.routesAdded(),
                    change.routesRemoved(),
                    change.talkers());
        }
    }
}
