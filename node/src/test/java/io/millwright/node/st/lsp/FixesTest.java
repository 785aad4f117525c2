package io.millwright.node.st.lsp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millwright.iec61131.source.Diagnostic;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.syntax.Dialect;
import java.util.List;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.TextEdit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A text with one mistake is right when the fix that is offered has been made.
class FixesTest {
    private static final String NAME = "file:///main.st";
    private static final String TEXT = """
            TYPE Colour : (Red, Green); END_TYPE
            FUNCTION Scale : REAL VAR_INPUT raw : INT; END_VAR Scale := INT_TO_REAL(raw); END_FUNCTION
            NAMESPACE Plant FUNCTION Twice : INT VAR_INPUT a : INT; END_VAR Twice := 2 * a; END_FUNCTION END_NAMESPACE
            PROGRAM p
            VAR c : Colour; x : INT; r : REAL; b : BOOL; t : TON; END_VAR
            %s
            END_PROGRAM
            """;

    private final Workspace workspace = new Workspace(Dialect.COMMON);

    private List<Diagnostic> found(String text) {
        workspace.edit(NAME, text);
        return workspace.analysis().checked().diagnostics();
    }

    private List<CodeAction> fixes(String text) {
        return Findings.fixes(found(text), NAME, 0, text.length(), NAME);
    }

    /// A slash stands for the end of a line.
    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '`',
            value = {
                "x := 1 / x := 2;              ! Write ;",
                "x := (1 + 2;                  ! Write );",
                "x := (1 + 2 /;                ! Write )",
                "IF x = 1 THEN x := 2; END_FI  ! Write END_IF",
                "IF x == 1 THEN x := 2; END_IF ! Write =",
                "b := b && x > 1;              ! Write AND",
                "b := b || x > 1;              ! Write OR",
                "x = 2;                        ! Write :=",
                "r := 1.;                      ! Write 1.0",
                "c := Gren;                    ! Write Green",
                "c := Colour#Gren;             ! Write Green",
                "r := Scal(x);                 ! Write Scale",
                "r := Scale(rwa := x);         ! Write raw",
                "x := Plant.Twise(x);          ! Write Twice",
                "Again: x := x + 1; JMP Agian; ! Write Again",
                "r := SQTR(r);                 ! Write SQRT",
                "x := x + r;                   ! Write REAL_TO_INT(x + r)",
                "t(IN := x);                   ! Write INT_TO_BOOL(x)",
            })
    void aFixMendsTheText(String body, String title) {
        String text = TEXT.formatted(body.replace('/', '\n'));
        List<CodeAction> fixes = fixes(text);
        assertEquals(List.of(title), fixes.stream().map(CodeAction::getTitle).toList());
        TextEdit edit = fixes.getFirst().getEdit().getChanges().get(NAME).getFirst();
        var source = new Source(NAME, text);
        int start = Positions.offset(source, edit.getRange().getStart());
        int end = Positions.offset(source, edit.getRange().getEnd());
        assertEquals(List.of(), found(text.substring(0, start) + edit.getNewText() + text.substring(end)));
    }

    /// `!=` holds the mark between the columns above.
    @Test
    void theInequalityOfOtherLanguagesIsMended() {
        assertEquals(
                List.of("Write <>"),
                fixes(TEXT.formatted("b := x != 1;")).stream()
                        .map(CodeAction::getTitle)
                        .toList());
    }

    /// An output is written to: a conversion of what it is written to would be none.
    @Test
    void noFixIsOfferedThatMendsNothing() {
        String text = TEXT.formatted("t(ET => r);");
        assertEquals(1, found(text).size());
        assertEquals(List.of(), fixes(text));
    }
}
