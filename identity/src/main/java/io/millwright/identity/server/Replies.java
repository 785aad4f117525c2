package io.millwright.identity.server;

import io.millwright.identity.authentication.MessageSeal;
import io.millwright.identity.authentication.SigningKey;
import io.millwright.identity.message.Body;
import io.millwright.identity.message.Credential;
import io.millwright.identity.message.Envelope;
import io.millwright.identity.message.Header;
import io.millwright.identity.message.Limits;
import io.millwright.identity.message.Message;
import io.millwright.identity.message.OpFlag;
import io.millwright.identity.message.ProtocolVersion;
import io.millwright.identity.message.ResponseCode;
import io.millwright.identity.record.HandleValue;
import io.millwright.identity.record.Site;
import io.millwright.model.Time;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Puts answers into messages: flags, digest, credential, encryption, envelope (RFC 3652, section 2.2).
final class Replies {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    static final int RESPONSE_VALID_SECONDS = 12 * 3600;
    static final int REPEATED_FLAGS = OpFlag.RECURSIVE
            | OpFlag.PUBLIC_ONLY
            | OpFlag.DO_NOT_REFER
            | OpFlag.KEEP_CONNECTION
            | OpFlag.ENCRYPT
            | OpFlag.CERTIFIED;

    private final Time time;
    private final ServerCounters counters;
    private final int siteSerial;
    private final boolean primary;
    private final Optional<SigningKey> key;
    private final RandomGenerator random;

    /// @param site that the node is of
    /// @param key what signs outside sessions; empty if nothing does
    /// @param random unpredictable
    Replies(Time time, ServerCounters counters, Site site, Optional<SigningKey> key, RandomGenerator random) {
        this.time = time;
        this.counters = counters;
        siteSerial = site.serial();
        primary = site.isPrimary();
        this.key = key;
        this.random = random;
    }

    /// Whether a response to the request can be signed, by its session's key or by the node's.
    boolean canCertify(Request request) {
        return key.isPresent() || request.key().isPresent();
    }

    /// Sends the answer, in several messages if it says so.
    void send(Request request, Answer answer) throws IOException {
        var next = Optional.of(answer);
        while (next.isPresent()) {
            var sent = next.get();
            boolean continued = sent.outcome().more().isPresent();
            if (continued && !request.asker().takesSeveral()) {
                sent = sent.with(Outcome.error(
                        ResponseCode.OPERATION_DENIED, "the answer takes several messages; ask by TCP or HTTP"));
            }
            request.asker().send(reply(request, sent));
            var after = sent;
            next = sent.outcome().more().map(more -> after.with(more.get()));
        }
    }

    private Reply reply(Request request, Answer answer) {
        var sent = answer;
        byte[] message = encode(request, answer);
        // Encryption adds an initial vector and padding.
        if (message.length > Limits.MESSAGE_BYTES - 32) {
            sent = answer.with(
                    Outcome.error(ResponseCode.ERROR, "answer of " + message.length + " octets; ask for fewer values"));
            message = encode(request, sent);
        }
        counters.count(sent.outcome().code());
        var hidden = request.key().filter(k -> isToBeHidden(request, answer));
        boolean encrypted = hidden.isPresent();
        if (encrypted) {
            message = hidden.get().encrypt(message, random);
        }
        var envelope = envelope(request, sent, encrypted ? Envelope.ENCRYPTED : 0, message.length);
        boolean keep = request.header().has(OpFlag.KEEP_CONNECTION);
        return new Reply(envelope, message, keep, sent.outcome().more().isPresent());
    }

    private static boolean isToBeHidden(Request request, Answer answer) {
        return request.envelope().isEncrypted()
                || request.header().has(OpFlag.ENCRYPT)
                || answer.outcome().body() instanceof Body.TransactionsResponse
                || answer.outcome().body() instanceof Body.DumpResponse
                || answer.outcome().body() instanceof Body.ResolutionResponse(var _, List<HandleValue> values)
                        && !values.stream().allMatch(v -> v.permissions().publicRead());
    }

    private static Envelope envelope(Request request, Answer answer, int flags, int messageLength) {
        return new Envelope(
                request.answerVersion(),
                flags,
                ProtocolVersion.NEWEST,
                answer.sessionId(),
                request.envelope().requestId(),
                0,
                messageLength);
    }

    private byte[] encode(Request request, Answer answer) {
        var message = new Message(
                header(request, answer), answer.digest(), answer.outcome().body(), Optional.empty());
        byte[] bytes = message.encode();
        if (!request.header().has(OpFlag.CERTIFIED) || !canCertify(request)) {
            return bytes;
        }
        var envelope = envelope(request, answer, 0, bytes.length);
        var credential = credential(request, envelope, bytes, bytes.length - Message.NO_CREDENTIAL_BYTES);
        return new Message(message.header(), message.digest(), message.body(), Optional.of(credential)).encode();
    }

    private Credential credential(Request request, Envelope envelope, byte[] bytes, int end) {
        int counter = request.session().map(Session::nextCounter).orElse(0);
        return request.key()
                .map(k -> MessageSeal.seal(k, counter, envelope, bytes, end))
                .orElseGet(() -> MessageSeal.sign(key.orElseThrow(), counter, envelope, bytes, end));
    }

    private Header header(Request request, Answer answer) {
        int flags = request.header().flags() & REPEATED_FLAGS;
        if (primary && answer.outcome().authoritative()) {
            flags |= OpFlag.AUTHORITATIVE;
        }
        if (!canCertify(request)) {
            flags &= ~OpFlag.CERTIFIED;
        }
        if (answer.digest().isPresent()) {
            flags |= OpFlag.REQUEST_DIGEST;
        }
        if (answer.outcome().more().isPresent()) {
            flags |= OpFlag.CONTINUOUS;
        }
        int expiration = (int) (time.epochNanos() / NANOS_PER_SECOND + RESPONSE_VALID_SECONDS);
        return new Header(
                answer.about().opCode(),
                answer.outcome().code(),
                flags,
                siteSerial,
                request.header().recursionCount(),
                expiration);
    }
}
