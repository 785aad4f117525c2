package io.millwright.identity.server;

import io.millwright.model.Time;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/// Where datagrams come from, and what is sent back there: see [UdpLimits]. To be used by many threads at once.
final class UdpSources {

    static final long KNOWN_NANOS = 600_000_000_000L;
    static final int SOURCES_MAX = 65_536;

    /// What is sent of an answer.
    enum Share {
        /// All of it.
        WHOLE,
        /// Only that it would be too long.
        TRUNCATED,
        /// None of it.
        NOTHING
    }

    private final Map<InetAddress, Long> knownUntil = new LinkedHashMap<>();
    private final AtomicInteger limited = new AtomicInteger();
    private final UdpLimits limits;
    private final SourceRates rates;
    private final Time time;

    UdpSources(UdpLimits limits, Time time) {
        this.limits = limits;
        this.time = time;
        rates = new SourceRates(
                SourceRates.Grouping.NETWORKS, limits.bytesPerSecond(), 2 * limits.bytesPerSecond(), SOURCES_MAX);
    }

    /// Somebody made a TCP connection from there, so that is where it is.
    void seen(InetAddress source) {
        if (isTrusted(source)) {
            return;
        }
        synchronized (knownUntil) {
            knownUntil.remove(source); // So that it stands behind those seen earlier.
            knownUntil.put(source, time.monotonicNanos() + KNOWN_NANOS);
            if (knownUntil.size() > SOURCES_MAX) {
                var earliest = knownUntil.keySet().iterator();
                earliest.next();
                earliest.remove();
            }
        }
    }

    private boolean isKnown(InetAddress source) {
        synchronized (knownUntil) {
            Long until = knownUntil.get(source);
            return until != null && until - time.monotonicNanos() > 0;
        }
    }

    private boolean isTrusted(InetAddress source) {
        return limits.trustsLoopback() && source.isLoopbackAddress();
    }

    /// What is sent to the source of an answer of so many octets.
    Share share(InetAddress source, int answerBytes) {
        if (isTrusted(source)) {
            return answerBytes <= limits.knownBytesMax() ? Share.WHOLE : Share.TRUNCATED;
        }
        boolean known = isKnown(source);
        if (answerBytes > (known ? limits.knownBytesMax() : limits.strangerBytesMax())) {
            return Share.TRUNCATED; // Shorter than any request.
        }
        int units = known ? answerBytes / UdpLimits.KNOWN_SHARE : answerBytes;
        if (rates.admits(source, units, time.monotonicNanos())) {
            return Share.WHOLE;
        }
        return (limited.incrementAndGet() & 1) == 0 ? Share.NOTHING : Share.TRUNCATED;
    }
}
