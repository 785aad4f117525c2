package io.millwright.node.command;

import io.millwright.historian.HistorianSettings;
import io.millwright.model.disk.Disk;
import io.millwright.model.disk.FolderInUse;
import java.io.IOException;
import java.nio.file.Path;

/// The folder of a node's data.
public final class DataFolder {

    private static final long MEBIBYTE = 1 << 20;

    private DataFolder() {}

    /// Where data goes when the user does not say, by the XDG base directory specification:
    /// `$XDG_STATE_HOME/millwright/NAME`, or `~/.local/state/millwright/NAME`.
    public static Path usual(String name) {
        String state = System.getenv("XDG_STATE_HOME");
        var root = state == null || state.isEmpty()
                ? Path.of(System.getProperty("user.home"), ".local", "state")
                : Path.of(state);
        return root.resolve("millwright").resolve(name);
    }

    /// Takes the folder for this process, before anything else is started: it can be written, nobody else has it, and
    /// its disk has room.
    ///
    /// @return the claim, to be closed when the folder is no longer used
    /// @throws UsageError if it cannot be used; the message says why
    public static Disk.Lock claim(Path folder) {
        try {
            var disk = Disk.of(folder);
            var claim = disk.lock("lock");
            long free = disk.freeBytes();
            long reserve = HistorianSettings.usual().reserveBytes();
            if (free < reserve) {
                claim.close();
                throw new UsageError("disk full: %s has %d MB free, %d MB are kept in reserve; free some space, or"
                                .formatted(folder, free / MEBIBYTE, reserve / MEBIBYTE)
                        + " give a folder of another disk with --data DIR");
            }
            return claim;
        } catch (FolderInUse e) {
            throw new UsageError(e.getMessage() + " with --data DIR");
        } catch (IOException e) {
            throw new UsageError(
                    "%s cannot be written: %s; give another folder with --data DIR".formatted(folder, IoReason.of(e)));
        }
    }
}
