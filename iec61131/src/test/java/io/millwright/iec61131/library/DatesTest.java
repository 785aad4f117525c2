package io.millwright.iec61131.library;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millwright.iec61131.syntax.Dialect;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class DatesTest {
    private static final long DAY = 86_400_000_000_000L;

    /// Table 35.
    @Test
    void durationsAndDatesAreAdded() {
        Table.check("""
                TIME | ADD_TIME(T#2s, T#3s)        | 5000000000
                TIME | SUB_TIME(T#2s, T#3s)        | -1000000000
                LTIME | ADD_LTIME(LTIME#2ns, LTIME#3ns) | 5
                TOD  | ADD_TOD_TIME(TOD#12:00:00, T#1h) | 46800000000000
                TOD  | ADD_TOD_TIME(TOD#23:00:00, T#2h) | 3600000000000
                TOD  | SUB_TOD_TIME(TOD#01:00:00, T#2h) | 82800000000000
                TIME | SUB_TOD_TOD(TOD#14:00:00, TOD#12:00:00) | 7200000000000
                DT   | ADD_DT_TIME(DT#2000-01-01-00:00:00, T#1h) | 946688400000000000
                DT   | SUB_DT_TIME(DT#2000-01-01-01:00:00, T#1h) | 946684800000000000
                LDT  | ADD_LDT_LTIME(LDT#1970-01-01-00:00:00, LTIME#5ns) | 5
                TIME | SUB_DT_DT(DT#2000-01-01-01:00:00, DT#2000-01-01-00:00:00) | 3600000000000
                TIME | SUB_DATE_DATE(D#2000-03-01, D#2000-02-28) | 172800000000000
                TIME | MUL_TIME(T#2s, 3)           | 6000000000
                TIME | MUL_TIME(T#3s, REAL#1.5)    | 4500000000
                TIME | DIV_TIME(T#6s, 3)           | 2000000000
                LTIME | DIV_LTIME(LTIME#5s, 2.5)   | 2000000000
                """);
    }

    /// Table 35 for the long types, for the overloaded names, and at the ends: durations wrap like numbers.
    @Test
    void everyRowOfDurationsAndDates() {
        Table.check(Dialect.COMMON, """
                VAR_GLOBAL
                    s2 : LTIME := LTIME#2s; ns : LTIME := LTIME#1ns; noon : LTOD := LTOD#12:00:00;
                    y2k : LDT := LDT#2000-01-01-00:00:00; leap : LDATE := LDATE#2000-02-29; zero : DINT;
                    most : LTIME := LTIME#9223372036854775807ns; day : DATE := D#1969-12-31;
                END_VAR
                """, """
                LTIME | ADD_LTIME(s2, ns)             | 2000000001
                LTIME | ADD(s2, ns)                   | 2000000001
                LTIME | SUB_LTIME(ns, s2)             | -1999999999
                LTIME | SUB(ns, s2)                   | -1999999999
                LTIME | ADD_LTIME(most, ns)           | -9223372036854775808
                LTOD  | ADD_LTOD_LTIME(noon, s2)      | 43202000000000
                LTOD  | SUB_LTOD_LTIME(noon, ns)      | 43199999999999
                LTOD  | ADD(noon, s2)                 | 43202000000000
                LTOD  | SUB(noon, ns)                 | 43199999999999
                LTIME | SUB_LTOD_LTOD(noon, LTOD#13:00:00) | -3600000000000
                LTIME | SUB(noon, LTOD#13:00:00)      | -3600000000000
                LDT   | ADD_LDT_LTIME(y2k, ns)        | 946684800000000001
                LDT   | SUB_LDT_LTIME(y2k, ns)        | 946684799999999999
                LDT   | ADD(y2k, ns)                  | 946684800000000001
                LDT   | SUB(y2k, ns)                  | 946684799999999999
                LTIME | SUB_LDT_LDT(y2k, LDT#1999-12-31-23:59:59) | 1000000000
                LTIME | SUB(y2k, LDT#1999-12-31-23:59:59) | 1000000000
                LTIME | SUB_LDATE_LDATE(leap, LDATE#2000-03-01) | -86400000000000
                LTIME | SUB(leap, LDATE#2000-03-01)   | -86400000000000
                TIME  | SUB_DATE_DATE(day, D#1970-01-01) | -86400000000000
                TIME  | SUB(day, D#1970-01-01)        | -86400000000000
                DT    | ADD(DT#1999-12-31-23:59:59, T#1s) | 946684800000000000
                TIME  | SUB(DT#2000-01-01-00:00:00, DT#1999-12-31-23:59:59) | 1000000000
                LTIME | MUL_LTIME(s2, -3)             | -6000000000
                LTIME | MUL_LTIME(ns, 2.5)            | 2
                LTIME | MUL_LTIME(ns, 3.5)            | 4
                LTIME | DIV_LTIME(ns, -2.0)           | 0
                LTIME | MUL(s2, 3)                    | 6000000000
                TIME  | MUL(T#-2s, REAL#0.25)         | -500000000
                TIME  | DIV_TIME(T#-7s, 2)            | -3500000000
                LTIME | DIV_LTIME(LTIME#-7ns, 2)      | -3
                LTIME | DIV(s2, 4)                    | 500000000
                TIME  | DIV(T#6s, REAL#1.5)           | 4000000000
                """);
    }

    /// Table 36.
    @Test
    void datesAreMadeOfTheirParts() {
        Table.check("""
                DT   | CONCAT_DATE_TOD(D#2000-01-01, TOD#12:00:00) | 946728000000000000
                LDT  | CONCAT_DATE_LTOD(D#2000-01-01, LTOD#12:00:00) | 946728000000000000
                DATE | CONCAT_DATE(2000, 1, 1)     | 946684800000000000
                DATE | CONCAT_DATE(YEAR := 1999, MONTH := 13, DAY := 1) | 946684800000000000
                DATE | CONCAT_DATE(2000, 2, 30)    | 951868800000000000
                TOD  | CONCAT_TOD(12, 30, 0, 250)  | 45000250000000
                DT   | CONCAT_DT(2000, 1, 1, 12, 0, 0, 0) | 946728000000000000
                INT  | DAY_OF_WEEK(D#1970-01-01)   | 4
                INT  | DAY_OF_WEEK(D#2024-02-25)   | 0
                INT  | DAY_OF_WEEK(D#1969-12-31)   | 3
                LTOD | CONCAT_LTOD(23, 59, 59, 999) | 86399999000000
                LDT  | CONCAT_LDT(1969, 12, 31, 23, 59, 59, 999) | -1000000
                DATE | CONCAT_DATE(1700, 2, 29)    | -8515238400000000000
                DATE | CONCAT_DATE(1900, 2, 29)    | -2203891200000000000
                TOD  | CONCAT_TOD(24, 0, 0, 0)     | 0
                DATE | DT_TO_DATE(CONCAT_DT(2000, 2, 28, 24, 0, 0, 0)) | 951782400000000000
                """);
        Table.check(Dialect.COMMON, """
                FUNCTION parts : DINT
                VAR_INPUT at : DT; END_VAR
                VAR y, mo, d, h, mi, s, ms : INT; END_VAR
                SPLIT_DT(at, YEAR => y, MONTH => mo, DAY => d, HOUR => h, MINUTE => mi, SECOND => s, MILLISECOND => ms);
                parts := (((INT_TO_DINT(y) - 1900) * 13 + mo) * 32 + d) * 1000 + h * 24 + mi + s + ms;
                END_FUNCTION
                """, """
                DINT | parts(DT#2000-02-29-12:30:15.007) | 41693340
                """);
    }

    /// Table 36.
    @Test
    void partsOfDatesAreThoseOfTheCalendar() {
        Table.check(Dialect.COMMON, """
                FUNCTION ofDate : DINT
                VAR_INPUT at : DATE; END_VAR
                VAR y, m, d : INT; END_VAR
                SPLIT_DATE(at, YEAR => y, MONTH => m, DAY => d);
                ofDate := INT_TO_DINT(y) * 10000 + m * 100 + d;
                END_FUNCTION
                FUNCTION ofTime : LINT
                VAR_INPUT at : TOD; END_VAR
                VAR h, m, s, ms : INT; END_VAR
                SPLIT_TOD(at, HOUR => h, MINUTE => m, SECOND => s, MILLISECOND => ms);
                ofTime := INT_TO_LINT(h) * 10000000 + INT_TO_LINT(m) * 100000 + INT_TO_LINT(s) * 1000 + ms;
                END_FUNCTION
                FUNCTION ofLongTime : LINT
                VAR_INPUT at : LTOD; END_VAR
                VAR h, m, s, ms : INT; END_VAR
                SPLIT_LTOD(at, HOUR => h, MINUTE => m, SECOND => s, MILLISECOND => ms);
                ofLongTime := INT_TO_LINT(h) * 10000000 + INT_TO_LINT(m) * 100000 + INT_TO_LINT(s) * 1000 + ms;
                END_FUNCTION
                FUNCTION ofLong : LINT
                VAR_INPUT at : LDT; END_VAR
                VAR y, mo, d, h, mi, s, ms : INT; END_VAR
                SPLIT_LDT(
                    at, YEAR => y, MONTH => mo, DAY => d, HOUR => h, MINUTE => mi, SECOND => s, MILLISECOND => ms);
                ofLong := ((((((INT_TO_LINT(y) * 100) + mo) * 100 + d) * 100 + h) * 100 + mi) * 100 + s) * 1000 + ms;
                END_FUNCTION
                """, """
                DINT | ofDate(D#1970-01-01)          | 19700101
                DINT | ofDate(D#1969-12-31)          | 19691231
                DINT | ofDate(D#2000-02-29)          | 20000229
                LINT | ofTime(TOD#23:59:58.007)      | 235958007
                LINT | ofTime(TOD#00:00:00)          | 0
                LINT | ofLongTime(LTOD#01:02:03.004005) | 10203004
                LINT | ofLong(LDT#1969-12-31-23:59:59.999999999) | 19691231235959999
                LINT | ofLong(LDT#2038-01-19-03:14:08) | 20380119031408000
                """);
    }

    /// The calendar of the JDK is the other source.
    @Test
    void everyDayOfTheCalendarIsRight() {
        for (long day = -106_000; day <= 106_000; day++) {
            LocalDate date = LocalDate.ofEpochDay(day);
            assertEquals(date.getYear(), Dates.year(day * DAY + 1));
            assertEquals(date.getMonthValue(), Dates.month(day * DAY + 1));
            assertEquals(date.getDayOfMonth(), Dates.day(day * DAY + 1));
            assertEquals(date.getDayOfWeek().getValue() % 7, Dates.dayOfWeek(day * DAY + 1));
            assertEquals(day * DAY, Dates.date(date.getYear(), date.getMonthValue(), date.getDayOfMonth()));
        }
    }
}
