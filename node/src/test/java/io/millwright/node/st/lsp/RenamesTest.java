package io.millwright.node.st.lsp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millwright.iec61131.syntax.Dialect;
import java.util.Comparator;
import java.util.List;
import org.eclipse.lsp4j.TextEdit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Names that must stay the same in several places are changed in all of them.
class RenamesTest {
    private static final String NAME = "file:///main.st";
    private static final String TEXT = """
            INTERFACE Light METHOD Blink : INT VAR_INPUT n : INT; END_VAR END_METHOD END_INTERFACE
            FUNCTION_BLOCK Lamp IMPLEMENTS Light
            METHOD PUBLIC Blink : INT VAR_INPUT n : INT; END_VAR Blink := n; END_METHOD
            METHOD PUBLIC Off : INT END_METHOD
            END_FUNCTION_BLOCK
            FUNCTION_BLOCK Large EXTENDS Lamp
            METHOD PUBLIC OVERRIDE Blink : INT VAR_INPUT n : INT; END_VAR Blink := SUPER^.Blink(n := 2 * n); END_METHOD
            END_FUNCTION_BLOCK
            FUNCTION_BLOCK Other METHOD PUBLIC Blink : INT VAR_INPUT n : INT; END_VAR Blink := n; END_METHOD
            END_FUNCTION_BLOCK
            PROGRAM p
            VAR lamp : Lamp; large : Large; other : Other; any : Light; x : INT; END_VAR
            any := lamp;
            x := lamp.Blink(n := 1) + large.Blink(n := 2) + other.Blink(n := 3) + any.Blink(n := 4) + lamp.Off();
            END_PROGRAM
            """;

    private final Workspace workspace = new Workspace(Dialect.COMMON);

    private String renamed(String text, int offset, String name) {
        workspace.edit(NAME, text);
        var edits = new Renames(workspace)
                .of(workspace.source(NAME), offset, name)
                .getChanges()
                .get(NAME);
        var renamed = new StringBuilder(text);
        Comparator<TextEdit> byPlace = Comparator.comparingInt(e -> at(e, true));
        for (TextEdit edit : edits.stream().sorted(byPlace.reversed()).toList()) {
            renamed.replace(at(edit, true), at(edit, false), name);
        }
        return renamed.toString();
    }

    private int at(TextEdit edit, boolean start) {
        var range = edit.getRange();
        return Positions.offset(workspace.source(NAME), start ? range.getStart() : range.getEnd());
    }

    /// 6.6.5.5 and 6.6.6: a method that overrides another, or is for an interface, has its name and its parameters; a
    /// method of the same name in a type that has nothing to do with them keeps its own.
    @ParameterizedTest
    @CsvSource({"Blink, Flash", "n, times"})
    void aMethodIsRenamedWithThoseThatStandForIt(String old, String name) {
        String other =
                TEXT.lines().filter(l -> l.contains("Other M")).findFirst().orElseThrow();
        String expected = TEXT.replaceAll("\\b" + old + "\\b", name)
                .replace(other.replaceAll("\\b" + old + "\\b", name), other)
                .replace("other." + (old.equals("Blink") ? name + "(n" : "Blink(" + name), "other.Blink(n");
        for (int at = TEXT.indexOf(old + " :"); at >= 0; at = TEXT.indexOf(old + " :", at + 1)) {
            boolean word = !Completions.isPartOfName(TEXT.charAt(at - 1));
            boolean ofOther = at > TEXT.indexOf(other) && at < TEXT.indexOf(other) + other.length()
                    || TEXT.startsWith("other.Blink(", at - "other.Blink(".length());
            boolean declared = TEXT.startsWith(": INT", at + old.length() + 1);
            if (word && !ofOther && declared) {
                assertEquals(expected, renamed(TEXT, at, name));
            }
        }
        workspace.edit(NAME, expected);
        assertEquals(List.of(), workspace.analysis().checked().diagnostics());
    }
}
