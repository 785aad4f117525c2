package io.millwright.node.plc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.iec61131.Compiler;
import io.millwright.iec61131.Run;
import io.millwright.iec61131.check.Checked;
import io.millwright.iec61131.jvm.JvmBackend;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.syntax.Dialect;
import io.millwright.iec61131.type.Value;
import io.millwright.iec61131.type.Variable;
import io.millwright.plc.library.ControlLibrary;
import io.millwright.plc.mpc.LinearModel;
import io.millwright.plc.mpc.ModelPredictiveController;
import io.millwright.plc.mpc.MpcSettings;
import io.millwright.plc.mpc.MpcStep;
import io.millwright.process.equations.PiController;
import io.millwright.process.equations.QuadrupleTank;
import io.millwright.process.equations.TankParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// The quadruple tank of K. H. Johansson (IEEE TCST 8(3), 2000), with the point of work, the time constants and
/// the PI settings published there, held by programs of the control library and by a predictive controller.
class QuadrupleTankControlTest {
    private static final TankParameters TANK = TankParameters.MINIMUM_PHASE;

    /// Section II: h⁰ and v⁰ of the minimum-phase setting.
    private static final double[] LEVELS = {12.4, 12.7, 1.8, 1.4};

    private static final double[] VOLTS = {3.00, 3.00};

    private final List<Double> inputs = new ArrayList<>();

    private static Run run(String program) {
        List<Source> sources = new ArrayList<>(ControlLibrary.sources());
        sources.add(new Source("tank.st", program));
        Checked checked = Compiler.compile(sources, Dialect.COMMON);
        assertEquals(List.of(), checked.diagnostics());
        return Run.start(Objects.requireNonNull(checked.program()), new JvmBackend());
    }

    private static void set(Run run, String name, double value) {
        run.slot("p." + name).orElseThrow().set(new Value.Real(value));
    }

    private static double get(Run run, String name) {
        return ((Value.Real) run.slot("p." + name).orElseThrow().value()).value();
    }

    /// Section V: K1 = 3.0, Ti1 = 30, K2 = 2.7, Ti2 = 40 on the measured voltages, 0.5 V/cm. The program must
    /// do what the controllers of the simulation do, which are written independently in another language.
    @Test
    void publishedSettingsHoldTheLevelsAndAgreeWithTheOtherController() {
        Run run = run("""
                PROGRAM p
                VAR
                    level1, level2, set1, set2, pump1, pump2 : LREAL := 3.0;
                    loop1 : PID := (KP := 3.0, TI := 30.0, OUT_MAX := 10.0);
                    loop2 : PID := (KP := 2.7, TI := 40.0, OUT_MAX := 10.0);
                END_VAR
                loop1(SP := set1, PV := level1, MAN := pump1);
                loop2(SP := set2, PV := level2, MAN := pump2);
                END_PROGRAM
                """);
        Variable program = run.instances().getFirst();
        var mine = new QuadrupleTank(TANK, LEVELS);
        var theirs = new QuadrupleTank(TANK, LEVELS);
        var first = new PiController(3.0, 30, 3.0, 0, 10);
        var second = new PiController(2.7, 40, 3.0, 0, 10);
        double apart = 0;
        for (int k = 0; k < 12_000; k++) {
            double set1 = k < 100 ? LEVELS[0] / 2 : 6.7;
            double set2 = k < 6000 ? LEVELS[1] / 2 : 6.0;
            set(run, "set1", set1);
            set(run, "set2", set2);
            set(run, "level1", mine.level(1) / 2);
            set(run, "level2", mine.level(2) / 2);
            run.scan(program, 100_000_000);
            mine.pumpVoltage(1, get(run, "pump1"));
            mine.pumpVoltage(2, get(run, "pump2"));
            mine.step(0.1);
            theirs.pumpVoltage(1, first.step(set1, theirs.level(1) / 2, 0.1));
            theirs.pumpVoltage(2, second.step(set2, theirs.level(2) / 2, 0.1));
            theirs.step(0.1);
            apart = Math.max(apart, Math.abs(mine.level(1) - theirs.level(1)));
            apart = Math.max(apart, Math.abs(mine.level(2) - theirs.level(2)));
        }
        // The first call of the program gives no time to its integral; nothing else may differ.
        assertTrue(apart < 0.01, "levels apart by " + apart + " cm");
        assertEquals(13.4, mine.level(1), 0.02);
        assertEquals(12.0, mine.level(2), 0.02);
    }

    /// The linear model of section II, (4): Ti = Ai/ai √(2 hi/g).
    private static LinearModel linear() {
        var t = new double[4];
        for (int i = 0; i < 4; i++) {
            t[i] = TANK.area(i + 1) / TANK.outlet(i + 1) * Math.sqrt(2 * LEVELS[i] / TANK.gravity());
        }
        double[][] a = {
            {-1 / t[0], 0, TANK.area(3) / (TANK.area(1) * t[2]), 0},
            {0, -1 / t[1], 0, TANK.area(4) / (TANK.area(2) * t[3])},
            {0, 0, -1 / t[2], 0},
            {0, 0, 0, -1 / t[3]}
        };
        double[][] b = {
            {TANK.gamma1() * TANK.k1() / TANK.area(1), 0},
            {0, TANK.gamma2() * TANK.k2() / TANK.area(2)},
            {0, (1 - TANK.gamma2()) * TANK.k2() / TANK.area(3)},
            {(1 - TANK.gamma1()) * TANK.k1() / TANK.area(4), 0}
        };
        double[][] c = {{1, 0, 0, 0}, {0, 1, 0, 0}};
        return LinearModel.sampled(a, b, c, VOLTS, new double[] {LEVELS[0], LEVELS[1]}, 5);
    }

