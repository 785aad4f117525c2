package io.millwright.identity.server;

import io.millwright.identity.authentication.Identity;
import io.millwright.identity.authentication.KeyAgreement;
import io.millwright.identity.authentication.MessageSeal;
import io.millwright.identity.authentication.SessionKey;
import io.millwright.identity.message.Body;
import io.millwright.identity.message.Envelope;
import io.millwright.identity.message.Header;
import io.millwright.identity.message.KeyExchange;
import io.millwright.identity.message.Message;
import io.millwright.identity.message.OpCode;
import io.millwright.identity.message.OpFlag;
import io.millwright.identity.message.ProtocolVersion;
import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleValue;
import io.millwright.identity.record.ValueReference;
import io.millwright.identity.wire.Octets;
import io.millwright.identity.wire.WireReader;
import io.millwright.identity.wire.WireWriter;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

/// One TCP connection to a node, on which a test says what it likes.
final class RawClient implements AutoCloseable {

    static final SecureRandom RANDOM = new SecureRandom();
    static final ValueReference NOBODY = new ValueReference(Handle.of(""), -1);
    private static final int WAIT_MILLIS = 10_000;

    private final Socket connection;

    RawClient(InetSocketAddress address) throws IOException {
        connection = new Socket(address.getAddress(), address.getPort());
        connection.setSoTimeout(WAIT_MILLIS);
    }

    record Told(Envelope envelope, Message message) {
        int code() {
            return message.header().responseCode();
        }
    }

    record OpenSession(int id, SessionKey key) {}

    static byte[] request(int opCode, Body body) {
        var header = new Header(opCode, 0, OpFlag.KEEP_CONNECTION, Header.NO_SITE, 0, 0);
        return Message.of(header, body).encode();
    }

    /// Adds a value to the handle of the node's prefix.
    static byte[] addition(int index) {
        var value = HandleValue.published(index, "DESC", "added", 0);
        return request(OpCode.ADD_VALUE, new Body.ValuesRequest(AdministeredNode.OWNER, List.of(value)));
    }

    static byte[] packet(int flags, int sessionId, int requestId, byte[] message) {
        var envelope = new Envelope(
                ProtocolVersion.NEWEST, flags, ProtocolVersion.NEWEST, sessionId, requestId, 0, message.length);
        var out = new WireWriter();
        envelope.write(out);
        return out.plain(message, 0, message.length).toByteArray();
    }

    Told ask(int sessionId, byte[] message) throws Exception {
        return ask(packet(0, sessionId, 77, message));
    }

    /// A new connection each time: a message that cannot be read does not ask for the connection to stay open.
    Told askEncrypted(int sessionId, byte[] message) throws Exception {
        var address = (InetSocketAddress) connection.getRemoteSocketAddress();
        try (var other = new RawClient(address)) {
            return other.ask(packet(Envelope.ENCRYPTED, sessionId, 77, message));
        }
    }

    private Told ask(byte[] packet) throws Exception {
        connection.getOutputStream().write(packet);
        InputStream in = connection.getInputStream();
        var envelope = Envelope.read(new WireReader(in.readNBytes(Envelope.BYTES)));
        byte[] told = in.readNBytes(envelope.messageLength());
        return new Told(envelope, Message.decode(told, 0, told.length));
    }

    static int sessionOf(Told told) {
        return told.envelope().sessionId();
    }

    /// What a client answers to a challenge.
    static byte[] answer(Identity identity, Told told) {
        if (!(told.message().body() instanceof Body.Challenge(Octets nonce))) {
            throw new AssertionError("not a challenge: " + told);
        }
        var digest = told.message().digest().orElseThrow();
        return request(OpCode.CHALLENGE_RESPONSE, identity.answer(nonce, digest, RANDOM));
    }

    /// A session by Diffie-Hellman for a minute.
    OpenSession session() throws Exception {
        var keys = KeyAgreement.diffieHellmanKeys();
        var body = new Body.SessionRequest(
                KeyExchange.DIFFIE_HELLMAN, 60, NOBODY, KeyAgreement.offer(keys), Optional.empty());
        var told = ask(0, request(OpCode.SESSION_SETUP, body));
        if (!(told.message().body() instanceof Body.SessionResponse(int _, Octets data))) {
            throw new AssertionError("no session: " + told);
        }
        return new OpenSession(sessionOf(told), KeyAgreement.finishDiffieHellman(keys, data));
    }

    /// The message with a code by the session's key.
    static byte[] sealed(OpenSession session, int counter, int requestId, byte[] message) throws Exception {
        var envelope = new Envelope(
                ProtocolVersion.NEWEST, 0, ProtocolVersion.NEWEST, session.id(), requestId, 0, message.length);
        int end = Message.endOfBody(message, 0, message.length);
        var credential = MessageSeal.seal(session.key(), counter, envelope, message, end);
        var plain = Message.decode(message, 0, message.length);
        return new Message(plain.header(), plain.digest(), plain.body(), Optional.of(credential)).encode();
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
