package io.millwright.iec61131.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.iec61131.source.Diagnostic;
import io.millwright.iec61131.source.Diagnostics;
import io.millwright.iec61131.source.Source;
import io.millwright.testkit.Property;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// One mistake gives one message, at its place, that says what would be right.
final class MistakesTest {
    private static Diagnostic only(String text) {
        List<Diagnostic> found = Texts.mistakes(text);
        assertEquals(1, found.size(), found.toString());
        return found.getFirst();
    }

    private static Diagnostic within(String statements) {
        return only("PROGRAM p\nVAR a : INT; END_VAR\n" + statements + "\nEND_PROGRAM\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a := 1 b := 2;       | 3 | ';'",
                "a := (1 + 2;         | 3 | ')'",
                "a := ;               | 3 | expression",
                "a := 1 + ;           | 3 | expression",
                "a := b[1;            | 3 | ']'",
                "a = 1;               | 3 | ':='",
                "a += 1;              | 3 | := a +",
                "a++;                 | 3 | := a + 1",
                "a := 7 % 2;          | 3 | MOD",
                "a != 3;              | 3 | <>",
                "RETURN 5;            | 3 | assigned to its name",
                "IF a b := 1; END_IF  | 3 | THEN",
                "FOR a := 1 DO ; END_FOR | 3 | TO",
                "WHILE a a := 1; END_WHILE | 3 | DO",
                "CASE a OF 1 a := 2; END_CASE | 3 | ':'",
                "f(a, b := 1;         | 3 | ')'",
                "a := 1; END_IF;      | 3 | without the IF",
                "a := 1; ELSE a := 2; | 3 | without the IF",
                "b : INT;             | 3 | between VAR and END_VAR"
            })
    void a_message_names_what_is_expected(String statements, int line, String expected) {
        Diagnostic found = within(statements);
        assertEquals(line, found.span().line());
        assertTrue(found.message().contains(expected.replace('\'', '"')), found.message());
    }

    @ParameterizedTest
    @CsvSource({
        "'IF a THEN a := 1; ENDIF', END_IF",
        "'IF a THEN a := 1; EDN_IF;', END_IF",
        "'WHLIE a DO a := 1; END_WHILE', WHILE",
        "'FRO a := 1 TO 2 DO ; END_FOR', FOR",
        "'IF a THAN a := 1; END_IF', THEN",
        "'a = 1;', :="
    })
    void a_misspelt_word_is_mended(String statements, String suggestion) {
        assertEquals(suggestion, within(statements).suggestion());
    }

    @Test
    void misspelt_words_outside_of_bodies_are_mended() {
        assertEquals("FUNCTION", only("FUNCTON f : INT END_FUNCTION").suggestion());
        assertEquals(
                "VAR_INPUT",
                only("PROGRAM p\nVAR_INPTU a : INT;\nEND_VAR END_PROGRAM").suggestion());
        assertEquals(
                "END_VAR",
                only("PROGRAM p\nVAR a : INT;\nENDVAR\na := 1; END_PROGRAM").suggestion());
        assertEquals("END_PROGRAM", only("PROGRAM p\na := 1;\nEND_PROGRM\n").suggestion());
    }

    @Test
    void a_missing_end_is_reported_at_its_begin() {
        Diagnostic found = within("WHILE a DO\n  IF a THEN\n    a := 1;\nEND_WHILE;");
        assertEquals(4, found.span().line());
        assertTrue(found.message().contains("END_IF is missing"), found.message());
        assertEquals(6, found.related().getFirst().span().line());
    }

    // The inner IF has the END_IF of the outer one: only the indentation tells.
    @Test
    void indentation_tells_which_end_is_missing() {
        Diagnostic found = within("IF a THEN\n    IF b THEN\n        a := 1;\nEND_IF;");
        assertEquals(4, found.span().line());
    }

    @Test
    void what_has_no_end_is_reported_once() {
        assertEquals(2, only("PROGRAM p\n(* open\na := 1;\nEND_PROGRAM").span().line());
        assertEquals(2, only("PROGRAM p\n{ open\na := 1;\nEND_PROGRAM").span().line());
        assertEquals(2, only("PROGRAM p\na := 'open;\nEND_PROGRAM").span().line());
        assertEquals(1, only("PROGRAM p\na := 1;\n").span().line());
        assertEquals(
                2, only("PROGRAM p\nVAR a : INT;\na := 1;\nEND_PROGRAM").span().line());
    }

