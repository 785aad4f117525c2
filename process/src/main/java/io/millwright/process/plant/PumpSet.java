package io.millwright.process.plant;

import io.millwright.model.Quality;
import io.millwright.model.Reading;
import io.millwright.model.Value;
import io.millwright.process.equations.BearingGeometry;
import io.millwright.process.equations.BearingLife;
import io.millwright.process.equations.CentrifugalPump;
import io.millwright.process.equations.FirstOrderHeating;
import io.millwright.process.equations.InductionMotor;
import io.millwright.process.equations.Noise;
import io.millwright.process.equations.VibrationLimits;
import io.millwright.process.equations.VibrationSpectrum;
import io.millwright.process.equations.VibrationSpectrum.Excitation;
import io.millwright.process.serve.Point;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Pump-1: a textbook induction motor drives a centrifugal pump on an SKF 6205 bearing. The pump, its pipe, the
/// thermal values and the heights of vibration lines are assumptions of this simulation.
public final class PumpSet {

    private static final InductionMotor MOTOR = InductionMotor.TEXTBOOK;
    private static final CentrifugalPump PUMP = new CentrifugalPump(1176, 20, 0.0011, 72, 0.76, 4, 0.0017, 6);
    private static final BearingGeometry BEARING = BearingGeometry.SKF_6205;
    /// SKF 6205, catalogue: C = 14.8 kN.
    private static final double DYNAMIC_RATING_NEWTON = 14_800;
    private static final double BEARING_LOAD_NEWTON = 1_200;
    private static final double FRICTION = 0.0015;
    private static final double BORE_METRES = 0.025;
    private static final double AMBIENT_CELSIUS = 22;
    private static final double WEAR_FACTOR = 8;

    private final FaultBoard faults;
    private final Noise noise;
    private final BearingLife life = new BearingLife(DYNAMIC_RATING_NEWTON);
    private final FirstOrderHeating bearing = new FirstOrderHeating(9, 900, AMBIENT_CELSIUS + 15);
    private final FirstOrderHeating winding = new FirstOrderHeating(0.085, 1500, AMBIENT_CELSIUS + 50);
    private final Map<String, Point> points = new LinkedHashMap<>();
    private double rpm = 1176;

    public PumpSet(FaultBoard faults, long seed) {
        this.faults = faults;
        noise = new Noise(seed);
        measured("speed", "1/min", "Speed of the shaft");
        measured("slip", "1", "Slip of the motor");
        measured("current", "A", "Current of phases 1 and 2");
        measured("current-3", "A", "Current of phase 3");
        measured("power", "kW", "Electric power taken");
        measured("power-factor", "1", "Power factor");
        measured("torque", "N.m", "Torque at the shaft");
        measured("flow", "m3/h", "Flow");
        measured("head", "m", "Head");
        measured("efficiency", "%", "Hydraulic efficiency");
        measured("winding-temperature", "Cel", "Temperature of the winding");
        measured("bearing-temperature", "Cel", "Temperature of the bearing");
        measured("wear", "%", "Share of the bearing's rating life used (ISO 281)");
        measured("vibration", "mm/s", "Vibration velocity, root mean square");
        measured("vibration-1x", "mm/s", "Peak at the shaft's speed");
        measured("vibration-2x", "mm/s", "Peak at twice the shaft's speed");
        measured("vibration-vane", "mm/s", "Peak at the vane-pass frequency");
        measured("vibration-bpfo", "mm/s", "Peak at the outer race's ball-pass frequency");
        measured("vibration-bpfi", "mm/s", "Peak at the inner race's ball-pass frequency");
        measured("frequency-bpfo", "Hz", "Ball-pass frequency of the outer race at this speed");
        measured("frequency-bpfi", "Hz", "Ball-pass frequency of the inner race at this speed");
        measured("zone", "1", "Vibration zone, 1 (A) to 4 (D), ISO 10816-1 class I");
    }

    private void measured(String name, String unit, String description) {
        points.put(name, Point.measured("pump-1." + name, unit, description));
    }

    public List<Point> points() {
        return new ArrayList<>(points.values());
    }

