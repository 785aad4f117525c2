package io.millwright.identity.authentication;

import io.millwright.identity.record.Handle;
import io.millwright.identity.wire.MalformedException;
import io.millwright.identity.wire.Octets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;

/// A private key that signs.
public sealed interface SigningKey {

    /// A key of RSA or Ed25519.
    record Standard(PrivateKey key) implements SigningKey {}

    /// A key of SM2 on its curve (GB/T 32918).
    record Sm2(ECPrivateKeyParameters key) implements SigningKey {}

    /// Reads a private key in the form of PKCS #8, DER or PEM: of RSA, Ed25519 or SM2.
    ///
    /// @throws MalformedException if it is none, or one of another kind
    static SigningKey decode(byte[] pkcs8) throws MalformedException {
        return PrivateKeys.decode(pkcs8);
    }

    /// The name of the digest algorithm that goes with a signature.
    default Octets digest() {
        return switch (this) {
            case Standard _ -> Digests.SHA_256;
            case Sm2 _ -> Digests.SM3;
        };
    }

    /// @param signer who signs; part of what SM2 signs
    /// @throws IllegalArgumentException if the key cannot sign
    default Octets sign(byte[] message, Handle signer) {
        try {
            return switch (this) {
                case Standard(var key) -> {
                    var signature = Signature.getInstance(Digests.signatureName(Digests.SHA_256, key.getAlgorithm()));
                    signature.initSign(key);
                    signature.update(message);
                    yield Octets.of(signature.sign());
                }
                case Sm2(var key) -> Sm2Signatures.sign(key, message, signer);
            };
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the key cannot sign: " + e.getMessage(), e);
        }
    }
}
