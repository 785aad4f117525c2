package io.millwright.network.curve;

/// What a server guarantees: after a latency, a rate (β of Le Boudec and Thiran, section 1.3.2).
///
/// @param rate the guaranteed rate; not negative
/// @param latency the time before it; not negative
public record RateLatency(Rate rate, Time latency) {

    public RateLatency {
        if (rate.bitsPerSecond().upperSign() < 0 || latency.seconds().upperSign() < 0) {
            throw new IllegalArgumentException("a server with a negative rate or latency");
        }
    }

    /// Two servers one after the other: the slower rate, the sum of the latencies.
    public RateLatency then(RateLatency next) {
        return new RateLatency(rate.min(next.rate), latency.plus(next.latency));
    }

    /// What is guaranteed within a span.
    public Data during(Time span) {
        var rest = span.minus(latency);
        return rest.seconds().isPositive() ? rate.during(rest) : Data.ZERO;
    }
}
