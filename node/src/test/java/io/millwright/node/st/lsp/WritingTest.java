package io.millwright.node.st.lsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.iec61131.syntax.Dialect;
import java.util.Arrays;
import java.util.List;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.SignatureHelp;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is offered while something is being written; the place is marked by `|`.
class WritingTest {
    private static final String TYPES = """
            TYPE
                Colour : (red, green, blue);
                Mode : (off, red);
                Part : STRUCT colour : Colour; END_STRUCT;
            END_TYPE
            NAMESPACE Plant TYPE Way : (north, south); END_TYPE END_NAMESPACE
            FUNCTION_BLOCK Lamp
            VAR_INPUT colour : Colour; on : BOOL; END_VAR
            VAR_OUTPUT lit : BOOL; END_VAR
            VAR inner : INT; END_VAR
            END_FUNCTION_BLOCK
            FUNCTION Paint : Colour VAR_INPUT colour : Colour; coats : INT; END_VAR Paint := colour; END_FUNCTION
            FUNCTION Log VAR_INPUT coats : INT; END_VAR END_FUNCTION
            """;
    private static final String PROGRAM = """
            PROGRAM p
            VAR
                c : Colour; way : Plant.Way; own : (left_side, right_side); green : INT; x : INT; b : BOOL;
                lamp : Lamp; lamps : ARRAY[1..2, 1..2] OF Lamp; parts : ARRAY[0..3] OF Part; t : TON;
            END_VAR
            %s
            END_PROGRAM
            """;
    private static final String TEST = """
            TEST 'lamps'
            VAR lamp : Lamp; c : Colour; t : TON; n : INT; END_VAR
            %s
            END_TEST
            """;

    private final Workspace workspace = new Workspace(Dialect.COMMON);

    @BeforeEach
    void types() {
        workspace.edit("file:///types.st", TYPES);
    }

    /// Where the mark stood; the text without it is open then.
    private int write(String marked) {
        int offset = marked.indexOf('|');
        workspace.edit("file:///main.st", marked.substring(0, offset) + marked.substring(offset + 1));
        return offset;
    }

    private List<CompletionItem> offered(String marked, boolean askedAlone) {
        int offset = write(marked);
        return Completions.at(workspace, workspace.source("file:///main.st"), offset, askedAlone);
    }

    private String asked(String marked) {
        return String.join(
                " ",
                offered(marked, true).stream()
                        .map(i -> i.getInsertText() == null
                                ? i.getLabel()
                                : i.getInsertText().strip())
                        .toList());
    }

