package io.millwright.identity.authentication;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.identity.message.Body;
import io.millwright.identity.message.RequestDigest;
import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleValue;
import io.millwright.identity.record.Permissions;
import io.millwright.identity.record.TimeToLive;
import io.millwright.identity.record.ValueReference;
import io.millwright.identity.wire.MalformedException;
import io.millwright.identity.wire.Octets;
import io.millwright.testkit.Property;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import net.handle.hdllib.SessionInfo;
import net.handle.hdllib.Util;
import net.handle.security.HdlSecurityProvider;
import org.bouncycastle.asn1.gm.GMObjectIdentifiers;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Proofs, keys and ciphers against those of another implementation and of the standards.
class ProofTest {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final ValueReference SIGNER = new ValueReference(Handle.of("88.118.7/admin"), 300);
    private static final Octets NONCE = Octets.hex("000102030405060708090a0b0c0d0e0f");
    private static final RequestDigest DIGEST = RequestDigest.of(RequestDigest.SHA_256, new byte[] {1, 2, 3}, 0, 3);
    private static final byte[] CHALLENGE = Proof.challenge(NONCE, DIGEST.digest());

    private static HandleValue value(String type, Octets data) {
        return new HandleValue(300, type, data, Permissions.SECRET, TimeToLive.DAY, 0, List.of());
    }

    private static boolean holds(String type, Octets answer, HandleValue key) {
        return Proof.holds(new Body.ChallengeAnswer(type, SIGNER, answer), key, NONCE, DIGEST.digest());
    }

    /// Every form of code that clients in use send, made by the public client, with a key that is not ASCII.
    @ParameterizedTest
    @ValueSource(bytes = {0x01, 0x02, 0x03, 0x12, 0x13, 0x22})
    void codesOfThePublicClientAreVerified(byte algorithm) throws Exception {
        for (String password : List.of("secret", "gehëim 密码", "x".repeat(300))) {
            byte[] key = password.getBytes(StandardCharsets.UTF_8);
            byte[] code = Util.doMac(algorithm, CHALLENGE, key);
            byte[] answer = new byte[code.length + 1];
            answer[0] = algorithm;
            System.arraycopy(code, 0, answer, 1, code.length);
            assertTrue(holds("HS_SECKEY", Octets.of(answer), value("HS_SECKEY", Octets.of(key))));
            assertFalse(holds("HS_SECKEY", Octets.of(answer), value("HS_SECKEY", Octets.utf8("other"))));
            assertFalse(holds("HS_SECKEY", Octets.of(answer), value("HS_PUBKEY", Octets.of(key))));
            answer[answer.length - 1] ^= 1;
            assertFalse(holds("HS_SECKEY", Octets.of(answer), value("HS_SECKEY", Octets.of(key))));
        }
    }

