package io.millwright.iec61131.xml;

import static io.millwright.iec61131.xml.Xml.RAIL;
import static io.millwright.iec61131.xml.Xml.block;
import static io.millwright.iec61131.xml.Xml.coil;
import static io.millwright.iec61131.xml.Xml.contact;
import static io.millwright.iec61131.xml.Xml.from;
import static io.millwright.iec61131.xml.Xml.in;
import static io.millwright.iec61131.xml.Xml.out;
import static io.millwright.iec61131.xml.Xml.program;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.iec61131.Traces;
import io.millwright.iec61131.type.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Function block and ladder diagrams (clause 8); the traces are worked out by hand.
class DiagramTest {
    private static String fbd(String variables, String elements) {
        return program(variables, "<body><FBD>\n" + elements + "</FBD></body>");
    }

    private static String ld(String variables, String elements) {
        return program(variables, "<body><LD>\n" + RAIL + elements + "</LD></body>");
    }

    private static Map<Integer, Map<String, Value>> inputs(String name, String bits) {
        Map<Integer, Map<String, Value>> all = new LinkedHashMap<>();
        String[] each = bits.split(" ", -1);
        for (int i = 0; i < each.length; i++) {
            all.put(i + 1, Map.of(name, new Value.Truth(each[i].equals("1"))));
        }
        return all;
    }

    @Test
    void blocksRunAfterWhatTheyTakeInWhereverTheyStand() {
        String text = fbd(
                "r INT, a INT",
                out(1, "r", "2.OUT")
                        + block(2, "MUL", "", "IN1=3.OUT IN2=5", "OUT")
                        + block(3, "ADD", "", "IN1=4 IN2=5", "OUT")
                        + in(4, "2")
                        + in(5, "3"));
        assertEquals("r: 15\n", Traces.of(text, 1, 10, "r"));
    }

    @Test
    void aLoopCarriesTheValueOfTheScanBeforeInItsVariable() {
        String loop = "<inOutVariable localId=\"3\"><position x=\"0\" y=\"3\"/>" + from("2.OUT")
                + "<connectionPointOut/><expression>n</expression></inOutVariable>";
        String text = fbd(
                "n INT, seen INT", block(2, "ADD", "", "IN1=3 IN2=4", "OUT") + loop + in(4, "1") + out(5, "seen", "3"));
        assertEquals("n: 1 2 3\nseen: 1 2 3\n", Traces.of(text, 3, 10, "n", "seen"));
    }

    @Test
    void anOrderThatIsGivenIsKept() {
        String first = out(3, "b", "2").replace("localId=\"3\"", "localId=\"3\" executionOrderId=\"1\"");
        String second = out(4, "a", "1").replace("localId=\"4\"", "localId=\"4\" executionOrderId=\"2\"");
        String text = fbd("a INT, b INT", in(1, "5") + in(2, "a") + second + first);
        assertEquals("b: 0 5\n", Traces.of(text, 2, 10, "b"));
        String other = text.replace("executionOrderId=\"1\"", "executionOrderId=\"3\"");
        assertEquals("b: 5 5\n", Traces.of(other, 2, 10, "b"));
    }

    @Test
    void enableKeepsTheResultAndSpreadsOn() {
        String text = fbd(
                "go BOOL, r INT, ok BOOL, count INT",
                in(1, "go")
                        + in(2, "count")
                        + in(3, "1")
                        + block(4, "ADD", "", "EN=1 IN1=2 IN2=3", "OUT ENO")
                        + out(5, "count", "4.OUT")
                        + out(6, "ok", "4.ENO"));
        assertEquals("count: 1 1 2\nok: 1 0 1\n", Traces.of(text, 3, 10, inputs("go", "1 0 1"), "count", "ok"));
    }

    @Test
    void instancesAreCalledWithNegatedPinsAndTheirOutputsTaken() {
        String text = fbd(
                "t TON, off BOOL, q BOOL, both BOOL",
                in(1, "off")
                        + in(2, "T#20ms")
                        + block(3, "TON", "t", "!IN=1 PT=2", "Q ET")
                        + out(4, "q", "3.Q")
                        + block(5, "AND", "", "IN1=3.Q IN2=6", "OUT")
                        + in(6, "TRUE")
                        + out(7, "both", "5.OUT"));
        // The timer starts in scan 1 and reaches 20 ms in scan 3.
        assertEquals("q: 0 0 1 0\nboth: 0 0 1 0\n", Traces.of(text, 4, 10, inputs("off", "0 0 0 1"), "q", "both"));
    }

    @Test
    void connectorsCarryOn() {
        String text = fbd(
                "r INT",
                in(1, "4") + "<connector localId=\"2\" name=\"c\">" + from("1") + "</connector>"
                        + "<continuation localId=\"3\" name=\"c\"><connectionPointOut/></continuation>"
                        + out(4, "r", "3"));
        assertEquals("r: 4\n", Traces.of(text, 1, 10, "r"));
    }

    @Test
    void jumpsLabelsAndReturns() {
        String label = "<label localId=\"5\" label=\"more\"><position x=\"0\" y=\"5\"/></label>";
        String jump = "<jump localId=\"8\" label=\"more\"><position x=\"0\" y=\"8\"/>" + from("7.OUT") + "</jump>";
        String stop = "<return localId=\"10\"><position x=\"0\" y=\"10\"/>" + from("9") + "</return>";
        String text = fbd(
                "n INT, after INT, stop BOOL",
                in(1, "n")
                        + in(2, "1")
                        + in(3, "10")
                        + label
                        + block(4, "ADD", "", "IN1=1 IN2=2", "OUT")
                        + out(6, "n", "4.OUT")
                        + block(7, "LT", "", "IN1=1 IN2=3", "OUT")
                        + jump
                        + in(9, "stop")
                        + stop
                        + in(11, "n")
                        + out(12, "after", "11"));
        assertEquals("n: 10 11\nafter: 10 10\n", Traces.of(text, 2, 10, inputs("stop", "0 1"), "n", "after"));
    }

