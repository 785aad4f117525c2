package io.millwright.identity.server;

import io.millwright.identity.authentication.KeyAgreement;
import io.millwright.identity.authentication.MessageSeal;
import io.millwright.identity.authentication.SessionKey;
import io.millwright.identity.message.Body;
import io.millwright.identity.message.KeyExchange;
import io.millwright.identity.message.Message;
import io.millwright.identity.message.OpCode;
import io.millwright.identity.message.OpFlag;
import io.millwright.identity.message.ResponseCode;
import io.millwright.identity.record.ValueReference;
import io.millwright.identity.record.ValueTypes;
import io.millwright.identity.wire.MalformedException;
import io.millwright.identity.wire.Octets;
import io.millwright.model.Time;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Finds out who asks: challenges and their answers, sessions, log-ins (RFC 3652, sections 3.5 and 3.8).
final class Gate {

    /// How often one client may name a key that another node holds: each time this node asks up to two dozen questions.
    private static final int ELSEWHERE_PER_SECOND = 2;

    static final int ELSEWHERE_BURST = 20;

    private static final Outcome TOO_MANY_ELSEWHERE =
            Outcome.error(ResponseCode.SERVER_BUSY, "you name keys of other nodes too often; try again in a second");

    private final Operations operations;
    private final Authority authority;
    private final Administration administration;
    private final Time time;
    private final RandomGenerator random;
    private final Challenges challenges;
    private final Sessions sessions;
    private final SourceRates elsewhere =
            new SourceRates(SourceRates.Grouping.HOSTS, ELSEWHERE_PER_SECOND, ELSEWHERE_BURST, UdpSources.SOURCES_MAX);

    Gate(Operations operations, Authority authority, Administration administration, Time time, RandomGenerator random) {
        this.operations = operations;
        this.authority = authority;
        this.administration = administration;
        this.time = time;
        this.random = random;
        challenges = new Challenges(administration, time, random);
        sessions = new Sessions(administration, time, random);
    }

    int sessionCount() {
        return sessions.size();
    }

    int challengeCount() {
        return challenges.size();
    }

    Optional<Session> session(int id) {
        return id == 0 ? Optional.empty() : sessions.find(id);
    }

    /// What is answered to a message that may have come in a session.
    Answer answer(Request request) throws MalformedException {
        var message = Message.decode(request.bytes(), request.from(), request.to());
        boolean proven = false;
        if (request.session().isPresent() && message.credential().isPresent()) {
            var objection = objection(request, message, request.session().get());
            if (objection.isPresent()) {
                return Answer.to(request, objection.get());
            }
            proven = true;
        }
        return switch (message.body()) {
            case Body.ChallengeAnswer answer -> answered(request, answer, proven || request.isHidden());
            case Body.SessionRequest setup -> open(request, setup);
            case Body.KeyRequest(var encrypted) -> Answer.to(request, exchange(request, encrypted));
            case Body.HandleRequest _
            when request.header().opCode() == OpCode.SESSION_TERMINATE ->
                Answer.to(request, terminate(request, proven));
            case Body.LoginRequest _ -> challenge(request, message.body());
            default -> perform(request, message.body(), proven);
        };
    }

    /// A message of a session bears a code by its key, and a counter that was not seen before.
    private static Optional<Outcome> objection(Request request, Message message, Session session)
            throws MalformedException {
        var credential = message.credential().orElseThrow();
        int end = Message.endOfBody(request.bytes(), request.from(), request.to());
        boolean sealed = session.key()
                .filter(key ->
                        MessageSeal.isSealed(key, credential, request.envelope(), request.bytes(), request.from(), end))
                .isPresent();
        if (!sealed) {
            return Optional.of(Outcome.error(
                    ResponseCode.NO_SESSION_KEY, "the credential is not by the key of this session (HMAC-SHA256)"));
        }
        return session.take(MessageSeal.counterOf(credential))
                ? Optional.empty()
                : Optional.of(Outcome.error(
                        ResponseCode.SESSION_MESSAGE_REJECTED, "a message with this counter has come before"));
    }

