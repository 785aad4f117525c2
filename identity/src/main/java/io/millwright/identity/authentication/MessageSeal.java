package io.millwright.identity.authentication;

import io.millwright.identity.message.Credential;
import io.millwright.identity.message.Envelope;
import io.millwright.identity.record.Handle;
import io.millwright.identity.record.ValueReference;
import io.millwright.identity.wire.Octets;
import io.millwright.identity.wire.WireWriter;
import java.security.MessageDigest;
import java.util.Locale;

/// Credentials of messages (RFC 3652, section 2.2.4): by a session's key, or by a server's private key. Both
/// cover, since version 2.7, parts of the envelope and a counter that shows a message sent twice:
///
/// ```text
/// | version (2) | suggested version (2), since 2.8 | session id (4) | request id (4) | counter (4) | header | body |
/// ```
public final class MessageSeal {

    /// Type of a credential by a session's key.
    public static final String HS_MAC = "HS_MAC";

    /// Type of a credential by a private key.
    public static final String HS_SIGNED = "HS_SIGNED";

    private static final String HMAC_SHA_256 = "HMAC-SHA256";
    private static final Handle NOBODY = Handle.of("");

    private MessageSeal() {}

    /// A credential by the key of a session.
    ///
    /// @param counter grows with each message of one side in the session
    /// @param message header and body at its beginning
    /// @param endOfBody where they end
    public static Credential seal(SessionKey key, int counter, Envelope envelope, byte[] message, int endOfBody) {
        byte[] code = key.code(covered(envelope, counter, message, 0, endOfBody));
        return credential(counter, HS_MAC, Octets.utf8(HMAC_SHA_256), Octets.of(code));
    }

    /// A credential by a private key.
    public static Credential sign(SigningKey key, int counter, Envelope envelope, byte[] message, int endOfBody) {
        Octets signature = key.sign(covered(envelope, counter, message, 0, endOfBody), NOBODY);
        return credential(counter, HS_SIGNED, key.digest(), signature);
    }

    private static Credential credential(int counter, String type, Octets digest, Octets signature) {
        return new Credential(0, 0, new ValueReference(NOBODY, counter), type, digest, signature);
    }

    /// The counter a credential carries.
    public static int counterOf(Credential credential) {
        return credential.signer().index();
    }

    /// Whether the credential is by the session's key and over this message.
    ///
    /// @param from where the header begins
    /// @param endOfBody where the body ends
    public static boolean isSealed(
            SessionKey key, Credential credential, Envelope envelope, byte[] message, int from, int endOfBody) {
        boolean known = credential.type().equals(HS_MAC)
                && envelope.version().isAtLeast(2, 7)
                && credential.digestAlgorithm().text().toUpperCase(Locale.ROOT).equals(HMAC_SHA_256);
        return known
                && MessageDigest.isEqual(
                        credential.signature().toByteArray(),
                        key.code(covered(envelope, counterOf(credential), message, from, endOfBody)));
    }

    /// Whether the credential is by the private half of the key and over this message.
    public static boolean isSigned(
            VerificationKey key, Credential credential, Envelope envelope, byte[] message, int from, int endOfBody) {
        return credential.type().equals(HS_SIGNED)
                && key.verifies(
                        credential.digestAlgorithm(),
                        covered(envelope, counterOf(credential), message, from, endOfBody),
                        credential.signature().toByteArray(),
                        NOBODY);
    }

    private static byte[] covered(Envelope envelope, int counter, byte[] message, int from, int endOfBody) {
        var version = envelope.version();
        var out = new WireWriter(endOfBody - from + 16);
        if (version.isAtLeast(2, 7)) {
            out.u8(version.major()).u8(version.minor());
            if (version.isAtLeast(2, 8)) {
                out.u8(envelope.suggested().major()).u8(envelope.suggested().minor());
            }
            out.int32(envelope.sessionId()).int32(envelope.requestId()).int32(counter);
        }
        return out.plain(message, from, endOfBody).toByteArray();
    }
}
