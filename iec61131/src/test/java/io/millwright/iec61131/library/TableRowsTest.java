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
