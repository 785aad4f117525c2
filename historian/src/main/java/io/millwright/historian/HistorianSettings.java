package io.millwright.historian;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/// How much a historian may use.
///
/// @param journalFileBytes length at which a journal file is finished and turned into a segment; decides the memory
///     that recent samples take, about three times this. 4 KiB to 256 MiB
/// @param queueSamples how many samples may wait to be journaled before [Historian#append] blocks
/// @param reserveBytes free space below which ingestion stops, so that segments can still be written and deleted
/// @param segmentBytesMax segments are merged until they have about this length
/// @param keepFor samples older than this by source time are deleted; empty to keep all
/// @param keepBytes the oldest segments are deleted when all together exceed this; empty to keep all
public record HistorianSettings(
        long journalFileBytes,
        int queueSamples,
        long reserveBytes,
        long segmentBytesMax,
        Optional<Duration> keepFor,
        OptionalLong keepBytes) {

    public HistorianSettings {
        require(journalFileBytes >= 4 << 10 && journalFileBytes <= 256 << 20, "journalFileBytes: 4 KiB to 256 MiB");
        require(queueSamples >= 1, "queueSamples: at least 1");
        require(reserveBytes >= 0, "reserveBytes: not negative");
        require(segmentBytesMax > 0, "segmentBytesMax: positive");
        require(keepFor.isEmpty() || keepFor.get().isPositive(), "keepFor: longer than nothing");
        require(keepBytes.isEmpty() || keepBytes.getAsLong() > 0, "keepBytes: positive");
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalArgumentException(what);
        }
    }

    /// What suits ten thousand signals per second in about 70 MB: journal files of 8 MiB, 100 000 waiting samples, a
    /// reserve of 64 MiB, segments of up to 1 GiB, everything kept.
    public static HistorianSettings usual() {
        return new HistorianSettings(8 << 20, 100_000, 64 << 20, 1 << 30, Optional.empty(), OptionalLong.empty());
    }

    /// The same with another length of journal files.
    public HistorianSettings withJournalFileBytes(long bytes) {
        return new HistorianSettings(bytes, queueSamples, reserveBytes, segmentBytesMax, keepFor, keepBytes);
    }

    /// The same with another reserve of free space.
    public HistorianSettings withReserveBytes(long bytes) {
        return new HistorianSettings(journalFileBytes, queueSamples, bytes, segmentBytesMax, keepFor, keepBytes);
    }

    /// The same, deleting what is older by source time.
    public HistorianSettings withKeepFor(Duration age) {
        return new HistorianSettings(
                journalFileBytes, queueSamples, reserveBytes, segmentBytesMax, Optional.of(age), keepBytes);
    }

    /// The same, deleting the oldest segments beyond a total length.
    public HistorianSettings withKeepBytes(long bytes) {
        return new HistorianSettings(
                journalFileBytes, queueSamples, reserveBytes, segmentBytesMax, keepFor, OptionalLong.of(bytes));
    }
}
