package io.millwright.node.runtime;

import io.millwright.connect.LinkState;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// The state of a running plant at a glance.
///
/// @param plant the plant's name
/// @param version the version of the program
/// @param startedAt when this process started the plant
/// @param uptimeSeconds how long it has been running
/// @param samples how many samples came and went
/// @param latencyMillis from source time to durable, over about the last minute
/// @param historian what the historian is doing
/// @param connections each connection
/// @param signals how many signals have which quality now
/// @param identifiers what the identifier node has done
/// @param process what the process takes of the machine
public record PlantState(
        String plant,
        String version,
        Instant startedAt,
        long uptimeSeconds,
        Samples samples,
        Latency latencyMillis,
        Keeping historian,
        List<ConnectionState> connections,
        Qualities signals,
        Identifiers identifiers,
        ProcessLoad process) {

    /// Counts of samples since the start.
    ///
    /// @param received handed over by the drivers
    /// @param stored made durable
    /// @param duplicate of these, the same as one already held
    /// @param refused not kept, because the historian had stopped; whoever sent them was told
    /// @param perSecond the rate over the last seconds
    public record Samples(long received, long stored, long duplicate, long refused, double perSecond) {}

    /// Percentiles in milliseconds; null where nothing was measured.
    public record Latency(
            @org.jspecify.annotations.Nullable Double p50,
            @org.jspecify.annotations.Nullable Double p99) {}

    /// The historian.
    ///
    /// @param state `running`, `stopped` or `read-only`
    /// @param message why it is not running, for the user; empty when it is
    /// @param journalBytes size of the journal
    /// @param segmentBytes size of the segments
    /// @param diskFreeBytes free space beneath its folder
    public record Keeping(String state, String message, long journalBytes, long segmentBytes, long diskFreeBytes) {}

    /// One connection.
    ///
    /// @param name its name in the plant file
    /// @param protocol its protocol
    /// @param endpoint where the device is
    /// @param state what the link is doing
    /// @param since since when
    /// @param reason why; empty when connected
    /// @param code of the reason, for who says it in another language
    /// @param arguments what the reason is about
    /// @param signals how many signals are read through it
    /// @param good how many of them have a good value now
    /// @param bad how many have a bad one or none
    /// @param perSecond samples per second over the last seconds
    public record ConnectionState(
            String name,
            String protocol,
            String endpoint,
            LinkState.Phase state,
            Instant since,
            String reason,
            String code,
            Map<String, String> arguments,
            int signals,
            int good,
            int bad,
            double perSecond) {}

    /// How many signals have which quality; a signal without any value yet counts as bad.
    public record Qualities(int total, int good, int uncertain, int bad) {}

    /// The identifier node.
    ///
    /// @param registered identifiers it answers for
    /// @param resolved requests it answered with a record since the start
    public record Identifiers(long registered, long resolved) {}

    /// The process.
    ///
    /// @param residentBytes memory the operating system counts for it, 0 where it does not tell
    /// @param heapUsedBytes used Java heap
    /// @param cpuPercent of one core, over the last seconds
    public record ProcessLoad(long residentBytes, long heapUsedBytes, double cpuPercent) {}
}
