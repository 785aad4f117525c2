package io.millwright.iec61131.format;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millwright.iec61131.syntax.SyntaxTree;
import io.millwright.iec61131.syntax.Texts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TreePrinterTest {
    private static void assertSame(String text) {
        SyntaxTree tree = Texts.tree(text);
        String printed = TreePrinter.print(tree);
        assertEquals(Texts.shape(tree), Texts.shape(Texts.tree(printed)), printed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "filter.st",
                "everything.st",
                "corpus/jumps.st",
                "corpus/chains.st",
                "corpus/structures_extended.st",
                "corpus/unions.st",
                "corpus/enable.st",
                "corpus/configured.st"
            })
    void what_is_printed_reads_back_as_the_same_tree(String name) {
        assertSame(Texts.resource(name));
    }

    @Test
    void parentheses_are_written_where_they_are_needed() {
        assertSame("PROGRAM p x := (a + b) * -(c - (d - e)) ** (f ** g) AND NOT (h OR i).j; END_PROGRAM");
        assertEquals(
                "PROGRAM p\n    x := a + b * c;\nEND_PROGRAM\n",
                TreePrinter.print(Texts.tree("PROGRAM p x := (a + (b * c)); END_PROGRAM")));
    }

    @Test
    void every_literal_reads_back() {
        assertSame("""
                PROGRAM p
                x := F(16#ff, 2#1, 8#17, INT#-16#A, 1E6, 1.50, 1.0E-20, TRUE, BOOL#FALSE, 'a$'$$$N$R$T$P$00"', "$0001'",
                    T#-1d2h3m4s5.6789ms, LTIME#0s, D#1969-12-31, LDATE#2000-02-29, TOD#23:59:59.999999999,
                    DT#1969-12-31-23:00:01,
                    LDT#2026-11-21-06:30:00, %IX1.2, %Q*, a.%B3, Color#Red);
                END_PROGRAM
                """);
    }
}
