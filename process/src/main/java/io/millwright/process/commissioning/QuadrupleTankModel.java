package io.millwright.process.commissioning;

import io.millwright.model.Range;
import io.millwright.model.Unit;
import io.millwright.process.equations.QuadrupleTank;
import io.millwright.process.equations.TankParameters;
import java.util.ArrayList;
import java.util.List;

/// The quadruple-tank process without controller and without noise. Inputs: `v1` `v2` (pump voltages), `gamma1`
/// `gamma2` (valves), `leak1` to `leak4`; outputs: `h1` to `h4` (levels), `y1` to `y4` (sensors), `q1` to `q4`
/// (outflows).
public final class QuadrupleTankModel implements ProcessModel {

    /// The laboratory process takes 0 to 10 V (Johansson 2000, section II).
    private static final Range VOLTS = new Range(0, 10);
    private static final Range SHARE = new Range(0, 1);
    private static final Range LEAK_CM2 = new Range(0, 1);
    private static final int TANKS = 4;
    /// Two hundred steps within the fastest time constant.
    private static final long SOLVER_STEP_NANOS_MAX = 100_000_000;

    private final TankParameters parameters;
    private final QuadrupleTank tanks;
    private final List<Port> inputs = new ArrayList<>();
    private final List<Port> outputs = new ArrayList<>();

    /// @param levels the levels at first, in cm, of tanks 1 to 4
    public QuadrupleTankModel(TankParameters parameters, double... levels) {
        this.parameters = parameters;
        tanks = new QuadrupleTank(parameters, levels);
        var level = new Range(0, parameters.height());
        var sensor = new Range(0, parameters.height() * parameters.sensorGain());
        for (int i = 1; i <= 2; i++) {
            inputs.add(new Port("v" + i, new Unit("V"), VOLTS, "Voltage of pump " + i));
        }
        for (int i = 1; i <= 2; i++) {
            inputs.add(new Port("gamma" + i, Unit.ONE, SHARE, "Share of pump " + i + " that goes to the lower tank"));
        }
        for (int i = 1; i <= TANKS; i++) {
            inputs.add(new Port("leak" + i, new Unit("cm2"), LEAK_CM2, "Hole in the bottom of tank " + i));
            outputs.add(new Port("h" + i, new Unit("cm"), level, "Level of tank " + i));
        }
        for (int i = 1; i <= TANKS; i++) {
            outputs.add(new Port("y" + i, new Unit("V"), sensor, "Level sensor of tank " + i));
        }
        for (int i = 1; i <= TANKS; i++) {
            outputs.add(new Port("q" + i, new Unit("cm3/s"), Port.UNBOUNDED, "Outflow of tank " + i));
        }
    }

    @Override
    public List<Port> inputs() {
        return List.copyOf(inputs);
    }

    @Override
    public List<Port> outputs() {
        return List.copyOf(outputs);
    }

    @Override
    public void set(int input, double value) {
        if (Double.isNaN(value)) {
            return;
        }
        double taken = inputs.get(input).nearest(value);
        switch (input) {
            case 0, 1 -> tanks.pumpVoltage(input + 1, taken);
            case 2, 3 -> tanks.valveRatio(input - 1, taken);
            default -> tanks.leak(input - 3, taken);
        }
    }

    @Override
    public double get(int output) {
        int tank = output % TANKS + 1;
        return switch (output / TANKS) {
            case 0 -> tanks.level(tank);
            case 1 -> tanks.level(tank) * parameters.sensorGain();
            default -> tanks.outflow(tank);
        };
    }

    @Override
    public void step(long nanos) {
        long steps = Math.ceilDiv(nanos, SOLVER_STEP_NANOS_MAX);
        double seconds = nanos / 1e9 / steps;
        for (long i = 0; i < steps; i++) {
            tanks.step(seconds);
        }
    }
}
