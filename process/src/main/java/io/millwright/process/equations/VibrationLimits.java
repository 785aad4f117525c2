package io.millwright.process.equations;

/// The evaluation zones of vibration velocity on bearing housings, root mean square, mm/s.
///
/// @param ab boundary between zone A (as new) and B (acceptable)
/// @param bc boundary between zone B and C (unsatisfactory)
/// @param cd boundary between zone C and D (damaging)
public record VibrationLimits(double ab, double bc, double cd) {

    /// ISO 10816-1:1995, annex B, class I: parts of machines and electric motors up to 15 kW.
    public static final VibrationLimits CLASS_I = new VibrationLimits(0.71, 1.8, 4.5);
    /// ISO 10816-3:2009, table A.2, group 2 (15 kW to 300 kW), rigid foundation.
    public static final VibrationLimits GROUP_2_RIGID = new VibrationLimits(1.4, 2.8, 4.5);
    /// ISO 10816-3:2009, table A.2, group 2 (15 kW to 300 kW), flexible foundation.
    public static final VibrationLimits GROUP_2_FLEXIBLE = new VibrationLimits(2.3, 4.5, 7.1);

    /// The zone, 1 for A to 4 for D.
    public int zone(double rms) {
        if (rms <= ab) {
            return 1;
        }
        if (rms <= bc) {
            return 2;
        }
        return rms <= cd ? 3 : 4;
    }
}
