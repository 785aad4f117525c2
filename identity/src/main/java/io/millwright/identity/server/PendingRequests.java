package io.millwright.identity.server;

import io.millwright.identity.message.Envelope;
import io.millwright.identity.message.Fragments;
import io.millwright.model.Time;
import java.net.SocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Requests of which some datagrams are still missing: at most [#MAX], the oldest forgotten first, none older than
/// [#AGE_NANOS_MAX]. Of one thread.
final class PendingRequests {

    static final int MAX = 256;
    static final long AGE_NANOS_MAX = 5_000_000_000L;

    private record Key(SocketAddress client, int requestId) {}

    private record Pending(Fragments fragments, long bornNanos) {}

    private final Map<Key, Pending> requests = new LinkedHashMap<>();
    private final Time time;

    PendingRequests(Time time) {
        this.time = time;
    }

    /// @param length octets of the datagram with its envelope
    /// @return the message, once it is complete
    Optional<byte[]> add(SocketAddress client, Envelope envelope, byte[] datagram, int length) {
        if (envelope.messageLength() > UdpDoor.REQUEST_BYTES_MAX) {
            return Optional.empty();
        }
        forgetOld();
        var key = new Key(client, envelope.requestId());
        var pending = requests.computeIfAbsent(
                key, k -> new Pending(new Fragments(envelope.messageLength()), time.monotonicNanos()));
        var message = pending.fragments().add(envelope, datagram, Envelope.BYTES, length);
        if (message.isPresent()) {
            requests.remove(key);
        }
        return message;
    }

    int size() {
        return requests.size();
    }

    private void forgetOld() {
        long now = time.monotonicNanos();
        var oldest = requests.values().iterator();
        while (oldest.hasNext()) {
            if (now - oldest.next().bornNanos() < AGE_NANOS_MAX && requests.size() < MAX) {
                return;
            }
            oldest.remove();
        }
    }
}
