package io.millwright.identity.message;

import io.millwright.identity.wire.MalformedException;
import io.millwright.identity.wire.Octets;
import io.millwright.identity.wire.WireReader;
import io.millwright.identity.wire.WireWriter;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The digest of a request's header and body, with which a response shows which request it answers (RFC 3652, section
/// 2.2.3): an octet for the algorithm and the digest, without a length.
///
/// @param algorithm 1 MD5, 2 SHA-1, 3 SHA-256 (since version 2.7)
/// @param digest 16, 20 or 32 octets
public record RequestDigest(int algorithm, Octets digest) {

    public static final int MD5 = 1;
    public static final int SHA_1 = 2;
    public static final int SHA_256 = 3;

    public RequestDigest {
        if (digest.length() != lengthOf(algorithm)) {
            throw new IllegalArgumentException("digest of " + digest.length() + " octets for algorithm " + algorithm);
        }
    }

    /// @param message header, body and credential, without the envelope
    /// @param from where the header begins
    /// @param to the end of the body
    public static RequestDigest of(int algorithm, byte[] message, int from, int to) {
        try {
            var digest = MessageDigest.getInstance(nameOf(algorithm));
            digest.update(message, from, to - from);
            return new RequestDigest(algorithm, Octets.of(digest.digest()));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has " + nameOf(algorithm), e);
        }
    }

    /// The algorithm a sender of this version understands.
    public static int algorithmFor(ProtocolVersion version) {
        return version.isAtLeast(2, 7) ? SHA_256 : SHA_1;
    }

    static RequestDigest read(WireReader in) throws MalformedException {
        int algorithm = in.u8("digest algorithm");
        if (lengthOf(algorithm) < 0) {
            throw new MalformedException("digest algorithm " + algorithm + " is none of 1, 2, 3");
        }
        return new RequestDigest(algorithm, in.plain("request digest", lengthOf(algorithm)));
    }

    void write(WireWriter out) {
        out.u8(algorithm).plain(digest);
    }

    private static int lengthOf(int algorithm) {
        return switch (algorithm) {
            case MD5 -> 16;
            case SHA_1 -> 20;
            case SHA_256 -> 32;
            default -> -1;
        };
    }

    private static String nameOf(int algorithm) {
        return switch (algorithm) {
            case MD5 -> "MD5";
            case SHA_1 -> "SHA-1";
            case SHA_256 -> "SHA-256";
            default -> throw new IllegalArgumentException("digest algorithm " + algorithm);
        };
    }
}
