package io.millwright.process.equations;

import java.util.List;

/// A [QuadrupleTank] linearized about a steady state (Johansson 2000, section III).
///
/// @param parameters the tanks
/// @param levels the levels of tanks 1 to 4 at the operating point, cm
public record TankLinearization(TankParameters parameters, List<Double> levels) {

    public TankLinearization {
        levels = List.copyOf(levels);
    }

    /// The time constant of a tank, 1 to 4: Ti = Ai / ai √(2 hi / g), in s.
    public double timeConstant(int tank) {
        return parameters.area(tank)
                / parameters.outlet(tank)
                * Math.sqrt(2 * levels.get(tank - 1) / parameters.gravity());
    }

    /// The two transmission zeros, the greater first, in 1/s: the roots of
    /// (1 + s T3)(1 + s T4) = (1 - γ1)(1 - γ2) / (γ1 γ2), from equation (3) of the paper.
    public List<Double> zeros() {
        double t3 = timeConstant(3);
        double t4 = timeConstant(4);
        double eta =
                (1 - parameters.gamma1()) * (1 - parameters.gamma2()) / (parameters.gamma1() * parameters.gamma2());
        double root = Math.sqrt((t3 + t4) * (t3 + t4) - 4 * t3 * t4 * (1 - eta));
        return List.of((-(t3 + t4) + root) / (2 * t3 * t4), (-(t3 + t4) - root) / (2 * t3 * t4));
    }
}
