package io.millwright.historian;

import java.util.List;

/// What a historian is doing, and what it did since it was opened.
///
/// @param phase whether it takes samples
/// @param message why not, and what would help; empty while all is well
/// @param damage what was found unreadable on the disk since it was opened, one sentence each; empty when nothing was
/// @param received samples handed to [Historian#append]
/// @param durable samples acknowledged, duplicates included
/// @param duplicate samples that repeat one already kept (same signal, source time, value and quality), counted when
///     that is noticed: at once for a repetition of the latest sample, otherwise when segments are written or merged
/// @param refused samples not kept because ingestion was stopped
/// @param journalBytes length of the journal files
/// @param segmentBytes length of the segments
/// @param diskFreeBytes free space of the disk
public record HistorianState(
        Phase phase,
        String message,
        List<String> damage,
        long received,
        long durable,
        long duplicate,
        long refused,
        long journalBytes,
        long segmentBytes,
        long diskFreeBytes) {

    public HistorianState {
        damage = List.copyOf(damage);
    }

    /// Whether samples are taken.
    public enum Phase {
        /// Samples are taken.
        RUNNING,
        /// Samples are refused, e.g. because the disk is full; goes on by itself when the cause is gone.
        STOPPED,
        /// The folder can only be read.
        READ_ONLY
    }
}
