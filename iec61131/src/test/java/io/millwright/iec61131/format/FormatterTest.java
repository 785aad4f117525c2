package io.millwright.iec61131.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.syntax.Texts;
import io.millwright.testkit.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FormatterTest {
    private static String format(String text) {
        return Formatter.format(new Source("test.st", text));
    }

    @Test
    void blocks_are_indented_and_tokens_spaced() {
        String text = """
                program Main
                var a:int:=- 1;b:array [0..3]of int; // two
                end_var


                (* why *)
                if a>1 and(b[0]=INT#-2)then
                case a of
                1,2 :
                F(x:=1,
                y=>b[ 1 ]);
                else
                a:=-a**2;
                end_case
                // last
                else a s=b;
                end_if
                end_program
                """;
        assertEquals("""
                PROGRAM Main
                VAR a : int := -1; b : ARRAY[0..3] OF int; // two
                END_VAR

                    (* why *)
                    IF a > 1 AND (b[0] = INT#-2) THEN
                        CASE a OF
                            1, 2:
                                F(x := 1,
                                    y => b[1]);
                        ELSE
                            a := -a ** 2;
                        END_CASE
                        // last
                    ELSE a s= b;
                    END_IF
                END_PROGRAM
                """, format(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"filter.st", "everything.st"})
    void the_tree_stays_and_a_second_time_changes_nothing(String name) {
        String text = Texts.resource(name);
        String formatted = format(text);
        assertEquals(Texts.shape(Texts.tree(text)), Texts.shape(Texts.tree(formatted)));
        assertEquals(formatted, format(formatted));
    }

    // The layout of the author, whatever it was, ends up in the same tree.
    @Test
    void blanks_and_line_ends_anywhere_change_nothing_of_the_tree() {
        String text = Texts.resource("filter.st");
        String shape = Texts.shape(Texts.tree(text));
        Property.check(20, random -> {
            StringBuilder spread = new StringBuilder();
            for (char c : text.toCharArray()) {
                spread.append(c == ' ' && random.nextInt(4) == 0 ? "\n \t" : String.valueOf(c));
            }
            String formatted = format(spread.toString());
            assertEquals(shape, Texts.shape(Texts.tree(formatted)));
            assertEquals(formatted, format(formatted));
        });
    }

    @Test
    void every_comment_and_pragma_is_kept() {
        String formatted = format("{p 1} (* a\n   b *) PROGRAM /* c */ p // d\n;(* e *) END_PROGRAM (* f *)");
        for (String kept : new String[] {"{p 1}", "(* a\n   b *)", "/* c */", "// d", "(* e *)", "(* f *)"}) {
            assertTrue(formatted.contains(kept), kept);
        }
    }

    @Test
    void a_text_with_mistakes_and_its_line_ends_stay() {
        assertEquals("PROGRAM  p x := ; END_PROGRAM", format("PROGRAM  p x := ; END_PROGRAM"));
        assertEquals("PROGRAM p\r\nEND_PROGRAM\r\n", format("PROGRAM  p\r\n END_PROGRAM"));
    }
}
