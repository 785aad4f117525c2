package io.millwright.plc.retain;

import io.millwright.plc.Loaded;
import io.millwright.plc.ScanObserver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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
    /// @param aside the file as it was, where not all of it came back; empty where all did
    public record Restored(int restored, List<String> lost, String problem, Optional<Path> aside) {
        public Restored {
            lost = List.copyOf(lost);
        }

        /// With nothing set aside.
        Restored(int restored, List<String> lost, String problem) {
            this(restored, lost, problem, Optional.empty());
        }

        /// For people.
        public String text() {
            String what = !problem.isEmpty()
                    ? problem
                    : restored + " variables have their values again"
                            + (lost.isEmpty() ? "" : ", " + lost.size() + " not");
            return what + aside.map(a -> "; the file as it was is kept as " + a).orElse("");
        }
    }

    /// Gives a program the values that were kept, before its first scan. A file that cannot be used, or of which
    /// something was lost, is copied to the same name with `.damaged` or `.other` (then `.other-2` and so on), as
    /// [#open] makes another one in its place.
    public Restored restore(Loaded loaded) {
        if (!Files.exists(file)) {
            return new Restored(0, List.of(), "");
        }
        try {
            Restored all = RetainedValues.read(file).into(loaded, kept);
            return all.lost().isEmpty()
                    ? all
                    : new Restored(all.restored(), all.lost(), all.problem(), setAside(".other"));
        } catch (IOException e) {
            return new Restored(0, List.of(), file + ": " + e.getMessage(), setAside(".damaged"));
        }
    }

    /// @return empty where that cannot be done
    private Optional<Path> setAside(String suffix) {
        try {
            Path aside = file.resolveSibling(file.getFileName() + suffix);
            for (int number = 2; Files.exists(aside) && Files.mismatch(file, aside) >= 0; number++) {
                aside = file.resolveSibling(file.getFileName() + suffix + "-" + number);
            }
            if (!Files.exists(aside)) {
                Files.copy(file, aside);
            }
            return Optional.of(aside);
        } catch (IOException e) {
            return Optional.empty();
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
