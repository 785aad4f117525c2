package io.millwright.identity.server;

import io.millwright.identity.authentication.SessionKey;
import io.millwright.identity.message.Envelope;
import io.millwright.identity.message.Header;
import io.millwright.identity.message.Message;
import io.millwright.identity.message.OpFlag;
import io.millwright.identity.message.ProtocolVersion;
import io.millwright.identity.message.RequestDigest;
import io.millwright.identity.wire.MalformedException;
import java.util.Optional;

/// A message as it came, decrypted, as far as it could be read.
///
/// @param envelope before it
/// @param header its header; all zeros if it could not be read
/// @param bytes hold the message
/// @param from where the header begins
/// @param to the end of the message
/// @param session it came in
/// @param key of the session when it came
/// @param asker who sent it
@SuppressWarnings("ArrayRecordComponent") // never compared; read, not kept
record Request(
        Envelope envelope,
        Header header,
        byte[] bytes,
        int from,
        int to,
        Optional<Session> session,
        Optional<SessionKey> key,
        Asker asker) {

    private static final Header UNREADABLE = new Header(0, 0, 0, Header.NO_SITE, 0, 0);

    static Request unread(Envelope envelope, byte[] bytes, int from, int to, Asker asker) {
        return new Request(envelope, UNREADABLE, bytes, from, to, Optional.empty(), Optional.empty(), asker);
    }

    /// Whether it came encrypted by the key of its session.
    boolean isHidden() {
        return envelope.isEncrypted() && key.isPresent();
    }

    Request withHeader() throws MalformedException {
        var read = Message.decodeHeader(bytes, from, to);
        return new Request(envelope, read, bytes, from, to, session, key, asker);
    }

    Request in(Session found) {
        return new Request(envelope, header, bytes, from, to, Optional.of(found), found.key(), asker);
    }

    /// The message that was hidden in this one.
    Request decrypted(byte[] message) {
        return new Request(envelope, header, message, 0, message.length, session, key, asker);
    }

    /// The version the client would rather speak, as far as this node speaks it.
    ProtocolVersion answerVersion() {
        var wanted = envelope.suggested().major() == 0 ? envelope.version() : envelope.suggested();
        boolean spoken = wanted.major() == ProtocolVersion.NEWEST.major();
        return spoken && wanted.compareTo(ProtocolVersion.NEWEST) <= 0 ? wanted : ProtocolVersion.NEWEST;
    }

    /// The digest of header and body, in the algorithm the client understands.
    RequestDigest digest() throws MalformedException {
        int end = Message.endOfBody(bytes, from, to);
        return RequestDigest.of(RequestDigest.algorithmFor(answerVersion()), bytes, from, end);
    }

    /// The digest, if the client asked for it and the body has an end.
    Optional<RequestDigest> wantedDigest() {
        if (!header.has(OpFlag.REQUEST_DIGEST)) {
            return Optional.empty();
        }
        try {
            return Optional.of(digest());
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }
}
