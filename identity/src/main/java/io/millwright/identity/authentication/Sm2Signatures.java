package io.millwright.identity.authentication;

import io.millwright.identity.record.Handle;
import io.millwright.identity.wire.Octets;
import java.nio.charset.StandardCharsets;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithID;
import org.bouncycastle.crypto.signers.SM2Signer;

/// Signatures of SM2 (GB/T 32918.2) over the SM3 of a message. In a class of their own: Java loads their
/// library, a large signed archive, to verify whatever class calls it.
final class Sm2Signatures {

    private Sm2Signatures() {}

    /// @param signer who signs; part of what is signed
    /// @throws IllegalArgumentException if the key cannot sign
    static Octets sign(ECPrivateKeyParameters key, byte[] message, Handle signer) {
        try {
            var sm2 = new SM2Signer();
            sm2.init(true, new ParametersWithID(key, id(signer)));
            add(message, sm2);
            return Octets.of(sm2.generateSignature());
        } catch (CryptoException e) {
            throw new IllegalArgumentException("the key cannot sign: " + e.getMessage(), e);
        }
    }

    /// Whether the signature over the message is by the key's owner.
    ///
    /// @param signer who is said to have signed
    static boolean verifies(ECPublicKeyParameters key, byte[] message, byte[] signature, Handle signer) {
        var sm2 = new SM2Signer();
        sm2.init(false, new ParametersWithID(key, id(signer)));
        add(message, sm2);
        return sm2.verifySignature(signature);
    }

    private static void add(byte[] message, SM2Signer sm2) {
        byte[] hashed = Digests.sm3(message);
        sm2.update(hashed, 0, hashed.length);
    }

    private static byte[] id(Handle signer) {
        return signer.toString().getBytes(StandardCharsets.UTF_8);
    }
}
