package io.millwright.identity.client;

import io.millwright.identity.message.Envelope;
import io.millwright.identity.message.Header;
import io.millwright.identity.message.Message;
import io.millwright.identity.wire.MalformedException;
import java.io.IOException;
import java.util.Optional;

/// Passes a request on as it is, octet for octet, and the answer back: what was signed on one side stays signed on the
/// other. For servers that ask others on behalf of their clients.
///
/// @param settings how patient to be
public record Relay(ClientSettings settings) {

    /// What came of passing a request on.
    public sealed interface Relayed {

        /// @param envelope of the answer
        /// @param header of the answer
        /// @param message the answer: header, body, credential
        @SuppressWarnings("ArrayRecordComponent") // never compared; passed on, not kept
        record Answered(Envelope envelope, Header header, byte[] message) implements Relayed {}

        /// @param reason why there is none, in words
        record Failed(String reason) implements Relayed {}
    }

    /// Blocks until there is an answer or none will come.
    ///
    /// @param envelope of the request
    /// @param message the request: header, body, credential
    public Relayed send(Endpoint to, Envelope envelope, byte[] message) {
        var request = new Packet(whole(envelope, message.length), message);
        var taken = new Taken(request);
        try {
            switch (to.protocol()) {
                case UDP -> byUdp(to, request, taken);
                case TCP -> new TcpTransport(settings).exchange(to.address(), request, taken);
                case HTTP -> byHttp(to, request, taken);
            }
            var answer = taken.answer.orElseThrow(() -> new IOException("no answer"));
            var header = Message.decodeHeader(answer.message(), 0, answer.message().length);
            return header.isResponse()
                    ? new Relayed.Answered(answer.envelope(), header, answer.message())
                    : new Relayed.Failed(to + ": the answer is itself a request");
        } catch (IOException | MalformedException e) {
            return new Relayed.Failed(to + ": " + (e.getMessage() == null ? e.toString() : e.getMessage()));
        }
    }

    /// Fragments of the request were put together.
    private static Envelope whole(Envelope e, int length) {
        int flags = e.flags() & ~Envelope.TRUNCATED;
        return new Envelope(e.version(), flags, e.suggested(), e.sessionId(), e.requestId(), 0, length);
    }

    private void byUdp(Endpoint to, Packet request, Taken taken) throws IOException, MalformedException {
        try {
            new UdpTransport(settings).exchange(to.address(), request, taken);
        } catch (UdpTransport.TruncatedException e) {
            new TcpTransport(settings).exchange(to.address(), request, taken);
        }
    }

    private void byHttp(Endpoint to, Packet request, Taken taken) throws IOException, MalformedException {
        var transport = HttpTransport.of(settings);
        try (var _ = transport.http()) {
            transport.exchange(to.address(), request, taken);
        }
    }

    private static final class Taken implements Transport.Taker {

        private final Packet request;
        private Optional<Packet> answer = Optional.empty();

        Taken(Packet request) {
            this.request = request;
        }

        @Override
        public boolean take(Packet packet) throws MalformedException {
            if (packet.envelope().requestId() != request.envelope().requestId()) {
                throw new MalformedException("the answer bears another request's id");
            }
            var e = packet.envelope();
            int flags = e.flags() & ~Envelope.TRUNCATED;
            int length = packet.message().length;
            var joined = new Envelope(e.version(), flags, e.suggested(), e.sessionId(), e.requestId(), 0, length);
            answer = Optional.of(new Packet(joined, packet.message()));
            return false;
        }
    }
}
