package io.millwright.node.data;

import io.millwright.node.command.ExitStatus;
import io.millwright.node.command.IoReason;
import io.millwright.node.command.Output;
import io.millwright.node.command.UsageError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/// `mw data export`: samples as a file.
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = "Write samples to a file that `mw data import` and other programs read.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  mw data export -o all.csv",
            "  mw data export tank-1/level tank-1/inflow --format ndjson -o tank.ndjson --at http://127.0.0.1:8420"
        })
public final class ExportCommand implements Callable<Integer> {

    /// How a sample is written.
    enum Format {
        csv,
        ndjson
    }

    @Mixin
    private final Output output = new Output();

    @Mixin
    private final HistoryArgument history = new HistoryArgument();

    @Parameters(paramLabel = "SIGNAL", arity = "0..*", description = "Which signals (default: all).")
    private List<String> signals = List.of();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "csv",
            description = "${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
    private Format format = Format.csv;

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "FILE",
            description = "The file to write.")
    private Path file = Path.of("history.csv");

    @Override
    public Integer call() {
        var written = new long[1];
        try (var open = history.open()) {
            var chosen = HistoryArgument.chosen(open, signals);
            try (var out = Files.newBufferedWriter(file)) {
                if (format == Format.csv) {
                    out.write(SampleText.HEADER + "\n");
                }
                for (var signal : chosen) {
                    open.read(signal, history.fromNanos(), history.toNanos(), Long.MAX_VALUE, sample -> {
                        var json = JsonMapper.shared();
                        line(
                                out,
                                format == Format.csv
                                        ? SampleText.csv(sample)
                                        : json.writeValueAsString(SampleText.json(sample)));
                        written[0]++;
                    });
                }
            } catch (IOException e) {
                throw new UsageError(file + " cannot be written: " + IoReason.of(e));
            } catch (UncheckedIOException e) {
                throw new UsageError(file + " cannot be written: " + IoReason.of(Objects.requireNonNull(e.getCause())));
            }
            output.json(Map.of("file", file.toString(), "signals", chosen.size(), "samples", written[0]));
            output.text("%d samples of %d signals are in %s".formatted(written[0], chosen.size(), file));
        }
        return ExitStatus.OK;
    }

    private static void line(Writer out, String line) {
        try {
            out.write(line);
            out.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
