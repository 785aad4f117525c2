package io.millwright.process.equations;

/// A proportional-integral controller u = K (e + 1/Ti ∫ e dt) with a limited output.
///
/// The integral stands still while the output is at a limit and the error would drive it further (clamping, K. J.
/// Åström and T. Hägglund, "Advanced PID Control", 2006, section 3.5).
public final class PiController {

    private final double gain;
    private final double integralSeconds;
    private final double low;
    private final double high;
    private double integral;

    /// @param bias the output while the error has always been zero
    public PiController(double gain, double integralSeconds, double bias, double low, double high) {
        this.gain = gain;
        this.integralSeconds = integralSeconds;
        this.low = low;
        this.high = high;
        integral = bias;
    }

    /// One step.
    ///
    /// @return the output
    public double step(double setPoint, double measured, double seconds) {
        double error = setPoint - measured;
        double next = integral + gain / integralSeconds * error * seconds;
        double output = gain * error + next;
        boolean further = output > high && error > 0 || output < low && error < 0;
        if (!further) {
            integral = next;
        }
        return Math.clamp(output, low, high);
    }
}
