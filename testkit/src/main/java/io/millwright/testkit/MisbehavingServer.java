package io.millwright.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// A TCP server on a free loopback port that does what broken devices do.
public final class MisbehavingServer implements AutoCloseable {

    /// What it does with each connection it accepts.
    public enum Habit {
        /// Accepts and never says a word.
        HANG,
        /// Accepts and closes at once.
        CLOSE,
        /// Answers every packet with random bytes.
        GARBAGE,
        /// Reads one packet, then closes.
        CLOSE_AFTER_REQUEST
    }

    private final ServerSocket socket;
    private final Habit habit;
    private final SplittableRandom random;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();

    /// @param seed of the garbage
    public MisbehavingServer(Habit habit, long seed) {
        try {
            socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.habit = habit;
        random = new SplittableRandom(seed);
        Thread.ofVirtual().name("misbehaving-server").start(this::accept);
    }

    /// A loopback port on which nobody listens: connecting to it is refused.
    public static int refusingPort() {
        try (var s = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return s.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return socket.getLocalPort();
    }

    /// How many connections came in so far.
    public int accepted() {
        return accepted.get();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = socket.accept();
                accepted.incrementAndGet();
                open.add(client);
                Thread.ofVirtual().start(() -> misbehave(client));
            }
        } catch (IOException e) {
            // Closed by the test: the end of this thread.
        }
    }

    private void misbehave(Socket client) {
        try (client) {
            var in = client.getInputStream();
            var buffer = new byte[4096];
            switch (habit) {
                case CLOSE -> {}
                case CLOSE_AFTER_REQUEST -> in.read(buffer);
                case HANG -> in.transferTo(java.io.OutputStream.nullOutputStream());
                case GARBAGE -> {
                    while (in.read(buffer) > 0) {
                        client.getOutputStream().write(garbage());
                    }
                }
            }
        } catch (IOException e) {
            // The client left; a misbehaving server does not mind.
        } finally {
            open.remove(client);
        }
    }

    private synchronized byte[] garbage() {
        var bytes = new byte[1 + random.nextInt(300)];
        random.nextBytes(bytes);
        return bytes;
    }

    @Override
    public void close() {
        try {
            socket.close();
            for (Socket s : open) {
                s.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
