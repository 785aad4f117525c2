package io.millwright.node.simulate;

import io.millwright.plc.Fault;
import io.millwright.plc.TaskState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What came of a simulation.
///
/// @param seconds of virtual time
/// @param clockSeconds how long it took, by the clock
/// @param factor how many times faster than the clock
/// @param unbound what of the program no model stands for
/// @param values of what was watched, at the end
record SimulationReport(
        String project,
        double seconds,
        double clockSeconds,
        double factor,
        long scans,
        List<Model> models,
        List<Task> tasks,
        @Nullable Stop fault,
        List<String> unbound,
        Map<String, String> values) {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS = 1e9;

    /// A model that took part.
    record Model(String name, String model, double stepMillis) {}

    /// A task, in virtual time.
    ///
    /// @param everyMillis its interval; 0 where it has none
    /// @param skipped scans that were left out
    record Task(String name, double everyMillis, long scans, long skipped) {}

    /// Why the PLC stopped by itself, and when.
    record Stop(double seconds, String task, long scan, String message, List<String> stack) {}

    static SimulationReport of(String project, VirtualRun run, Experiment experiment, long clockNanos) {
        Map<String, String> values = new LinkedHashMap<>();
        List<String> now = experiment.values();
        for (int i = 0; i < now.size(); i++) {
            values.put(experiment.names().get(i), now.get(i));
        }
        double seconds = run.nowNanos() / NANOS;
        double clock = Math.max(1, clockNanos) / NANOS;
        return new SimulationReport(
                project,
                seconds,
                clock,
                seconds / clock,
                run.scans(),
                run.plant().processes().stream()
                        .map(p -> new Model(p.name(), p.model(), p.step().toNanos() / NANOS_PER_MILLI))
                        .toList(),
                run.tasks().stream().map(SimulationReport::task).toList(),
                stop(run.fault()),
                run.unbound(),
                values);
    }

    private static Task task(TaskState state) {
        return new Task(
                state.setting().name(),
                state.setting().intervalNanos() / NANOS_PER_MILLI,
                state.scans(),
                state.skipped());
    }

    /// Virtual time begins at the epoch.
    private static @Nullable Stop stop(Optional<Fault> fault) {
        return fault.map(f -> new Stop(
                        f.epochNanos() / NANOS,
                        f.task(),
                        f.scan(),
                        f.message(),
                        f.stack().stream().map(Object::toString).toList()))
                .orElse(null);
    }

    /// For people.
    String text() {
        var text = new StringBuilder("%s: %s s in %.2f s, %.0f times faster than the clock; %d scans%n"
                .formatted(project, seconds, clockSeconds, factor, scans));
        models.forEach(
                m -> text.append("  %s: %s, simulated, step %s ms%n".formatted(m.name(), m.model(), m.stepMillis())));
        text.append("%n%-16s %9s %10s %8s%n".formatted("task", "every ms", "scans", "skipped"));
        tasks.forEach(t ->
                text.append("%-16s %9.3f %10d %8d%n".formatted(t.name(), t.everyMillis(), t.scans(), t.skipped())));
        unbound.forEach(u -> text.append("%nnot simulated: %s".formatted(u)));
        values.forEach((name, value) -> text.append("%n%s = %s".formatted(name, value)));
        Stop stop = fault;
        if (stop != null) {
            text.append("%nstopped after %s s in scan %d of task %s: %s"
                    .formatted(stop.seconds(), stop.scan(), stop.task(), stop.message()));
            stop.stack().forEach(line -> text.append("%n  %s".formatted(line)));
        }
        return text.toString().stripTrailing();
    }
}
