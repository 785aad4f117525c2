package io.millwright.iec61131.xml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.iec61131.Compiler;
import io.millwright.iec61131.Traces;
import io.millwright.iec61131.check.Checked;
import io.millwright.iec61131.check.Scope;
import io.millwright.iec61131.check.Usages;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.syntax.Dialect;
import io.millwright.iec61131.type.AliasType;
import io.millwright.iec61131.type.InterfaceType;
import io.millwright.iec61131.type.Signature;
import io.millwright.iec61131.type.UnitType;
import io.millwright.iec61131.type.Variable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Projects of IEC 61131-10, written by hand after its schema.
class Edition10Test {
    static final List<String> EXAMPLES =
            List.of("actions", "chart", "qualifiers", "conditions", "objects", "plant", "networks");

    static String example(String name) throws IOException {
        try (InputStream in = Edition10Test.class.getResourceAsStream("edition10/" + name + ".xml")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String trace(String name, int scans, String... names) throws IOException {
        return Traces.of(example(name), scans, 10, names);
    }

    /// A, then B beside C; together on to D, from which a connector leads back to A, or a way to E.
    @Test
    void aChartHasItsWays() throws IOException {
        assertEquals("""
            A.X: 1 0 0 1 0 0 0
            B.X: 0 1 0 0 1 0 0
            C.X: 0 1 0 0 1 0 0
            D.X: 0 0 1 0 0 1 0
            E.X: 0 0 0 0 0 0 1
            n: 0 0 1 1 1 2 2
            """, trace("chart", 7, "A.X", "B.X", "C.X", "D.X", "E.X", "n"));
    }

    /// The same chart in text, whose qualifiers `ChartTest` holds against Table 60.
    @Test
    void everyQualifierDoesWhatItDoesInText() throws IOException {
        List<String> names = List.of(
                "plain",
                "stored",
                "limited",
                "delayed",
                "pulse",
                "falling",
                "rising",
                "storeddelayed",
                "delayedstored",
                "storedlimited");
        var text = new StringBuilder("PROGRAM p\nVAR\n");
        names.forEach(n -> text.append("n").append(n).append(" : INT;\n"));
        text.append("""
            END_VAR
            INITIAL_STEP A:
            plain(N); stored(S); limited(L, T#25ms); delayed(D, T#15ms); pulse(P); falling(P0); rising(P1);
            storeddelayed(SD, T#35ms); delayedstored(DS, T#15ms); storedlimited(SL, T#45ms);
            END_STEP
            STEP B: stored(R); storeddelayed(R); delayedstored(R); END_STEP
            TRANSITION FROM A TO B := A.T >= T#40ms; END_TRANSITION
            TRANSITION (PRIORITY := 2) FROM B TO A := B.T >= T#30ms; END_TRANSITION
            TRANSITION (PRIORITY := 1) FROM B TO A := B.T >= T#40ms; END_TRANSITION
            """);
        names.forEach(n -> text.append("ACTION " + n + ": n" + n + " := n" + n + " + 1; END_ACTION\n"));
        text.append("END_PROGRAM\n");
        String[] all = names.stream().map(n -> "n" + n).toArray(String[]::new);
        assertEquals(Traces.of(text.toString(), 20, 10, all), trace("qualifiers", 20, all));
    }

    /// Conditions by the name of one in text or drawn, drawn in place, and in a ladder; actions in each language. An
    /// action runs once more when its step is left (Table 60), so that A counts to 4 and B adds 2 three times.
    @Test
    void conditionsAndActionsAreReadInEveryForm() throws IOException {
        assertEquals("""
            A.X: 1 1 1 0 0 0 0 0 0 0
            B.X: 0 0 0 1 1 0 0 0 0 0
            C.X: 0 0 0 0 0 1 0 0 0 0
            D.X: 0 0 0 0 0 0 1 0 0 0
            E.X: 0 0 0 0 0 0 0 1 0 0
            F.X: 0 0 0 0 0 0 0 0 1 1
            n: 1 2 3 6 8 10 10 10 10 10
            lit: 0 0 0 0 0 0 1 1 1 1
            """, trace("conditions", 10, "A.X", "B.X", "C.X", "D.X", "E.X", "F.X", "n", "lit"));
    }

    /// The condition of the first one in text, said in instructions: the ways are the same.
    @Test
    void aConditionMayBeAnInstructionList() throws IOException {
        String text = example("conditions");
        String list = text.replace("\"ST\"><ST>n &gt; 2</ST>", "\"IL\"><IL>LD n\nGT 2\n</IL>");
        assertNotEquals(text, list);
        String[] names = {"A.X", "B.X", "C.X", "D.X", "E.X", "F.X", "n", "lit"};
        assertEquals(Traces.of(text, 10, 10, names), Traces.of(list, 10, 10, names));
    }

    /// 5 + 3 × 2, then 6 more; 2 + 40; half of what was counted.
    @Test
    void namespacesClassesAndInterfacesAreRead() throws IOException {
        assertEquals("a: 11 17\nb: 42 42\nhalf: 5 8\n", trace("objects", 2, "a", "b", "half"));
        List<String> errors =
                Traces.errors("x.xml", example("objects").replace("a := some.Next(by := 3);", "a := double.n;"));
        assertEquals(1, errors.size(), errors::toString);
        assertTrue(errors.getFirst().contains("E409 n is PROTECTED to "), errors::toString);
    }

    /// 77 + 3 × 4 + 5, for the first of the row is 1 and the next 5, by the second index first.
    @Test
    void typesVariablesAndConfigurationsAreRead() throws IOException {
        assertEquals(
                "sum: 94 94\ncode: 10 10\nlamp: 1 1\ntwice: 1 1\ntarget: 4 5\ny: 77 77\n",
                trace("plant", 2, "sum", "code", "lamp", "twice", "target", "y"));
    }

    /// A line back carries the variable it names; a jump leads to a label of another network.
    @Test
    void networksHaveFeedbackAndJumps() throws IOException {
        assertEquals("total: 2 4 6\nlate: 0 0 1\ncopy: 2 4 6\n", trace("networks", 3, "total", "late", "copy"));
    }

    /// n counts 1 2 3 4 and is below 3 twice; the action runs once more behind that (6.7.4.5, 6.7.4.6).
    @Test
    void aLadderHasActionBlocks() throws IOException {
        assertEquals(
                "lamp: 1 1 0 0\nbits: 2 2 0 0\nkept: 1 1 1 1\nm: 1 2 3 3\nseen: 1 1 0 0\n",
                trace("actions", 4, "lamp", "bits", "kept", "m", "seen"));
    }

    @Test
    void whatHasNoFormIsNamed() throws IOException {
        String chart = example("chart");
        List<String> unknown =
                Traces.errors("x.xml", chart.replace("xsi:type=\"SimultaneousDivergence\"", "xsi:type=\"v:Macro\""));
        assertTrue(
                unknown.getLast().endsWith("E731 the element Macro of IEC 61131-10 cannot be read"), unknown::toString);
        List<String> operand =
                Traces.errors("x.xml", example("qualifiers").replace("<ReferenceName>plain<", "<ReferenceName>a+b<"));
        assertTrue(operand.getLast().contains("E731 an action named a+b"), operand::toString);
        List<String> qualifier = Traces.errors("x.xml", example("qualifiers").replace("\"DS\"", "\"DL\""));
        assertEquals(1, qualifier.size(), qualifier::toString);
        assertTrue(qualifier.getFirst().contains("E731 the qualifier DL, to which"), qualifier::toString);
    }

    /// Namespaces, classes, interfaces, methods, parameters and variables: all have their names in an attribute.
    @Test
    void declarationsStandAtTheirNamesInTheXml() throws IOException {
        Checked checked = Compiler.compile(List.of(new Source("x.xml", example("objects"))), Dialect.COMMON);
        assertEquals(List.of(), checked.diagnostics());
        Set<String> found = new TreeSet<>();
        for (Usages.Usage usage : checked.usages().all()) {
            Span declared = switch (usage.target()) {
                case Variable variable -> variable.declared();
                case Signature signature -> signature.declared();
                case UnitType unit -> unit.declared();
                case InterfaceType face -> face.declared();
                case AliasType alias -> alias.declared();
                case Scope namespace -> namespace.declared();
                default -> null;
            };
            if (declared != null && declared.source().name().equals("x.xml")) {
                found.add(declared.text() + "=" + declared.known().text());
            }
        }
        assertEquals(
                Set.of(
                        "Plant=Plant",
                        "Counting=Counting",
                        "Base=Base",
                        "n=n",
                        "Factor=Factor",
                        "Next=Next",
                        "by=by",
                        "Line=Line",
                        "Speed=Speed",
                        "Half=Half",
                        "x=x",
                        "two=two",
                        "Double=Double",
                        "Meter=Meter",
                        "Gauge=Gauge",
                        "kept=kept",
                        "double=double",
                        "meter=meter",
                        "some=some",
                        "a=a",
                        "b=b",
                        "half=half"),
                found);
    }
}
