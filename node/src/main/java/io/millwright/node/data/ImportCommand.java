package io.millwright.node.data;

import io.millwright.historian.Historian;
import io.millwright.model.Sample;
import io.millwright.model.Time;
import io.millwright.node.command.DataFolder;
import io.millwright.node.command.ExitStatus;
import io.millwright.node.command.FailedError;
import io.millwright.node.command.IoReason;
import io.millwright.node.command.Output;
import io.millwright.node.command.UsageError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mw data import`: history from files. Every row that can be used is durable when it ends.
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = {
            "Take history from CSV and NDJSON files into the data folder of a node that is not running.",
            "CSV: signal,source time,value[,quality][,receive time][,type], or a wide table: time,asset/signal,…",
            "NDJSON: one object a line, as `mw data export --format ndjson` writes them.",
            "Rows that cannot be used are named and left out; the exit status is then 1. Importing again is harmless."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  mw data import history.csv", "  mw data import 2025.csv 2026.csv --data /var/lib/millwright"})
public final class ImportCommand implements Callable<Integer> {

    private static final int BATCH = 5_000;
    private static final long PROGRESS = 1_000_000;

    @Mixin
    private final Output output = new Output();

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "CSV or NDJSON files, UTF-8.")
    private List<Path> files = List.of();

    @Option(names = "--data", paramLabel = "DIR", description = "The data folder (default: the demonstration plant's).")
    private @Nullable Path data;

    private final List<Sample> batch = new ArrayList<>();
    private long imported;
    private long wrong;

    @Override
    public Integer call() throws IOException {
        for (Path file : files) {
            if (!Files.isReadable(file) || Files.isDirectory(file)) {
                throw new UsageError("there is no file " + file + " that can be read");
            }
        }
        var folder = HistoryArgument.folder(data);
        try (var _ = DataFolder.claim(folder);
                var open = FolderHistory.open(folder, true)) {
            for (Path file : files) {
                read(file, open.historian());
            }
        }
        output.json(Map.of("imported", imported, "wrong", wrong));
        output.text("%d samples imported, %d rows could not be used".formatted(imported, wrong));
        return wrong == 0 ? ExitStatus.OK : ExitStatus.FAILED;
    }

    private void read(Path file, Historian historian) {
        try (var in = Files.newBufferedReader(file)) {
            var rows = HistoryFile.of(in, Time.system().epochNanos());
            for (boolean more = true; more; ) {
                more = row(file, rows, historian);
            }
        } catch (Cell.Wrong e) {
            throw new UsageError(file + ":" + e.getMessage());
        } catch (IOException e) {
            keep(historian);
            throw new UsageError(
                    "%s cannot be read on: %s; %d samples are imported".formatted(file, IoReason.of(e), imported));
        }
        keep(historian);
    }

    /// @return whether another row may follow
    private boolean row(Path file, HistoryFile rows, Historian historian) throws IOException {
        try {
            var samples = rows.next();
            samples.ifPresent(batch::addAll);
            if (batch.size() >= BATCH) {
                keep(historian);
            }
            return samples.isPresent();
        } catch (Cell.Wrong e) {
            wrong++;
            output.progress(file + ":" + e.getMessage());
            return rows.goesOn();
        }
    }

    private void keep(Historian historian) {
        try {
            historian.append(List.copyOf(batch)).join();
        } catch (CompletionException e) {
            throw new FailedError(Objects.requireNonNull(e.getCause()).getMessage() + "; " + imported
                    + " samples are imported, import again later");
        }
        imported += batch.size();
        if (imported / PROGRESS > (imported - batch.size()) / PROGRESS) {
            output.progress(imported + " samples imported");
        }
        batch.clear();
    }
}
