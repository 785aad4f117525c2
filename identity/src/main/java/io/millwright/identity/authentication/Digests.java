package io.millwright.identity.authentication;

import io.millwright.identity.message.RequestDigest;
import io.millwright.identity.wire.Octets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import org.bouncycastle.crypto.digests.SM3Digest;

/// Digest algorithms by the names and numbers that messages carry.
final class Digests {

    static final Octets SHA_256 = Octets.utf8("SHA-256");
    static final Octets SM3 = Octets.utf8("SM3");

    private Digests() {}

    static boolean isSm3(Octets name) {
        return name.equals(SM3);
    }

    /// The Java name of a signature algorithm. Ed25519 brings its own digest (RFC 8032, section 5.1).
    ///
    /// @param digest a name such as `SHA-256` or the one-octet number deployed clients send
    /// @param key `RSA`, `DSA` or `EdDSA`
    static String signatureName(Octets digest, String key) throws NoSuchAlgorithmException {
        return key.equals("EdDSA") || key.equals("Ed25519") ? "Ed25519" : shortName(digest) + "with" + key;
    }

    private static String shortName(Octets digest) throws NoSuchAlgorithmException {
        if (digest.length() == 1) {
            return switch (digest.at(0)) {
                case RequestDigest.MD5 -> "MD5";
                case RequestDigest.SHA_1 -> "SHA1";
                case RequestDigest.SHA_256 -> "SHA256";
                default -> throw new NoSuchAlgorithmException("digest algorithm " + digest.at(0));
            };
        }
        return switch (digest.text().toUpperCase(Locale.ROOT)) {
            case "MD5" -> "MD5";
            case "SHA1", "SHA-1" -> "SHA1";
            case "SHA256", "SHA-256" -> "SHA256";
            default -> throw new NoSuchAlgorithmException("digest algorithm " + digest);
        };
    }

    static byte[] sm3(byte[] message) {
        var digest = new SM3Digest();
        digest.update(message, 0, message.length);
        byte[] hashed = new byte[digest.getDigestSize()];
        digest.doFinal(hashed, 0);
        return hashed;
    }

    static MessageDigest of(String name) {
        try {
            return MessageDigest.getInstance(name);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has " + name, e);
        }
    }
}