    @Test
    void contactsInSeriesAndParallel() {
        // (a AND NOT b) OR c
        String text = ld(
                "a BOOL, b BOOL, c BOOL, r BOOL, n BOOL",
                contact(2, "a", "", "1")
                        + contact(3, "b", "negated=\"true\"", "2")
                        + contact(4, "c", "", "1")
                        + coil(5, "r", "", "3", "4")
                        + coil(6, "n", "negated=\"true\"", "3", "4"));
        for (int i = 0; i < 8; i++) {
            boolean a = (i & 1) != 0;
            boolean b = (i & 2) != 0;
            boolean c = (i & 4) != 0;
            Map<String, Value> given =
                    Map.of("a", new Value.Truth(a), "b", new Value.Truth(b), "c", new Value.Truth(c));
            boolean power = a && !b || c;
            assertEquals(
                    "r: " + (power ? 1 : 0) + "\nn: " + (power ? 0 : 1) + "\n",
                    Traces.of(text, 1, 10, Map.of(1, given), "r", "n"),
                    "a, b, c as bits of " + i);
        }
    }

    @Test
    void coilsThatKeepAndContactsThatSeeEdges() {
        String text = ld(
                "x BOOL, kept BOOL, rise BOOL, fall BOOL, off BOOL, pulse BOOL",
                contact(2, "x", "", "1")
                        + coil(3, "kept", "storage=\"set\"", "2")
                        + contact(4, "fall", "", "1")
                        + contact(5, "x", "edge=\"rising\"", "1")
                        + coil(6, "rise", "", "5")
                        + contact(7, "x", "edge=\"falling\"", "1")
                        + coil(8, "fall", "", "7")
                        + coil(9, "kept", "storage=\"reset\"", "7")
                        + coil(10, "pulse", "edge=\"rising\"", "2"));
        assertEquals("""
            rise: 0 1 0 0 1
            fall: 0 0 0 1 0
            kept: 0 1 1 0 1
            pulse: 0 1 0 0 1
            """, Traces.of(text, 5, 10, inputs("x", "0 1 1 0 1"), "rise", "fall", "kept", "pulse"));
    }

    @Test
    void aManyTimesSharedLineStaysSmall() {
        var rungs = new StringBuilder();
        int id = 2;
        String[] before = {"1"};
        for (int i = 0; i < 40; i++) {
            rungs.append(contact(id, "a", "", before)).append(contact(id + 1, "b", "", before));
            before = new String[] {Integer.toString(id), Integer.toString(id + 1)};
            id += 2;
        }
        String text = ld("a BOOL, b BOOL, r BOOL", rungs + coil(id, "r", "", before));
        assertEquals("r: 1 0\n", Traces.of(text, 2, 10, inputs("a", "1 0"), "r"));
    }

    // The counter runs in every scan, also where its step is not active, and before the transition looks at it.
    @Test
    void aTransitionTakesItsConditionFromABlock() {
        String chart = "<body><SFC>\n"
                + "<step localId=\"1\" name=\"A\" initialStep=\"true\"><connectionPointOut/></step>\n"
                + "<transition localId=\"2\">" + Xml.from("1") + "<connectionPointOut/><condition>"
                + Xml.from("20.Q") + "</condition></transition>\n"
                + "<step localId=\"3\" name=\"B\">" + Xml.from("2") + "<connectionPointOut/></step>\n"
                + block(20, "CTU", "count", "CU=21 PV=22", "Q CV") + in(21, "x") + in(22, "2") + "</SFC></body>";
        String text = Xml.program("x BOOL, count CTU", chart);
        assertEquals("""
            count.CV: 0 1 1 2 2 3
            A.X: 1 1 1 0 0 0
            B.X: 0 0 0 1 1 1
            """, Traces.of(text, 6, 10, inputs("x", "0 1 0 1 0 1"), "count.CV", "A.X", "B.X"));
        String body = chart.replace("<body>", "").replace("</body>", "");
        String within = Xml.program("x BOOL, count CTU", "<body><ST><xhtml:p>;</xhtml:p></ST></body>")
                .replace("</pou>", "<actions><action name=\"a\"><body>" + body + "</body></action></actions></pou>");
        assertTrue(Traces.errors("plc.xml", within).getFirst().contains("draw the chart in the body"), within);
    }

    @Test
    void mistakesNameTheElementAndTheLine() {
        List<String> gone = Traces.errors("plc.xml", fbd("r INT", out(4, "r", "9")));
        assertEquals(1, gone.size(), gone::toString);
        assertTrue(gone.getFirst().startsWith("plc.xml:9:"), gone::toString);
        assertTrue(gone.getFirst().contains("localId 9, which is not there"), gone::toString);
        List<String> type = Traces.errors("plc.xml", fbd("r INT", in(3, "T#1s") + out(4, "r", "3")));
        assertTrue(type.getFirst().startsWith("plc.xml:10:1 (POU p, localId 4)"), type::toString);
        String loop = fbd(
                "r INT",
                block(2, "ADD", "", "IN1=3.OUT IN2=4", "OUT")
                        + block(3, "ADD", "", "IN1=2.OUT IN2=4", "OUT")
                        + in(4, "1"));
        assertTrue(Traces.errors("plc.xml", loop).getFirst().contains("closes a loop"), loop);
    }
}
