package io.millwright.identity.authentication;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.identity.record.Handle;
import io.millwright.identity.server.AdministeredNode;
import io.millwright.identity.wire.MalformedException;
import io.millwright.testkit.Property;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyInfoFactory;
import org.junit.jupiter.api.Test;

/// Keys of administrators, from files in the form of PKCS #8 that other libraries have written.
class PrivateKeysTest {

    private static final byte[] MESSAGE = "a message".getBytes(StandardCharsets.UTF_8);
    private static final Handle SIGNER = Handle.of("0.NA/88.118.7");

    private static void signs(byte[] pkcs8, VerificationKey open) throws MalformedException {
        var pem = "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(pkcs8)
                + "\n-----END PRIVATE KEY-----\n";
        for (byte[] form : new byte[][] {pkcs8, pem.getBytes(StandardCharsets.US_ASCII)}) {
            var key = SigningKey.decode(form);
            byte[] signature = key.sign(MESSAGE, SIGNER).toByteArray();
            assertTrue(open.verifies(key.digest(), MESSAGE, signature, SIGNER));
            assertFalse(open.verifies(key.digest(), new byte[] {1}, signature, SIGNER));
        }
    }

    private static void signs(KeyPair pair) throws MalformedException {
        signs(pair.getPrivate().getEncoded(), new VerificationKey.Standard(pair.getPublic()));
    }

    @Test
    void keysOfEveryKindAreRead() throws Exception {
        signs(AdministeredNode.RSA_KEYS);
        signs(AdministeredNode.ED25519_KEYS);
        var sm2 = AdministeredNode.SM2_KEYS;
        signs(
                PrivateKeyInfoFactory.createPrivateKeyInfo(sm2.getPrivate()).getEncoded(),
                new VerificationKey.Sm2((ECPublicKeyParameters) sm2.getPublic()));
    }

    @Test
    void otherKeysAreRefusedWithAReason() throws Exception {
        var p256 = KeyPairGenerator.getInstance("EC")
                .generateKeyPair()
                .getPrivate()
                .getEncoded();
        var refused = assertThrows(MalformedException.class, () -> SigningKey.decode(p256));
        assertTrue(refused.getMessage().contains("RSA, Ed25519 and SM2"), refused.getMessage());
    }

    @Test
    void garbageIsNoKey() {
        byte[] key = AdministeredNode.RSA_KEYS.getPrivate().getEncoded();
        Property.check(300, random -> {
            byte[] bytes = random.nextBoolean() ? key.clone() : new byte[random.nextInt(200)];
            for (int i = random.nextInt(1, 5); i > 0 && bytes.length > 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            try {
                SigningKey.decode(bytes);
            } catch (MalformedException e) {
                assertTrue(e.getMessage().length() > 10);
            }
        });
    }
}
