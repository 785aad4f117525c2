package io.millwright.process.fmi;

import io.millwright.model.Range;
import io.millwright.process.commissioning.Port;
import io.millwright.process.commissioning.ProcessModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/// An FMU as a process model: its numeric inputs and outputs as ports, elements of arrays each by itself,
/// `y[1,2]` counted from 1. Virtual time starts where its default experiment does.
public final class FmuModel implements ProcessModel {

    private static final int PORTS_MAX = 100_000;

    /// Where a port's value lies: in which channel, which of its side that is, and which element.
    private record Place(Channel channel, int number, int index) {}

    private final CoSimulation simulation;
    private final String name;
    private final boolean variableStepSize;
    private final double startSeconds;
    private final List<Port> inputs = new ArrayList<>();
    private final List<Port> outputs = new ArrayList<>();
    private final List<Place> driven = new ArrayList<>();
    private final List<Place> shown = new ArrayList<>();
    private final List<Channel> driving = new ArrayList<>();
    private final List<Channel> showing = new ArrayList<>();
    private final boolean[] changed;
    private long elapsedNanos;
    private long firstStepNanos;
    private double nowSeconds;
    private boolean ended;

    private FmuModel(Fmu fmu, CoSimulation simulation, double startSeconds) {
        this.simulation = simulation;
        this.startSeconds = startSeconds;
        name = fmu.name();
        nowSeconds = startSeconds;
        variableStepSize = fmu.description()
                .coSimulation()
                .map(Capabilities::variableStepSize)
                .orElse(true);
        for (var variable : fmu.description().variables()) {
            if (variable.type().isNumeric() && variable.causality() == Causality.INPUT) {
                add(variable, inputs, driven, driving);
            } else if (variable.type().isNumeric() && variable.causality() == Causality.OUTPUT) {
                add(variable, outputs, shown, showing);
            }
        }
        changed = new boolean[driving.size()];
        driving.forEach(Channel::fetch);
        showing.forEach(Channel::fetch);
    }

    /// Starts a unit.
    ///
    /// @param starts values to start with, by name, in the notation of [Values#parse]; an array's with blanks
    ///     between
    /// @throws FmuError if it cannot be started, or a value is not one of the variable
    public static FmuModel start(Fmu fmu, Map<String, String> starts) {
        var experiment = fmu.description().experiment();
        double start = experiment.start().orElse(0);
        var values = StartValues.parse(fmu, starts);
        var simulation =
                fmu.instantiate(InstanceSettings.named(fmu.description().modelName()));
        try {
            values.forEach(simulation::set);
            simulation.initialize(start, OptionalDouble.empty(), experiment.tolerance());
            return new FmuModel(fmu, simulation, start);
        } catch (RuntimeException e) {
            simulation.close();
            throw e;
        }
    }

    private void add(Variable variable, List<Port> ports, List<Place> places, List<Channel> channels) {
        var channel = simulation.channel(variable);
        channels.add(channel);
        for (int i = 0; i < channel.count(); i++) {
            if (ports.size() == PORTS_MAX) {
                throw new FmuError(name + ": has more than " + PORTS_MAX + " inputs or outputs");
            }
            String element = variable.dimensions().isEmpty() ? "" : simulation.indices(variable, i);
            ports.add(new Port(variable.name() + element, variable.unit(), range(variable), variable.description()));
            places.add(new Place(channel, channels.size() - 1, i));
        }
    }

    private static Range range(Variable variable) {
        boolean truth = variable.type() == VariableType.BOOLEAN;
        return truth ? new Range(0, 1) : variable.range();
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
        var place = driven.get(input);
        double before = place.channel().number(place.index());
        place.channel().number(place.index(), inputs.get(input).nearest(value));
        if (place.channel().number(place.index()) != before) {
            changed[place.number()] = true;
        }
    }

    @Override
    public double get(int output) {
        var place = shown.get(output);
        return place.channel().number(place.index());
    }

    @Override
    public void step(long nanos) {
        if (nanos <= 0) {
            throw new IllegalArgumentException("a step is above 0 ns, not " + nanos);
        }
        if (ended) {
            throw new FmuError(name + ": the model ended its simulation at " + nowSeconds + " s");
        }
        firstStepNanos = firstStepNanos == 0 ? nanos : firstStepNanos;
        if (!variableStepSize && nanos != firstStepNanos) {
            throw new FmuError(name + ": takes steps of one length only (canHandleVariableCommunicationStepSize is"
                    + " false): " + firstStepNanos + " ns at first, now " + nanos + " ns");
        }
        for (int i = 0; i < changed.length; i++) {
            if (changed[i]) {
                driving.get(i).send();
                changed[i] = false;
            }
        }
        elapsedNanos = Math.addExact(elapsedNanos, nanos);
        double target = startSeconds + elapsedNanos / 1e9;
        var step = simulation.step(nowSeconds, target - nowSeconds);
        nowSeconds = step.ended() ? step.reached() : target;
        ended = step.ended();
        showing.forEach(Channel::fetch);
    }

    /// The model's time, in seconds.
    public double seconds() {
        return nowSeconds;
    }

    /// Whether the model asked to end the simulation; it takes no further step then.
    public boolean isEnded() {
        return ended;
    }

    /// Takes what the unit logged since the last time.
    public List<LogMessage> messages() {
        return simulation.messages();
    }

    @Override
    public void close() {
        simulation.close();
    }
}
