package io.millwright.iec61131.guideline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.iec61131.Session;
import io.millwright.iec61131.check.Checked;
import io.millwright.iec61131.check.Checker;
import io.millwright.iec61131.check.Part;
import io.millwright.iec61131.source.Diagnostic;
import io.millwright.iec61131.source.Diagnostics;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.syntax.Dialect;
import io.millwright.iec61131.syntax.Parser;
import io.millwright.iec61131.syntax.SyntaxTree;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every rule with a text that keeps it and one that does not. In the latter the place stands behind the mark
/// `§`.
class GuidelinesTest {
    private static Stream<Arguments> cases() {
        return Stream.of(names(), practice(), programs(), language()).flatMap(c -> c);
    }

    private static Stream<Arguments> names() {
        return Stream.of(
                Arguments.of(
                        Rule.N1,
                        "PROGRAM p VAR x : BOOL; END_VAR §%QX0.0 := x; END_PROGRAM",
                        "PROGRAM p VAR x AT %QX0.0 : BOOL; END_VAR x := TRUE; END_PROGRAM"),
                Arguments.of(
                        Rule.N3,
                        "PROGRAM p VAR §len : INT; END_VAR len := 1; END_PROGRAM",
                        "PROGRAM p VAR length : INT; END_VAR length := 1; END_PROGRAM"),
                Arguments.of(
                        Rule.N5,
                        "VAR_GLOBAL g : INT; END_VAR PROGRAM p VAR §g : INT; END_VAR g := 1; END_PROGRAM",
                        "VAR_GLOBAL g : INT; END_VAR PROGRAM p VAR_EXTERNAL g : INT; END_VAR g := 1; END_PROGRAM"),
                Arguments.of(
                        Rule.N6,
                        "PROGRAM p VAR §abcdefghijklmnopqrstuvwxyz : INT; END_VAR END_PROGRAM",
                        "PROGRAM p VAR abcdefghijklmnopqrstuvwxy : INT; END_VAR END_PROGRAM"),
                Arguments.of(
                        Rule.N8,
                        "PROGRAM p VAR §größe : INT; END_VAR END_PROGRAM",
                        "PROGRAM p VAR size : INT; END_VAR (* Größe *) END_PROGRAM"),
                Arguments.of(
                        Rule.N9,
                        "FUNCTION Top : INT Top := 1; END_FUNCTION PROGRAM p VAR §top : INT; END_VAR END_PROGRAM",
                        "FUNCTION Top : INT Top := 1; END_FUNCTION"
                                + " PROGRAM p VAR t : INT; END_VAR t := Top(); END_PROGRAM"),
                Arguments.of(
                        Rule.C3, "PROGRAM p §(* a (* b *) c *) END_PROGRAM", "PROGRAM p (* a *) (* b *) END_PROGRAM"));
    }

    private static Stream<Arguments> practice() {
        return Stream.of(
                Arguments.of(
                        Rule.CP2,
                        "PROGRAM p VAR x : INT; END_VAR IF x > 1 THEN RETURN; §x := 2; END_IF; END_PROGRAM",
                        "PROGRAM p VAR x : INT; END_VAR IF x > 1 THEN RETURN; END_IF; x := 2; END_PROGRAM"),
                Arguments.of(
                        Rule.CP3,
                        "FUNCTION f : INT VAR_INPUT a : BOOL; END_VAR VAR t : INT; END_VAR"
                                + " IF a THEN t := 1; END_IF; §f := t; END_FUNCTION",
                        "FUNCTION f : INT VAR_INPUT a : BOOL; END_VAR VAR t : INT; END_VAR"
                                + " IF a THEN t := 1; ELSE t := 2; END_IF; f := t; END_FUNCTION"),
                Arguments.of(
                        Rule.CP4,
                        "PROGRAM p VAR a AT %MD1 : DWORD; §b AT %MW3 : WORD; END_VAR END_PROGRAM",
                        "PROGRAM p VAR a AT %MD1 : DWORD; b AT %MW4 : WORD; c AT %QW3 : WORD; END_VAR END_PROGRAM"),
                Arguments.of(
                        Rule.CP4,
                        "PROGRAM p VAR a AT %QB3 : STRING[7]; §b AT %QB10 : BYTE; END_VAR END_PROGRAM",
                        "PROGRAM p VAR a AT %QB3 : STRING[7]; b AT %QB11 : BYTE; END_VAR END_PROGRAM"),
                Arguments.of(
                        Rule.CP6,
                        "VAR_GLOBAL g : INT; END_VAR FUNCTION f : INT §f := g; END_FUNCTION",
                        "VAR_GLOBAL CONSTANT g : INT := 3; END_VAR FUNCTION f : INT f := g; END_FUNCTION"),
                Arguments.of(
                        Rule.CP8,
                        "PROGRAM p VAR a, b : REAL; c : BOOL; END_VAR c := §a = b; END_PROGRAM",
                        "PROGRAM p VAR a, b : REAL; c : BOOL; END_VAR c := a >= b; END_PROGRAM"),
                Arguments.of(
                        Rule.CP9,
                        "PROGRAM §p VAR x : INT; END_VAR " + "IF x = 1 THEN x := 2; END_IF; ".repeat(15)
                                + "END_PROGRAM",
                        "PROGRAM p VAR x : INT; END_VAR " + "IF x = 1 THEN x := 2; END_IF; ".repeat(14)
                                + "END_PROGRAM"));
    }

