package io.millwright.identity.authentication;

import io.millwright.identity.message.Body;
import io.millwright.identity.message.RequestDigest;
import io.millwright.identity.record.ValueReference;
import io.millwright.identity.record.ValueTypes;
import io.millwright.identity.wire.Octets;
import io.millwright.identity.wire.WireWriter;
import java.util.random.RandomGenerator;

/// Who somebody is, and the key that proves it.
public sealed interface Identity {

    /// The value that holds the key: HS_SECKEY or HS_PUBKEY.
    ValueReference reference();

    /// @param key the data of the HS_SECKEY value
    record SecretKey(ValueReference reference, Octets key) implements Identity {
        /// Keeps the secret out of logs.
        @Override
        public String toString() {
            return "secret key " + reference;
        }
    }

    /// @param key whose public half the HS_PUBKEY value holds
    record PrivateKey(ValueReference reference, SigningKey key) implements Identity {
        /// Keeps the secret out of logs.
        @Override
        public String toString() {
            return "private key " + reference;
        }
    }

    /// Answers a challenge (RFC 3652, section 3.5.2). Who calls has checked that the digest is that of the own
    /// request: otherwise a server in between could have another request signed.
    ///
    /// @param nonce of the challenge
    /// @param digest of the request
    /// @param random unpredictable
    default Body.ChallengeAnswer answer(Octets nonce, RequestDigest digest, RandomGenerator random) {
        byte[] challenge = Proof.challenge(nonce, digest.digest());
        return switch (this) {
            case SecretKey(var reference, var key) ->
                new Body.ChallengeAnswer(
                        ValueTypes.HS_SECKEY, reference, SecretKeyProof.answer(key, challenge, random));
            case PrivateKey(var reference, var key) ->
                new Body.ChallengeAnswer(
                        ValueTypes.HS_PUBKEY,
                        reference,
                        new WireWriter()
                                .octets(key.digest())
                                .octets(key.sign(challenge, reference.handle()))
                                .toOctets());
        };
    }
}
