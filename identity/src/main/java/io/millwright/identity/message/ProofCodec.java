package io.millwright.identity.message;

import io.millwright.identity.record.HandleValue;
import io.millwright.identity.record.ValueReference;
import io.millwright.identity.wire.MalformedException;
import io.millwright.identity.wire.Octets;
import io.millwright.identity.wire.WireReader;
import io.millwright.identity.wire.WireWriter;
import java.util.Optional;

/// Bodies that prove who somebody is or set up a session (RFC 3652, sections 3.5 and 3.8).
final class ProofCodec {

    static final int NONCE_BYTES_MAX = 1024;
    static final int KEY_BYTES_MAX = 65_536;
    private static final int TYPE_BYTES_MAX = 256;

    /// Octets that follow the bodies of session set-up: clients and servers in use count the mode as four octets and
    /// write two.
    private static final int PADDING = 2;

    private ProofCodec() {}

    static ValueReference readReference(String field, WireReader in) throws MalformedException {
        var handle = HandleValue.readHandle(in, field);
        return new ValueReference(handle, in.int32(field + " index"));
    }

    static void write(ValueReference reference, WireWriter out) {
        out.text(reference.handle().toString()).int32(reference.index());
    }

    static Body.ChallengeAnswer readAnswer(WireReader in) throws MalformedException {
        String type = in.text("key type", TYPE_BYTES_MAX);
        var identity = readReference("identity", in);
        return new Body.ChallengeAnswer(type, identity, in.octets("answer to the challenge", KEY_BYTES_MAX));
    }

    static void write(Body.ChallengeAnswer answer, WireWriter out) {
        out.text(answer.keyType());
        write(answer.identity(), out);
        out.octets(answer.answer());
    }

    static Body.VerifyRequest readVerification(WireReader in) throws MalformedException {
        var identity = readReference("identity", in);
        Octets nonce = in.octets("nonce", NONCE_BYTES_MAX);
        Octets digest = in.octets("digest of the request", NONCE_BYTES_MAX);
        return new Body.VerifyRequest(identity, nonce, digest, in.octets("answer to the challenge", KEY_BYTES_MAX));
    }

    static void write(Body.VerifyRequest request, WireWriter out) {
        write(request.identity(), out);
        out.octets(request.nonce()).octets(request.digest()).octets(request.answer());
    }

    static Body.SessionRequest readSession(WireReader in) throws MalformedException {
        int mode = in.u16("key exchange mode");
        int timeout = in.int32("session timeout");
        var identity = readReference("identity", in);
        var key = KeyExchange.sendsKey(mode) ? in.octets("public key", KEY_BYTES_MAX) : Octets.EMPTY;
        Optional<ValueReference> reference =
                mode == KeyExchange.HANDLE_KEY ? Optional.of(readReference("exchange key", in)) : Optional.empty();
        skipPadding(in);
        return new Body.SessionRequest(mode, timeout, identity, key, reference);
    }

    static void write(Body.SessionRequest request, WireWriter out) {
        out.u16(request.mode()).int32(request.timeoutSeconds());
        write(request.identity(), out);
        if (KeyExchange.sendsKey(request.mode())) {
            out.octets(request.publicKey());
        }
        request.keyReference().ifPresent(reference -> write(reference, out));
        out.u16(0);
    }

    static Body.SessionResponse readSessionAnswer(WireReader in) throws MalformedException {
        int mode = in.u16("key exchange mode");
        var response = new Body.SessionResponse(mode, in.octets("key exchange data", KEY_BYTES_MAX));
        skipPadding(in);
        return response;
    }

    static void write(Body.SessionResponse response, WireWriter out) {
        out.u16(response.mode()).octets(response.data()).u16(0);
    }

    private static void skipPadding(WireReader in) throws MalformedException {
        if (in.remaining() == PADDING) {
            in.u16("padding");
        }
    }
}
