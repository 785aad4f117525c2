package io.millwright.identity.client;

import io.millwright.identity.authentication.Identity;
import io.millwright.identity.authentication.MessageSeal;
import io.millwright.identity.message.Body;
import io.millwright.identity.message.Envelope;
import io.millwright.identity.message.Header;
import io.millwright.identity.message.Message;
import io.millwright.identity.message.OpCode;
import io.millwright.identity.message.OpFlag;
import io.millwright.identity.message.ProtocolVersion;
import io.millwright.identity.message.RequestDigest;
import io.millwright.identity.message.ResponseCode;
import io.millwright.identity.wire.MalformedException;
import io.millwright.model.Time;
import java.io.IOException;
import java.net.ConnectException;
import java.security.SecureRandom;
import java.util.Optional;

/// Sends requests to one server and checks what comes back: that it is an answer to the request, by whom it
/// should be; and answers challenges (RFC 3652, sections 2.2 and 3.5).
final class Caller {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int REQUEST_VALID_SECONDS = 12 * 3600;
    private static final int MESSAGES_MAX = 100_000;

    private final Endpoint endpoint;
    private final ClientSettings settings;
    private final Time time;
    private final Transport transport;
    private final SecureRandom random = new SecureRandom();

    Caller(Endpoint endpoint, ClientSettings settings, Time time, Transport transport) {
        this.endpoint = endpoint;
        this.settings = settings;
        this.time = time;
        this.transport = transport;
    }

    /// @param packet as it is sent
    /// @param plain header and body and credential, not encrypted
    /// @param opCode the operation that the answer has to be about
    /// @param counter of the message in its session; 0 outside one
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Sent(Packet packet, byte[] plain, int opCode, int counter, Call call) {
        RequestDigest digest(int algorithm) throws MalformedException {
            return RequestDigest.of(algorithm, plain, 0, Message.endOfBody(plain, 0, plain.length));
        }
    }

    /// An answer and the session id its envelope bears.
    private record Received(Message message, int sessionId) {}

    Exchange call(Call call) {
        return call(call, call.session().map(ClientSession::id).orElse(0));
    }

    /// @param sessionId of a session that has no key yet, or of the call's
    Exchange call(Call call, int sessionId) {
        var asked = new Endpoint[] {endpoint};
        try {
            var sent = pack(call, call.opCode(), sessionId);
            var received = send(sent, asked);
            if (received.message().body() instanceof Body.Challenge challenge
                    && call.identity().isPresent()) {
                var answer = answer(sent, received, challenge, call.identity().get());
                var second = call.answering(OpCode.CHALLENGE_RESPONSE, answer);
                received = send(pack(second, call.opCode(), received.sessionId()), asked);
            }
            return new Exchange.Answered(received.message(), asked[0], received.sessionId());
        } catch (ConnectException e) {
            return new Exchange.Failed(asked[0], "nobody listens there");
        } catch (IOException e) {
            return new Exchange.Failed(asked[0], e.getMessage() == null ? e.toString() : e.getMessage());
        } catch (MalformedException e) {
            return new Exchange.Garbled(asked[0], e.getMessage());
        }
    }

    /// A client signs the digest of its own request and no other: otherwise a server in between could have another
    /// one signed.
    private Body.ChallengeAnswer answer(Sent sent, Received received, Body.Challenge challenge, Identity identity)
            throws MalformedException {
        var digest = received.message()
                .digest()
                .orElseThrow(() -> new MalformedException("a challenge without the digest of the request"));
        if (!digest.equals(sent.digest(digest.algorithm()))) {
            throw new MalformedException("the challenge is about another request");
        }
        return identity.answer(challenge.nonce(), digest, random);
    }

    private Sent pack(Call call, int opCode, int sessionId) throws MalformedException {
        var session = call.session();
        int flags = call.flags() | transport.flags();
        if (settings.requestDigest()) {
            flags |= OpFlag.REQUEST_DIGEST;
        }
        if (session.isPresent() || call.serverKey().isPresent()) {
            flags |= OpFlag.CERTIFIED;
        }
        int expiration = (int) (time.epochNanos() / NANOS_PER_SECOND + REQUEST_VALID_SECONDS);
        var header = new Header(call.opCode(), 0, flags, Header.NO_SITE, settings.recursionCount(), expiration);
        byte[] message = Message.of(header, call.body()).encode();
        // Not to be guessed: a forged answer has to bear it. Positive: some servers take no other.
        int requestId = random.nextInt(1, Integer.MAX_VALUE);
        if (session.isEmpty()) {
            var envelope = envelope(ProtocolVersion.COMPATIBLE, 0, sessionId, requestId, message.length);
            return new Sent(new Packet(envelope, message), message, opCode, 0, call);
        }
        var key = session.get().key();
        var envelope = envelope(ProtocolVersion.NEWEST, 0, sessionId, requestId, message.length);
        int end = message.length - Message.NO_CREDENTIAL_BYTES;
        int counter = session.get().begin();
        var credential = MessageSeal.seal(key, counter, envelope, message, end);
        byte[] sealed = new Message(header, Optional.empty(), call.body(), Optional.of(credential)).encode();
        byte[] hidden = key.encrypt(sealed, random);
        var hiding = envelope(ProtocolVersion.NEWEST, Envelope.ENCRYPTED, sessionId, requestId, hidden.length);
        return new Sent(new Packet(hiding, hidden), sealed, opCode, counter, call);
    }

