package io.millwright.iec61131;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.syntax.Dialect;
import io.millwright.iec61131.type.Value;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Charts by the rules of evolution (6.7.5) and Table 58. The traces are worked out by hand.
class ChartTest {
    /// Scans are 10 ms apart. Idle is active in scan 1; Work from scan 2 (0 ms) to scan 6 (40 ms), since its T
    /// reaches 50 ms in scan 7; then Rest; Reset from scan 10 on, since T of Rest reaches 30 ms there.
    private static String qualified(String qualifier, String reset) {
        return """
            PROGRAM p
            VAR n : INT; b : BOOL; END_VAR
            INITIAL_STEP Idle: END_STEP
            TRANSITION FROM Idle TO Work := TRUE; END_TRANSITION
            STEP Work: act(%s); b(%s); END_STEP
            TRANSITION FROM Work TO Rest := Work.T >= T#50ms; END_TRANSITION
            STEP Rest: END_STEP
            TRANSITION FROM Rest TO Reset := Rest.T >= T#30ms; END_TRANSITION
            STEP Reset: %s END_STEP
            TRANSITION FROM Reset TO Idle := FALSE; END_TRANSITION
            ACTION act: n := n + 1; END_ACTION
            END_PROGRAM
            """.formatted(qualifier, qualifier, reset);
    }

