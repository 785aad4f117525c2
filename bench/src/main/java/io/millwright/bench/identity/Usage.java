package io.millwright.bench.identity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/// What a process and those it has started take.
record Usage(Process process) {

    private Stream<ProcessHandle> all() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants());
    }

    /// Processor time taken so far.
    Duration processorTime() {
        return all().map(p -> p.info().totalCpuDuration().orElse(Duration.ZERO)).reduce(Duration.ZERO, Duration::plus);
    }

    /// Memory resident now, in MB; pages that several processes share are counted once.
    double memoryMegabytes() throws IOException {
        double kilobytes = 0;
        for (var one : all().toList()) {
            for (var line : Files.readAllLines(Path.of("/proc", Long.toString(one.pid()), "smaps_rollup"))) {
                if (line.startsWith("Pss:")) {
                    kilobytes += Double.parseDouble(line.replaceAll("[^0-9]", ""));
                }
            }
        }
        return kilobytes / 1024;
    }
}
