package io.millwright.plc.standby;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.interfaces.XECPublicKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPublicKeySpec;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// The handshake `Noise_NNpsk0_25519_AESGCM_SHA256` of the Noise Protocol Framework, revision 34 (T. Perrin,
/// 2018): both sides show that they know a key, and agree on keys for one session which that key does not give
/// away later.
///
/// ```
/// -> psk, e
/// <- e, ee
/// ```
final class Noise {
    static final int KEY = 32;
    /// What encryption adds.
    static final int TAG = 16;

    private static final byte[] NAME = "Noise_NNpsk0_25519_AESGCM_SHA256".getBytes(StandardCharsets.US_ASCII);

    private final SecureRandom random;
    private byte[] hash = NAME;
    private byte[] chain = NAME;
    private Sealer sealer;
    private @Nullable KeyPair own;
    private byte @Nullable [] other;

    /// Encrypts or decrypts with one key, each message under the next number (section 5.1).
    static final class Sealer {
        private final SecretKeySpec key;
        private long number;

        Sealer(byte[] key) {
            this.key = new SecretKeySpec(key, "AES");
        }

        byte[] seal(byte[] associated, byte[] text) throws GeneralSecurityException {
            return with(Cipher.ENCRYPT_MODE, associated, text);
        }

        byte[] open(byte[] associated, byte[] text) throws GeneralSecurityException {
            return with(Cipher.DECRYPT_MODE, associated, text);
        }

        private byte[] with(int mode, byte[] associated, byte[] text) throws GeneralSecurityException {
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            byte[] nonce = ByteBuffer.allocate(12).putInt(0).putLong(number).array();
            cipher.init(mode, key, new GCMParameterSpec(8 * TAG, nonce));
            cipher.updateAAD(associated);
            byte[] done = cipher.doFinal(text);
            number++;
            return done;
        }
    }

    /// The two directions of a session.
    record Keys(Sealer ofInitiator, Sealer ofResponder) {}

    /// @param psk [#KEY] bytes
    /// @param prologue what both sides must agree on
    /// @param random gives the key of this session
    Noise(byte[] psk, byte[] prologue, SecureRandom random) throws IOException {
        this.random = random;
        try {
            mixHash(prologue);
            byte[][] keys = derive(chain, psk, 3);
            chain = keys[0];
            mixHash(keys[1]);
            sealer = new Sealer(keys[2]);
        } catch (GeneralSecurityException e) {
            throw unusable(e);
        }
    }

    /// The next message of this side.
    byte[] tell(byte[] payload) throws IOException {
        try {
            var generator = KeyPairGenerator.getInstance("X25519");
            generator.initialize(NamedParameterSpec.X25519, random);
            KeyPair pair = generator.generateKeyPair();
            own = pair;
            byte[] shown = raw((XECPublicKey) pair.getPublic());
            mixHash(shown);
            mixKey(shown);
            agree();
            byte[] sealed = sealer.seal(hash, payload);
            mixHash(sealed);
            return ByteBuffer.allocate(KEY + sealed.length)
                    .put(shown)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw unusable(e);
        }
    }

    /// Takes the next message of the other side.
    ///
    /// @return its payload
    /// @throws IOException where it does not know the key
    byte[] hear(byte[] message) throws IOException {
        try {
            byte[] shown = Arrays.copyOf(message, KEY);
            byte[] sealed = Arrays.copyOfRange(message, KEY, message.length);
            other = shown;
            mixHash(shown);
            mixKey(shown);
            agree();
            byte[] payload = sealer.open(hash, sealed);
            mixHash(sealed);
            return payload;
        } catch (GeneralSecurityException e) {
            throw new IOException("the other side does not share the key", e);
        }
    }

    /// The keys of the session.
    Keys split() throws IOException {
        try {
            byte[][] keys = derive(chain, new byte[0], 2);
            return new Keys(new Sealer(keys[0]), new Sealer(keys[1]));
        } catch (GeneralSecurityException e) {
            throw unusable(e);
        }
    }

    /// A number of the whole handshake, the same on both sides.
    byte[] hash() {
        return hash.clone();
    }

    private static IOException unusable(GeneralSecurityException e) {
        return new IOException("this Java does not have what the link needs: " + e.getMessage(), e);
    }

    private void agree() throws GeneralSecurityException {
        KeyPair pair = own;
        byte[] shown = other;
        if (pair != null && shown != null) {
            var agreement = KeyAgreement.getInstance("X25519");
            agreement.init(pair.getPrivate());
            var spec = new XECPublicKeySpec(NamedParameterSpec.X25519, new BigInteger(1, reversed(shown)));
            agreement.doPhase(KeyFactory.getInstance("X25519").generatePublic(spec), true);
            mixKey(agreement.generateSecret());
        }
    }

    /// RFC 7748, section 5: the coordinate, its lowest byte first.
    private static byte[] raw(XECPublicKey key) {
        byte[] highestFirst = key.getU().toByteArray();
        return Arrays.copyOf(reversed(highestFirst), KEY);
    }

    private static byte[] reversed(byte[] bytes) {
        var turned = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            turned[i] = bytes[bytes.length - 1 - i];
        }
        return turned;
    }

    private void mixHash(byte[] data) throws GeneralSecurityException {
        var digest = MessageDigest.getInstance("SHA-256");
        digest.update(hash);
        hash = digest.digest(data);
    }

    private void mixKey(byte[] data) throws GeneralSecurityException {
        byte[][] keys = derive(chain, data, 2);
        chain = keys[0];
        sealer = new Sealer(keys[1]);
    }

    /// HKDF (RFC 5869) as in section 4.3.
    private static byte[][] derive(byte[] chain, byte[] data, int count) throws GeneralSecurityException {
        byte[] key = code(chain, data, new byte[0]);
        var keys = new byte[count][];
        byte[] before = {};
        for (int i = 0; i < count; i++) {
            before = code(key, before, new byte[] {(byte) (i + 1)});
            keys[i] = before;
        }
        return keys;
    }

    private static byte[] code(byte[] key, byte[] a, byte[] b) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        mac.update(a);
        return mac.doFinal(b);
    }
}
