package io.millwright.node.data;

import io.millwright.model.Signal;
import io.millwright.model.SignalName;
import io.millwright.node.command.ExitStatus;
import io.millwright.node.command.Output;
import io.millwright.node.command.PlantFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mw data quality`: how far the history of each signal can be trusted.
@Command(
        name = "quality",
        mixinStandardHelpOptions = true,
        description = {
            "Judge the history of signals: quality, gaps, late samples, stuck values, values out of range.",
            "Range and interval come from the plant file; without one the median interval counts."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  mw data quality --plant plant.yaml", "  mw data quality tank-1/level --at http://127.0.0.1:8420"})
public final class QualityCommand implements Callable<Integer> {

    @Mixin
    private final Output output = new Output();

    @Mixin
    private final HistoryArgument history = new HistoryArgument();

    @Parameters(paramLabel = "SIGNAL", arity = "0..*", description = "Which signals (default: all).")
    private List<String> signals = List.of();

    @Option(names = "--plant", paramLabel = "FILE", description = "The plant file: intervals and ranges.")
    private @Nullable Path plant;

    @Override
    public Integer call() {
        var described = new HashMap<SignalName, Signal>();
        if (plant != null) {
            PlantFiles.read(plant).signals().forEach(signal -> described.put(signal.name(), signal));
        }
        var reports = new ArrayList<Trust.Report>();
        try (var open = history.open()) {
            for (SignalName name : HistoryArgument.chosen(open, signals)) {
                var trust = new Trust(name, Optional.ofNullable(described.get(name)));
                open.read(name, history.fromNanos(), history.toNanos(), Long.MAX_VALUE, trust::add);
                reports.add(trust.report());
            }
        }
        output.json(reports);
        output.text("%-32s %9s %6s %6s %6s %9s %5s %9s %5s %6s %7s"
                .formatted(
                        "signal",
                        "samples",
                        "good%",
                        "unc.%",
                        "bad%",
                        "interval",
                        "gaps",
                        "longest",
                        "late",
                        "stuck",
                        "outside"));
        for (Trust.Report r : reports) {
            output.text("%-32s %9d %6.2f %6.2f %6.2f %8.3fs %5d %8.3fs %5d %6d %7d"
                    .formatted(
                            r.signal(),
                            r.samples(),
                            r.goodPercent(),
                            r.uncertainPercent(),
                            r.badPercent(),
                            r.intervalSeconds(),
                            r.gaps(),
                            r.longestGapSeconds(),
                            r.late(),
                            r.stuck(),
                            r.outOfRange()));
        }
        return ExitStatus.OK;
    }
}