    private static Envelope envelope(ProtocolVersion version, int flags, int session, int request, int length) {
        return new Envelope(version, flags, ProtocolVersion.NEWEST, session, request, 0, length);
    }

    private Received send(Sent sent, Endpoint[] asked) throws IOException, MalformedException {
        var collector = new Collector(sent);
        try {
            transport.exchange(endpoint.address(), sent.packet(), collector);
        } catch (UdpTransport.TruncatedException e) {
            asked[0] = Endpoint.tcp(endpoint.address());
            new TcpTransport(settings).exchange(endpoint.address(), sent.packet(), collector);
        } finally {
            sent.call().session().ifPresent(session -> session.end(sent.counter()));
        }
        return collector.last.orElseThrow(() -> new IOException("no answer"));
    }

    /// Takes the messages of an answer.
    private static final class Collector implements Transport.Taker {

        private final Sent sent;
        private Optional<Received> last = Optional.empty();
        private int count;

        Collector(Sent sent) {
            this.sent = sent;
        }

        @Override
        public boolean take(Packet packet) throws MalformedException {
            var message = checked(sent, packet);
            last = Optional.of(new Received(message, packet.envelope().sessionId()));
            boolean more = message.header().has(OpFlag.CONTINUOUS);
            if (more) {
                sent.call().each().accept(message);
                if (++count > MESSAGES_MAX) {
                    throw new MalformedException("the answer has no end");
                }
            }
            return more;
        }
    }

    private static Message checked(Sent sent, Packet answer) throws MalformedException {
        var envelope = answer.envelope();
        if (envelope.requestId() != sent.packet().envelope().requestId()) {
            throw new MalformedException("the answer bears another request's id");
        }
        var session = sent.call().session();
        if (envelope.isCompressed() || envelope.isEncrypted() && session.isEmpty()) {
            throw new MalformedException("the answer is encrypted or compressed; neither was asked for");
        }
        byte[] bytes = envelope.isEncrypted()
                ? session.orElseThrow().key().decrypt(answer.message(), 0, answer.message().length)
                : answer.message();
        var message = Message.decode(bytes, 0, bytes.length);
        if (!message.header().isResponse()) {
            throw new MalformedException("the answer is itself a request");
        }
        checkOrigin(sent, envelope, message, bytes);
        // A server that could not read the request cannot repeat its operation either.
        int about = message.header().opCode();
        boolean unread = message.header().responseCode() == ResponseCode.PROTOCOL_ERROR
                || about == 0 && message.body() instanceof Body.ErrorResponse;
        if (about != sent.opCode() && about != sent.call().opCode() && !unread) {
            throw new MalformedException("the answer is to operation " + about);
        }
        boolean wanted = (sent.call().flags() & OpFlag.REQUEST_DIGEST) != 0
                || Message.decodeHeader(sent.plain(), 0, sent.plain().length).has(OpFlag.REQUEST_DIGEST);
        if (wanted && !unread && !provesRequest(sent, message)) {
            throw new MalformedException("the answer's digest is not that of the request");
        }
        return message;
    }

    /// What was asked for in a session, or to be signed, is not done before the right one says so. A refusal
    /// may come without: a server that has lost the session cannot sign for it.
    private static void checkOrigin(Sent sent, Envelope envelope, Message message, byte[] bytes)
            throws MalformedException {
        boolean refusal = message.body() instanceof Body.ErrorResponse;
        var session = sent.call().session();
        var serverKey = sent.call().serverKey();
        if (refusal || session.isEmpty() && serverKey.isEmpty()) {
            return;
        }
        int end = Message.endOfBody(bytes, 0, bytes.length);
        var credential = message.credential()
                .orElseThrow(() -> new MalformedException("the answer is not signed, as was asked for"));
        boolean genuine = session.isPresent()
                ? MessageSeal.isSealed(session.get().key(), credential, envelope, bytes, 0, end)
                        && session.get().take(MessageSeal.counterOf(credential))
                : MessageSeal.isSigned(serverKey.orElseThrow(), credential, envelope, bytes, 0, end);
        if (!genuine) {
            throw new MalformedException("the answer is not signed by whom it should be");
        }
    }

    private static boolean provesRequest(Sent sent, Message answer) throws MalformedException {
        return answer.digest().isPresent()
                && answer.digest()
                        .get()
                        .equals(sent.digest(answer.digest().get().algorithm()));
    }
}