    private Answer perform(Request request, Body body, boolean proven) throws MalformedException {
        long now = time.monotonicNanos();
        var requester = proven
                ? request.session().map(s -> s.requester().hidden()).orElse(Requester.STRANGER)
                : request.asker().requester(now);
        // A recursive node passes a resolution on, and the challenge back: its client has no connection to log in at.
        boolean passedOn = request.header().opCode() == OpCode.RESOLUTION
                && request.header().has(OpFlag.RECURSIVE);
        boolean wantsIdentity = request.header().has(OpFlag.RECURSIVE_IDENTITY) && !passedOn;
        if (wantsIdentity && requester.identity().isEmpty()) {
            return Answer.to(
                    request,
                    Outcome.error(request.asker().loginCode(), "the request is to carry an identity; log in (2001)"));
        }
        var outcome = operations.perform(request.header(), body, requester);
        return outcome.isChallenge() ? challenge(request, body) : Answer.to(request, outcome);
    }

    private Answer challenge(Request request, Body body) throws MalformedException {
        var digest = request.digest();
        var challenge = challenges.pose(
                request.session().map(Session::id).orElse(0),
                request.header(),
                body,
                digest,
                request.to() - request.from());
        var outcome = new Outcome(ResponseCode.AUTHENTICATION_NEEDED, new Body.Challenge(challenge.nonce()));
        return new Answer(request.header(), outcome, challenge.number(), Optional.of(digest));
    }

    private Answer answered(Request request, Body.ChallengeAnswer answer, boolean sealed) {
        var pending = challenges.take(request.envelope().sessionId());
        if (pending.isEmpty()) {
            return Answer.to(
                    request,
                    Outcome.error(
                            ResponseCode.AUTHENTICATION_TIMEOUT,
                            "no challenge waits for this answer: it took too long, or was answered already"));
        }
        var waiting = pending.get();
        var outcome = outcomeOf(request, answer, waiting, sealed);
        return new Answer(
                waiting.header(), outcome, request.session().map(Session::id).orElse(0), request.wantedDigest());
    }

    private Outcome outcomeOf(
            Request request, Body.ChallengeAnswer answer, Challenges.Pending waiting, boolean sealed) {
        boolean login = waiting.body() instanceof Body.LoginRequest;
        boolean known = answer.keyType().equals(ValueTypes.HS_SECKEY)
                || answer.keyType().equals(ValueTypes.HS_PUBKEY);
        if (!known) {
            return Outcome.error(
                    ResponseCode.INVALID_CREDENTIAL, "answers by HS_SECKEY and HS_PUBKEY are understood here");
        }
        if (!mayNeed(answer.identity(), request)) {
            return TOO_MANY_ELSEWHERE;
        }
        if (!authority.isProven(answer, waiting.nonce(), waiting.digest().digest())) {
            return Outcome.error(
                    login ? ResponseCode.CREDENTIAL_REFUSED : ResponseCode.AUTHENTICATION_FAILED,
                    "the answer does not prove " + answer.identity());
        }
        var requester = Requester.of(answer.identity());
        if (sealed) {
            request.session().ifPresent(session -> session.provenBy(requester));
        }
        if (waiting.body() instanceof Body.LoginRequest(var identity)) {
            return login(request, identity.equals(answer.identity()), requester);
        }
        var asking = sealed ? requester.hidden() : requester;
        var outcome = operations.perform(waiting.header(), waiting.body(), asking);
        return outcome.isChallenge()
                ? Outcome.error(ResponseCode.NOT_AUTHORIZED, answer.identity() + " may not do this")
                : outcome;
    }

    /// Whether the client may make this node look for a key.
    private boolean mayNeed(ValueReference key, Request request) {
        return authority.isOwn(key.handle()) || elsewhere.admits(request.asker().client(), time.monotonicNanos());
    }

