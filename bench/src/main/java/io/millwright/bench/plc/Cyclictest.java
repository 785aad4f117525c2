package io.millwright.bench.plc;

import io.millwright.bench.Peer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// `cyclictest` of rt-tests: how late the system itself wakes a thread that does nothing else.
final class Cyclictest {
    /// Later ones are told as overflows and counted as this.
    private static final int LONGEST_MICROS = 20_000;

    private final String program = Peer.program("cyclictest");

    boolean isInstalled() {
        return !program.isEmpty();
    }

    /// Wakes up every millisecond.
    ///
    /// @param fifo in SCHED_FIFO 80 with its memory locked, else as any program
    void run(int cycles, boolean fifo, Lateness into) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(program, "-q", "-t", "1", "-i", "1000", "-l", Integer.toString(cycles), "-h", "20000"));
        command.addAll(fifo ? List.of("-p", "80", "-m") : List.of("--policy=other"));
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<String> lines = process.inputReader().lines().toList();
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " failed: " + lines);
        }
        for (String line : lines) {
            if (line.matches("\\d+\\s+\\d+")) {
                String[] both = line.split("\\s+", 2);
                long count = Long.parseLong(both[1]);
                if (count > 0) {
                    into.add(Integer.parseInt(both[0]), count);
                }
            } else if (line.startsWith("# Histogram Overflows:")) {
                long count = Long.parseLong(line.replaceAll("\\D", ""));
                if (count > 0) {
                    into.add(LONGEST_MICROS, count);
                }
            }
        }
    }
}
