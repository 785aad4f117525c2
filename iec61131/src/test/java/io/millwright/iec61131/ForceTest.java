package io.millwright.iec61131;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.millwright.iec61131.interpret.InterpretBackend;
import io.millwright.iec61131.ir.Program;
import io.millwright.iec61131.jvm.JvmBackend;
import io.millwright.iec61131.machine.Backend;
import io.millwright.iec61131.machine.PreparedForces;
import io.millwright.iec61131.machine.Slot;
import io.millwright.iec61131.type.Value;
import io.millwright.iec61131.type.Variable;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/// A forced variable keeps its value through every write, is read so, and takes the program's values when it is
/// released.
class ForceTest {
    private static final long CYCLE_NANOS = 10_000_000;

    static final List<Backend> BACKENDS = List.of(new JvmBackend(64), new InterpretBackend(64));

    /// Everything a program writes counts its scans; what is read of it goes into the globals `seen…`.
    private static final String PROGRAM = """
            TYPE
              pair : STRUCT a : INT; b : REAL; t : STRING[10]; END_STRUCT;
              mode : (off, slow, fast);
              view : UNION d : DWORD; b : ARRAY[0..3] OF BYTE; t : STRING[9]; p : pair; END_UNION;
            END_TYPE
            VAR_GLOBAL
              g : DINT; gp : pair; seen_input : BOOL; seen : LINT;
            END_VAR
            FUNCTION_BLOCK counter
              VAR_INPUT step : INT; END_VAR
              VAR_OUTPUT count : INT; END_VAR
              VAR inside : INT; END_VAR
              count := count + step;
              inside := count * 2;
            END_FUNCTION_BLOCK
            FUNCTION split : BOOL
              VAR_INPUT n : INT; END_VAR
              VAR_OUTPUT half : INT; END_VAR
              VAR_IN_OUT rest : INT; END_VAR
              half := n / 2;
              rest := n - half;
              split := TRUE;
            END_FUNCTION
            FUNCTION fill : BOOL
              VAR_IN_OUT values : ARRAY [1..4] OF INT; END_VAR
              VAR_INPUT n : INT; END_VAR
              values[2] := n;
              fill := TRUE;
            END_FUNCTION
            PROGRAM p
              VAR_INPUT in_1 : INT; END_VAR
              VAR_OUTPUT out_1 : INT; END_VAR
              VAR
                n : INT; b : BOOL; r : REAL; l : LREAL; big : ULINT; small : BYTE; d : TIME; m : mode;
                s : STRING[20]; w : WORD;
                arr : ARRAY [1..4] OF INT; grid : ARRAY [0..1, -1..1] OF DINT;
                one : pair; two : pair; pairs : ARRAY [0..1] OF pair;
                c : counter; cs : ARRAY [1..2] OF counter;
                half : INT; rest : INT; i : INT; to_it : REF_TO INT; target : INT;
                at_q AT %QW2 : WORD; ok : BOOL; at_t AT %QB8 : STRING[5]; at_p AT %QB24 : pair;
                u : view; u2 : view; us : ARRAY [0..1] OF view; nested : ARRAY [0..1] OF ARRAY [0..1] OF INT;
              END_VAR
              n := n + 1;
              in_1 := n; out_1 := n; b := NOT b; r := INT_TO_REAL(n); l := INT_TO_LREAL(n);
              big := INT_TO_ULINT(n); small := INT_TO_BYTE(n); d := INT_TO_TIME(n);
              IF b THEN m := slow; ELSE m := fast; END_IF;
              s := INT_TO_STRING(n); w.%X3 := b; w.%X0 := NOT b;
              FOR i := 1 TO 4 DO arr[i] := n + i; END_FOR;
              grid[1, 0] := n; grid[0, 1] := n; nested[1][0] := n;
              two.a := n; two.b := r; two.t := s; one := two; pairs[1] := two; gp := two; g := n;
              c(step := 1); cs[2](step := n);
              ok := split(n := n, half => half, rest := rest);
              ok := fill(values := arr, n := n * 10);
              to_it := REF(target); to_it^ := n;
              %QX0.1 := b; at_q := INT_TO_WORD(n); seen_input := %IX1.0;
              u.d := INT_TO_DWORD(n); u2 := u; us[1].t := INT_TO_STRING(n); us[0].p := two; us[0].b[1] := 1;
              at_t := INT_TO_STRING(n); at_p := two;
              seen := arr[2] + one.a + c.count + grid[1, 0] + target + half;
            END_PROGRAM
            """;

