package io.millwright.historian;

/// What a signal did in one interval of source time.
///
/// The numbers are over the usable values: quality not bad, and a number (truth values count as 0 and 1). Where there
/// is none, they are NaN.
///
/// @param fromNanos start of the interval, inclusive, nanoseconds since the epoch
/// @param toNanos end of the interval, exclusive
/// @param count samples of any quality
/// @param good samples of good quality
/// @param bad samples of bad quality; those neither good nor bad are uncertain
/// @param min the least value
/// @param max the greatest value
/// @param mean the arithmetic mean of the values, not weighted by time
/// @param first the earliest value
/// @param last the latest value
public record Bucket(
        long fromNanos,
        long toNanos,
        long count,
        long good,
        long bad,
        double min,
        double max,
        double mean,
        double first,
        double last) {}