    /// Lets time pass.
    public void step(double seconds, long nowNanos) {
        boolean phaseOpen = faults.has(Fault.PHASE_LOSS);
        double loss = faults.severity(Fault.PUMP_EFFICIENCY_LOSS);
        var hydraulics = PUMP.at(rpm, loss);
        double load = hydraulics.shaftWatts() / (rpm * 2 * Math.PI / 60) * (1 + noise.gaussian(0.004));
        var motor = MOTOR.carrying(load, phaseOpen);
        rpm = motor.rpm();
        life.turn(BEARING_LOAD_NEWTON, rpm, seconds, Math.max(1, faults.severity(Fault.WEAR_SPEED_UP)));
        double roughness = 1 + WEAR_FACTOR * life.used() * life.used();
        // SKF's estimate of the frictional moment: half the friction coefficient times load and bore.
        double friction = 0.5 * FRICTION * BEARING_LOAD_NEWTON * BORE_METRES * rpm * 2 * Math.PI / 60;
        bearing.step(friction * roughness, AMBIENT_CELSIUS, seconds);
        winding.step(motor.inputWatts() - motor.shaftWatts(), AMBIENT_CELSIUS, seconds);
        showMachine(motor, hydraulics, phaseOpen, nowNanos);
        showVibration(roughness, nowNanos);
    }

    private void showMachine(
            InductionMotor.Operation motor, CentrifugalPump.Operation water, boolean phaseOpen, long nowNanos) {
        noisy("speed", motor.rpm(), 0.0002, nowNanos);
        noisy("slip", motor.slip(), 0.01, nowNanos);
        noisy("current", motor.amperes(), 0.002, nowNanos);
        noisy("current-3", phaseOpen ? 0 : motor.amperes(), 0.002, nowNanos);
        noisy("power", motor.inputWatts() / 1000, 0.002, nowNanos);
        noisy("power-factor", motor.powerFactor(), 0.0005, nowNanos);
        noisy("torque", motor.torque(), 0.003, nowNanos);
        noisy("flow", water.flow(), 0.004, nowNanos);
        noisy("head", water.head(), 0.003, nowNanos);
        noisy("efficiency", water.efficiency() * 100, 0.003, nowNanos);
        noisy("winding-temperature", winding.celsius(), 0.0005, nowNanos);
        noisy("bearing-temperature", bearing.celsius(), 0.0005, nowNanos);
        show("wear", life.used() * 100, nowNanos);
    }

    private void showVibration(double roughness, long nowNanos) {
        var excitation = new Excitation(
                lively(0.45) * Math.sqrt(roughness),
                lively(0.18),
                lively(0.25),
                lively(0.02) * roughness + faults.severity(Fault.BEARING_OUTER_RACE) * lively(1),
                lively(0.02) * roughness + faults.severity(Fault.BEARING_INNER_RACE) * lively(1));
        double rms = VibrationSpectrum.rms(VibrationSpectrum.lines(BEARING, PUMP.vanes(), excitation));
        show("vibration", rms, nowNanos);
        show("vibration-1x", excitation.unbalance(), nowNanos);
        show("vibration-2x", excitation.misalignment(), nowNanos);
        show("vibration-vane", excitation.vanePass(), nowNanos);
        show("vibration-bpfo", excitation.outerRace(), nowNanos);
        show("vibration-bpfi", excitation.innerRace(), nowNanos);
        show("frequency-bpfo", BEARING.bpfo() * rpm / 60, nowNanos);
        show("frequency-bpfi", BEARING.bpfi() * rpm / 60, nowNanos);
        show("zone", VibrationLimits.CLASS_I.zone(rms), nowNanos);
    }

    private double lively(double value) {
        return Math.max(0, value * (1 + noise.gaussian(0.05)));
    }

    private void noisy(String name, double value, double share, long nowNanos) {
        show(name, value * (1 + noise.gaussian(share)), nowNanos);
    }

    private void show(String name, double value, long nowNanos) {
        var point = points.get(name);
        if (point == null) {
            throw new IllegalStateException("no point pump-1." + name);
        }
        point.update(new Reading(Value.of(value), Quality.GOOD, nowNanos));
    }
}
