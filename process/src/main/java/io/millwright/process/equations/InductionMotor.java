package io.millwright.process.equations;

/// A three-phase induction motor in steady state by its equivalent circuit, per phase.
///
/// A. E. Fitzgerald, C. Kingsley, S. D. Umans, "Electric Machinery", chapter 6 (polyphase induction machines): stator
/// resistance and leakage in series with the magnetizing reactance in parallel to the rotor, R2/s + j X2. With one
/// phase open, the positive and the negative sequence circuit lie in series across the line (C. F. Wagner, R. D.
/// Evans, "Symmetrical Components", 1933, chapter on unbalanced machines).
///
/// @param phaseVolts voltage of one phase, V
/// @param hertz frequency of the supply
/// @param poles number of poles, even
/// @param r1 stator resistance, Ω
/// @param x1 stator leakage reactance, Ω
/// @param r2 rotor resistance referred to the stator, Ω
/// @param x2 rotor leakage reactance referred to the stator, Ω
/// @param xm magnetizing reactance, Ω
/// @param rotationalLoss friction, windage and core loss, W, taken as constant
public record InductionMotor(
        double phaseVolts,
        double hertz,
        int poles,
        double r1,
        double x1,
        double r2,
        double x2,
        double xm,
        double rotationalLoss) {

    private static final double SLIP_MIN = 1e-6;

    /// The machine of Fitzgerald, Kingsley, Umans, example 6.2: 220 V, 60 Hz, 7.5 kW, six poles.
    public static final InductionMotor TEXTBOOK =
            new InductionMotor(220 / Math.sqrt(3), 60, 6, 0.294, 0.503, 0.144, 0.209, 13.25, 403);

    /// What the motor does at one slip.
    ///
    /// @param slip (synchronous speed - speed) / synchronous speed
    /// @param rpm speed of the shaft, 1/min
    /// @param amperes current in each line that carries current
    /// @param powerFactor of the input, 0 to 1
    /// @param inputWatts electric power taken
    /// @param shaftWatts mechanical power given
    /// @param torque at the shaft, N·m
    public record Operation(
            double slip,
            double rpm,
            double amperes,
            double powerFactor,
            double inputWatts,
            double shaftWatts,
            double torque) {}

    /// The speed without any load or loss, 1/min.
    public double synchronousRpm() {
        return 120 * hertz / poles;
    }

    /// What it does at this slip on a sound supply.
    public Operation atSlip(double slip) {
        var field = Complex.parallel(new Complex(r2 / slip, x2), new Complex(0, xm));
        var input = new Complex(r1, x1).plus(field);
        double amperes = phaseVolts / input.magnitude();
        return operation(slip, amperes, input, 3 * amperes * amperes * field.real());
    }

    /// What it does at this slip with one phase open.
    public Operation atSlipWithPhaseOpen(double slip) {
        var forward = Complex.parallel(new Complex(r2 / slip, x2), new Complex(0, xm));
        var backward = Complex.parallel(new Complex(r2 / (2 - slip), x2), new Complex(0, xm));
        var input = new Complex(2 * r1, 2 * x1).plus(forward).plus(backward);
        double sequence = phaseVolts / input.magnitude();
        double gap = 3 * sequence * sequence * (forward.real() - backward.real());
        return operation(slip, Math.sqrt(3) * sequence, input, gap);
    }

    /// The stable operation, between no load and pull-out, at which the shaft gives this torque; at pull-out where the
    /// load is more than the motor can carry.
    ///
    /// @param torque N·m
    public Operation carrying(double torque, boolean phaseOpen) {
        double low = SLIP_MIN;
        double high = pullOutSlip(phaseOpen);
        for (int i = 0; i < 50; i++) {
            double middle = (low + high) / 2;
            if (at(middle, phaseOpen).torque() < torque) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return at(high, phaseOpen);
    }

    private Operation at(double slip, boolean phaseOpen) {
        return phaseOpen ? atSlipWithPhaseOpen(slip) : atSlip(slip);
    }

    private double pullOutSlip(boolean phaseOpen) {
        double best = SLIP_MIN;
        double most = Double.NEGATIVE_INFINITY;
        for (double slip = 0.002; slip <= 1; slip += 0.002) {
            double torque = at(slip, phaseOpen).torque();
            if (torque < most) {
                break;
            }
            most = torque;
            best = slip;
        }
        return best;
    }

    private Operation operation(double slip, double amperes, Complex input, double gapWatts) {
        double rpm = (1 - slip) * synchronousRpm();
        double shaftWatts = (1 - slip) * gapWatts - rotationalLoss;
        double powerFactor = input.real() / input.magnitude();
        // Positive-sequence current times the phase voltage, or line current times line voltage: the same power.
        double apparent = 3 * phaseVolts * phaseVolts / input.magnitude();
        double torque = shaftWatts / (rpm * 2 * Math.PI / 60);
        return new Operation(slip, rpm, amperes, powerFactor, apparent * powerFactor, shaftWatts, torque);
    }
}
