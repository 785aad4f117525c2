package io.millwright.iec61131.library;

import io.millwright.iec61131.syntax.Dialect;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.Elementary.Family;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Every row of the tables of functions that has a name for each type; values are from arithmetic with numbers
/// of any size.
class TableRowsTest {
    private static final int RANDOM_VALUES = 4;
    private final Random random = new Random(61_131);

    /// Tables 23, 24 and 25: each conversion between numbers and bit strings, at the ends of the ranges too,
    /// of values that are known only when the program runs.
    @ParameterizedTest
    @EnumSource(
            value = Elementary.class,
            mode = EnumSource.Mode.MATCH_ANY,
            names = {".*INT", "BOOL", "BYTE", ".*WORD", ".*REAL"})
    void conversionsOfNumbersAndBitStrings(Elementary from) {
        var variables = new StringBuilder("VAR_GLOBAL\n");
        var rows = new StringBuilder();
        List<BigDecimal> values = values(from);
        for (int i = 0; i < values.size(); i++) {
            variables.append("v%d : %s := %s;%n".formatted(i, from, literal(from, values.get(i))));
            for (Elementary to : Elementary.values()) {
                if (to != from && (to.isWhole() || to == Elementary.BOOL || to.family() == Family.REAL)) {
                    String expected = converted(from, values.get(i), to);
                    rows.append("%s | %s_TO_%s(v%d) | %s%n".formatted(to, from, to, i, expected));
                    rows.append("%s | TO_%s(v%d) | %s%n".formatted(to, to, i, expected));
                }
            }
        }
        Table.check(Dialect.COMMON, variables + "END_VAR\n", rows.toString());
    }

    /// The ends of the range, what lies around 0, halves for reals, and some by chance.
    private List<BigDecimal> values(Elementary type) {
        List<BigDecimal> values = new ArrayList<>();
        switch (type.family()) {
            case REAL -> {
                for (double some :
                        new double[] {0, 0.5, 1.5, 2.5, -0.5, -1.5, 127.5, -128.5, 32_767.5, 1e9, 3e9, -3e9}) {
                    values.add(new BigDecimal(some));
                }
                for (int i = 0; i < RANDOM_VALUES; i++) {
                    double some = random.nextDouble(-1, 1) * Math.pow(10, random.nextInt(20));
                    values.add(type == Elementary.REAL ? new BigDecimal((float) some) : new BigDecimal(some));
                }
            }
            default -> {
                values.add(new BigDecimal(lowest(type)));
                values.add(new BigDecimal(highest(type)));
                values.add(BigDecimal.ONE);
                if (type != Elementary.BOOL) {
                    for (int i = 0; i < RANDOM_VALUES; i++) {
                        values.add(new BigDecimal(inRange(new BigInteger(64, random), type)));
                    }
                }
            }
        }
        return values;
    }

    private static String literal(Elementary type, BigDecimal value) {
        if (type.family() == Family.REAL) {
            return "%s#%s".formatted(type, value.scale() <= 0 ? value.toPlainString() + ".0" : value.toPlainString());
        }
        return type == Elementary.BOOL ? value.signum() == 0 ? "FALSE" : "TRUE" : "%s#%s".formatted(type, value);
    }

    /// What COVERAGE.md says: whole numbers leave the upper bits away, reals become the nearest number of the
    /// type, of two as near the even one, and whole numbers the nearest real.
    private static String converted(Elementary from, BigDecimal value, Elementary to) {
        if (to == Elementary.BOOL) {
            return value.signum() == 0 ? "FALSE" : "TRUE";
        }
        if (to.family() == Family.REAL) {
            return Double.toString(to == Elementary.REAL ? value.floatValue() : value.doubleValue());
        }
        BigInteger whole = value.setScale(0, RoundingMode.HALF_EVEN).toBigInteger();
        boolean real = from.family() == Family.REAL;
        return Long.toString((real ? whole.max(lowest(to)).min(highest(to)) : inRange(whole, to)).longValue());
    }

