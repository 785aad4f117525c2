package io.millwright.node.simulate;

import io.millwright.model.Quality;
import io.millwright.model.Signal;
import io.millwright.model.SignalName;
import io.millwright.model.SimulatedProcess;
import io.millwright.model.Value;
import io.millwright.node.command.UsageError;
import io.millwright.process.commissioning.FaultyModel;
import io.millwright.process.commissioning.Port;
import io.millwright.process.commissioning.ProcessModel;
import io.millwright.process.commissioning.SignalFault;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.PriorityQueue;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// One process model with the signals that it is driven by and shows. Its time goes in equal steps; in a step
/// its inputs are what they were when the step began.
final class SimulatedMachine implements AutoCloseable {
    private static final int NAMED_MAX = 20;

    /// Takes what a model shows.
    @FunctionalInterface
    interface Sensors {
        /// @param atNanos in virtual time
        void show(SignalName signal, Value value, Quality quality, long atNanos);
    }

    private static final class Sensor {
        private final int output;
        private final Signal signal;
        private final UnitChange units;
        private long dueNanos;

        Sensor(int output, Signal signal, UnitChange units) {
            this.output = output;
            this.signal = signal;
            this.units = units;
        }
    }

    private static final class Actuator {
        private final int input;
        private final SignalName signal;
        private final UnitChange units;
        private double wanted = Double.NaN;

        Actuator(int input, SignalName signal, UnitChange units) {
            this.input = input;
            this.signal = signal;
            this.units = units;
        }
    }

    private record Change(long atNanos, int number, Runnable what) {}

    private final SimulatedProcess process;
    private final FaultyModel model;
    private final long stepNanos;
    private final List<Sensor> sensors = new ArrayList<>();
    private final List<Actuator> actuators = new ArrayList<>();
    private final PriorityQueue<Change> changes =
            new PriorityQueue<>(Comparator.comparingLong(Change::atNanos).thenComparingInt(Change::number));
    private int changesPlanned;
    private long atNanos;
    private boolean latched;

    /// @param signals of the plant
    /// @throws UsageError if the model has no such inputs or outputs
    SimulatedMachine(SimulatedProcess process, ProcessModel model, Map<SignalName, Signal> signals) {
        this.process = process;
        this.model = new FaultyModel(model, process.seed());
        this.stepNanos = process.step().toNanos();
        process.binds().forEach((port, name) -> {
            Signal signal = signals.get(name);
            if (signal == null) {
                throw new UsageError(place(port) + ": there is no signal " + name);
            }
            bind(port, signal);
        });
    }

    private String place(String port) {
        return "simulation." + process.name() + ".binds." + port;
    }

    private void bind(String port, Signal signal) {
        OptionalInt input = find(model.inputs(), port);
        OptionalInt output = find(model.outputs(), port);
        if (input.isEmpty() && output.isEmpty()) {
            throw new UsageError(place(port) + ": " + process.model() + " has neither input nor output of that name;"
                    + " inputs: " + names(model.inputs()) + "; outputs: " + names(model.outputs()));
        }
        try {
            boolean bound = false;
            if (input.isPresent() && signal.to().isPresent()) {
                var units = new UnitChange(
                        signal.unit(), model.inputs().get(input.getAsInt()).unit());
                actuators.add(new Actuator(input.getAsInt(), signal.name(), units));
                bound = true;
            }
            if (output.isPresent() && signal.from().isPresent()) {
                var units = new UnitChange(
                        signal.unit(), model.outputs().get(output.getAsInt()).unit());
                sensors.add(new Sensor(output.getAsInt(), signal, units));
                bound = true;
            }
            if (!bound) {
                throw new UsageError(place(port) + ": it is an " + (input.isPresent() ? "input" : "output")
                        + " of the model, but " + signal.name() + " has no `" + (input.isPresent() ? "to" : "from")
                        + "` in the plant file");
            }
        } catch (IllegalArgumentException e) {
            throw new UsageError(place(port) + ": " + e.getMessage());
        }
    }

    private static OptionalInt find(List<Port> ports, String name) {
        return IntStream.range(0, ports.size())
                .filter(i -> ports.get(i).name().equals(name))
                .findFirst();
    }

