package io.millwright.node.runtime;

/// Turns a growing count into a rate, smoothed over a few readings.
final class RateMeter {

    private static final double WEIGHT_OF_NEWEST = 0.4;

    private long lastCount;
    private long lastNanos;
    private double perSecond;

    RateMeter(long nowNanos) {
        lastNanos = nowNanos;
    }

    /// The rate after the count has grown to `count` at `nowNanos` of the monotonic clock.
    double update(long count, long nowNanos) {
        double seconds = (nowNanos - lastNanos) / 1e9;
        if (seconds > 0) {
            double newest = (count - lastCount) / seconds;
            perSecond = lastCount == 0 ? newest : perSecond + WEIGHT_OF_NEWEST * (newest - perSecond);
            lastCount = count;
            lastNanos = nowNanos;
        }
        return perSecond;
    }
}
