package io.millwright.iec61131.library;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.iec61131.Compiler;
import io.millwright.iec61131.source.Diagnostic;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.syntax.Dialect;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Values are from the tables of IEC 61131-3 or from arithmetic.
class StandardFunctionsTest {
    /// Table 28; the logarithms and angles to the digits of a mathematical table.
    @Test
    void numericFunctions() {
        Table.check("""
                INT   | ABS(INT#-5)              | 5
                SINT  | ABS(SINT#-128)           | -128
                DINT  | ABS(DINT#-2147483648)    | -2147483648
                LINT  | ABS(LINT#-7)             | 7
                UDINT | ABS(UDINT#4294967295)    | 4294967295
                REAL  | ABS(REAL#-1.5)           | 1.5
                LREAL | ABS(-0.0)                | 0.0
                INT   | ABS_INT(-3)              | 3
                REAL  | SQRT(REAL#2.25)          | 1.5
                LREAL | SQRT(2.0)                | ~1.41421356237
                LREAL | SQRT(-1.0)               | NaN
                LREAL | LN(10.0)                 | ~2.302585093
                LREAL | LOG(1000.0)              | 3
                LREAL | EXP(1.0)                 | ~2.718281828459
                LREAL | SIN(1.0)                 | ~0.8414709848
                LREAL | COS(1.0)                 | ~0.5403023059
                LREAL | TAN(1.0)                 | ~1.5574077247
                LREAL | ASIN(1.0)                | ~1.5707963268
                LREAL | ACOS(0.5)                | ~1.0471975512
                REAL  | ATAN(REAL#1.0)           | ~0.7853981634
                LREAL | ATAN2(1.0, -1.0)         | ~2.3561944902
                LREAL | ATAN2(Y := -1.0, X := 0.0) | ~-1.5707963268
                BOOL  | IS_VALID(1.0)            | TRUE
                BOOL  | IS_VALID(SQRT(-1.0))     | FALSE
                BOOL  | IS_VALID(LN(0.0))        | FALSE
                """);
    }

    /// Table 29.
    @Test
    void arithmeticFunctions() {
        Table.check("""
                INT   | ADD(1, 2, 3, 4)          | 10
                REAL  | ADD(REAL#1.5, 2)         | 3.5
                TIME  | ADD(T#2s, T#3s)          | 5000000000
                TOD   | ADD(TOD#23:00:00, T#2h)  | 3600000000000
                INT   | MUL(2, 3, 4)             | 24
                TIME  | MUL(T#2s, 3)             | 6000000000
                INT   | SUB(5, 7)                | -2
                TIME  | SUB(TOD#14:00:00, TOD#12:00:00) | 7200000000000
                INT   | DIV(IN1 := -7, IN2 := 2) | -3
                LREAL | DIV(1.0, 0.0)            | Infinity
                INT   | MOD(-7, 2)               | -1
                DINT  | EXPT(2, 10)              | 1024
                DINT  | EXPT(5, 0)               | 1
                LREAL | EXPT(2.0, 0.5)           | ~1.41421356
                INT   | MOVE(7)                  | 7
                STRING | MOVE('abc')             | 'abc'
                INT   | ADD_INT(3, 4)            | 7
                REAL  | MUL_REAL(2, 1.5, 3)      | 9
                """);
    }

    /// Tables 30 and 31.
    @Test
    void bitFunctions() {
        Table.check("""
                BYTE  | SHL(BYTE#16#0F, 4)       | 240
                BYTE  | SHL(BYTE#16#FF, 8)       | 0
                BYTE  | SHL(BYTE#16#FF, -1)      | 0
                DWORD | SHL(DWORD#16#DEADBEEF, 0) | 3735928559
                DWORD | SHL(DWORD#1, 31)         | 2147483648
                DWORD | SHL(DWORD#1, 32)         | 0
                LWORD | SHL(LWORD#1, 63)         | -9223372036854775808
                LWORD | SHL(LWORD#1, 64)         | 0
                WORD  | SHR(WORD#16#FF00, 8)     | 255
                DWORD | SHR(DWORD#16#80000000, 31) | 1
                LWORD | SHR(LWORD#16#8000000000000000, 63) | 1
                INT   | SHR(INT#-2, 1)           | 32767
                BYTE  | ROL(BYTE#16#81, 1)       | 3
                WORD  | ROL(WORD#16#8001, 17)    | 3
                DWORD | ROL(DWORD#16#80000001, 1) | 3
                LWORD | ROL(LWORD#1, -1)         | -9223372036854775808
                BYTE  | ROR(IN := BYTE#1, N := 1) | 128
                DWORD | ROR(DWORD#1, 1)          | 2147483648
                LWORD | ROR(LWORD#2, 65)         | 1
                BOOL  | SHL(TRUE, 1)             | FALSE
                BOOL  | ROL(TRUE, 1)             | TRUE
                BOOL  | AND(TRUE, TRUE, FALSE)   | FALSE
                BYTE  | OR(BYTE#1, BYTE#2, BYTE#4) | 7
                WORD  | XOR(WORD#16#FF, WORD#16#0F) | 240
                BYTE  | NOT(BYTE#16#0F)          | 240
                BOOL  | AND_BOOL(TRUE, FALSE)    | FALSE
                WORD  | SHL_WORD(1, 15)          | 32768
                """);
    }

