package io.millwright.node.st;

import io.millwright.iec61131.check.Checked;
import io.millwright.iec61131.jvm.JvmBackend;
import io.millwright.iec61131.machine.Machine;
import io.millwright.iec61131.source.Diagnostic;
import io.millwright.iec61131.test.TestRun;
import io.millwright.iec61131.test.TestRunner;
import io.millwright.node.command.ExitStatus;
import io.millwright.node.command.Output;
import io.millwright.node.command.TimeSpan;
import io.millwright.node.command.UsageError;
import io.millwright.node.simulate.LargeStack;
import io.millwright.node.simulate.Models;
import io.millwright.node.simulate.TestModels;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `mw st test`: runs tests that are written in Structured Text.
@Command(
        name = "test",
        mixinStandardHelpOptions = true,
        header = "Run the tests of a program: TEST … END_TEST beside it or in files of their own.",
        description =
                "Every test runs on a fresh machine and in virtual time, with the process models that it simulates. "
                        + "The exit status is 1 if a test fails or something does not compile.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  mw st test dosing.st dosing_test.st --coverage",
            "  mw st test project/ --format junit > report.xml"
        })
final class TestCommand implements Callable<Integer> {
    enum Format {
        TEXT,
        JUNIT,
        TAP
    }

    @Mixin
    private final Texts texts = new Texts();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description =
                    "text, junit (the XML that build servers read) or tap (version 14); default ${DEFAULT-VALUE}. "
                            + "See also --json.")
    private Format format = Format.TEXT;

    @Option(names = "--coverage", description = "Tell which branches the tests reach, for each function and block.")
    private boolean coverage;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = TimeSpan.class,
            defaultValue = "10s",
            description = "How long one test may run, on a clock, such as 30s (default ${DEFAULT-VALUE}).")
    private Duration timeout = Duration.ZERO;

    @Option(
            names = "--trust-fmu",
            description = "Let tests simulate functional mock-up units: native code of whoever made them, which can do"
                    + " whatever you can.")
    private boolean trusted;

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() throws IOException {
        Checked checked = texts.compile();
        checked.diagnostics().stream().filter(Diagnostic::isError).forEach(d -> output.progress(Findings.text(d)));
        if (checked.program() == null) {
            return ExitStatus.FAILED;
        }
        if (checked.tests().isEmpty()) {
            throw new UsageError("there is no TEST in these files; write TEST 'what holds' … END_TEST");
        }
        TestRun run = run(checked);
        switch (format) {
            case TEXT -> output.text(TestReports.text(run));
            case JUNIT -> output.text(TestReports.junit(run));
            case TAP -> output.text(TestReports.tap(run));
        }
        if (coverage && format == Format.TEXT) {
            output.text(CoverageReport.text(run.branches()));
        }
        output.json(TestReports.json(run, coverage));
        return run.passed() ? ExitStatus.OK : ExitStatus.FAILED;
    }

    private TestRun run(Checked checked) {
        return trusted ? LargeStack.call(() -> runHere(checked)) : runHere(checked);
    }

    private TestRun runHere(Checked checked) {
        AtomicReference<@Nullable Future<?>> pending = new AtomicReference<>();
        try (ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
                        Thread.ofVirtual().factory());
                var models = new TestModels(new Models(texts.folder(), trusted))) {
            var runner = new TestRunner(new JvmBackend(), System::nanoTime, machine -> {
                models.clear();
                machine.wiring().to(models);
                pending.set(stopLater(clock, machine, pending.get()));
            });
            TestRun run = runner.run(checked, coverage);
            clock.shutdownNow();
            return run;
        }
    }

    private Future<?> stopLater(ScheduledExecutorService clock, Machine machine, @Nullable Future<?> earlier) {
        if (earlier != null) {
            earlier.cancel(false);
        }
        return clock.schedule(machine::stop, timeout.toNanos(), TimeUnit.NANOSECONDS);
    }
}
