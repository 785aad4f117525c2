package io.millwright.node.plc;

import io.millwright.node.command.Address;
import io.millwright.node.command.TimeSpan;
import io.millwright.node.command.UsageError;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How a PLC is one of two. A mixin.
final class StandbyOptions {
    @Option(
            names = "--standby-port",
            paramLabel = "[HOST:]PORT",
            converter = Address.class,
            description = "Where another PLC may follow this one and stand by for it (host: 127.0.0.1 unless given).")
    private @Nullable InetSocketAddress door;

    @Option(
            names = "--standby-of",
            paramLabel = "HOST:PORT",
            converter = Address.class,
            description = "Follow the PLC that offers itself there by --standby-port, and take over when it is gone."
                    + " With --standby-port also: whichever of the two is there first leads.")
    private @Nullable InetSocketAddress partner;

    @Option(
            names = "--fence",
            paramLabel = "FOLDER",
            description = "A folder that both PLCs see and that decides which one writes outputs.")
    private @Nullable Path fence;

    @Option(
            names = "--standby-key",
            paramLabel = "FILE",
            description = "The key both PLCs share, 64 hexadecimal digits; on one machine it is made in FOLDER.")
    private @Nullable Path key;

    @Option(
            names = "--lease",
            paramLabel = "TIME",
            converter = TimeSpan.class,
            description = "How long after the last answer of its standby a PLC writes outputs"
                    + " (default: 1.6 cycles of the fastest task, 16 ms at least).")
    private @Nullable Duration lease;

    Optional<StandbySettings> settings() {
        if (door == null && partner == null) {
            if (fence != null || key != null || lease != null) {
                throw new UsageError("--fence, --standby-key and --lease need --standby-port or --standby-of");
            }
            return Optional.empty();
        }
        if (fence == null) {
            throw new UsageError("two PLCs need --fence FOLDER, a folder that both see: without a third party nobody"
                    + " can tell a partner that is gone from a link that is cut");
        }
        return Optional.of(new StandbySettings(
                Optional.ofNullable(door),
                Optional.ofNullable(partner),
                fence,
                Optional.ofNullable(key),
                Optional.ofNullable(lease)));
    }
}
