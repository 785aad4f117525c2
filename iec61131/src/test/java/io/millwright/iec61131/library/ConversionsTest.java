package io.millwright.iec61131.library;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millwright.iec61131.machine.Text;
import io.millwright.iec61131.syntax.Dialect;
import io.millwright.iec61131.type.Elementary;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Values are from the rules of IEC 61131-3 and of IEC 60559, or from arithmetic.
class ConversionsTest {
    /// Tables 22 and 23.
    @Test
    void numbers() {
        Table.check("""
                REAL  | INT_TO_REAL(42)            | 42
                INT   | REAL_TO_INT(3.7)           | 4
                INT   | REAL_TO_INT(2.5)           | 2
                INT   | REAL_TO_INT(3.5)           | 4
                INT   | REAL_TO_INT(-2.5)          | -2
                INT   | REAL_TO_INT(1.0E9)         | 32767
                SINT  | REAL_TO_SINT(-1000.0)      | -128
                USINT | REAL_TO_USINT(-1.0)        | 0
                UDINT | LREAL_TO_UDINT(4294967295.0) | 4294967295
                UDINT | LREAL_TO_UDINT(1.0E30)     | 4294967295
                LINT  | LREAL_TO_LINT(-1.0E30)     | -9223372036854775808
                ULINT | LREAL_TO_ULINT(18446744073709549568.0) | -2048
                INT   | LREAL_TO_INT(SQRT(-1.0))   | 0
                LREAL | ULINT_TO_LREAL(ULINT#16#FFFFFFFFFFFFFFFF) | 18446744073709551616.0
                LREAL | UDINT_TO_LREAL(UDINT#4294967295) | 4294967295.0
                DINT  | INT_TO_DINT(-5)            | -5
                SINT  | DINT_TO_SINT(200)          | -56
                UINT  | INT_TO_UINT(-1)            | 65535
                ULINT | SINT_TO_ULINT(-1)          | -1
                DINT  | TO_DINT(UINT#65535)        | 65535
                REAL  | TO_REAL(7)                 | 7
                INT   | REAL_TRUNC_INT(-3.7)       | -3
                DINT  | TRUNC(3.7)                 | 3
                LINT  | TRUNC(-99.9)               | -99
                INT   | TRUNC_INT(2.9)             | 2
                INT   | BOOL_TO_INT(TRUE)          | 1
                BOOL  | INT_TO_BOOL(-4)            | TRUE
                BOOL  | REAL_TO_BOOL(0.0)          | FALSE
                REAL  | BOOL_TO_REAL(TRUE)         | 1
                """);
    }

    /// Tables 24 to 26.
    @Test
    void bitsAndTimes() {
        Table.check("""
                BYTE  | WORD_TO_BYTE(16#1234)      | 52
                DWORD | INT_TO_DWORD(-1)           | 4294967295
                INT   | DWORD_TO_INT(16#FFFF8000)  | -32768
                BOOL  | BYTE_TO_BOOL(2)            | TRUE
                UINT  | WORD_BCD_TO_UINT(16#1234)  | 1234
                USINT | BCD_TO_USINT(BYTE#16#42)   | 42
                WORD  | UINT_TO_BCD_WORD(1234)     | 4660
                WORD  | UINT_TO_BCD_WORD(12345)    | 39321
                BYTE  | TO_BCD_BYTE(INT#-1)        | 0
                BYTE  | USINT_TO_BCD(USINT#42)     | 66
                LWORD | ULINT_TO_BCD_LWORD(ULINT#9876543210987654) | -7460683158689122732
                BOOL  | IS_VALID_BCD(WORD#16#9999) | TRUE
                BOOL  | IS_VALID_BCD(WORD#16#9A99) | FALSE
                WORD  | TO_BIG_ENDIAN(WORD#16#1234) | 13330
                DINT  | TO_BIG_ENDIAN(DINT#1)      | 16777216
                INT   | FROM_BIG_ENDIAN(INT#255)   | -256
                LINT  | TO_BIG_ENDIAN(LINT#1)      | 72057594037927936
                REAL  | FROM_BIG_ENDIAN(TO_BIG_ENDIAN(REAL#1.5)) | 1.5
                WORD  | TO_LITTLE_ENDIAN(WORD#16#1234) | 4660
                DINT  | TIME_TO_DINT(T#1500ms)     | 1500
                TIME  | DWORD_TO_TIME(3000)        | 3000000000
                REAL  | TIME_TO_REAL(T#1500ms)     | 1500
                TIME  | REAL_TO_TIME(1500.0)       | 1500000000
                LINT  | LTIME_TO_LINT(LTIME#1us)   | 1000
                LREAL | TIME_TO_S(T#1500ms)        | 1.5
                LINT  | TIME_TO_US(T#1500ms)       | 1500000
                UDINT | DATE_TO_UDINT(D#2000-01-01) | 946684800
                DATE  | UDINT_TO_DATE(946684800)   | 946684800000000000
                DWORD | DT_TO_DWORD(DT#2000-01-01-12:00:00) | 946728000
                DWORD | TOD_TO_DWORD(TOD#12:30:00) | 45000000
                DATE  | DT_TO_DATE(DT#2000-01-01-12:00:00) | 946684800000000000
                TOD   | DATE_AND_TIME_TO_TIME_OF_DAY(DT#2000-01-01-12:00:00) | 43200000000000
                DATE  | DT_TO_DATE(DT#1969-12-31-12:00:00) | -86400000000000
                LDT   | DT_TO_LDT(DT#1970-01-01-00:00:01) | 1000000000
                """);
    }

