package io.millwright.process.equations;

/// How a bearing wears: the basic rating life of ISO 281:2007, section 5.3, L10 = (C/P)³ million revolutions for ball
/// bearings, used up linearly (the Palmgren–Miner rule).
public final class BearingLife {

    private static final double MILLION = 1e6;
    private static final double SECONDS_PER_MINUTE = 60;

    private final double dynamicRating;
    private double used;

    /// @param dynamicRating C, N
    public BearingLife(double dynamicRating) {
        this.dynamicRating = dynamicRating;
    }

    /// L10 at this load, in revolutions.
    ///
    /// @param load the equivalent dynamic load P, N
    public double revolutions(double load) {
        return MILLION * Math.pow(dynamicRating / load, 3);
    }

    /// L10 at this load and speed, in hours.
    public double hours(double load, double rpm) {
        return revolutions(load) / (SECONDS_PER_MINUTE * rpm);
    }

    /// Turns under load.
    ///
    /// @param speedUp how much faster than in nature it wears, 1 for nature
    public void turn(double load, double rpm, double seconds, double speedUp) {
        used = Math.min(1, used + speedUp * rpm / SECONDS_PER_MINUTE * seconds / revolutions(load));
    }

    /// The share of its rating life that it has used, 0 to 1.
    public double used() {
        return used;
    }
}
