package io.millwright.identity.code.gs1;

import io.millwright.identity.code.Fault;
import java.time.YearMonth;
import java.util.Optional;

/// Checks of dates and times of day (GS1 General Specifications, sections 3.4 and 7.12).
final class Dates {

    /// Years of two digits count from fifty years before now to fifty after: in each century they can mean, the leap
    /// years among them are those divisible by four.
    private static final int SOME_CENTURY = 2000;

    private Dates() {}

    /// `yymmd0`: day 00 stands for the month as a whole, that is its last day.
    static Optional<Fault> monthOrDay(String value) {
        return digits(value, 6).or(() -> date(value, 2, SOME_CENTURY + number(value, 0, 2), 0));
    }

    /// `yymmdd`.
    static Optional<Fault> day(String value) {
        return digits(value, 6).or(() -> date(value, 2, SOME_CENTURY + number(value, 0, 2), 1));
    }

    /// `yyyymmd0`.
    static Optional<Fault> longMonthOrDay(String value) {
        return digits(value, 8).or(() -> date(value, 4, number(value, 0, 4), 0));
    }

    /// `yyyymmdd`.
    static Optional<Fault> longDay(String value) {
        return digits(value, 8).or(() -> date(value, 4, number(value, 0, 4), 1));
    }

    /// `hhmi`.
    static Optional<Fault> hourAndMinute(String value) {
        return digits(value, 4).or(() -> below(value, 0, 24, "hour")).or(() -> below(value, 2, 60, "minute"));
    }

    /// `hh`.
    static Optional<Fault> hour(String value) {
        return digits(value, 2).or(() -> below(value, 0, 24, "hour"));
    }

    /// `mi`.
    static Optional<Fault> minute(String value) {
        return digits(value, 2).or(() -> below(value, 0, 60, "minute"));
    }

    /// `ss`.
    static Optional<Fault> second(String value) {
        return digits(value, 2).or(() -> below(value, 0, 60, "second"));
    }

    private static Optional<Fault> date(String value, int monthAt, int year, int firstDay) {
        int month = number(value, monthAt, 2);
        if (month < 1 || month > 12) {
            return Check.fault(monthAt, "month is " + value.substring(monthAt, monthAt + 2) + ", must be 01 to 12");
        }
        int day = number(value, monthAt + 2, 2);
        int days = YearMonth.of(year, month).lengthOfMonth();
        return day >= firstDay && day <= days
                ? Optional.empty()
                : Check.fault(
                        monthAt + 2,
                        "day is %s, must be %02d to %d".formatted(value.substring(monthAt + 2), firstDay, days));
    }

    private static Optional<Fault> below(String value, int at, int limit, String what) {
        return number(value, at, 2) < limit
                ? Optional.empty()
                : Check.fault(at, what + " is " + value.substring(at, at + 2) + ", must be 00 to " + (limit - 1));
    }

    private static Optional<Fault> digits(String value, int count) {
        int bad = Characters.NUMERIC.firstOutside(value);
        if (bad >= 0) {
            return Check.fault(bad, "must be a digit");
        }
        return value.length() == count
                ? Optional.empty()
                : Check.fault(0, "must have " + count + " digits, has " + value.length());
    }

    private static int number(String value, int at, int count) {
        return Integer.parseInt(value, at, at + count, 10);
    }
}
