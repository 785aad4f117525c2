package io.millwright.process.plant;

import io.millwright.model.Quality;
import io.millwright.model.Range;
import io.millwright.model.Reading;
import io.millwright.model.Time;
import io.millwright.model.Value;
import io.millwright.process.equations.Noise;
import io.millwright.process.equations.PiController;
import io.millwright.process.equations.QuadrupleTank;
import io.millwright.process.equations.TankParameters;
import io.millwright.process.serve.Point;
import java.util.ArrayList;
import java.util.List;

/// The four tanks and the simulated controller beside them: two decentralized PI loops with the paper's
/// settings, K = (3.0, 2.7), Ti = (30, 40) s (Johansson 2000, section V), that hold the levels of tanks 1 and 2
/// at their set-points. A pump voltage that is commanded while its loop is on manual goes straight to the pump.
///
/// Register map, each a float in two registers: input 0–7 levels, 8–15 sensor voltages, 16–23 outflows, 24 and
/// 26 flows of the feed pumps; holding 0 v1, 2 v2, 4 γ1, 6 γ2, 8 set-point 1, 10 set-point 2, 12 mode (0
/// manual, 1 automatic).
public final class TankCell {

    private static final double VOLTS_MAX = 10;
    private static final double LEVEL_NOISE_CM = 0.02;
    private static final int TANKS = 4;
    private static final double[] OPERATING_LEVELS = {12.4, 12.7, 1.8, 1.4};

    private final TankParameters parameters = TankParameters.MINIMUM_PHASE;
    private final QuadrupleTank tanks = new QuadrupleTank(parameters, OPERATING_LEVELS);
    private final PiController[] loops = {
        new PiController(3.0, 30, 3, 0, VOLTS_MAX), new PiController(2.7, 40, 3, 0, VOLTS_MAX)
    };
    private final FaultBoard faults;
    private final Noise noise;
    private final Time time;
    private final List<Point> input = new ArrayList<>();
    private final List<Point> holding = new ArrayList<>();
    private final double[] measured = OPERATING_LEVELS.clone();

    public TankCell(FaultBoard faults, long seed, Time time) {
        this.faults = faults;
        this.time = time;
        noise = new Noise(seed);
        for (int tank = 1; tank <= TANKS; tank++) {
            input.add(Point.measured("tank-" + tank + ".level", "cm", "Level of tank " + tank));
        }
        for (int tank = 1; tank <= TANKS; tank++) {
            input.add(Point.measured("tank-" + tank + ".sensor", "V", "Level sensor of tank " + tank));
        }
        for (int tank = 1; tank <= TANKS; tank++) {
            input.add(Point.measured("tank-" + tank + ".outflow", "cm3/s", "Outflow of tank " + tank));
        }
        for (int pump = 1; pump <= 2; pump++) {
            input.add(Point.measured("feed-pump-" + pump + ".flow", "cm3/s", "Flow of feed pump " + pump));
        }
        hold("feed-pump-1.voltage", "V", 0, VOLTS_MAX, 3);
        hold("feed-pump-2.voltage", "V", 0, VOLTS_MAX, 3);
        hold("feed-pump-1.valve", "1", 0, 1, parameters.gamma1());
        hold("feed-pump-2.valve", "1", 0, 1, parameters.gamma2());
        hold("tank-1.set-point", "cm", 0, parameters.height(), OPERATING_LEVELS[0]);
        hold("tank-2.set-point", "cm", 0, parameters.height(), OPERATING_LEVELS[1]);
        hold("tank-controller.automatic", "1", 0, 1, 1);
    }

    private void hold(String name, String unit, double min, double max, double first) {
        int index = holding.size();
        String text = name + " (simulated controller)";
        var point = Point.commanded(name, unit, text, Point.Kind.REAL, new Range(min, max), value -> {
            double wanted = value.asDouble();
            if (!(wanted >= min && wanted <= max)) {
                throw new IllegalArgumentException("%s takes %s to %s, not %s".formatted(name, min, max, wanted));
            }
            set(holding.get(index), wanted, time.epochNanos());
        });
        set(point, first, time.epochNanos());
        holding.add(point);
    }

    private static void set(Point point, double value, long nanos) {
        point.update(new Reading(Value.of(value), Quality.GOOD, nanos));
    }

    /// What is read as input registers.
    public List<Point> input() {
        return List.copyOf(input);
    }

    /// What is read and written as holding registers.
    public List<Point> holding() {
        return List.copyOf(holding);
    }

    /// Lets time pass.
    public void step(double seconds, long nowNanos) {
        measure();
        boolean automatic = held(6) >= 0.5;
        for (int pump = 1; pump <= 2; pump++) {
            double volts = held(pump - 1);
            if (automatic) {
                // The paper's controllers act on the sensors' voltages.
                volts = loops[pump - 1].step(
                        parameters.sensorGain() * held(3 + pump),
                        parameters.sensorGain() * measured[pump - 1],
                        seconds);
                set(holding.get(pump - 1), volts, nowNanos);
            }
            tanks.pumpVoltage(pump, volts);
            tanks.valveRatio(pump, held(1 + pump));
        }
        tanks.leak(1, faults.severity(Fault.TANK_1_LEAK));
        tanks.leak(2, faults.severity(Fault.TANK_2_LEAK));
        tanks.step(seconds);
        show(nowNanos);
    }

    private void measure() {
        for (int i = 0; i < TANKS; i++) {
            double next = Math.max(0, tanks.level(i + 1) + noise.gaussian(LEVEL_NOISE_CM));
            boolean stuck = i == 0 && faults.has(Fault.TANK_1_SENSOR_STUCK);
            measured[i] = stuck ? measured[i] : next;
        }
    }

    private void show(long nowNanos) {
        for (int i = 0; i < TANKS; i++) {
            input.get(i).update(measured[i], nowNanos);
            input.get(TANKS + i).update(measured[i] * parameters.sensorGain(), nowNanos);
            input.get(2 * TANKS + i).update(tanks.outflow(i + 1), nowNanos);
        }
        input.get(12).update(tanks.flow(1), nowNanos);
        input.get(13).update(tanks.flow(2), nowNanos);
    }

    private double held(int index) {
        return holding.get(index).reading().value().asDouble();
    }
}
