package io.millwright.iec61131;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millwright.iec61131.check.Checked;
import io.millwright.iec61131.jvm.JvmBackend;
import io.millwright.iec61131.machine.Machine;
import io.millwright.iec61131.machine.Slot;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.syntax.Dialect;
import io.millwright.iec61131.type.StructureType;
import io.millwright.iec61131.type.UnitType;
import io.millwright.iec61131.type.Value;
import io.millwright.iec61131.type.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RunTest {
    private static Value run(String text, int scans, String... path) {
        Checked checked = Compiler.compile(List.of(new Source("test.st", text)), Dialect.COMMON);
        assertEquals(
                List.of(),
                checked.diagnostics().stream().filter(d -> d.isError()).toList());
        Machine machine = new JvmBackend().start(checked.program());
        Variable program = checked.program().globals().stream()
                .filter(g -> g.type().resolved() instanceof UnitType)
                .findFirst()
                .orElseThrow();
        for (int i = 0; i < scans; i++) {
            machine.run(program);
        }
        List<Variable> steps = new ArrayList<>(List.of(program));
        for (String name : path) {
            List<Variable> all = switch (steps.getLast().type().resolved()) {
                case UnitType u -> u.allVariables();
                case StructureType s -> s.fields();
                default -> List.of();
            };
            steps.add(all.stream()
                    .filter(v -> v.name().equalsIgnoreCase(name))
                    .findFirst()
                    .orElseThrow());
        }
        return machine.read(steps, -1);
    }

    @Test
    void integersWrapAtTheEndsOfTheirType() {
        assertEquals(
                new Value.Whole(-128), run("PROGRAM p VAR x : SINT := 127; END_VAR x := x + 1; END_PROGRAM", 1, "x"));
        assertEquals(
                new Value.Whole(0), run("PROGRAM p VAR x : USINT := 255; END_VAR x := x + 1; END_PROGRAM", 1, "x"));
        assertEquals(
                new Value.Whole(4_294_967_295L),
                run("PROGRAM p VAR x : UDINT; END_VAR x := x - 1; END_PROGRAM", 1, "x"));
    }

    @Test
    void loopsArraysAndFunctionsWork() {
        assertEquals(new Value.Whole(385), run("""
                        FUNCTION square : DINT
                        VAR_INPUT n : DINT; END_VAR
                        square := n * n;
                        END_FUNCTION
                        PROGRAM p
                        VAR a : ARRAY[1..10] OF DINT; i : INT; sum : DINT; END_VAR
                        sum := 0;
                        FOR i := 1 TO 10 DO a[i] := square(i); END_FOR
                        FOR i := 10 TO 1 BY -1 DO sum := sum + a[i]; END_FOR
                        END_PROGRAM
                        """, 3, "sum"));
    }

    /// The odd numbers below 5000 make 2500 squared.
    @Test
    void loopsOfThousandsOfTurnsGoOnAndEndWhereTheyAreToldTo() {
        String text = """
                PROGRAM p
                VAR n, byWhile, byRepeat, gap : DINT; END_VAR
                n := 0; byWhile := 0; byRepeat := 0; gap := 2;
                WHILE TRUE DO
                  n := n + 1;
                  IF n MOD 2 = 0 THEN CONTINUE; END_IF;
                  IF n > 5000 THEN EXIT; END_IF;
                  byWhile := byWhile + n;
                END_WHILE;
                n := -1;
                REPEAT
                  n := n + gap;
                  IF n MOD 2 = 0 THEN CONTINUE; END_IF;
                  byRepeat := byRepeat + n;
                UNTIL n >= 4999 END_REPEAT;
                END_PROGRAM
                """;
        for (String sum : List.of("byWhile", "byRepeat")) {
            assertEquals(new Value.Whole(6_250_000), run(text, 3, sum));
        }
    }

    @Test
    void textsThatTakeOverResultsStayApart() {
        String text = """
                PROGRAM p
                VAR a, b, c : STRING[10] := 'abc'; wide : STRING; END_VAR
                c := CONCAT(a, b);
                b := c;
                a := CONCAT(c, '0123456789');
                c := MID(c, 2, 3);
                wide := INSERT(DELETE(a, 4, 1), c, 2);
                a := CONCAT(LEFT(a, 3), RIGHT(wide, 2));
                b := CONCAT(b, 'd');
                END_PROGRAM
                """;
        assertEquals(new Value.Text("abc23"), run(text, 1, "a"));
        assertEquals(new Value.Text("abcabcd"), run(text, 1, "b"));
        assertEquals(new Value.Text("ca"), run(text, 1, "c"));
        assertEquals(new Value.Text("bcca0123"), run(text, 1, "wide"));
    }

    @Test
    void functionBlocksKeepTheirState() {
        assertEquals(new Value.Whole(30), run("""
                        FUNCTION_BLOCK counter
                        VAR_INPUT step : INT := 1; END_VAR
                        VAR_OUTPUT value : INT; END_VAR
                        value := value + step;
                        END_FUNCTION_BLOCK
                        PROGRAM p
                        VAR c : counter; out : INT; END_VAR
                        c(step := 3, value => out);
                        END_PROGRAM
                        """, 10, "out"));
    }

    @Test
    void outputsAndInOutsOfFunctionsComeBack() {
        assertEquals(new Value.Whole(7 * 100 + 3 * 10 + 8), run("""
                        FUNCTION divide : INT
                        VAR_INPUT n, d : INT; END_VAR
                        VAR_OUTPUT rest : INT; END_VAR
                        VAR_IN_OUT calls : INT; END_VAR
                        divide := n / d; rest := n MOD d; calls := calls + 1;
                        END_FUNCTION
                        PROGRAM p
                        VAR q, r, c, x : INT := 7; END_VAR
                        q := divide(n := 73, d := 10, rest => r, calls := c);
                        x := q * 100 + r * 10 + c;
                        END_PROGRAM
                        """, 1, "x"));
    }

    @Test
    void methodsAreFoundByTheClassOfTheInstance() {
        assertEquals(new Value.Whole(12), run("""
                        INTERFACE shape METHOD area : INT END_METHOD END_INTERFACE
                        FUNCTION_BLOCK square IMPLEMENTS shape
                        VAR side : INT := 3; END_VAR
                        METHOD PUBLIC area : INT area := side * side; END_METHOD
                        END_FUNCTION_BLOCK
                        FUNCTION_BLOCK half EXTENDS square
                        METHOD PUBLIC OVERRIDE area : INT area := SUPER^.area() / 3; END_METHOD
                        END_FUNCTION_BLOCK
                        PROGRAM p
                        VAR s : square; h : half; i : shape; sum : INT; END_VAR
                        i := s; sum := i.area();
                        i := h; sum := sum + i.area();
                        END_PROGRAM
                        """, 1, "sum"));
    }

    @Test
    void structuresTextsAndCaseWork() {
        assertEquals(new Value.Text("two"), run("""
                        TYPE pair : STRUCT n : INT; t : STRING[10]; END_STRUCT; END_TYPE
                        PROGRAM p
                        VAR a, b : pair; END_VAR
                        a.n := 2;
                        CASE a.n OF 1: a.t := 'one'; 2: a.t := 'two'; 3..5: a.t := 'few'; ELSE a.t := 'many'; END_CASE
                        b := a; a.t := 'gone';
                        END_PROGRAM
                        """, 1, "b", "t"));
    }

    @Test
    void everyElementOfALargeArrayIsWatched() {
        String text = """
                PROGRAM p
                VAR large : ARRAY[0..59999] OF BOOL; at : DINT; END_VAR
                large[at] := TRUE; large[at + 200] := TRUE; at := at + 20000;
                END_PROGRAM
                """;
        Checked checked = Compiler.compile(List.of(new Source("test.st", text)), Dialect.COMMON);
        Run run = Run.start(Objects.requireNonNull(checked.program()), new JvmBackend());
        Variable program = run.instances().getFirst();
        Watch watch = run.watch(run.slots(program));
        assertEquals(60_001, watch.changes(_ -> {}));
        assertEquals(0, watch.changes(_ -> {}));
        run.scan(program, 0);
        run.scan(program, 0);
        List<String> changed = new ArrayList<>();
        assertEquals(5, watch.changes(slot -> changed.add(slot.name())));
        assertEquals(List.of("p.large[0]", "p.large[200]", "p.large[20000]", "p.large[20200]", "p.at"), changed);
    }

    /// Paths as they are declared, in the order of declaration, and no more than asked.
    @Test
    void variablesAreFoundBeneathAPath() {
        String text = """
                TYPE Pair : STRUCT a : INT; b : STRING; END_STRUCT; END_TYPE
                VAR_GLOBAL many : ARRAY[1..1000000] OF LREAL; END_VAR
                PROGRAM p
                VAR grid : ARRAY[0..1, -1..0] OF Pair; flag : BOOL; flags : BYTE; END_VAR
                flag := NOT flag;
                END_PROGRAM
                """;
        Checked checked = Compiler.compile(List.of(new Source("test.st", text)), Dialect.COMMON);
        Run run = Run.start(Objects.requireNonNull(checked.program()), new JvmBackend());
        assertEquals(List.of("many[1]", "many[2]", "many[3]"), names(run, "", 3));
        assertEquals(List.of("many[1]", "many[2]"), names(run, "MANY", 2));
        assertEquals(List.of("many[1000000]"), names(run, "many[1000000]", 10));
        assertEquals(List.of("p.grid[1,-1].a", "p.grid[1,-1].b"), names(run, "P.Grid[1, -1]", 10));
        assertEquals(10, names(run, "p", 100).size());
        assertEquals(List.of("p.flag"), names(run, "p.flag", 10));
        assertEquals(List.of("p.flags.3"), names(run, "p.flags.3", 10));
        for (String none :
                List.of("q", "p.gri", "many[0]", "many[1000001]", "p.grid[1]", "p..grid", "p.grid[1,-1].c")) {
            assertEquals(List.of(), names(run, none, 10), none);
        }
    }

    private static List<String> names(Run run, String path, int most) {
        return run.slots(path, most).stream().map(Slot::name).toList();
    }
}
