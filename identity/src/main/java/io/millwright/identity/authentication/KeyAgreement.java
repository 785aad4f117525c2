package io.millwright.identity.authentication;

import io.millwright.identity.wire.MalformedException;
import io.millwright.identity.wire.Octets;
import io.millwright.identity.wire.WireReader;
import io.millwright.identity.wire.WireWriter;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.util.random.RandomGenerator;
import javax.crypto.Cipher;
import javax.crypto.interfaces.DHPublicKey;
import javax.crypto.spec.DHParameterSpec;

/// How two sides come to a [SessionKey] (RFC 3652, section 3.8; since version 2.4, as deployed):
/// Diffie-Hellman, or RSA with PKCS #1 padding.
public final class KeyAgreement {

    /// The public client sends 1024 bits; more than 4096 would cost the server too much.
    private static final int PRIME_BITS_MIN = 1024;

    private static final int PRIME_BITS_MAX = 4096;
    private static final int OWN_PRIME_BITS = 2048;

    private KeyAgreement() {}

    /// A key, and what the other side has to be sent so that it comes to the same key.
    public record Agreed(SessionKey key, Octets told) {}

    /// A pair of Diffie-Hellman keys for one session.
    public static KeyPair diffieHellmanKeys() {
        try {
            var generator = KeyPairGenerator.getInstance("DH");
            generator.initialize(OWN_PRIME_BITS);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has Diffie-Hellman", e);
        }
    }

    /// What the client sends: its public key.
    public static Octets offer(KeyPair keys) {
        return PublicKeys.encode((DHPublicKey) keys.getPublic());
    }

    /// The server's side: makes a key pair of its own with the client's numbers.
    public static Agreed acceptDiffieHellman(Octets offer) throws MalformedException {
        var theirs = PublicKeys.decodeDiffieHellman(offer);
        check(theirs);
        KeyPair own;
        try {
            var generator = KeyPairGenerator.getInstance("DH");
            generator.initialize(theirs.getParams());
            own = generator.generateKeyPair();
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new MalformedException("these numbers do not make Diffie-Hellman keys: " + e.getMessage());
        }
        var told = new WireWriter()
                .int32(SessionKey.AES)
                .plain(PublicKeys.encode((DHPublicKey) own.getPublic()))
                .toOctets();
        return new Agreed(shared(own.getPrivate(), theirs), told);
    }

    /// The client's side.
    public static SessionKey finishDiffieHellman(KeyPair keys, Octets told) throws MalformedException {
        var in = new WireReader(told);
        expectAes(in.int32("algorithm of the session key"));
        var theirs = PublicKeys.decodeDiffieHellman(in.plain("public key", in.remaining()));
        DHParameterSpec own = ((DHPublicKey) keys.getPublic()).getParams();
        DHParameterSpec other = theirs.getParams();
        if (!own.getP().equals(other.getP()) || !own.getG().equals(other.getG())) {
            throw new MalformedException("the server's Diffie-Hellman key has other numbers than the client's");
        }
        check(theirs);
        return shared(keys.getPrivate(), theirs);
    }

    private static void check(DHPublicKey key) throws MalformedException {
        BigInteger prime = key.getParams().getP();
        BigInteger generator = key.getParams().getG();
        BigInteger last = prime.subtract(BigInteger.TWO);
        if (prime.bitLength() < PRIME_BITS_MIN || prime.bitLength() > PRIME_BITS_MAX || !prime.testBit(0)) {
            throw new MalformedException("a Diffie-Hellman prime has " + PRIME_BITS_MIN + " to " + PRIME_BITS_MAX
                    + " bits and is odd; this one has " + prime.bitLength());
        }
        for (var number : new BigInteger[] {key.getY(), generator}) {
            if (number.compareTo(BigInteger.TWO) < 0 || number.compareTo(last) > 0) {
                throw new MalformedException("a Diffie-Hellman key or generator lies between 2 and p - 2");
            }
        }
    }

    /// The secret without leading zeros, its first 32 octets.
    private static SessionKey shared(PrivateKey own, DHPublicKey theirs) throws MalformedException {
        try {
            var agreement = javax.crypto.KeyAgreement.getInstance("DH");
            agreement.init(own);
            agreement.doPhase(theirs, true);
            byte[] secret = agreement.generateSecret();
            int start = 0;
            while (start + SessionKey.KEY_BYTES < secret.length && secret[start] == 0) {
                start++;
            }
            return new SessionKey(Octets.copy(secret, start, start + SessionKey.KEY_BYTES));
        } catch (GeneralSecurityException e) {
            throw new MalformedException("no session key comes of these Diffie-Hellman keys: " + e.getMessage());
        }
    }

    /// Chooses a key and encrypts it for the owner of an RSA key.
    ///
    /// @param publicKey in the form of an HS_PUBKEY value
    public static Agreed forOwnerOf(Octets publicKey, RandomGenerator random) throws MalformedException {
        if (!(VerificationKey.decode(publicKey) instanceof VerificationKey.Standard(RSAPublicKey rsa))) {
            throw new MalformedException("a session key can be encrypted for an RSA key only");
        }
        var key = SessionKey.random(random);
        byte[] told = new WireWriter().int32(SessionKey.AES).plain(key.key()).toByteArray();
        try {
            var cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
            cipher.init(Cipher.ENCRYPT_MODE, rsa);
            return new Agreed(key, Octets.of(cipher.doFinal(told)));
        } catch (GeneralSecurityException e) {
            throw new MalformedException("the RSA key cannot encrypt a session key: " + e.getMessage());
        }
    }

    /// Decrypts a key with the RSA key it was encrypted for.
    public static SessionKey decrypt(PrivateKey rsa, Octets told) throws MalformedException {
        byte[] plain;
        try {
            var cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
            cipher.init(Cipher.DECRYPT_MODE, rsa);
            plain = cipher.doFinal(told.toByteArray());
        } catch (GeneralSecurityException e) {
            throw new MalformedException("the session key is not encrypted for this RSA key");
        }
        var in = new WireReader(plain);
        // Some clients leave out the algorithm; then the key alone has 16 or 32 octets.
        if (plain.length % 16 != 0) {
            expectAes(in.int32("algorithm of the session key"));
        }
        Octets key = in.plain("session key", in.remaining());
        if (key.length() != 16 && key.length() != SessionKey.KEY_BYTES) {
            throw new MalformedException("a session key has 16 or 32 octets, not " + key.length());
        }
        return new SessionKey(key);
    }

    private static void expectAes(int algorithm) throws MalformedException {
        if (algorithm != SessionKey.AES) {
            throw new MalformedException("session key of algorithm " + algorithm + "; AES (3) is spoken here");
        }
    }
}
