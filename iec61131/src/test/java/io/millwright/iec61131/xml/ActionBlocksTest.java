package io.millwright.iec61131.xml;

import static io.millwright.iec61131.xml.Xml.RAIL;
import static io.millwright.iec61131.xml.Xml.contact;
import static io.millwright.iec61131.xml.Xml.from;
import static io.millwright.iec61131.xml.Xml.in;
import static io.millwright.iec61131.xml.Xml.program;
import static io.millwright.iec61131.xml.Xml.project;
import static io.millwright.iec61131.xml.Xml.unit;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.iec61131.Traces;
import io.millwright.iec61131.type.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Action blocks in ladder and function block diagrams (6.7.4.5, Table 58, 8 and 9): what reaches the block stands for
/// the flag of the step. The traces are worked out by hand from Table 60; a scan takes 10 ms.
class ActionBlocksTest {
    private static String actions(int id, String actions, String... lines) {
        return "<actionBlock localId=\"%d\"><position x=\"0\" y=\"%d\"/>%s%s</actionBlock>\n"
                .formatted(id, id, from(lines), actions);
    }

    private static String named(String name, String qualifier) {
        return "<action localId=\"0\" qualifier=\"%s\"><reference name=\"%s\"/></action>".formatted(qualifier, name);
    }

    private static String timed(String name, String qualifier, String duration) {
        return named(name, qualifier + "\" duration=\"" + duration);
    }

    private static String action(String name, String text) {
        return "<action name=\"%s\"><body><ST><xhtml:p>%s</xhtml:p></ST></body></action>".formatted(name, text);
    }

    private static String fbd(String elements) {
        return "<body><FBD>\n" + elements + "</FBD></body>";
    }

    /// Each input as `name 1 0 1`, a value for each scan.
    private static Map<Integer, Map<String, Value>> inputs(String... inputs) {
        Map<Integer, Map<String, Value>> all = new TreeMap<>();
        for (String input : inputs) {
            String[] parts = input.split(" ", -1);
            for (int scan = 1; scan < parts.length; scan++) {
                all.computeIfAbsent(scan, _ -> new HashMap<>()).put(parts[0], new Value.Truth(parts[scan].equals("1")));
            }
        }
        return all;
    }

    /// Also from the first scan on. An action runs once more when its input has fallen; P runs it once.
    @Test
    void theValueThatReachesABlockStandsForTheFlagOfAStep() {
        String body = "<actions>" + action("Count", "m := m + 1;") + action("Pulse", "n := n + 1;") + "</actions>"
                + fbd(in(1, "go")
                        + actions(
                                2,
                                named("lamp", "N")
                                        + named("kept", "S")
                                        + timed("brief", "L", "T#15ms")
                                        + timed("late", "D", "T#15ms")
                                        + named("Count", "N")
                                        + named("Pulse", "P"),
                                "1"));
        String text = program("go BOOL, lamp BOOL, kept BOOL, brief BOOL, late BOOL, m INT, n INT", body);
        assertEquals("""
            lamp: 1 1 1 0 0 1
            kept: 1 1 1 1 1 1
            brief: 1 1 0 0 0 1
            late: 0 0 1 0 0 0
            m: 1 2 3 4 4 5
            n: 1 1 1 1 1 2
            """, Traces.of(text, 6, 10, inputs("go 1 1 1 0 0 1"), "lamp", "kept", "brief", "late", "m", "n"));
    }

    /// 6.7.4.6: the associations of an action are taken together, wherever its blocks stand; N is TRUE where one of
    /// them
    /// is, R goes before.
    @Test
    void blocksWithAnActionInCommonBelongTogether() {
        String text = program(
                "a BOOL, b BOOL, lamp BOOL, kept BOOL",
                fbd(in(1, "a")
                        + in(2, "b")
                        + actions(3, named("lamp", "N") + named("kept", "S"), "1")
                        + actions(4, named("lamp", "N"), "2")
                        + actions(5, named("kept", "R"), "2")));
        assertEquals(
                "lamp: 1 0 1 1 0 1\nkept: 1 1 0 0 0 1\n",
                Traces.of(text, 6, 10, inputs("a 1 0 0 1 0 1", "b 0 0 1 1 0 0"), "lamp", "kept"));
    }

    /// An action that stands in the block, in a diagram with a block of its own; in a ladder behind contacts.
    @Test
    void anActionMayStandInItsBlock() {
        String inner = "<action localId=\"0\" qualifier=\"N\"><inline><FBD>" + in(1, "TRUE")
                + actions(2, named("deep", "N"), "1") + "</FBD></inline></action>";
        String text = program(
                "a BOOL, b BOOL, deep BOOL",
                "<body><LD>" + RAIL + contact(2, "a", "", "1") + contact(3, "b", "negated=\"true\"", "2")
                        + actions(4, inner, "3") + "</LD></body>");
        assertEquals("deep: 0 1 1\n", Traces.of(text, 3, 10, inputs("a 1 1 0", "b 1 0 0"), "deep"));
    }

    @Test
    void aBlockMayStandInAnAction() {
        String text = program(
                "go BOOL, lamp BOOL",
                "<actions><action name=\"Light\">" + fbd(in(1, "go") + actions(2, named("lamp", "N"), "1"))
                        + "</action></actions><body><ST><xhtml:p>Light();</xhtml:p></ST></body>");
        assertEquals("lamp: 0 1 0\n", Traces.of(text, 3, 10, inputs("go 0 1 0"), "lamp"));
    }

    /// A function keeps nothing between its calls, so that no action could be stored or run once more.
    @Test
    void aFunctionHasNoActionBlocks() {
        String text =
                project(unit("f", "function", "lamp BOOL", fbd(in(1, "TRUE") + actions(2, named("lamp", "N"), "1"))));
        List<String> errors =
                Traces.errors("x.xml", text.replace("<interface>", "<interface><returnType><INT/></returnType>"));
        assertTrue(
                errors.getFirst().contains("E714 POU f, localId 2: a function keeps nothing, so there are no action"),
                errors::toString);
        assertEquals(1, errors.size(), errors::toString);
    }
}
