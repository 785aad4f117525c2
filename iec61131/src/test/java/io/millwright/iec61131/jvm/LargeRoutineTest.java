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
            byte[] bytes = new RoutineWriter(layouts, routine, new Guards(layouts.types(), Map.of()))
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

    /// Each label with an even number jumps to the next such one, past one that would be seen in the sum.
    private static String labels(int count) {
        var text = new StringBuilder("PROGRAM p\nVAR sum : DINT; END_VAR\n");
        for (int i = 0; i < count; i += 2) {
            text.append("L%d: sum := sum + 1; JMP L%d;\nL%d: sum := sum + 1000000;\n".formatted(i, i + 2, i + 1));
        }
        return text.append("L%d: sum := -sum;\nEND_PROGRAM\n".formatted(count)).toString();
    }

    @Test
    void thousandsOfLabelsAreReached() {
        for (Backend backend : List.<Backend>of(new JvmBackend(), new InterpretBackend())) {
            int count = backend instanceof JvmBackend ? 20_000 : 2_000;
            Run run = Run.start(Programs.compiled(labels(count)), backend);
            run.scan(run.instance("p").orElseThrow(), 1);
            assertEquals(new Value.Whole(-count / 2), run.read(run.find("p.sum").orElseThrow()));
        }
    }

    /// A stretch between labels is far smaller than a method may be: many of them share one.
    @Test
    void stretchesBetweenLabelsShareMethods() {
        Program program = Programs.compiled(labels(2_000));
        var layouts = new Layouts(program);
        program.routines().keySet().forEach(layouts::frame);
        Routine routine = program.routines().values().iterator().next();
        byte[] bytes = new RoutineWriter(layouts, routine, new Guards(layouts.types(), Map.of()))
                .write(1)
                .bytes();
        int methods = ClassFile.of().parse(bytes).methods().size();
        assertTrue(methods < 2_000 / 8, () -> methods + " methods");
    }

    /// Labels that lie apart, that follow each other, that are ranges, and the last and first ones of an unsigned type.
    @Test
    void aChoiceAmongThousandsOfLabelsFindsEachAndNoOther() {
        var text = new StringBuilder("PROGRAM p\nVAR n : ULINT; apart, close : DINT; END_VAR\ncase n OF\n");
        for (int i = 0; i < 3_000; i++) {
            text.append("%d, %d..%d: apart := %d;\n".formatted(i * 10, i * 10 + 3, i * 10 + 5, i));
        }
        text.append("ELSE apart := -1; END_CASE;\nCASE n OF 18446744073709551615: close := -2;\n");
        for (int i = 0; i < 3_000; i++) {
            text.append("%d: close := %d;\n".formatted(i, i));
        }
        text.append("ELSE close := -1; END_CASE;\nEND_PROGRAM\n");
        Program program = Programs.compiled(text.toString());
        for (Backend backend : List.<Backend>of(new JvmBackend(), new InterpretBackend())) {
            Run run = Run.start(program, backend);
            for (int n : List.of(-1, 0, 1, 3, 5, 6, 2_999, 3_000, 15_554, 15_557, 29_990, 29_995, 29_996)) {
                run.write(run.find("p.n").orElseThrow(), new Value.Whole(n));
                run.scan(run.instance("p").orElseThrow(), 1);
                boolean met = n >= 0 && List.of(0, 3, 4, 5).contains(n % 10);
                assertEquals(
                        List.of(new Value.Whole(met ? n / 10 : -1), new Value.Whole(n == -1 ? -2 : n < 3_000 ? n : -1)),
                        List.of(
                                run.read(run.find("p.apart").orElseThrow()),
                                run.read(run.find("p.close").orElseThrow())));
            }
        }
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
