package io.millwright.network.model;

import io.millwright.network.curve.Data;
import io.millwright.network.curve.Rate;
import io.millwright.network.curve.Time;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/// Stations, bridges, the links between them, and the streams over them. Names differ, and every end of a link
/// and of a stream is there; who makes one sees to that.
///
/// @param bridges forward what they receive
/// @param stations send and receive, and forward nothing
/// @param links full-duplex, at most one between two nodes
/// @param streams what is to be there in time
public record NetworkModel(List<Bridge> bridges, List<Station> stations, List<Link> links, List<Stream> streams) {

    public NetworkModel {
        bridges = List.copyOf(bridges);
        stations = List.copyOf(stations);
        links = List.copyOf(links);
        streams = List.copyOf(streams);
    }

    /// A bridge (IEEE 802.1Q).
    ///
    /// @param processing from the arrival of a frame's last bit until it is in the queue of its port
    /// @param cutThrough whether it may begin to forward a frame when its head has come; otherwise it stores and
    ///     forwards
    /// @param queues of each port, 1 to 8
    /// @param gateEntries the most entries of the gate control list of a port; [Integer#MAX_VALUE] if nothing is
    ///     said of it
    /// @param tickNanos the times of gate control lists are multiples of this
    /// @param shaper how its ports shape sporadic streams
    /// @param domain the part of the network that it belongs to
    public record Bridge(
            String name,
            TimeRange processing,
            boolean cutThrough,
            int queues,
            int gateEntries,
            long tickNanos,
            Shaper shaper,
            Domain domain) {

        /// A bridge that stores and forwards, with gates of any kind, which shapes nothing, of a network that is
        /// one whole.
        public Bridge(String name, TimeRange processing, int queues) {
            this(name, processing, false, queues, Integer.MAX_VALUE, 1, new Unshaped());
        }

        /// A bridge of a network that is one whole.
        public Bridge(
                String name,
                TimeRange processing,
                boolean cutThrough,
                int queues,
                int gateEntries,
                long tickNanos,
                Shaper shaper) {
            this(name, processing, cutThrough, queues, gateEntries, tickNanos, shaper, Domain.WHOLE);
        }

        /// The same with another shaper.
        public Bridge with(Shaper other) {
            return new Bridge(name, processing, cutThrough, queues, gateEntries, tickNanos, other, domain);
        }
    }

    /// A part of the network within which clocks agree, if there is a common time at all (IEEE 802.1AS).
    ///
    /// @param name its name, empty for a network that is one whole
    /// @param timed whether there is a common time, and so whether there can be gates
    /// @param budget the longest that a frame may take in it; empty where nothing is said of that
    /// @param syncErrorNanos every clock in it may be wrong by this, either way
    public record Domain(String name, boolean timed, Optional<Time> budget, long syncErrorNanos) {

        /// A network that is one whole.
        public static final Domain WHOLE = new Domain("", true, Optional.empty(), 0);
    }

    /// How a port shapes the queue of sporadic streams.
    public sealed interface Shaper {}

    /// Frames are sent in their order, as soon as they can be.
    public record Unshaped() implements Shaper {}

    /// A credit-based shaper (IEEE 802.1Q-2022, 8.6.8.2).
    ///
    /// @param idleSlope what is reserved in the long run
    public record Credit(Rate idleSlope) implements Shaper {}

    /// Each stream is shaped to its frame and period before it comes to the queue (8.6.5.6, 8.6.11).
    public record Asynchronous() implements Shaper {}

    /// An end station.
    public record Station(String name) {}

    /// A full-duplex link.
    ///
    /// @param rate in each direction; above zero
    /// @param propagation how long a bit travels
    /// @param late the probability that a frame takes longer than that, or is lost: then the far end discards it.
    ///     Zero where all frames keep to it
    /// @param slot when the second sends to the first, where that is in slots
    public record Link(
            String one, String other, Rate rate, TimeRange propagation, BigDecimal late, Optional<Slot> slot) {

        /// A cable.
        public Link(String one, String other, Rate rate, TimeRange propagation) {
            this(one, other, rate, propagation, BigDecimal.ZERO, Optional.empty());
        }

        /// Whether every frame takes its time, and may be sent at any.
        public boolean isCable() {
            return late.signum() == 0 && slot.isEmpty();
        }
    }

    /// In each cycle one slot, somewhere in it.
    ///
    /// @param data so much of frames is sent in it, which may be cut anywhere
    public record Slot(Time cycle, Data data) {}

    /// The same nodes with some of the links, and nothing sent.
    NetworkModel over(List<Link> some) {
        return new NetworkModel(bridges, stations, some, List.of());
    }

    /// The links that a schedule can be made for: cables within a domain that has a common time.
    public List<Link> timed() {
        var domains = new Domains(this);
        return links.stream()
                .filter(link -> link.isCable() && domains.agree(link))
                .toList();
    }

    /// A stream: at most one frame in any time of a period, from a talker to one or more listeners.
    ///
    /// @param frame length of a frame on the link, all overhead included
    /// @param deadline the longest permitted time from the first bit sent to the last bit received
    /// @param jitter by how much that time, and the moment within the period, may differ from frame to frame
    /// @param scheduled whether a schedule may say when it sends; otherwise it sends when it likes
    /// @param redundant whether each frame is sent twice, over ways that share nothing they need not
    /// @param loss the probability with which a frame may be lost or late
    public record Stream(
            String name,
            String talker,
            List<String> listeners,
            Data frame,
            Time period,
            Time deadline,
            Time jitter,
            boolean scheduled,
            boolean redundant,
            BigDecimal loss) {
        public Stream {
            listeners = List.copyOf(listeners);
        }

        /// The same with another deadline.
        Stream within(Time other) {
            return new Stream(name, talker, listeners, frame, period, other, jitter, scheduled, redundant, loss);
        }

        /// A stream of which no frame may be late.
        public Stream(
                String name,
                String talker,
                List<String> listeners,
                Data frame,
                Time period,
                Time deadline,
                Time jitter,
                boolean scheduled,
                boolean redundant) {
            this(name, talker, listeners, frame, period, deadline, jitter, scheduled, redundant, BigDecimal.ZERO);
        }
    }
}
