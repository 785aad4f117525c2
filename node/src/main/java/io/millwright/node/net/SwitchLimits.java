package io.millwright.node.net;

import io.millwright.node.command.DataSize;
import io.millwright.node.command.TimeSpan;
import io.millwright.node.command.UsageError;
import java.time.Duration;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/// What switches can do and how far clocks are to be trusted, as options. A mixin of what plans and what
/// checks.
final class SwitchLimits {

    private static final io.millwright.certificate.schedule.Limits UNLIMITED =
            io.millwright.certificate.schedule.Limits.NONE;

    @Option(names = "--gate-entries", paramLabel = "N", description = "The most entries of the gate list of a port.")
    private long gateEntries = Long.MAX_VALUE;

    @Option(
            names = "--min-gate",
            paramLabel = "TIME",
            converter = TimeSpan.class,
            defaultValue = "0s",
            description = "The shortest entry of a gate list, e.g. 1us.")
    private Duration minGate = Duration.ZERO;

    @Option(
            names = "--tick",
            paramLabel = "TIME",
            converter = TimeSpan.class,
            defaultValue = "1ns",
            description = "Times of gate lists are multiples of this, e.g. 8ns.")
    private Duration tick = Duration.ofNanos(1);

    @Option(
            names = "--sync-error",
            paramLabel = "TIME",
            converter = TimeSpan.class,
            defaultValue = "0s",
            description = "Every clock may be wrong by this, either way, e.g. 1us.")
    private Duration syncError = Duration.ZERO;

    @Option(
            names = "--buffer",
            paramLabel = "SIZE",
            converter = DataSize.class,
            description = "The most a queue of a bridge holds, e.g. 16kB.")
    private long buffer = Long.MAX_VALUE;

    /// For a checker.
    ///
    /// @throws UsageError if a number is out of range
    io.millwright.certificate.schedule.Limits checked(boolean isolation) {
        return sound(() -> new io.millwright.certificate.schedule.Limits(
                gateEntries,
                minGate.toNanos(),
                tick.toNanos(),
                UNLIMITED.longestCycle(),
                syncError.toNanos(),
                buffer,
                isolation));
    }

    /// For a planner.
    ///
    /// @throws UsageError if a number is out of range
    io.millwright.network.schedule.Limits planned() {
        return sound(() -> new io.millwright.network.schedule.Limits(
                Math.clamp(gateEntries, Integer.MIN_VALUE, Integer.MAX_VALUE),
                minGate.toNanos(),
                tick.toNanos(),
                syncError.toNanos(),
                buffer));
    }

    /// The same limits for the checker.
    static io.millwright.certificate.schedule.Limits checked(io.millwright.network.schedule.Limits limits) {
        return new io.millwright.certificate.schedule.Limits(
                limits.gateEntries(),
                limits.minGateNanos(),
                limits.tickNanos(),
                UNLIMITED.longestCycle(),
                limits.syncErrorNanos(),
                limits.bufferOctets(),
                true);
    }

    private <T> T sound(Supplier<T> limits) {
        if (gateEntries < 1) {
            throw new UsageError("--gate-entries must be 1 or more, e.g. 128");
        }
        if (buffer < 1) {
            throw new UsageError("--buffer must be 1B or more, e.g. 16kB");
        }
        if (tick.isZero()) {
            throw new UsageError("--tick must be above zero, e.g. 8ns");
        }
        try {
            return limits.get();
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new UsageError("limits: " + e.getMessage());
        }
    }
}