    private static Stream<Arguments> programs() {
        return Stream.of(
                Arguments.of(Rule.CP10, configuration("t1", "t2", "§g"), configuration("t1", "t1", "g")),
                Arguments.of(
                        Rule.CP13,
                        "FUNCTION §f : INT VAR_INPUT n : INT; END_VAR f := f(n - 1); END_FUNCTION",
                        "FUNCTION f : INT VAR_INPUT n : INT; END_VAR f := n; END_FUNCTION"
                                + " FUNCTION g : INT g := f(f(1)); END_FUNCTION"),
                Arguments.of(
                        Rule.CP14,
                        "PROGRAM p VAR x : INT; END_VAR IF x > 1 THEN §RETURN; END_IF; x := 2; END_PROGRAM",
                        "PROGRAM p VAR x : INT; END_VAR x := 2; RETURN; END_PROGRAM"),
                Arguments.of(
                        Rule.CP17,
                        "FUNCTION f : INT VAR_INPUT n : INT; END_VAR §n := n + 1; f := n; END_FUNCTION",
                        "FUNCTION f : INT VAR_INPUT n : INT; END_VAR f := n + 1; END_FUNCTION"),
                Arguments.of(
                        Rule.CP20,
                        "PROGRAM p VAR t : TON; END_VAR t(IN := TRUE); §t(); END_PROGRAM",
                        "PROGRAM p VAR t : TON; c : CTU; x : BOOL; END_VAR"
                                + " IF x THEN t(IN := TRUE); ELSE t(IN := FALSE); END_IF; c(); c(); END_PROGRAM"),
                Arguments.of(
                        Rule.CP24,
                        "PROGRAM p VAR §x : INT; END_VAR END_PROGRAM",
                        "PROGRAM p VAR x : INT; END_VAR x := 1; END_PROGRAM"),
                Arguments.of(
                        Rule.CP26,
                        "VAR_GLOBAL §g : INT; END_VAR PROGRAM p g := 1; END_PROGRAM PROGRAM q g := 2; END_PROGRAM",
                        "VAR_GLOBAL g : INT; END_VAR PROGRAM p g := 1; END_PROGRAM"
                                + " PROGRAM q VAR x : INT; END_VAR x := g; END_PROGRAM"),
                Arguments.of(
                        Rule.CP28,
                        "PROGRAM p VAR a : TIME; b : BOOL; END_VAR §b := a = T#1s; END_PROGRAM",
                        "PROGRAM p VAR a : TIME; b : BOOL; END_VAR b := a >= T#1s; END_PROGRAM"));
    }

    private static Stream<Arguments> language() {
        return Stream.of(
                Arguments.of(
                        Rule.L10,
                        "PROGRAM p VAR x : INT; END_VAR WHILE TRUE DO §EXIT; END_WHILE; END_PROGRAM",
                        "PROGRAM p VAR x : INT; END_VAR WHILE x < 3 DO x := x + 1; END_WHILE; END_PROGRAM"),
                Arguments.of(
                        Rule.L12,
                        "PROGRAM p VAR i : INT; END_VAR FOR i := 1 TO 3 DO §i := 2; END_FOR; END_PROGRAM",
                        "PROGRAM p VAR i, j : INT; END_VAR FOR i := 1 TO 3 DO j := i; END_FOR; i := 2; END_PROGRAM"),
                Arguments.of(
                        Rule.L17,
                        "PROGRAM p VAR x : INT; END_VAR §IF x > 1 THEN x := 2; END_IF; END_PROGRAM",
                        "PROGRAM p VAR x : INT; END_VAR IF x > 1 THEN x := 2; ELSE ; x := 3; END_IF; END_PROGRAM"));
    }

    private static String configuration(String first, String second, String global) {
        return """
            CONFIGURATION c
            VAR_GLOBAL %s : INT; END_VAR
            RESOURCE r ON cpu
            TASK t1(INTERVAL := T#10ms, PRIORITY := 1);
            TASK t2(INTERVAL := T#20ms, PRIORITY := 2);
            PROGRAM a WITH %s : p;
            PROGRAM b WITH %s : p;
            END_RESOURCE
            END_CONFIGURATION
            PROGRAM p VAR_EXTERNAL g : INT; END_VAR g := g + 1; END_PROGRAM
            """.formatted(global, first, second);
    }

