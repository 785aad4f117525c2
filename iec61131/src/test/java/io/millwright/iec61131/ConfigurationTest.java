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
import io.millwright.iec61131.type.Value;
import io.millwright.iec61131.type.Variable;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
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
}
