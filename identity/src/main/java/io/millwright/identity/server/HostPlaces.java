package io.millwright.identity.server;

import io.millwright.identity.wire.Octets;
import java.net.InetAddress;
import java.util.concurrent.ConcurrentHashMap;

/// How many of the connections one host holds: so many at most, that others have places left. Loopback may have all.
final class HostPlaces {

    private final ConcurrentHashMap<Octets, Integer> held = new ConcurrentHashMap<>();
    private final int max;

    HostPlaces(int max) {
        this.max = max;
    }

    /// Whether the host may have one more; if so, it has.
    boolean take(InetAddress host) {
        if (host.isLoopbackAddress() || held.merge(keyOf(host), 1, Integer::sum) <= max) {
            return true;
        }
        leave(host);
        return false;
    }

    void leave(InetAddress host) {
        held.computeIfPresent(keyOf(host), (key, count) -> count == 1 ? null : count - 1);
    }

    /// Hosts that hold any.
    int size() {
        return held.size();
    }

    private static Octets keyOf(InetAddress host) {
        return SourceRates.Grouping.HOSTS.keyOf(host);
    }
}