    private Outcome login(Request request, boolean same, Requester requester) {
        if (!same) {
            return Outcome.error(ResponseCode.CREDENTIAL_REFUSED, "another has proven itself than wanted to log in");
        }
        long until = time.monotonicNanos() + administration.sessionTimeoutMax().toNanos();
        request.asker().loggedIn(requester, until);
        return Outcome.DONE;
    }

    private Answer open(Request request, Body.SessionRequest setup) {
        if (!setup.keyReference().map(key -> mayNeed(key, request)).orElse(true)) {
            return Answer.to(request, TOO_MANY_ELSEWHERE);
        }
        try {
            var agreed = agree(setup);
            var session = sessions.open(agreed.key(), setup.timeoutSeconds());
            if (session.isEmpty()) {
                return Answer.to(request, Outcome.error(ResponseCode.SERVER_BUSY, "too many sessions are open"));
            }
            var outcome = new Outcome(ResponseCode.SUCCESS, new Body.SessionResponse(setup.mode(), agreed.told()));
            return new Answer(request.header(), outcome, session.get().id(), request.wantedDigest());
        } catch (MalformedException e) {
            return Answer.to(request, Outcome.error(ResponseCode.INVALID_SESSION_REQUEST, e.getMessage()));
        }
    }

    /// @param key empty if the client will choose it
    /// @param told what the client is told
    private record Agreement(Optional<SessionKey> key, Octets told) {
        static Agreement of(KeyAgreement.Agreed agreed) {
            return new Agreement(Optional.of(agreed.key()), agreed.told());
        }
    }

    private Agreement agree(Body.SessionRequest setup) throws MalformedException {
        return switch (setup.mode()) {
            case KeyExchange.DIFFIE_HELLMAN -> Agreement.of(KeyAgreement.acceptDiffieHellman(setup.publicKey()));
            case KeyExchange.CLIENT_KEY -> Agreement.of(KeyAgreement.forOwnerOf(setup.publicKey(), random));
            case KeyExchange.HANDLE_KEY -> {
                var reference = setup.keyReference().orElseThrow();
                var value = authority.find(reference.handle()).flatMap(r -> r.value(reference.index()));
                if (value.isEmpty()) {
                    throw new MalformedException("there is no key " + reference);
                }
                yield Agreement.of(KeyAgreement.forOwnerOf(value.get().data(), random));
            }
            case KeyExchange.SERVER_KEY -> {
                if (administration.rsaKey().isEmpty()) {
                    throw new MalformedException("this node has no RSA key; use Diffie-Hellman (4)");
                }
                var key = administration.publicKey().orElseThrow();
                yield new Agreement(Optional.empty(), key.encode());
            }
            default -> throw new MalformedException("key exchange mode " + setup.mode() + " is none of 1, 2, 3, 4");
        };
    }

    private Outcome exchange(Request request, Octets encrypted) {
        var session = request.session();
        var key = administration.rsaKey();
        if (session.isEmpty() || session.get().key().isPresent() || key.isEmpty()) {
            return Outcome.error(ResponseCode.SESSION_FAILED, "no session waits for its key");
        }
        try {
            session.get().keyExchanged(KeyAgreement.decrypt(key.get(), encrypted));
            return Outcome.DONE;
        } catch (MalformedException e) {
            // The same for every reason: each would tell a stranger something about a key he has overheard.
            sessions.end(session.get().id());
            return Outcome.error(ResponseCode.SESSION_FAILED, "the session key cannot be read with this node's key");
        }
    }

    /// Only who has the key may end a session.
    private Outcome terminate(Request request, boolean proven) {
        if (!proven) {
            return Outcome.error(ResponseCode.SESSION_FAILED, "the end of a session is to bear its code");
        }
        request.session().ifPresent(session -> sessions.end(session.id()));
        return Outcome.DONE;
    }
}
