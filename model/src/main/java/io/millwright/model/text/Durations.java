package io.millwright.model.text;

import io.millwright.model.DurationRange;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// Durations as people write them: a number and one of `ns`, `us`, `ms`, `s`, `min`, `h`, `d`.
public final class Durations {

    /// What a duration looks like.
    public static final String PATTERN = "^[0-9]+(\\.[0-9]+)? ?(ns|us|ms|s|min|h|d)$";

    /// What a duration looks like, or the least and the longest of some.
    public static final String RANGE =
            "^[0-9]+(\\.[0-9]+)? ?(ns|us|ms|s|min|h|d)( ?\\.\\. ?[0-9]+(\\.[0-9]+)? ?(ns|us|ms|s|min|h|d))?$";

    private static final Map<String, BigDecimal> NANOS = Map.of(
            "ns", BigDecimal.ONE,
            "us", new BigDecimal("1e3"),
            "ms", new BigDecimal("1e6"),
            "s", new BigDecimal("1e9"),
            "min", new BigDecimal("60e9"),
            "h", new BigDecimal("3600e9"),
            "d", new BigDecimal("86400e9"));
    private static final Magnitude FORM = new Magnitude("duration", NANOS, "100ms");

    private Durations() {}

    /// Reads a duration, e.g. `10ms`, `1.5 s`, `1h`.
    ///
    /// @return whole nanoseconds, 0 to 292 years
    /// @throws IllegalArgumentException if it is none; the message says what would be right
    public static Duration parse(String text) {
        return Duration.ofNanos(FORM.parse(text));
    }

    /// Reads how long something takes: always the same, e.g. `2us`, or from the least to the longest, `1us..3us`.
    ///
    /// @throws IllegalArgumentException if it is neither; the message says what would be right
    public static DurationRange parseRange(String text) {
        int dots = text.indexOf("..");
        if (dots < 0) {
            return DurationRange.of(parse(text));
        }
        Duration least = parse(text.substring(0, dots).strip());
        Duration most = parse(text.substring(dots + 2).strip());
        if (least.compareTo(most) > 0) {
            throw new NotationException(
                    Phrase.of("range-order", "\"{text}\" begins with the longer duration", "text", text),
                    Optional.of(
                            Phrase.of("range-like", "write {range}", "range", format(most) + ".." + format(least))));
        }
        return new DurationRange(least, most);
    }

    /// Writes it so.
    public static String format(DurationRange range) {
        return range.isExact() ? format(range.most()) : format(range.least()) + ".." + format(range.most());
    }

    /// Writes a duration of less than 292 years in the largest unit that leaves a whole number, e.g. `10ms`.
    public static String format(Duration duration) {
        long nanos = duration.toNanos();
        for (String unit : new String[] {"d", "h", "min", "s", "ms", "us"}) {
            long size = NANOS.getOrDefault(unit, BigDecimal.ONE).longValueExact();
            if (nanos != 0 && nanos % size == 0) {
                return nanos / size + unit;
            }
        }
        return nanos + "ns";
    }
}
