package io.millwright.connect.mqtt;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/// Where a JSON payload says when its values were so: a text in ISO 8601 with an offset, or a number counted from
/// 1970-01-01T00:00:00Z.
///
/// @param pointer which member
/// @param unit what a number counts
record SourceTime(JsonPointer pointer, TimeUnit unit) {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /// What a payload says of its time.
    sealed interface Found {
        /// Nothing.
        record Absent() implements Found {}

        /// Something that is not a time.
        record Unreadable() implements Found {}

        /// Nanoseconds since the epoch.
        record At(long epochNanos) implements Found {}
    }

    static Optional<TimeUnit> unit(String text) {
        return switch (text) {
            case "s" -> Optional.of(TimeUnit.SECONDS);
            case "ms" -> Optional.of(TimeUnit.MILLISECONDS);
            case "us" -> Optional.of(TimeUnit.MICROSECONDS);
            case "ns" -> Optional.of(TimeUnit.NANOSECONDS);
            default -> Optional.empty();
        };
    }

    Found find(JsonNode document) {
        JsonNode node = document.at(pointer);
        if (node.isMissingNode() || node.isNull()) {
            return new Found.Absent();
        }
        OptionalLong nanos = OptionalLong.empty();
        if (node.isString()) {
            nanos = iso(node.stringValue());
        } else if (node.isIntegralNumber() && node.canConvertToLong()) {
            nanos = counted(node.longValue());
        } else if (node.isNumber()) {
            nanos = counted(node.doubleValue());
        }
        return nanos.isPresent() ? new Found.At(nanos.getAsLong()) : new Found.Unreadable();
    }

    private static OptionalLong iso(String text) {
        try {
            Instant instant = OffsetDateTime.parse(text).toInstant();
            return OptionalLong.of(
                    Math.addExact(Math.multiplyExact(instant.getEpochSecond(), NANOS_PER_SECOND), instant.getNano()));
        } catch (DateTimeException | ArithmeticException e) {
            return OptionalLong.empty();
        }
    }

    private OptionalLong counted(long count) {
        long nanos = unit.toNanos(count);
        boolean saturated = nanos == Long.MAX_VALUE || nanos == Long.MIN_VALUE;
        return saturated ? OptionalLong.empty() : OptionalLong.of(nanos);
    }

    /// To the microsecond, the most that a double holds of the present day.
    private OptionalLong counted(double count) {
        double micros = count * unit.toNanos(1) / 1000;
        if (!(Math.abs(micros) < Long.MAX_VALUE / 1000.0)) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(Math.round(micros) * 1000);
    }
}
