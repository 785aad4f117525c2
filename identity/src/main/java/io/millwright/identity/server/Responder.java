package io.millwright.identity.server;

import io.millwright.identity.message.Body;
import io.millwright.identity.message.Envelope;
import io.millwright.identity.message.Header;
import io.millwright.identity.message.Limits;
import io.millwright.identity.message.Message;
import io.millwright.identity.message.OpCode;
import io.millwright.identity.message.OpFlag;
import io.millwright.identity.message.ProtocolVersion;
import io.millwright.identity.message.RequestDigest;
import io.millwright.identity.message.ResponseCode;
import io.millwright.identity.record.Site;
import io.millwright.identity.registry.Registry;
import io.millwright.identity.wire.MalformedException;
import io.millwright.model.Time;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is answered to a message: a function of the message, the registry and the time.
///
/// A message that cannot be read is answered with PROTOCOL_ERROR and the reason; one that is itself a response is not
/// answered at all, so that two servers never talk to each other for ever.
final class Responder {

    private static final Logger LOG = LoggerFactory.getLogger(Responder.class);
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int RESPONSE_VALID_SECONDS = 12 * 3600;
    private static final int REPEATED_FLAGS = OpFlag.RECURSIVE
            | OpFlag.PUBLIC_ONLY
            | OpFlag.DO_NOT_REFER
            | OpFlag.KEEP_CONNECTION
            | OpFlag.REQUEST_DIGEST;
    private static final Header UNREADABLE = new Header(0, 0, 0, Header.NO_SITE, 0, 0);

    private final Registry registry;
    private final Site site;
    private final Time time;
    private final ServerCounters counters;

    Responder(Registry registry, Site site, Time time, ServerCounters counters) {
        this.registry = registry;
        this.site = site;
        this.time = time;
        this.counters = counters;
    }

    /// @param bytes hold the message without its envelope
    /// @return nothing if the message is a response
    Optional<Reply> answer(Envelope envelope, byte[] bytes, int from, int to) {
        counters.requests.increment();
        Header header = UNREADABLE;
        Outcome outcome;
        try {
            if (!envelope.isEncrypted() && !envelope.isCompressed()) {
                header = Message.decodeHeader(bytes, from, to);
                if (header.isResponse()) {
                    return Optional.empty();
                }
            }
            outcome = outcomeOf(envelope, header, bytes, from, to);
        } catch (MalformedException e) {
            outcome = Outcome.error(ResponseCode.PROTOCOL_ERROR, e.getMessage());
        } catch (RuntimeException e) {
            // A registry that fails must not end the thread that serves all clients.
            LOG.error("A request could not be answered", e);
            outcome = Outcome.error(ResponseCode.ERROR, "the node failed to answer; its log says why");
        }
        return Optional.of(reply(envelope, header, outcome, bytes, from, to));
    }

    private Outcome outcomeOf(Envelope envelope, Header header, byte[] bytes, int from, int to)
            throws MalformedException {
        if (envelope.version().major() != ProtocolVersion.NEWEST.major()) {
            return Outcome.error(
                    ResponseCode.PROTOCOL_ERROR,
                    "protocol version " + envelope.version() + "; this node speaks " + ProtocolVersion.NEWEST);
        }
        if (envelope.isCompressed()) {
            return Outcome.error(ResponseCode.PROTOCOL_ERROR, "compressed messages are not understood");
        }
        if (envelope.isEncrypted() || header.has(OpFlag.ENCRYPT)) {
            return Outcome.error(ResponseCode.NO_SESSION_KEY, "encryption needs a session, and there is none");
        }
        if (envelope.sessionId() != 0) {
            return Outcome.error(ResponseCode.SESSION_TIMEOUT, "no such session");
        }
        if (header.has(OpFlag.CERTIFIED)) {
            return Outcome.error(ResponseCode.OPERATION_DENIED, "this node does not sign its responses");
        }
        long expiration = Integer.toUnsignedLong(header.expirationSeconds());
        if (expiration != 0 && expiration < nowSeconds()) {
            return Outcome.error(
                    ResponseCode.ERROR,
                    "request expired at " + expiration + " s since 1970; it is " + nowSeconds() + " s here");
        }
        return switch (Message.decode(bytes, from, to).body()) {
            case Body.ResolutionRequest query -> new Query(query, header.has(OpFlag.PUBLIC_ONLY)).run(registry);
            case Body.HandleRequest _
            when header.opCode() == OpCode.GET_SITE_INFO ->
                new Outcome(ResponseCode.SUCCESS, new Body.SiteResponse(site));
            default ->
                Outcome.error(
                        ResponseCode.OPERATION_DENIED,
                        "operation " + Integer.toUnsignedString(header.opCode()) + " is not supported by this node");
        };
    }

    private Reply reply(Envelope asked, Header request, Outcome outcome, byte[] bytes, int from, int to) {
        var version = answerVersion(asked);
        byte[] message = message(request, outcome, digest(request, version, bytes, from, to));
        var sent = outcome;
        if (message.length > Limits.MESSAGE_BYTES) {
            sent = Outcome.error(ResponseCode.ERROR, "answer of " + message.length + " octets; ask for fewer values");
            message = message(request, sent, digest(request, version, bytes, from, to));
        }
        counters.count(sent.code());
        var envelope = Envelope.of(version, ProtocolVersion.NEWEST, asked.requestId(), message.length);
        return new Reply(envelope, message, request.has(OpFlag.KEEP_CONNECTION));
    }

    private byte[] message(Header request, Outcome outcome, Optional<RequestDigest> digest) {
        int flags = request.flags() & REPEATED_FLAGS | OpFlag.AUTHORITATIVE;
        if (digest.isEmpty()) {
            flags &= ~OpFlag.REQUEST_DIGEST;
        }
        var header = new Header(request.opCode(), outcome.code(), flags, site.serial(), request.recursionCount(), (int)
                (nowSeconds() + RESPONSE_VALID_SECONDS));
        return new Message(header, digest, outcome.body(), Optional.empty()).encode();
    }

    private static Optional<RequestDigest> digest(
            Header request, ProtocolVersion version, byte[] bytes, int from, int to) {
        if (!request.has(OpFlag.REQUEST_DIGEST)) {
            return Optional.empty();
        }
        try {
            int end = Message.endOfBody(bytes, from, to);
            return Optional.of(RequestDigest.of(RequestDigest.algorithmFor(version), bytes, from, end));
        } catch (MalformedException e) {
            return Optional.empty(); // A request whose body has no end has no digest either.
        }
    }

    /// The version the client would rather speak, as far as this node speaks it.
    private static ProtocolVersion answerVersion(Envelope asked) {
        var wanted = asked.suggested().major() == 0 ? asked.version() : asked.suggested();
        boolean spoken = wanted.major() == ProtocolVersion.NEWEST.major();
        return spoken && wanted.compareTo(ProtocolVersion.NEWEST) <= 0 ? wanted : ProtocolVersion.NEWEST;
    }

    private long nowSeconds() {
        return time.epochNanos() / NANOS_PER_SECOND;
    }
}
