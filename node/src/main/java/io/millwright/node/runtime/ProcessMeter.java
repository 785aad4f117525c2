package io.millwright.node.runtime;

import io.millwright.model.Time;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Reads what this process takes of the machine.
final class ProcessMeter {

    private static final Path STATUS = Path.of("/proc/self/status");

    private final Time time;
    private long lastNanos;
    private long lastCpuNanos;

    ProcessMeter(Time time) {
        this.time = time;
        lastNanos = time.monotonicNanos();
        lastCpuNanos = cpuNanos();
    }

    /// The load since the last call.
    synchronized PlantState.ProcessLoad load() {
        long now = time.monotonicNanos();
        long cpu = cpuNanos();
        double percent = now == lastNanos ? 0 : 100.0 * (cpu - lastCpuNanos) / (now - lastNanos);
        lastNanos = now;
        lastCpuNanos = cpu;
        var runtime = Runtime.getRuntime();
        return new PlantState.ProcessLoad(residentBytes(), runtime.totalMemory() - runtime.freeMemory(), percent);
    }

    private static long cpuNanos() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean os
                ? os.getProcessCpuTime()
                : 0;
    }

    /// `VmRSS` of proc(5), 0 where there is no such file.
    static long residentBytes() {
        try (var lines = Files.lines(STATUS, StandardCharsets.US_ASCII)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }
}
