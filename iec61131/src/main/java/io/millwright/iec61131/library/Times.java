package io.millwright.iec61131.library;

import io.millwright.iec61131.machine.Text;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.Elementary.Family;

/// Durations, dates and times of day to and from their literals (Tables 8 and 9), without allocating.
final class Times {
    private static final String[] UNITS = {"d", "h", "m", "s", "ms", "us", "ns"};
    private static final long[] NANOS = {
        Dates.DAY, 3_600 * Dates.SECOND, 60 * Dates.SECOND, Dates.SECOND, 1_000_000L, 1_000L, 1L
    };

    private Times() {}

    /// Adds the literal of a value in nanoseconds.
    static void append(Text text, long nanos, Elementary type) {
        text.append(
                switch (type) {
                    case TIME -> "T#";
                    case LTIME -> "LTIME#";
                    case DATE -> "D#";
                    case LDATE -> "LDATE#";
                    case TIME_OF_DAY -> "TOD#";
                    case LTIME_OF_DAY -> "LTOD#";
                    case DATE_AND_TIME -> "DT#";
                    default -> "LDT#";
                });
        switch (type.family()) {
            case DURATION -> appendDuration(text, nanos);
            case TIME_OF_DAY -> appendClock(text, Math.floorMod(nanos, Dates.DAY));
            case DATE -> appendDate(text, nanos);
            default -> {
                appendDate(text, nanos);
                text.append('-');
                appendClock(text, Math.floorMod(nanos, Dates.DAY));
            }
        }
    }

    private static void appendDuration(Text text, long nanos) {
        if (nanos == 0) {
            text.append("0ms");
            return;
        }
        if (nanos < 0) {
            text.append('-');
        }
        long rest = nanos;
        for (int i = 0; i < UNITS.length; i++) {
            long count = rest / NANOS[i];
            rest -= count * NANOS[i];
            if (count != 0) {
                Digits.append(text, Math.abs(count));
                text.append(UNITS[i]);
            }
        }
    }

    private static void appendDate(Text text, long nanos) {
        Digits.append(text, Dates.year(nanos), 4);
        text.append('-');
        Digits.append(text, Dates.month(nanos), 2);
        text.append('-');
        Digits.append(text, Dates.day(nanos), 2);
    }

    private static void appendClock(Text text, long nanos) {
        long seconds = nanos / Dates.SECOND;
        Digits.append(text, seconds / 3_600, 2);
        text.append(':');
        Digits.append(text, seconds / 60 % 60, 2);
        text.append(':');
        Digits.append(text, seconds % 60, 2);
        Digits.appendFraction(text, nanos % Dates.SECOND, 9);
    }

    /// The value of a literal, with or without what stands before `#`; 0 for a text that is none.
    static long value(Text text, Elementary type) {
        int from = Digits.start(text);
        for (int i = from; i < text.length(); i++) {
            if (text.at(i) == '#') {
                from = i + 1;
            }
        }
        if (type.family() == Family.DURATION) {
            return duration(text, from);
        }
        long date = 0;
        if (type.family() != Family.TIME_OF_DAY) {
            int month = Digits.end(text, from, 10) + 1;
            int day = Digits.end(text, month, 10) + 1;
            boolean sound = Digits.isDigit(text, from, 10) && isAt(text, month - 1, '-') && isAt(text, day - 1, '-');
            if (!sound) {
                return 0;
            }
            date = Dates.date(
                    Digits.unsigned(text, from, 10), Digits.unsigned(text, month, 10), Digits.unsigned(text, day, 10));
            from = Digits.end(text, day, 10) + 1;
        }
        return switch (type.family()) {
            case DATE -> date;
            case TIME_OF_DAY -> Math.floorMod(clock(text, from), Dates.DAY);
            default -> date + clock(text, from);
        };
    }

    private static boolean isAt(Text text, int index, char character) {
        return index < text.length() && text.at(index) == character;
    }

    private static long clock(Text text, int from) {
        long nanos = 0;
        int at = from;
        for (int unit = 1; unit <= 3; unit++) {
            nanos += Digits.unsigned(text, at, 10) * NANOS[unit];
            at = Digits.end(text, at, 10);
            if (isAt(text, at, '.')) {
                return nanos + fraction(text, at + 1, Dates.SECOND);
            }
            if (!isAt(text, at, ':')) {
                return nanos;
            }
            at++;
        }
        return nanos;
    }

    private static long duration(Text text, int from) {
        boolean negative = isAt(text, from, '-');
        int at = negative || isAt(text, from, '+') ? from + 1 : from;
        long nanos = 0;
        while (Digits.isDigit(text, at, 10)) {
            int point = Digits.end(text, at, 10);
            int end = isAt(text, point, '.') ? Digits.end(text, point + 1, 10) : point;
            int unit = unit(text, end);
            if (unit < 0) {
                return 0;
            }
            nanos += Digits.unsigned(text, at, 10) * NANOS[unit];
            nanos += end > point ? fraction(text, point + 1, NANOS[unit]) : 0;
            at = end + UNITS[unit].length();
            at += isAt(text, at, '_') ? 1 : 0;
        }
        return negative ? -nanos : nanos;
    }

    /// The nanoseconds of the decimal places that begin at an index.
    private static long fraction(Text text, int from, long unit) {
        long nanos = 0;
        long place = unit;
        for (int i = from; i < Digits.end(text, from, 10); i++) {
            if (text.at(i) != '_') {
                place /= 10;
                nanos += (text.at(i) - '0') * place;
            }
        }
        return nanos;
    }

    /// The unit whose name stands at an index, or -1.
    private static int unit(Text text, int at) {
        int found = -1;
        for (int i = 0; i < UNITS.length; i++) {
            boolean same = true;
            for (int j = 0; j < UNITS[i].length(); j++) {
                same &= at + j < text.length() && (text.at(at + j) | 0x20) == UNITS[i].charAt(j);
            }
            if (same && (found < 0 || UNITS[i].length() > UNITS[found].length())) {
                found = i;
            }
        }
        return found;
    }
}
