package io.millwright.bench.plc;

import io.millwright.bench.Millwright;
import io.millwright.bench.Peer;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A process that does what it is told, a line at a time, and answers with figures: `name=number …`.
final class Child implements AutoCloseable {
    private final Process process;
    private final Writer to;
    private final BufferedReader from;

    /// An answer.
    record Told(Map<String, Double> figures) {
        /// @throws IllegalStateException if it was not told
        double get(String name) {
            Double figure = figures.get(name);
            if (figure == null) {
                throw new IllegalStateException(name + " was not told, only " + figures.keySet());
            }
            return figure;
        }

        /// Counts by microseconds, which are told as `name12=34`.
        void counts(String name, Lateness into) {
            figures.forEach((key, value) -> {
                String number = key.startsWith(name) ? key.substring(name.length()) : "";
                if (!number.isEmpty() && Character.isDigit(number.charAt(0))) {
                    into.add(Integer.parseInt(number), value.longValue());
                }
            });
        }
    }

    /// @param extra options of the Java virtual machine behind those that Millwright has
    Child(Class<?> main, List<String> extra, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Peer.java());
        command.addAll(Millwright.options());
        command.addAll(extra);
        command.addAll(List.of("-cp", classPath(), main.getName()));
        command.addAll(arguments);
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        to = process.outputWriter();
        from = process.inputReader();
    }

    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(p -> Path.of(p).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /// @throws IOException if it ends instead of answering
    Told ask(String line) throws IOException {
        to.write(line + "\n");
        to.flush();
        String answer = from.readLine();
        if (answer == null) {
            throw new IOException("the process that was to " + line + " ended; why is on standard error");
        }
        return new Told(Arrays.stream(answer.strip().split(" ", -1))
                .filter(f -> f.contains("="))
                .map(f -> f.split("=", 2))
                .collect(Collectors.toMap(f -> f[0], f -> Double.parseDouble(f[1]))));
    }

    double residentMegabytes() throws IOException {
        return Millwright.megabytes(process.pid(), "VmRSS");
    }

    @Override
    public void close() {
        process.destroy();
    }
}
