package io.millwright.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The plant network: switches, end stations and the links between them.
///
/// @param switches its switches, in the order of the file
/// @param stations its end stations, in the order of the file
/// @param links its full-duplex links
public record Network(List<Switch> switches, List<Station> stations, List<Link> links) {

    /// No network described.
    public static final Network NONE = new Network(List.of(), List.of(), List.of());

    public Network {
        switches = List.copyOf(switches);
        stations = List.copyOf(stations);
        links = List.copyOf(links);
    }

    /// A switch.
    ///
    /// @param name its name
    /// @param ports how many ports it has, 1 or more
    /// @param bitsPerSecond the bit rate of each port
    /// @param gates its gates for scheduled traffic; empty for a switch without them
    public record Switch(String name, int ports, long bitsPerSecond, Optional<Gates> gates) {}

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
    public record Link(String one, String other) {}
}