    /// Table 21: the functions of Tables 28 to 33 by the name of each type they go with.
    @ParameterizedTest
    @EnumSource(
            value = Elementary.class,
            mode = EnumSource.Mode.MATCH_ANY,
            names = {".*INT", ".*REAL"})
    void functionsOfNumbersByTheNameOfTheirType(Elementary type) {
        StringBuilder rows = rows(type, """
                T | ABS_T(five) | 5
                T | ADD_T(five, three, five) | 13
                T | MUL_T(five, three, three) | 45
                T | SUB_T(five, three) | 2
                T | DIV_T(five, five) | 1
                T | EXPT_T(five, three) | 125
                T | MOVE_T(five) | 5
                """);
        if (type.isInteger()) {
            rows.append(rows(type, "T | MOD_T(five, three) | 2"));
        } else {
            rows.append(rows(type, """
                    T | SQRT_T(five * five) | 5
                    T | LN_T(five / five) | 0
                    T | LOG_T(five / five) | 0
                    T | EXP_T(five - five) | 1
                    T | SIN_T(five - five) | 0
                    T | COS_T(five - five) | 1
                    T | TAN_T(five - five) | 0
                    T | ASIN_T(five - five) | 0
                    T | ACOS_T(five / five) | 0
                    T | ATAN_T(five - five) | 0
                    T | ATAN2_T(five - five, five) | 0
                    """));
        }
        check(type, rows.append(selected(type)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"BYTE", "WORD", "DWORD", "LWORD"})
    void functionsOfBitStringsByTheNameOfTheirType(String name) {
        Elementary type = Elementary.valueOf(name);
        StringBuilder rows = rows(type, """
                T | SHL_T(five, 1) | 10
                T | SHR_T(five, 1) | 2
                T | ROL_T(five, 2) | 20
                T | ROR_T(five, T_WIDTH - 1) | 10
                T | AND_T(five, three) | 1
                T | OR_T(five, three) | 7
                T | XOR_T(five, three) | 6
                T | NOT_T(NOT_T(five)) | 5
                T | MOVE_T(five) | 5
                BOOL | NOT_T(five) = TO_T(-6) | TRUE
                """.replace("T_WIDTH", Integer.toString(type.bits())));
        check(type, rows.append(selected(type)));
    }

    /// Tables 32 and 33.
    private static StringBuilder selected(Elementary type) {
        return rows(type, """
                T | SEL_T(FALSE, five, three) | 5
                T | SEL_T(TRUE, five, three) | 3
                T | MAX_T(three, five, three) | 5
                T | MIN_T(five, three, five) | 3
                T | LIMIT_T(three, five + five, five) | 5
                T | LIMIT_T(three, three - three, five) | 3
                T | LIMIT_T(three, three, five) | 3
                T | MUX_T(1, five, three, five) | 3
                BOOL | GT_T(five, three) | TRUE
                BOOL | GT_T(five, five) | FALSE
                BOOL | GE_T(five, five, three) | TRUE
                BOOL | GE_T(three, five) | FALSE
                BOOL | EQ_T(five, five) | TRUE
                BOOL | EQ_T(five, three) | FALSE
                BOOL | LE_T(three, three, five) | TRUE
                BOOL | LE_T(five, three) | FALSE
                BOOL | LT_T(three, five) | TRUE
                BOOL | LT_T(five, five) | FALSE
                BOOL | NE_T(five, three) | TRUE
                BOOL | NE_T(five, five) | FALSE
                """);
    }

    /// The rows with the type instead of each `T`.
    private static StringBuilder rows(Elementary type, String rows) {
        var all = new StringBuilder();
        rows.lines()
                .map(row -> row.replaceAll("(?<=^|_)T(?= |\\()", type.name()))
                .forEach(row -> all.append(row).append('\n'));
        return all;
    }

    private static void check(Elementary type, StringBuilder rows) {
        String variables = "VAR_GLOBAL five : %1$s := 5; three : %1$s := 3; END_VAR%n".formatted(type);
        Table.check(Dialect.COMMON, variables, rows.toString());
    }

    /// A time of day lies between midnight and midnight, and a date is a whole day, whatever they are made
    /// from.
    @Test
    void timesOfDayAndDatesOfNumbers() {
        Table.check(
                Dialect.COMMON,
                "VAR_GLOBAL day : DINT := 86400000; minus : LINT := -1; half : REAL := 129600.0; END_VAR\n",
                """
                TOD  | DINT_TO_TOD(day) | 0
                TOD  | DINT_TO_TOD(day + 1) | 1000000
                TOD  | DINT_TO_TOD(-1) | 86399999000000
                LTOD | LINT_TO_LTOD(minus) | 86399999999999
                TOD  | REAL_TO_TOD(-1.0) | 86399999000000
                DATE | DINT_TO_DATE(86401) | 86400000000000
                DATE | LINT_TO_DATE(minus) | -86400000000000
                LDATE | LINT_TO_LDATE(minus) | -86400000000000
                DATE | REAL_TO_DATE(half) | 86400000000000
                TOD  | STRING_TO_TOD('TOD#25:00:00') | 3600000000000
                """);
    }

    /// Table 28 at the ends of the domains, as IEC 60559 has it.
    @Test
    void numericFunctionsAtTheEndsOfTheirDomains() {
        Table.check(Dialect.COMMON, """
                VAR_GLOBAL
                    zero : LREAL; one : LREAL := 1.0; minus : LREAL := -1.0;
                    large : LREAL := 1.0E300; less : SINT := -128;
                END_VAR
                """, """
                LREAL | SQRT(zero)              | 0
                LREAL | SQRT(-zero)             | -0.0
                LREAL | SQRT(one / zero)        | Infinity
                LREAL | SQRT(minus)             | NaN
                LREAL | LN(zero)                | -Infinity
                LREAL | LN(minus)               | NaN
                LREAL | LOG(zero)               | -Infinity
                LREAL | LOG(minus)              | NaN
                LREAL | EXP(large)              | Infinity
                LREAL | EXP(-large)             | 0
                LREAL | SIN(one / zero)         | NaN
                LREAL | COS(one / zero)         | NaN
                LREAL | TAN(one / zero)         | NaN
                LREAL | ASIN(minus)             | ~-1.5707963268
                LREAL | ASIN(2.0 * one)         | NaN
                LREAL | ACOS(one)               | 0
                LREAL | ACOS(minus)             | ~3.1415926536
                LREAL | ACOS(2.0 * minus)       | NaN
                LREAL | ATAN(one / zero)        | ~1.5707963268
                LREAL | ATAN2(zero, one)        | 0
                LREAL | ATAN2(zero, minus)      | ~3.1415926536
                LREAL | ATAN2(-zero, minus)     | ~-3.1415926536
                LREAL | ATAN2(zero, zero)       | 0
                LREAL | ATAN2(minus, minus)     | ~-2.3561944902
                LREAL | ABS(-one / zero)        | Infinity
                SINT  | ABS(less + 1)           | 127
                SINT  | ABS(less)               | -128
                LREAL | zero / zero             | NaN
                LREAL | large * large           | Infinity
                LREAL | -large * large          | -Infinity
                LREAL | EXPT(zero, zero)        | 1
                LREAL | EXPT(zero, minus)       | Infinity
                LREAL | EXPT(minus, 0.5)        | NaN
                LREAL | MAX(one, zero / zero)   | NaN
                LREAL | MIN(zero / zero, one)   | NaN
                BOOL  | IS_VALID(large * large) | FALSE
                BOOL  | IS_VALID(zero / zero)   | FALSE
                BOOL  | IS_VALID(large)         | TRUE
                BOOL  | EQ(zero / zero, zero / zero) | FALSE
                BOOL  | NE(zero / zero, zero / zero) | TRUE
                BOOL  | GE(zero / zero, one)    | FALSE
                """);
    }

    /// Table 29: the quotient is cut toward zero, the remainder has the sign of the dividend and is 0 of a
    /// divisor of 0; results beyond the type wrap.
    @ParameterizedTest
    @ValueSource(strings = {"SINT", "INT", "DINT", "LINT", "USINT", "UINT", "UDINT", "ULINT"})
    void arithmeticAtTheEndsOfTheTypes(String name) {
        Elementary type = Elementary.valueOf(name);
        BigInteger low = lowest(type);
        BigInteger high = highest(type);
        var rows = new StringBuilder();
        row(rows, type, "high + 1", high.add(BigInteger.ONE));
        row(rows, type, "ADD(high, high)", high.add(high));
        row(rows, type, "low - 1", low.subtract(BigInteger.ONE));
        row(rows, type, "SUB(low, high)", low.subtract(high));
        row(rows, type, "high * high", high.multiply(high));
        row(rows, type, "MUL(high, 3)", high.multiply(BigInteger.valueOf(3)));
        row(rows, type, "EXPT(high, 3)", high.pow(3));
        row(rows, type, "high / 7", high.divide(BigInteger.valueOf(7)));
        row(rows, type, "high MOD 7", high.remainder(BigInteger.valueOf(7)));
        row(rows, type, "low / 7", low.divide(BigInteger.valueOf(7)));
        row(rows, type, "low MOD 7", low.remainder(BigInteger.valueOf(7)));
        row(rows, type, "high MOD zero", BigInteger.ZERO);
        row(rows, type, "low MOD (high - high)", BigInteger.ZERO);
        row(rows, type, "MOD(high, zero)", BigInteger.ZERO);
        row(rows, type, "high MOD 0", BigInteger.ZERO);
        row(rows, type, "%s#7 MOD 0".formatted(name), BigInteger.ZERO);
        if (type.family() == Family.SIGNED) {
            row(rows, type, "low / minus", low.negate());
            row(rows, type, "low MOD minus", BigInteger.ZERO);
            row(rows, type, "high MOD (7 * minus)", high.remainder(BigInteger.valueOf(-7)));
            row(rows, type, "-low", low.negate());
        }
        String minus = type.family() == Family.SIGNED ? "minus : %s := -1;".formatted(name) : "";
        String variables = "VAR_GLOBAL zero : %1$s; low : %1$s := %1$s#%2$s; high : %1$s := %1$s#%3$s; %4$s END_VAR%n";
        Table.check(Dialect.COMMON, variables.formatted(name, low, high, minus), rows.toString());
    }

    private static void row(StringBuilder rows, Elementary type, String expression, BigInteger value) {
        rows.append("%s | %s | %d%n"
                .formatted(type, expression, inRange(value, type).longValue()));
    }

    /// Table 34 in both widths, beyond the ends of the text.
    @ParameterizedTest
    @ValueSource(strings = {"STRING", "WSTRING"})
    void textsBeyondTheirEnds(String type) {
        String quote = type.equals("STRING") ? "'" : "\"";
        String rows = """
                INT | LEN(t)               | 4
                T   | LEFT(t, 0)           | ''
                T   | LEFT(t, 4)           | 'ASTR'
                T   | LEFT(t, 32767)       | 'ASTR'
                T   | RIGHT(t, 0)          | ''
                T   | RIGHT(t, -1)         | ''
                T   | RIGHT(t, 5)          | 'ASTR'
                T   | MID(t, 2, 4)         | 'R'
                T   | MID(t, 0, 2)         | ''
                T   | MID(t, -1, 2)        | ''
                T   | MID(t, 1, 5)         | ''
                T   | CONCAT(t, none)      | 'ASTR'
                T   | CONCAT(none, none)   | ''
                T   | INSERT(t, t, 4)      | 'ASTRASTR'
                T   | INSERT(t, t, 0)      | 'ASTRASTR'
                T   | INSERT(none, t, 3)   | 'ASTR'
                T   | DELETE(t, 0, 1)      | 'ASTR'
                T   | DELETE(t, 4, 1)      | ''
                T   | DELETE(t, 1, 4)      | 'AST'
                T   | REPLACE(t, none, 2, 2) | 'AR'
                T   | REPLACE(t, t, 0, 5)  | 'ASTRASTR'
                INT | FIND(t, none)        | 0
                INT | FIND(none, t)        | 0
                INT | FIND(t, t)           | 1
                BOOL | none < t            | TRUE
                T   | MAX(none, t)         | 'ASTR'
                T   | SEL(FALSE, none, t)  | ''
                """;
        String variables = "VAR_GLOBAL t : %1$s := %2$sASTR%2$s; none : %1$s; END_VAR%n".formatted(type, quote);
        Table.check(Dialect.COMMON, variables, rows.replace("T   |", type + " |"));
    }

    /// Table 37; the bytes of the arguments are read the other way round.
    @Test
    void bytesInTheOtherOrder() {
        Table.check(Dialect.COMMON, """
                VAR_GLOBAL
                    b : BYTE := 16#12; w : WORD := 16#1234; d : DWORD := 16#12345678; l : LWORD := 16#123456789ABCDEF0;
                END_VAR
                """, """
                BYTE  | TO_BIG_ENDIAN(b) | 18
                WORD  | TO_BIG_ENDIAN(w) | 13330
                DWORD | TO_BIG_ENDIAN(d) | 2018915346
                BOOL  | TO_BIG_ENDIAN(l) = 16#F0DEBC9A78563412 | TRUE
                WORD  | FROM_BIG_ENDIAN(w) | 13330
                DWORD | BIG_ENDIAN_TO(TO_BIG_ENDIAN(d)) | 305419896
                WORD  | TO_LITTLE_ENDIAN(w) | 4660
                DWORD | FROM_LITTLE_ENDIAN(d) | 305419896
                BOOL  | LITTLE_ENDIAN_TO(l) = l | TRUE
                """);
    }

    /// Tables 22 and 39: digits of BCD at the ends, and what is none.
    @Test
    void binaryCodedDecimals() {
        Table.check(Dialect.COMMON, """
                VAR_GLOBAL
                    b : BYTE := 16#99; w : WORD := 16#1234; d : DWORD := 16#99999999; l : LWORD := 16#9999999999999999;
                    n : USINT := 99; m : USINT := 100; u : UINT := 9999; k : UDINT := 99999999;
                END_VAR
                """, """
                USINT | BYTE_BCD_TO_USINT(b) | 99
                UINT  | WORD_BCD_TO_UINT(w) | 1234
                UDINT | DWORD_BCD_TO_UDINT(d) | 99999999
                ULINT | LWORD_BCD_TO_ULINT(l) | 9999999999999999
                UINT  | BCD_TO_UINT(w) | 1234
                BYTE  | USINT_TO_BCD_BYTE(n) | 153
                BYTE  | USINT_TO_BCD_BYTE(m) | 153
                WORD  | UINT_TO_BCD_WORD(u) | 39321
                DWORD | UDINT_TO_BCD_DWORD(k) | 2576980377
                WORD  | TO_BCD_WORD(u) | 39321
                BOOL  | IS_VALID_BCD(b) | TRUE
                BOOL  | IS_VALID_BCD(l) | TRUE
                BOOL  | IS_VALID_BCD(BYTE#16#9A) | FALSE
                BOOL  | IS_VALID_BCD(DWORD#16#A0000000) | FALSE
                BOOL  | IS_VALID_BCD(LWORD#0) | TRUE
                """);
    }

    /// Every pair of Table 26, and every one of Table 27, exists under both names.
    @Test
    void conversionsOfTimesAndCharacters() {
        Table.check(Dialect.COMMON, """
                VAR_GLOBAL
                    t : TIME := T#-1500ms; lt : LTIME := LTIME#1s2us3ns;
                    dt : DT := DT#2000-01-01-12:30:00; ldt : LDT := LDT#2000-01-01-12:30:00.000000007;
                    tod : TOD := TOD#23:59:59.999; ltod : LTOD := LTOD#00:00:00.000000009;
                    w : WSTRING := "ab"; s : STRING := 'cd'; wc : WCHAR := WCHAR#"e"; c : CHAR := CHAR#'f';
                    none : STRING; wide : WSTRING := "$20AC";
                END_VAR
                """, """
                TIME  | LTIME_TO_TIME(lt) | 1000002003
                LTIME | TIME_TO_LTIME(t) | -1500000000
                DT    | LDT_TO_DT(ldt) | 946729800000000007
                DATE  | LDT_TO_DATE(ldt) | 946684800000000000
                LTOD  | LDT_TO_LTOD(ldt) | 45000000000007
                TOD   | LDT_TO_TOD(ldt) | 45000000000007
                LDT   | DT_TO_LDT(dt) | 946729800000000000
                DATE  | DT_TO_DATE(dt) | 946684800000000000
                LTOD  | DT_TO_LTOD(dt) | 45000000000000
                TOD   | DT_TO_TOD(dt) | 45000000000000
                TOD   | LTOD_TO_TOD(ltod) | 9
                LTOD  | TOD_TO_LTOD(tod) | 86399999000000
                STRING | WSTRING_TO_STRING(w) | 'ab'
                WCHAR | WSTRING_TO_WCHAR(w) | 97
                WSTRING | STRING_TO_WSTRING(s) | 'cd'
                CHAR  | STRING_TO_CHAR(s) | 99
                WSTRING | WCHAR_TO_WSTRING(wc) | 'e'
                CHAR  | WCHAR_TO_CHAR(wc) | 101
                STRING | CHAR_TO_STRING(c) | 'f'
                WCHAR | CHAR_TO_WCHAR(c) | 102
                CHAR  | STRING_TO_CHAR(none) | 0
                STRING | WSTRING_TO_STRING(wide) | '?'
                """);
    }

    private static BigInteger inRange(BigInteger number, Elementary type) {
        BigInteger bits = number.mod(BigInteger.ONE.shiftLeft(type.bits()));
        return bits.compareTo(highest(type)) > 0 ? bits.subtract(BigInteger.ONE.shiftLeft(type.bits())) : bits;
    }

    private static BigInteger lowest(Elementary type) {
        boolean signed = type.family() == Family.SIGNED;
        return signed ? BigInteger.ONE.shiftLeft(type.bits() - 1).negate() : BigInteger.ZERO;
    }

    private static BigInteger highest(Elementary type) {
        int bits = type.family() == Family.SIGNED ? type.bits() - 1 : type.bits();
        return BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE);
    }
}
