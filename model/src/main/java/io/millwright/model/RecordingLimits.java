package io.millwright.model;

import java.time.Duration;

/// How much is kept of what control logic does; what is older or more is deleted.
///
/// @param enabled whether anything is recorded
/// @param bytesMax of all files together
/// @param ageMax how far back it reaches
public record RecordingLimits(boolean enabled, long bytesMax, Duration ageMax) {
    /// Less room is not enough for a state and what follows it.
    public static final long BYTES_LEAST = 1L << 20;

    /// Less is no recording worth the name.
    public static final Duration AGE_LEAST = Duration.ofMinutes(1);

    /// A day, in 1 GiB at most.
    public static final RecordingLimits USUAL = new RecordingLimits(true, 1L << 30, Duration.ofDays(1));

    /// Nothing is recorded.
    public static final RecordingLimits OFF = new RecordingLimits(false, USUAL.bytesMax(), USUAL.ageMax());

    public RecordingLimits {
        if (bytesMax < BYTES_LEAST) {
            throw new IllegalArgumentException("a recording takes 1MiB at least, not " + bytesMax + " bytes");
        }
        if (ageMax.compareTo(AGE_LEAST) < 0) {
            throw new IllegalArgumentException("a recording reaches back 1min at least, not " + ageMax);
        }
    }
}
