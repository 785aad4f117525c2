package io.millwright.identity.authentication;

import io.millwright.identity.wire.MalformedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.gm.GMObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;

/// Private keys in the form of PKCS #8 (RFC 5958), as `openssl genpkey` writes them.
final class PrivateKeys {

    private static final String PEM_BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String PEM_END = "-----END PRIVATE KEY-----";

    /// RFC 8410, section 3.
    private static final ASN1ObjectIdentifier ED25519 = new ASN1ObjectIdentifier("1.3.101.112");

    private PrivateKeys() {}

    static SigningKey decode(byte[] pkcs8) throws MalformedException {
        byte[] der = unwrapped(pkcs8);
        try {
            var info = PrivateKeyInfo.getInstance(der);
            var algorithm = info.getPrivateKeyAlgorithm().getAlgorithm();
            if (algorithm.equals(PKCSObjectIdentifiers.rsaEncryption)) {
                return standard("RSA", der);
            }
            if (algorithm.equals(ED25519)) {
                return standard("Ed25519", der);
            }
            if (PrivateKeyFactory.createKey(info) instanceof ECPrivateKeyParameters key
                    && key.getParameters() instanceof ECNamedDomainParameters named
                    && named.getName().equals(GMObjectIdentifiers.sm2p256v1)) {
                return new SigningKey.Sm2(key);
            }
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            throw new MalformedException("not a private key in the form of PKCS #8: " + e.getMessage());
        }
        throw new MalformedException("a private key of another kind than RSA, Ed25519 and SM2");
    }

    private static SigningKey standard(String algorithm, byte[] der) throws GeneralSecurityException {
        var key = KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
        return new SigningKey.Standard(key);
    }

    private static byte[] unwrapped(byte[] key) throws MalformedException {
        String text = new String(key, StandardCharsets.ISO_8859_1);
        int begin = text.indexOf(PEM_BEGIN);
        int end = text.indexOf(PEM_END);
        try {
            return begin < 0 || end < begin
                    ? key
                    : Base64.getMimeDecoder().decode(text.substring(begin + PEM_BEGIN.length(), end));
        } catch (IllegalArgumentException e) {
            throw new MalformedException("not a private key in the form of PEM: " + e.getMessage());
        }
    }
}
