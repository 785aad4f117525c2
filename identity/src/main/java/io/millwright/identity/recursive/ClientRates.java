package io.millwright.identity.recursive;

import io.millwright.identity.wire.Octets;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;

/// How often each client may ask: so many times per second, and some more at once if it was quiet before. A client is
/// an IPv4 address or a network of IPv6 (/64), from which one host can use any address. Of at most so many clients it
/// is known how often they have asked; those that were quiet the longest are forgotten first.
final class ClientRates {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int NETWORK_BYTES = 8;

    /// When each client would have used up what it has asked for.
    private final Map<Octets, Long> paidUntil = new LinkedHashMap<>(16, 0.75f, true);

    private final long priceNanos;
    private final long creditNanos;
    private final int clientsMax;

    /// @param perSecond questions, on average
    /// @param burst questions at once
    ClientRates(int perSecond, int burst, int clientsMax) {
        priceNanos = NANOS_PER_SECOND / perSecond;
        creditNanos = priceNanos * burst;
        this.clientsMax = clientsMax;
    }

    /// Whether the client may ask now; if so, it has.
    synchronized boolean admits(InetAddress client, long now) {
        var key = keyOf(client);
        Long until = paidUntil.get(key);
        long from = until == null ? now : Math.max(now, until);
        if (from + priceNanos - now > creditNanos) {
            return false;
        }
        paidUntil.put(key, from + priceNanos);
        if (paidUntil.size() > clientsMax) {
            var quietest = paidUntil.keySet().iterator();
            quietest.next();
            quietest.remove();
        }
        return true;
    }

    synchronized int size() {
        return paidUntil.size();
    }

    private static Octets keyOf(InetAddress client) {
        byte[] address = client.getAddress();
        return Octets.copy(address, 0, Math.min(address.length, NETWORK_BYTES));
    }
}
