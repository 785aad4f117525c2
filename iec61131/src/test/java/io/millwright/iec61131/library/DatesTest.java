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

    /// Table 36.
    @Test
    void datesAreMadeOfTheirPartsAndSplit() {
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
