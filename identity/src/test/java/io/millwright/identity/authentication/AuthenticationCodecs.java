package io.millwright.identity.authentication;

import io.millwright.identity.fuzz.Codec;
import io.millwright.identity.message.Body;
import io.millwright.identity.message.Envelope;
import io.millwright.identity.message.Golden;
import io.millwright.identity.message.Message;
import io.millwright.identity.message.ProtocolVersion;
import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleValue;
import io.millwright.identity.record.ValueReference;
import io.millwright.identity.server.AdministeredNode;
import io.millwright.identity.wire.Octets;
import java.security.interfaces.DSAPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Keys, proofs and what travels in a session.
public final class AuthenticationCodecs {

    private static final SessionKey KEY = new SessionKey(Octets.hex("000102030405060708090a0b0c0d0e0f"));
    private static final Random FIXED = new Random(7);
    private static final ValueReference SOMEBODY = new ValueReference(Handle.of("0.NA/88.118.7"), 301);

    private AuthenticationCodecs() {}

    public static Map<String, Supplier<Codec>> all() {
        return Map.of(
                "public-key", AuthenticationCodecs::publicKey,
                "session-frame", AuthenticationCodecs::sessionFrame,
                "session-keys", AuthenticationCodecs::sessionKeys,
                "secret-proof", AuthenticationCodecs::secretProof);
    }

    private static Codec publicKey() {
        var seeds = Stream.of(AdministeredNode.RSA_KEYS, AdministeredNode.ED25519_KEYS)
                .map(keys ->
                        new VerificationKey.Standard(keys.getPublic()).encode().toByteArray())
                .toList();
        return new Codec("public-key", seeds, bytes -> {
            var key = Codec.read(() -> VerificationKey.decode(Octets.of(bytes)));
            if (key.isPresent()) {
                // Keys of DSA are read and not written.
                if (!(key.get() instanceof VerificationKey.Standard(DSAPublicKey _))) {
                    var again = VerificationKey.decode(key.get().encode());
                    Codec.same(key.get().encode(), again.encode());
                }
                // Checking a signature by a key of 100 000 bits would keep the node busy.
                boolean big = key.get() instanceof VerificationKey.Standard(RSAPublicKey rsa)
                        && rsa.getModulus().bitLength() > 16_384;
                Codec.must(!big, "a key that takes minutes to use");
                Codec.must(
                        !key.get().verifies(Octets.utf8("SHA-256"), new byte[4], new byte[64], Handle.of("88/x")),
                        "anything is signed by this key");
            }
        });
    }

    private static Codec sessionFrame() {
        var hidden = KEY.encrypt(Golden.read("create-request").toByteArray(), FIXED);
        var sealed = KEY.encrypt(Golden.read("mac-request").toByteArray(), FIXED);
        return new Codec("session-frame", List.of(hidden, sealed), bytes -> {
            var plain = Codec.read(() -> KEY.decrypt(bytes, 0, bytes.length));
            if (plain.isEmpty()) {
                return;
            }
            Codec.must(plain.get().length <= bytes.length, "more than came");
            var message = Codec.read(() -> Message.decode(plain.get(), 0, plain.get().length));
            if (message.isPresent() && message.get().credential().isPresent()) {
                var envelope = Envelope.of(ProtocolVersion.NEWEST, ProtocolVersion.NEWEST, 1, plain.get().length);
                int end = Message.endOfBody(plain.get(), 0, plain.get().length);
                var credential = message.get().credential().get();
                MessageSeal.isSealed(KEY, credential, envelope, plain.get(), 0, end);
            }
        });
    }

    private static Codec sessionKeys() {
        var keys = KeyAgreement.diffieHellmanKeys();
        var rsa = new VerificationKey.Standard(AdministeredNode.RSA_KEYS.getPublic()).encode();
        var seeds = List.of(KeyAgreement.offer(keys).toByteArray(), rsa.toByteArray());
        return new Codec("session-keys", seeds, bytes -> {
            var octets = Octets.of(bytes);
            Codec.read(() -> KeyAgreement.acceptDiffieHellman(octets));
            Codec.read(() -> KeyAgreement.finishDiffieHellman(keys, octets));
            Codec.read(() -> KeyAgreement.forOwnerOf(octets, FIXED));
            Codec.read(() -> KeyAgreement.decrypt(AdministeredNode.RSA_KEYS.getPrivate(), octets));
        });
    }

    /// Answers to challenges by a secret key (RFC 3652, section 3.5.2), with PBKDF2 parameters among them.
    private static Codec secretProof() {
        var key = HandleValue.published(301, "HS_SECKEY", "secret", 0);
        var seeds = List.of(Octets.hex("01" + "00".repeat(16)).toByteArray(), parameters());
        return new Codec("secret-proof", seeds, bytes -> {
            var answer = new Body.ChallengeAnswer("HS_SECKEY", SOMEBODY, Octets.of(bytes));
            Codec.must(!Proof.holds(answer, key, Octets.hex("01"), Octets.hex("02")), "proven by " + Octets.of(bytes));
        });
    }

    private static byte[] parameters() {
        return Octets.hex("22" + Golden.read("pbkdf2-parameters")).toByteArray();
    }
}