    /// Of variables, so that nothing is known before the program runs.
    @Test
    void variables() {
        Table.check(Dialect.COMMON, """
                VAR_GLOBAL
                    two : BYTE := 2; minus : INT := -1; low : SINT := -128; large : DINT := 200; yes : BOOL := TRUE;
                    all : ULINT := 18446744073709551615; most : UDINT := 4294967295; upper : WORD := 16#FF00;
                    half : REAL := 2.5; big : LREAL := 1.0E30;
                    span : TIME := T#-1500ms; day : DT := DT#1969-12-31-12:00:00;
                    wide : WSTRING := "ab"; narrow : STRING := '-7'; letter : CHAR := CHAR#'x';
                END_VAR
                """, """
                BOOL  | BYTE_TO_BOOL(two)          | TRUE
                UINT  | INT_TO_UINT(minus)         | 65535
                DWORD | INT_TO_DWORD(minus)        | 4294967295
                ULINT | INT_TO_ULINT(minus)        | -1
                REAL  | INT_TO_REAL(minus)         | -1
                SINT  | DINT_TO_SINT(large)        | -56
                USINT | SINT_TO_USINT(low)         | 128
                SINT  | ABS(low)                   | -128
                INT   | BOOL_TO_INT(yes)           | 1
                TIME  | BOOL_TO_TIME(yes)          | 1000000
                LREAL | ULINT_TO_LREAL(all)        | 18446744073709551616.0
                REAL  | UDINT_TO_REAL(most)        | 4294967296.0
                LINT  | UDINT_TO_LINT(most)        | 4294967295
                DINT  | UDINT_TO_DINT(most)        | -1
                INT   | WORD_TO_INT(upper)         | -256
                BYTE  | WORD_TO_BYTE(SHR(upper, 8)) | 255
                INT   | REAL_TO_INT(half)          | 2
                UDINT | LREAL_TO_UDINT(big)        | 4294967295
                BOOL  | REAL_TO_BOOL(half)         | TRUE
                INT   | TIME_TO_INT(span)          | -1500
                REAL  | TIME_TO_REAL(span)         | -1500
                TOD   | TIME_TO_TOD(span)          | 86398500000000
                DATE  | DT_TO_DATE(day)            | -86400000000000
                TOD   | DT_TO_TOD(day)             | 43200000000000
                STRING | WSTRING_TO_STRING(wide)   | 'ab'
                STRING | TO_STRING(half)           | '2.5'
                STRING | CHAR_TO_STRING(letter)    | 'x'
                STRING | CONCAT(narrow, letter)    | '-7x'
                DINT  | STRING_TO_DINT(narrow)     | -7
                UDINT | MAX(most, 1)               | 4294967295
                DWORD | ROL(UDINT_TO_DWORD(most), two) | 4294967295
                """);
    }

    /// Whole numbers of any count of digits.
    @Test
    void digits() {
        Table.check("""
                STRING | LINT_TO_STRING(LINT#-9223372036854775808) | '-9223372036854775808'
                STRING | LINT_TO_STRING(LINT#9223372036854775807) | '9223372036854775807'
                STRING | ULINT_TO_STRING(ULINT#9223372036854775808) | '9223372036854775808'
                STRING | ULINT_TO_STRING(ULINT#9999999999999999999) | '9999999999999999999'
                STRING | ULINT_TO_STRING(ULINT#10000000000000000000) | '10000000000000000000'
                STRING | INT_TO_STRING(0)          | '0'
                STRING | INT_TO_STRING(9)          | '9'
                STRING | INT_TO_STRING(10)         | '10'
                """);
    }

