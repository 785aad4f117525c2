package io.millwright.node.plc;

import io.millwright.node.command.UsageError;
import io.millwright.plc.standby.Setting;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;

/// How a PLC is one of two that stand by for each other.
///
/// @param door where the other one may follow this one
/// @param partner where the other one may be followed
/// @param fence a folder that both see, which decides who writes outputs
/// @param key a file with the key that both share
/// @param lease how long after the last answer of the other one this one goes on writing
public record StandbySettings(
        Optional<InetSocketAddress> door,
        Optional<InetSocketAddress> partner,
        Path fence,
        Optional<Path> key,
        Optional<Duration> lease) {
    private static final int KEY_BYTES = 32;
    private static final long LEASE_LEAST_NANOS = 16_000_000;
    private static final long MARGIN_LEAST_NANOS = 2_000_000;
    /// In the folder of the fence, where both PLCs are on one machine.
    private static final String KEY_FILE = "key";

    /// Whether the link stays on this machine.
    boolean isNear() {
        return door.map(d -> d.getAddress().isLoopbackAddress()).orElse(true)
                && partner.map(p -> p.getAddress().isLoopbackAddress()).orElse(true);
    }

    /// The times of a PLC whose fastest task has this interval.
    ///
    /// @throws UsageError if what was given cannot be
    Setting setting(long cycleNanos) {
        Duration usual = Duration.ofNanos(Math.max(LEASE_LEAST_NANOS, cycleNanos * 8 / 5));
        // On one machine a PLC that is gone ends the link; one that is silent is late, and is given the time to
        // find that out first.
        long share = isNear() ? 1 : 5;
        Duration margin = Duration.ofNanos(Math.max(MARGIN_LEAST_NANOS, cycleNanos / share));
        try {
            return new Setting(sharedKey(), lease.orElse(usual), margin);
        } catch (IllegalArgumentException e) {
            throw new UsageError("--lease: " + e.getMessage());
        }
    }

    /// The key; on one machine it is made where there is none, for this user alone.
    ///
    /// @throws UsageError if there is none, or others may read it
    byte[] sharedKey() {
        if (key.isEmpty() && !isNear()) {
            throw new UsageError("two PLCs on two machines need --standby-key FILE: a file with the same "
                    + 2 * KEY_BYTES + " hexadecimal digits on both, e.g. made by: openssl rand -hex " + KEY_BYTES);
        }
        Path file = key.orElse(fence.resolve(KEY_FILE));
        try {
            if (key.isEmpty()) {
                make(file);
            }
            return read(file);
        } catch (IOException e) {
            throw new UsageError("the key of the standby cannot be read: " + e);
        }
    }

    private static void make(Path file) throws IOException {
        if (Files.exists(file)) {
            return;
        }
        Files.createDirectories(file.toAbsolutePath().getParent());
        var bytes = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(bytes);
        // For this user alone before there is anything in it, and whole before it has its name.
        Path made = Files.createTempFile(file.toAbsolutePath().getParent(), "key-", "");
        try {
            Files.writeString(made, HexFormat.of().formatHex(bytes) + "\n");
            Files.createLink(file, made);
        } catch (FileAlreadyExistsException _) {
            // The other one was faster.
        } finally {
            Files.delete(made);
        }
    }

    private static byte[] read(Path file) throws IOException {
        if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
            String others = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
            if (!others.endsWith("------")) {
                throw new UsageError(file + " may be read by others (" + others + "): chmod 600 it");
            }
        }
        String text = Files.readString(file).strip();
        if (!text.matches("[0-9A-Fa-f]{" + 2 * KEY_BYTES + "}")) {
            throw new UsageError(file + " is to hold " + 2 * KEY_BYTES + " hexadecimal digits");
        }
        return HexFormat.of().parseHex(text);
    }
}
