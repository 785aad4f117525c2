package io.millwright.plc.change;

import io.millwright.iec61131.machine.Forces;
import io.millwright.iec61131.machine.Slot;
import io.millwright.iec61131.syntax.Name;
import io.millwright.iec61131.type.Variable;
import io.millwright.model.Predictive;
import io.millwright.model.Told;
import io.millwright.plc.Loaded;
import io.millwright.plc.Loaded.LoadedTask;
import io.millwright.plc.TaskSetting;
import io.millwright.plc.change.Finding.Kind;
import io.millwright.plc.image.Binding;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Compares what surrounds the variables of two programs: tasks, bindings, predictive controllers, forces.
final class Surroundings {
    private static final double NANOS_PER_MILLI = 1e6;

    private final Loaded running;
    private final Loaded next;
    private final Findings findings;

    Surroundings(Loaded running, Loaded next, Findings findings) {
        this.running = running;
        this.next = next;
        this.findings = findings;
    }

    void tasks() {
        for (LoadedTask task : next.tasks()) {
            Optional<LoadedTask> known = named(running, task.setting().name());
            if (known.isEmpty()) {
                String name = task.setting().name();
                findings.warn(
                        Kind.TASK,
                        name,
                        "",
                        text(task.setting()),
                        Told.of("task-new", "the task {subject} is new: {after}"));
            } else {
                task(known.get(), task);
            }
        }
        for (LoadedTask task : running.tasks()) {
            String name = task.setting().name();
            if (named(next, name).isEmpty()) {
                findings.warn(
                        Kind.TASK,
                        name,
                        text(task.setting()),
                        "",
                        Told.of("task-gone", "the task {subject} is no longer there"));
            }
        }
        Set<String> still = programs(next);
        for (String program : programs(running)) {
            boolean there = next.run().instances().stream()
                    .anyMatch(i -> Name.key(i.name()).equals(program));
            if (there && !still.contains(program)) {
                findings.warn(
                        Kind.TASK,
                        program,
                        "",
                        "",
                        Told.of("task-none", "no task runs {subject} any more; it stands still"));
            }
        }
    }

    private static Optional<LoadedTask> named(Loaded program, String name) {
        return program.tasks().stream()
                .filter(t -> t.setting().name().equals(name))
                .findFirst();
    }

    private static Set<String> programs(Loaded program) {
        Set<String> names = new LinkedHashSet<>();
        program.tasks().forEach(t -> t.instances().forEach(i -> names.add(Name.key(i.name()))));
        return names;
    }

    private void task(LoadedTask old, LoadedTask now) {
        String name = now.setting().name();
        String before = text(old.setting());
        String after = text(now.setting());
        if (!before.equals(after)) {
            findings.warn(
                    Kind.TASK,
                    name,
                    before,
                    after,
                    Told.of("task-other", "the task {subject} runs {after}, not {before}"));
        }
        List<String> programsBefore =
                old.instances().stream().map(Variable::name).toList();
        List<String> programsNow = now.instances().stream().map(Variable::name).toList();
        if (!programsBefore.equals(programsNow)) {
            findings.warn(
                    Kind.TASK,
                    name,
                    String.join(", ", programsBefore),
                    String.join(", ", programsNow),
                    Told.of("task-programs", "the task {subject} runs the programs {after}, not {before}"));
        }
    }

    private static String text(TaskSetting task) {
        String when = task.isFreewheeling()
                ? "whenever nothing else is due"
                : task.single().isPresent()
                        ? "at the rising edge of " + task.single().get()
                        : "every " + task.intervalNanos() / NANOS_PER_MILLI + " ms";
        return when + ", priority " + task.priority()
                + (task.watchdogNanos() == 0 ? "" : ", watchdog " + task.watchdogNanos() / NANOS_PER_MILLI + " ms");
    }