    private static final String PROGRAM = """
            PROGRAM p
            VAR
                sp, level : ARRAY[1..2] OF LREAL := [12.4, 12.7];
                wanted, pump : ARRAY[1..2] OF LREAL := [3.0, 3.0];
                enabled : BOOL;
                outcome : DINT;
                hand : BOOL := TRUE;
                i : INT;
            END_VAR
            FOR i := 1 TO 2 DO
                IF NOT hand THEN
                    pump[i] := wanted[i];
                END_IF;
            END_FOR;
            enabled := NOT hand;
            END_PROGRAM
            """;

    private static MpcStep.Names names() {
        return new MpcStep.Names(
                List.of("p.sp[1]", "p.sp[2]"),
                List.of("p.level[1]", "p.level[2]"),
                List.of("p.wanted[1]", "p.wanted[2]"),
                List.of("p.pump[1]", "p.pump[2]"),
                "p.enabled",
                "p.outcome");
    }

    /// From hand to the controller without a bump; a step of one level within what pumps and levels are
    /// allowed; a leak, which the model does not know, without an offset.
    @Test
    void predictiveControlKeepsTheTanksWithinTheirLimits() {
        Run run = run(PROGRAM);
        Variable program = run.instances().getFirst();
        LinearModel model = linear();
        // √ of the operating point is rounded in the paper; both levels are bounded just above their set points.
        MpcSettings settings = MpcSettings.of(model, 40, 8)
                .weights(new double[] {1, 1}, new double[] {0.5, 0.5})
                .inputs(new double[] {1, 1}, new double[] {5, 5}, new double[] {0.3, 0.3})
                .outputs(new double[] {0, 0}, new double[] {15.2, 13.0}, 1e4)
                .disturbed(MpcSettings.Disturbance.INPUT, 1e-4, 1e-3, 1e-4);
        var step = new MpcStep(run, new ModelPredictiveController(model, settings), names());
        var tank = new QuadrupleTank(TANK, LEVELS);
        double highest1 = 0;
        double highest2 = 0;
        double before = 3;
        int best = 0;
        for (int k = 0; k < 9000; k++) {
            if (k == 600) {
                run.slot("p.hand").orElseThrow().set(new Value.Truth(false));
            }
            if (k == 1000) {
                set(run, "sp[1]", 15.0);
            }
            if (k == 5000) {
                tank.leak(2, 0.01);
            }
            set(run, "level[1]", tank.level(1));
            set(run, "level[2]", tank.level(2));
            step.scan(run.machine().nowNanos());
            run.scan(program, 200_000_000);
            double pump = get(run, "pump[1]");
            assertTrue(pump >= 1 && pump <= 5 && get(run, "pump[2]") >= 1 && get(run, "pump[2]") <= 5);
            assertTrue(Math.abs(pump - before) <= 0.3 + 1e-6, "pump 1 moved from " + before + " to " + pump);
            if (k < 1000) {
                inputs.add(pump);
            }
            before = pump;
            best += run.slot("p.outcome").orElseThrow().value().equals(new Value.Whole(1)) ? 1 : 0;
            tank.pumpVoltage(1, pump);
            tank.pumpVoltage(2, get(run, "pump[2]"));
            tank.step(0.2);
            if (k < 5000) {
                highest1 = Math.max(highest1, tank.level(1));
                highest2 = Math.max(highest2, tank.level(2));
            }
        }
        inputs.forEach(v -> assertEquals(3, v, 0.1, "no bump while the set points are where the levels are"));
        assertEquals(9000 - 601, best, 2, "every plan was the best");
        assertEquals(15.0, tank.level(1), 0.02);
        assertEquals(12.7, tank.level(2), 0.02);
        assertTrue(highest1 <= 15.2 + 0.05, "level 1 rose to " + highest1);
        assertTrue(highest2 <= 13.0 + 0.05, "level 2 rose to " + highest2);
    }

    @Test
    void aVariableThatIsMissingOrOfAnotherTypeIsNamed() {
        Run run = run(PROGRAM);
        var controller = new ModelPredictiveController(linear(), MpcSettings.of(linear(), 5, 2));
        List<String> two = List.of("p.sp[1]", "p.sp[2]");
        says(
                "the program has no variable p.speed of an elementary type;"
                        + " write the path from a global or an instance of a program",
                () -> new MpcStep(
                        run,
                        controller,
                        new MpcStep.Names(two, two, List.of("p.speed", "p.sp[1]"), List.of(), "", "")));
        says(
                "p.i is of type INT; a variable of REAL or LREAL is needed",
                () -> new MpcStep(
                        run, controller, new MpcStep.Names(two, List.of("p.i", "p.i"), two, List.of(), "", "")));
        says(
                "the model has 2 set points, but 1 are named: [p.sp[1]]",
                () -> new MpcStep(run, controller, new MpcStep.Names(List.of("p.sp[1]"), two, two, List.of(), "", "")));
    }

    private static void says(String message, Runnable what) {
        assertEquals(
                message, assertThrows(IllegalArgumentException.class, what::run).getMessage());
    }
}
