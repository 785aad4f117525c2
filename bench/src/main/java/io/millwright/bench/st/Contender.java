package io.millwright.bench.st;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A kernel as one compiler made it: a process that runs as many scans as it is told, and says how long they
/// took.
final class Contender implements AutoCloseable {

    private static final double NANOS_IN_MICRO = 1e3;

    private final String name;
    private final Process process;
    private final Writer to;
    private final BufferedReader from;
    private final List<Double> micros = new ArrayList<>();
    private String sum = "";

    /// @param name of the compiler
    /// @param folder where it runs
    Contender(String name, List<String> command, Path folder) throws IOException {
        this.name = name;
        this.process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        this.to = process.outputWriter();
        this.from = process.inputReader();
    }

    String name() {
        return name;
    }

    /// Runs scans.
    ///
    /// @param counts whether the time is one of a round, not of warming up
    void run(int scans, boolean counts) throws IOException {
        to.write(scans + "\n");
        to.flush();
        String line = from.readLine();
        if (line == null) {
            throw new IOException(name + " ended instead of running scans");
        }
        String[] told = line.split(" ", 2);
        sum = told[1];
        if (counts) {
            micros.add(Long.parseLong(told[0]) / NANOS_IN_MICRO / scans);
        }
    }

    /// What it made of all scans so far.
    String sum() {
        return sum;
    }

    /// Processor time of one scan in microseconds, the median of the rounds.
    double scanMicros() {
        return micros.stream().sorted().toList().get(micros.size() / 2);
    }

    @Override
    public void close() {
        process.destroy();
    }
}
