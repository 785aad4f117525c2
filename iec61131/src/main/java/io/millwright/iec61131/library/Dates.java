package io.millwright.iec61131.library;

import io.millwright.iec61131.machine.Checks;

/// The standard functions of durations, dates and times of day (Tables 35 and 36) as Java methods, called as
/// [Functions] says. All count nanoseconds; sums wrap.
public final class Dates {
    static final long SECOND = 1_000_000_000L;
    static final long DAY = 86_400 * SECOND;
    /// From 0000-03-01, with which the count of years that end in February begins, to 1970-01-01.
    private static final long DAYS_TO_1970 = 719_468;

    private static final int DAYS_OF_400_YEARS = 146_097;

    private Dates() {}

    public static long multiplyTime(long nanos, long factor) {
        return nanos * factor;
    }

    /// The nearest, of two as near the even one; beyond the range its end.
    public static long multiplyTime(long nanos, double factor) {
        return (long) Math.rint(nanos * factor);
    }

    public static long divideTime(long nanos, long divisor) {
        if (divisor == 0) {
            Checks.divisionByZero();
        }
        return nanos / divisor;
    }

    /// Of a divisor of 0.0 the end of the range.
    public static long divideTime(long nanos, double divisor) {
        return (long) Math.rint(nanos / divisor);
    }

    /// Past midnight it begins anew.
    public static long addToTimeOfDay(long nanos, long duration) {
        return Math.floorMod(nanos + duration, DAY);
    }

    public static long subtractFromTimeOfDay(long nanos, long duration) {
        return Math.floorMod(nanos - duration, DAY);
    }

    /// 0 for Sunday to 6 for Saturday; 1970-01-01 was a Thursday.
    public static int dayOfWeek(long date) {
        return (int) Math.floorMod(Math.floorDiv(date, DAY) + 4, 7L);
    }

    /// A month beyond 12 lies in a later year, a day beyond the month's last in a later month, and so on; those
    /// below 1 in an earlier one.
    public static long date(long year, long month, long day) {
        return (daysUntil(year, month) + day - 1) * DAY;
    }

    /// Past midnight it begins anew.
    public static long clock(long hour, long minute, long second, long millisecond) {
        return Math.floorMod(sum(hour, minute, second, millisecond), DAY);
    }

    public static long dateAndTime(
            long year, long month, long day, long hour, long minute, long second, long millisecond) {
        return date(year, month, day) + sum(hour, minute, second, millisecond);
    }

    private static long sum(long hour, long minute, long second, long millisecond) {
        return ((hour * 60 + minute) * 60 + second) * SECOND + millisecond * 1_000_000;
    }

    public static int year(long date) {
        return yearOf(Math.floorDiv(date, DAY));
    }

    public static int month(long date) {
        return monthOf(Math.floorDiv(date, DAY));
    }

    public static int day(long date) {
        return dayOf(Math.floorDiv(date, DAY));
    }

    /// The days from 1970-01-01 to the first of a month of the Gregorian calendar.
    private static long daysUntil(long year, long month) {
        // Years are counted from March, so that the leap day is the last of its year.
        long months = month - 3;
        long from = year + Math.floorDiv(months, 12);
        long since = Math.floorMod(months, 12L);
        long era = Math.floorDiv(from, 400);
        long within = Math.floorMod(from, 400L);
        return era * DAYS_OF_400_YEARS
                + within * 365
                + within / 4
                - within / 100
                + (153 * since + 2) / 5
                - DAYS_TO_1970;
    }

    /// The year of a day that is counted from 1970-01-01.
    private static int yearOf(long days) {
        long march = days + DAYS_TO_1970;
        long era = Math.floorDiv(march, DAYS_OF_400_YEARS);
        long yearOfEra = yearOfEra(march);
        return (int) (era * 400 + yearOfEra + (monthOf(days) <= 2 ? 1 : 0));
    }

    /// The month, 1 to 12.
    private static int monthOf(long days) {
        long since = (5 * dayOfYear(days) + 2) / 153;
        return (int) (since < 10 ? since + 3 : since - 9);
    }

    /// The day of the month, from 1.
    private static int dayOf(long days) {
        long dayOfYear = dayOfYear(days);
        long since = (5 * dayOfYear + 2) / 153;
        return (int) (dayOfYear - (153 * since + 2) / 5 + 1);
    }

    private static long yearOfEra(long march) {
        long day = Math.floorMod(march, (long) DAYS_OF_400_YEARS);
        return (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    }

    /// The day of a year that begins in March, from 0.
    private static long dayOfYear(long days) {
        long march = days + DAYS_TO_1970;
        long year = yearOfEra(march);
        return Math.floorMod(march, (long) DAYS_OF_400_YEARS) - (365 * year + year / 4 - year / 100);
    }
}