    /// `b` is the action's Q; `n` counts the calls of the action: while Q is TRUE and once more (the last scan of
    /// the action), for pulses exactly once.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "N            | 0 1 1 1 1 1 0 0 0 0 0 0 | 0 1 2 3 4 5 6 6 6 6 6 6",
                "S            | 0 1 1 1 1 1 1 1 1 0 0 0 | 0 1 2 3 4 5 6 7 8 9 9 9",
                "L, T#25ms    | 0 1 1 1 0 0 0 0 0 0 0 0 | 0 1 2 3 4 4 4 4 4 4 4 4",
                "D, T#25ms    | 0 0 0 0 1 1 0 0 0 0 0 0 | 0 0 0 0 1 2 3 3 3 3 3 3",
                "P            | 0 1 0 0 0 0 0 0 0 0 0 0 | 0 1 1 1 1 1 1 1 1 1 1 1",
                "P1           | 0 1 0 0 0 0 0 0 0 0 0 0 | 0 1 1 1 1 1 1 1 1 1 1 1",
                "P0           | 0 0 0 0 0 0 1 0 0 0 0 0 | 0 0 0 0 0 0 1 1 1 1 1 1",
                // Stored in scan 2, it begins 55 ms later although the step is over: in scan 8 (60 ms).
                "SD, T#55ms   | 0 0 0 0 0 0 0 1 1 0 0 0 | 0 0 0 0 0 0 0 1 2 3 3 3",
                // The step lasts 15 ms in scan 4 (20 ms); then it is stored.
                "DS, T#15ms   | 0 0 0 1 1 1 1 1 1 0 0 0 | 0 0 0 1 2 3 4 5 6 7 7 7",
                // The step does not last 55 ms: never.
                "DS, T#55ms   | 0 0 0 0 0 0 0 0 0 0 0 0 | 0 0 0 0 0 0 0 0 0 0 0 0",
                "SL, T#65ms   | 0 1 1 1 1 1 1 1 0 0 0 0 | 0 1 2 3 4 5 6 7 8 8 8 8"
            })
    void qualifiers(String qualifier, String q, String calls) {
        String reset = qualifier.startsWith("N") || qualifier.startsWith("P") ? "" : "act(R); b(R);";
        assertEquals("b: " + q + "\nn: " + calls + "\n", Traces.of(qualified(qualifier, reset), 12, 10, "b", "n"));
    }

    /// A BOOL variable is an action by its path, too: it has the values that one with a name has.
    @ParameterizedTest
    @ValueSource(strings = {"N", "S", "L, T#25ms", "D, T#25ms", "P", "SD, T#55ms"})
    void aVariableByItsPathIsAnAction(String qualifier) {
        String reset = qualifier.startsWith("N") || qualifier.startsWith("P") ? "" : "act(R); b(R);";
        String named = qualified(qualifier, reset);
        String byPath = named.replace("b(", "io.bits[ 2 ].%X3(")
                .replace("VAR n", "VAR io : STRUCT bits : ARRAY[1..2] OF BYTE; END_STRUCT; n")
                .replace("INITIAL_STEP Idle:", "INITIAL_STEP Idle: Show(S);")
                .replace("END_PROGRAM", "ACTION Show: b := io.bits[2] = 8; END_ACTION END_PROGRAM");
        // What shows it stands before it in the scan.
        String expected = Traces.of(named, 12, 10, "b").strip().replace("b: ", "b: 0 ") + "\n";
        assertEquals(expected, Traces.of(byPath, 13, 10, "b"));
    }

    @Test
    void theFlagAndTheTimeOfAStepAreKeptAsTheStandardSays() {
        assertEquals("""
            Work.X: 0 1 1 1 1 1 0 0 0
            Work.T: 0 0 10 20 30 40 50 50 50
            Rest.X: 0 0 0 0 0 0 1 1 1
            """, Traces.of(qualified("N", ""), 9, 10, "Work.X", "Work.T", "Rest.X"));
    }

    @Test
    void aResetHoldsWhileItsStepIsActive() {
        String text = """
            PROGRAM p
            VAR out : BOOL; END_VAR
            INITIAL_STEP A: out(S); END_STEP
            STEP B: out(R); END_STEP
            STEP C: out(S); END_STEP
            TRANSITION FROM A TO (B, C) := TRUE; END_TRANSITION
            TRANSITION FROM B TO D := B.T >= T#20ms; END_TRANSITION
            STEP D: END_STEP
            TRANSITION FROM (C, D) TO A := FALSE; END_TRANSITION
            END_PROGRAM
            """;
        // B and C together: R wins. After B the S of C stores anew.
        assertEquals("out: 1 0 0 1 1\n", Traces.of(text, 5, 10, "out"));
    }

    @Test
    void simultaneousSequencesBeginAndEndTogether() {
        String text = """
            PROGRAM p
            INITIAL_STEP A: END_STEP
            STEP B: END_STEP
            STEP C: END_STEP
            STEP C2: END_STEP
            STEP D: END_STEP
            TRANSITION FROM A TO (B, C) := TRUE; END_TRANSITION
            TRANSITION FROM C TO C2 := C.T >= T#20ms; END_TRANSITION
            TRANSITION FROM (B, C2) TO D := TRUE; END_TRANSITION
            TRANSITION FROM D TO A := TRUE; END_TRANSITION
            END_PROGRAM
            """;
        assertEquals("""
            A.X: 1 0 0 0 0 1 0 0
            B.X: 0 1 1 1 0 0 1 1
            C.X: 0 1 1 0 0 0 1 1
            C2.X: 0 0 0 1 0 0 0 0
            D.X: 0 0 0 0 1 0 0 0
            """, Traces.of(text, 8, 10, "A.X", "B.X", "C.X", "C2.X", "D.X"));
    }

    private static String alternative(String first, String second) {
        return """
            PROGRAM p
            VAR a, b : BOOL; END_VAR
            INITIAL_STEP S0: END_STEP
            STEP S1: END_STEP
            STEP S2: END_STEP
            TRANSITION %s FROM S0 TO S1 := a; END_TRANSITION
            TRANSITION %s FROM S0 TO S2 := b; END_TRANSITION
            TRANSITION FROM S1 TO S0 := TRUE; END_TRANSITION
            TRANSITION FROM S2 TO S0 := TRUE; END_TRANSITION
            END_PROGRAM
            """.formatted(first, second);
    }

    @Test
    void ofAlternativesTheFirstOrThatOfPriorityIsTaken() {
        Map<Integer, Map<String, Value>> both =
                Map.of(2, Map.of("a", new Value.Truth(true), "b", new Value.Truth(true)));
        assertEquals("S1.X: 0 1 0\nS2.X: 0 0 0\n", Traces.of(alternative("", ""), 3, 10, both, "S1.X", "S2.X"));
        assertEquals(
                "S1.X: 0 0 0\nS2.X: 0 1 0\n",
                Traces.of(alternative("(PRIORITY := 2)", "(PRIORITY := 1)"), 3, 10, both, "S1.X", "S2.X"));
    }

    @Test
    void aStepIsActiveForAtLeastOneScan() {
        String text = """
            PROGRAM p
            VAR n : INT; END_VAR
            INITIAL_STEP A: END_STEP
            TRANSITION FROM A TO B := TRUE; END_TRANSITION
            STEP B: count(P1); END_STEP
            TRANSITION FROM B TO A := TRUE; END_TRANSITION
            ACTION count: n := n + 1; END_ACTION
            END_PROGRAM
            """;
        assertEquals("A.X: 1 0 1 0 1\nB.X: 0 1 0 1 0\nn: 0 1 1 2 2\n", Traces.of(text, 5, 10, "A.X", "B.X", "n"));
    }

    @Test
    void aStepThatIsLeftAndEnteredAtOnceStaysActiveAndItsTimeBeginsAnew() {
        String text = """
            PROGRAM p
            INITIAL_STEP A: END_STEP
            TRANSITION FROM A TO A := A.T >= T#20ms; END_TRANSITION
            END_PROGRAM
            """;
        assertEquals("A.X: 1 1 1 1 1\nA.T: 0 10 0 10 0\n", Traces.of(text, 5, 10, "A.X", "A.T"));
    }

    @Test
    void mistakesAreNamed() {
        String head = "PROGRAM p\nINITIAL_STEP Begin: END_STEP\n";
        String wrong = head + "TRANSITION FROM Begin TO Beginn := TRUE; END_TRANSITION\nEND_PROGRAM\n";
        assertTrue(
                Traces.errors("a.st", wrong).contains("a.st:3:26 E695 there is no step Beginn; did you mean Begin?"),
                Traces.errors("a.st", wrong)::toString);
        String none = "PROGRAM p\nSTEP A: END_STEP\nTRANSITION FROM A TO A := TRUE; END_TRANSITION\nEND_PROGRAM\n";
        assertEquals(1, Traces.errors("a.st", none).size());
        assertTrue(Traces.errors("a.st", none).getFirst().contains("INITIAL_STEP"));
        String unknown = "PROGRAM p\nINITIAL_STEP A: nothing(N); END_STEP\nEND_PROGRAM\n";
        assertTrue(Traces.errors("a.st", unknown).getFirst().startsWith("a.st:2:17 "), unknown);
    }

    /// The condition is what the accumulator holds at the end of the list (Table 55): n >= 2 AND NOT (stop OR n > 8),
    /// then MAX(n, 3) = 4.
    /// n counts scans, and once more when B has ended; the first holds after scan 2, the second after scan 4.
    @Test
    void aConditionMayBeAnInstructionList() {
        String text = """
            PROGRAM p
            VAR n : INT; stop : BOOL; inB : BOOL; inC : BOOL; END_VAR
            INITIAL_STEP A: count(N); END_STEP
            TRANSITION FROM A TO B :
                LD n
                GE 2
                ANDN ( stop
                    OR ( n
                        GT 8
                    )
                )
            END_TRANSITION
            STEP B: inB(N); count(N); END_STEP
            TRANSITION go (PRIORITY := 1) FROM B TO C :
                LD n
                MAX 3
                EQ 4
            END_TRANSITION
            STEP C: inC(N); END_STEP
            TRANSITION FROM C TO A : LDN stop
                NOT
            END_TRANSITION
            ACTION count: n := n + 1; END_ACTION
            END_PROGRAM
            """;
        assertEquals("n: 1 2 3 4 5 5\ninB: 0 0 1 1 0 0\ninC: 0 0 0 0 1 1\n", Traces.of(text, 6, 10, "n", "inB", "inC"));
    }

    @Test
    void aConditionChangesNothing() {
        for (String wrong :
                List.of("LD x\n ST x", "LD x\n JMPC l", "l: LD x", "AND x", "", "LD x\n CAL t", "LD x\n S x")) {
            String text = "PROGRAM p VAR x : BOOL; t : TON; END_VAR\nINITIAL_STEP A: END_STEP\n"
                    + "TRANSITION FROM A TO B :\n " + wrong + "\nEND_TRANSITION\nSTEP B: END_STEP\nEND_PROGRAM\n";
            var told = Compiler.compile(List.of(new Source("p.st", text)), Dialect.COMMON)
                    .diagnostics();
            assertEquals("E014", told.getFirst().code(), wrong);
        }
    }
}