    private static String names(List<Port> ports) {
        String some = ports.stream().limit(NAMED_MAX).map(Port::name).collect(Collectors.joining(", "));
        return some.isEmpty() ? "none" : ports.size() > NAMED_MAX ? some + ", …" : some;
    }

    SimulatedProcess process() {
        return process;
    }

    boolean shows(SignalName signal) {
        return sensors.stream().anyMatch(s -> s.signal.name().equals(signal));
    }

    boolean isDrivenBy(SignalName signal) {
        return actuators.stream().anyMatch(a -> a.signal.equals(signal));
    }

    /// What a signal is to be from now on.
    void drive(SignalName signal, double value) {
        for (Actuator actuator : actuators) {
            if (actuator.signal.equals(signal)) {
                actuator.wanted = actuator.units.toPort(value);
            }
        }
    }

    /// Lets a signal have faults for a while.
    ///
    /// @param untilNanos [Long#MAX_VALUE] for the rest of the time
    void fault(SignalName signal, List<SignalFault> faults, long fromNanos, long untilNanos) {
        SignalFault[] all = faults.toArray(SignalFault[]::new);
        for (Sensor sensor : sensors) {
            if (sensor.signal.name().equals(signal)) {
                plan(fromNanos, () -> model.faultOutput(sensor.output, all));
                plan(untilNanos, () -> model.faultOutput(sensor.output));
            }
        }
        if (!shows(signal)) {
            for (Actuator actuator : actuators) {
                if (actuator.signal.equals(signal)) {
                    plan(fromNanos, () -> model.faultInput(actuator.input, all));
                    plan(untilNanos, () -> model.faultInput(actuator.input));
                }
            }
        }
    }

    /// Lets an input that no signal drives have a value from a moment on.
    ///
    /// @throws UsageError if there is no such input
    void set(String input, double value, long fromNanos) {
        int number = find(model.inputs(), input)
                .orElseThrow(() -> new UsageError(process.name() + ":" + input + ": " + process.model()
                        + " has no such input; it has " + names(model.inputs())));
        if (actuators.stream().anyMatch(a -> a.input == number)) {
            throw new UsageError(process.name() + ":" + input + " is driven by a signal of the plant");
        }
        plan(fromNanos, () -> model.set(number, value));
    }

    private void plan(long nanos, Runnable what) {
        if (nanos != Long.MAX_VALUE) {
            changes.add(new Change(nanos, changesPlanned++, what));
        }
    }

    /// The output of a name, for [#value].
    Optional<Integer> output(String name) {
        return find(model.outputs(), name).stream().boxed().findFirst();
    }

    String outputs() {
        return names(model.outputs());
    }

    /// What an output shows, faults included.
    double value(int output) {
        return model.get(output);
    }

    /// Shows what there is before any time has passed.
    void begin(Sensors to) {
        show(to);
    }

    /// Lets time pass, in whole steps.
    void advanceTo(long nanos, Sensors to) {
        while (atNanos + stepNanos <= nanos) {
            latch();
            model.step(stepNanos);
            atNanos += stepNanos;
            latched = false;
            show(to);
        }
        if (atNanos < nanos) {
            latch();
        }
    }

    private void latch() {
        if (latched) {
            return;
        }
        Change next = changes.peek();
        while (next != null && next.atNanos() <= atNanos) {
            next.what().run();
            changes.poll();
            next = changes.peek();
        }
        for (Actuator actuator : actuators) {
            model.set(actuator.input, actuator.wanted);
        }
        latched = true;
    }

    private void show(Sensors to) {
        for (Sensor sensor : sensors) {
            if (atNanos >= sensor.dueNanos) {
                sensor.dueNanos = atNanos
                        - atNanos % sensor.signal.every().toNanos()
                        + sensor.signal.every().toNanos();
                double value = sensor.units.toSignal(model.get(sensor.output));
                to.show(sensor.signal.name(), Value.of(value), model.quality(sensor.output), atNanos);
            }
        }
    }

    @Override
    public void close() {
        model.close();
    }
}
