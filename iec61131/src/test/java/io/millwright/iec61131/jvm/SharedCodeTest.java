package io.millwright.iec61131.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.iec61131.Session;
import io.millwright.iec61131.ir.Program;
import io.millwright.iec61131.machine.Machine;
import io.millwright.iec61131.machine.PreparedForces;
import io.millwright.iec61131.machine.Slot;
import io.millwright.iec61131.machine.Step;
import io.millwright.iec61131.machine.Trap;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.syntax.Dialect;
import io.millwright.iec61131.type.UnitType;
import io.millwright.iec61131.type.Value;
import io.millwright.iec61131.type.Variable;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Machines of a program and of one that it was edited to, side by side: each does what its own text says,
/// though they share the code of what was not edited.
class SharedCodeTest {
    private static final String TEXT = """
            FUNCTION Twice : INT VAR_INPUT x : INT; END_VAR Twice := 2 * x; END_FUNCTION
            FUNCTION_BLOCK Count VAR n : INT; END_VAR n := n + 1; END_FUNCTION_BLOCK
            FUNCTION_BLOCK Outer VAR inner : Count; y : INT; END_VAR inner(); y := Twice(inner.n); END_FUNCTION_BLOCK
            PROGRAM Main
            VAR out : Outer; other : Count; i : DINT; END_VAR
            other();
            out();
            FOR i := 1 TO 10 DO ; END_FOR
            END_PROGRAM
            """;

    private final Session session = new Session(Dialect.COMMON);

    private Program compile(String text) {
        session.put(new Source("t.st", text));
        return Objects.requireNonNull(session.compile().program());
    }

    private static Variable main(Program program) {
        return program.globals().stream()
                .filter(g -> g.name().equalsIgnoreCase("Main"))
                .findFirst()
                .orElseThrow();
    }

    private static Slot slot(Machine machine, Program program, String... names) {
        var at = main(program);
        var steps = new ArrayList<Step>(List.of(new Step.Member(at)));
        for (String name : names) {
            var unit = (UnitType) at.type().resolved();
            at = unit.allVariables().stream()
                    .filter(v -> v.name().equalsIgnoreCase(name))
                    .findFirst()
                    .orElseThrow();
            steps.add(new Step.Member(at));
        }
        return machine.slot(String.join(".", names), steps, at.type());
    }

    @Test
    void eachRunsItsOwnText() {
        Program first = compile(TEXT);
        Machine a = new JvmBackend().start(first);
        a.run(main(first));
        Program second = compile(TEXT.replace("2 * x", "3 * x"));
        Machine b = a.another(second);
        Program third = compile(TEXT.replace("2 * x", "3 * x").replace("n + 1", "n + 10"));
        Machine c = b.another(third);
        for (int i = 0; i < 3; i++) {
            a.run(main(first));
            b.run(main(second));
            c.run(main(third));
        }
        assertSame(a.getClass(), c.getClass());
        assertEquals(8, slot(a, first, "out", "y").bits());
        assertEquals(9, slot(b, second, "out", "y").bits());
        assertEquals(90, slot(c, third, "out", "y").bits());
        assertEquals(30, slot(c, third, "other", "n").bits());
    }

    @Test
    void whatIsForcedInOneIsNotInTheOther() {
        Program first = compile(TEXT);
        Machine a = new JvmBackend().start(first);
        a.run(main(first));
        Program second = compile(TEXT.replace("2 * x", "3 * x"));
        Machine b = a.another(second);
        a.force(slot(a, first, "out", "inner", "n"), new Value.Whole(5), PreparedForces.NONE);
        for (int i = 0; i < 3; i++) {
            a.run(main(first));
            b.run(main(second));
        }
        assertEquals(10, slot(a, first, "out", "y").bits());
        assertEquals(9, slot(b, second, "out", "y").bits());
        b.force(slot(b, second, "out", "inner", "n"), new Value.Whole(7), PreparedForces.NONE);
        a.run(main(first));
        b.run(main(second));
        assertEquals(10, slot(a, first, "out", "y").bits());
        assertEquals(21, slot(b, second, "out", "y").bits());
        a.release("out.inner.n", PreparedForces.NONE);
        a.run(main(first));
        b.run(main(second));
        assertEquals(12, slot(a, first, "out", "y").bits());
        assertEquals(21, slot(b, second, "out", "y").bits());
    }

