package io.millwright.node.simulate;

import io.millwright.iec61131.machine.Surroundings;
import io.millwright.iec61131.machine.Wire;
import io.millwright.model.SimulatedProcess;
import io.millwright.node.command.UsageError;
import io.millwright.process.commissioning.FaultyModel;
import io.millwright.process.commissioning.Port;
import io.millwright.process.commissioning.ProcessError;
import io.millwright.process.commissioning.SignalFault;
import io.millwright.process.commissioning.SignalFaults;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The process models around the program of one test. Their inputs and outputs are found by their names without
/// regard to case, what is no letter or digit written as `_`: `tank-1.level` is `tank_1_level`.
public final class TestModels implements Surroundings, AutoCloseable {
    private static final int NAMED_MAX = 20;
    private static final long SEED = 1;

    private record Driven(int input, Wire wire) {}

    private record Shown(int output, Wire wire) {}

    private record Around(String name, FaultyModel model, List<Driven> driven, List<Shown> shown) {
        void drive() {
            driven.forEach(d -> model.set(d.input(), d.wire().value()));
        }

        void show() {
            shown.forEach(s -> s.wire().show(model.get(s.output())));
        }
    }

    private final Models models;
    private final List<Around> all = new ArrayList<>();

    public TestModels(Models models) {
        this.models = models;
    }

    @Override
    public void simulate(String name, List<Wire> wires) {
        try {
            all.add(started(name, wires));
        } catch (ProcessError | UsageError e) {
            throw new IllegalArgumentException(e.getMessage());
        }
        all.getLast().drive();
        all.getLast().show();
    }

    /// What is given to a name that is no input, the model begins with.
    private Around started(String name, List<Wire> wires) {
        Map<String, String> starts = new LinkedHashMap<>();
        List<Wire> ports = new ArrayList<>(wires);
        try (var probe = open(name, Map.of())) {
            for (Wire wire : wires) {
                if (!wire.shows() && find(probe.inputs(), wire.port()).isEmpty()) {
                    starts.put(startName(probe, wire.port()), written(wire.value()));
                    ports.remove(wire);
                }
            }
        }
        var around = new Around(name, open(name, starts), new ArrayList<>(), new ArrayList<>());
        try {
            for (Wire wire : ports) {
                if (wire.shows()) {
                    around.shown().add(new Shown(output(around, wire.port()), wire));
                } else {
                    around.driven()
                            .add(new Driven(
                                    find(around.model().inputs(), wire.port()).orElseThrow(), wire));
                }
            }
            return around;
        } catch (RuntimeException e) {
            around.model().close();
            throw e;
        }
    }

    /// Whole numbers without a point, as parameters that are whole numbers ask for.
    private static String written(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1L << 53
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    /// A level that the quadruple tank begins with is an output of it; a parameter of a unit is named as it is.
    private static String startName(FaultyModel model, String written) {
        OptionalInt output = find(model.outputs(), written);
        return output.isPresent() ? model.outputs().get(output.getAsInt()).name() : written;
    }

    private FaultyModel open(String name, Map<String, String> starts) {
        var process = new SimulatedProcess(name, name, SimulatedProcess.USUAL_STEP, SEED, starts, Map.of());
        return new FaultyModel(models.start(process), SEED);
    }

    private static int output(Around around, String written) {
        return find(around.model().outputs(), written)
                .orElseThrow(() -> new IllegalArgumentException(around.name() + " has no output " + written
                        + "; it has " + names(around.model().outputs())));
    }

    private static OptionalInt find(List<Port> ports, String written) {
        return IntStream.range(0, ports.size())
                .filter(i -> plain(ports.get(i).name()).equals(plain(written)))
                .findFirst();
    }

    private static String plain(String name) {
        return name.replaceAll("[^\\p{L}\\p{N}]+", "_").toLowerCase(Locale.ROOT);
    }

    private static String names(List<Port> ports) {
        String some = ports.stream().limit(NAMED_MAX).map(Port::name).collect(Collectors.joining(", "));
        return ports.size() > NAMED_MAX ? some + ", …" : some;
    }

    @Override
    public void fault(String port, String fault) {
        if (all.isEmpty()) {
            throw new IllegalArgumentException("there is no process model around the program yet; SIMULATE one first");
        }
        var faults = fault.equals("none") ? new SignalFault[0] : new SignalFault[] {SignalFaults.parse(fault)};
        for (Around around : all) {
            OptionalInt output = find(around.model().outputs(), port);
            OptionalInt input = find(around.model().inputs(), port);
            if (output.isPresent()) {
                around.model().faultOutput(output.getAsInt(), faults);
                return;
            }
            if (input.isPresent()) {
                around.model().faultInput(input.getAsInt(), faults);
                return;
            }
        }
        throw new IllegalArgumentException("no model has an input or output " + port + "; there are "
                + all.stream()
                        .map(a -> names(a.model().inputs()) + ", "
                                + names(a.model().outputs()))
                        .collect(Collectors.joining("; ")));
    }

    @Override
    public void advance(long nanos) {
        if (nanos == 0) {
            return;
        }
        try {
            for (Around around : all) {
                around.drive();
                around.model().step(nanos);
                around.show();
            }
        } catch (ProcessError e) {
            throw new IllegalArgumentException(e.getMessage());
        }
    }

    /// Ends the models there are: the next test begins without any.
    public void clear() {
        all.forEach(a -> a.model().close());
        all.clear();
    }

    @Override
    public void close() {
        clear();
    }
}
