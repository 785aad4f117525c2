package io.millwright.node.fmu;

import io.millwright.node.command.ExitStatus;
import io.millwright.node.command.FailedError;
import io.millwright.node.command.Output;
import io.millwright.node.command.TimeSpan;
import io.millwright.node.command.UsageError;
import io.millwright.process.fmi.Causality;
import io.millwright.process.fmi.CoSimulation;
import io.millwright.process.fmi.ExperimentRun;
import io.millwright.process.fmi.Fmu;
import io.millwright.process.fmi.FmuError;
import io.millwright.process.fmi.InstanceSettings;
import io.millwright.process.fmi.LogMessage;
import io.millwright.process.fmi.Plan;
import io.millwright.process.fmi.StartValues;
import io.millwright.process.fmi.Values;
import io.millwright.process.fmi.Variable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `mw fmu run`: runs an FMU by itself.
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        header = "Run an FMU by itself, in virtual time, from the start of its default experiment.",
        description = "This loads native code of whoever made the file, which can do whatever you can: "
                + "run only units that you trust. The exit status is 1 if the unit fails on the way.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  mw fmu run BouncingBall.fmu",
            "  mw fmu run BouncingBall.fmu --stop 3s --step 10ms --set e=0.8 --output ball.csv",
            "  mw fmu run StateSpace.fmu --set \"u=1 2 3\" --json"
        })
final class RunCommand implements Callable<Integer> {

    /// What threads of programs in C have; those of this process are smaller.
    private static final long STACK_BYTES = 8L << 20;

    private static final int MESSAGES_SHOWN_MAX = 20;

    @Mixin
    private final FmuArgument argument = new FmuArgument();

    @Option(
            names = "--stop",
            converter = TimeSpan.class,
            paramLabel = "TIME",
            description = "When to stop, in the model's time (default: where its default experiment does).")
    private Duration stop = Duration.ZERO;

    @Option(
            names = "--step",
            converter = TimeSpan.class,
            paramLabel = "TIME",
            description = "From one communication point to the next (default: the model's, or a 500th of the whole).")
    private Duration step = Duration.ZERO;

    @Option(
            names = "--set",
            paramLabel = "X=VALUE",
            description = "Give a parameter or input a value before the start; an array's with blanks; repeatable.")
    private List<String> settings = new ArrayList<>();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "CSV",
            description = "Write the outputs at every communication point to this file.")
    private Path file = Path.of("");

    @Mixin
    private final Output output = new Output();

    private boolean started;

    @Override
    public Integer call() throws IOException {
        var fmu = argument.open();
        try {
            double end = stop.isZero() ? Double.NaN : stop.toNanos() / 1e9;
            var plan = Plan.of(fmu, end, step.toNanos());
            var starts = StartValues.parse(fmu, texts());
            if (file.toString().isEmpty()) {
                onLargeStack(() -> run(fmu, plan, starts, Writer.nullWriter()));
            } else {
                try (var csv = Files.newBufferedWriter(file)) {
                    onLargeStack(() -> run(fmu, plan, starts, csv));
                }
            }
            return ExitStatus.OK;
        } catch (FmuError e) {
            String message = String.valueOf(e.getMessage());
            throw started ? new FailedError(message) : new UsageError(message);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private Map<String, String> texts() {
        var texts = new LinkedHashMap<String, String>();
        for (var setting : settings) {
            int at = setting.indexOf('=');
            if (at < 0) {
                throw new UsageError("--set " + setting + ": write a name, = and a value, such as e=0.8");
            }
            texts.put(
                    setting.substring(0, at).strip(), setting.substring(at + 1).strip());
        }
        return texts;
    }

    private static void onLargeStack(Runnable work) {
        var task = new FutureTask<>(work, true);
        new Thread(null, task, "fmu", STACK_BYTES).start();
        try {
            boolean done = task.get();
            assert done;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException exception -> throw exception;
                case Error error -> throw error;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }

    private void run(Fmu fmu, Plan plan, SequencedMap<Variable, Values> starts, Writer csv) {
        var shown = fmu.description().of(Causality.OUTPUT);
        var last = new LinkedHashMap<Variable, Values>();
        write(csv, Stream.concat(Stream.of("time"), shown.stream().map(Variable::name)));
        var settings = InstanceSettings.named(fmu.description().modelName());
        var outcome = ExperimentRun.run(fmu, settings, plan, starts, (time, simulation) -> {
            started = true;
            read(simulation, shown, last);
            write(
                    csv,
                    Stream.concat(
                            Stream.of(Double.toString(time)),
                            last.entrySet().stream().map(RunCommand::text)));
        });
        tell(outcome.messages());
        output.json(report(fmu, outcome, last));
        output.text("%s: %s s after %d steps%s%s"
                .formatted(
                        fmu.description().modelName(),
                        outcome.reached(),
                        outcome.steps(),
                        outcome.events() == 0 ? "" : " and " + outcome.events() + " events",
                        outcome.ended() ? "; the model ended its simulation there" : ""));
        last.forEach((variable, values) -> output.text(
                "  " + variable.name() + " = " + String.join(" ", values.texts(variable.type())) + unit(variable)));
    }

    private static void read(CoSimulation simulation, List<Variable> shown, Map<Variable, Values> last) {
        shown.forEach(v -> last.put(v, simulation.get(v)));
    }

    private static String unit(Variable variable) {
        String code = variable.unit().code();
        return code.equals("1") ? "" : " " + code;
    }

    private static String text(Map.Entry<Variable, Values> entry) {
        return String.join(" ", entry.getValue().texts(entry.getKey().type()));
    }

    private static void write(Writer csv, Stream<String> cells) {
        try {
            csv.write(cells.map(RunCommand::quoted).collect(Collectors.joining(",", "", "\n")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// RFC 4180, section 2.
    private static String quoted(String cell) {
        boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }

    private void tell(List<LogMessage> messages) {
        messages.stream()
                .skip(Math.max(0, messages.size() - MESSAGES_SHOWN_MAX))
                .forEach(m -> output.progress(m.status() + " (" + m.category() + "): " + m.text()));
    }

    private static Map<String, Object> report(Fmu fmu, ExperimentRun.Outcome outcome, Map<Variable, Values> last) {
        var outputs = new LinkedHashMap<String, List<String>>();
        last.forEach((variable, values) -> outputs.put(variable.name(), values.texts(variable.type())));
        var report = new LinkedHashMap<String, Object>();
        report.put("modelName", fmu.description().modelName());
        report.put("reached", outcome.reached());
        report.put("ended", outcome.ended());
        report.put("steps", outcome.steps());
        report.put("events", outcome.events());
        report.put("outputs", outputs);
        report.put("messages", outcome.messages());
        return report;
    }
}
