package io.millwright.iec61131;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.iec61131.interpret.InterpretBackend;
import io.millwright.iec61131.ir.Program;
import io.millwright.iec61131.jvm.JvmBackend;
import io.millwright.iec61131.machine.Backend;
import io.millwright.iec61131.machine.Slot;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.syntax.Dialect;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.Value;
import io.millwright.iec61131.type.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Configurations in both back ends (6.8). The names of the access paths are those of the standard's example of
/// a configuration (6.8.1, Figure 25).
class ConfigurationTest {
    private static final String CELL = """
            FUNCTION_BLOCK Counter
            VAR_INPUT step : INT := 1; END_VAR
            VAR_OUTPUT count : INT; END_VAR
                count := count + step;
            END_FUNCTION_BLOCK
            TYPE Motor : STRUCT speed : REAL; name : STRING[20]; END_STRUCT; END_TYPE
            PROGRAM G
            VAR_INPUT b1 : BOOL; END_VAR
            VAR_OUTPUT out1 : UINT; END_VAR
            VAR_ACCESS level : z1 : INT READ_WRITE; END_VAR
            VAR z1 : INT; quick, slow : Counter; levels : ARRAY[1..3, 0..1] OF INT; motor : Motor; END_VAR
            VAR CONSTANT most : INT := 9; END_VAR
                out1 := out1 + 1;
                slow();
            END_PROGRAM
            CONFIGURATION CELL_1
                VAR_GLOBAL w : UINT; END_VAR
                RESOURCE STATION_1 ON PROCESSOR_TYPE_1
                    VAR_GLOBAL z1 : BYTE; END_VAR
                    TASK SLOW_1(INTERVAL := T#20ms, PRIORITY := 2);
                    TASK FAST_1(INTERVAL := T#10ms, PRIORITY := 1);
                    PROGRAM P1 WITH SLOW_1 : G(quick WITH FAST_1);
                    PROGRAM P2 WITH SLOW_1 : G;
                END_RESOURCE
                VAR_ACCESS
                    ABLE : STATION_1.%IX1.1 : BOOL READ_ONLY;
                    BAKER : STATION_1.P1.z1 : INT READ_WRITE;
                    CHARLIE : STATION_1.z1 : BYTE;
                    DOG : w : UINT READ_ONLY;
                    ALPHA : STATION_1.%IW2 : INT READ_WRITE;
                    CELL_LEVEL : P2.levels[3, 1] : INT READ_WRITE;
                    DRIVE : STATION_1.P2.motor : Motor READ_WRITE;
                    DRIVE_NAME : P2.motor.name : STRING;
                    MOST : P1.most : INT;
                END_VAR
            END_CONFIGURATION
            """;

    private static Stream<Backend> backends() {
        return Stream.of(new JvmBackend(), new InterpretBackend());
    }

    /// A Data_Source of a task (6.8.2): a global variable, also one at an address, an output of a program, an address.
    @ParameterizedTest
    @CsvSource({"go, go", "placed, placed", "P2.done, P2.done", "R.P2.done, P2.done", "%IX0.5, %IX0.5"})
    void whatStartsATaskIsFound(String single, String path) {
        Program program = Programs.compiled("""
                PROGRAM Main VAR_OUTPUT done : BOOL; END_VAR done := TRUE; END_PROGRAM
                CONFIGURATION C
                    VAR_GLOBAL go : BOOL; placed AT %%IX0.3 : BOOL; END_VAR
                    RESOURCE R ON PLC
                        TASK event(SINGLE := %s, PRIORITY := 1);
                        PROGRAM P1 WITH event : Main;
                        PROGRAM P2 : Main;
                    END_RESOURCE
                END_CONFIGURATION
                """.formatted(single));
        assertEquals(path, program.tasks().getFirst().single());
        assertTrue(Run.start(program, new JvmBackend()).slot(path).isPresent());
    }

