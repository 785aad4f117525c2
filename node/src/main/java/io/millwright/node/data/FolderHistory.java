package io.millwright.node.data;

import io.millwright.historian.Historian;
import io.millwright.historian.HistorianSettings;
import io.millwright.model.Sample;
import io.millwright.model.SignalName;
import io.millwright.model.Time;
import io.millwright.model.disk.FolderInUse;
import io.millwright.node.command.FailedError;
import io.millwright.node.command.IoReason;
import io.millwright.node.command.UsageError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/// The history in a folder that no other process uses.
record FolderHistory(Historian historian) implements History {

    private static final int PAGE = 20_000;

    /// @param folder the data folder of a node
    /// @param create whether a folder without history is one to begin
    static FolderHistory open(Path folder, boolean create) {
        Path place = folder.resolve("historian");
        if (!create && !Files.isDirectory(place)) {
            throw new UsageError("there is no history in " + folder + "; give the folder of a node with --data DIR");
        }
        try {
            return new FolderHistory(Historian.open(place, HistorianSettings.usual(), Time.system()));
        } catch (FolderInUse e) {
            throw new UsageError(
                    e.getMessage() + (create ? "" : "; or ask the running node: --at http://127.0.0.1:8420"));
        } catch (IOException e) {
            throw new UsageError(place + " cannot be opened: " + IoReason.of(e));
        }
    }

    @Override
    public List<SignalName> signals() {
        return historian.signals().stream().sorted().toList();
    }

    @Override
    public void read(SignalName signal, long fromNanos, long toNanos, long limit, Consumer<Sample> each) {
        long from = fromNanos;
        long left = limit;
        while (left > 0) {
            int page = (int) Math.min(PAGE, left);
            var samples = historian.query(signal, from, toNanos, page);
            samples.forEach(each);
            left -= samples.size();
            if (samples.size() < page) {
                return;
            }
            from = samples.getLast().sourceNanos() + 1;
        }
    }

    @Override
    public void close() {
        try {
            historian.close();
        } catch (IOException e) {
            throw new FailedError("the history did not close well: " + IoReason.of(e));
        }
    }
}
