package io.millwright.identity.server;

import io.millwright.identity.wire.Octets;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;

/// How much each source may have: so many units per second, and some more at once if it was quiet before. Of at most so
/// many sources it is known how much they had; those that were quiet the longest are forgotten first. To be used by
/// many threads at once.
public final class SourceRates {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int IPV4_BYTES = 4;

    /// What counts as one source.
    public enum Grouping {
        /// An IPv4 address, or a network of IPv6 (/64), from which one host can use any address.
        HOSTS(IPV4_BYTES, 8),

        /// A network: /24 of IPv4, /56 of IPv6. For what a forged address may draw down on its neighbours.
        NETWORKS(3, 7);

        private final int ipv4Bytes;
        private final int ipv6Bytes;

        Grouping(int ipv4Bytes, int ipv6Bytes) {
            this.ipv4Bytes = ipv4Bytes;
            this.ipv6Bytes = ipv6Bytes;
        }

        /// What stands for a source.
        Octets keyOf(InetAddress source) {
            byte[] address = source.getAddress();
            return Octets.copy(address, 0, address.length == IPV4_BYTES ? ipv4Bytes : ipv6Bytes);
        }
    }

    /// When each source would have used up what it had.
    private final Map<Octets, Long> paidUntil = new LinkedHashMap<>(16, 0.75f, true);

    private final Grouping grouping;
    private final long priceNanos;
    private final long creditNanos;
    private final int sourcesMax;

    /// @param perSecond units, on average; 1…10⁹
    /// @param burst units at once
    public SourceRates(Grouping grouping, int perSecond, int burst, int sourcesMax) {
        this.grouping = grouping;
        priceNanos = NANOS_PER_SECOND / perSecond;
        creditNanos = priceNanos * burst;
        this.sourcesMax = sourcesMax;
    }

    /// Whether the source may have one unit now; if so, it has.
    public boolean admits(InetAddress source, long nowNanos) {
        return admits(source, 1, nowNanos);
    }

    /// Whether the source may have so many units now; if so, it has.
    public synchronized boolean admits(InetAddress source, int units, long nowNanos) {
        var key = grouping.keyOf(source);
        long until = paidUntil(key, nowNanos) + units * priceNanos;
        if (until - nowNanos > creditNanos) {
            return false;
        }
        pay(key, until);
        return true;
    }

    /// The source has had so many units more; if they were too many, it waits for longer.
    public synchronized void charge(InetAddress source, int units, long nowNanos) {
        var key = grouping.keyOf(source);
        pay(key, paidUntil(key, nowNanos) + units * priceNanos);
    }

    private long paidUntil(Octets key, long nowNanos) {
        Long until = paidUntil.get(key);
        return until == null ? nowNanos : Math.max(nowNanos, until);
    }

    private void pay(Octets key, long until) {
        paidUntil.put(key, until);
        if (paidUntil.size() > sourcesMax) {
            var quietest = paidUntil.keySet().iterator();
            quietest.next();
            quietest.remove();
        }
    }

    synchronized int size() {
        return paidUntil.size();
    }
}
