package io.millwright.node.st;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millwright.iec61131.machine.Trap;
import io.millwright.iec61131.test.Branch;
import io.millwright.iec61131.test.TestResult;
import io.millwright.iec61131.test.TestResult.Outcome;
import io.millwright.iec61131.test.TestRun;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class TestReportsTest {
    private static final List<Trap.Position> STACK = List.of(new Trap.Position("TEST 'b'", "a<b>.st", 4));
    private static final TestRun RUN = new TestRun(
            List.of(
                    new TestResult("fine # \"1\" & <2>", "a<b>.st", 1, Outcome.PASSED, "", List.of(), 1_500_000),
                    new TestResult("b\u0001", "a<b>.st", 3, Outcome.FAILED, "ASSERT_LT(i, \"x\")\nno", STACK, 0),
                    new TestResult("c", "c.st", 3, Outcome.TRAPPED, "a trap", List.of(), 0)),
            List.of());

    /// Whatever a title holds, the report is XML that another parser reads back.
    @Test
    void theReportOfJunitIsXmlWithTheTitlesAsWritten() throws Exception {
        Document document = DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(TestReports.junit(RUN).getBytes(StandardCharsets.UTF_8)));
        Element all = document.getDocumentElement();
        assertEquals("3", all.getAttribute("tests"));
        assertEquals("1", all.getAttribute("failures"));
        assertEquals("1", all.getAttribute("errors"));
        Element first = (Element) all.getElementsByTagName("testcase").item(0);
        assertEquals("fine # \"1\" & <2>", first.getAttribute("name"));
        assertEquals("a<b>.st", first.getAttribute("file"));
        assertEquals("0.001500", first.getAttribute("time"));
        Element failure = (Element) all.getElementsByTagName("failure").item(0);
        assertEquals("ASSERT_LT(i, \"x\")\nno", failure.getAttribute("message"));
        assertEquals("TEST 'b' (a<b>.st:4)", failure.getTextContent());
        assertEquals(2, all.getElementsByTagName("testsuite").getLength());
    }

    /// Test Anything Protocol 14: `#` and `\` of a description are escaped, a failure has a YAML block.
    @Test
    void theReportOfTapEscapesWhatHasAMeaning() {
        assertEquals("""
                  TAP version 14
                  1..3
                  ok 1 - fine \\# "1" & <2>
                  not ok 2 - b\u0001
                    ---
                    message: "ASSERT_LT(i, \\"x\\") no"
                    at: "a<b>.st:4"
                    ...
                  not ok 3 - c
                    ---
                    message: "a trap"
                    at: "c.st"
                    ...\
                  """, TestReports.tap(RUN));
    }

    @Test
    void coverageCountsWaysOfEachUnit() {
        var reached = new Branch("A", "a.st", 1, 2, Branch.Kind.CALL, 3);
        var missed = new Branch("A", "a.st", 5, 1, Branch.Kind.CASE_ELSE, 0);
        assertEquals(
                String.join(
                        "\n",
                        " 50.0 %  A: 1 of 2 branches",
                        "        never: case else at a.st:5:1",
                        " 50.0 %  of all branches"),
                CoverageReport.text(List.of(reached, missed)));
    }

    @Test
    void aUnitThatIsNeverCalledTakesTwoLines() {
        var call = new Branch("A", "a.st", 1, 2, Branch.Kind.CALL, 0);
        var inside = new Branch("A", "a.st", 5, 1, Branch.Kind.IF, 0);
        assertEquals(
                String.join(
                        "\n",
                        "  0.0 %  A: 0 of 2 branches",
                        "        never: call at a.st:1:2",
                        "  0.0 %  of all branches"),
                CoverageReport.text(List.of(call, inside)));
    }
}