    /// Table 32.
    @Test
    void selectionFunctions() {
        Table.check(Dialect.COMMON, "TYPE colour : (red, green, blue); END_TYPE\n", """
                INT   | SEL(FALSE, 3, 4)         | 3
                INT   | SEL(G := TRUE, IN0 := 3, IN1 := 4) | 4
                STRING | SEL(TRUE, 'no', 'yes')  | 'yes'
                colour | SEL(TRUE, red, blue)    | 2
                INT   | MAX(1, 5, 3)             | 5
                UDINT | MAX(UDINT#1, UDINT#4000000000) | 4000000000
                ULINT | MAX(ULINT#1, ULINT#16#FFFFFFFFFFFFFFFF) | -1
                REAL  | MAX(REAL#1.5, 2)         | 2
                LREAL | MAX(SQRT(-1.0), 1.0)     | NaN
                STRING | MAX('abc', 'abd')       | 'abd'
                TIME  | MAX(T#1s, T#2s)          | 2000000000
                BOOL  | MAX(FALSE, TRUE)         | TRUE
                INT   | MIN(1, 5, -3)            | -3
                UDINT | MIN(UDINT#1, UDINT#4000000000) | 1
                STRING | MIN('b', 'a')           | 'a'
                DINT  | LIMIT(0, 5, 3)           | 3
                DINT  | LIMIT(MN := 0, IN := -5, MX := 3) | 0
                DINT  | LIMIT(5, 4, 3)           | 3
                REAL  | LIMIT(0.0, 0.5, 1.0)     | 0.5
                INT   | MUX(1, 42, 99)           | 99
                INT   | MUX(K := 0, IN0 := 42, IN1 := 99) | 42
                INT   | MUX(5, 10, 20, 30)       | 30
                INT   | MUX(-1, 10, 20, 30)      | 10
                STRING | MUX(2, 'a', 'b', 'c')   | 'c'
                colour | MUX(1, red, green, blue) | 1
                """);
    }

    /// Table 33.
    @Test
    void comparisonFunctions() {
        Table.check(Dialect.COMMON, "TYPE colour : (red, green, blue); END_TYPE\n", """
                BOOL | GT(2, 1)                  | TRUE
                BOOL | GT(3, 2, 1)               | TRUE
                BOOL | GT(3, 1, 2)               | FALSE
                BOOL | GE(3, 3, 1)               | TRUE
                BOOL | EQ(5, 5, 5)               | TRUE
                BOOL | EQ(5, 5, 6)               | FALSE
                BOOL | LE(1, 1, 2)               | TRUE
                BOOL | LT('abc', 'abd')          | TRUE
                BOOL | LT('abc', 'abcd', 'b')    | TRUE
                BOOL | LT(1.5, 2, 2.5)           | TRUE
                BOOL | NE(1, 2)                  | TRUE
                BOOL | EQ(colour#red, colour#red) | TRUE
                BOOL | NE(colour#red, colour#blue) | TRUE
                BOOL | GT(UDINT#4000000000, UDINT#1) | TRUE
                BOOL | GT_INT(2, 1)              | TRUE
                BOOL | LT(D#2024-01-01, D#2024-01-02) | TRUE
                """);
    }

