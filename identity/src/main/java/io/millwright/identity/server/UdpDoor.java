package io.millwright.identity.server;

import io.millwright.identity.message.Envelope;
import io.millwright.identity.message.Fragments;
import io.millwright.identity.message.Limits;
import io.millwright.identity.wire.MalformedException;
import io.millwright.identity.wire.WireReader;
import io.millwright.model.Time;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The protocol over UDP. One thread receives, answers resolutions and sends: an answer from memory takes less
/// time than handing the request to another thread. What takes longer gets a thread of its own.
final class UdpDoor {

    private static final Logger LOG = LoggerFactory.getLogger(UdpDoor.class);

    /// Larger than any datagram of the protocol, so that too large ones are seen as such.
    private static final int BUFFER_BYTES = 2048;

    /// How many changes that came by UDP may be under way at once.
    private static final int THREADS_MAX = 512;

    private final DatagramChannel channel;
    private final Responder responder;
    private final ServerCounters counters;
    private final PendingRequests pending;
    private final RecentRequests recent;
    private final Semaphore threads = new Semaphore(THREADS_MAX);
    private final UdpSources sources;
    private final ByteBuffer received = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final ByteBuffer sent = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final byte[] datagram = new byte[BUFFER_BYTES];

    UdpDoor(DatagramChannel channel, Responder responder, UdpSources sources, Time time, ServerCounters counters) {
        this.channel = channel;
        this.responder = responder;
        this.counters = counters;
        pending = new PendingRequests(time);
        recent = new RecentRequests(time);
        this.sources = sources;
    }

    /// Serves until the channel is closed.
    void serve() {
        while (channel.isOpen()) {
            try {
                received.clear();
                var client = channel.receive(received);
                int length = received.flip().remaining();
                received.get(datagram, 0, length);
                answer(client, length);
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                // A client that is gone (ICMP) or cannot be reached; the others are served on.
                LOG.debug("UDP: {}", e.getMessage());
            }
        }
    }

    private void answer(SocketAddress client, int length) throws IOException {
        Envelope envelope;
        try {
            envelope = Envelope.read(new WireReader(datagram, 0, length));
        } catch (MalformedException e) {
            counters.unreadable.increment();
            return;
        }
        if (!envelope.isTruncated()) {
            dispatch(client, envelope, datagram, Envelope.BYTES, length);
            return;
        }
        var whole = pending.add(client, envelope, datagram, length);
        if (whole.isPresent()) {
            dispatch(client, envelope, whole.get(), 0, whole.get().length);
        }
    }

    private void dispatch(SocketAddress client, Envelope envelope, byte[] bytes, int from, int to) throws IOException {
        if (responder.isQuick(envelope, bytes, from, to)) {
            responder.answer(envelope, bytes, from, to, asker(client, reply -> send(client, reply)));
            return;
        }
        byte[] copy = Arrays.copyOfRange(bytes, from, to);
        var key = new RecentRequests.Key(client, envelope.sessionId(), envelope.requestId(), Arrays.hashCode(copy));
        switch (recent.begin(key)) {
            case RecentRequests.Known.InProgress() -> {}
            case RecentRequests.Known.Answered(var reply) -> send(client, reply);
            case RecentRequests.Known.New() -> answerSlowly(client, envelope, copy, key);
        }
    }

    /// On a thread of its own, if not too many are busy: otherwise the datagram is lost, as datagrams may be, and the
    /// client sends it again.
    private void answerSlowly(SocketAddress client, Envelope envelope, byte[] message, RecentRequests.Key key) {
        if (!threads.tryAcquire()) {
            recent.forget(key);
            return;
        }
        Thread.ofVirtual().name("handle-udp-change").start(() -> {
            try {
                var asker = asker(client, reply -> {
                    recent.answered(key, reply);
                    send(client, reply);
                });
                responder.answer(envelope, message, 0, message.length, asker);
            } catch (IOException e) {
                LOG.debug("UDP: {}", e.getMessage());
            } finally {
                threads.release();
            }
        });
    }

    private static Asker asker(SocketAddress client, Asker.Sender sender) {
        return new Asker(((InetSocketAddress) client).getAddress(), sender, false);
    }

    private synchronized void send(SocketAddress client, Reply reply) throws IOException {
        switch (sources.share(((InetSocketAddress) client).getAddress(), reply.message().length)) {
            case WHOLE -> {
                for (int i = 0; i < Fragments.countOf(reply.message().length); i++) {
                    send(client, Fragments.piece(reply.envelope(), reply.message(), i));
                }
            }
            case TRUNCATED -> {
                counters.cutShort.increment();
                send(client, reply.envelope().cutShort());
            }
            case NOTHING -> counters.cutShort.increment();
        }
    }

    private void send(SocketAddress client, byte[] piece) throws IOException {
        sent.clear();
        sent.put(piece);
        channel.send(sent.flip(), client);
    }

    /// The longest request that is put together from datagrams.
    static final int REQUEST_BYTES_MAX = 32 * Limits.FRAGMENT_BYTES;
}
