package io.millwright.iec61131.test;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millwright.iec61131.Compiler;
import io.millwright.iec61131.check.Checked;
import io.millwright.iec61131.interpret.InterpretBackend;
import io.millwright.iec61131.jvm.JvmBackend;
import io.millwright.iec61131.machine.Backend;
import io.millwright.iec61131.machine.Surroundings;
import io.millwright.iec61131.machine.Wire;
import io.millwright.iec61131.source.Diagnostic;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.syntax.Dialect;
import io.millwright.iec61131.test.TestResult.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// SIMULATE and MODEL_FAULT on both back ends, with a model that is an integrator: `y` is the sum of `u` times
/// seconds, from `y0`.
class SimulatedTest {
    private static final String PROGRAM = """
            PROGRAM Control
            VAR_INPUT level : LREAL; full : BOOL; percent : USINT; END_VAR
            VAR_OUTPUT pump : REAL; on : BOOL; END_VAR
            VAR rows : ARRAY[1..2] OF LREAL; END_VAR
            pump := 2.0;
            on := TRUE;
            END_PROGRAM
            """;

    private static final class Integrator implements Surroundings {
        private final List<String> said = new ArrayList<>();
        private List<Wire> wires = List.of();
        private double sum;

        @Override
        public void simulate(String model, List<Wire> all) {
            if (!model.equals("integrator")) {
                throw new IllegalArgumentException("there is no " + model);
            }
            wires = all;
            sum = value("y0");
            show();
        }

        private double value(String port) {
            return wires.stream()
                    .filter(w -> w.port().equals(port))
                    .mapToDouble(Wire::value)
                    .sum();
        }

        private void show() {
            wires.stream().filter(Wire::shows).forEach(w -> w.show(sum));
        }

        @Override
        public void fault(String port, String fault) {
            said.add(port + " " + fault);
        }

        @Override
        public void advance(long nanos) {
            sum += (value("u") + value("u2")) * nanos / 1e9;
            show();
        }
    }

    static List<Backend> backends() {
        return List.of(new JvmBackend(), new InterpretBackend());
    }

    private static TestResult run(Backend backend, Integrator around, String body) {
        Checked checked = Compiler.compile(
                List.of(
                        new Source("control.st", PROGRAM),
                        new Source("t.st", "TEST 'it' VAR p : Control; i : INT; END_VAR " + body + " END_TEST")),
                Dialect.COMMON);
        assertEquals(
                List.of(),
                checked.diagnostics().stream().filter(Diagnostic::isError).toList());
        return new TestRunner(backend, () -> 0, m -> m.wiring().to(around))
                .run(checked, true)
                .results()
                .getFirst();
    }

    private static void passes(Backend backend, String body) {
        TestResult result = run(backend, new Integrator(), body);
        assertEquals(Outcome.PASSED, result.outcome(), result.message());
    }

    /// 2 a second from the program's variable, 1 from a constant, from 0.5: the variables that the model shows
    /// are those that the program and the test read, also in a loop.
    @ParameterizedTest
    @MethodSource("backends")
    void aModelLivesInTheTimeOfTheTest(Backend backend) {
        passes(backend, """
                SIMULATE('integrator', u := p.pump, u2 := 1, y0 := 0.5, y => p.level);
                ASSERT_EQ(p.level, 0.5);
                p();
                FOR i := 1 TO 10 DO
                    ADVANCE_TIME(T#1s);
                    ASSERT_NEAR(p.level, 0.5 + 3.0 * i, 1.0E-9);
                    p();
                END_FOR
                p.pump := 0.0;
                ADVANCE_TIME(T#500ms);
                ASSERT_NEAR(p.level, 31.0, 1.0E-9);
                """);
        passes(backend, """
                SIMULATE('integrator', u := p.on, y0 := 12.4, y => p.rows[2], z => p.percent, w => p.full);
                ASSERT_EQ(p.percent, 12);
                ASSERT_TRUE(p.full);
                ADVANCE_TIME(T#1s);
                ASSERT_NEAR(p.rows[2], 12.4, 1.0E-9);
                p();
                ADVANCE_TIME(T#2s);
                ASSERT_NEAR(p.rows[2], 14.4, 1.0E-9);
                ASSERT_EQ(p.rows[1], 0.0);
                """);
    }

    @ParameterizedTest
    @MethodSource("backends")
    void whatAModelCannotDoEndsTheTest(Backend backend) {
        var around = new Integrator();
        TestResult none = run(backend, around, "SIMULATE('press');");
        assertEquals(Outcome.TRAPPED, none.outcome());
        assertEquals("a process model cannot do this: there is no press", none.message());
        TestResult large = run(backend, around, "SIMULATE('integrator', y0 := 256, y => p.percent);");
        assertEquals("a process model cannot do this: y shows 256.0, which its variable cannot hold", large.message());
        run(backend, around, "MODEL_FAULT('y', 'lost');");
        assertEquals(List.of("y lost"), around.said);
    }

    private static List<String> errors(String body) {
        return Compiler.compile(
                        List.of(
                                new Source("control.st", PROGRAM),
                                new Source(
                                        "t.st", "TEST 'x' VAR p : Control; s : STRING; END_VAR " + body + " END_TEST")),
                        Dialect.COMMON)
                .diagnostics()
                .stream()
                .filter(Diagnostic::isError)
                .map(Diagnostic::code)
                .toList();
    }

    @Test
    void argumentsThatAreNoneAreTold() {
        assertEquals(List.of("E625"), errors("SIMULATE();"));
        assertEquals(List.of("E625"), errors("SIMULATE('m', 3);"));
        assertEquals(List.of("E625"), errors("SIMULATE('m', y => );"));
        assertEquals(List.of("E626"), errors("SIMULATE('m', y => s);"));
        assertEquals(List.of("E626"), errors("SIMULATE('m', u := s);"));
        assertEquals(List.of("E209"), errors("SIMULATE('m', y => p.level + 1.0);"));
        assertEquals(List.of("E625"), errors("MODEL_FAULT('y');"));
    }
}
