package io.millwright.identity.authentication;

import io.millwright.identity.record.Handle;
import io.millwright.identity.wire.MalformedException;
import io.millwright.identity.wire.Octets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;

/// A public key that signatures are checked with: the data of an HS_PUBKEY value, in the form that [PublicKeys]
/// reads and writes.
public sealed interface VerificationKey {

    /// A key of RSA, DSA or Ed25519.
    record Standard(PublicKey key) implements VerificationKey {}

    /// A key of SM2 on its curve (GB/T 32918).
    record Sm2(ECPublicKeyParameters key) implements VerificationKey {}

    /// The data of an HS_PUBKEY value.
    default Octets encode() {
        return PublicKeys.encode(this);
    }

    static VerificationKey decode(Octets data) throws MalformedException {
        return PublicKeys.decode(data);
    }

    /// Whether the signature over the message is by this key's owner. What cannot be checked is not.
    ///
    /// @param digest the digest algorithm the signer names
    /// @param signer who is said to have signed; part of what SM2 signs
    default boolean verifies(Octets digest, byte[] message, byte[] signature, Handle signer) {
        return switch (this) {
            case Standard(var key) -> verifies(key, digest, message, signature);
            case Sm2(var key) -> Digests.isSm3(digest) && Sm2Signatures.verifies(key, message, signature, signer);
        };
    }

    private static boolean verifies(PublicKey key, Octets digest, byte[] message, byte[] signature) {
        try {
            var check = Signature.getInstance(Digests.signatureName(digest, key.getAlgorithm()));
            check.initVerify(key);
            check.update(message);
            return check.verify(signature);
        } catch (GeneralSecurityException | RuntimeException e) {
            return false; // A key may be made of any numbers, and the library objects in many ways.
        }
    }
}
