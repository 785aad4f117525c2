package io.millwright.identity.message;

import io.millwright.identity.wire.MalformedException;
import io.millwright.identity.wire.WireReader;
import io.millwright.identity.wire.WireWriter;

/// What stands before each packet of a message (RFC 3652, section 2.2.1).
///
/// ```text
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------------------------------------------------------+
/// | major         | minor         |C|E|T| sugg. m.| sugg. minor   |
/// | session id                                                    |
/// | request id                                                    |
/// | sequence number                                               |
/// | message length                                                |
/// +---------------------------------------------------------------+
///   C compressed, E encrypted, T truncated
/// ```
///
/// RFC 3652 reserves the low 13 bits of the flags; since version 2.4 they carry the version the sender would rather
/// speak. The message length is that of the whole message, also in the envelopes of its fragments: all servers and
/// clients in use do so, where section 2.3 of the RFC says the length of the packet.
///
/// @param version the protocol version of this message
/// @param flags [#COMPRESSED], [#ENCRYPTED], [#TRUNCATED]
/// @param suggested the version the sender would rather speak; 0.0 where it does not say
/// @param sessionId 0 outside a session; unsigned
/// @param requestId chosen by the client, repeated by the server; unsigned
/// @param sequence counts the packets of one message from 0; unsigned
/// @param messageLength octets of the whole message without envelopes; 0…[Limits#MESSAGE_BYTES]
public record Envelope(
        ProtocolVersion version,
        int flags,
        ProtocolVersion suggested,
        int sessionId,
        int requestId,
        int sequence,
        int messageLength) {

    /// Octets of an envelope.
    public static final int BYTES = 20;

    public static final int COMPRESSED = 0x80;
    public static final int ENCRYPTED = 0x40;
    public static final int TRUNCATED = 0x20;

    private static final int FLAGS = 0xe0;

    public Envelope {
        if ((flags & ~FLAGS) != 0 || (suggested.major() & FLAGS) != 0) {
            throw new IllegalArgumentException("the envelope has three flags and a suggested major version below 32");
        }
        if (messageLength < 0 || messageLength > Limits.MESSAGE_BYTES) {
            throw new IllegalArgumentException("message of " + messageLength + " octets");
        }
    }

    /// The envelope of a message that travels whole and outside a session.
    public static Envelope of(ProtocolVersion version, ProtocolVersion suggested, int requestId, int messageLength) {
        return new Envelope(version, 0, suggested, 0, requestId, 0, messageLength);
    }

    public boolean isTruncated() {
        return (flags & TRUNCATED) != 0;
    }

    public boolean isEncrypted() {
        return (flags & ENCRYPTED) != 0;
    }

    public boolean isCompressed() {
        return (flags & COMPRESSED) != 0;
    }

    /// The datagram in place of an answer that is not sent, so that the client asks by TCP: an envelope with the
    /// truncated flag and a message of one octet, which is none. Clients in use that know nothing of this find it
    /// whole and not to be read, and go on at once; of a first fragment alone they would wait for the others.
    public byte[] cutShort() {
        var out = new WireWriter(BYTES + 1);
        new Envelope(version, TRUNCATED, suggested, sessionId, requestId, 0, 1).write(out);
        return out.u8(0).toByteArray();
    }

    /// Whether the answer was not sent; see [#cutShort].
    public boolean isCutShort() {
        return isTruncated() && messageLength == 1;
    }

    /// The same message, another packet of it.
    Envelope fragment(int fragmentSequence) {
        return new Envelope(
                version, flags | TRUNCATED, suggested, sessionId, requestId, fragmentSequence, messageLength);
    }

    /// Reads an envelope and leaves the reader behind it.
    public static Envelope read(WireReader in) throws MalformedException {
        int major = in.u8("major version");
        var version = new ProtocolVersion(major, in.u8("minor version"));
        int flags = in.u8("message flags");
        var suggested = new ProtocolVersion(flags & ~FLAGS, in.u8("suggested minor version"));
        int sessionId = in.int32("session id");
        int requestId = in.int32("request id");
        int sequence = in.int32("sequence number");
        int length = in.length("message", Limits.MESSAGE_BYTES);
        return new Envelope(version, flags & FLAGS, suggested, sessionId, requestId, sequence, length);
    }

    public void write(WireWriter out) {
        out.u8(version.major())
                .u8(version.minor())
                .u8(flags | suggested.major())
                .u8(suggested.minor());
        out.int32(sessionId).int32(requestId).int32(sequence).int32(messageLength);
    }
}
