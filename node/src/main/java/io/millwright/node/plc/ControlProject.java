package io.millwright.node.plc;

import io.millwright.iec61131.check.Checked;
import io.millwright.iec61131.ir.Program;
import io.millwright.iec61131.source.Diagnostic;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.syntax.Declaration;
import io.millwright.iec61131.syntax.Dialect;
import io.millwright.iec61131.syntax.Name;
import io.millwright.iec61131.type.UnitType;
import io.millwright.iec61131.type.Variable;
import io.millwright.model.BadInput;
import io.millwright.model.Plant;
import io.millwright.model.Signal;
import io.millwright.model.SignalName;
import io.millwright.node.command.UsageError;
import io.millwright.node.st.Findings;
import io.millwright.plc.Project;
import io.millwright.plc.ProjectSession;
import io.millwright.plc.TaskSetting;
import io.millwright.plc.image.Binding;
import io.millwright.plc.library.ControlLibrary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A project that was read and compiled, ready to be loaded.
///
/// @param project what is to run
/// @param program its texts, compiled
/// @param session which compiled them, so that a changed program shares what has not changed
/// @param plant the plant whose file is the manifest; empty for texts alone
/// @param manifest the text of that file; empty where it is not known
public record ControlProject(
        Project project, Program program, ProjectSession session, Optional<Plant> plant, Optional<String> manifest) {

    /// What the text that says the instances is called, before the name of the plant.
    private static final String MADE = "control of ";

    /// The control logic of a plant file; empty where it has none. Each entry of `control` becomes an instance
    /// and a task of its own name.
    ///
    /// @param folder in which the plant file lies
    /// @throws UsageError if a text is missing or wrong; the message shows every mistake
    public static Optional<ControlProject> of(Plant plant, Path folder) {
        if (plant.control().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(of(plant, ControlTexts.of(plant, folder), new ProjectSession(Dialect.COMMON)));
    }

    /// The control logic of a plant file with these texts.
    ///
    /// @param session in which it is compiled
    /// @throws UsageError if something is wrong; the message shows every mistake
    static ControlProject of(Plant plant, List<Source> read, ProjectSession session) {
        List<Source> texts = new ArrayList<>(read);
        Source instances = instances(plant);
        texts.removeIf(t -> t.name().equals(instances.name()));
        texts.add(instances);
        Compiled compiled = compile(plant.name(), texts, session);
        Program program = compiled.program();
        List<Binding> bindings = new ArrayList<>();
        for (io.millwright.model.Program entry : plant.control()) {
            UnitType type = type(program, entry);
            entry.binds().entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(e -> bindings.add(binding(plant, entry, type, e.getKey(), e.getValue())));
        }
        List<TaskSetting> tasks =
                plant.control().stream().map(ControlProject::task).toList();
        return new ControlProject(
                new Project(plant.name(), compiled.sources(), Dialect.COMMON, tasks, bindings, plant.predictive()),
                program,
                session,
                Optional.of(plant),
                Optional.empty());
    }

    /// The project of a folder of texts, or of one text or XML project, with the tasks that its CONFIGURATION
    /// declares.
    ///
    /// @throws UsageError if a text is missing or wrong; the message shows every mistake
    public static ControlProject ofTexts(Path path) {
        String name = ControlTexts.name(path);
        var session = new ProjectSession(Dialect.COMMON);
        Compiled compiled = compile(name, ControlTexts.of(path), session);
        var project = new Project(name, compiled.sources(), Dialect.COMMON, List.of(), List.of());
        return new ControlProject(project, compiled.program(), session, Optional.empty(), Optional.empty());
    }

    /// This project with other texts; tasks and bindings stay.
    ///
    /// @throws UsageError if a text is wrong; the message shows every mistake
    ControlProject with(List<Source> texts) {
        List<Source> all = new ArrayList<>(texts);
        plant.map(ControlProject::instances)
                .filter(i -> texts.stream().noneMatch(t -> t.name().equals(i.name())))
                .ifPresent(all::add);
        Compiled compiled = compile(project.name(), all, session);
        return new ControlProject(project.with(compiled.sources()), compiled.program(), session, plant, manifest);
    }

    /// This project with the text of its plant file.
    public ControlProject withManifest(String text) {
        return new ControlProject(project, program, session, plant, Optional.of(text));
    }

    /// A program and the texts it is made of.
    private record Compiled(List<Source> sources, Program program) {}

    /// Compiles texts, with the control library where they need it.
    private static Compiled compile(String name, List<Source> texts, ProjectSession session) {
        Checked alone = session.check(texts);
        if (alone.program() != null) {
            return new Compiled(texts, alone.program());
        }
        List<Source> all = new ArrayList<>(texts);
        ControlLibrary.sources().stream()
                .filter(l -> texts.stream().noneMatch(t -> t.name().equals(l.name())))
                .forEach(all::add);
        Checked together = session.check(all);
        if (together.program() != null) {
            return new Compiled(all, together.program());
        }
        List<String> errors = Stream.of(alone, together)
                .map(ControlProject::errors)
                .min(Comparator.comparingInt(List::size))
                .orElseThrow();
        throw new UsageError("the control logic of " + name + " has " + errors.size()
                + (errors.size() == 1 ? " mistake:\n" : " mistakes:\n")
                + String.join("\n", errors).stripTrailing());
    }

    private static List<String> errors(Checked checked) {
        return checked.diagnostics().stream()
                .filter(Diagnostic::isError)
                .map(Findings::text)
                .toList();
    }

    /// The name of an entry as the language takes it: `dosing-1` is `dosing_1` there.
    static String instance(io.millwright.model.Program entry) {
        String name = entry.name().replaceAll("[^A-Za-z0-9_]", "_").replaceAll("__+", "_");
        return name.matches("[0-9].*") ? "_" + name : name;
    }

    /// Whether a text was made of the plant file.
    static boolean isMade(Source source) {
        return source.name().startsWith(MADE);
    }

    private static Source instances(Plant plant) {
        String all = plant.control().stream()
                .map(p -> "  PROGRAM " + instance(p) + " : " + p.program() + ";\n")
                .collect(Collectors.joining());
        return new Source(
                MADE + plant.name(),
                "CONFIGURATION plant_file\nRESOURCE node ON jvm\n" + all + "END_RESOURCE\nEND_CONFIGURATION\n");
    }

    private static UnitType type(Program program, io.millwright.model.Program entry) {
        return program.units().stream()
                .filter(u -> u.kind() == Declaration.Unit.Kind.PROGRAM
                        && Name.key(u.name()).equals(Name.key(entry.program())))
                .findFirst()
                .orElseThrow(() ->
                        new UsageError("control." + entry.name() + ".program: there is no PROGRAM " + entry.program()));
    }

    private static TaskSetting task(io.millwright.model.Program entry) {
        return new TaskSetting(
                entry.name(),
                entry.every().toNanos(),
                Optional.empty(),
                entry.conduct().priority(),
                entry.conduct().watchdog().map(d -> d.toNanos()).orElse(0L),
                List.of(instance(entry)));
    }

    /// A VAR_OUTPUT is written, a VAR_INPUT read; of other variables the signal decides, and where it can be
    /// both, a safe value.
    private static Binding binding(
            Plant plant, io.millwright.model.Program entry, UnitType type, String variable, SignalName name) {
        String place = "control." + entry.name() + ".binds." + variable;
        Signal signal = plant.signals()
                .filter(s -> s.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new UsageError(place + ": there is no signal " + name));
        var conduct = entry.conduct();
        boolean written = switch (role(type, variable)) {
            case OUTPUT -> true;
            case INPUT -> false;
            default ->
                signal.from().isEmpty()
                        || signal.to().isPresent() && conduct.safe().containsKey(variable);
        };
        if (written && signal.to().isEmpty()) {
            throw new UsageError(place + ": the program writes it, but " + name + " has no `to` in the plant file");
        }
        if (!written && signal.from().isEmpty()) {
            throw new UsageError(place + ": the program reads it, but " + name + " has no `from` in the plant file");
        }
        String path = instance(entry) + "." + variable;
        return written
                ? new Binding.Output(
                        path, name, Optional.ofNullable(conduct.safe().get(variable)))
                : new Binding.Input(
                        path,
                        name,
                        conduct.onBad().getOrDefault(variable, BadInput.hold()),
                        Optional.ofNullable(conduct.ageMax().get(variable)));
    }

    private static Variable.Role role(UnitType type, String variable) {
        String first = variable.replaceFirst("[.\\[].*", "");
        return type.allVariables().stream()
                .filter(v -> Name.key(v.name()).equals(Name.key(first)))
                .map(Variable::role)
                .findFirst()
                .orElse(Variable.Role.STATE);
    }
}