    @Test
    void reading_goes_on_behind_a_mistake() {
        List<Diagnostic> found =
                Texts.mistakes("PROGRAM p\na := ;\nb := 1;\nIF c THEN d := ); END_IF\nf(,);\nEND_PROGRAM");
        assertEquals(
                List.of(2, 4, 5), found.stream().map(one -> one.span().line()).toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "VAR p : POINTER TO INT; END_VAR",
                "VAR r : REFERENCE TO INT; END_VAR",
                "VAR __a : INT; END_VAR",
                "VAR s : STRING(5); END_VAR",
                "a S= b;",
                "IF a THEN ; END_IF",
                "act;",
                "a := 1E6;",
                "a := b AND_THEN c;"
            })
    void what_only_tools_allow_is_reported_when_the_standard_is_asked_for(String text) {
        String program = "PROGRAM p " + text + " END_PROGRAM";
        assertEquals(List.of(), Texts.mistakes(program));
        assertEquals(1, Texts.mistakes(program, Dialect.STANDARD).size());
    }

    // Every token of two texts is left out once and doubled once, and every keyword gets two letters swapped. A few
    // such changes hit two places of the structure; on average there is hardly more than one message.
    @Test
    void a_single_change_gives_hardly_more_than_one_message() {
        List<String> changed = new ArrayList<>();
        for (String name : List.of("filter.st", "everything.st")) {
            String text = Texts.resource(name);
            Tokens tokens = Parser.tokens(new Source(name, text), Dialect.COMMON, new Diagnostics());
            for (int i = 0; i < tokens.count() - 1; i++) {
                String before = text.substring(0, tokens.start(i));
                String token = tokens.text(i);
                String after = text.substring(tokens.end(i));
                changed.add(before + after);
                changed.add(before + token + " " + token + after);
                if (tokens.kind(i).isKeyword() && token.length() > 2) {
                    changed.add(before + token.charAt(1) + token.charAt(0) + token.substring(2) + after);
                }
            }
        }
        List<Integer> counts = changed.stream()
                .map(text -> Texts.mistakes(text).size())
                .filter(count -> count > 0)
                .toList();
        double average = counts.stream().mapToInt(count -> count).average().orElseThrow();
        assertTrue(counts.size() > 1_000, () -> counts.size() + " changed texts are wrong");
        assertTrue(average < 1.35, () -> "messages for a change on average: " + average);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(",
                "-",
                "NOT ",
                "a.",
                "a[",
                "f(",
                "a^",
                "a+",
                "IF a THEN ",
                "CASE a OF 1: ",
                "WHILE a DO ",
                "REPEAT ",
                "METHOD m ",
                "NAMESPACE n ",
                "VAR x : ARRAY[1..2] OF ",
                "TYPE t : STRUCT a : ",
                "(*",
                "{",
                "'",
                "%",
                "16#",
                "LD a\nAND(\n",
                "STEP s: ",
                "x := [",
                "END_IF ",
                "ELSE ",
                "\u0000",
                "\uD800",
                "TEST 'a' ",
                "a : "
            })
    void ten_thousand_of_anything_end_in_few_messages(String piece) {
        for (String before : List.of("", "PROGRAM p ", "PROGRAM p x := ", "PROGRAM p VAR x : INT := ", "TYPE ")) {
            List<Diagnostic> found = Texts.mistakes(before + piece.repeat(10_000));
            assertFalse(found.isEmpty());
            assertTrue(found.size() <= Cursor.REPORTS_MAX + 2, () -> piece + found.size());
        }
    }

    // Whatever is read: no exception, and spans that lie within the text.
    @Test
    void any_mixture_of_tokens_gives_a_tree() {
        List<String> pieces = new ArrayList<>();
        for (String name : List.of("filter.st", "everything.st")) {
            Tokens tokens = Parser.tokens(new Source(name, Texts.resource(name)), Dialect.COMMON, new Diagnostics());
            for (int i = 0; i < tokens.count(); i++) {
                pieces.add(tokens.text(i));
            }
        }
        Property.check(300, random -> {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(400); i > 0; i--) {
                text.append(pieces.get(random.nextInt(pieces.size()))).append(random.nextInt(4) == 0 ? '\n' : ' ');
                if (random.nextInt(50) == 0) {
                    text.append((char) random.nextInt(65_536));
                }
            }
            Diagnostics diagnostics = new Diagnostics();
            SyntaxTree tree = Parser.parse(new Source("random.st", text.toString()), Dialect.STANDARD, diagnostics);
            assertTrue(tree.declarations().size() <= text.length());
        });
    }

    @Test
    void a_text_that_is_too_long_is_not_read() {
        assertTrue(only(" ".repeat(Parser.LENGTH_MAX + 1)).message().contains("at most"));
    }
}