    /// Table 27 and the conversions to and from texts.
    @Test
    void texts() {
        Table.check("""
                STRING | INT_TO_STRING(-123)       | '-123'
                STRING | UDINT_TO_STRING(4294967295) | '4294967295'
                STRING | ULINT_TO_STRING(ULINT#16#FFFFFFFFFFFFFFFF) | '18446744073709551615'
                STRING | DINT_TO_STRING(99999)     | '99999'
                STRING | DINT_TO_STRING(100000)    | '100000'
                STRING | WORD_TO_STRING(1000)      | '1000'
                STRING | BOOL_TO_STRING(TRUE)      | 'TRUE'
                STRING | REAL_TO_STRING(3.5)       | '3.5'
                STRING | REAL_TO_STRING(-0.5)      | '-0.5'
                STRING | REAL_TO_STRING(100.0)     | '100'
                STRING | REAL_TO_STRING(0.1)       | '0.1'
                STRING | LREAL_TO_STRING(0.1)      | '0.1'
                STRING | LREAL_TO_STRING(1.0E20)   | '1e20'
                STRING | LREAL_TO_STRING(-2.5E-7)  | '-2.5e-7'
                STRING | TIME_TO_STRING(T#1500ms)  | 'T#1s500ms'
                STRING | TIME_TO_STRING(T#-1d2h)   | 'T#-1d2h'
                STRING | DATE_TO_STRING(D#2024-02-29) | 'D#2024-02-29'
                STRING | TOD_TO_STRING(TOD#01:02:03.5) | 'TOD#01:02:03.5'
                STRING | DT_TO_STRING(DT#1969-12-31-23:59:59) | 'DT#1969-12-31-23:59:59'
                WSTRING | INT_TO_WSTRING(7)        | '7'
                WSTRING | STRING_TO_WSTRING('abc') | 'abc'
                STRING | WSTRING_TO_STRING("a$20ACb") | 'a?b'
                STRING | CHAR_TO_STRING(CHAR#'x')  | 'x'
                CHAR   | STRING_TO_CHAR('xyz')     | 120
                CHAR   | WCHAR_TO_CHAR(WCHAR#"x")  | 120
                INT    | STRING_TO_INT('123')      | 123
                INT    | STRING_TO_INT(' -456 ')   | -456
                INT    | STRING_TO_INT('abc')      | 0
                INT    | STRING_TO_INT('12abc')    | 12
                UINT   | TO_UINT('3.14')           | 3
                INT    | STRING_TO_INT('99999')    | 32767
                USINT  | STRING_TO_USINT('-1')     | 0
                WORD   | STRING_TO_WORD('16#FF_FF') | 65535
                ULINT  | STRING_TO_ULINT('18446744073709551616') | -1
                LINT   | STRING_TO_LINT('-9223372036854775808') | -9223372036854775808
                REAL   | STRING_TO_REAL('2.5')     | 2.5
                LREAL  | TO_LREAL('-1.25e2x')      | -125
                LREAL  | STRING_TO_LREAL('xyz')    | 0
                LREAL  | STRING_TO_LREAL('0.1000000000000000055511151231257827') | 0.1
                BOOL   | STRING_TO_BOOL('true')    | TRUE
                BOOL   | STRING_TO_BOOL('no')      | FALSE
                BOOL   | STRING_TO_BOOL('1')       | TRUE
                TIME   | STRING_TO_TIME('T#1m2s3.5ms') | 62003500000
                TIME   | STRING_TO_TIME('-1h_30m') | -5400000000000
                TIME   | STRING_TO_TIME('soon')    | 0
                DATE   | STRING_TO_DATE('D#2000-01-01') | 946684800000000000
                TOD    | STRING_TO_TOD('12:30:00.25') | 45000250000000
                DT     | STRING_TO_DT('DT#2000-01-01-12:00:00') | 946728000000000000
                """);
    }