    static Stream<Arguments> kinds() {
        List<Arguments> all = new ArrayList<>();
        for (Backend backend : BACKENDS) {
            for (String path : List.of(
                    "p.in_1",
                    "p.out_1",
                    "p.big",
                    "p.arr[2]",
                    "p.arr[4]",
                    "p.grid[1,0]",
                    "p.grid[0,1]",
                    "p.one.a",
                    "p.pairs[1].a",
                    "p.c.count",
                    "p.c.inside",
                    "p.c.step",
                    "p.cs[2].count",
                    "p.cs[2].step",
                    "p.half",
                    "p.rest",
                    "p.target",
                    "p.nested[1][0]",
                    "p.d",
                    "g",
                    "gp.a",
                    "p.small",
                    "p.at_q",
                    "p.at_p.a",
                    "p.u.d",
                    "p.u.b[0]",
                    "p.u2.b[1]",
                    "p.us[0].p.a",
                    "p.w",
                    "p.m",
                    "%QW2")) {
                all.add(Arguments.of(backend, path, new Value.Whole(path.equals("p.m") ? 0 : 77)));
            }
            all.add(Arguments.of(backend, "p.b", new Value.Truth(true)));
            all.add(Arguments.of(backend, "%QX0.1", new Value.Truth(true)));
            all.add(Arguments.of(backend, "p.r", new Value.Real(2.5)));
            all.add(Arguments.of(backend, "p.l", new Value.Real(2.5)));
            all.add(Arguments.of(backend, "p.pairs[1].b", new Value.Real(2.5)));
            all.add(Arguments.of(backend, "p.s", new Value.Text("forced")));
            all.add(Arguments.of(backend, "p.pairs[1].t", new Value.Text("forced")));
            all.add(Arguments.of(backend, "gp.t", new Value.Text("forced")));
            all.add(Arguments.of(backend, "p.at_t", new Value.Text("kept")));
            all.add(Arguments.of(backend, "p.at_p.t", new Value.Text("kept")));
            all.add(Arguments.of(backend, "p.u2.t", new Value.Text("kept")));
            all.add(Arguments.of(backend, "p.us[1].t", new Value.Text("kept")));
            all.add(Arguments.of(backend, "p.us[0].p.b", new Value.Real(2.5)));
        }
        return all.stream();
    }

    private static Run started(Program program, Backend backend) {
        return Run.start(program, backend);
    }

    private static void scan(Run run, int scans) {
        for (int i = 0; i < scans; i++) {
            run.scan(run.instances().getFirst(), CYCLE_NANOS);
        }
    }

    private static Slot slot(Run run, String path) {
        return run.slot(path).orElseThrow(() -> new AssertionError("no variable " + path));
    }

    /// The unforced run beside it says what the program's own value is after the release.
    @ParameterizedTest
    @MethodSource("kinds")
    void everyKindOfVariableKeepsItsValueUntilItIsReleased(Backend backend, String path, Value forced) {
        Program program = Programs.compiled(PROGRAM);
        Run run = started(program, backend);
        Run beside = started(program, backend);
        scan(run, 3);
        scan(beside, 3);
        run.force(slot(run, path), forced);
        for (int i = 0; i < 4; i++) {
            scan(run, 1);
            scan(beside, 1);
            assertEquals(forced, slot(run, path).value());
        }
        assertEquals(
                List.of(path), run.forces().stream().map(f -> f.slot().name()).toList());
        assertTrue(run.release(slot(run, path)));
        assertFalse(run.release(slot(run, path)));
        scan(run, 1);
        scan(beside, 1);
        boolean counts = List.of("p.c.count", "p.c.inside", "p.cs[2].count").contains(path);
        boolean toggles = path.equals("p.b") || path.equals("%QX0.1") || path.equals("p.w") || path.equals("p.m");
        if (!counts && !toggles) {
            assertEquals(slot(beside, path).value(), slot(run, path).value());
        }
    }

