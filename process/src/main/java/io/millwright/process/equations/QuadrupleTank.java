package io.millwright.process.equations;

/// The quadruple-tank process: two pumps fill four tanks crosswise, and the position of two valves decides whether
/// the process has a zero in the right half-plane.
///
/// K. H. Johansson, "The Quadruple-Tank Process: A Multivariable Laboratory Process with an Adjustable Zero", IEEE
/// Transactions on Control Systems Technology 8(3), 2000, equation (1), from Torricelli's law and mass balance:
///
/// ```
/// A1 h1' = -a1 √(2 g h1) + a3 √(2 g h3) + γ1 k1 v1      A3 h3' = -a3 √(2 g h3) + (1 - γ2) k2 v2
/// A2 h2' = -a2 √(2 g h2) + a4 √(2 g h4) + γ2 k2 v2      A4 h4' = -a4 √(2 g h4) + (1 - γ1) k1 v1
/// ```
///
/// Beyond the paper: tanks overflow at [TankParameters#height], and each can leak through a hole in its bottom.
/// Solved with the classical Runge–Kutta method of order four and a step that the caller chooses.
public final class QuadrupleTank {

    private final TankParameters parameters;
    private final double[] levels;
    private final double[] voltages = new double[2];
    private final double[] ratios;
    private final double[] leaks = new double[4];

    /// @param levels the levels at first, in cm, of tanks 1 to 4
    public QuadrupleTank(TankParameters parameters, double... levels) {
        this.parameters = parameters;
        this.levels = levels.clone();
        ratios = new double[] {parameters.gamma1(), parameters.gamma2()};
    }

    /// Sets the voltage of pump 1 or 2, in V; below 0 counts as 0.
    public void pumpVoltage(int pump, double volts) {
        voltages[pump - 1] = Math.max(0, volts);
    }

    /// Sets the share of pump 1 or 2's flow that goes to the lower tank, 0 to 1.
    public void valveRatio(int valve, double ratio) {
        ratios[valve - 1] = Math.clamp(ratio, 0, 1);
    }

    /// Opens a leak in the bottom of a tank, 1 to 4, with the cross-section given in cm²; 0 mends it.
    public void leak(int tank, double area) {
        leaks[tank - 1] = Math.max(0, area);
    }

    /// Lets time pass.
    ///
    /// @param seconds the step; well below the fastest time constant, some 20 s
    public void step(double seconds) {
        double[] k1 = derivative(levels);
        double[] k2 = derivative(along(k1, seconds / 2));
        double[] k3 = derivative(along(k2, seconds / 2));
        double[] k4 = derivative(along(k3, seconds));
        for (int i = 0; i < levels.length; i++) {
            double next = levels[i] + seconds / 6 * (k1[i] + 2 * k2[i] + 2 * k3[i] + k4[i]);
            levels[i] = Math.clamp(next, 0, parameters.height());
        }
    }

    /// The level of a tank, 1 to 4, in cm.
    public double level(int tank) {
        return levels[tank - 1];
    }

    /// What a pump, 1 or 2, moves, in cm³/s.
    public double flow(int pump) {
        return (pump == 1 ? parameters.k1() : parameters.k2()) * voltages[pump - 1];
    }

    /// What runs out of the bottom of a tank, 1 to 4, through its outlet, in cm³/s.
    public double outflow(int tank) {
        return parameters.outlet(tank) * velocity(levels[tank - 1]);
    }

    private double[] along(double[] slope, double seconds) {
        var there = levels.clone();
        for (int i = 0; i < there.length; i++) {
            there[i] += slope[i] * seconds;
        }
        return there;
    }

    private double[] derivative(double[] h) {
        var out = new double[4];
        for (int i = 0; i < 4; i++) {
            out[i] = parameters.outlet(i + 1) * velocity(h[i]);
        }
        double[] in = {
            out[2] + ratios[0] * flow(1),
            out[3] + ratios[1] * flow(2),
            (1 - ratios[1]) * flow(2),
            (1 - ratios[0]) * flow(1)
        };
        var slope = new double[4];
        for (int i = 0; i < 4; i++) {
            slope[i] = (in[i] - out[i] - leaks[i] * velocity(h[i])) / parameters.area(i + 1);
        }
        return slope;
    }

    private double velocity(double level) {
        return Math.sqrt(2 * parameters.gravity() * Math.max(0, level));
    }
}
