package io.millwright.process.commissioning;

import io.millwright.model.Quality;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Another model with faults in its signals: sensors on the outputs, actuators on the inputs. The same seed and
/// steps give the same disturbance.
public final class FaultyModel implements ProcessModel {

    private final ProcessModel model;
    private final long seed;
    private final double[] wanted;
    private final @Nullable FaultySignal[] actuators;
    private final @Nullable FaultySignal[] sensors;
    private long nowNanos;

    /// @param seed of noise and losses
    public FaultyModel(ProcessModel model, long seed) {
        this.model = model;
        this.seed = seed;
        wanted = new double[model.inputs().size()];
        Arrays.fill(wanted, Double.NaN);
        actuators = new FaultySignal[wanted.length];
        sensors = new FaultySignal[model.outputs().size()];
    }

    /// Lets an output have these faults from now on instead of those it had; none mends it.
    ///
    /// @param output its place in [#outputs]
    public void faultOutput(int output, SignalFault... faults) {
        sensors[output] = signal(faults, 2L * output, get(output));
    }

    /// Lets an input have these faults from now on instead of those it had; none mends it.
    ///
    /// @param input its place in [#inputs]
    public void faultInput(int input, SignalFault... faults) {
        var before = actuators[input];
        actuators[input] = signal(faults, 2L * input + 1, before == null ? wanted[input] : before.value());
        if (actuators[input] == null) {
            model.set(input, wanted[input]);
        }
    }

    private @Nullable FaultySignal signal(SignalFault[] faults, long number, double value) {
        return faults.length == 0 ? null : new FaultySignal(List.of(faults), seed * 31 + number, nowNanos, value);
    }

    @Override
    public List<Port> inputs() {
        return model.inputs();
    }

    @Override
    public List<Port> outputs() {
        return model.outputs();
    }

    @Override
    public void set(int input, double value) {
        if (Double.isNaN(value)) {
            return;
        }
        wanted[input] = value;
        if (actuators[input] == null) {
            model.set(input, value);
        }
    }

    @Override
    public double get(int output) {
        var sensor = sensors[output];
        return sensor == null ? model.get(output) : sensor.value();
    }

    @Override
    public Quality quality(int output) {
        var sensor = sensors[output];
        var own = model.quality(output);
        return sensor == null ? own : sensor.quality(own);
    }

    @Override
    public void step(long nanos) {
        for (int i = 0; i < actuators.length; i++) {
            var actuator = actuators[i];
            if (actuator != null) {
                actuator.pass(wanted[i], nowNanos);
                model.set(i, actuator.value());
            }
        }
        model.step(nanos);
        nowNanos = Math.addExact(nowNanos, nanos);
        for (int i = 0; i < sensors.length; i++) {
            var sensor = sensors[i];
            if (sensor != null) {
                sensor.pass(model.get(i), nowNanos);
            }
        }
    }

    @Override
    public void close() {
        model.close();
    }
}
