package io.millwright.iec61131;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Instruction lists by Tables 68 to 70.
class InstructionListTest {
    private static final String HEAD = """
        FUNCTION_BLOCK Counter
        VAR_INPUT up : BOOL; END_VAR
        VAR_OUTPUT n : INT; END_VAR
        IF up THEN n := n + 1; END_IF;
        END_FUNCTION_BLOCK
        PROGRAM p
        VAR
        a : INT := 7; b : INT := 3; r : INT; t : BOOL := TRUE; f : BOOL; x : BOOL; c : Counter; d : Counter;
        u : UINT := 65535;
        END_VAR
        """;

    private static String run(String list, String... names) {
        return Traces.of(HEAD + list.replace("; ", "\n") + "\nEND_PROGRAM\n", 1, 10, names);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "LD a; ADD b; ST r | 10",
                "LD a; SUB b; ST r | 4",
                "LD a; MUL b; ST r | 21",
                "LD a; DIV b; ST r | 2",
                "LD a; MOD b; ST r | 1",
                "LD a; MOD 0; ST r | 0",
                "LD 5; ST r | 5",
                "LD -5; ADD a; ST r | 2",
                // (7 + 3) MOD 3: an operator that begins a line is an instruction, not part of the operand before it.
                "LD a; ADD b; MOD b; ST r | 1",
                "LD a; ADD ( b; MUL 2; ); ST r | 13",
                "LD a; SUB ( b; SUB ( 1; ADD 1; ); ); ST r | 6",
                "LD a; MAX b; ST r | 7",
                "LD 3; LIMIT a, 9; ST r | 7",
                "LD t; SEL a, b; ST r | 3",
            })
    void arithmeticWorksOnTheAccumulator(String list, String expected) {
        assertEquals("r: " + expected + "\n", run(list, "r"));
    }

    @ParameterizedTest
    @CsvSource({
        "LD t; AND f; ST x, 0",
        "LD t; ANDN f; ST x, 1",
        "LD f; OR t; ST x, 1",
        // (TRUE OR TRUE) AND FALSE
        "LD t; OR t; AND f; ST x, 0",
        "LD f; AND ( f; AND f; OR t; ); ST x, 0",
        "LD t; AND ( t; OR f; AND t; ); ST x, 1",
        "LD f; ORN t; ST x, 0",
        "LD t; XOR t; ST x, 0",
        "LD t; XORN t; ST x, 1",
        "LDN f; ST x, 1",
        "LD f; STN x, 1",
        "LD t; NOT; ST x, 0",
        "LD t; & t; ST x, 1",
        "LD t; S x, 1",
        "LD f; S x, 0",
        "LD t; ST x; R x, 0",
        "LD a; GT b; ST x, 1",
        "LD a; GE 7; ST x, 1",
        "LD a; EQ b; ST x, 0",
        "LD a; NE b; ST x, 1",
        "LD a; LE b; ST x, 0",
        "LD a; LT b; ST x, 0",
        "LD f; AND ( t; OR t; ); ST x, 0",
        "LD f; ORN ( t; AND f; ); ST x, 1",
        "LD u; GT 5; ST x, 1",
    })
    void bitsAndComparisons(String list, String expected) {
        assertEquals("x: " + expected + "\n", run(list, "x"));
    }

    @Test
    void jumpsForwardAndBack() {
        String sum = "LD 0; ST r; ST b; more: LD r; ADD b; ST r; LD b; ADD 1; ST b; LT 5; JMPC more; LD r; ST a";
        // 0 + 1 + 2 + 3 + 4
        assertEquals("r: 10\na: 10\nb: 5\n", run(sum, "r", "a", "b"));
        assertEquals("r: 1\n", run("LD 1; ST r; JMP end; LD 2; ST r; end: LD 0; ST a", "r"));
        assertEquals("r: 2\n", run("LD 1; ST r; LD t; JMPCN end; LD 2; ST r; end: LD 0; ST a", "r"));
    }

    @Test
    void theAccumulatorPassesALabelWhereItsTypeIsOne() {
        assertEquals("r: 8\n", run("LD f; JMPC other; LD 7; JMP join; other: LD 9; join: ADD 1; ST r", "r"));
        String mixed = HEAD + "LD f\nJMPC join\nLD a\njoin: ADD 1\nST r\nEND_PROGRAM\n";
        assertTrue(Traces.errors("m.st", mixed).getFirst().contains("E697"), mixed);
    }

    @Test
    void returns() {
        assertEquals("r: 1\n", run("LD 1; ST r; RET; LD 2; ST r", "r"));
        assertEquals("r: 1\n", run("LD 1; ST r; LD t; RETC; LD 2; ST r", "r"));
        assertEquals("r: 2\n", run("LD 1; ST r; LD t; RETCN; LD 2; ST r", "r"));
    }

    @Test
    void callsWithAListByAnInputAndOnCondition() {
        assertEquals("c.n: 1\n", run("CAL c(up := t)", "c.n"));
        assertEquals("c.n: 1\nr: 1\n", run("LD t; CALC c(up := TRUE, n => r); CALCN c(up := TRUE)", "c.n", "r"));
        assertEquals("d.n: 1\nr: 1\n", run("LD t; up d; LD d.n; ST r", "d.n", "r"));
        assertEquals("c.n: 1\n", run("LD t; ST c.up; CAL c", "c.n"));
    }

    @Test
    void mistakesAreNamed() {
        String label = HEAD + "LD t\nJMPC nowhere\nEND_PROGRAM\n";
        assertTrue(Traces.errors("m.st", label).getFirst().contains("there is no label nowhere"));
        String types = HEAD + "LD a\nST x\nEND_PROGRAM\n";
        assertTrue(Traces.errors("m.st", types).getFirst().startsWith("m.st:12"), types);
    }
}
