package io.millwright.process.equations;

import java.util.ArrayList;
import java.util.List;

/// The line spectrum of vibration velocity of a pump with a rolling bearing.
///
/// Which lines there are follows R. B. Randall, "Vibration-based Condition Monitoring", chapter 2: unbalance at 1×
/// the speed, misalignment at 2×, the vanes at their passing frequency; a defect of the outer race at harmonics of
/// BPFO, one of the inner race at harmonics of BPFI with sidebands at the speed of the shaft, because the defect turns
/// through the load zone. How tall they are is an assumption of this simulation.
public final class VibrationSpectrum {

    private static final int HARMONICS = 4;
    private static final double HARMONIC_DECAY = 0.6;
    private static final double SIDEBAND_SHARE = 0.4;

    private VibrationSpectrum() {}

    /// One line.
    ///
    /// @param order frequency as a multiple of the shaft's
    /// @param amplitude peak velocity, mm/s
    public record Line(double order, double amplitude) {}

    /// What shakes the machine; peak velocities, mm/s.
    ///
    /// @param unbalance at 1×
    /// @param misalignment at 2×
    /// @param vanePass at the number of vanes
    /// @param outerRace first harmonic of an outer race defect
    /// @param innerRace first harmonic of an inner race defect
    public record Excitation(
            double unbalance, double misalignment, double vanePass, double outerRace, double innerRace) {}

    /// The lines that this excitation makes.
    public static List<Line> lines(BearingGeometry bearing, int vanes, Excitation excitation) {
        var lines = new ArrayList<Line>();
        lines.add(new Line(1, excitation.unbalance()));
        lines.add(new Line(2, excitation.misalignment()));
        lines.add(new Line(vanes, excitation.vanePass()));
        for (int k = 1; k <= HARMONICS; k++) {
            double decay = Math.pow(HARMONIC_DECAY, k - 1);
            lines.add(new Line(k * bearing.bpfo(), excitation.outerRace() * decay));
            double inner = excitation.innerRace() * decay;
            lines.add(new Line(k * bearing.bpfi(), inner));
            lines.add(new Line(k * bearing.bpfi() - 1, inner * SIDEBAND_SHARE));
            lines.add(new Line(k * bearing.bpfi() + 1, inner * SIDEBAND_SHARE));
        }
        return lines;
    }

    /// The root mean square of the velocity, mm/s, by Parseval's theorem: half the sum of the squared peaks.
    public static double rms(List<Line> lines) {
        double sum = 0;
        for (var line : lines) {
            sum += line.amplitude() * line.amplitude() / 2;
        }
        return Math.sqrt(sum);
    }
}
