package io.millwright.process.equations;

/// Active power over a day: a base, a morning and an evening peak (Gaussian bumps about their hours) and noise that
/// fades with a time constant (a first-order autoregressive process, so its standard deviation does not depend on the
/// step). The shape is that of published household and small-industry profiles; its numbers are this simulation's.
public final class LoadCurve {

    private static final double SECONDS_PER_HOUR = 3600;
    private static final double DAY_HOURS = 24;

    private final double baseWatts;
    private final double peakWatts;
    private final double morningHour;
    private final double eveningHour;
    private final double noiseShare;
    private final Noise noise;
    private double deviation;

    /// @param noiseShare standard deviation of the noise as a share of the load
    public LoadCurve(
            double baseWatts,
            double peakWatts,
            double morningHour,
            double eveningHour,
            double noiseShare,
            Noise noise) {
        this.baseWatts = baseWatts;
        this.peakWatts = peakWatts;
        this.morningHour = morningHour;
        this.eveningHour = eveningHour;
        this.noiseShare = noiseShare;
        this.noise = noise;
    }

    /// The load without noise, W.
    ///
    /// @param secondOfDay 0 to 86 400
    public double expected(double secondOfDay) {
        double hour = secondOfDay / SECONDS_PER_HOUR;
        return baseWatts + peakWatts * (bump(hour - morningHour, 2.0) + bump(hour - eveningHour, 2.5));
    }

    /// The load after a step of time, W; above 0.
    public double step(double secondOfDay, double seconds) {
        double memory = Math.exp(-seconds / 60);
        deviation = memory * deviation + Math.sqrt(1 - memory * memory) * noise.gaussian(noiseShare);
        return expected(secondOfDay) * Math.max(0.05, 1 + deviation);
    }

    private static double bump(double hours, double width) {
        double around = Math.IEEEremainder(hours, DAY_HOURS);
        return Math.exp(-around * around / (2 * width * width));
    }
}
