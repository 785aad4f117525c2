package io.millwright.identity.server;

import io.millwright.identity.authentication.MessageSeal;
import io.millwright.identity.authentication.SessionKey;
import io.millwright.identity.message.Body;
import io.millwright.identity.message.Envelope;
import io.millwright.identity.message.Header;
import io.millwright.identity.message.Message;
import io.millwright.identity.message.OpCode;
import io.millwright.identity.message.OpFlag;
import io.millwright.identity.message.ProtocolVersion;
import io.millwright.identity.message.ResponseCode;
import io.millwright.identity.wire.MalformedException;
import io.millwright.model.Time;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is answered to a message.
///
/// A message that cannot be read is answered with PROTOCOL_ERROR and the reason; one that is itself a response
/// is not answered at all, so that two servers never talk to each other for ever.
final class Responder {

    private static final Logger LOG = LoggerFactory.getLogger(Responder.class);
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final Outcome NO_SESSION = Outcome.error(ResponseCode.SESSION_TIMEOUT, "no such session");

    private final Operations operations;
    private final Optional<Gate> gate;
    private final Optional<Recursion> recursion;
    private final Replies replies;
    private final Time time;
    private final ServerCounters counters;
    private final Semaphore slow;

    /// @param gate empty on a node that only resolves
    /// @param recursion empty on a node that asks no other
    /// @param slowMax how many requests other than resolutions may be under way at once
    Responder(
            Operations operations,
            Optional<Gate> gate,
            Optional<Recursion> recursion,
            Replies replies,
            Time time,
            ServerCounters counters,
            int slowMax) {
        this.operations = operations;
        this.gate = gate;
        this.recursion = recursion;
        this.replies = replies;
        this.time = time;
        this.counters = counters;
        slow = new Semaphore(slowMax);
    }

    /// Answers a message, unless it is a response.
    ///
    /// @param bytes hold the message without its envelope
    void answer(Envelope envelope, byte[] bytes, int from, int to, Asker asker) throws IOException {
        counters.requests.increment();
        var request = Request.unread(envelope, bytes, from, to, asker);
        Answer answer;
        try {
            var refusal = busy(asker).or(() -> refusalOf(envelope));
            if (refusal.isPresent()) {
                answer = Answer.to(request, refusal.get());
            } else {
                request = opened(request);
                if (request.header().isResponse()) {
                    return;
                }
                var objection = objectionTo(request.header());
                var said = objection.isPresent() ? Optional.<Recursion.Said>empty() : saidElsewhere(request);
                if (said.isPresent() && said.get() instanceof Recursion.Said.PassedOn(var about, var message)) {
                    asker.send(new Reply(about, message, request.header().has(OpFlag.KEEP_CONNECTION), false));
                    return;
                }
                answer = said.isPresent() && said.get() instanceof Recursion.Said.Told(int code, var body)
                        ? Answer.to(request, Outcome.told(code, body))
                        : objection.isPresent() ? Answer.to(request, objection.get()) : answerOf(request);
            }
        } catch (MalformedException e) {
            answer = Answer.to(request, Outcome.error(ResponseCode.PROTOCOL_ERROR, e.getMessage()));
        } catch (RuntimeException e) {
            // A registry that fails must not end the thread that serves all clients.
            LOG.error("A request could not be answered", e);
            answer = Answer.to(
                    request, Outcome.error(ResponseCode.ERROR, "the node failed to answer; its log says why"));
        }
        replies.send(request, answer);
    }

    private Optional<Outcome> busy(Asker asker) {
        return recursion
                .filter(r -> !r.admits(asker.client()))
                .map(r -> Outcome.error(ResponseCode.SERVER_BUSY, "you ask too often; try again in a second"));
    }

    /// What others say of a handle that this node does not hold, if they are to be asked.
    private Optional<Recursion.Said> saidElsewhere(Request request) throws MalformedException {
        if (recursion.isEmpty() || request.session().isPresent()) {
            return Optional.empty();
        }
        var header = request.header();
        var asked = new Recursion.Asked(
                request.asker().client(), request.envelope(), header, request.bytes(), request.from(), request.to());
        if (header.opCode() == OpCode.CHALLENGE_RESPONSE) {
            return recursion.get().continued(asked);
        }
        return elsewhere(header, request.bytes(), request.from(), request.to())
                .map(query -> recursion.get().resolve(query, asked));
    }

    /// The query, if the request is one that others are to be asked.
    private Optional<Body.ResolutionRequest> elsewhere(Header header, byte[] bytes, int from, int to)
            throws MalformedException {
        boolean recursive = header.opCode() == OpCode.RESOLUTION && header.has(OpFlag.RECURSIVE);
        return recursive
                        && Message.decode(bytes, from, to).body() instanceof Body.ResolutionRequest query
                        && operations.isElsewhere(query.handle())
                ? Optional.of(query)
                : Optional.empty();
    }

