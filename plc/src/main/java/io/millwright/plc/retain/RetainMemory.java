package io.millwright.plc.retain;

import io.millwright.plc.Loaded;
import io.millwright.plc.ScanObserver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Keeps the values of variables after every scan, so that they survive the end of the process, however it
/// ends, and, as they were at the last [#sync], a power cut. See [RetainFile] for how.
///
/// Values are found again by path and type, so that a changed program keeps what it still has.
public final class RetainMemory implements ScanObserver, AutoCloseable {
    private final Path file;
    private final Kept kept;
    private volatile @Nullable RetainFile current;

    /// @param file where the values are kept; its folder is there
    public RetainMemory(Path file, Kept kept) {
        this.file = file;
        this.kept = kept;
    }

    /// What came back.
    ///
    /// @param restored how many variables have their value again
    /// @param lost those that had one and were not given it, each with the reason
    /// @param problem why nothing came back; empty where something did, or where nothing was kept before
    public record Restored(int restored, List<String> lost, String problem) {
        public Restored {
            lost = List.copyOf(lost);
        }

        /// For people.
        public String text() {
            return !problem.isEmpty()
                    ? problem
                    : restored + " variables have their values again"
                            + (lost.isEmpty() ? "" : ", " + lost.size() + " not");
        }
    }

    /// Gives a program the values that were kept, before its first scan. A file that cannot be used is left
    /// where it is, under the same name with `.damaged`, as [#open] makes another.
    public Restored restore(Loaded loaded) {
        if (!Files.exists(file)) {
            return new Restored(0, List.of(), "");
        }
        try {
            return RetainedValues.read(file).into(loaded, kept);
        } catch (IOException e) {
            return new Restored(0, List.of(), file + ": " + e.getMessage() + setAside());
        }
    }

    private String setAside() {
        Path aside = file.resolveSibling(file.getFileName() + ".damaged");
        try {
            Files.copy(file, aside, StandardCopyOption.REPLACE_EXISTING);
            return "; it is kept as " + aside;
        } catch (IOException e) {
            return "";
        }
    }

    /// Makes the file ready for a program and keeps its values as they are now: before its scans are observed.
    ///
    /// @throws IOException if the file cannot be made
    public synchronized void open(Loaded loaded) throws IOException {
        RetainFile before = current;
        current = RetainFile.create(file, loaded, kept);
        if (before != null) {
            before.close();
        }
    }

    @Override
    public void scanned(long number, int task, long startNanos) {
        RetainFile now = current;
        if (now != null) {
            now.write();
        }
    }

    /// Lets what was kept survive a power cut. By another thread than that of the scans, as it waits for the
    /// disk.
    ///
    /// @throws IOException if the disk does not take it
    public synchronized void sync() throws IOException {
        RetainFile now = current;
        if (now != null) {
            now.sync();
        }
    }

    @Override
    public synchronized void close() throws IOException {
        RetainFile now = current;
        current = null;
        if (now != null) {
            now.sync();
            now.close();
        }
    }
}