    /// Table 34, whose examples are the ones with ASTR, ABC and ABXYC.
    @Test
    void textFunctions() {
        Table.check("""
                INT    | LEN('ASTRING')            | 7
                INT    | LEN('')                   | 0
                STRING | LEFT(IN := 'ASTR', L := 3) | 'AST'
                STRING | LEFT('ASTR', 9)           | 'ASTR'
                STRING | LEFT('ASTR', -1)          | ''
                STRING | RIGHT(IN := 'ASTR', L := 3) | 'STR'
                STRING | RIGHT('ASTR', 9)          | 'ASTR'
                STRING | MID(IN := 'ASTR', L := 2, P := 2) | 'ST'
                STRING | MID('ABC', 5, 10)         | ''
                STRING | MID('ABC', 5, 2)          | 'BC'
                STRING | CONCAT('AB', 'CD', 'E')   | 'ABCDE'
                STRING | INSERT(IN1 := 'ABC', IN2 := 'XY', P := 2) | 'ABXYC'
                STRING | INSERT('ABC', 'XY', 0)    | 'XYABC'
                STRING | INSERT('ABC', 'XY', 9)    | 'ABCXY'
                STRING | DELETE(IN := 'ABXYC', L := 2, P := 3) | 'ABC'
                STRING | DELETE('ABC', 9, 2)       | 'A'
                STRING | DELETE('ABC', 1, 9)       | 'ABC'
                STRING | REPLACE(IN1 := 'ABCDE', IN2 := 'X', L := 2, P := 3) | 'ABXE'
                STRING | REPLACE('Hello World', 'Earth', 5, 7) | 'Hello Earth'
                STRING[6] | REPLACE('ABCDE', 'XXXXX', 1, 3) | 'ABXXXX'
                INT    | FIND(IN1 := 'ABCBC', IN2 := 'BC') | 2
                INT    | FIND('Hello', '')         | 0
                INT    | FIND('Hi', 'Hello')       | 0
                INT    | FIND('AAB', 'AB')         | 2
                WSTRING | CONCAT("AB", "CD")       | 'ABCD'
                WSTRING | MID("ASTR", 2, 2)        | 'ST'
                INT    | LEN("ASTRING")            | 7
                STRING | CONCAT(CHAR#'A', 'B')     | 'AB'
                """);
    }

    /// Literals take the type that goes with the rest, without a word, also where nothing beyond the standard
    /// is allowed.
    @Test
    void theStandardDialectTakesWhatTheStandardHas() {
        Table.check(Dialect.STANDARD, "TYPE colour : (red, green, blue); END_TYPE\n", """
                BYTE  | SHL(BYTE#16#0F, 4)       | 240
                WORD  | ROR(WORD#1, UINT#1)      | 32768
                REAL  | SQRT(2.25)               | 1.5
                REAL  | LIMIT(0.0, 1.5, 1.0)     | 1
                INT   | MUX(1, 42, 99)           | 99
                colour | SEL(TRUE, red, blue)    | 2
                STRING | MID('ASTR', 2, 2)       | 'ST'
                INT   | LEN('ASTR')              | 4
                INT   | ADD(1, 2, 3)             | 6
                BOOL  | GT(3, 2, 1)              | TRUE
                LINT  | TRUNC(-99.9)             | -99
                INT   | REAL_TO_INT(2.5)         | 2
                DATE  | CONCAT_DATE(2000, 1, 1)  | 946684800000000000
                TIME  | MUL_TIME(T#2s, 3)        | 6000000000
                """);
    }

    /// A function with an effect runs once, though its value is compared twice.
    @Test
    void argumentsAreEvaluatedOnce() {
        Table.check(Dialect.COMMON, """
                VAR_GLOBAL calls : DINT; END_VAR
                FUNCTION next : DINT
                calls := calls + 1;
                next := calls;
                END_FUNCTION
                """, """
                BOOL | LT(0, next(), 2)          | TRUE
                DINT | MUX(next(), 10, 20, 30, 40) | 30
                DINT | LIMIT(0, next(), 100)     | 3
                DINT | calls                     | 3
                """);
    }

    @Test
    void mistakesAreNamed() {
        assertMessage("x := LEN(5);", "LEN takes ANY_CHARS for IN, this is INT");
        assertMessage("x := LIMIT(1, 2);", "LIMIT takes 3 arguments: MN, IN, MX");
        assertMessage("x := MAX(1);", "MAX takes at least 2 arguments: IN1, IN2");
        assertMessage("x := LIMIT(MN := 1, XX := 2, MX := 3);", "LIMIT has no parameter XX");
        assertMessage("x := ADD('a', 1);", "+ does not go with");
        assertMessage("x := DATE_TO_TIME(D#2024-01-01);", "DATE_TO_TIME is not declared");
        assertMessage("x := MAXX(1, 2);", "did you mean MAX?");
    }

    private static void assertMessage(String statement, String message) {
        String text = "PROGRAM p VAR x : INT; END_VAR %s END_PROGRAM".formatted(statement);
        List<Diagnostic> found = Compiler.compile(List.of(new Source("p.st", text)), Dialect.COMMON)
                .diagnostics();
        assertTrue(
                found.getFirst().message().contains(message),
                () -> found.getFirst().message());
    }
}
