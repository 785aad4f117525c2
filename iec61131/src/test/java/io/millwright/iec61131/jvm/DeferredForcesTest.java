package io.millwright.iec61131.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millwright.iec61131.Programs;
import io.millwright.iec61131.Run;
import io.millwright.iec61131.machine.Slot;
import io.millwright.iec61131.machine.Trap;
import io.millwright.iec61131.type.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Loops over arrays of which elements are forced to 77.
class DeferredForcesTest {
    private static final String DECLARED = """
        FUNCTION fill : INT
        VAR_IN_OUT into : ARRAY[1..4] OF INT; END_VAR
        VAR n : INT; END_VAR
        FOR n := 1 TO 4 DO into[n] := n; END_FOR
        fill := into[2];
        END_FUNCTION
        PROGRAM p
        VAR
          a, b : ARRAY[1..4] OF INT; i, k, last, seen : INT; r : REF_TO INT;
          pairs : ARRAY[1..2] OF ARRAY[1..2] OF INT;
        END_VAR
        %s
        END_PROGRAM
        """;

    /// Runs two scans with elements forced, in all of which they keep the value; one scan after their release.
    private static Run run(String body, String... forced) {
        Run run = start(body, forced);
        for (int scan = 0; scan < 2; scan++) {
            run.scan(run.instances().getFirst(), 0);
            List.of(forced).forEach(name -> assertEquals(77, value(run, name), name));
        }
        return run;
    }

    private static Run start(String body, String... forced) {
        Run run = Run.start(Programs.compiled(DECLARED.formatted(body)), new JvmBackend());
        List.of(forced).forEach(name -> run.force(slot(run, name), new Value.Whole(77)));
        return run;
    }

    private static Slot slot(Run run, String name) {
        return run.slot("p." + name).orElseThrow();
    }

    private static long value(Run run, String name) {
        return slot(run, name).bits();
    }

    @Test
    void whatALoopWritesKeepsItsForce() {
        Run run = run("FOR i := 1 TO 4 DO a[i] := i; END_FOR seen := a[2];", "a[2]", "a[4]");
        assertEquals(77, value(run, "seen"));
        assertEquals(1, value(run, "a[1]"));
        assertEquals(3, value(run, "a[3]"));
        run.release(slot(run, "a[2]"));
        run.scan(run.instances().getFirst(), 0);
        assertEquals(2, value(run, "a[2]"));
        assertEquals(77, value(run, "a[4]"));
    }

    @Test
    void whatALoopReadsIsTheForcedValue() {
        String body = "%s seen := 0; FOR i := 1 TO 4 DO a[i] := i; %s END_FOR";
        String read = "seen := seen + a[i];";
        assertEquals(1 + 77 + 3 + 4, value(run(body.formatted("", read), "a[2]"), "seen"));
        assertEquals(
                1 + 77 + 3 + 4, value(run(body.formatted("", "b[i] := a[i]; seen := seen + b[i];"), "a[2]"), "seen"));
        assertEquals(4 * 77, value(run(body.formatted("r := REF(a[2]);", "seen := seen + r^;"), "a[2]"), "seen"));
        assertEquals(77, value(run(body.formatted("", "IF i = 2 THEN b := a; seen := b[2]; END_IF"), "a[2]"), "seen"));
        assertEquals(77, value(run(body.formatted("", "seen := fill(a);"), "a[2]"), "seen"));
        assertEquals(
                77,
                value(run("FOR i := 1 TO 2 DO pairs[i][2] := i; seen := pairs[1][2]; END_FOR", "pairs[1][2]"), "seen"));
    }

    @Test
    void otherArraysOfTheTypeAreWrittenWhole() {
        Run run = run("FOR i := 1 TO 4 DO a[i] := i; b[i] := 10 * i; END_FOR last := fill(b);", "a[2]");
        assertEquals(2, value(run, "last"));
        assertEquals(2, value(run, "b[2]"));
        assertEquals(77, value(run("seen := fill(a);", "a[2]"), "seen"));
    }

    @Test
    void howeverTheLoopEnds() {
        run("FOR i := 1 TO 4 DO a[i] := i; IF i = 3 THEN EXIT; END_IF END_FOR", "a[2]");
        run("FOR i := 1 TO 4 DO a[i] := i; IF i = 3 THEN RETURN; END_IF END_FOR", "a[2]");
        run("FOR k := 1 TO 3 DO i := 1; WHILE i < 4 DO a[i] := k; i := i + 1; END_WHILE last := a[2]; END_FOR", "a[2]");
        run("FOR k := 1 TO 3 DO FOR i := 1 TO 4 DO a[i] := k; IF k = 2 THEN EXIT; END_IF END_FOR END_FOR", "a[2]");

        Run run = start("FOR i := 1 TO 9 DO a[i] := i; END_FOR", "a[2]");
        assertThrows(Trap.class, () -> run.scan(run.instances().getFirst(), 0));
        assertEquals(77, value(run, "a[2]"));
        assertEquals(4, value(run, "a[4]"));
    }

    /// Two machines of one program share their code; one of them is forced.
    @Test
    void onlyTheMachineThatIsForcedIs() {
        var program =
                Programs.compiled(DECLARED.formatted("FOR i := 1 TO 4 DO a[i] := a[1] * 0 + i; b[i] := i; END_FOR"));
        var backend = new JvmBackend();
        Run forced = Run.start(program, backend);
        Run free = Run.start(program, backend);
        forced.force(slot(forced, "b[2]"), new Value.Whole(77));
        for (Run run : List.of(forced, free, forced, free)) {
            run.scan(run.instances().getFirst(), 0);
        }
        assertEquals(77, value(forced, "b[2]"));
        assertEquals(2, value(free, "b[2]"));
    }
}
