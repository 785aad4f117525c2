package io.millwright.process.equations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.process.equations.VibrationSpectrum.Excitation;
import org.junit.jupiter.api.Test;

class RotatingMachineTest {

    /// Fitzgerald, Kingsley, Umans, example 6.2, printed to three digits: 18.8 A, power factor 0.845, 1176 rpm,
    /// 5220 W and 42.4 N·m at the shaft for a slip of 2 %.
    @Test
    void motorDoesWhatTheTextbookExampleSays() {
        var at = InductionMotor.TEXTBOOK.atSlip(0.02);
        assertEquals(18.8, at.amperes(), 0.05);
        assertEquals(0.845, at.powerFactor(), 0.001);
        assertEquals(1176, at.rpm(), 0.5);
        assertEquals(5220, at.shaftWatts(), 30);
        assertEquals(42.4, at.torque(), 0.2);
        assertEquals(6060, at.inputWatts(), 20);
    }

    @Test
    void motorFindsTheSlipThatCarriesALoad() {
        var motor = InductionMotor.TEXTBOOK;
        double torque = motor.atSlip(0.02).torque();
        assertEquals(0.02, motor.carrying(torque, false).slip(), 1e-6);
        assertTrue(motor.carrying(torque, true).slip() > 0.02, "on two phases it must slip more");
        assertTrue(motor.carrying(torque, true).amperes() > 1.5 * 18.8, "and draw about √3 of the current");
    }

    /// Without a phase an induction motor has no starting torque (slip 1): its two fields are equal.
    @Test
    void motorCannotStartOnTwoPhases() {
        var lossless = new InductionMotor(127, 60, 6, 0.294, 0.503, 0.144, 0.209, 13.25, 0);
        double sound = lossless.atSlip(0.999).torque();
        assertTrue(sound > 0);
        assertEquals(0, lossless.atSlipWithPhaseOpen(0.999).torque() / sound, 0.002);
    }

    /// Affinity laws: without static head, flow goes with speed, head with its square, power with its cube.
    /// H = H0 - c Q² meets H = Hs + r Q² at Q² = (H0 - Hs) / (c + r): by hand, 20 m and 5 m, 0.002 and 0.003.
    @Test
    void pumpWorksWhereItsCurveMeetsThePipe() {
        var free = new CentrifugalPump(1450, 20, 0.002, 60, 0.75, 0, 0.003, 6).at(1450, 0);
        assertEquals(Math.sqrt(4000), free.flow(), 1e-9);
        assertEquals(12, free.head(), 1e-9);
        var lifting = new CentrifugalPump(1450, 20, 0.002, 60, 0.75, 5, 0.003, 6);
        assertEquals(Math.sqrt(3000), lifting.at(1450, 0).flow(), 1e-9);
        assertEquals(14, lifting.at(1450, 0).head(), 1e-9);
        // At half the speed the shut-off head is a quarter, 5 m: it no longer lifts anything.
        assertEquals(0, lifting.at(725, 0).flow(), 1e-9);
    }

    @Test
    void pumpFollowsTheAffinityLaws() {
        var pump = new CentrifugalPump(1450, 20, 0.002, 60, 0.75, 0, 0.003, 6);
        var full = pump.at(1450, 0);
        var half = pump.at(725, 0);
        assertEquals(2, full.flow() / half.flow(), 1e-9);
        assertEquals(4, full.head() / half.head(), 1e-9);
        assertEquals(8, full.shaftWatts() / half.shaftWatts(), 1e-9);
    }

    /// Case Western Reserve University, Bearing Data Center, drive end bearing SKF 6205-2RS JEM: defect
    /// frequencies as multiples of the running speed. Their rolling element figure is that of a defect, twice
    /// the spin.
    @Test
    void bearingHasThePublishedDefectFrequencies() {
        var bearing = BearingGeometry.SKF_6205;
        assertEquals(5.4152, bearing.bpfi(), 0.0002);
        assertEquals(3.5848, bearing.bpfo(), 0.0002);
        assertEquals(0.39828, bearing.ftf(), 0.0001);
        assertEquals(4.7135, 2 * bearing.bsf(), 0.0002);
        assertEquals(bearing.elements(), bearing.bpfi() + bearing.bpfo(), 1e-9);
    }

    /// ISO 281:2007, 5.3: at a tenth of the dynamic rating a ball bearing lives 1000 million revolutions.
    @Test
    void bearingLivesAsLongAsIso281Says() {
        var life = new BearingLife(14_800);
        assertEquals(1e9, life.revolutions(1_480), 1);
        assertEquals(1e9 / 60 / 1500, life.hours(1_480, 1500), 1e-6);
        life.turn(1_480, 1500, 3600 * life.hours(1_480, 1500) / 4, 1);
        assertEquals(0.25, life.used(), 1e-9);
        life.turn(1_480, 1500, 3600, 1e9);
        assertEquals(1, life.used());
    }

    @Test
    void heatingReaches632PerMilleAfterOneTimeConstant() {
        var body = new FirstOrderHeating(0.5, 600, 20);
        for (int i = 0; i < 600; i++) {
            body.step(100, 20, 1);
        }
        assertEquals(20 + 50 * (1 - Math.exp(-1)), body.celsius(), 1e-9);
    }

    /// Parseval: the RMS from the lines is that of the signal they add up to, sampled over a whole number of
    /// turns.
    @Test
    void rmsOfTheLinesIsThatOfTheSignal() {
        var lines = VibrationSpectrum.lines(BearingGeometry.SKF_6205, 6, new Excitation(1, 0.5, 0.3, 2, 1));
        int turns = 500;
        int steps = 200_000;
        double sum = 0;
        for (int i = 0; i < steps; i++) {
            double turn = (double) i * turns / steps;
            double velocity = 0;
            for (var line : lines) {
                velocity += line.amplitude() * Math.sin(2 * Math.PI * line.order() * turn);
            }
            sum += velocity * velocity;
        }
        assertEquals(Math.sqrt(sum / steps), VibrationSpectrum.rms(lines), 0.01);
    }

    /// ISO 10816-1:1995, table B.1, class I.
    @Test
    void zonesAreThoseOfTheStandard() {
        assertEquals(1, VibrationLimits.CLASS_I.zone(0.7));
        assertEquals(2, VibrationLimits.CLASS_I.zone(1.12));
        assertEquals(3, VibrationLimits.CLASS_I.zone(2.8));
        assertEquals(4, VibrationLimits.CLASS_I.zone(4.6));
    }
}
