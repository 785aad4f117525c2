package io.millwright.bench;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// What benchmarks need of the programs they measure against: where they are, where they listen, when they are ready.
public final class Peer {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
    /// Apart from those of a benchmark beside this one.
    private static final int OWN_PORTS_FROM =
            20_000 + (int) (ProcessHandle.current().pid() % 10_000);
    private static final List<String> FOLDERS = List.of("/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin");

    private Peer() {}

    /// The path of an installed program; empty where it is not installed.
    public static String program(String name) {
        return FOLDERS.stream()
                .map(at -> at + "/" + name)
                .filter(path -> Files.isExecutable(Path.of(path)))
                .findFirst()
                .orElse("");
    }

    /// The Java that runs this.
    public static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    public static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /// Free ports that the system does not give to whoever asks for any, by the ranges of Linux (from 32768) and of
    /// the IANA (from 49152): for processes that leave theirs for a while and come back.
    public static int[] ownPorts(int count) throws IOException {
        int[] ports = new int[count];
        int next = OWN_PORTS_FROM;
        for (int i = 0; i < count; i++) {
            while (!isFree(next)) {
                next++;
            }
            ports[i] = next++;
        }
        return ports;
    }

    private static boolean isFree(int port) throws IOException {
        try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return true;
        } catch (BindException _) {
            return false;
        }
    }

    /// Waits until somebody listens on a port of this machine.
    public static void awaitListening(String who, int port) {
        await(who + " listens", () -> {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return socket.isConnected();
            } catch (IOException e) {
                return false;
            }
        });
    }

    /// Waits until something holds.
    ///
    /// @throws IllegalStateException if it does not within a minute
    public static void await(String what, BooleanSupplier condition) {
        long began = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - began > PATIENCE_NANOS) {
                throw new IllegalStateException("not within a minute: " + what);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }
}
