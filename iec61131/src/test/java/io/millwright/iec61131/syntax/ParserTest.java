package io.millwright.iec61131.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millwright.iec61131.source.Diagnostics;
import io.millwright.iec61131.source.Source;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ParserTest {
    static SyntaxTree tree(String text) {
        Diagnostics diagnostics = new Diagnostics();
        SyntaxTree tree = Parser.parse(new Source("test.st", text), Dialect.COMMON, diagnostics);
        assertEquals(List.of(), diagnostics.sorted(), text);
        return tree;
    }

    @Test
    void a_unit_keeps_its_name_and_its_variables() {
        SyntaxTree tree = tree("""
                (* Waits. *)
                FUNCTION_BLOCK Waiter
                VAR_INPUT
                    on : BOOL; // go
                END_VAR
                IF on THEN on := FALSE; END_IF
                END_FUNCTION_BLOCK
                """);
        var unit = (Declaration.Unit) tree.declarations().getFirst();
        assertEquals("Waiter", unit.name().text());
        assertEquals("Waits.", unit.documentation());
        assertEquals("go", unit.variables().getFirst().variables().getFirst().documentation());
    }
}
