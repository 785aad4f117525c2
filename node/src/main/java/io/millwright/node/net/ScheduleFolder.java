package io.millwright.node.net;

import io.millwright.network.schedule.ScheduleFiles.Content;
import io.millwright.node.command.IoReason;
import io.millwright.node.command.UsageError;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

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
    /// @param isOurs whether a file is of a result, by its name in the folder, as `GCL.csv` or
    ///     `link-0-1/GCL.csv`; names of folders end in a slash
    /// @throws UsageError if there is something else
    void check(Predicate<String> isOurs) {
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
        try (var files = Files.walk(folder, 3)) {
            files.filter(f -> !f.equals(folder) && !isOurs.test(name(f)))
                    .findFirst()
                    .ifPresent(f -> {
                        throw new UsageError(("--out: %s holds %s, which is not of such a result and would be lost;"
                                        + " name another folder")
                                .formatted(folder, name(f)));
                    });
        } catch (IOException | UncheckedIOException e) {
            throw new UsageError("--out: " + folder + " cannot be read: " + reason(e));
        }
    }

    private String name(Path file) {
        var name = folder.relativize(file).toString().replace(File.separatorChar, '/');
        return Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS) ? name + "/" : name;
    }

    /// Replaces what the folder holds.
    ///
    /// @throws UsageError if it cannot be written
    void write(Map<String, Content> contents) {
        begin();
        contents.forEach(this::put);
        commit();
    }

    /// Begins a result that is written file by file; what the folder holds stays until it is complete.
    void begin() {
        writing(() -> {
            delete(next);
            Files.createDirectories(next);
        });
    }

    /// Writes a file of it.
    ///
    /// @param name as in [#check]
    void put(String name, Content content) {
        writing(() -> {
            var file = next.resolve(name);
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            try (var out = Files.newBufferedWriter(file)) {
                content.writeTo(out);
            }
            try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
        });
    }

    /// Replaces what the folder holds by what was written.
    void commit() {
        writing(() -> {
            delete(last);
            if (Files.exists(folder)) {
                Files.move(folder, last, StandardCopyOption.ATOMIC_MOVE);
            }
            Files.move(next, folder, StandardCopyOption.ATOMIC_MOVE);
            delete(last);
        });
    }

    /// Something that is written.
    @FunctionalInterface
    private interface Writing {
        void run() throws IOException;
    }

    private void writing(Writing writing) {
        try {
            writing.run();
        } catch (IOException | UncheckedIOException e) {
            throw new UsageError("--out: %s cannot be written: %s".formatted(folder, reason(e)));
        }
    }

    private static String reason(Exception e) {
        return e instanceof UncheckedIOException unchecked
                ? IoReason.of(Objects.requireNonNull(unchecked.getCause()))
                : e instanceof IOException io ? IoReason.of(io) : e.toString();
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (var files = Files.walk(folder)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
