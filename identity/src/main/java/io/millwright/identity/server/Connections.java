package io.millwright.identity.server;

import io.millwright.model.Time;
import java.io.Closeable;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// The open TCP and HTTP connections: no more than allowed, nor of one host, each with a deadline. A watcher closes
/// those that pass
/// theirs, so that neither a client that sends an octet a minute nor one that never takes its answer holds a place.
final class Connections implements Closeable {

    private static final long SWEEP_MILLIS = 50;
    private static final long RETRY_NANOS = 10_000_000;

    /// A host may hold one place in so many.
    private static final int HOST_SHARE = 4;

    private final Semaphore places;
    private final HostPlaces hosts;
    private final Set<Guarded> open = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ServerSettings settings;
    private final Time time;
    private final ServerCounters counters;

    /// Serves one connection until its end.
    interface Service {
        void serve(Guarded connection) throws IOException;
    }

    Connections(ServerSettings settings, Time time, ServerCounters counters) {
        this.settings = settings;
        this.time = time;
        this.counters = counters;
        places = new Semaphore(settings.connectionsMax());
        hosts = new HostPlaces(Math.max(1, settings.connectionsMax() / HOST_SHARE));
        Thread.ofVirtual().name("handle-connections").start(this::watch);
    }

    /// Accepts connections until the server socket is closed; each is served on a virtual thread.
    void accept(ServerSocket server, String name, Service service) {
        Thread.ofVirtual().name(name).start(() -> {
            while (!server.isClosed()) {
                try {
                    admit(server.accept(), name, service);
                } catch (IOException e) {
                    // Closed: the loop ends. Out of file descriptors: others may be closed in a moment.
                    LockSupport.parkNanos(RETRY_NANOS);
                }
            }
        });
    }

    private void admit(Socket socket, String name, Service service) throws IOException {
        var host = socket.getInetAddress();
        if (!places.tryAcquire()) {
            refuse(socket);
            return;
        }
        if (!hosts.take(host)) {
            places.release();
            refuse(socket);
            return;
        }
        var connection = new Guarded(socket);
        open.add(connection);
        if (closed.getCount() == 0) {
            socket.close(); // It came while the node was closing.
        }
        Thread.ofVirtual().name(name).start(() -> {
            try (socket) {
                socket.setTcpNoDelay(true);
                service.serve(connection);
            } catch (IOException e) {
                // The client left, or the watcher closed the connection: nothing is left to be done for it.
            } finally {
                open.remove(connection);
                hosts.leave(host);
                places.release();
            }
        });
    }

    private void refuse(Socket socket) throws IOException {
        counters.refusedConnections.increment();
        socket.close();
    }

    int count() {
        return open.size();
    }

    private void watch() {
        try {
            while (!closed.await(SWEEP_MILLIS, TimeUnit.MILLISECONDS)) {
                long now = time.monotonicNanos();
                open.removeIf(connection -> connection.endedBy(now));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        for (var connection : open) {
            connection.socket.close();
        }
    }

    /// A connection and the moment at which it will be closed.
    final class Guarded {

        private final Socket socket;
        private volatile long deadlineNanos;

        private Guarded(Socket socket) {
            this.socket = socket;
            requestBegan(); // Who connects has something to ask.
        }

        /// Closes the connection if its deadline has passed.
        private boolean endedBy(long now) {
            if (deadlineNanos - now >= 0) {
                return false;
            }
            counters.timedOut.increment();
            try {
                socket.close();
            } catch (IOException e) {
                // It is gone either way.
            }
            return true;
        }

        Socket socket() {
            return socket;
        }

        /// Between requests.
        void expectRequest() {
            allow(settings.idleTimeout());
        }

        /// A request has begun; it and its answer have to be done in time.
        void requestBegan() {
            allow(settings.requestTimeout());
        }

        /// A message of the answer is on its way; each has the same time again.
        void answerBegan() {
            allow(settings.requestTimeout());
        }

        private void allow(Duration duration) {
            deadlineNanos = time.monotonicNanos() + duration.toNanos();
        }
    }
}
