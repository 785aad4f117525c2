package io.millwright.process.equations;

/// The parameters of a [QuadrupleTank], in the paper's units.
///
/// @param area13 cross-section of tanks 1 and 3, cm²
/// @param area24 cross-section of tanks 2 and 4, cm²
/// @param outlet13 cross-section of the outlets of tanks 1 and 3, cm²
/// @param outlet24 cross-section of the outlets of tanks 2 and 4, cm²
/// @param sensorGain what the level sensors give, V/cm
/// @param gravity cm/s²
/// @param height of every tank, cm
/// @param k1 flow of pump 1 per volt, cm³/Vs
/// @param k2 flow of pump 2 per volt, cm³/Vs
/// @param gamma1 the share of pump 1's flow that goes to tank 1, 0 to 1; the rest goes to tank 4
/// @param gamma2 the share of pump 2's flow that goes to tank 2, 0 to 1; the rest goes to tank 3
public record TankParameters(
        double area13,
        double area24,
        double outlet13,
        double outlet24,
        double sensorGain,
        double gravity,
        double height,
        double k1,
        double k2,
        double gamma1,
        double gamma2) {

    /// The minimum-phase setting of Johansson 2000, tables in section II: its lower tanks get most of the flow.
    public static final TankParameters MINIMUM_PHASE =
            new TankParameters(28, 32, 0.071, 0.057, 0.50, 981, 20, 3.33, 3.35, 0.70, 0.60);

    /// The non-minimum-phase setting of Johansson 2000: most of the flow goes through the upper tanks.
    public static final TankParameters NON_MINIMUM_PHASE =
            new TankParameters(28, 32, 0.071, 0.057, 0.50, 981, 20, 3.14, 3.29, 0.43, 0.34);

    /// The cross-section of a tank, 1 to 4, cm².
    public double area(int tank) {
        return tank % 2 == 1 ? area13 : area24;
    }

    /// The cross-section of a tank's outlet, 1 to 4, cm².
    public double outlet(int tank) {
        return tank % 2 == 1 ? outlet13 : outlet24;
    }
}