    /// 6.4.4.2.2: a value needs its type where its name means something else too; here `green` is a variable. One of
    /// several enumerations is known by what it is given to.
    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "c := |",
                "c := |;",
                "c := (* which? *) re|;",
                "IF c = | THEN x := 1; END_IF",
                "IF b AND c <> |",
                "IF c = red OR c = |",
                "CASE c OF |",
                "CASE c OF | END_CASE",
                "CASE c OF red: x := 1; | END_CASE",
                "CASE c OF red: IF b THEN x := 1; END_IF | END_CASE",
                "CASE c OF red, | END_CASE",
                "CASE parts[1].colour OF |: x := 1; END_CASE",
                "parts[x].colour := |",
                "lamp(colour := |",
                "lamp(colour := |);",
                "lamps[1, 2](on := TRUE, colour := |);",
                "c := Paint(colour := |, coats := 2);",
            })
    void theValuesOfAnEnumerationComeFirst(String body) {
        assertEquals("red Colour#green blue", asked(PROGRAM.formatted(body)));
    }

    @Test
    void theseValuesStandBeforeEverythingElse() {
        List<CompletionItem> all = offered(PROGRAM.formatted("c := |"), false);
        List<String> sorted = all.stream()
                .map(i -> i.getSortText() == null ? i.getLabel() : i.getSortText())
                .sorted()
                .toList();
        assertEquals(List.of("!000", "!001", "!002"), sorted.subList(0, 3));
        assertEquals(
                List.of("red", "Colour#green", "blue"),
                all.stream().limit(3).map(CompletionItem::getLabel).toList());
        assertTrue(all.stream().anyMatch(i -> i.getLabel().equals("lamp")), all::toString);
    }

    /// 6.9.2: outside of the namespace the name of the type is qualified; the values of a type without a name are
    /// names of their own.
    @ParameterizedTest
    @CsvSource({"way := |, Plant.Way#north Plant.Way#south", "own := |, left_side right_side"})
    void aValueIsWrittenAsItIsSeen(String body, String values) {
        assertEquals(values, asked(PROGRAM.formatted(body)));
    }

    @Test
    void aValueThatIsOfferedIsRight() {
        String body = "c := red; c := Colour#green; way := Plant.Way#north; own := left_side; "
                + "IF c = red THEN lamp(colour := red); END_IF CASE c OF red: ; END_CASE|";
        write(PROGRAM.formatted(body));
        assertEquals(List.of(), workspace.analysis().checked().diagnostics());
    }

    /// 6.6.1.7.2: inputs and in-outs by `:=`, outputs by `=>`; what has one already is not offered again.
    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "lamp(|                       ! colour := on := lit => red Colour#green blue",
                "lamp(|);                     ! colour := on := lit => red Colour#green blue",
                "lamps[1, x](|);              ! colour := on := lit => red Colour#green blue",
                "lamp(colour := red, |);      ! on := lit =>",
                "t(IN := lamp.lit, PT := T#1s, |); ! Q => ET =>",
                "c := Paint(red, |);          ! colour := coats :=",
                "c := Paint(coats := ABS(x), |); ! colour :=",
                "x := ABS(|);                 ! ''",
                "lamp(lit => |);              ! ''",
                "x := (|                      ! ''",
            })
    void theParametersOfACallComeFirst(String body, String parameters) {
        assertEquals(parameters, asked(PROGRAM.formatted(body)));
    }

    /// Instances can be mocked, and functions that give something.
    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "MOCK |                      ! lamp t",
                "MOCK la|;                   ! lamp t",
                "MOCK_FUNCTION |             ! Paint",
                "MOCK_FUNCTION Paint RETURNS |; ! red green blue",
                "ASSERT_EQ(c, |);            ! red green blue",
            })
    void aTestIsOfferedWhatItMayMock(String body, String offered) {
        assertEquals(offered, asked(TEST.formatted(body)));
    }

    @Test
    void theWordsOfTestsAreOfferedInTestsAlone() {
        assertTrue(offered(TEST.formatted("|"), false).stream()
                .anyMatch(i -> i.getLabel().equals("ASSERT_NEAR")));
        assertTrue(offered(PROGRAM.formatted("|"), false).stream()
                .noneMatch(i -> i.getLabel().equals("ASSERT_NEAR")));
    }

    /// The parameter that an argument belongs to is told by its name, else by its number.
    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "lamp(|            ! Lamp(colour : Colour, on : BOOL, lit => BOOL) ! 0",
                "lamp(on := |);    ! Lamp(colour : Colour, on : BOOL, lit => BOOL) ! 1",
                "c := Paint(red, | ! Paint(colour : Colour, coats : INT)           ! 1",
                "c := Paint(coats := (1 + |), colour := red);  !                   ! ",
                "c := Paint(coats := 1 + |, colour := red);    ! Paint(colour : Colour, coats : INT) ! 1",
                "x := LIMIT(0, |   ! LIMIT(MN : ANY_ELEMENTARY, IN : ANY_ELEMENTARY, MX : ANY_ELEMENTARY) ! 1",
            })
    void whatACallTakesIsTold(String body, String label, Integer parameter) {
        assertHelp(PROGRAM.formatted(body), label, parameter);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "ASSERT_NEAR(1.0, | ! ASSERT_NEAR(actual, expected, tolerance, message) ! 1",
                "lamp(|             ! Lamp(colour : Colour, on : BOOL, lit => BOOL) ! 0",
            })
    void whatACallInATestTakesIsTold(String body, String label, Integer parameter) {
        assertHelp(TEST.formatted(body), label, parameter);
    }

    private void assertHelp(String marked, String label, Integer parameter) {
        int offset = write(marked);
        SignatureHelp help = SignatureHelps.at(workspace, workspace.source("file:///main.st"), offset);
        assertEquals(
                Arrays.asList(label, parameter).stream().filter(x -> x != null).toList(),
                help.getSignatures().isEmpty()
                        ? List.of()
                        : List.of(help.getSignatures().getFirst().getLabel(), help.getActiveParameter()));
    }
}
