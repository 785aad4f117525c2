package io.millwright.iec61131.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.iec61131.Programs;
import io.millwright.iec61131.Run;
import io.millwright.iec61131.interpret.InterpretBackend;
import io.millwright.iec61131.ir.Program;
import io.millwright.iec61131.ir.Routine;
import io.millwright.iec61131.machine.Backend;
import io.millwright.iec61131.machine.Trap;
import io.millwright.iec61131.type.Value;
import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LargeRoutineTest {
    /// HotSpot does not compile methods with more code than that (`-XX:HugeMethodLimit`).
    private static final int COMPILED = 8000;

    /// One after another, in a chain of conditions, in a choice, in a loop that is left by EXIT and gone on
    /// with by CONTINUE.
    private static String large() {
        var text = new StringBuilder("""
                FUNCTION_BLOCK b
                VAR_INPUT n : DINT; END_VAR
                VAR_OUTPUT sum : DINT; found, chosen, rounds, half : INT; END_VAR
                VAR i : INT; END_VAR
                VAR_TEMP t : DINT; s : STRING; END_VAR
                """);
        for (int i = 0; i < 4000; i++) {
            text.append("t := t + n * %d; sum := t;\n".formatted(i));
        }
        text.append("FOR i := 1 TO 10 DO\n");
        for (int i = 0; i < 500; i++) {
            text.append("IF i = 8 AND n = 3 THEN EXIT; END_IF;\n");
            text.append(
                    "IF i MOD 2 = 0 AND n = 3 THEN CONTINUE; END_IF; half := half + %d;\n".formatted(i == 7 ? 1 : 0));
        }
        text.append("rounds := rounds + 1; END_FOR;\nIF n = -1 THEN found := -1;\n");
        for (int i = 0; i < 1000; i++) {
            text.append("ELSIF n = %d THEN found := %d; s := CONCAT(s, 'x');\n".formatted(i, i * 2));
        }
        text.append("END_IF;\nCASE n OF\n");
        for (int i = 0; i < 1000; i++) {
            text.append("%d: chosen := %d; s := CONCAT(s, 'y');\n".formatted(i, i * 3));
        }
        text.append("ELSE chosen := -1; END_CASE;\nIF n = 500 THEN RETURN; END_IF;\n");
        for (int i = 0; i < 1000; i++) {
            text.append("IF n = 600 THEN RETURN; END_IF; sum := sum + 1;\n");
        }
        return text.append(
                        "sum := sum / (n - 7);\nEND_FUNCTION_BLOCK\nPROGRAM p\nVAR c : b; END_VAR\nc();\nEND_PROGRAM\n")
                .toString();
    }

    @Test
    void aRoutineOfAnyLengthBecomesMethodsThatAreCompiled() {
        Program program = Programs.compiled(large());
        var layouts = new Layouts(program);
        program.routines().keySet().forEach(layouts::frame);
        Map<String, Integer> tooLong = new TreeMap<>();
        for (Routine routine : program.routines().values()) {
            byte[] bytes = new RoutineWriter(layouts, routine, new Guards(layouts.types(), List.of()))
                    .write(1)
                    .bytes();
            for (MethodModel method : ClassFile.of().parse(bytes).methods()) {
                int length = ((CodeAttribute) method.code().orElseThrow()).codeLength();
                if (length > COMPILED) {
                    tooLong.put(routine.signature() + " " + method.methodName(), length);
                }
            }
        }
        assertEquals(Map.of(), tooLong);
    }

    @Test
    void itDoesWhatItSays() {
        Program program = Programs.compiled(large());
        for (Backend backend : List.<Backend>of(new JvmBackend(), new InterpretBackend())) {
            Run run = Run.start(program, backend);
            // 0 + 1 + … + 3999 = 7998000; then 1 for each of 1000 statements.
            check(run, 3, 7_998_000L * 3 + 1000, 6, 9, 4);
            check(run, 500, (int) (7_998_000L * 500), 1000, 1500, 14);
            check(run, 600, 7_998_000L * 600 - (1L << 32), 1200, 1800, 24);
            check(run, 999, (int) (7_998_000L * 999 + 1000), 1998, 2997, 34);
            set(run, 7);
            Trap trap =
                    assertThrows(Trap.class, () -> run.scan(run.instance("p").orElseThrow(), 1));
            assertEquals(Trap.Kind.DIVISION_BY_ZERO, trap.kind());
            assertEquals(2, trap.stack().size());
            assertTrue(trap.stack().getFirst().line() > 8000, trap::toString);
        }
    }

    private static void set(Run run, int n) {
        run.write(run.find("p.c.n").orElseThrow(), new Value.Whole(n));
    }

    private static void check(Run run, int n, long sum, int found, int chosen, int rounds) {
        set(run, n);
        run.scan(run.instance("p").orElseThrow(), 1);
        boolean divided = n == 3 || n == 999;
        assertEquals(
                new Value.Whole(divided ? sum / (n - 7) : sum),
                run.read(run.find("p.c.sum").orElseThrow()));
        assertEquals(new Value.Whole(found), run.read(run.find("p.c.found").orElseThrow()));
        assertEquals(new Value.Whole(chosen), run.read(run.find("p.c.chosen").orElseThrow()));
        assertEquals(new Value.Whole(rounds), run.read(run.find("p.c.rounds").orElseThrow()));
    }

    // A part that is too large again is cut again: the first piece begins with the instruction that the whole does.
    @Test
    void partsOfPartsAreAllRun() {
        var text = new StringBuilder("PROGRAM p\nVAR i : INT; sum : DINT; END_VAR\nFOR i := 1 TO 2 DO\n");
        for (int i = 0; i < 3000; i++) {
            text.append("sum := sum + %d;\n".formatted(i));
        }
        text.append("END_FOR;\nEND_PROGRAM\n");
        Run run = Run.start(Programs.compiled(text.toString()), new JvmBackend());
        run.scan(run.instance("p").orElseThrow(), 1);
        assertEquals(
                new Value.Whole(2 * 2999 * 1500), run.read(run.find("p.sum").orElseThrow()));
    }

    @Test
    void aUnitMayHaveManyVariables() {
        var text = new StringBuilder("TYPE s : STRUCT n : INT := 4; END_STRUCT; END_TYPE\nPROGRAM p\nVAR\n");
        for (int i = 0; i < 9000; i++) {
            text.append("v%d : INT := %d; ".formatted(i, i));
        }
        text.append("a : ARRAY[1..3000] OF s; END_VAR\nv0 := v8999 + a[3000].n;\nEND_PROGRAM\n");
        Run run = Run.start(Programs.compiled(text.toString()), new JvmBackend());
        run.scan(run.instance("p").orElseThrow(), 1);
        assertEquals(new Value.Whole(9003), run.read(run.find("p.v0").orElseThrow()));
    }
}