    /// 6.8: each resource has names of its own. What has the same name in two is reached with its resource before it.
    @ParameterizedTest
    @MethodSource("backends")
    void instancesOfOneNameInTwoResourcesAreTwo(Backend backend) {
        var session = new Session(Dialect.COMMON);
        for (String first : List.of("1", "2")) {
            session.put(new Source("test.st", """
                    PROGRAM Main VAR_OUTPUT n : INT; END_VAR VAR step : INT := %s; END_VAR n := n + step; END_PROGRAM
                    CONFIGURATION C
                        RESOURCE R1 ON PLC TASK T(PRIORITY := 1); PROGRAM p WITH T : Main; END_RESOURCE
                        RESOURCE R2 ON PLC TASK T(PRIORITY := 1); PROGRAM p WITH T : Main; END_RESOURCE
                        VAR_ACCESS a1 : R1.p.step : INT READ_WRITE; a2 : R2.p.step : INT READ_WRITE; END_VAR
                        VAR_CONFIG R2.p.step : INT := 5; END_VAR
                    END_CONFIGURATION
                    """.formatted(first)));
            Run run = Run.start(Objects.requireNonNull(session.compile().program()), backend);
            assertEquals(
                    List.of("R1.p", "R2.p"),
                    run.instances().stream().map(Variable::name).toList());
            run.scan(run.instance("r2.P").orElseThrow(), 0);
            run.scan(run.instance("R2.p").orElseThrow(), 0);
            run.scan(run.instance("R1.p").orElseThrow(), 0);
            assertEquals(new Value.Whole(Integer.parseInt(first)), value(run, "R1.p.n"));
            assertEquals(new Value.Whole(10), value(run, "R2.p.n"));
            assertEquals(new Value.Whole(5), value(run, "a2"));
            assertEquals(
                    new Value.Whole(Integer.parseInt(first)),
                    run.read(run.find("a1").orElseThrow()));
        }
    }

    private static Value value(Run run, String name) {
        return run.slot(name).orElseThrow().value();
    }

    @ParameterizedTest
    @MethodSource("backends")
    void variablesAreReachedByTheNamesOfTheirAccessPaths(Backend backend) {
        Run run = Run.start(Programs.compiled(CELL), backend);
        run.slot("BAKER").orElseThrow().set(new Value.Whole(7));
        assertEquals(new Value.Whole(7), value(run, "p1.z1"));
        assertEquals(new Value.Whole(0), value(run, "p2.z1"));
        run.write(run.find("p2.level").orElseThrow(), new Value.Whole(-3));
        assertEquals(new Value.Whole(-3), value(run, "P2.Z1"));
        run.slot("cell_level").orElseThrow().set(new Value.Whole(11));
        assertEquals(new Value.Whole(11), value(run, "p2.levels[3, 1]"));
        run.slot("drive.speed").orElseThrow().set(new Value.Real(1.5));
        assertEquals(new Value.Real(1.5), run.read(run.find("p2.motor.speed").orElseThrow()));
        run.slot("p2.motor.name").orElseThrow().set(new Value.Text("M 1"));
        assertEquals(new Value.Text("M 1"), run.read(run.find("DRIVE_NAME").orElseThrow()));
        run.slot("z1").orElseThrow().set(new Value.Whole(200));
        assertEquals(new Value.Whole(200), value(run, "CHARLIE"));
        assertEquals(new Value.Whole(9), value(run, "MOST"));
        assertTrue(run.slot("CHARLIES").isEmpty());
    }

    @ParameterizedTest
    @MethodSource("backends")
    void piecesOfTheProcessImageHaveTheTypeOfTheirAccessPath(Backend backend) {
        Run run = Run.start(Programs.compiled(CELL), backend);
        run.machine().inputs()[1] = 2;
        assertEquals(new Value.Truth(true), value(run, "ABLE"));
        run.slot("ALPHA").orElseThrow().set(new Value.Whole(-2));
        assertEquals((byte) 0xFE, run.machine().inputs()[4]);
        assertEquals((byte) 0xFF, run.machine().inputs()[5]);
        assertEquals(new Value.Whole(-2), value(run, "ALPHA"));
    }

    @ParameterizedTest
    @MethodSource("backends")
    void readOnlyIsNotWritten(Backend backend) {
        Run run = Run.start(Programs.compiled(CELL), backend);
        for (String name : List.of("ABLE", "CHARLIE", "DOG", "DRIVE_NAME", "MOST")) {
            Slot slot = run.slot(name).orElseThrow();
            assertFalse(slot.isWritable(), name);
            assertThrows(IllegalArgumentException.class, () -> slot.set(slot.value()), name);
            assertThrows(IllegalArgumentException.class, () -> run.force(slot, slot.value()), name);
            assertTrue(run.forces().isEmpty());
        }
        VariablePath path = run.find("dog").orElseThrow();
        assertThrows(IllegalArgumentException.class, () -> run.write(path, new Value.Whole(1)));
        assertTrue(run.slot("w").orElseThrow().isWritable());
    }

