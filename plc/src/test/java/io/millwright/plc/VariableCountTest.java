package io.millwright.plc;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millwright.iec61131.Compiler;
import io.millwright.iec61131.ir.Program;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.syntax.Dialect;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// A program of more variables than there is memory for is refused before it takes what there is.
class VariableCountTest {
    private static Program program(String text) {
        return Objects.requireNonNull(Compiler.compile(List.of(new Source("p.st", text)), Dialect.COMMON)
                .program());
    }

    /// 5 × 6 elements of two fields, one in the array beside them, one number: 62, at 1 KiB each.
    @Test
    void elementsOfArraysCount() throws Exception {
        Program few = program("""
                TYPE Pair : STRUCT a : INT; b : STRING; END_STRUCT; END_TYPE
                VAR_GLOBAL CONSTANT c : ARRAY[1..1000] OF INT; END_VAR
                PROGRAM p VAR grid : ARRAY[1..5, 0..5] OF Pair; one : ARRAY[3..3] OF REAL; n : INT; END_VAR END_PROGRAM
                """);
        assertDoesNotThrow(() -> VariableCount.check(few, 62 * 1024));
        var refused = assertThrows(ProjectError.class, () -> VariableCount.check(few, 62 * 1024 - 1));
        assertEquals(
                "the program has 62 variables, elements of arrays among them; the memory of this process is enough for"
                        + " 61: give it 1 MiB (MW_JAVA_OPTIONS=-Xmx1m), or make arrays smaller",
                refused.getMessage());
    }

    /// Twice 4000 × 60 000 elements, each of them less than the compiler refuses: 480 000 000, at 1 KiB each.
    @Test
    void allThatTheCompilerTakesIsCounted() {
        Program many = program("""
                TYPE Row : ARRAY[1..60000] OF LREAL; END_TYPE
                TYPE Plane : STRUCT rows : ARRAY[1..4000] OF Row; END_STRUCT; END_TYPE
                PROGRAM p VAR one, other : Plane; END_VAR END_PROGRAM
                """);
        assertDoesNotThrow(() -> VariableCount.check(many, 480_000_000L * 1024));
        assertThrows(ProjectError.class, () -> VariableCount.check(many, 480_000_000L * 1024 - 1));
    }
}
