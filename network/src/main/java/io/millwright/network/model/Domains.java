package io.millwright.network.model;

import io.millwright.network.model.NetworkModel.Domain;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which parts of a network belong to which domain. A bridge says its own; a station is in the domains of the
/// bridges that it is linked to, and follows the time of one of them.
final class Domains {

    private final Map<String, Domain> bridges = new HashMap<>();
    private final Map<String, List<Domain>> stations = new HashMap<>();

    Domains(NetworkModel network) {
        network.bridges().forEach(bridge -> bridges.put(bridge.name(), bridge.domain()));
        for (var link : network.links()) {
            join(link.one(), link.other());
            join(link.other(), link.one());
        }
    }

    private void join(String station, String bridge) {
        if (!bridges.containsKey(station) && bridges.containsKey(bridge)) {
            stations.computeIfAbsent(station, _ -> new ArrayList<>()).add(bridges.get(bridge));
        }
    }

    /// Whether the clocks at both ends of a link agree. Two stations that are linked have one time.
    boolean agree(NetworkModel.Link link) {
        var one = bridges.get(link.one());
        var other = bridges.get(link.other());
        return one == null || other == null
                ? (one == null || one.timed()) && (other == null || other.timed())
                : one.equals(other) && one.timed();
    }

    /// The domain of a port: that of its bridge, or of the bridge that a station is linked to there; none between
    /// two stations.
    Optional<Domain> of(Ways.Port port) {
        return Optional.ofNullable(bridges.getOrDefault(port.from(), bridges.get(port.to())));
    }

    /// Whether there is but one.
    boolean areOne() {
        return new HashSet<>(bridges.values()).size() <= 1;
    }

    /// The domains with a time of their own that a station is in, in the order of its links.
    List<Domain> times(String station) {
        return List.copyOf(new LinkedHashSet<>(stations.getOrDefault(station, List.of()).stream()
                .filter(Domain::timed)
                .toList()));
    }
}
