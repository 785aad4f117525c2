package io.millwright.identity.server;

import io.millwright.identity.message.Envelope;
import io.millwright.identity.message.Limits;
import io.millwright.identity.wire.MalformedException;
import io.millwright.identity.wire.WireReader;
import io.millwright.identity.wire.WireWriter;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicBoolean;

/// The protocol over TCP: envelope and message, one after the other. The connection is closed after an answer unless
/// the request asked for it to stay open (RFC 3652, section 2.2.2.3, KC).
final class TcpDoor {

    private final Responder responder;
    private final UdpSources sources;
    private final ServerCounters counters;

    TcpDoor(Responder responder, UdpSources sources, ServerCounters counters) {
        this.responder = responder;
        this.sources = sources;
        this.counters = counters;
    }

    void serve(Connections.Guarded connection) throws IOException {
        sources.seen(connection.socket().getInetAddress());
        var in = new BufferedInputStream(connection.socket().getInputStream(), 1024);
        var out = connection.socket().getOutputStream();
        var keep = new AtomicBoolean();
        var asker = new Asker(
                connection.socket().getInetAddress(),
                reply -> {
                    connection.answerBegan();
                    out.write(reply.whole());
                    keep.set(reply.keepConnection());
                },
                true);
        while (true) {
            int first = in.read();
            if (first < 0) {
                return;
            }
            connection.requestBegan();
            Envelope envelope;
            try {
                envelope = readEnvelope(first, in);
            } catch (MalformedException e) {
                counters.unreadable.increment();
                return; // Where the next message begins is not known any more.
            }
            byte[] message = exactly(in, envelope.messageLength());
            keep.set(false);
            responder.answer(envelope, message, 0, message.length, asker);
            if (!keep.get()) {
                return;
            }
            connection.expectRequest();
        }
    }

    private static Envelope readEnvelope(int first, InputStream in) throws IOException, MalformedException {
        byte[] rest = exactly(in, Envelope.BYTES - 1);
        var bytes = new WireWriter(Envelope.BYTES).u8(first).plain(rest, 0, rest.length);
        return Envelope.read(new WireReader(bytes.toByteArray()));
    }

    /// Room is made for what has arrived, not for what was announced.
    static byte[] exactly(InputStream in, int count) throws IOException {
        byte[] bytes = in.readNBytes(Math.min(count, Limits.MESSAGE_BYTES + Envelope.BYTES));
        if (bytes.length < count) {
            throw new EOFException("the client left in the middle of a message");
        }
        return bytes;
    }
}
