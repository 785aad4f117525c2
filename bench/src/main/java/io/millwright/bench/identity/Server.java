package io.millwright.bench.identity;

import io.millwright.bench.Millwright;
import io.millwright.bench.Peer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A server in a process of its own.
final class Server implements AutoCloseable {

    private static final long END_SECONDS = 20;

    private final Process process;
    private final Thread orphaned;

    private Server(Process process) {
        this.process = process;
        orphaned = new Thread(() -> end(process));
        Runtime.getRuntime().addShutdownHook(orphaned);
    }

    static Server start(List<String> command, Path log) throws IOException {
        return new Server(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start());
    }

    /// Starts a class of ours, with the options Millwright has, and waits for the line it prints.
    static Started java(Class<?> main, List<String> arguments) throws IOException {
        var command = new ArrayList<String>();
        command.add(Peer.java());
        command.addAll(Millwright.options());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var line = process.inputReader().readLine();
        if (line == null) {
            throw new IOException(main.getSimpleName() + " ended instead of starting");
        }
        return new Started(new Server(process), line);
    }

    /// @param line what it said when it was there
    record Started(Server server, String line) {}

    static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    Process process() {
        return process;
    }

    private static void end(Process process) {
        var others = process.descendants().toList();
        process.destroy();
        others.forEach(ProcessHandle::destroy);
    }

    @Override
    public void close() {
        end(process);
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
