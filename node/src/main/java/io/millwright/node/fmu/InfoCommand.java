package io.millwright.node.fmu;

import io.millwright.node.command.ExitStatus;
import io.millwright.node.command.Output;
import io.millwright.process.fmi.Capabilities;
import io.millwright.process.fmi.Experiment;
import io.millwright.process.fmi.Fmu;
import io.millwright.process.fmi.Variable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `mw fmu info`: what an FMU says of itself.
@Command(
        name = "info",
        mixinStandardHelpOptions = true,
        header = "Tell what an FMU is: version, interfaces, machines it runs on, variables. Nothing of it is run.",
        footerHeading = "%nExamples:%n",
        footer = {"  mw fmu info BouncingBall.fmu", "  mw fmu info BouncingBall.fmu --json"})
final class InfoCommand implements Callable<Integer> {

    @Mixin
    private final FmuArgument argument = new FmuArgument();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() {
        var fmu = argument.open();
        var description = fmu.description();
        output.json(report(fmu));
        show(description.modelName() + ", FMI " + description.versionText() + ": " + description.description());
        show("  exported by   " + description.generationTool());
        show("  interfaces    " + String.join(", ", description.interfaces()));
        show("  binaries for  " + (fmu.platforms().isEmpty() ? "none" : String.join(", ", fmu.platforms())));
        show("  experiment    " + experiment(description.experiment()));
        description.coSimulation().ifPresent(can -> show("  co-simulation " + capabilities(can)));
        show("");
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("variable", "type", "is", "changes", "start", "unit", "range", "description"));
        description.variables().forEach(v -> rows.add(row(v)));
        table(rows).forEach(this::show);
        return ExitStatus.OK;
    }

    /// What strangers wrote must not steer a terminal.
    private void show(String line) {
        output.text(line.replaceAll("[\\p{Cntrl}\u0080-\u009f]", " "));
    }

    private static String experiment(Experiment experiment) {
        var parts = new ArrayList<String>();
        add(parts, "from %s s", experiment.start());
        add(parts, "to %s s", experiment.stop());
        add(parts, "by %s s", experiment.stepSize());
        add(parts, "tolerance %s", experiment.tolerance());
        return parts.isEmpty() ? "not given" : String.join(", ", parts);
    }

    private static void add(List<String> parts, String format, OptionalDouble value) {
        value.ifPresent(v -> parts.add(format.formatted(v)));
    }

    private static String capabilities(Capabilities can) {
        var parts = new ArrayList<String>();
        parts.add(can.variableStepSize() ? "steps of any length" : "steps of one length");
        add(parts, "solver's step %s s", can.fixedInternalStepSize());
        addIf(parts, can.eventMode(), "event mode");
        addIf(parts, can.returnsEarly(), "may return early");
        addIf(parts, can.savesState(), "saves its state");
        addIf(parts, can.oncePerProcess(), "once in a process");
        addIf(parts, can.needsExecutionTool(), "needs the tool that exported it");
        return String.join(", ", parts);
    }

    private static void addIf(List<String> parts, boolean holds, String text) {
        if (holds) {
            parts.add(text);
        }
    }

    private static List<String> row(Variable variable) {
        var range = variable.range();
        boolean bounded = Double.isFinite(range.min()) || Double.isFinite(range.max());
        return List.of(
                variable.name(),
                variable.type().text() + dimensions(variable),
                word(variable.causality()),
                word(variable.variability()),
                String.join(" ", variable.start()),
                variable.unit().code(),
                bounded ? range.min() + " to " + range.max() : "",
                variable.description());
    }

    private static String dimensions(Variable variable) {
        return variable.dimensions().stream()
                .map(d -> switch (d) {
                    case Variable.Dimension.Fixed(long size) -> "[" + size + "]";
                    case Variable.Dimension.Structural(long reference) -> "[#" + reference + "]";
                })
                .collect(Collectors.joining());
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static List<String> table(List<List<String>> rows) {
        int columns = rows.getFirst().size();
        var widths = new int[columns];
        for (var row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        return rows.stream()
                .map(row -> {
                    var line = new StringBuilder();
                    for (int i = 0; i < columns; i++) {
                        line.append(row.get(i))
                                .repeat(' ', widths[i] - row.get(i).length() + 2);
                    }
                    return line.toString().strip();
                })
                .toList();
    }

    private static Map<String, Object> report(Fmu fmu) {
        var description = fmu.description();
        var report = new LinkedHashMap<String, Object>();
        report.put("modelName", description.modelName());
        report.put("fmiVersion", description.versionText());
        report.put("description", description.description());
        report.put("generationTool", description.generationTool());
        report.put("interfaces", description.interfaces());
        report.put("platforms", fmu.platforms());
        var experiment = new LinkedHashMap<String, Object>();
        put(experiment, "startTime", description.experiment().start());
        put(experiment, "stopTime", description.experiment().stop());
        put(experiment, "stepSize", description.experiment().stepSize());
        put(experiment, "tolerance", description.experiment().tolerance());
        report.put("defaultExperiment", experiment);
        description.coSimulation().ifPresent(can -> report.put("coSimulation", report(can)));
        report.put(
                "variables",
                description.variables().stream().map(InfoCommand::report).toList());
        return report;
    }

    private static Map<String, Object> report(Capabilities can) {
        var report = new LinkedHashMap<String, Object>();
        report.put("modelIdentifier", can.modelIdentifier());
        report.put("needsExecutionTool", can.needsExecutionTool());
        report.put("variableStepSize", can.variableStepSize());
        put(report, "fixedInternalStepSize", can.fixedInternalStepSize());
        report.put("eventMode", can.eventMode());
        report.put("returnsEarly", can.returnsEarly());
        report.put("oncePerProcess", can.oncePerProcess());
        report.put("savesState", can.savesState());
        return report;
    }

    private static Map<String, Object> report(Variable variable) {
        var report = new LinkedHashMap<String, Object>();
        report.put("name", variable.name());
        report.put("valueReference", variable.reference());
        report.put("type", variable.type().text());
        report.put("dimensions", dimensions(variable));
        report.put("causality", word(variable.causality()));
        report.put("variability", word(variable.variability()));
        report.put("start", variable.start());
        report.put("unit", variable.unit().code());
        finite(report, "min", variable.range().min());
        finite(report, "max", variable.range().max());
        report.put("description", variable.description());
        return report;
    }

    private static void put(Map<String, Object> report, String key, OptionalDouble value) {
        value.ifPresent(v -> report.put(key, v));
    }

    /// JSON knows no infinity.
    private static void finite(Map<String, Object> report, String key, double value) {
        if (Double.isFinite(value)) {
            report.put(key, value);
        }
    }
}