    void bindings() {
        for (Binding now : next.project().bindings()) {
            Optional<Binding> old = same(running, now);
            String signal = now.signal().toString();
            if (old.isEmpty()) {
                findings.note(
                        Kind.BINDING, signal, "", now.variable(), Told.of("bound", "{after} stands for {subject} now"));
            } else if (!old.get().equals(now)) {
                findings.warn(
                        Kind.BINDING,
                        signal,
                        old.get().variable(),
                        now.variable(),
                        old.get().variable().equals(now.variable())
                                ? Told.of(
                                        "bound-rules",
                                        "for {subject} stands {after} now, before it was {before}, with other rules"
                                                + " for bad values")
                                : Told.of("bound-other", "for {subject} stands {after} now, before it was {before}"));
            }
        }
        for (Binding old : running.project().bindings()) {
            if (same(next, old).isPresent()) {
                continue;
            }
            String signal = old.signal().toString();
            switch (old) {
                case Binding.Input _ ->
                    findings.warn(
                            Kind.BINDING,
                            signal,
                            old.variable(),
                            "",
                            Told.of("input-gone", "the program does not read {subject} any more"));
                case Binding.Output output -> {
                    Optional<Slot> slot = running.run().slot(old.variable());
                    String present = slot.map(Shown::present).orElse("");
                    findings.ask(
                            Kind.BINDING,
                            signal,
                            old.variable(),
                            "",
                            present,
                            output.safe()
                                    .map(s -> Told.of(
                                                    "output-safe",
                                                    "nothing would tell {subject} any more: it would take its safe"
                                                            + " value {safe}")
                                            .with("safe", s))
                                    .orElse(Told.of(
                                            "output-stays",
                                            "nothing would tell {subject} any more: it would stay {present}")));
                }
            }
        }
    }

    /// The binding of the same signal in the same direction.
    private static Optional<Binding> same(Loaded program, Binding binding) {
        return program.project().bindings().stream()
                .filter(b -> b.signal().equals(binding.signal()) && b.getClass() == binding.getClass())
                .findFirst();
    }

    void predictive() {
        List<Predictive> before = running.project().predictive();
        List<Predictive> after = next.project().predictive();
        for (Predictive now : after) {
            Optional<Predictive> old = named(before, now.name());
            if (old.isEmpty()) {
                findings.note(
                        Kind.PREDICTIVE,
                        now.name(),
                        "",
                        "",
                        Told.of("predictive-new", "the predictive controller {subject} is new"));
            } else if (!old.get().equals(now)) {
                findings.warn(
                        Kind.PREDICTIVE,
                        now.name(),
                        "",
                        "",
                        Told.of(
                                "predictive-other",
                                "the predictive controller {subject} is another one: it begins anew where the process"
                                        + " is"));
            }
        }
        for (Predictive old : before) {
            if (named(after, old.name()).isEmpty()) {
                findings.warn(
                        Kind.PREDICTIVE,
                        old.name(),
                        "",
                        "",
                        Told.of(
                                "predictive-gone",
                                "the predictive controller {subject} is no longer there: its inputs stay as they are"));
            }
        }
    }

    private static Optional<Predictive> named(List<Predictive> all, String name) {
        return all.stream().filter(p -> p.name().equals(name)).findFirst();
    }

    /// What is forced in the new program, and what cannot be.
    ///
    /// @param copies by the names of the variables of the running program
    static List<Forces.Force> forces(
            List<Forces.Force> forced, Map<String, Copy> copies, Loaded next, Findings findings) {
        List<Forces.Force> all = new ArrayList<>();
        for (Forces.Force force : forced) {
            Slot slot = force.slot();
            Optional<Forces.Force> there = slot.steps().isEmpty() || slot.isPart()
                    ? next.run().slot(slot.name()).map(s -> new Forces.Force(s, force.value()))
                    : moved(force, copies.get(Name.key(slot.name())));
            there.ifPresentOrElse(all::add, () -> {
                String value = Shown.value(slot.type(), force.value());
                findings.ask(
                        Kind.FORCE,
                        slot.name(),
                        slot.type().name(),
                        "",
                        value,
                        Told.of(
                                "force-lost",
                                "{subject} is forced to {present}, and there is no variable that could be: the force"
                                        + " would be lost"));
            });
        }
        return all;
    }

    private static Optional<Forces.Force> moved(Forces.Force force, @Nullable Copy copy) {
        if (copy == null) {
            return Optional.empty();
        }
        Slot to = copy.to();
        if (to.isText()) {
            return Optional.of(new Forces.Force(to, force.value()));
        }
        return Values.carried(force.value(), copy.carry(), to).map(v -> new Forces.Force(to, v));
    }
}
