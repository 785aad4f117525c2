package io.millwright.iec61131.library;

import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.Elementary.Family;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// Durations, dates and times of day as literals (Tables 8 and 9).
final class Times {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuu-MM-dd");
    private static final String[] UNITS = {"d", "h", "m", "s", "ms", "us", "ns"};
    private static final long[] NANOS = {
        86_400_000_000_000L, 3_600_000_000_000L, 60_000_000_000L, 1_000_000_000L, 1_000_000L, 1_000L, 1L
    };

    private Times() {}

    /// The literal of a value in nanoseconds.
    static String text(long nanos, Elementary type) {
        String prefix =
                switch (type) {
                    case TIME -> "T#";
                    case LTIME -> "LTIME#";
                    case DATE -> "D#";
                    case LDATE -> "LDATE#";
                    case TIME_OF_DAY -> "TOD#";
                    case LTIME_OF_DAY -> "LTOD#";
                    case DATE_AND_TIME -> "DT#";
                    default -> "LDT#";
                };
        if (type.family() == Family.DURATION) {
            return prefix + duration(nanos);
        }
        if (type.family() == Family.TIME_OF_DAY) {
            return prefix + clock(LocalTime.ofNanoOfDay(Math.floorMod(nanos, NANOS[0])));
        }
        LocalDateTime time = LocalDateTime.ofInstant(
                Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS[3]), Math.floorMod(nanos, NANOS[3])),
                ZoneOffset.UTC);
        String date = prefix + DATE.format(time);
        return type.family() == Family.DATE ? date : date + "-" + clock(time.toLocalTime());
    }

    private static String duration(long nanos) {
        if (nanos == 0) {
            return "0ms";
        }
        var text = new StringBuilder(nanos < 0 ? "-" : "");
        long rest = nanos;
        for (int i = 0; i < UNITS.length; i++) {
            long count = rest / NANOS[i];
            rest -= count * NANOS[i];
            if (count != 0) {
                text.append(Math.abs(count)).append(UNITS[i]);
            }
        }
        return text.toString();
    }

    private static String clock(LocalTime time) {
        String seconds = "%02d:%02d:%02d".formatted(time.getHour(), time.getMinute(), time.getSecond());
        if (time.getNano() == 0) {
            return seconds;
        }
        return seconds + "." + "%09d".formatted(time.getNano()).replaceAll("0+$", "");
    }
}
