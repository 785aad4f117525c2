package io.millwright.bench;

import io.millwright.bench.network.NetworkBenchmark;
import io.millwright.bench.plc.PlcBenchmark;
import io.millwright.bench.st.StBenchmark;
import java.util.List;

/// All benchmarks of `mw bench`.
public final class Benchmarks {

    private Benchmarks() {}

    /// Every benchmark, in the order to be listed.
    public static List<Benchmark> all() {
        return List.of(
                new StartBenchmark(),
                new PlantBenchmark(),
                new JournalBenchmark(),
                new OpcUaBenchmark(),
                new MqttBenchmark(),
                new ResolveBenchmark(),
                new IdentityBenchmark(),
                new StBenchmark(),
                new PlcBenchmark(),
                new NetworkBenchmark());
    }
}
