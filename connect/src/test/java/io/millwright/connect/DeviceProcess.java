package io.millwright.connect;

import io.millwright.testkit.Await;
import io.millwright.testkit.MisbehavingServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A device as a process of its own on a loopback port, to be killed, frozen and started again.
public final class DeviceProcess implements AutoCloseable {

    private final int port = MisbehavingServer.refusingPort();
    private final List<String> command;
    private Process process;

    private DeviceProcess(List<String> command) throws Exception {
        this.command = new ArrayList<>(command);
        this.command.add(Integer.toString(port));
        process = launch();
    }

    /// A Java program of the tests' class path whose last argument is the port.
    public static DeviceProcess java(Class<?> main, String... arguments) throws Exception {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        return new DeviceProcess(command);
    }

    /// Any program whose last argument is the port.
    public static DeviceProcess program(String... command) throws Exception {
        return new DeviceProcess(List.of(command));
    }

    private Process launch() throws Exception {
        Process started = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        Await.until(command + " listens", () -> {
            if (!started.isAlive()) {
                throw new AssertionError(command + " ended with " + started.exitValue());
            }
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return socket.isConnected();
            } catch (IOException e) {
                return false;
            }
        });
        return started;
    }

    public int port() {
        return port;
    }

    /// SIGKILL: the kernel closes its connections.
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /// Starts it again on the same port.
    public void restart() throws Exception {
        process = launch();
    }

    /// SIGSTOP: its connections stay open and nobody answers.
    public void freeze() throws Exception {
        signal("-STOP");
    }

    /// SIGCONT.
    public void thaw() throws Exception {
        signal("-CONT");
    }

    private void signal(String name) throws Exception {
        int status = new ProcessBuilder("kill", name, Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
        if (status != 0) {
            throw new AssertionError("kill " + name + " failed");
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
