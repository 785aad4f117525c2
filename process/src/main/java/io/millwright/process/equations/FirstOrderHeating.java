package io.millwright.process.equations;

/// A body warmed by a loss and cooled by its surroundings: C dT/dt = P - (T - Ta) / R, solved exactly for a constant
/// loss over the step (Newton's law of cooling; F. P. Incropera, "Fundamentals of Heat and Mass Transfer", section
/// 5.1, lumped capacitance).
public final class FirstOrderHeating {

    private final double kelvinPerWatt;
    private final double timeConstantSeconds;
    private double celsius;

    /// @param kelvinPerWatt R, the thermal resistance to the surroundings
    /// @param timeConstantSeconds R C
    public FirstOrderHeating(double kelvinPerWatt, double timeConstantSeconds, double celsius) {
        this.kelvinPerWatt = kelvinPerWatt;
        this.timeConstantSeconds = timeConstantSeconds;
        this.celsius = celsius;
    }

    public void step(double lossWatts, double ambientCelsius, double seconds) {
        double end = ambientCelsius + lossWatts * kelvinPerWatt;
        celsius = end + (celsius - end) * Math.exp(-seconds / timeConstantSeconds);
    }

    /// The temperature, °C.
    public double celsius() {
        return celsius;
    }
}
