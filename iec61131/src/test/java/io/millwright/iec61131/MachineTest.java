package io.millwright.iec61131;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.millwright.iec61131.interpret.InterpretBackend;
import io.millwright.iec61131.ir.Program;
import io.millwright.iec61131.jvm.JvmBackend;
import io.millwright.iec61131.machine.Backend;
import io.millwright.iec61131.machine.Machine;
import io.millwright.iec61131.machine.Trap;
import io.millwright.iec61131.type.Value;
import io.millwright.iec61131.type.Variable;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What a machine does beside giving right values: it stops, it traps again and again, it allocates nothing.
class MachineTest {
    private static final long LIMIT_SECONDS = 60;

    static List<Backend> backends() {
        return List.of(new JvmBackend(), new InterpretBackend());
    }

    private static Variable instance(Program program) {
        return Run.start(program, new InterpretBackend()).instance("p").orElseThrow();
    }

    private static Value read(Program program, Machine machine, String name) {
        VariablePath path =
                Run.start(program, new InterpretBackend()).find(name).orElseThrow();
        return machine.read(path.steps(), -1);
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "it did not come so far");
            Thread.onSpinWait();
        }
    }

    private static CompletableFuture<Void> started(Machine machine, Variable instance) {
        return CompletableFuture.runAsync(
                () -> machine.run(instance), run -> Thread.ofPlatform().daemon().start(run));
    }

    private static final String ENDLESS = """
            PROGRAM p
            VAR rounds : LINT; endless : BOOL := TRUE; scans : INT; END_VAR
            scans := scans + 1;
            WHILE endless DO
              %MX0.0 := TRUE;
              rounds := rounds + 1;
              IF rounds < 0 THEN EXIT; END_IF;
            END_WHILE;
            END_PROGRAM
            """;

    @ParameterizedTest
    @MethodSource("backends")
    void anEndlessLoopIsStoppedFromOutsideAndTheMachineRunsAgain(Backend backend) throws Exception {
        Program program = Programs.compiled(ENDLESS);
        Machine machine = backend.start(program);
        Variable instance = instance(program);
        for (int i = 1; i <= 3; i++) {
            machine.memory()[0] = 0;
            CompletableFuture<Void> running = started(machine, instance);
            await(() -> machine.memory()[0] != 0);
            machine.stop();
            ExecutionException ended =
                    assertThrows(ExecutionException.class, () -> running.get(LIMIT_SECONDS, TimeUnit.SECONDS));
            Trap trap = (Trap) ended.getCause();
            assertEquals(Trap.Kind.STOPPED, trap.kind());
            assertEquals(4, trap.stack().getFirst().line());
            assertEquals(new Value.Whole(i), read(program, machine, "p.scans"));
        }
        machine.stop();
        VariablePath endless =
                Run.start(program, new InterpretBackend()).find("p.endless").orElseThrow();
        machine.write(endless.steps(), -1, new Value.Truth(false));
        machine.run(instance);
        assertEquals(new Value.Whole(4), read(program, machine, "p.scans"));
    }

    @Test
    void stoppingOneMachineLeavesAnotherOfTheSameProgramAlone() throws Exception {
        Program program = Programs.compiled(ENDLESS);
        List<Machine> machines = new JvmBackend().start(program, 2);
        Variable instance = instance(program);
        List<CompletableFuture<Void>> running =
                machines.stream().map(m -> started(m, instance)).toList();
        await(() -> machines.stream().allMatch(m -> m.memory()[0] != 0));
        machines.getFirst().stop();
        assertThrows(ExecutionException.class, () -> running.getFirst().get(LIMIT_SECONDS, TimeUnit.SECONDS));
        machines.getLast().memory()[0] = 0;
        await(() -> machines.getLast().memory()[0] != 0);
        assertThrows(TimeoutException.class, () -> running.getLast().get(50, TimeUnit.MILLISECONDS));
        machines.getLast().stop();
        assertThrows(ExecutionException.class, () -> running.getLast().get(LIMIT_SECONDS, TimeUnit.SECONDS));
    }

    @ParameterizedTest
    @MethodSource("backends")
    void recursionWithoutEndIsATrapAndTheMachineRunsAgain(Backend backend) {
        Program program = Programs.compiled("""
                FUNCTION f : DINT
                VAR_INPUT n : DINT; END_VAR
                IF n <= 0 THEN RETURN; END_IF;
                f := f(n - 1) + 1;
                END_FUNCTION
                PROGRAM p
                VAR deep : DINT := 3; x : DINT; END_VAR
                x := f(deep);
                deep := 100000000;
                END_PROGRAM
                """);
        Machine machine = backend.start(program);
        Variable instance = instance(program);
        machine.run(instance);
        assertEquals(new Value.Whole(3), read(program, machine, "p.x"));
        for (int i = 0; i < 2; i++) {
            Trap trap = assertThrows(Trap.class, () -> machine.run(instance));
            assertEquals(Trap.Kind.STACK_OVERFLOW, trap.kind());
            assertEquals("f", trap.stack().get(1).routine());
            assertEquals(4, trap.stack().get(1).line());
            assertEquals(100, trap.stack().size());
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void aTrapInEveryScanKeepsTellingItsLine(Backend backend) {
        Program program = Programs.compiled("""
                FUNCTION_BLOCK b
                VAR a : ARRAY[1..10] OF INT; i, sum : INT; r : REF_TO INT; kind : INT; END_VAR
                FOR i := 1 TO 10 DO sum := sum + a[i]; END_FOR;
                kind := (kind + 1) MOD 3;
                CASE kind OF
                  0: a[i + kind] := 1;
                  1: sum := r^;
                  2: sum := sum / a[1];
                END_CASE;
                END_FUNCTION_BLOCK
                PROGRAM p
                VAR c : b; END_VAR
                c();
                END_PROGRAM
                """);
        Machine machine = backend.start(program);
        Variable instance = instance(program);
        int scans = backend instanceof JvmBackend ? 5_000 : 300;
        for (int i = 1; i <= scans; i++) {
            Trap trap = assertThrows(Trap.class, () -> machine.run(instance));
            assertEquals(
                    List.of(new Trap.Position("b", "test.st", 6 + i % 3), new Trap.Position("p", "test.st", 13)),
                    trap.stack(),
                    "scan " + i);
            String detail = i % 3 == 0 ? "11 is not in 1..10" : "";
            assertEquals(detail, trap.detail(), "scan " + i);
        }
    }

    /// Texts, function blocks, outputs, in-outs, structures, arrays of any bounds.
    private static final String BUSY = """
                TYPE pair : STRUCT n : INT; t : STRING[20]; v : ARRAY[0..3] OF REAL; END_STRUCT; END_TYPE
                FUNCTION divide : DINT
                VAR_INPUT n, d : DINT; name : STRING[8]; END_VAR
                VAR_OUTPUT rest : DINT; END_VAR
                VAR_IN_OUT calls : INT; END_VAR
                divide := n / d; rest := n MOD d; calls := calls + LEN(name);
                END_FUNCTION
                FUNCTION make : pair
                VAR_INPUT n : INT; END_VAR
                VAR local : pair; END_VAR
                local.n := n; local.t := CONCAT('n', INT_TO_STRING(n)); local.v[1] := INT_TO_REAL(n);
                make := local;
                END_FUNCTION
                FUNCTION total : REAL
                VAR_IN_OUT v : ARRAY[*] OF REAL; END_VAR
                VAR_INPUT p : pair; END_VAR
                VAR i : DINT; END_VAR
                FOR i := LOWER_BOUND(v, 1) TO UPPER_BOUND(v, 1) DO total := total + v[i]; END_FOR;
                p.n := 0;
                END_FUNCTION
                FUNCTION_BLOCK filter
                VAR_INPUT x : REAL; END_VAR
                VAR_OUTPUT y : REAL; END_VAR
                VAR timer : TON; t : STRING; END_VAR
                METHOD gain : REAL VAR_INPUT k : REAL; END_VAR gain := k * x; END_METHOD
                timer(IN := x > 0.0, PT := T#1s);
                y := y + (gain(0.5) - y) / 4.0;
                t := REPLACE(CONCAT(t, 'abc'), 'X', 1, 2);
                IF LEN(t) > 60 THEN t := ''; END_IF;
                END_FUNCTION_BLOCK
                PROGRAM p
                VAR f : ARRAY[1..3] OF filter; i, calls : INT; q, rest : DINT; s, u : pair; y : REAL; END_VAR
                VAR t : STRING; END_VAR
                FOR i := 1 TO 3 DO
                  f[i](x := INT_TO_REAL(i), y => y);
                  IF CONCAT(s.t, t) = 'n7' THEN CONTINUE; END_IF;
                  q := divide(n := 1000 + i, d := 7, name := s.t, rest => rest, calls := calls);
                END_FOR;
                s := make(calls MOD 100); u := s;
                y := total(v := u.v, p := s) + total(v := s.v, p := make(3));
                t := MID(DINT_TO_STRING(q), 2, 1);
                END_PROGRAM
                """;

    private static final String POINTING = """
            TYPE Both : UNION r : REAL; d : DWORD; b : ARRAY[0..3] OF BYTE; END_UNION; END_TYPE
            FUNCTION capitals : STRING
            VAR_INPUT text : STRING; END_VAR
            VAR pt : POINTER TO BYTE; i : INT; END_VAR
            capitals := text;
            pt := ADR(capitals);
            FOR i := 1 TO LEN(text) DO
              IF pt^ >= 97 AND pt^ <= 122 THEN pt^ := pt^ - 32; END_IF;
              pt := pt + 1;
            END_FOR;
            END_FUNCTION
            FUNCTION sum : REAL
            VAR_INPUT values : POINTER TO ARRAY[0..99] OF REAL; END_VAR
            VAR i : INT; r : REF_TO INT; END_VAR
            r := REF(i);
            FOR i := 0 TO 2 DO sum := sum + values^[i]; END_FOR;
            END_FUNCTION
            PROGRAM p
            VAR a : ARRAY[1..3] OF REAL := [1.0, 2.0, 3.0]; u : Both; s : STRING; x : REAL; n : INT; END_VAR
            VAR bits : POINTER TO DWORD; bytes : POINTER TO ARRAY[1..80] OF BYTE; r : REF_TO REAL; END_VAR
            s := capitals('hello');
            bytes := ADR(s);
            FOR n := 1 TO 80 DO IF bytes^[n] = 0 THEN EXIT; END_IF; END_FOR;
            bits := ADR(x); bits^ := bits^ + 1;
            r := REF(a[1 + n MOD 3]); r^ := r^ + sum(ADR(a));
            u.r := x; u.b[n MOD 4] := 1; x := u.r;
            END_PROGRAM
            """;

    @Test
    void nothingIsAllocatedInAScan() {
        nothingIsAllocated(BUSY);
    }

    @Test
    void nothingIsAllocatedForPointers() {
        nothingIsAllocated(POINTING);
    }

    private static void nothingIsAllocated(String text) {
        Program program = Programs.compiled(text);
        Machine machine = new JvmBackend().start(program);
        Variable instance = instance(program);
        for (int i = 0; i < 20_000; i++) {
            machine.run(instance);
            machine.advance(10_000_000);
        }
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long best = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            long between = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 10_000; i++) {
                machine.run(instance);
                machine.advance(10_000_000);
            }
            long after = threads.getCurrentThreadAllocatedBytes();
            best = Math.min(best, after - between - (between - before));
        }
        assertEquals(0, best, "bytes in 10000 scans");
    }
}
