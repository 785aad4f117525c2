package io.millwright.iec61131.library;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millwright.iec61131.Compiler;
import io.millwright.iec61131.Run;
import io.millwright.iec61131.check.Checked;
import io.millwright.iec61131.jvm.JvmBackend;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.syntax.Dialect;
import io.millwright.iec61131.type.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Expected texts are those of `printf` of GNU coreutils 9 for the same formats and values.
class PrintingTest {
    private static String printed(String variables, String call) {
        String text = "FUNCTION f : DINT VAR " + variables + " END_VAR f := printf(" + call + "); END_FUNCTION";
        Checked checked = Compiler.compile(List.of(new Source("t.st", text)), Dialect.COMMON);
        assertEquals(List.of(), checked.diagnostics());
        Run run = Run.start(checked.program(), new JvmBackend());
        var out = new StringBuilder();
        run.machine().output(out::append);
        run.machine().call(run.function("f").orElseThrow(), List.of());
        return out.toString();
    }

    @Test
    void wholeNumbersTakeFlagsWidthAndPrecision() {
        assertEquals(
                "-5|   -5|-5   |-0005|+5|00042|  007",
                printed("i : INT := -5;", "'%d|%5d|%-5d|%05d|%+d|%.5d|%5.3d', i, i, i, i, 5, 42, 7"));
        assertEquals(
                "4000000000|ee6b2800|0XFF|10|0x1f",
                printed("u : UDINT := 4000000000; y : BYTE := 255;", "'%u|%x|%#X|%o|%#x', u, u, y, 8, 31"));
        assertEquals("ffffffffffffffff|ffffffff", printed("l : LINT := -1; i : INT := -1;", "'%lx|%x', l, i"));
    }

    @Test
    void realNumbersAreRoundedAsCDoes() {
        assertEquals(
                "0.500000|2.67|1.234568e+04|0.0001|1e+10|     3.142|1E-10|0|2",
                printed(
                        "r : LREAL := 0.5; x : LREAL := 2.675;",
                        "'%f|%.2f|%e|%g|%g|%10.3f|%G|%.0f|%.0f', r, x, LREAL#12345.678, LREAL#0.0001, LREAL#1E10, "
                                + "LREAL#3.14159, LREAL#1E-10, r, LREAL#1.5"));
    }

    @Test
    void textsAreCutAndPadded() {
        assertEquals(
                "abc|       abc|abc   |ab|A|100%",
                printed("s : STRING := 'abc';", "'%s|%10s|%-6s|%.2s|%c|%d%%', s, s, s, s, 65, 100"));
    }

    @Test
    void theResultIsTheNumberOfCharacters() {
        assertEquals("n=123", printed("g : DINT;", "'n=%d', 123"));
        String text = "FUNCTION f : DINT VAR s : STRING := 'x%d$N'; END_VAR f := printf(s, 12); END_FUNCTION";
        Checked checked = Compiler.compile(List.of(new Source("t.st", text)), Dialect.COMMON);
        Run run = Run.start(checked.program(), new JvmBackend());
        assertEquals(new Value.Whole(4), run.machine().call(run.function("f").orElseThrow(), List.of()));
    }

    /// Where C would read what is not there, the conversion stays as it is written; values too many are left
    /// out.
    @Test
    void valuesThatAreMissingOrTooManyDoNoHarm() {
        assertEquals("7 %d %s", printed("", "'%d %d %s', 7"));
        assertEquals("7", printed("", "'%d', 7, 8"));
        assertEquals("text", printed("", "'%d', 'text'"));
        assertEquals("%9999d 3%", printed("", "'%9999d %d%', 3"));
    }
}