    /// 5 scans: n = 5; forced are arr[2] = 100, one.a = 200, c.count = 300, grid[1,0] = 400, target = 500, half
    /// = 600.
    @ParameterizedTest
    @FieldSource("BACKENDS")
    void theProgramReadsForcedValues(Backend backend) {
        Run run = started(Programs.compiled(PROGRAM), backend);
        List<String> paths = List.of("p.arr[2]", "p.one.a", "p.c.count", "p.grid[1,0]", "p.target", "p.half");
        long value = 0;
        for (String path : paths) {
            value += 100;
            run.force(slot(run, path), new Value.Whole(value));
        }
        run.force(slot(run, "%IX1.0"), new Value.Truth(true));
        scan(run, 4);
        run.machine().inputs()[1] = 0;
        scan(run, 1);
        assertEquals(new Value.Whole(2100), slot(run, "seen").value());
        assertEquals(new Value.Truth(true), slot(run, "seen_input").value());
        assertEquals(new Value.Whole(600), slot(run, "p.c.inside").value());
        for (String path : paths) {
            run.release(slot(run, path));
        }
        scan(run, 1);
        // n = 6: arr[2] 60, one.a 6, c.count 300 + 1, grid 6, target 6, half 3
        assertEquals(
                new Value.Whole(60 + 6 + 301 + 6 + 6 + 3), slot(run, "seen").value());
    }

    /// What is forced in one of several machines of one program is not in the others.
    @Test
    void machinesOfOneProgramAreForcedOneByOne() {
        Program program = Programs.compiled(PROGRAM);
        var machines = new JvmBackend(64).start(program, 2);
        Variable instance = program.globals().stream()
                .filter(g -> g.name().equals("p"))
                .findFirst()
                .orElseThrow();
        var slots = machines.stream()
                .map(m -> new SlotFinder(program.globals(), List.of(), m)
                        .find("p.arr[3]")
                        .orElseThrow())
                .toList();
        machines.getFirst().force(slots.getFirst(), new Value.Whole(-1), PreparedForces.NONE);
        for (int i = 0; i < 3; i++) {
            machines.forEach(m -> m.run(instance));
        }
        assertEquals(new Value.Whole(-1), slots.getFirst().value());
        assertEquals(new Value.Whole(6), slots.getLast().value());
    }

    /// Before a routine ran it has no code yet; what it gets must look out too, and forget that again.
    @ParameterizedTest
    @FieldSource("BACKENDS")
    void whatIsForcedBeforeTheFirstScanIsReleasedToo(Backend backend) {
        Run run = started(Programs.compiled(PROGRAM), backend);
        run.force(slot(run, "p.n"), new Value.Whole(40));
        scan(run, 3);
        assertEquals(new Value.Whole(40), slot(run, "g").value());
        run.release(slot(run, "p.n"));
        scan(run, 3);
        assertEquals(new Value.Whole(43), slot(run, "g").value());
    }

    @Test
    void nothingIsAllocatedWhileVariablesAreForcedAndWatched() {
        Run run = started(
                Programs.compiled(PROGRAM.replace("to_it := REF(target); to_it^ := n;", "target := n;")),
                new JvmBackend());
        run.force(slot(run, "p.pairs[1].t"), new Value.Text("forced"));
        run.force(slot(run, "p.arr[2]"), new Value.Whole(1));
        run.force(slot(run, "p.s"), new Value.Text("kept"));
        Watch watch = run.watch(run.slots(run.instances().getFirst()).stream()
                .filter(s -> !s.isText())
                .toList());
        Variable instance = run.instances().getFirst();
        int[] changes = new int[1];
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 50 && least > 0; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 1000; i++) {
                run.scan(instance, CYCLE_NANOS);
                changes[0] += watch.changes(_ -> {});
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertEquals(0, least);
        assertTrue(changes[0] > 1000);
    }

