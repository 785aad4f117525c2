package io.millwright.plc.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.iec61131.Compiler;
import io.millwright.iec61131.check.Checked;
import io.millwright.iec61131.format.Formatter;
import io.millwright.iec61131.interpret.InterpretBackend;
import io.millwright.iec61131.jvm.JvmBackend;
import io.millwright.iec61131.machine.Backend;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.syntax.Dialect;
import io.millwright.iec61131.test.TestResult;
import io.millwright.iec61131.test.TestResult.Outcome;
import io.millwright.iec61131.test.TestRun;
import io.millwright.iec61131.test.TestRunner;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The library is held by tests in its own language; see the files `*_test.st` beside this class.
class ControlLibraryTest {
    private static final List<String> TESTS =
            List.of("pid_test.st", "filters_test.st", "alarms_test.st", "totalizers_test.st", "autotune_test.st");

    private static Source source(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(ControlLibraryTest.class.getResourceAsStream(name), name)) {
            return new Source(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    static Checked compile(List<Source> program) {
        List<Source> all = new ArrayList<>(program);
        all.addAll(ControlLibrary.sources());
        Checked checked = Compiler.compile(all, Dialect.COMMON);
        assertEquals(List.of(), checked.diagnostics());
        return checked;
    }

    @TestFactory
    Stream<DynamicTest> testsInStructuredTextPass() throws IOException {
        List<Source> tests = new ArrayList<>();
        for (String name : TESTS) {
            tests.add(source(name));
        }
        TestRun run = new TestRunner(new JvmBackend(), () -> 0, _ -> {}).run(compile(tests), false);
        assertTrue(run.results().size() >= 55, "found " + run.results().size());
        return run.results().stream().map(ControlLibraryTest::shown);
    }

    private static DynamicTest shown(TestResult result) {
        return DynamicTest.dynamicTest(
                result.title(),
                () -> assertEquals(Outcome.PASSED, result.outcome(), result.message() + " " + result.stack()));
    }

    /// The seam between the back ends: the interpreter, which debugging runs on, gives the same.
    @Test
    void theInterpreterAgrees() throws IOException {
        Backend interpreter = new InterpretBackend();
        List<Source> tests = List.of(source("alarms_test.st"));
        TestRun run = new TestRunner(interpreter, () -> 0, _ -> {}).run(compile(tests), false);
        run.results().forEach(r -> assertEquals(Outcome.PASSED, r.outcome(), r.title() + ": " + r.message()));
    }

    /// `mw st format` would leave the texts as they are.
    @Test
    void theTextsAreLaidOut() {
        for (Source source : ControlLibrary.sources()) {
            assertEquals(Formatter.format(source), source.text(), source.name());
        }
    }

    @Test
    void itKnowsWhatItDeclares() {
        assertTrue(ControlLibrary.declares("pid"));
        assertTrue(ControlLibrary.declares("ALARM_STATE"));
        assertTrue(ControlLibrary.declares("Tune_Report"));
        assertFalse(ControlLibrary.declares("TON"));
    }

    /// IEC 61131-3 alone, without what tools add.
    @Test
    void itIsInTheStandardsLanguage() {
        Checked checked = Compiler.compile(ControlLibrary.sources(), Dialect.STANDARD);
        assertEquals(List.of(), checked.diagnostics());
    }
}
