package io.millwright.identity.authentication;

import io.millwright.identity.wire.MalformedException;
import io.millwright.identity.wire.Octets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// What two sides of a session share: AES in CBC mode with PKCS #7 padding, a fresh initial vector before each
/// message, and HMAC-SHA-256. As all clients and servers in use have it, AES takes the first 16 octets of the
/// key and HMAC the whole.
///
/// @param key 16 or 32 octets
public record SessionKey(Octets key) {

    /// The number of AES in key exchange. DES (1) and triple DES (2) are not offered and not accepted.
    static final int AES = 3;

    static final int KEY_BYTES = 32;

    private static final int AES_KEY_BYTES = 16;
    private static final int BLOCK_BYTES = 16;

    public SessionKey {
        if (key.length() != AES_KEY_BYTES && key.length() != KEY_BYTES) {
            throw new IllegalArgumentException("a session key has 16 or 32 octets, not " + key.length());
        }
    }

    static SessionKey random(RandomGenerator random) {
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        return new SessionKey(Octets.of(key));
    }

    /// @param message header, body and credential
    /// @param random unpredictable
    public byte[] encrypt(byte[] message, RandomGenerator random) {
        byte[] vector = new byte[BLOCK_BYTES];
        random.nextBytes(vector);
        try {
            byte[] hidden = cipher(Cipher.ENCRYPT_MODE, vector).doFinal(message);
            byte[] all = Arrays.copyOf(vector, vector.length + hidden.length);
            System.arraycopy(hidden, 0, all, vector.length, hidden.length);
            return all;
        } catch (GeneralSecurityException e) {
            throw new AssertionError("AES encrypts whatever it is given", e);
        }
    }

    /// @param from where the initial vector begins
    /// @param to the end of the message
    /// @throws MalformedException if it was not encrypted with this key
    public byte[] decrypt(byte[] bytes, int from, int to) throws MalformedException {
        if (to - from < 2 * BLOCK_BYTES) {
            throw new MalformedException("an encrypted message has at least " + 2 * BLOCK_BYTES + " octets");
        }
        try {
            var cipher = cipher(Cipher.DECRYPT_MODE, Arrays.copyOfRange(bytes, from, from + BLOCK_BYTES));
            return cipher.doFinal(bytes, from + BLOCK_BYTES, to - from - BLOCK_BYTES);
        } catch (GeneralSecurityException e) {
            throw new MalformedException("the message is not encrypted with the session's key");
        }
    }

    private Cipher cipher(int mode, byte[] vector) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
        byte[] aes = Arrays.copyOf(key.toByteArray(), AES_KEY_BYTES);
        cipher.init(mode, new SecretKeySpec(aes, "AES"), new IvParameterSpec(vector));
        return cipher;
    }

    byte[] code(byte[] message) {
        return SecretKeyProof.hmac("HmacSHA256", key.toByteArray(), message);
    }

    /// Keeps the secret out of logs.
    @Override
    public String toString() {
        return "session key of " + key.length() + " octets";
    }
}