    private static final String BITS = """
            PROGRAM G
            VAR_ACCESS third : status.%X3 : BOOL READ_WRITE; END_VAR
            VAR status : WORD := 16#00F0; many : ARRAY[1..2] OF DINT := [-1, 16#12345678]; go : BOOL; END_VAR
            VAR place AT %MW4 : WORD; END_VAR
                IF go THEN status := 0; many[2] := 0; place := 0; END_IF;
            END_PROGRAM
            CONFIGURATION c
                RESOURCE r ON PLC
                    TASK fast(INTERVAL := T#10ms);
                    PROGRAM P1 WITH fast : G;
                END_RESOURCE
                VAR_ACCESS
                    ALARM : r.P1.status.%X4 : BOOL READ_WRITE;
                    SHORT : P1.status.4 : BOOL READ_ONLY;
                    HIGH : P1.many[2].%B3 : BYTE READ_WRITE;
                    LOW : P1.many[2].%W0 : WORD READ_WRITE;
                    FIRST : P1.many[1].%X31 : BOOL;
                    LAMP : P1.place.%X9 : BOOL READ_WRITE;
                END_VAR
            END_CONFIGURATION
            """;

    /// Partial access (6.5.5.5) behind an access path, in both back ends.
    @ParameterizedTest
    @MethodSource("backends")
    void bitsAreReachedByAccessPaths(Backend backend) {
        Run run = Run.start(Programs.compiled(BITS), backend);
        assertEquals(new Value.Truth(true), value(run, "ALARM"));
        run.slot("alarm").orElseThrow().set(new Value.Truth(false));
        run.slot("P1.third").orElseThrow().set(new Value.Truth(true));
        assertEquals(new Value.Whole(0xE8), value(run, "P1.status"));
        assertEquals(new Value.Truth(false), value(run, "SHORT"));
        assertFalse(run.slot("SHORT").orElseThrow().isWritable());
        assertEquals(new Value.Whole(0x12), value(run, "HIGH"));
        run.slot("HIGH").orElseThrow().set(new Value.Whole(0xFE));
        run.slot("LOW").orElseThrow().set(new Value.Whole(0x9ABC));
        assertEquals(new Value.Whole(0xFE349ABC), value(run, "P1.many[2]"));
        assertEquals(new Value.Truth(true), value(run, "FIRST"));
        run.slot("LAMP").orElseThrow().set(new Value.Truth(true));
        assertEquals((byte) 2, run.machine().memory()[9]);
        assertEquals(new Value.Truth(true), value(run, "P1.status.%X7"));
        assertTrue(run.slot("P1.status.%X16").isEmpty());
        assertTrue(run.slot("P1.go.%X1").isEmpty());
        for (String bit : List.of("ALARM", "HIGH", "LAMP")) {
            Slot slot = run.slot(bit).orElseThrow();
            run.force(slot, slot.type() == Elementary.BOOL ? new Value.Truth(true) : new Value.Whole(7));
        }
        run.slot("P1.go").orElseThrow().set(new Value.Truth(true));
        Watch watch = run.watch(Stream.of("ALARM", "LOW", "LAMP")
                .map(n -> run.slot(n).orElseThrow())
                .toList());
        run.scan(run.instance("P1").orElseThrow(), 10);
        assertEquals(new Value.Whole(0x10), value(run, "P1.status"));
        assertEquals(new Value.Whole(0x07000000), value(run, "P1.many[2]"));
        assertEquals(new Value.Whole(0x200), value(run, "P1.place"));
        List<String> seen = new ArrayList<>();
        watch.changes(s -> seen.add(s.name() + " " + s.value()));
        assertEquals(3, seen.size(), seen::toString);
        assertTrue(run.release(run.slot("ALARM").orElseThrow()));
        run.scan(run.instance("P1").orElseThrow(), 10);
        assertEquals(new Value.Whole(0), value(run, "P1.status"));
    }

