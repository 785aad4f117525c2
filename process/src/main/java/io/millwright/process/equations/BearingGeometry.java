package io.millwright.process.equations;

/// A rolling bearing's geometry, and the frequencies at which its defects show, as multiples of the shaft's speed.
///
/// R. B. Randall, "Vibration-based Condition Monitoring", section 2.2.3: kinematics without slip, outer race
/// standing.
///
/// @param elements number of rolling elements
/// @param elementDiameter diameter of one, mm
/// @param pitchDiameter diameter of the circle of their centres, mm
/// @param contactAngle radians
public record BearingGeometry(int elements, double elementDiameter, double pitchDiameter, double contactAngle) {

    /// SKF 6205-2RS JEM, by the Bearing Data Center of Case Western Reserve University: 0.3126 in and 1.537 in.
    public static final BearingGeometry SKF_6205 = new BearingGeometry(9, 0.3126 * 25.4, 1.537 * 25.4, 0);

    /// Ball-pass frequency of the outer race.
    public double bpfo() {
        return elements / 2.0 * (1 - ratio());
    }

    /// Ball-pass frequency of the inner race.
    public double bpfi() {
        return elements / 2.0 * (1 + ratio());
    }

    /// Fundamental train frequency: the cage.
    public double ftf() {
        return (1 - ratio()) / 2;
    }

    /// Ball spin frequency: turns of an element about itself. A defect of the element meets a race twice in a turn, so
    /// it shows at twice this.
    public double bsf() {
        return pitchDiameter / (2 * elementDiameter) * (1 - ratio() * ratio());
    }

    private double ratio() {
        return elementDiameter / pitchDiameter * Math.cos(contactAngle);
    }
}
