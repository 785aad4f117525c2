package io.millwright.plc.standby;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A fence in a folder that both nodes see: an epoch belongs to who gives a file its number, which the file
/// system lets one do only (POSIX link), and the file is locked as long as that process lives. Nobody waits for
/// a lock, so a node that stands still holds nobody up: the other one takes the next epoch.
///
/// Making, filling and deleting files may wait for the disk, for as long as a journal of the file system is written. So
/// what the next epoch needs is made before it is asked for, and what is over is deleted a while later; in between a
/// claim lists the folder and gives a name.
public final class FileFence implements Fence {
    private static final String PREFIX = "epoch-";
    private static final String UNNAMED = "claim-";
    /// How many files are left, the newest.
    private static final long KEPT = 8;
    /// What was made and never named is deleted when it is older, and who made it is gone.
    private static final Duration UNNAMED_MAX = Duration.ofMinutes(1);
    /// After a claim others have more to do.
    private static final long LATER_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int REHEARSED = 50;

    private final Path folder;
    private final Optional<Maker> maker;
    /// First names of what this process made: while it has them locked they are not to be opened, as to close a file
    /// lets go of all locks that the process has on it (fcntl(2)).
    private final Set<Path> mine = ConcurrentHashMap.newKeySet();

    private @Nullable FileChannel held;
    private long heldEpoch;
    private @Nullable Lifeline watched;
    private long watchedEpoch;

    /// @param thread starts a thread that is a daemon; what it does ends with the process
    /// @param near whether the other node is on the same machine, and is to see at once when this process is gone
    public FileFence(Path folder, Executor thread, boolean near) {
        this.folder = folder;
        var made = new Maker(near);
        this.maker = Optional.of(made);
        thread.execute(made);
    }

    /// One that makes everything when it is asked, by the thread that asks.
    public FileFence(Path folder) {
        this.folder = folder;
        this.maker = Optional.empty();
    }

    /// What may become an epoch.
    ///
    /// @param isLined whether it has a line
    private record Made(Path file, FileChannel channel, boolean isLined) {}

    private record Claimed(long epoch, Made made, boolean given) {}

    /// Makes what the next epoch needs, with a [Lifeline] in it, and deletes what is over. Its thread must not end
    /// before the process does, which is what the lines stand for.
    private final class Maker implements Runnable {
        private final boolean near;
        private final AtomicReference<@Nullable Made> next = new AtomicReference<>();
        private final BlockingQueue<Claimed> claimed = new LinkedBlockingQueue<>();
        private final List<Lifeline> lines = new ArrayList<>();
        /// First names of what was claimed.
        private final Set<Path> over = new HashSet<>();

        Maker(boolean near) {
            this.near = near;
        }

        /// What was made; null where nothing is.
        @Nullable
        Made take() {
            return next.getAndSet(null);
        }

        @Override
        @SuppressWarnings("InfiniteLoopStatement") // it is the life of the process that it stands for
        public void run() {
            while (true) {
                try {
                    prepare();
                } catch (IOException _) {
                    // Then a claim makes it, and says why it cannot.
                }
                try {
                    Claimed last = claimed.take();
                    over.add(last.made.file);
                    if (last.given && !last.made.isLined) {
                        var _ = line(last.made);
                    }
                    LockSupport.parkNanos(this, LATER_NANOS);
                    deleteOver(last.epoch);
                } catch (IOException _) {
                    // It is deleted after the next claim, by this process or another one.
                } catch (InterruptedException _) {
                    // Nobody ends it.
                }
            }
        }

        private void prepare() throws IOException {
            if (next.get() == null) {
                next.set(line(make()));
            }
        }

        private Made line(Made made) throws IOException {
            if (near) {
                Lifeline.hold(made.channel).ifPresent(lines::add);
            }
            return new Made(made.file, made.channel, near);
        }

        private void deleteOver(long epoch) throws IOException {
            for (Path file : List.copyOf(over)) {
                Files.deleteIfExists(file);
                over.remove(file);
                mine.remove(file);
            }
            Instant oldest = Instant.now().minus(UNNAMED_MAX);
            try (var files = Files.newDirectoryStream(folder)) {
                for (Path file : files) {
                    long number = number(file);
                    if (number > 0 && number <= epoch - KEPT || isOver(file, oldest)) {
                        Files.deleteIfExists(file);
                    }
                }
            } catch (DirectoryIteratorException e) {
                throw e.getCause();
            }
        }
    }

    /// Locked before it has the name by which others find it.
    private Made make() throws IOException {
        Files.createDirectories(folder);
        Path file = Files.createTempFile(folder, UNNAMED, "");
        mine.add(file);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        var _ = channel.lock();
        return new Made(file, channel, false);
    }

    /// Whether it was never named, and is of nobody any more.
    private boolean isOver(Path file, Instant oldest) throws IOException {
        return file.getFileName().toString().startsWith(UNNAMED)
                && !mine.contains(file)
                && Files.getLastModifiedTime(file).toInstant().isBefore(oldest)
                && !isLocked(file);
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
    public synchronized boolean isHeld(long epoch) throws IOException {
        return held != null && heldEpoch == epoch || isLocked(name(epoch));
    }

    private static boolean isLocked(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE);
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
        if (epoch <= epoch()) {
            return false;
        }
        Made made = maker.map(Maker::take).orElse(null);
        if (made == null) {
            made = make();
        }
        boolean given = false;
        try {
            made = named(made, epoch);
            // Somebody may have gone further meanwhile.
            given = epoch() == epoch;
        } catch (FileAlreadyExistsException _) {
            given = false;
        } finally {
            if (given) {
                hold(made.channel, epoch);
            } else {
                made.channel.close();
            }
            over(made, epoch, given);
        }
        return given;
    }

    private Made named(Made made, long epoch) throws IOException {
        try {
            Files.createLink(name(epoch), made.file);
            return made;
        } catch (NoSuchFileException _) {
            // Somebody has tidied up.
            made.channel.close();
            Made again = make();
            Files.createLink(name(epoch), again.file);
            return again;
        }
    }

    private void over(Made made, long epoch, boolean given) throws IOException {
        if (maker.isPresent()) {
            maker.get().claimed.add(new Claimed(epoch, made, given));
        } else {
            Files.deleteIfExists(made.file);
            mine.remove(made.file);
            Files.deleteIfExists(name(epoch - KEPT));
        }
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

    private void hold(FileChannel next, long epoch) throws IOException {
        FileChannel before = held;
        held = next;
        heldEpoch = epoch;
        if (before != null) {
            before.close();
        }
    }
}
