package io.millwright.identity.message;

import io.millwright.identity.wire.MalformedException;
import io.millwright.identity.wire.WireReader;
import io.millwright.identity.wire.WireWriter;

/// The fields every message has (RFC 3652, section 2.2.2).
///
/// ```text
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------------------------------------------------------+
/// | operation code                                                |
/// | response code                                                 |
/// | flags                                                         |
/// | site information serial       | recursions    | reserved      |
/// | expiration: seconds since 1970                                |
/// | body length                                                   |
/// +---------------------------------------------------------------+
/// ```
///
/// The body length is not kept here: the codec reads and writes it.
///
/// @param opCode one of [OpCode], or another number
/// @param responseCode 0 in a request; one of [ResponseCode], or another number
/// @param flags bits of [OpFlag]; those without a name are kept
/// @param siteSerial of the HS_SITE the client used; `ffff` if it used none; two octets
/// @param recursionCount how many servers passed the request on; one octet
/// @param expirationSeconds when the message is no longer valid, seconds since 1970; 0 for never; unsigned
public record Header(
        int opCode, int responseCode, int flags, int siteSerial, int recursionCount, int expirationSeconds) {

    /// Octets of a header.
    public static final int BYTES = 24;

    /// The serial of a client that used no site information.
    public static final int NO_SITE = 0xffff;

    static final int BODY_LENGTH_AT = 20;

    public Header {
        if (siteSerial < 0 || siteSerial > 0xffff || recursionCount < 0 || recursionCount > 0xff) {
            throw new IllegalArgumentException("site serial " + siteSerial + ", recursion count " + recursionCount);
        }
    }

    public boolean has(int flag) {
        return (flags & flag) == flag;
    }

    /// Whether this is a response.
    public boolean isResponse() {
        return responseCode != 0;
    }

    static Header read(WireReader in) throws MalformedException {
        int opCode = in.int32("operation code");
        int responseCode = in.int32("response code");
        int flags = in.int32("flags");
        int siteSerial = in.u16("site serial");
        int recursionCount = in.u8("recursion count");
        in.u8("reserved octet");
        return new Header(opCode, responseCode, flags, siteSerial, recursionCount, in.int32("expiration"));
    }

    /// @param bodyLength octets of the body that follows
    void write(WireWriter out, int bodyLength) {
        out.int32(opCode)
                .int32(responseCode)
                .int32(flags)
                .u16(siteSerial)
                .u8(recursionCount)
                .u8(0);
        out.int32(expirationSeconds).int32(bodyLength);
    }
}