    @Test
    void anEndlessLoopOfOneIsStoppedAndTheOtherGoesOn() {
        Program first = compile(TEXT);
        Machine a = new JvmBackend().start(first);
        a.run(main(first));
        Program second = compile(TEXT.replace("Twice := 2 * x;", "WHILE x > 0 DO Twice := x; END_WHILE"));
        Machine b = a.another(second);
        var stopper = Thread.ofVirtual().unstarted(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                b.stop();
                Thread.onSpinWait();
            }
        });
        stopper.start();
        Trap trap = assertThrows(Trap.class, () -> b.run(main(second)));
        stopper.interrupt();
        assertEquals(Trap.Kind.STOPPED, trap.kind());
        a.run(main(first));
        assertEquals(4, slot(a, first, "out", "y").bits());
    }

    /// Which method an instance runs is known to its class: methods that are called so are not shared.
    @Test
    void methodsThroughInterfacesAreThoseOfTheOwnText() {
        String text = """
                INTERFACE Source METHOD Get : INT END_METHOD END_INTERFACE
                FUNCTION_BLOCK One IMPLEMENTS Source METHOD PUBLIC Get : INT Get := 1; END_METHOD END_FUNCTION_BLOCK
                PROGRAM Main
                VAR one : One; source : Source; y : INT; END_VAR
                source := one; y := source.Get();
                END_PROGRAM
                """;
        Program first = compile(text);
        Machine a = new JvmBackend().start(first);
        a.run(main(first));
        Program second = compile(text.replace("Get := 1", "Get := 2"));
        Machine b = a.another(second);
        b.run(main(second));
        a.run(main(first));
        assertNotSame(a.getClass(), b.getClass());
        assertEquals(1, slot(a, first, "y").bits());
        assertEquals(2, slot(b, second, "y").bits());
    }

    private static final String EDITED = """
        FUNCTION Late : INT VAR_INPUT x : INT; END_VAR Late := x + 100; END_FUNCTION
        FUNCTION_BLOCK Kept
        VAR n : INT; late : BOOL; y : INT; END_VAR
        n := n + 1;
        IF late THEN y := Late(n); END_IF
        END_FUNCTION_BLOCK
        FUNCTION Odd : INT VAR_INPUT x : INT; END_VAR Odd := x + 1001; END_FUNCTION
        FUNCTION Even : INT VAR_INPUT x : INT; END_VAR Even := x + 1002; END_FUNCTION
        PROGRAM Main VAR kept : Kept; z : INT; END_VAR kept(); z := Odd(1) + Even(1); END_PROGRAM
        """;

    /// A machine of the text in a later version, in which one of two functions is another one than in the
    /// version before, after one scan.
    private Machine edited(@Nullable Machine before, int version, List<WeakReference<Program>> programs) {
        Program program = compile(EDITED.replace("1001", Integer.toString((version + 1) / 2))
                .replace("1002", Integer.toString(version / 2)));
        programs.add(new WeakReference<>(program));
        Machine machine = before == null ? new JvmBackend().start(program) : before.another(program);
        machine.run(main(program));
        return machine;
    }

    /// Code that later programs call finds what it calls, even for the first time, and looks out for forced
    /// variables when the programs are gone that had it before. The first one stays with the classes.
    @Test
    void codeOutlivesTheProgramsThatHadIt() {
        List<WeakReference<Program>> programs = new ArrayList<>();
        Machine machine = edited(null, 0, programs);
        for (int version = 1; version <= 6; version++) {
            machine = edited(machine, version, programs);
        }
        System.gc();
        assertEquals(
                List.of(true, true, true, true, true, false),
                programs.stream().skip(1).map(p -> p.get() == null).toList());
        Program last = Objects.requireNonNull(programs.getLast().get());
        slot(machine, last, "kept", "late").set(new Value.Truth(true));
        machine.run(main(last));
        assertEquals(1 + 3 + 1 + 3, slot(machine, last, "z").bits());
        assertEquals(102, slot(machine, last, "kept", "y").bits());
        machine.force(slot(machine, last, "kept", "n"), new Value.Whole(5), PreparedForces.NONE);
        machine.run(main(last));
        machine.run(main(last));
        assertEquals(105, slot(machine, last, "kept", "y").bits());
        machine.release("kept.n", PreparedForces.NONE);
        machine.run(main(last));
        assertEquals(106, slot(machine, last, "kept", "y").bits());
    }

    /// Each function that is taken away leaves its declaration behind, and so the text that it stood in. There
    /// is an end to that.
    @Test
    void aProgramStartsAnewWhereManyFunctionsAreGone() {
        Program program = compile(TEXT);
        Machine machine = new JvmBackend().start(program);
        int classes = 1;
        for (int i = 0; i < 50; i++) {
            program = compile(TEXT.replace("Twice", "Twice" + i));
            Machine next = machine.another(program);
            next.run(main(program));
            assertEquals(2, slot(next, program, "out", "y").bits());
            classes += next.getClass() == machine.getClass() ? 0 : 1;
            machine = next;
        }
        // After each twenty of them.
        assertEquals(3, classes);
    }

    /// What a program knows of its variables is forgotten with it.
    @Test
    void changesDoNotKeepWhatEarlierProgramsKnewOfTheirVariables() {
        int changes = 60;
        var text = new StringBuilder();
        for (int i = 0; i < changes; i++) {
            text.append(
                    "FUNCTION F%1$d : INT VAR_INPUT x : INT; END_VAR F%1$d := x + 1000; END_FUNCTION\n".formatted(i));
        }
        text.append("PROGRAM Main VAR y : INT;\n");
        for (int i = 0; i < 10_000; i++) {
            text.append("v%d : DINT;\n".formatted(i));
        }
        text.append("END_VAR\n");
        for (int i = 0; i < changes; i++) {
            text.append("y := F%d(y);\n".formatted(i));
        }
        text.append("END_PROGRAM\n");
        String now = text.toString();
        Machine machine = machine(null, now);
        long before = heap();
        for (int i = 0; i < changes; i++) {
            now = now.replace("F%d := x + 1000".formatted(i), "F%d := x + 1".formatted(i));
            machine = machine(machine, now);
        }
        long grown = heap() - before;
        assertTrue(grown < 25_000_000, "%d changes keep %d bytes".formatted(changes, grown));
        Reference.reachabilityFence(machine);
    }

    /// A machine whose variables were all asked for, after one scan.
    private Machine machine(@Nullable Machine earlier, String text) {
        Program program = compile(text);
        Machine machine = earlier == null ? new JvmBackend().start(program) : earlier.another(program);
        Variable main = main(program);
        machine.run(main);
        for (Variable variable : ((UnitType) main.type().resolved()).allVariables()) {
            machine.slot(variable.name(), List.of(new Step.Member(main), new Step.Member(variable)), variable.type());
        }
        return machine;
    }

    private static long heap() {
        System.gc();
        var runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
