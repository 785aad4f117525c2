package io.millwright.identity.authentication;

import io.millwright.identity.message.Body;
import io.millwright.identity.record.HandleValue;
import io.millwright.identity.record.ValueTypes;
import io.millwright.identity.wire.MalformedException;
import io.millwright.identity.wire.Octets;
import io.millwright.identity.wire.WireReader;
import java.util.Arrays;

/// Checks answers to challenges (RFC 3652, section 3.5.2).
public final class Proof {

    private static final int NAME_BYTES_MAX = 256;
    private static final int SIGNATURE_BYTES_MAX = 4096;

    private Proof() {}

    /// What is signed: nonce and digest of the request, one behind the other.
    static byte[] challenge(Octets nonce, Octets digest) {
        byte[] challenge = Arrays.copyOf(nonce.toByteArray(), nonce.length() + digest.length());
        System.arraycopy(digest.toByteArray(), 0, challenge, nonce.length(), digest.length());
        return challenge;
    }

    /// Whether the answer proves that its sender has the key.
    ///
    /// @param key the value the answer refers to; one of another type than the answer proves nothing
    /// @param digest of the request, without the octet for its algorithm
    public static boolean holds(Body.ChallengeAnswer answer, HandleValue key, Octets nonce, Octets digest) {
        byte[] challenge = challenge(nonce, digest);
        if (!key.hasType(answer.keyType())) {
            return false;
        }
        return switch (answer.keyType()) {
            case ValueTypes.HS_SECKEY -> SecretKeyProof.verifies(key.data(), challenge, answer.answer());
            case ValueTypes.HS_PUBKEY -> isSigned(answer, key, challenge);
            default -> false;
        };
    }

    private static boolean isSigned(Body.ChallengeAnswer answer, HandleValue key, byte[] challenge) {
        try {
            var in = new WireReader(answer.answer());
            Octets digest = in.octets("digest algorithm", NAME_BYTES_MAX);
            Octets signature = in.octets("signature", SIGNATURE_BYTES_MAX);
            in.expectEnd("signed answer");
            return VerificationKey.decode(key.data())
                    .verifies(
                            digest,
                            challenge,
                            signature.toByteArray(),
                            answer.identity().handle());
        } catch (MalformedException e) {
            return false;
        }
    }
}
