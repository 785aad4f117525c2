package io.millwright.plc.standby;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/// The handshake against the vector for `Noise_NNpsk0_25519_AESGCM_SHA256` of the Haskell library Cacophony, in
/// the format of the Noise wiki (as the library snow keeps it, tests/vectors/cacophony.txt).
class NoiseTest {
    private static final byte[] PSK = bytes("54686973206973206d7920417573747269616e20706572737065637469766521");
    private static final byte[] PROLOGUE = bytes("4a6f686e2047616c74");
    private static final String[][] MESSAGES = {
        {
            "4c756477696720766f6e204d69736573",
            "ca35def5ae56cec33dc2036731ab14896bc4c75dbb07a61f879f8e3afa4c79447c37a89fc17813788d30df2d59501d606"
                    + "6f5f8aecc3406bbd9829f2d24a531b1"
        },
        {
            "4d757272617920526f746862617264",
            "95ebc60d2b1fa672c1f46a8aa265ef51bfe38e7ccb39ec5be34069f1448088432f29d79368ef9de4e1ae7a362fb05b"
                    + "f0ad668e026bf5714554497b3a720461"
        },
        {"462e20412e20486179656b", "7c01e898a6201f36aecee532e29cd0b7f8ffa29d3366ad0dce39a6"},
        {"4361726c204d656e676572", "a9ff535aace3db6a1da1a7fb00fe2de2622bb373abad9fb42c00e0"},
        {"4a65616e2d426170746973746520536179", "6cfc49a3e65472edc2d0152abe5ce950170a8a47c959f30bd48b5f0aacf29adbfd"},
        {
            "457567656e2042f6686d20766f6e2042617765726b",
            "9bc86e6d974ed21ba04604a94aa68de21677eb409ead070c0cd569b069ee19ba142aa4c1a9"
        },
    };

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    /// Gives the private key of the vector.
    private static SecureRandom giving(String hex) {
        return new SecureRandom() {
            @Override
            public void nextBytes(byte[] bytes) {
                System.arraycopy(bytes(hex), 0, bytes, 0, bytes.length);
            }

            private static byte[] bytes(String hex) {
                return NoiseTest.bytes(hex);
            }
        };
    }

    @Test
    void itSaysWhatTheVectorSays() throws Exception {
        var initiator =
                new Noise(PSK, PROLOGUE, giving("893e28b9dc6ca8d611ab664754b8ceb7bac5117349a4439a6b0569da977c464a"));
        var responder =
                new Noise(PSK, PROLOGUE, giving("bbdb4cdbd309f1a1f2e1456967fe288cadd6f712d65dc7b7793d5e63da6b375b"));
        byte[] first = initiator.tell(bytes(MESSAGES[0][0]));
        assertArrayEquals(bytes(MESSAGES[0][1]), first);
        assertArrayEquals(bytes(MESSAGES[0][0]), responder.hear(first));
        byte[] second = responder.tell(bytes(MESSAGES[1][0]));
        assertArrayEquals(bytes(MESSAGES[1][1]), second);
        assertArrayEquals(bytes(MESSAGES[1][0]), initiator.hear(second));
        assertEquals(
                "9f3b1f9afd7767767b5b9d1069844a6154fdbdcc36dfb3e31c0fffc5c973d530",
                HexFormat.of().formatHex(initiator.hash()));
        assertArrayEquals(initiator.hash(), responder.hash());
        var ours = initiator.split();
        var theirs = responder.split();
        for (int i = 2; i < MESSAGES.length; i++) {
            boolean even = i % 2 == 0;
            var sends = even ? ours.ofInitiator() : theirs.ofResponder();
            var hears = even ? theirs.ofInitiator() : ours.ofResponder();
            byte[] sealed = sends.seal(new byte[0], bytes(MESSAGES[i][0]));
            assertArrayEquals(bytes(MESSAGES[i][1]), sealed, "message " + i);
            assertArrayEquals(bytes(MESSAGES[i][0]), hears.open(new byte[0], sealed));
        }
    }

    @Test
    void whoHasAnotherKeyOrPrologueIsRefused() throws Exception {
        var initiator = new Noise(PSK, PROLOGUE, new SecureRandom());
        byte[] first = initiator.tell(new byte[0]);
        byte[] otherKey = PSK.clone();
        otherKey[31] ^= 1;
        var responder = new Noise(otherKey, PROLOGUE, new SecureRandom());
        assertThrows(IOException.class, () -> responder.hear(first));
        var stranger = new Noise(PSK, new byte[] {1}, new SecureRandom());
        assertThrows(IOException.class, () -> stranger.hear(first));
    }

    /// A point of small order (RFC 7748, section 6.1) would make the agreement known to everybody.
    @Test
    void aPointOfSmallOrderIsRefused() throws Exception {
        var responder = new Noise(PSK, PROLOGUE, new SecureRandom());
        var unused = responder.tell(new byte[0]);
        assertEquals(48, unused.length);
        assertThrows(IOException.class, () -> responder.hear(new byte[48]));
    }
}
