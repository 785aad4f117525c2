package io.millwright.identity.server;

import io.millwright.identity.message.Envelope;
import io.millwright.identity.message.Fragments;
import io.millwright.identity.message.Limits;
import io.millwright.identity.udp.UdpPort;
import io.millwright.identity.wire.MalformedException;
import io.millwright.identity.wire.WireReader;
import io.millwright.model.Time;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The protocol over UDP. One thread receives, answers resolutions and sends: an answer from memory takes less
/// time than handing the request to another thread. What takes longer gets a thread of its own.
final class UdpDoor {

    private static final Logger LOG = LoggerFactory.getLogger(UdpDoor.class);

    private static final byte[] NOTHING = {};

    /// How many changes that came by UDP may be under way at once.
    private static final int THREADS_MAX = 512;

    private final UdpPort port;
    private final Responder responder;
    private final Optional<Shortcut> shortcut;
    private final ServerCounters counters;
    private final PendingRequests pending;
    private final RecentRequests recent;
    private final Semaphore threads = new Semaphore(THREADS_MAX);
    private final UdpSources sources;
    private final byte[] datagram = new byte[UdpPort.DATAGRAM_BYTES];

    /// @param shortcut the quick way to usual answers; empty if there is none
    UdpDoor(
            UdpPort port,
            Responder responder,
            Optional<Shortcut> shortcut,
            UdpSources sources,
            Time time,
            ServerCounters counters) {
        this.shortcut = shortcut;
        this.port = port;
        this.responder = responder;
        this.counters = counters;
        pending = new PendingRequests(time);
        recent = new RecentRequests(time);
        this.sources = sources;
    }

    /// Serves until the port is closed.
    void serve() {
        while (port.isOpen()) {
            try {
                int count = port.receive();
                for (int i = 0; i < count; i++) {
                    answerOne(i);
                }
                port.flush();
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                LOG.debug("UDP: {}", e.getMessage());
            }
        }
    }

    private void answerOne(int position) {
        try {
            answer(position, port.read(position, datagram));
        } catch (IOException e) {
            // A client that is gone (ICMP) or cannot be reached; the others are served on.
            LOG.debug("UDP: {}", e.getMessage());
        }
    }

    private void answer(int position, int length) throws IOException {
        byte[] quick = quick(length);
        if (quick.length > 0) {
            answer(position, quick);
            return;
        }
        Envelope envelope;
        try {
            envelope = Envelope.read(new WireReader(datagram, 0, length));
        } catch (MalformedException e) {
            counters.unreadable.increment();
            return;
        }
        if (!envelope.isTruncated()) {
            dispatch(position, envelope, datagram, Envelope.BYTES, length);
            return;
        }
        var whole = pending.add(port.sender(position), envelope, datagram, length);
        if (whole.isPresent()) {
            dispatch(position, envelope, whole.get(), 0, whole.get().length);
        }
    }

    private void answer(int position, byte[] quick) throws IOException {
        int messageBytes = quick.length - Envelope.BYTES;
        switch (sources.share(port.sender(position).getAddress(), messageBytes)) {
            case WHOLE -> port.answer(position, quick, quick.length);
            case TRUNCATED -> {
                counters.cutShort.increment();
                byte[] cut = envelopeOf(quick).cutShort();
                port.answer(position, cut, cut.length);
            }
            case NOTHING -> counters.cutShort.increment();
        }
    }

    private static Envelope envelopeOf(byte[] own) {
        try {
            return Envelope.read(new WireReader(own, 0, own.length));
        } catch (MalformedException e) {
            throw new IllegalStateException("an answer of our own cannot be read", e);
        }
    }

    private byte[] quick(int length) {
        try {
            return shortcut.isPresent() ? shortcut.get().answer(datagram, length) : NOTHING;
        } catch (RuntimeException e) {
            LOG.debug("A request is answered the usual way: {}", e.getMessage());
            return NOTHING;
        }
    }

    private void dispatch(int position, Envelope envelope, byte[] bytes, int from, int to) throws IOException {
        var client = port.sender(position);
        if (responder.isQuick(envelope, bytes, from, to)) {
            responder.answer(envelope, bytes, from, to, asker(client, reply -> answer(position, reply)));
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
    private void answerSlowly(InetSocketAddress client, Envelope envelope, byte[] message, RecentRequests.Key key) {
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

    private static Asker asker(InetSocketAddress client, Asker.Sender sender) {
        return new Asker(client.getAddress(), sender, false);
    }

    private void answer(int position, Reply reply) throws IOException {
        for (var piece : pieces(port.sender(position), reply)) {
            port.answer(position, piece, piece.length);
        }
    }

    private void send(InetSocketAddress client, Reply reply) throws IOException {
        for (var piece : pieces(client, reply)) {
            port.send(client, piece, piece.length);
        }
    }

    private List<byte[]> pieces(InetSocketAddress client, Reply reply) {
        return switch (sources.share(client.getAddress(), reply.message().length)) {
            case WHOLE -> Fragments.cut(reply.envelope(), reply.message());
            case TRUNCATED -> {
                counters.cutShort.increment();
                yield List.of(reply.envelope().cutShort());
            }
            case NOTHING -> {
                counters.cutShort.increment();
                yield List.of();
            }
        };
    }

    /// The longest request that is put together from datagrams.
    static final int REQUEST_BYTES_MAX = 32 * Limits.FRAGMENT_BYTES;
}
