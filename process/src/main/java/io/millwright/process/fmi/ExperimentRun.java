package io.millwright.process.fmi;

import java.util.List;
import java.util.OptionalDouble;
import java.util.SequencedMap;

/// Runs an FMU by itself, from start to stop.
public final class ExperimentRun {

    private ExperimentRun() {}

    /// Hears of every communication point, the first at the start.
    @FunctionalInterface
    public interface Listener {
        /// @param simulation whose variables can be read, and whose inputs can be set for what comes
        void at(double seconds, CoSimulation simulation);
    }

    /// How a run ended.
    ///
    /// @param reached in seconds
    /// @param ended whether the model asked to end there
    /// @param steps how many were made
    /// @param events how many events were handled
    /// @param messages the newest that the unit logged
    public record Outcome(double reached, boolean ended, long steps, long events, List<LogMessage> messages) {}

    /// @param starts values to start with, structural parameters first
    /// @throws FmuError if the unit cannot be started, or fails on the way
    public static Outcome run(
            Fmu fmu, InstanceSettings settings, Plan plan, SequencedMap<Variable, Values> starts, Listener listener) {
        try (var simulation = fmu.instantiate(settings)) {
            starts.forEach(simulation::set);
            var tolerance = fmu.description().experiment().tolerance();
            simulation.initialize(plan.start(), OptionalDouble.of(plan.stop()), tolerance);
            return run(fmu, simulation, plan, listener);
        }
    }

    private static Outcome run(Fmu fmu, CoSimulation simulation, Plan plan, Listener listener) {
        boolean variable = fmu.description()
                .coSimulation()
                .map(Capabilities::variableStepSize)
                .orElse(true);
        long steps = variable ? plan.steps() : plan.wholeSteps();
        double now = plan.start();
        long events = 0;
        listener.at(now, simulation);
        for (long i = 1; i <= steps; i++) {
            double target = plan.point(i);
            var step = simulation.step(now, target - now);
            events += step.events();
            now = step.ended() ? step.reached() : target;
            listener.at(now, simulation);
            if (step.ended()) {
                return new Outcome(now, true, i, events, simulation.messages());
            }
        }
        return new Outcome(now, false, steps, events, simulation.messages());
    }
}