    /// 6.8.2: a block with a task of its own runs when that task does, not when its program does.
    @ParameterizedTest
    @MethodSource("backends")
    void aBlockWithATaskOfItsOwnIsRunByIt(Backend backend) {
        Program program = Programs.compiled(CELL);
        Run run = Run.start(program, backend);
        List<List<String>> byTask = program.tasks().stream()
                .map(t -> t.instances().stream().map(Variable::name).toList())
                .toList();
        assertEquals(List.of(List.of("P1", "P2"), List.of("P1.quick")), byTask);
        assertEquals(
                List.of("P1", "P2"),
                run.instances().stream().map(Variable::name).toList());
        for (int i = 0; i < 4; i++) {
            program.tasks().get(1).instances().forEach(b -> run.scan(b, 10));
        }
        run.scan(run.instance("P1").orElseThrow(), 10);
        run.slot("P1.quick.step").orElseThrow().set(new Value.Whole(5));
        run.scan(run.instance("p1.quick").orElseThrow(), 10);
        assertEquals(new Value.Whole(4 + 5), value(run, "P1.quick.count"));
        assertEquals(new Value.Whole(1), value(run, "P1.slow.count"));
        assertEquals(new Value.Whole(0), value(run, "P2.quick.count"));
        assertEquals(new Value.Whole(1), value(run, "P1.out1"));
    }

    /// 6.8.2: its execution is under the exclusive control of the task; a call in the program hands over inputs
    /// and outputs. In instances without a task, and in blocks that extend it, calls run the body.
    @ParameterizedTest
    @MethodSource("backends")
    void aCallOfABlockWithATaskHandsOverInputsAndOutputsAlone(Backend backend) {
        String text = """
                FUNCTION_BLOCK Counter
                VAR_INPUT step : INT := 1; END_VAR
                VAR_OUTPUT count : INT; END_VAR
                VAR inner : TON; END_VAR
                    count := count + step;
                    inner(IN := TRUE, PT := T#15ms);
                END_FUNCTION_BLOCK
                FUNCTION_BLOCK Twice EXTENDS Counter
                    SUPER^();
                    SUPER^();
                END_FUNCTION_BLOCK
                PROGRAM G
                VAR quick, usual : Counter; twice : Twice; seen, given : INT; done : BOOL; r : REF_TO Counter; END_VAR
                    given := given + 10;
                    quick(step := given, count => seen);
                    r := REF(quick);
                    r^();
                    usual(step := given);
                    twice(step := given, ENO => done);
                END_PROGRAM
                CONFIGURATION c
                    RESOURCE r ON PLC
                        TASK fast(INTERVAL := T#10ms);
                        PROGRAM P1 WITH fast : G(quick WITH fast, twice WITH fast, usual.inner WITH fast);
                        PROGRAM P2 WITH fast : G;
                    END_RESOURCE
                END_CONFIGURATION
                """;
        Run run = Run.start(Programs.compiled(text), backend);
        for (String instance : List.of("P1", "P1", "P1.quick", "P1.quick", "P1.twice", "P1", "P1.usual.inner", "P2")) {
            run.scan(run.instance(instance).orElseThrow(), 10_000_000);
        }
        assertEquals(List.of(2 * 20, 2 * 20, 10 + 20 + 30, 2 * 20), counts(run, "P1"));
        assertEquals(List.of(2 * 10, 10, 10, 2 * 10), counts(run, "P2"));
        assertEquals(new Value.Truth(true), value(run, "P1.done"));
        assertEquals(new Value.Whole(0), value(run, "P1.usual.inner.ET"));
        assertEquals(new Value.Whole(0), value(run, "P2.usual.inner.ET"));
        run.scan(run.instance("P1.usual.inner").orElseThrow(), 10_000_000);
        assertEquals(new Value.Whole(15_000_000), value(run, "P1.usual.inner.ET"));
        assertEquals(new Value.Truth(true), value(run, "P1.usual.inner.Q"));
        assertTrue(run.instances().stream().noneMatch(v -> v.name().contains("~")));
    }

    private static List<Integer> counts(Run run, String program) {
        return Stream.of("quick.count", "seen", "usual.count", "twice.count")
                .map(n -> Integer.valueOf((int) ((Value.Whole) value(run, program + "." + n)).value()))
                .toList();
    }
}
