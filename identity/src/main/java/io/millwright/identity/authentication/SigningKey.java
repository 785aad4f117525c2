package io.millwright.identity.authentication;

import io.millwright.identity.record.Handle;
import io.millwright.identity.wire.MalformedException;
import io.millwright.identity.wire.Octets;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithID;
import org.bouncycastle.crypto.signers.SM2Signer;

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
                case Sm2(var key) -> {
                    var sm2 = new SM2Signer();
                    byte[] id = signer.toString().getBytes(StandardCharsets.UTF_8);
                    sm2.init(true, new ParametersWithID(key, id));
                    byte[] hashed = Digests.sm3(message);
                    sm2.update(hashed, 0, hashed.length);
                    yield Octets.of(sm2.generateSignature());
                }
            };
        } catch (GeneralSecurityException | CryptoException e) {
            throw new IllegalArgumentException("the key cannot sign: " + e.getMessage(), e);
        }
    }
}
