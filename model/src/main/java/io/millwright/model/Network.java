package io.millwright.model;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The plant network: switches, end stations and the links between them.
///
/// @param switches its switches, in the order of the file
/// @param stations its end stations, in the order of the file
/// @param links its full-duplex links, at most one between two of them
/// @param streams what is sent over it in time, in the order of the file
/// @param domains into which its switches are parted, in the order of the file; none where it is one whole, with
///     one time
public record Network(
        List<Switch> switches, List<Station> stations, List<Link> links, List<Stream> streams, List<Domain> domains) {

    /// No network described.
    public static final Network NONE = new Network(List.of(), List.of(), List.of(), List.of(), List.of());

    public Network {
        domains = List.copyOf(domains);
        switches = List.copyOf(switches);
        stations = List.copyOf(stations);
        links = List.copyOf(links);
        streams = List.copyOf(streams);
    }

    /// Whether nothing is described.
    public boolean isEmpty() {
        return switches.isEmpty() && stations.isEmpty() && streams.isEmpty();
    }

    /// A part of the network that is planned and run as one. Within it clocks agree (IEEE 802.1AS) where there
    /// are gates; from one to the next they do not, and somebody else may be answerable.
    ///
    /// @param budget the longest that a frame may take in it; empty where nothing is said of that
    /// @param sync how far each clock may be from the time of the domain, either way
    public record Domain(String name, DomainKind kind, Optional<Duration> budget, Duration sync) {}

    /// How far a domain reaches.
    public enum DomainKind {
        /// A machine or a line: gates.
        CELL,
        /// A hall or a campus: gates.
        PLANT,
        /// A city and beyond: no common time, and so no gates.
        WIDE_AREA
    }

    /// A switch.
    ///
    /// @param name its name
    /// @param ports how many ports it has, 1 or more
    /// @param bitsPerSecond the bit rate of each port
    /// @param queues how many queues each port has, 1 to 8
    /// @param processing from the arrival of a frame's last bit until it is in the queue of its port; of a
    ///     cut-through switch it may begin when the head of the frame has come
    /// @param forwarding when it sends a frame on
    /// @param gates its gates for scheduled traffic; empty where nothing is said of them
    /// @param shaper how its ports shape sporadic streams; empty where they do not
    /// @param domain the name of its domain; empty exactly where the network has no domains
    public record Switch(
            String name,
            int ports,
            long bitsPerSecond,
            int queues,
            DurationRange processing,
            Forwarding forwarding,
            Optional<Gates> gates,
            Optional<Shaper> shaper,
            Optional<String> domain) {

        /// A switch that shapes nothing, of a network without domains.
        public Switch(
                String name,
                int ports,
                long bitsPerSecond,
                int queues,
                DurationRange processing,
                Forwarding forwarding,
                Optional<Gates> gates) {
            this(name, ports, bitsPerSecond, queues, processing, forwarding, gates, Optional.empty(), Optional.empty());
        }
    }

    /// When a switch sends a frame on.
    public enum Forwarding {
        /// When all of it has come.
        STORE_AND_FORWARD,
        /// As soon as it knows where to.
        CUT_THROUGH
    }

    /// How the ports of a switch shape a queue.
    public sealed interface Shaper {}

    /// A credit-based shaper (IEEE 802.1Q-2022, 8.6.8.2).
    ///
    /// @param bitsPerSecond the idle slope: what is reserved in the long run, whatever gates do
    public record CreditShaper(long bitsPerSecond) implements Shaper {}

    /// Asynchronous traffic shaping of each stream to its frame and period (IEEE 802.1Q-2022, 8.6.5.6 and 8.6.11).
    public record AsynchronousShaper() implements Shaper {}

    /// The gates of a switch's ports (IEEE 802.1Q-2022, 8.6.8.4).
    ///
    /// @param entries how many entries the gate control list of a port holds
    /// @param tick the granularity of the entries' times
    public record Gates(int entries, Duration tick) {}

    /// An end station.
    ///
    /// @param name its name
    /// @param carries the connections whose devices are reached at it
    public record Station(String name, List<String> carries) {
        public Station {
            carries = List.copyOf(carries);
        }
    }

    /// A full-duplex link.
    ///
    /// @param one the name of a switch or station
    /// @param other the name of another
    /// @param bitsPerSecond its bit rate in each direction
    /// @param propagation how long a bit travels along it; of a radio link, what a frame takes up to the highest
    ///     percentile
    /// @param medium what it is
    public record Link(String one, String other, long bitsPerSecond, DurationRange propagation, Medium medium) {}

    /// What a link is.
    public sealed interface Medium {}

    /// Copper or fibre: the delay holds for every frame.
    public record Cable() implements Medium {}

    /// A radio link of which percentiles of the delay were measured.
    ///
    /// @param kind `5g` or `wifi`
    /// @param percentiles ascending, at least one
    public record Radio(String kind, List<Percentile> percentiles) implements Medium {
        public Radio {
            percentiles = List.copyOf(percentiles);
        }
    }

    /// A passive optical network between its head end, the first of the two, and a terminal, which sends in a slot
    /// of each cycle.
    ///
    /// @param slotBytes how much the slot holds of frames
    public record Pon(Duration cycle, long slotBytes) implements Medium {}

    /// A percentile of delays.
    ///
    /// @param share the part of all frames, 0 to 1, that takes no longer
    public record Percentile(BigDecimal share, Duration delay) {}

    /// What one station sends to others again and again, and how soon it must be there.
    ///
    /// @param name its name
    /// @param talker the station that sends
    /// @param listeners the stations that receive, at least one, none twice
    /// @param bytes length of a frame on the link, all overhead included
    /// @param period at most one frame is sent in any time of this length
    /// @param deadline the longest permitted time from the first bit sent to the last bit received
    /// @param jitter by how much that time, and the moment within the period, may differ from frame to frame
    /// @param timing when it sends
    /// @param redundant whether each frame is sent twice, over ways that share nothing (IEEE 802.1CB)
    /// @param loss the probability with which a frame may be lost or late, 0 to 1
    public record Stream(
            String name,
            String talker,
            List<String> listeners,
            int bytes,
            Duration period,
            Duration deadline,
            Duration jitter,
            Timing timing,
            boolean redundant,
            BigDecimal loss) {
        public Stream {
            listeners = List.copyOf(listeners);
        }
    }

    /// When a stream sends.
    public enum Timing {
        /// Once in every period, at a moment that a schedule may choose.
        SCHEDULED,
        /// At moments of its own, at most once in a period.
        SPORADIC
    }
}
