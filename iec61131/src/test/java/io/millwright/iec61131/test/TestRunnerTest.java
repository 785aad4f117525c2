package io.millwright.iec61131.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.iec61131.Compiler;
import io.millwright.iec61131.check.Checked;
import io.millwright.iec61131.jvm.JvmBackend;
import io.millwright.iec61131.machine.Trap;
import io.millwright.iec61131.source.Diagnostic;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.syntax.Dialect;
import io.millwright.iec61131.test.TestResult.Outcome;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class TestRunnerTest {
    private static final String PROGRAM = """
            FUNCTION_BLOCK Sensor
            VAR_OUTPUT level : REAL; END_VAR
            level := 7.0;
            END_FUNCTION_BLOCK
            FUNCTION Twice : INT
            VAR_INPUT x : INT; END_VAR
            Twice := x * 2;
            END_FUNCTION
            PROGRAM Control
            VAR sensor : Sensor; n : INT; high : BOOL; END_VAR
            sensor();
            n := Twice(4);
            IF sensor.level > 5.0 THEN
              high := TRUE;
            END_IF;
            END_PROGRAM
            """;

    private static TestRun run(String tests) {
        Checked checked = Compiler.compile(
                List.of(new Source("control.st", PROGRAM), new Source("tests.st", tests)), Dialect.COMMON);
        assertEquals(
                List.of(),
                checked.diagnostics().stream().filter(Diagnostic::isError).toList());
        return new TestRunner(new JvmBackend(), () -> 0, _ -> {}).run(checked, true);
    }

    private static TestResult only(String body) {
        return run("TEST 'it'\n" + body + "\nEND_TEST").results().getFirst();
    }

    private static List<String> errors(String text) {
        return Compiler.compile(List.of(new Source("control.st", PROGRAM), new Source("t.st", text)), Dialect.COMMON)
                .diagnostics()
                .stream()
                .filter(Diagnostic::isError)
                .map(Diagnostic::code)
                .toList();
    }

    private static void passes(String body) {
        TestResult result = only(body);
        assertEquals(Outcome.PASSED, result.outcome(), result.message());
    }

    private static void fails(String message, String body) {
        TestResult result = only(body);
        assertEquals(Outcome.FAILED, result.outcome());
        assertEquals(message, result.message());
    }

    @Test
    void whatHoldsPasses() {
        passes("VAR i : INT := 3; END_VAR ASSERT_EQ(i, 3); ASSERT_NEQ(i, 4); ASSERT_GT(i, 2); ASSERT_GE(i, 3);");
        passes("VAR r : REAL := 0.5; END_VAR ASSERT_LT(r, 1); ASSERT_LE(r, 0.5); ASSERT_NEAR(r, 0.6, 0.11);");
        passes("VAR s : STRING := 'abc'; END_VAR ASSERT_EQ(s, 'abc'); ASSERT_TRUE(s > 'ab'); ASSERT_FALSE(s = 'x');");
    }

    @Test
    void whatDoesNotHoldTellsBothValues() {
        fails("ASSERT_EQ(i + 1, 3): actual 4, expected 3", "VAR i : INT := 3; END_VAR ASSERT_EQ(i + 1, 3);");
        fails("ASSERT_GE(i, 4): actual 3, expected >= 4", "VAR i : INT := 3; END_VAR ASSERT_GE(i, 4);");
        fails("ASSERT_TRUE(b): actual FALSE, expected TRUE", "VAR b : BOOL; END_VAR ASSERT_TRUE(b);");
        fails("ASSERT_EQ(s, 'x'): actual 'abc', expected 'x'", "VAR s : STRING := 'abc'; END_VAR ASSERT_EQ(s, 'x');");
        fails("ASSERT_EQ(c, green): actual red, expected green", "VAR c : (red, green); END_VAR ASSERT_EQ(c, green);");
        fails("ASSERT_EQ(t, T#2s): actual T#1s, expected T#2s", "VAR t : TIME := T#1s; END_VAR ASSERT_EQ(t, T#2s);");
    }

    /// STruC++ has the value that was got first, TcUnit and CfUnit that which is expected.
    @Test
    void inEitherOrderTheConstantIsWhatIsExpected() {
        fails("ASSERT_EQ(3, i + 1): actual 4, expected 3", "VAR i : INT := 3; END_VAR ASSERT_EQ(3, i + 1);");
        fails("ASSERT_NEQ(3, i): actual 3, expected <> 3", "VAR i : INT := 3; END_VAR ASSERT_NEQ(3, i);");
        fails("ASSERT_EQ('x', s): actual 'abc', expected 'x'", "VAR s : STRING := 'abc'; END_VAR ASSERT_EQ('x', s);");
        fails(
                "ASSERT_NEAR(2.0, r, 0.5): actual 1, expected 2, tolerance 0.5",
                "VAR r : REAL := 1.0; END_VAR ASSERT_NEAR(2.0, r, 0.5);");
        fails(
                "ASSERT_EQ(wanted, i + 1): wanted is 5, i + 1 is 4",
                "VAR i : INT := 3; wanted : INT := 5; END_VAR ASSERT_EQ(wanted, i + 1);");
    }

    @Test
    void aMessageOfTheWriterIsShown() {
        fails(
                "ASSERT_EQ(i, 1, 'the count') (the count): actual 0, expected 1",
                "VAR i : INT; END_VAR ASSERT_EQ(i, 1, 'the count');");
    }

    @Test
    void aFailureTellsItsPlaceEvenWithinALoop() {
        TestResult result = only("VAR i : INT; END_VAR\nFOR i := 1 TO 5 DO\n  ASSERT_LT(i, 3);\nEND_FOR");
        assertEquals(List.of(new Trap.Position("TEST 'it'", "tests.st", 4)), result.stack());
        assertEquals("ASSERT_LT(i, 3): actual 3, expected < 3", result.message());
    }

    @Test
    void timeIsVirtual() {
        passes("""
                VAR t : TON; END_VAR
                t(IN := TRUE, PT := T#100ms);
                ADVANCE_TIME(T#99ms);
                t(IN := TRUE);
                ASSERT_FALSE(t.Q);
                ADVANCE_TIME(1000000);
                t(IN := TRUE);
                ASSERT_TRUE(t.Q);
                """);
    }

    @Test
    void eachTestHasFreshInstancesAndTheVariablesOfSetup() {
        TestRun run = run("""
                SETUP
                VAR c : Control; seen : INT; END_VAR
                  seen := 5;
                END_SETUP
                TEST 'first'
                  c(); ASSERT_TRUE(c.high); ASSERT_EQ(seen, 5); seen := 6;
                END_TEST
                TEST 'second'
                  ASSERT_FALSE(c.high); ASSERT_EQ(seen, 5);
                END_TEST
                """);
        assertTrue(run.passed(), run.toString());
    }

    @Test
    void teardownRunsAlsoAfterAFailureAndCanFailItself() {
        String teardown = "TEARDOWN\n  ASSERT_EQ(n, 1);\nEND_TEARDOWN\n";
        TestRun run = run("SETUP VAR n : INT; END_VAR END_SETUP\n" + teardown
                + "TEST 'left as it was'\n n := 2;\nEND_TEST\nTEST 'kept'\n n := 1;\nEND_TEST");
        assertEquals(
                List.of(Outcome.FAILED, Outcome.PASSED),
                run.results().stream().map(TestResult::outcome).toList());
        assertEquals(3, run.results().getFirst().stack().getFirst().line());
    }

    @Test
    void setupAndTeardownStandOnOneLineToo() {
        TestRun run = run("SETUP VAR c : Control; n : INT; END_VAR END_SETUP\nTEARDOWN c(); END_TEARDOWN\n"
                + "TEST 'it' n := 1; ASSERT_EQ(1, n); END_TEST");
        assertTrue(run.passed(), run.toString());
    }

    @Test
    void aMockedInstanceKeepsItsOutputsAndCountsItsCalls() {
        passes("""
                VAR c : Control; other : Control; END_VAR
                MOCK c.sensor;
                c(); c(); other();
                ASSERT_EQ(c.sensor.level, 0.0);
                ASSERT_TRUE(other.high);
                ASSERT_FALSE(c.high);
                MOCK_VERIFY_CALLED(c.sensor);
                MOCK_VERIFY_CALL_COUNT(c.sensor, 2);
                """);
        fails(
                "MOCK_VERIFY_CALLED(c.sensor): it was never called",
                "VAR c : Control; END_VAR MOCK c.sensor; MOCK_VERIFY_CALLED(c.sensor);");
    }

    @Test
    void aMockedFunctionGivesItsValueInThatTestAlone() {
        TestRun run = run("""
                SETUP VAR c : Control; END_VAR END_SETUP
                TEST 'mocked'
                  MOCK_FUNCTION Twice RETURNS 42;
                  c(); ASSERT_EQ(c.n, 42); MOCK_VERIFY_CALL_COUNT(Twice, 1);
                END_TEST
                TEST 'real again'
                  c(); ASSERT_EQ(c.n, 8);
                END_TEST
                """);
        assertTrue(run.passed(), run.toString());
    }

    @Test
    void aTrapIsNoFailedAssertion() {
        TestResult result = only("VAR a : ARRAY[1..3] OF INT; i : INT; END_VAR\na[i] := 4;");
        assertEquals(Outcome.TRAPPED, result.outcome());
        assertEquals(3, result.stack().getFirst().line());
    }

    @Test
    void anEndlessTestCanBeStopped() {
        Checked checked = Compiler.compile(
                List.of(new Source("t.st", "TEST 'endless' WHILE TRUE DO ; END_WHILE END_TEST")), Dialect.COMMON);
        AtomicBoolean done = new AtomicBoolean();
        TestRunner runner = new TestRunner(
                new JvmBackend(),
                () -> 0,
                machine -> Thread.ofPlatform().daemon().start(() -> {
                    // Before it runs there is nothing to stop, so it is told until it heard.
                    while (!done.get()) {
                        machine.stop();
                        Thread.onSpinWait();
                    }
                }));
        TestRun run = runner.run(checked, false);
        done.set(true);
        assertEquals(Outcome.TRAPPED, run.results().getFirst().outcome());
    }

    @Test
    void branchesAreCountedOverAllTests() {
        TestRun run = run("""
                SETUP VAR c : Control; END_VAR END_SETUP
                TEST 'one' c(); END_TEST
                TEST 'two' c(); END_TEST
                """);
        assertEquals(
                List.of(
                        new Branch("Sensor", "control.st", 1, 16, Branch.Kind.CALL, 2),
                        new Branch("Twice", "control.st", 5, 10, Branch.Kind.CALL, 2),
                        new Branch("Control", "control.st", 9, 9, Branch.Kind.CALL, 2),
                        new Branch("Control", "control.st", 13, 1, Branch.Kind.IF, 2),
                        new Branch("Control", "control.st", 13, 1, Branch.Kind.ELSE, 0)),
                run.branches());
    }

    @Test
    void anAssertionThatIsMisspeltHasASuggestion() {
        var checked =
                Compiler.compile(List.of(new Source("t.st", "TEST 'x' ASSERT_TRU(TRUE); END_TEST")), Dialect.COMMON);
        assertEquals(
                List.of("ASSERT_TRU is not declared; did you mean ASSERT_TRUE?"),
                checked.diagnostics().stream().map(Diagnostic::message).toList());
    }

    @Test
    void mistakesAreToldBeforeAnythingRuns() {
        assertEquals(List.of("E620"), errors("TEST 'x' ASSERT_EQ(1); END_TEST"));
        assertEquals(List.of("E621"), errors("TEST 'x' ASSERT_NEAR('a', 'b', 1); END_TEST"));
        assertEquals(List.of("E622"), errors("TEST 'x' VAR i : INT; END_VAR MOCK i; END_TEST"));
        assertEquals(List.of("E623"), errors("TEST 'x' ADVANCE_TIME('a'); END_TEST"));
        assertEquals(List.of("E624"), errors("TEST 'x' MOCK_FUNCTION Sin RETURNS 1.0; END_TEST"));
        assertEquals(List.of("E601"), errors("PROGRAM p VAR s : Sensor; END_VAR MOCK s; END_PROGRAM"));
        assertEquals(List.of("E201"), errors("PROGRAM p ASSERT_TRUE(TRUE); END_PROGRAM"));
    }
}
