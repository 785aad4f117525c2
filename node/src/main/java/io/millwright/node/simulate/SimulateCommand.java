package io.millwright.node.simulate;

import io.millwright.node.command.ExitStatus;
import io.millwright.node.command.IoReason;
import io.millwright.node.command.Output;
import io.millwright.node.command.TimeSpan;
import io.millwright.node.command.UsageError;
import io.millwright.node.plc.ProjectArgument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `mw plc simulate`: runs a project against process models, faster than the clock.
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        header = "Run a project against the process models of its plant file, in virtual time.",
        description = {
            "Models stand in the place of devices: see `simulation:` in the plant file. No device is touched and no"
                    + " port opened. The same project, seeds and options give the same values.",
            "The exit status is 1 if the PLC stops in a fault or a model cannot go on."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  mw plc simulate examples/tanks --for 10min --watch levels.Level1,levels.Pump1",
            "  mw plc simulate examples/tanks --set levels.SetPoint1=14.5@1min --csv step.csv",
            "  mw plc simulate examples/tanks --fault tank-1/level:lost@2min..3min --set rig:leak1=0.05@5min",
            "  mw plc simulate press --model press=Press.fmu --trust-fmu --json"
        })
public final class SimulateCommand implements Callable<Integer> {
    @Mixin
    private final Output output = new Output();

    @Mixin
    private final ProjectArgument project = new ProjectArgument();

    @Mixin
    private final ModelOptions models = new ModelOptions();

    @Option(
            names = "--for",
            converter = TimeSpan.class,
            paramLabel = "TIME",
            defaultValue = "10min",
            description = "How long, in virtual time (default ${DEFAULT-VALUE}).")
    private Duration length = Duration.ZERO;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE[@TIME]",
            description = "Change a variable of the program, or an input of a model that no signal drives"
                    + " (MODEL:INPUT), at a time; repeatable.")
    private List<String> sets = new ArrayList<>();

    @Option(
            names = "--watch",
            split = ",",
            paramLabel = "NAME",
            description = "Show variables of the program or outputs of models (MODEL:OUTPUT), at the end and in --csv.")
    private List<String> watched = new ArrayList<>();

    @Option(names = "--csv", paramLabel = "FILE", description = "Write what is watched as it goes, one row at a time.")
    private Path csv = Path.of("");

    @Option(
            names = "--every",
            converter = TimeSpan.class,
            paramLabel = "TIME",
            defaultValue = "100ms",
            description = "How often a row is written (default ${DEFAULT-VALUE}).")
    private Duration every = Duration.ZERO;

    @Override
    public Integer call() throws IOException {
        if (length.isZero() || every.isZero()) {
            throw new UsageError("--for and --every take a time above 0, e.g. 10min");
        }
        if (!csv.toString().isEmpty() && watched.isEmpty()) {
            throw new UsageError("--csv writes what --watch names, and that is nothing");
        }
        var read = project.read();
        SimulationReport report = LargeStack.call(() -> {
            try (var run = VirtualRun.of(read.control(), models.start(read.plant(), read.folder()))) {
                return run(read.plant().name(), run);
            }
        });
        output.text(report.text());
        output.json(report);
        return report.fault() == null ? ExitStatus.OK : ExitStatus.FAILED;
    }

    private SimulationReport run(String name, VirtualRun run) throws IOException {
        var experiment = new Experiment(run);
        sets.forEach(experiment::set);
        watched.forEach(experiment::watch);
        long before = System.nanoTime();
        try (Writer rows = csv.toString().isEmpty() ? Writer.nullWriter() : opened()) {
            List<String> head = new ArrayList<>(List.of("time"));
            head.addAll(experiment.names());
            write(rows, head);
            experiment.run(length, every, row -> write(rows, row));
        } catch (UncheckedIOException e) {
            throw new UsageError("--csv " + csv + ": " + IoReason.of(reason(e)));
        }
        return SimulationReport.of(name, run, experiment, System.nanoTime() - before);
    }

    private Writer opened() {
        try {
            return Files.newBufferedWriter(csv);
        } catch (IOException e) {
            throw new UsageError("--csv " + csv + " cannot be written: " + IoReason.of(e));
        }
    }

    private static IOException reason(UncheckedIOException e) {
        IOException cause = e.getCause();
        return cause == null ? new IOException(e) : cause;
    }

    private static void write(Writer csv, List<String> cells) {
        try {
            csv.write(cells.stream().map(SimulateCommand::quoted).collect(Collectors.joining(",", "", "\n")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// RFC 4180, section 2.
    private static String quoted(String cell) {
        boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }
}
