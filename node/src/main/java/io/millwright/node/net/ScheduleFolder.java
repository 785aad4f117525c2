package io.millwright.node.net;

import io.millwright.network.schedule.ScheduleFiles.Content;
import io.millwright.node.command.IoReason;
import io.millwright.node.command.UsageError;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/// The folder of a result: there as a whole, or as it was before.
final class ScheduleFolder {

    private final Path folder;
    private final Path next;
    private final Path last;

    ScheduleFolder(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
        var name = this.folder.getFileName();
        if (name == null) {
            throw new UsageError("--out " + folder + " cannot be replaced; name a folder in it");
        }
        next = this.folder.resolveSibling("." + name + ".next");
        last = this.folder.resolveSibling("." + name + ".last");
    }

    /// Makes sure before a long search that what is in the folder may be replaced.
    ///
    /// @param names of the files of a result
    /// @throws UsageError if there is something else
    void check(List<String> names) {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            var parent = folder.getParent();
            if (parent == null || !Files.isWritable(parent)) {
                throw new UsageError("--out: %s cannot be made: there is no folder %s that can be written to"
                        .formatted(folder, parent));
            }
            return;
        }
        if (!Files.isDirectory(folder)) {
            throw new UsageError("--out: " + folder + " is no folder");
        }
        try (var files = Files.list(folder)) {
            files.filter(f -> !names.contains(String.valueOf(f.getFileName())))
                    .findFirst()
                    .ifPresent(f -> {
                        throw new UsageError(("--out: %s holds %s, which is not of a schedule and would be lost;"
                                        + " name another folder")
                                .formatted(folder, f.getFileName()));
                    });
        } catch (IOException e) {
            throw new UsageError("--out: " + folder + " cannot be read: " + IoReason.of(e));
        }
    }

    /// Replaces what the folder holds.
    ///
    /// @throws UsageError if it cannot be written
    void write(Map<String, Content> contents) {
        try {
            delete(next);
            Files.createDirectories(next);
            for (var entry : contents.entrySet()) {
                var file = next.resolve(entry.getKey());
                try (var out = Files.newBufferedWriter(file)) {
                    entry.getValue().writeTo(out);
                }
                try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    channel.force(true);
                }
            }
            delete(last);
            if (Files.exists(folder)) {
                Files.move(folder, last, StandardCopyOption.ATOMIC_MOVE);
            }
            Files.move(next, folder, StandardCopyOption.ATOMIC_MOVE);
            delete(last);
        } catch (IOException e) {
            throw new UsageError("--out: %s cannot be written: %s".formatted(folder, IoReason.of(e)));
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (var files = Files.list(folder)) {
                for (var file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
    }
}
