package io.millwright.plc.standby;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// A fence in a folder that both nodes see: an epoch belongs to who gives a file its number, which the file
/// system lets one do only (POSIX link), and the file is locked as long as that process lives. Nobody waits for
/// a lock, so a node that stands still holds nobody up: the other one takes the next epoch.
public final class FileFence implements Fence {
    private static final String PREFIX = "epoch-";
    /// How many files are left, the newest.
    private static final long KEPT = 8;

    private final Path folder;
    private @Nullable FileChannel held;

    public FileFence(Path folder) {
        this.folder = folder;
    }

    @Override
    public long epoch() throws IOException {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        try (var files = Files.list(folder)) {
            return files.mapToLong(FileFence::number).max().orElse(0);
        }
    }

    private static long number(Path file) {
        String name = file.getFileName().toString();
        return name.matches(PREFIX + "\\d{1,18}") ? Long.parseLong(name.substring(PREFIX.length())) : 0;
    }

    @Override
    public boolean isHeld(long epoch) throws IOException {
        try (var channel = FileChannel.open(folder.resolve(PREFIX + epoch), StandardOpenOption.WRITE);
                var lock = channel.tryLock()) {
            return lock == null;
        } catch (OverlappingFileLockException _) {
            return true;
        } catch (NoSuchFileException _) {
            return false;
        }
    }

    @Override
    public synchronized boolean claim(long epoch) throws IOException {
        Files.createDirectories(folder);
        if (epoch <= epoch()) {
            return false;
        }
        // Locked before it has the name by which others find it.
        Path file = Files.createTempFile(folder, "claim-", "");
        FileChannel mine = FileChannel.open(file, StandardOpenOption.WRITE);
        boolean given = false;
        try {
            var _ = mine.lock();
            Files.createLink(folder.resolve(PREFIX + epoch), file);
            // Somebody may have gone further meanwhile.
            given = epoch() == epoch;
            if (given) {
                hold(mine);
            }
            Files.deleteIfExists(folder.resolve(PREFIX + (epoch - KEPT)));
        } catch (FileAlreadyExistsException _) {
            given = false;
        } finally {
            Files.deleteIfExists(file);
            if (!given) {
                mine.close();
            }
        }
        return given;
    }

    private void hold(FileChannel next) throws IOException {
        FileChannel before = held;
        held = next;
        if (before != null) {
            before.close();
        }
    }
}
