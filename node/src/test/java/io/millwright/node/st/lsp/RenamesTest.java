package io.millwright.node.st.lsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.iec61131.syntax.Dialect;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
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

    private static final String CONFIGURATION = """
            PROGRAM Main VAR level : INT; t : TON; END_VAR END_PROGRAM
            CONFIGURATION c
            VAR_ACCESS seen : r.p1.level : INT; END_VAR
            VAR_CONFIG R.P1.level : INT := 5; END_VAR
            RESOURCE r ON PLC
            TASK fast(INTERVAL := T#10ms, PRIORITY := 1);
            TASK slow(INTERVAL := T#100ms, PRIORITY := 2);
            PROGRAM p1 WITH Fast : Main(t WITH FAST);
            PROGRAM p2 WITH slow : Main;
            END_RESOURCE
            END_CONFIGURATION
            """;
    private static final String RESOURCES = """
            PROGRAM Main VAR level : INT; END_VAR END_PROGRAM
            CONFIGURATION c
            VAR_ACCESS one : r1.p.level : INT; END_VAR
            VAR_ACCESS two : r2.P.level : INT; END_VAR
            VAR_CONFIG R2.p.level : INT := 5; END_VAR
            RESOURCE r1 ON PLC TASK run(PRIORITY := 1); PROGRAM p WITH run : Main; END_RESOURCE
            RESOURCE r2 ON PLC TASK run(PRIORITY := 1); PROGRAM p WITH Run : Main; END_RESOURCE
            END_CONFIGURATION
            """;
    private static final String NAMESPACES = """
            NAMESPACE Plant TYPE Way : (north, south); END_TYPE END_NAMESPACE
            NAMESPACE plant.Inner
            FUNCTION Twice : INT VAR_INPUT a : INT; END_VAR Twice := 2 * a; END_FUNCTION
            END_NAMESPACE
            NAMESPACE Other TYPE Size : INT; END_TYPE END_NAMESPACE
            PROGRAM p
            USING Plant.Inner;
            VAR way : PLANT.Way; x : INT; END_VAR
            way := Plant.Way#south;
            x := Twice(1) + plant.inner.Twice(2);
            END_PROGRAM
            """;
    private static final String LABELS = """
            PROGRAM p VAR n : INT; END_VAR
            again: n := n + 1;
            IF n < 3 THEN JMP Again; END_IF;
            done: n := 0;
            END_PROGRAM
            FUNCTION_BLOCK List VAR n : INT; END_VAR
            up: LD n
            ADD 1
            ST n
            LT 3
            JMPC UP
            again: LD 0
            ST n
            END_FUNCTION_BLOCK
            """;

    private static String text(String which) {
        return switch (which) {
            case "configuration" -> CONFIGURATION;
            case "namespaces" -> NAMESPACES;
            case "resources" -> RESOURCES;
            default -> LABELS;
        };
    }

    /// 6.8.2, Table 62; 6.9; 7.2, and JMP of common dialects. In every line that is named, and in no other, each use
    /// of the name, in capitals or not, is changed; from each of them the same.
    @ParameterizedTest
    @CsvSource({
        "labels, again, 2 3, retry",
        "labels, up, 7 11, high",
        "configuration, fast, 6 8, quick",
        "configuration, slow, 7 9, lame",
        "configuration, p1, 3 4 8, first",
        "configuration, r, 3 4 5, station",
        "configuration, c, 2, cell",
        "configuration, Main, 1 8 9, Root",
        "resources, p, 3 6, first",
        "resources, p, 4 5 7, second",
        "resources, run, 6, quick",
        "resources, run, 7, slow",
        "resources, r2, 4 5 7, station",
        "namespaces, Plant, 1 2 7 8 9 10, Works",
        "namespaces, Inner, 2 7 10, Deep",
    })
    void whatIsNoVariableIsRenamed(String which, String old, String lines, String name) {
        String before = text(which);
        var word = Pattern.compile("(?i)(?<![\\w#])" + old + "(?!\\w)");
        List<String> all = before.lines().toList();
        List<Integer> places = new ArrayList<>();
        var expected = new StringBuilder();
        int start = 0;
        for (int i = 0; i < all.size(); i++) {
            boolean named = List.of(lines.split(" ", -1)).contains(Integer.toString(i + 1));
            var found = word.matcher(all.get(i));
            while (named && found.find()) {
                places.add(start + found.start());
            }
            expected.append(named ? word.matcher(all.get(i)).replaceAll(name) : all.get(i))
                    .append('\n');
            start += all.get(i).length() + 1;
        }
        for (int place : places) {
            assertEquals(expected.toString(), renamed(before, place, name));
        }
        workspace.edit(NAME, before);
        int errors = workspace.analysis().checked().diagnostics().size();
        workspace.edit(NAME, expected.toString());
        assertEquals(errors, workspace.analysis().checked().diagnostics().size());
    }

    /// What has the name already would be meant as well, or instead.
    @ParameterizedTest
    @CsvSource({
        "labels, again:, done",
        "configuration, fast, Slow",
        "configuration, p1, P2",
        "namespaces, Plant, Other",
        "namespaces, Inner, Way",
        "labels, again:, END_IF",
    })
    void aNameThatIsTakenIsRefusedInOneLine(String which, String at, String name) {
        String text = text(which);
        var refused = assertThrows(ResponseErrorException.class, () -> renamed(text, text.indexOf(at), name));
        assertTrue(refused.getMessage().startsWith(name + " "), refused.getMessage());
        assertEquals(1, refused.getMessage().lines().count());
    }

    @ParameterizedTest
    @CsvSource({
        "labels, Again;, again:, again:",
        "configuration, Fast :, 'TASK fast(INTERVAL := T#10ms, PRIORITY := 1)', fast(",
        "configuration, P1., 'PROGRAM p1 WITH Fast : Main(t WITH FAST)', p1 WITH",
        "namespaces, Plant.Inner;, NAMESPACE Plant, Plant",
    })
    void aUseLeadsToTheDeclarationAndTellsIt(String which, String use, String told, String declaration) {
        String text = text(which);
        workspace.edit(NAME, text);
        Analysis analysis = workspace.analysis();
        Analysis.Found found = analysis.at(NAME, text.indexOf(use));
        assertEquals(told, Descriptions.of(found.target()).strip());
        assertEquals(
                text.indexOf(declaration),
                Analysis.declared(found.target()).known().start());
    }
}
