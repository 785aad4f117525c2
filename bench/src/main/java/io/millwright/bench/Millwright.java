package io.millwright.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Millwright itself as a child process, with the options it has when a user starts it.
public final class Millwright implements AutoCloseable {

    private static final long END_SECONDS = 10;
    private static final String MAIN = "io.millwright.node.Mw";

    private final Process process;
    private final Thread orphaned;
    private final BufferedReader out;
    private final JsonNode ready;

    private Millwright(Process process) throws IOException {
        this.process = process;
        orphaned = new Thread(process::destroy);
        Runtime.getRuntime().addShutdownHook(orphaned);
        out = process.inputReader();
        var line = out.readLine();
        if (line == null) {
            throw new IOException("Millwright ended instead of starting; why is on standard error");
        }
        ready = JsonMapper.shared().readTree(line);
    }

    /// Starts a command and waits for the line of JSON that says it is there.
    ///
    /// @param arguments the command and its arguments
    public static Millwright start(List<String> arguments) throws IOException {
        var command = new ArrayList<String>();
        command.add(Peer.java());
        command.addAll(options());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN));
        command.addAll(arguments);
        return new Millwright(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /// The same as a user starts it: by the launcher, with what was prepared for a quick start.
    public static Millwright launch(List<String> arguments) throws IOException {
        var command = new ArrayList<>(List.of(launcher().toString()));
        command.addAll(arguments);
        return new Millwright(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /// The launcher, of the sources or of an installation.
    public static Path launcher() {
        var home = Path.of(System.getProperty("mw.home", "."));
        var sources = home.resolve("mw");
        return Files.isExecutable(sources) ? sources : home.resolve("bin/mw");
    }

    /// The options of the Java virtual machine: from the sources, or where Millwright is installed.
    public static List<String> options() throws IOException {
        var home = Path.of(System.getProperty("mw.home", System.getProperty("mw.root", ".")));
        var sources = home.resolve("node/src/main/dist/jvm.options");
        var file = Files.exists(sources) ? sources : home.resolve("conf/jvm.options");
        return Files.readAllLines(file).stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
    }

    /// What it said when it was there.
    public String ready(String member) {
        return ready.path(member).asString();
    }

    /// Sends a line to its standard input.
    ///
    /// @return the line it answers with
    JsonNode ask(String line) throws IOException {
        var in = process.outputWriter();
        in.write(line + "\n");
        in.flush();
        return JsonMapper.shared().readTree(out.readLine());
    }

    /// The process itself.
    public Process process() {
        return process;
    }

    /// Processor time it has taken so far, in nanoseconds.
    long processorNanos() {
        return process.toHandle().info().totalCpuDuration().orElseThrow().toNanos();
    }

    /// A line of `/proc/PID/status` in MB, e.g. `VmHWM`, the most memory that ever was resident.
    public double memoryMegabytes(String line) throws IOException {
        return megabytes(process.pid(), line);
    }

    /// The same of any process.
    public static double megabytes(long pid, String line) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                .filter(l -> l.startsWith(line + ":"))
                .mapToDouble(l -> Double.parseDouble(l.replaceAll("[^0-9]", "")) / 1024)
                .findFirst()
                .orElse(Double.NaN);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            Runtime.getRuntime().removeShutdownHook(orphaned);
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IllegalStateException e) {
            // This process is already going down.
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
