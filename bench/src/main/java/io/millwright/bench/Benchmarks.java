package io.millwright.bench;

import io.millwright.historian.Historian;
import io.millwright.historian.HistorianSettings;
import io.millwright.model.Time;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/// All benchmarks of `mw bench`.
public final class Benchmarks {

    private Benchmarks() {}

    /// Every benchmark, in the order to be listed.
    public static List<Benchmark> all() {
        return List.of(
                new JournalBenchmark(),
                new OpcUaBenchmark(Benchmarks::historian),
                new MqttBenchmark(Benchmarks::historian),
                new ResolveBenchmark());
    }

    private static OpcUaBenchmark.DurableSink.Opened historian(Path folder) throws IOException {
        var historian = Historian.open(folder, HistorianSettings.usual(), Time.system());
        return new OpcUaBenchmark.DurableSink.Opened(historian, () -> {
            try {
                historian.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