    @Test
    void thePublicClientComesToTheSameCode() throws Exception {
        var key = Octets.utf8("gehëim");
        var answer = new Identity.SecretKey(SIGNER, key).answer(NONCE, DIGEST, RANDOM);
        byte[] sent = answer.answer().toByteArray();
        byte[] parameters = Arrays.copyOfRange(sent, 1, sent.length);
        assertArrayEquals(parameters, Util.doMac(sent[0], CHALLENGE, key.toByteArray(), parameters));
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "DSA"})
    void keysOfThePublicClientAreRead(String algorithm) throws Exception {
        var keys = KeyPairGenerator.getInstance(algorithm).generateKeyPair();
        var encoded = Octets.of(Util.getBytesFromPublicKey(keys.getPublic()));
        assertEquals(new VerificationKey.Standard(keys.getPublic()), VerificationKey.decode(encoded));
        if (algorithm.equals("RSA")) {
            assertEquals(encoded, new VerificationKey.Standard(keys.getPublic()).encode());
        }
    }

    /// GB/T 32905, appendix A.1.
    @Test
    void sm3OfTheStandard() {
        assertEquals(
                "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0",
                Octets.of(Digests.sm3("abc".getBytes(StandardCharsets.US_ASCII)))
                        .toString());
    }

    /// The key pair of GB/T 32918.5, appendix A.2.
    @Test
    void sm2WithTheKeysOfTheStandard() throws Exception {
        var curve = ECNamedDomainParameters.lookup(GMObjectIdentifiers.sm2p256v1);
        var named = new ECNamedDomainParameters(GMObjectIdentifiers.sm2p256v1, curve);
        var x = new BigInteger("09f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020", 16);
        var y = new BigInteger("ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13", 16);
        var secret = new BigInteger("3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8", 16);
        var key = new VerificationKey.Sm2(
                new ECPublicKeyParameters(curve.getCurve().createPoint(x, y), named));
        var pair = new Identity.PrivateKey(SIGNER, new SigningKey.Sm2(new ECPrivateKeyParameters(secret, named)));
        var answer = pair.answer(NONCE, DIGEST, RANDOM);
        assertTrue(holds("HS_PUBKEY", answer.answer(), value("HS_PUBKEY", key.encode())));
        var another = new ValueReference(Handle.of("88.118.7/other"), 300);
        var claimed = new Body.ChallengeAnswer("HS_PUBKEY", another, answer.answer());
        assertFalse(
                Proof.holds(claimed, value("HS_PUBKEY", key.encode()), NONCE, DIGEST.digest()),
                "who signs is part of what SM2 signs");
        assertTrue(key.encode().text().contains("-----BEGIN PUBLIC KEY-----"));
    }

    /// AES as the public client has it, both ways.
    @Test
    void sessionsAreEncryptedAsByThePublicClient() throws Exception {
        var key = SessionKey.random(RANDOM);
        byte[] message = "a message of some length".getBytes(StandardCharsets.US_ASCII);
        var theirs = new SessionInfo(1, key.key().toByteArray(), null, -1, HdlSecurityProvider.ENCRYPT_ALG_AES, 2, 11);
        byte[] ours = key.encrypt(message, RANDOM);
        assertArrayEquals(message, theirs.decryptBuffer(ours, 0, ours.length));
        byte[] hidden = theirs.encryptBuffer(message, 0, message.length);
        assertArrayEquals(message, key.decrypt(hidden, 0, hidden.length));
    }

    /// RSA: the server chooses, or the client does.
    @Test
    void sessionKeysAreExchangedByRsa() throws Exception {
        var keys = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        var agreed = KeyAgreement.forOwnerOf(new VerificationKey.Standard(keys.getPublic()).encode(), RANDOM);
        assertEquals(agreed.key(), KeyAgreement.decrypt(keys.getPrivate(), agreed.told()));
        var other = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        assertThrows(
                MalformedException.class, () -> KeyAgreement.decrypt(other.getPrivate(), Octets.hex("00".repeat(256))));
    }

    /// What a stranger stores or sends as a key or a proof is right, or not, and nothing else happens.
    @Test
    void mutatedKeysAndProofsProveNothing() throws Exception {
        var keys = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        var encoded = new VerificationKey.Standard(keys.getPublic()).encode();
        var dsa = Octets.of(Util.getBytesFromPublicKey(
                KeyPairGenerator.getInstance("DSA").generateKeyPair().getPublic()));
        var identity = new Identity.PrivateKey(SIGNER, new SigningKey.Standard(keys.getPrivate()));
        var answer = identity.answer(NONCE, DIGEST, RANDOM).answer();
        Property.check(2_000, random -> {
            var key = random.nextBoolean() ? encoded : dsa;
            var mutatedKey = mutated(key, random);
            var mutatedAnswer = mutated(answer, random);
            // The two free octets of a key may be anything, and the digest's name in small letters.
            boolean same = inCapitals(mutatedAnswer).equals(answer);
            boolean proven = holds("HS_PUBKEY", mutatedAnswer, value("HS_PUBKEY", mutatedKey));
            assertTrue(!proven || same);
            try {
                KeyAgreement.acceptDiffieHellman(mutatedKey);
            } catch (MalformedException e) {
                assertTrue(e.getMessage().length() < 400, e.getMessage());
            }
        });
    }

    /// An answer with the name of its digest, which stands behind four octets of length, in capital letters.
    private static Octets inCapitals(Octets answer) {
        byte[] bytes = answer.toByteArray();
        for (int i = Integer.BYTES; i < Math.min(bytes.length, Integer.BYTES + "SHA-256".length()); i++) {
            bytes[i] = (byte) Character.toUpperCase((char) bytes[i]);
        }
        return Octets.of(bytes);
    }

    private static Octets mutated(Octets octets, java.util.SplittableRandom random) {
        byte[] bytes = octets.toByteArray();
        for (int i = random.nextInt(3); i > 0; i--) {
            bytes[random.nextInt(Math.min(40, bytes.length))] = (byte) random.nextInt();
        }
        return Octets.of(random.nextInt(5) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes);
    }
}
