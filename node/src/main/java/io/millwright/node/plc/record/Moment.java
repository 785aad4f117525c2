package io.millwright.node.plc.record;

import io.millwright.model.text.Durations;
import io.millwright.node.command.UsageError;
import io.millwright.plc.record.RecordedRun;
import io.millwright.plc.record.RecordingError;
import io.millwright.plc.record.Replay;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Moments of a recording as people write them: the number of a scan (`5000`), a date (`2026-11-22T04:36:00Z`,
/// `2026-11-22T04:36:00` of this machine's zone), a time of the day on which the recording ends (`04:36:00`),
/// or a time before its end (`-30s`).
public final class Moment {
    /// For help texts.
    public static final String NOTATION =
            "a scan (5000), a date (2026-11-22T04:36:00Z), a time of its last day (04:36:00) or"
                    + " before its end (-30s)";

    /// The last scan.
    public static final String END = "end";

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private Moment() {}

    /// Whether it is one by a clock.
    static boolean isDate(String text) {
        return text.indexOf(':') >= 0;
    }

    /// The date of a moment, nanoseconds since 1970; empty where it is a scan, or nothing.
    static Optional<Long> date(String text, RecordedRun run) {
        if (text.isEmpty() || text.equals(END) || text.matches("\\d+")) {
            return Optional.empty();
        }
        try {
            if (text.startsWith("-")) {
                return Optional.of(
                        run.endNanos() - Durations.parse(text.substring(1)).toNanos());
            }
            return Optional.of(nanos(instant(text, run)));
        } catch (DateTimeException | IllegalArgumentException | ArithmeticException e) {
            throw new UsageError("\"" + text + "\" is no moment of a recording: write " + NOTATION);
        }
    }

    private static Instant instant(String text, RecordedRun run) {
        ZoneId here = ZoneId.systemDefault();
        if (text.matches("\\d\\d?:.*")) {
            LocalDate last = LocalDate.ofInstant(Held.instant(run.endNanos()), here);
            String padded = text.indexOf(':') == 1 ? "0" + text : text;
            return last.atTime(LocalTime.parse(padded)).atZone(here).toInstant();
        }
        String joined = text.replace(' ', 'T');
        try {
            return OffsetDateTime.parse(joined).toInstant();
        } catch (DateTimeParseException _) {
            return LocalDateTime.parse(joined).atZone(here).toInstant();
        }
    }

    private static long nanos(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), NANOS_PER_SECOND), instant.getNano());
    }

    /// Lets a replay go to a moment.
    ///
    /// @throws UsageError if the recording does not hold it
    public static void go(Replay replay, RecordedRun run, String text) {
        try {
            Optional<Long> date = date(text, run);
            if (date.isPresent()) {
                toDate(replay, run, date.get());
            } else {
                replay.toScan(text.equals(END) ? run.stretch().lastScan() : scan(text));
            }
        } catch (RecordingError e) {
            throw new UsageError(String.valueOf(e.getMessage()));
        }
    }

    private static long scan(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException _) {
            throw new UsageError("\"" + text + "\" is no moment of a recording: write " + NOTATION);
        }
    }

    /// Goes to the last scan that had begun at a date.
    ///
    /// @param date nanoseconds since 1970
    static void toDate(Replay replay, RecordedRun run, long date) throws RecordingError {
        long slack = Duration.ofSeconds(1).toNanos();
        long first = run.stretch().epochNanos();
        if (date < first || date > run.endNanos() + slack) {
            throw new RecordingError(shown(date) + " was not recorded: the recording goes from " + shown(first) + " to "
                    + shown(run.endNanos()));
        }
        replay.toTime(date);
    }

    /// A date as messages have it, to the millisecond.
    public static String shown(long epochNanos) {
        return Held.instant(epochNanos - Math.floorMod(epochNanos, TimeUnit.MILLISECONDS.toNanos(1)))
                .toString();
    }
}