    /// What an envelope says that cannot be honoured.
    private Optional<Outcome> refusalOf(Envelope envelope) {
        if (envelope.version().major() != ProtocolVersion.NEWEST.major()) {
            return Optional.of(Outcome.error(
                    ResponseCode.PROTOCOL_ERROR,
                    "protocol version " + envelope.version() + "; this node speaks " + ProtocolVersion.NEWEST));
        }
        if (envelope.isCompressed()) {
            return Optional.of(
                    Outcome.error(ResponseCode.PROTOCOL_ERROR, "compressed messages are not understood here"));
        }
        if (!envelope.isEncrypted() || sessionOf(envelope).flatMap(Session::key).isPresent()) {
            return Optional.empty();
        }
        boolean lost = envelope.sessionId() != 0 && gate.isPresent();
        return Optional.of(
                lost
                        ? NO_SESSION
                        : Outcome.error(ResponseCode.NO_SESSION_KEY, "encryption needs a session, and there is none"));
    }

    private Optional<Session> sessionOf(Envelope envelope) {
        return gate.flatMap(g -> g.session(envelope.sessionId()));
    }

    /// The request with its session, decrypted, and its header read.
    private Request opened(Request request) throws MalformedException {
        var session = sessionOf(request.envelope());
        if (session.isEmpty()) {
            return request.withHeader();
        }
        var inSession = request.in(session.get());
        var key = inSession.key();
        return request.envelope().isEncrypted() && key.isPresent()
                ? decrypted(inSession, key.get()).withHeader()
                : inSession.withHeader();
    }

    /// An encrypted message counts only with a code by the same key, or if it is an answer to a challenge: the
    /// public client encrypts those without a code. Whatever is wrong with it gets one answer, and before
    /// anything else is looked at: to tell bad padding from a bad code would be to decrypt for strangers.
    private static Request decrypted(Request request, SessionKey key) throws MalformedException {
        try {
            var plain = request.decrypted(key.decrypt(request.bytes(), request.from(), request.to()));
            var message = Message.decode(plain.bytes(), plain.from(), plain.to());
            int end = Message.endOfBody(plain.bytes(), plain.from(), plain.to());
            boolean sealed = message.credential()
                    .filter(c -> MessageSeal.isSealed(key, c, plain.envelope(), plain.bytes(), plain.from(), end))
                    .isPresent();
            boolean proof = message.body() instanceof Body.ChallengeAnswer
                    && message.credential().isEmpty();
            if (sealed || proof) {
                return plain;
            }
        } catch (MalformedException e) {
            LOG.debug("A message of session {}: {}", request.envelope().sessionId(), e.getMessage());
        }
        throw new MalformedException("the encrypted message is not one of this session");
    }

    private Optional<Outcome> objectionTo(Header header) {
        long expiration = Integer.toUnsignedLong(header.expirationSeconds());
        long now = time.epochNanos() / NANOS_PER_SECOND;
        return expiration == 0 || expiration >= now
                ? Optional.empty()
                : Optional.of(Outcome.error(
                        ResponseCode.ERROR,
                        "request expired at " + expiration + " s since 1970; it is " + now + " s here"));
    }

    private Answer answerOf(Request request) throws MalformedException {
        var header = request.header();
        boolean ownSession = request.session().isPresent();
        boolean answersChallenge = gate.isPresent() && header.opCode() == OpCode.CHALLENGE_RESPONSE;
        if (request.envelope().sessionId() != 0 && !ownSession && !answersChallenge) {
            return Answer.to(request, NO_SESSION);
        }
        if (header.has(OpFlag.ENCRYPT) && !ownSession) {
            return Answer.to(
                    request,
                    Outcome.error(ResponseCode.NO_SESSION_KEY, "encryption needs a session, and there is none"));
        }
        if (header.has(OpFlag.CERTIFIED) && !replies.canCertify(request)) {
            return Answer.to(
                    request, Outcome.error(ResponseCode.OPERATION_DENIED, "this node does not sign its responses"));
        }
        if (gate.isEmpty()) {
            Body body = Message.decode(request.bytes(), request.from(), request.to())
                    .body();
            return Answer.to(request, operations.perform(header, body, Requester.STRANGER));
        }
        return isQuick(header) ? gate.get().answer(request) : limited(request, gate.get());
    }

    /// Whether a request takes memory and a moment only; what else takes the disk, another node or much computing.
    static boolean isQuick(Header header) {
        boolean lookup = header.opCode() == OpCode.RESOLUTION || header.opCode() == OpCode.GET_SITE_INFO;
        return lookup && !header.has(OpFlag.CERTIFIED);
    }

    private Answer limited(Request request, Gate passage) throws MalformedException {
        if (!slow.tryAcquire()) {
            return Answer.to(
                    request, Outcome.error(ResponseCode.SERVER_BUSY, "too many requests at once; try again later"));
        }
        try {
            return passage.answer(request);
        } finally {
            slow.release();
        }
    }

    /// Whether the message can be answered at once by the thread that received it.
    boolean isQuick(Envelope envelope, byte[] bytes, int from, int to) {
        try {
            var header = Message.decodeHeader(bytes, from, to);
            if (envelope.sessionId() != 0 || !isQuick(header)) {
                return false;
            }
            return recursion.isEmpty()
                    || elsewhere(header, bytes, from, to)
                            .map(query -> recursion.get().isQuick(query, header))
                            .orElse(true);
        } catch (MalformedException e) {
            return true;
        }
    }
}
