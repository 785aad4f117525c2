package io.millwright.model.plantfile;

import io.millwright.model.RecordingLimits;
import io.millwright.model.text.DataSizes;
import io.millwright.model.text.Durations;
import io.millwright.model.text.NotationException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The section `recording`.
final class RecordingShape {
    private static final Field<Boolean> ENABLED = Field.optional(
            "enabled",
            new Notation<>(
                    "true or false", List.of("boolean"), Optional.empty(), List.of("false"), RecordingShape::truth),
            "true",
            "Whether what control logic does is recorded.");
    private static final Field<Long> SIZE = Field.optional(
            "size",
            Notation.of("an amount of data", DataSizes.PATTERN, RecordingShape::size, "1GiB", "256MiB"),
            "1GiB",
            "How much the recording takes at most; the oldest is deleted.");
    private static final Field<Duration> AGE = Field.optional(
            "for",
            Notation.of("a duration", Durations.PATTERN, RecordingShape::age, "24h", "7d"),
            "24h",
            "How far the recording reaches back at most.");

    static final ObjectOf<RecordingLimits> RECORDING = new ObjectOf<>(
            "Recording",
            List.of(ENABLED, SIZE, AGE),
            f -> f.complete()
                    ? new RecordingLimits(
                            f.or(ENABLED, true),
                            f.or(SIZE, RecordingLimits.USUAL.bytesMax()),
                            f.or(AGE, RecordingLimits.USUAL.ageMax()))
                    : null);

    private RecordingShape() {}

    private static boolean truth(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new NotationException("\"" + text + "\" is not true or false", Optional.of("write true or false"));
        }
        return text.equals("true");
    }

    private static long size(String text) {
        long bytes = DataSizes.parse(text);
        if (bytes < RecordingLimits.BYTES_LEAST) {
            throw new NotationException(
                    "\"" + text + "\" is too little for a recording", Optional.of("write 1MiB or more"));
        }
        return bytes;
    }

    private static Duration age(String text) {
        Duration age = Durations.parse(text);
        if (age.compareTo(RecordingLimits.AGE_LEAST) < 0) {
            throw new NotationException(
                    "\"" + text + "\" is too little for a recording", Optional.of("write 1min or more"));
        }
        return age;
    }
}