    private static List<Diagnostic> found(String text, Set<Rule> rules) {
        var diagnostics = new Diagnostics();
        SyntaxTree tree = Parser.parse(new Source("t.st", text), Dialect.COMMON, diagnostics);
        Checked checked = new Checker(Dialect.COMMON).check(List.of(Part.of(tree, diagnostics)));
        assertEquals(
                List.of(),
                checked.diagnostics().stream().filter(Diagnostic::isError).toList());
        return Guidelines.check(List.of(tree), checked, Dialect.COMMON, rules);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aRuleIsToldWhereItIsBrokenAndNowhereElse(Rule rule, String broken, String kept) {
        int place = broken.indexOf('§');
        List<Diagnostic> found = found(broken.replace("§", ""), EnumSet.of(rule));
        assertEquals(1, found.size(), () -> rule + ": " + found);
        assertEquals(rule.name(), found.getFirst().code());
        assertEquals(place, found.getFirst().span().start());
        assertFalse(found.getFirst().isError());
        assertEquals(List.of(), found(kept, EnumSet.of(rule)));
    }

    /// The cases name every rule there is; CP16, whose text has two tasks, stands below.
    @Test
    void everyRuleHasItsCase() {
        Set<Rule> shown = EnumSet.of(Rule.CP16);
        cases().forEach(c -> shown.add((Rule) c.get()[0]));
        assertEquals(EnumSet.allOf(Rule.class), shown);
    }

    @Test
    void tasksRunPrograms() {
        String text = """
            CONFIGURATION c
            RESOURCE r ON cpu
            TASK t1(INTERVAL := T#10ms, PRIORITY := 1);
            PROGRAM a WITH t1 : p%s;
            END_RESOURCE
            END_CONFIGURATION
            PROGRAM p VAR x : TON; END_VAR x(); END_PROGRAM
            """;
        assertEquals(
                1, found(text.formatted("(x WITH t1)"), EnumSet.of(Rule.CP16)).size());
        assertEquals(0, found(text.formatted(""), EnumSet.of(Rule.CP16)).size());
    }

    @Test
    void pragmasSwitchRulesOffAndOn() {
        String text = """
            PROGRAM p
            VAR a : INT; {guidelines off CP24, N6} b : INT; {guidelines on CP24} c : INT; END_VAR
            {guidelines off}
            %QX0.0 := TRUE;
            {guidelines on}
            %QX0.1 := TRUE;
            END_PROGRAM
            """;
        List<String> found = found(text, EnumSet.of(Rule.CP24, Rule.N1)).stream()
                .map(d -> d.code() + " " + d.span().text())
                .toList();
        assertEquals(List.of("CP24 a", "CP24 c", "N1 %QX0.1"), found);
    }

    /// A pragma holds for the text behind it, also where a session has cut that into pieces.
    @Test
    void aPragmaHoldsAcrossThePiecesOfASession() {
        String unit = "PROGRAM %s VAR abcdefghijklmnopqrstuvwxyz%s : INT; END_VAR END_PROGRAM\n";
        String on = "{guidelines on N6}\n" + unit.formatted("c", "3");
        String off = "{guidelines off N6}\n" + unit.formatted("a", "1") + unit.formatted("b", "2");
        assertEquals(List.of(), inSession(off));
        assertEquals(List.of("abcdefghijklmnopqrstuvwxyz3"), inSession(off + on));
        assertEquals(List.of("abcdefghijklmnopqrstuvwxyz4"), inSession(unit.formatted("d", "4") + off));
        String edited = off.replace("END_VAR", "END_VAR ;");
        assertEquals(List.of("abcdefghijklmnopqrstuvwxyz3"), inSession(off + on, "\n\n" + off + on, edited + on));
        assertEquals(
                List.of("abcdefghijklmnopqrstuvwxyz1", "abcdefghijklmnopqrstuvwxyz2"),
                inSession(off, off.replaceFirst("\\{.*}", "")));
    }

    /// What a session finds in the last of the versions of a text.
    private static List<String> inSession(String... versions) {
        var session = new Session(Dialect.COMMON);
        Set<Rule> rules = EnumSet.of(Rule.N6);
        List<String> found = List.of();
        for (String version : versions) {
            session.put(new Source("test.st", version));
            found = Guidelines.together(session.trees(), session.compile(), Dialect.COMMON, rules).stream()
                    .map(d -> d.span().known().text())
                    .toList();
        }
        return found;
    }

    @Test
    void rulesAreChosenByChangesOfTheUsualOnes() {
        Set<Rule> rules = Rule.chosen("l17, -N6");
        assertTrue(rules.contains(Rule.L17) && !rules.contains(Rule.N6) && rules.contains(Rule.CP13));
        assertFalse(Rule.chosen("").contains(Rule.L17));
        assertThrows(IllegalArgumentException.class, () -> Rule.chosen("CP54"));
    }
}
