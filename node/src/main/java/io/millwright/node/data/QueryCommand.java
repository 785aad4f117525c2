package io.millwright.node.data;

import io.millwright.model.Sample;
import io.millwright.node.command.ExitStatus;
import io.millwright.node.command.Output;
import io.millwright.node.command.UsageError;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mw data query`: the samples of a signal, or what it did per interval.
@Command(
        name = "query",
        mixinStandardHelpOptions = true,
        description = "Show the samples of a signal by source time, or a summary per interval.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  mw data query tank-1/level --limit 20",
            "  mw data query tank-1/level --from 2026-11-21T06:00:00Z --buckets 24 --at http://127.0.0.1:8420"
        })
public final class QueryCommand implements Callable<Integer> {

    @Mixin
    private final Output output = new Output();

    @Mixin
    private final HistoryArgument history = new HistoryArgument();

    @Parameters(paramLabel = "SIGNAL", description = "Which signal, as asset/signal.")
    private String signal = "";

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "100",
            description = "At most so many samples (${DEFAULT-VALUE}).")
    private long limit;

    @Option(
            names = "--buckets",
            paramLabel = "N",
            description = "A summary of so many equal intervals instead, 1 to 10000.")
    private @Nullable Integer buckets;

    @Override
    public Integer call() {
        if (limit < 1 || buckets != null && (buckets < 1 || buckets > 10_000)) {
            throw new UsageError("--limit takes 1 or more, --buckets 1 to 10000");
        }
        try (var open = history.open()) {
            var name = HistoryArgument.chosen(open, List.of(signal)).getFirst();
            var samples = new ArrayList<Sample>();
            if (buckets == null) {
                open.read(name, history.fromNanos(), history.toNanos(), limit, samples::add);
                show(samples);
            } else {
                var rows = Intervals.of(open, name, history.fromNanos(), history.toNanos(), buckets);
                output.json(rows);
                output.text(Intervals.text(rows));
            }
        }
        return ExitStatus.OK;
    }

    private void show(List<Sample> samples) {
        output.json(samples.stream().map(SampleText::json).toList());
        for (Sample s : samples) {
            output.text("%-30s  %-24s  %s"
                    .formatted(HistoryArgument.time(s.sourceNanos()), s.value(), SampleText.quality(s.quality())));
        }
        if (samples.size() == limit) {
            output.progress("the first " + limit + " samples; there may be more: --limit N");
        }
    }
}
