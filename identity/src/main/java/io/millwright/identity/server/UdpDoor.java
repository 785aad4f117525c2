package io.millwright.identity.server;

import io.millwright.identity.message.Envelope;
import io.millwright.identity.message.Fragments;
import io.millwright.identity.message.Limits;
import io.millwright.identity.wire.MalformedException;
import io.millwright.identity.wire.WireReader;
import io.millwright.model.Time;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The protocol over UDP. One thread receives, answers and sends: an answer from memory takes less time than handing
/// the request to another thread.
final class UdpDoor {

    private static final Logger LOG = LoggerFactory.getLogger(UdpDoor.class);

    /// Larger than any datagram of the protocol, so that too large ones are seen as such.
    private static final int BUFFER_BYTES = 2048;

    private final DatagramChannel channel;
    private final Responder responder;
    private final ServerCounters counters;
    private final PendingRequests pending;
    private final int answerBytesMax;
    private final ByteBuffer received = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final ByteBuffer sent = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final byte[] datagram = new byte[BUFFER_BYTES];

    UdpDoor(DatagramChannel channel, Responder responder, ServerSettings settings, Time time, ServerCounters counters) {
        this.channel = channel;
        this.responder = responder;
        this.counters = counters;
        pending = new PendingRequests(time);
        answerBytesMax = settings.udpAnswerBytesMax();
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
        Optional<Reply> reply;
        if (!envelope.isTruncated()) {
            reply = responder.answer(envelope, datagram, Envelope.BYTES, length);
        } else {
            reply = pending.add(client, envelope, datagram, length)
                    .flatMap(whole -> responder.answer(envelope, whole, 0, whole.length));
        }
        if (reply.isPresent()) {
            send(client, reply.get());
        }
    }

    private void send(SocketAddress client, Reply reply) throws IOException {
        int fragments = reply.message().length > answerBytesMax ? 1 : Fragments.countOf(reply.message().length);
        for (int i = 0; i < fragments; i++) {
            sent.clear();
            sent.put(Fragments.piece(reply.envelope(), reply.message(), i));
            channel.send(sent.flip(), client);
        }
    }

    /// The longest request that is put together from datagrams.
    static final int REQUEST_BYTES_MAX = 32 * Limits.FRAGMENT_BYTES;
}