    /// What is written is read as the same number, and is no longer than what Java writes, whose form is the
    /// shortest (JDK-4511638).
    @Test
    void realsAreWrittenShortAndReadBack() {
        var random = new Random(61_131);
        var text = new Text(80);
        for (int i = 0; i < 200_000; i++) {
            double value = i % 2 == 0
                    ? Double.longBitsToDouble(random.nextLong())
                    : random.nextInt(2_000_000) / Math.pow(10, random.nextInt(9));
            if (Double.isFinite(value)) {
                Conversions.realToText(value, Elementary.LREAL, text);
                assertEquals(value, Double.parseDouble(text.toString()), 0);
                assertEquals(value, Conversions.textToReal(text, Elementary.LREAL), 0);
                assertEquals(digits(Double.toString(value)), digits(text.toString()));
            }
            float single = i % 2 == 0 ? Float.intBitsToFloat(random.nextInt()) : (float) value;
            if (Float.isFinite(single)) {
                Conversions.realToText(single, Elementary.REAL, text);
                assertEquals(single, Float.parseFloat(text.toString()), 0);
                assertEquals(single, (float) Conversions.textToReal(text, Elementary.REAL), 0);
                assertEquals(
                        digits(Float.toString(single)).length(),
                        digits(text.toString()).length());
            }
        }
    }

    /// The significant digits of a number.
    private static String digits(String number) {
        String mantissa = number.replaceAll("[eE].*|[-.]", "");
        return mantissa.replaceAll("^0+|0+$", "");
    }

    @Test
    void garbageIsReadWithoutAnError() {
        var random = new Random(22);
        String some = "0123456789-+.:#_eETdhms 9";
        for (int i = 0; i < 100_000; i++) {
            var text = new StringBuilder();
            for (int j = random.nextInt(30); j > 0; j--) {
                text.append(some.charAt(random.nextInt(some.length())));
            }
            Text read = Text.of(text.toString());
            for (Elementary type : Elementary.values()) {
                switch (type.family()) {
                    case REAL -> Conversions.textToReal(read, type);
                    case BIT -> Conversions.textToTruth(read, type);
                    default -> {
                        long value = Conversions.textToWhole(read, type);
                        if (type.isInteger()) {
                            assertEquals(value, Whole.wrap(type, value));
                        }
                    }
                }
            }
        }
    }

    /// Table 25: between a bit string and a real of its width the bits are carried over. Values of IEC 60559;
    /// 16#4479FFFF is a value that a field bus brought, asked about in public.
    @Test
    void theStandardsDialectCarriesBitsOver() {
        String functions = """
                FUNCTION d : DWORD d := 16#4479FFFF; END_FUNCTION
                FUNCTION r : REAL r := -2.0; END_FUNCTION
                FUNCTION none : REAL none := 0.0; END_FUNCTION
                FUNCTION w : LWORD w := 16#400921FB54442D18; END_FUNCTION
                FUNCTION l : LREAL l := 1.0; END_FUNCTION
                """;
        Table.check(Dialect.STANDARD, functions, """
                REAL  | DWORD_TO_REAL(d())                   | 999.99993896484375
                REAL  | TO_REAL(d())                         | 999.99993896484375
                REAL  | DWORD_TO_REAL(DWORD#16#7F800000)     | Infinity
                REAL  | DWORD_TO_REAL(DWORD#16#00000001)     | 1.401298464324817E-45
                DWORD | REAL_TO_DWORD(r())                   | 3221225472
                DWORD | REAL_TO_DWORD(REAL#1.0)              | 1065353216
                DWORD | TO_DWORD(r())                        | 3221225472
                DWORD | REAL_TO_DWORD(DWORD_TO_REAL(d()))    | 1148846079
                LREAL | LWORD_TO_LREAL(w())                  | 3.141592653589793
                LWORD | LREAL_TO_LWORD(l())                  | 4607182418800017408
                LWORD | LREAL_TO_LWORD(LWORD_TO_LREAL(w()))  | 4614256656552045848
                DWORD | REAL_TO_DWORD(IN := -none())         | 2147483648
                INT   | REAL_TO_INT(r())                     | -2
                REAL  | INT_TO_REAL(INT#5)                   | 5""");
        Table.check(Dialect.COMMON, functions, """
                REAL  | DWORD_TO_REAL(d())                   | 1148846080
                DWORD | REAL_TO_DWORD(REAL#3.0)              | 3
                LREAL | LWORD_TO_LREAL(LWORD#16)             | 16
                REAL  | WORD_TO_REAL(WORD#3)                 | 3
                LWORD | LREAL_TO_LWORD(l())                  | 1""");
    }
}
