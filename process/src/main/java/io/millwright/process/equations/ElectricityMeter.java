package io.millwright.process.equations;

/// What an electricity meter for three phases shows (quantities as in IEC 62053-21 and -23; total values by the
/// vector sum, so P² + Q² = S²). Its energy registers only grow.
public final class ElectricityMeter {

    private static final double SECONDS_PER_HOUR = 3600;
    private static final int PHASES = 3;

    private final double nominalVolts;
    private final Noise noise;
    private final double[] volts = new double[PHASES];
    private final double[] amperes = new double[PHASES];
    private double activeWatts;
    private double reactiveVars;
    private double activeWattHours;
    private double reactiveVarHours;

    /// @param nominalVolts of one phase to neutral
    public ElectricityMeter(double nominalVolts, Noise noise) {
        this.nominalVolts = nominalVolts;
        this.noise = noise;
    }

    /// A step of time at this load.
    ///
    /// @param watts active power taken, not below 0
    /// @param powerFactor 0 to 1, inductive
    /// @param phaseOpen whether phase 3 is lost: it carries no voltage, and the other two carry the load
    public void step(double watts, double powerFactor, boolean phaseOpen, double seconds) {
        activeWatts = Math.max(0, watts);
        reactiveVars = activeWatts * Math.tan(Math.acos(powerFactor));
        activeWattHours += activeWatts * seconds / SECONDS_PER_HOUR;
        reactiveVarHours += reactiveVars * seconds / SECONDS_PER_HOUR;
        int live = phaseOpen ? PHASES - 1 : PHASES;
        for (int phase = 0; phase < PHASES; phase++) {
            boolean dead = phase >= live;
            volts[phase] = dead ? 0 : nominalVolts * (1 + noise.gaussian(0.002));
            amperes[phase] = dead ? 0 : apparent() / live / volts[phase];
        }
    }

    /// Active power P, W.
    public double active() {
        return activeWatts;
    }

    /// Reactive power Q, var.
    public double reactive() {
        return reactiveVars;
    }

    /// Apparent power S, VA.
    public double apparent() {
        return Math.hypot(activeWatts, reactiveVars);
    }

    /// P/S; 1 without load.
    public double powerFactor() {
        return apparent() == 0 ? 1 : activeWatts / apparent();
    }

    /// Voltage of phase 1 to 3, V.
    public double volts(int phase) {
        return volts[phase - 1];
    }

    /// Current of phase 1 to 3, A.
    public double amperes(int phase) {
        return amperes[phase - 1];
    }

    /// Active energy taken since the meter was made, Wh (OBIS 1.8.0).
    public double activeEnergy() {
        return activeWattHours;
    }

    /// Reactive energy taken since the meter was made, varh (OBIS 3.8.0).
    public double reactiveEnergy() {
        return reactiveVarHours;
    }
}