    @ParameterizedTest
    @FieldSource("BACKENDS")
    void manyAreTakenAtOnceAsEachByItself(Backend backend) {
        String types = "SINT INT DINT LINT USINT UINT UDINT ULINT BYTE WORD DWORD LWORD TIME CHAR";
        var text = new StringBuilder("PROGRAM p VAR n : LINT; ok : BOOL; r : REAL; l : LREAL; ");
        var body = new StringBuilder("n := n - 1; ok := NOT ok; r := 0.1; l := 0.1; ");
        for (String type : types.split(" ")) {
            text.append("v_%1$s : %1$s; a_%1$s : ARRAY [1..3] OF %1$s; ".formatted(type));
            body.append("v_%1$s := LINT_TO_%1$s(n); a_%1$s[2] := LINT_TO_%1$s(n); ".formatted(type));
        }
        text.append("flags : ARRAY [0..2] OF BOOL; at_m AT %MD3 : DINT; END_VAR ");
        body.append("flags[1] := ok; at_m := LINT_TO_DINT(n); END_PROGRAM");
        Run run = started(Programs.compiled(text.toString() + body), backend);
        List<Slot> slots = run.slots(run.instances().getFirst());
        scan(run, 3);
        long[] bits = new long[slots.size()];
        run.machine().sampler(slots).take(bits);
        for (int i = 0; i < bits.length; i++) {
            assertEquals(slots.get(i).bits(), bits[i], slots.get(i).toString());
        }
        assertEquals(253, slot(run, "p.a_USINT[2]").bits());
        assertEquals(0xFFFF_FFFDL, slot(run, "p.v_DWORD").bits());
        assertEquals(-3, slot(run, "p.at_m").bits());
    }

    /// What has an address lies there, not beside it.
    @ParameterizedTest
    @FieldSource("BACKENDS")
    void aVariableWithAnAddressIsReadAndWrittenInTheImage(Backend backend) {
        Run run = started(
                Programs.compiled("PROGRAM p VAR out AT %QW1 : INT; in AT %IX0.3 : BOOL; END_VAR "
                        + "IF in THEN out := 513; END_IF; END_PROGRAM"),
                backend);
        run.write(run.find("p.in").orElseThrow(), new Value.Truth(true));
        assertEquals(8, run.machine().inputs()[0]);
        scan(run, 1);
        assertEquals(new Value.Whole(513), run.read(run.find("p.out").orElseThrow()));
        assertEquals(2, run.machine().outputs()[3]);
    }

    @Test
    void aWatchTellsWhatChanged() {
        Run run = started(
                Programs.compiled("PROGRAM p VAR n, k : INT; s : STRING; END_VAR n := n + 1; "
                        + "IF n = 2 THEN s := 'two'; END_IF; END_PROGRAM"),
                new JvmBackend());
        Watch watch = run.watch(run.slots(run.instances().getFirst()));
        List<String> told = new ArrayList<>();
        assertEquals(3, watch.changes(_ -> {}));
        scan(run, 1);
        watch.changes(s -> told.add(s.name() + s.value()));
        scan(run, 1);
        watch.changes(s -> told.add(s.name() + s.value()));
        assertEquals(
                List.of("p.n" + new Value.Whole(1), "p.n" + new Value.Whole(2), "p.s" + new Value.Text("two")), told);
    }

    @ParameterizedTest
    @FieldSource("BACKENDS")
    void whatIsNotThereIsNotFound(Backend backend) {
        Run run = started(Programs.compiled(PROGRAM), backend);
        for (String path : List.of(
                "",
                "p",
                "p.",
                ".n",
                "p.x",
                "p.arr",
                "p.arr[0]",
                "p.arr[5]",
                "p.arr[1,1]",
                "p.arr[x]",
                "p.arr[]",
                "p.n[1]",
                "p.n.a",
                "p.one",
                "p..n",
                "p.arr[1",
                "p.arr[99999999999]",
                "%QX64.0",
                "%QX0.8",
                "%QL99",
                "%KX1.0",
                "%Q",
                "%QW2.1",
                "nobody")) {
            assertTrue(run.slot(path).isEmpty(), path);
        }
    }
}
