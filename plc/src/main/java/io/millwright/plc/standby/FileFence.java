package io.millwright.plc.standby;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A fence in a folder that both nodes see: an epoch belongs to who creates the file of its number, which the
/// file system lets one do only (POSIX open, O_CREAT with O_EXCL). Nothing is locked, so a node that stands
/// still holds nobody up.
public final class FileFence implements Fence {
    private static final String PREFIX = "epoch-";
    /// How many files are left, the newest.
    private static final long KEPT = 8;

    private final Path folder;

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
    public boolean claim(long epoch) throws IOException {
        Files.createDirectories(folder);
        if (epoch <= epoch()) {
            return false;
        }
        try {
            Files.createFile(folder.resolve(PREFIX + epoch));
        } catch (FileAlreadyExistsException _) {
            return false;
        }
        Files.deleteIfExists(folder.resolve(PREFIX + (epoch - KEPT)));
        // Somebody may have gone further meanwhile.
        return epoch() == epoch;
    }
}
