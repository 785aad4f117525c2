package io.millwright.node.simulate;

import io.millwright.model.Plant;
import io.millwright.model.Signal;
import io.millwright.model.SignalName;
import io.millwright.model.SimulatedProcess;
import io.millwright.node.command.UsageError;
import io.millwright.process.commissioning.ProcessModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The process models of a plant in the place of its devices. One thread at a time.
public final class SimulatedPlant implements AutoCloseable {
    private final List<SimulatedMachine> machines = new ArrayList<>();

    private SimulatedPlant() {}

    /// Starts the models that a plant file names.
    ///
    /// @param models starts the model of each, e.g. [Models#start]
    /// @throws UsageError if there is none, or one cannot be started or bound
    public static SimulatedPlant start(Plant plant, Function<SimulatedProcess, ProcessModel> models) {
        if (plant.simulation().isEmpty()) {
            throw new UsageError("the plant file of " + plant.name()
                    + " says nothing of a process: add a model beneath `simulation:`, e.g. {model: quadruple-tank,"
                    + " binds: {h1: tank-1/level}}");
        }
        Map<SignalName, Signal> signals = new LinkedHashMap<>();
        plant.signals().forEach(s -> signals.put(s.name(), s));
        var all = new SimulatedPlant();
        try {
            Map<SignalName, String> shown = new LinkedHashMap<>();
            for (SimulatedProcess process : plant.simulation()) {
                var machine = new SimulatedMachine(process, models.apply(process), signals);
                all.machines.add(machine);
                for (SignalName name : process.binds().values()) {
                    String first = machine.shows(name) ? shown.putIfAbsent(name, process.name()) : null;
                    if (first != null) {
                        throw new UsageError(name + " is shown by both " + first + " and " + process.name());
                    }
                }
            }
            return all;
        } catch (RuntimeException e) {
            all.close();
            throw e;
        }
    }

    List<SimulatedProcess> processes() {
        return machines.stream().map(SimulatedMachine::process).toList();
    }

    /// Whether a model shows the signal.
    boolean shows(SignalName signal) {
        return machines.stream().anyMatch(m -> m.shows(signal));
    }

    /// Whether a model is driven by the signal.
    boolean isDrivenBy(SignalName signal) {
        return machines.stream().anyMatch(m -> m.isDrivenBy(signal));
    }

    /// What a signal is to be from now on.
    void drive(SignalName signal, double value) {
        machines.forEach(m -> m.drive(signal, value));
    }

    /// Lets signals have faults. Before time passes.
    ///
    /// @throws UsageError if no model has such a signal, or faults of one overlap
    public void fault(List<TimedFault> faults) {
        Map<SignalName, List<TimedFault>> bySignal = faults.stream()
                .collect(Collectors.groupingBy(TimedFault::signal, LinkedHashMap::new, Collectors.toList()));
        bySignal.forEach(this::fault);
    }

    private void fault(SignalName signal, List<TimedFault> faults) {
        if (!shows(signal) && !isDrivenBy(signal)) {
            throw new UsageError("--fault " + signal + ": no model shows this signal or is driven by it");
        }
        for (TimedFault a : faults) {
            for (TimedFault b : faults) {
                if (!a.isAlong(b) && a.overlaps(b)) {
                    throw new UsageError("--fault " + signal
                            + ": two faults of a signal begin and end together, or one after the other");
                }
            }
        }
        Map<List<Long>, List<TimedFault>> together = faults.stream()
                .collect(Collectors.groupingBy(
                        f -> List.of(f.fromNanos(), f.untilNanos()), LinkedHashMap::new, Collectors.toList()));
        // One that begins when another ends is planned later, so that the end does not mend it.
        together.values().stream()
                .sorted(Comparator.comparingLong(f -> f.getFirst().fromNanos()))
                .forEach(f -> machines.forEach(m -> m.fault(
                        signal,
                        f.stream().map(TimedFault::fault).toList(),
                        f.getFirst().fromNanos(),
                        f.getFirst().untilNanos())));
    }

    /// Lets an input of a model that no signal drives have a value from a moment on.
    ///
    /// @throws UsageError if there is no such model or input
    void set(String process, String input, double value, long fromNanos) {
        machine(process).set(input, value, fromNanos);
    }

    /// What an output of a model shows, whenever it is asked.
    ///
    /// @throws UsageError if there is no such model or output
    DoubleSupplier output(String process, String name) {
        SimulatedMachine machine = machine(process);
        int output = machine.output(name)
                .orElseThrow(() -> new UsageError(process + ":" + name + ": "
                        + machine.process().model() + " has no such output; it has " + machine.outputs()));
        return () -> machine.value(output);
    }

    private SimulatedMachine machine(String process) {
        return machines.stream()
                .filter(m -> m.process().name().equals(process))
                .findFirst()
                .orElseThrow(() -> new UsageError("there is no simulated process " + process + "; there is "
                        + machines.stream().map(m -> m.process().name()).collect(Collectors.joining(", "))));
    }

    /// Shows what there is before any time has passed.
    void begin(SimulatedMachine.Sensors to) {
        machines.forEach(m -> m.begin(to));
    }

    /// Lets time pass up to a moment.
    void advanceTo(long nanos, SimulatedMachine.Sensors to) {
        machines.forEach(m -> m.advanceTo(nanos, to));
    }

    @Override
    public void close() {
        machines.forEach(SimulatedMachine::close);
    }
}
