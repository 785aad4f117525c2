package io.millwright.identity.authentication;

import io.millwright.identity.wire.MalformedException;
import io.millwright.identity.wire.Octets;
import io.millwright.identity.wire.WireReader;
import io.millwright.identity.wire.WireWriter;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/// Answers to challenges by a secret key: an octet for the algorithm and a code over nonce and digest (RFC 3652,
/// section 3.5.2).
///
/// ```text
/// 01 MD5, 02 SHA-1, 03 SHA-256 of key, nonce, digest, key
/// 12 HMAC-SHA-1, 13 HMAC-SHA-256 (RFC 2104)
/// 22 | length, salt | iterations (4) | key length in bits (4) | length, HMAC-SHA-1 |     key by PBKDF2 (RFC 8018)
/// ```
final class SecretKeyProof {

    private static final int MD5 = 0x01;
    private static final int SHA_1 = 0x02;
    private static final int SHA_256 = 0x03;
    private static final int HMAC_SHA_1 = 0x12;
    private static final int HMAC_SHA_256 = 0x13;
    private static final int PBKDF2_HMAC_SHA_1 = 0x22;

    private static final int SALT_BYTES = 16;
    private static final int ITERATIONS = 10_000;
    private static final int KEY_BITS = 160;

    /// What a client may make a server compute.
    private static final int ITERATIONS_MAX = 100_000;

    private static final int KEY_BITS_MAX = 512;
    private static final int SALT_BYTES_MAX = 256;

    private SecretKeyProof() {}

    /// The strongest answer that servers in use understand.
    static Octets answer(Octets key, byte[] challenge, RandomGenerator random) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        byte[] code = derivedCode(key.toByteArray(), challenge, salt, ITERATIONS, KEY_BITS);
        return new WireWriter()
                .u8(PBKDF2_HMAC_SHA_1)
                .octets(Octets.of(salt))
                .int32(ITERATIONS)
                .int32(KEY_BITS)
                .octets(Octets.of(code))
                .toOctets();
    }

    static boolean verifies(Octets key, byte[] challenge, Octets answer) {
        try {
            var in = new WireReader(answer);
            int algorithm = in.u8("algorithm of the answer");
            byte[] secret = key.toByteArray();
            if (algorithm == PBKDF2_HMAC_SHA_1) {
                return verifiesDerived(secret, challenge, in);
            }
            byte[] code = in.plain("code", in.remaining()).toByteArray();
            return MessageDigest.isEqual(code, code(algorithm, secret, challenge));
        } catch (MalformedException e) {
            return false;
        }
    }

    private static boolean verifiesDerived(byte[] secret, byte[] challenge, WireReader in) throws MalformedException {
        byte[] salt = in.octets("salt", SALT_BYTES_MAX).toByteArray();
        int iterations = in.length("iterations", ITERATIONS_MAX);
        int bits = in.length("key length", KEY_BITS_MAX);
        byte[] code = in.octets("code", SALT_BYTES_MAX).toByteArray();
        boolean computable = salt.length > 0 && iterations > 0 && bits > 0 && bits % 8 == 0;
        return computable && MessageDigest.isEqual(code, derivedCode(secret, challenge, salt, iterations, bits));
    }

    private static byte[] code(int algorithm, byte[] key, byte[] challenge) throws MalformedException {
        return switch (algorithm) {
            case MD5 -> enclosed("MD5", key, challenge);
            case SHA_1 -> enclosed("SHA-1", key, challenge);
            case SHA_256 -> enclosed("SHA-256", key, challenge);
            case HMAC_SHA_1 -> hmac("HmacSHA1", key, challenge);
            case HMAC_SHA_256 -> hmac("HmacSHA256", key, challenge);
            default -> throw new MalformedException("algorithm of the answer is " + algorithm);
        };
    }

    private static byte[] enclosed(String name, byte[] key, byte[] challenge) {
        var digest = Digests.of(name);
        digest.update(key);
        digest.update(challenge);
        return digest.digest(key);
    }

    static byte[] hmac(String name, byte[] key, byte[] message) {
        try {
            var mac = Mac.getInstance(name);
            // No key is empty to Java; one zero octet is the same key to HMAC, which fills up with zeros.
            mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, name));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has " + name, e);
        }
    }

    private static byte[] derivedCode(byte[] key, byte[] challenge, byte[] salt, int iterations, int bits) {
        char[] password = new char[key.length];
        for (int i = 0; i < key.length; i++) {
            password[i] = (char) (key[i] & 0xff);
        }
        try {
            var derived = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA1")
                    .generateSecret(new PBEKeySpec(password, salt, iterations, bits));
            return hmac("HmacSHA1", derived.getEncoded(), challenge);
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has PBKDF2", e);
        }
    }
}
