package io.millwright.iec61131.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.iec61131.Run;
import io.millwright.iec61131.Session;
import io.millwright.iec61131.machine.Machine;
import io.millwright.iec61131.machine.PreparedForces;
import io.millwright.iec61131.machine.Slot;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.syntax.Dialect;
import io.millwright.iec61131.type.Value;
import java.lang.invoke.MethodHandle;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Issue 5: the thread that scans writes no code where another one has done it before: it would miss scans.
class PreparationTest {
    private static final String TEXT = """
            FUNCTION Twice : INT VAR_INPUT x : INT; END_VAR Twice := 2 * x; END_FUNCTION
            FUNCTION Never : INT VAR_INPUT x : INT; END_VAR Never := x; END_FUNCTION
            FUNCTION_BLOCK Count VAR n : INT; END_VAR n := n + 1; END_FUNCTION_BLOCK
            INTERFACE Doer METHOD Act END_METHOD END_INTERFACE
            CLASS Worker IMPLEMENTS Doer METHOD PUBLIC Act END_METHOD END_CLASS
            PROGRAM Main
            VAR a, b : Count; y : INT; w : Worker; d : Doer; END_VAR
            a(); b(); y := Twice(a.n);
            d := w; d.Act();
            END_PROGRAM
            """;

    private Run run;
    private Machine machine;

    @BeforeEach
    void start() {
        var session = new Session(Dialect.COMMON);
        session.put(new Source("t.st", TEXT));
        run = Run.start(Objects.requireNonNull(session.compile().program()), new JvmBackend());
        machine = run.machine();
    }

    private Slot slot(String path) {
        return run.slot(path).orElseThrow();
    }

    private void scan() {
        run.scan(run.instance("Main").orElseThrow(), 10_000_000);
    }

    private ForcedCode with(String path) {
        return (ForcedCode) machine.prepare(machine.forces().with(slot(path)));
    }

    private ForcedCode without(String path) {
        return (ForcedCode) machine.prepare(machine.forces().without(slot(path).name()));
    }

    private static Set<MethodHandle> written(ForcedCode code) {
        return code.routines().values().stream()
                .flatMap(Optional::stream)
                .map(ForcedCode.Written::handle)
                .collect(Collectors.toSet());
    }

    private static Set<MethodHandle> targets(ForcedCode code) {
        return code.routines().keySet().stream().map(r -> r.site().getTarget()).collect(Collectors.toSet());
    }

    /// Without: none was written before the first scan.
    @Test
    void whatAProgramMayCallIsThereBeforeItRuns() {
        assertTrue(with("Main.y").routines().isEmpty());
        machine.prepareRun(run.instance("Main").orElseThrow());
        assertEquals(
                Set.of("Main", "Twice", "Count", "Worker.Act"),
                with("Main.y").routines().keySet().stream()
                        .map(r -> r.routine().signature().qualifiedName())
                        .collect(Collectors.toSet()));
    }

    @Test
    void whatWasWrittenBeforeIsTaken() {
        scan();
        Set<MethodHandle> plain = targets(with("Main.a.n"));
        ForcedCode forced = with("Main.a.n");
        assertEquals(1, written(forced).size(), "that of Count alone writes it");
        machine.force(slot("Main.a.n"), new Value.Whole(7), forced);
        assertTrue(targets(forced).containsAll(written(forced)));
        scan();
        assertEquals(7, slot("Main.a.n").bits());
        assertEquals(14, slot("Main.y").bits());
        assertEquals(2, slot("Main.b.n").bits());

        ForcedCode free = without("Main.a.n");
        assertEquals(Set.of(), written(free), "it has the code without from before");
        assertTrue(machine.release("Main.a.n", free));
        assertEquals(plain, targets(free));
        scan();
        assertEquals(8, slot("Main.a.n").bits());
    }

    /// What was made ready for other forces than there are is of no use, and does no harm.
    @Test
    void whatWasWrittenForOthersIsNot() {
        scan();
        ForcedCode forA = with("Main.a.n");
        ForcedCode forB = with("Main.b.n");
        machine.force(slot("Main.b.n"), new Value.Whole(50), forA);
        scan();
        assertEquals(2, slot("Main.a.n").bits());
        assertEquals(50, slot("Main.b.n").bits());
        machine.force(slot("Main.a.n"), new Value.Whole(9), forB);
        scan();
        assertEquals(9, slot("Main.a.n").bits());
        assertEquals(50, slot("Main.b.n").bits());
        ForcedCode now = with("Main.y");
        assertFalse(targets(now).contains(written(forA).iterator().next()));
        assertTrue(machine.release("Main.b.n", PreparedForces.NONE));
        scan();
        assertEquals(9, slot("Main.a.n").bits());
        assertEquals(51, slot("Main.b.n").bits());
    }
}
