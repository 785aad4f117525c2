package io.millwright.node.st;

import io.millwright.iec61131.Run;
import io.millwright.iec61131.VariablePath;
import io.millwright.iec61131.check.Checked;
import io.millwright.iec61131.ir.Program;
import io.millwright.iec61131.jvm.JvmBackend;
import io.millwright.iec61131.machine.Slot;
import io.millwright.iec61131.machine.Trap;
import io.millwright.iec61131.source.Diagnostic;
import io.millwright.iec61131.type.Signature;
import io.millwright.iec61131.type.Value;
import io.millwright.iec61131.type.Variable;
import io.millwright.node.command.ExitStatus;
import io.millwright.node.command.Output;
import io.millwright.node.command.TimeSpan;
import io.millwright.node.command.UsageError;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `mw st run`: runs a program in virtual time.
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        header = "Run a program for a number of scans, in virtual time.",
        description = "Time moves by one cycle after each scan, as fast as the machine can. "
                + "The exit status is 1 if the program does not compile or traps.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  mw st run dosing.st --program dosing --scans 100 --dump",
            "  mw st run dosing.st --scans 1000 --cycle 10ms --set level=1.5 --dump --json",
            "  mw st run gcd.st --entry main"
        })
final class RunCommand implements Callable<Integer> {
    private static final int CALLERS_MAX = 10;

    @Mixin
    private final Texts texts = new Texts();

    @Option(
            names = "--program",
            paramLabel = "P",
            defaultValue = "",
            description = "The program, or the instance of a configuration, to run; needed where there are several.")
    private String program = "";

    @Option(names = "--scans", paramLabel = "N", defaultValue = "1", description = "How many scans (default 1).")
    private long scans;

    @Option(
            names = "--cycle",
            paramLabel = "TIME",
            converter = TimeSpan.class,
            defaultValue = "10ms",
            description = "How far time moves after each scan, such as 10ms (default ${DEFAULT-VALUE}).")
    private Duration cycle = Duration.ZERO;

    @Option(
            names = "--set",
            paramLabel = "X=VALUE",
            description = "Give a variable of the program, or a global, a value before the first scan, also an "
                    + "element, tank.levels[2]; with --entry, an input of the function; repeatable.")
    private List<String> settings = new ArrayList<>();

    @Option(
            names = "--force",
            paramLabel = "X=VALUE",
            description = "Let a variable keep a value, whatever the program writes: of the program, a global, "
                    + "or of the process image; also an element, tank.levels[2]; repeatable.")
    private List<String> forces = new ArrayList<>();

    @Option(
            names = "--dump",
            description = "Show the variables of the program after the last scan, or as a trap left them.")
    private boolean dump;

    @Option(
            names = "--entry",
            paramLabel = "F",
            defaultValue = "",
            description = "Call this function once instead, and exit with its result.")
    private String entry = "";

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() throws IOException {
        if (scans < 0) {
            throw new UsageError("--scans %d: write how many, 0 or more".formatted(scans));
        }
        Checked checked = texts.compile();
        checked.diagnostics().stream().filter(Diagnostic::isError).forEach(d -> output.progress(Findings.text(d)));
        Program compiled = checked.program();
        if (compiled == null) {
            return ExitStatus.FAILED;
        }
        Run run = Run.start(compiled, new JvmBackend());
        run.machine().output(output::piece);
        try {
            return entry.isEmpty() ? scan(run) : enter(run);
        } catch (Trap trap) {
            output.progress("mw: " + trap.getMessage());
            trap.stack().stream().skip(1).limit(CALLERS_MAX).forEach(p -> output.progress("    called from " + p));
            int more = trap.stack().size() - 1 - CALLERS_MAX;
            if (more > 0) {
                output.progress("    and so on, from " + more + " places more");
            }
            return ExitStatus.FAILED;
        }
    }

    private int enter(Run run) {
        Signature function =
                run.function(entry).orElseThrow(() -> new UsageError("--entry: the program has no function " + entry));
        if (!forces.isEmpty() || !program.isEmpty()) {
            throw new UsageError("--entry: calls a function alone; leave out --force and --program");
        }
        Value result = run.machine().call(function, arguments(function));
        Variable named = function.result();
        if (named != null && (dump || output.json())) {
            var entry = new Dump.Entry(named.name(), named.type().name(), Dump.shown(named.type(), result));
            output.text(entry.text());
            output.json(List.of(entry));
        }
        return switch (result) {
            case Value.Whole(long value) -> (int) value;
            case Value.Truth(boolean value) -> value ? 1 : 0;
            default -> ExitStatus.OK;
        };
    }

    /// A value for each input: what is set, else that of the declaration.
    private List<Value> arguments(Signature function) {
        List<Variable> inputs = function.parameters(Variable.Role.INPUT).toList();
        if (function.parameters(Variable.Role.IN_OUT).findAny().isPresent()) {
            throw new UsageError("--entry: " + entry + " has VAR_IN_OUT, for which there is no variable here");
        }
        List<Value> values =
                new ArrayList<>(inputs.stream().map(Variable::initial).toList());
        for (String setting : settings) {
            Named.Given given = Named.Given.of("--set", setting);
            List<String> names = inputs.stream().map(Variable::name).toList();
            int at = 0;
            while (at < names.size() && !names.get(at).equalsIgnoreCase(given.name())) {
                at++;
            }
            if (at == names.size()) {
                String known = names.isEmpty() ? "it has none" : "it has " + String.join(", ", names);
                throw new UsageError("--set: " + entry + " has no input " + given.name() + "; " + known);
            }
            values.set(at, Setting.value("--set", inputs.get(at).type(), given.value(), given.name()));
        }
        return values;
    }

    private int scan(Run run) {
        Variable instance = instance(run);
        var named = new Named(run, instance);
        for (String setting : settings) {
            Named.Given given = Named.Given.of("--set", setting);
            Slot slot = named.writable("--set", given.name());
            slot.set(Setting.value("--set", slot.type(), given.value(), given.name()));
        }
        for (String force : forces) {
            Named.Given given = Named.Given.of("--force", force);
            Slot slot = named.writable("--force", given.name());
            run.force(slot, Setting.value("--force", slot.type(), given.value(), given.name()));
        }
        run.forces()
                .forEach(f -> output.progress("forced: " + f.slot().name() + " = "
                        + Dump.shown(f.slot().type(), f.value())));
        try {
            for (long i = 0; i < scans; i++) {
                run.scan(instance, cycle.toNanos());
            }
        } catch (Trap trap) {
            show(run, instance);
            throw trap;
        }
        show(run, instance);
        return ExitStatus.OK;
    }

    private void show(Run run, Variable instance) {
        if (dump || output.json()) {
            List<Dump.Entry> entries = Dump.of(run, new VariablePath(List.of(instance)));
            entries.forEach(e -> output.text(e.text()));
            output.json(entries);
        }
    }

    private Variable instance(Run run) {
        List<Variable> all = run.instances();
        if (program.isEmpty() && all.size() == 1) {
            return all.getFirst();
        }
        String names = all.stream().map(Variable::name).collect(Collectors.joining(", "));
        if (program.isEmpty()) {
            throw new UsageError(
                    all.isEmpty() ? "there is no PROGRAM in these files" : "write --program with one of " + names);
        }
        return run.instance(program)
                .orElseThrow(() -> new UsageError("--program: there is no " + program + "; there are " + names));
    }
}
