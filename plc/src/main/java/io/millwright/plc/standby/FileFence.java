package io.millwright.plc.standby;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/// A fence in a folder that both nodes see: an epoch belongs to who gives a file its number, which the file
/// system lets one do only (POSIX link), and the file is locked as long as that process lives. Nobody waits for
/// a lock, so a node that stands still holds nobody up: the other one takes the next epoch.
public final class FileFence implements Fence {
    private static final String PREFIX = "epoch-";
    /// How many files are left, the newest.
    private static final long KEPT = 8;
    private static final int REHEARSED = 50;

    private final Path folder;
    private final Optional<Holder> holder;
    private @Nullable FileChannel held;
    private @Nullable Lifeline watched;
    private long watchedEpoch;

    public FileFence(Path folder) {
        this.folder = folder;
        this.holder = Optional.empty();
    }

    /// One whose other node is on the same machine, and sees at once when this process is gone.
    ///
    /// @param thread starts a thread that is a daemon; what it does ends with the process
    public FileFence(Path folder, Executor thread) {
        this.folder = folder;
        var mine = new Holder();
        this.holder = Optional.of(mine);
        thread.execute(mine);
    }

    /// Holds a [Lifeline] in the file of each epoch, from when it is given until the process ends.
    private static final class Holder implements Runnable {
        private final BlockingQueue<FileChannel> given = new LinkedBlockingQueue<>();
        private final List<Lifeline> lines = new ArrayList<>();

        @Override
        @SuppressWarnings("InfiniteLoopStatement") // it is the life of the process that it stands for
        public void run() {
            while (true) {
                try {
                    Lifeline.hold(given.take()).ifPresent(lines::add);
                } catch (IOException _) {
                    // Then the end of this process is seen by its links.
                } catch (InterruptedException _) {
                    // Nobody ends it.
                }
            }
        }
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
        try (var channel = FileChannel.open(name(epoch), StandardOpenOption.WRITE);
                var lock = channel.tryLock()) {
            return lock == null;
        } catch (OverlappingFileLockException _) {
            return true;
        } catch (NoSuchFileException _) {
            return false;
        }
    }

    @Override
    public synchronized boolean isGone(long epoch) {
        Lifeline line = watched;
        if (line == null || watchedEpoch != epoch) {
            line = watch(epoch);
        }
        return line != null && line.isCut();
    }

    private @Nullable Lifeline watch(long epoch) {
        Lifeline before = watched;
        watched = null;
        if (before != null) {
            before.close();
        }
        try (var file = FileChannel.open(name(epoch), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            watched = Lifeline.watch(file).orElse(null);
            watchedEpoch = epoch;
        } catch (IOException _) {
            // It is not known whether it is gone.
        }
        return watched;
    }

    private Path name(long epoch) {
        return folder.resolve(PREFIX + epoch);
    }

    @Override
    public synchronized boolean claim(long epoch) throws IOException {
        Files.createDirectories(folder);
        if (epoch <= epoch()) {
            return false;
        }
        // Locked before it has the name by which others find it.
        Path file = Files.createTempFile(folder, "claim-", "");
        FileChannel mine = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        boolean given = false;
        try {
            var _ = mine.lock();
            Files.createLink(name(epoch), file);
            // Somebody may have gone further meanwhile.
            given = epoch() == epoch;
            if (given) {
                hold(mine);
                holder.ifPresent(h -> h.given.add(mine));
            }
            Files.deleteIfExists(name(epoch - KEPT));
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

    /// Asks for epochs and holds a line in a folder that only it sees, so that the code is loaded and linked
    /// when it counts.
    public void rehearse() throws IOException {
        Files.createDirectories(folder);
        Path alone = Files.createTempDirectory(folder, "rehearsal-");
        var trial = new FileFence(alone);
        try {
            for (int epoch = 1; epoch <= REHEARSED; epoch++) {
                if (!trial.claim(epoch)) {
                    throw new IOException("an epoch that nobody has is not given in " + alone);
                }
            }
            try (var file = FileChannel.open(
                    alone.resolve("line"),
                    StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE)) {
                Lifeline.hold(file).ifPresent(Lifeline::end);
            }
        } finally {
            trial.release();
            try (var files = Files.list(alone)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(alone);
        }
    }

    private void release() throws IOException {
        FileChannel last = held;
        if (last != null) {
            last.close();
        }
    }

    private void hold(FileChannel next) throws IOException {
        FileChannel before = held;
        held = next;
        if (before != null) {
            before.close();
        }
    }
}
