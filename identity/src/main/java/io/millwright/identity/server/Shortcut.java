package io.millwright.identity.server;

import io.millwright.identity.message.Envelope;
import io.millwright.identity.message.Header;
import io.millwright.identity.message.Limits;
import io.millwright.identity.message.OpCode;
import io.millwright.identity.message.OpFlag;
import io.millwright.identity.message.ProtocolVersion;
import io.millwright.identity.message.ResponseCode;
import io.millwright.identity.record.Handle;
import io.millwright.identity.record.Site;
import io.millwright.identity.registry.WireRegistry;
import io.millwright.identity.wire.WireWriter;
import io.millwright.model.Time;
import java.nio.ByteBuffer;

/// The usual resolution over UDP, answered from the record as it is kept: all published values of a handle, asked for
/// by a stranger, in one datagram there and back. The answer is octet for octet that of [Responder]; whatever is
/// unusual in request or record is left to that. To be used by one thread.
final class Shortcut {

    private static final byte[] NOTHING = {};
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private static final int UNDERSTOOD = OpFlag.AUTHORITATIVE
            | OpFlag.RECURSIVE
            | OpFlag.CACHE_AUTHENTICATION
            | OpFlag.KEEP_CONNECTION
            | OpFlag.PUBLIC_ONLY
            | OpFlag.DO_NOT_REFER;

    private static final int FLAGS_AT = Envelope.BYTES + 8;
    private static final int RECURSION_COUNT_AT = Envelope.BYTES + 14;
    private static final int EXPIRATION_AT = Envelope.BYTES + 16;
    private static final int BODY_LENGTH_AT = Envelope.BYTES + 20;
    private static final int HANDLE_AT = Envelope.BYTES + Header.BYTES + 4;

    /// No indexes, no types.
    private static final int EMPTY_LISTS_BYTES = 8;

    private final WireRegistry registry;
    private final Time time;
    private final ServerCounters counters;
    private final int siteSerial;
    private final int ownFlags;
    private final int messageBytesMax;
    private final WireWriter out = new WireWriter(Limits.DATAGRAM_BYTES);

    /// @param site a site of one server, this one
    /// @param answerBytesMax the longest message that is sent whole
    Shortcut(WireRegistry registry, Site site, Time time, ServerCounters counters, int answerBytesMax) {
        this.registry = registry;
        this.time = time;
        this.counters = counters;
        siteSerial = site.serial();
        ownFlags = site.isPrimary() ? OpFlag.AUTHORITATIVE : 0;
        messageBytesMax = Math.min(Limits.FRAGMENT_BYTES, answerBytesMax);
    }

    /// The answer to a datagram, or nothing if this is not the way to answer it.
    byte[] answer(byte[] datagram, int length) {
        int end = HANDLE_AT + EMPTY_LISTS_BYTES;
        if (length <= end) {
            return NOTHING;
        }
        var request = ByteBuffer.wrap(datagram, 0, length);
        int handleBytes = request.getInt(HANDLE_AT - 4);
        if (!isPlain(request, length) || handleBytes < 3 || handleBytes > Math.min(Handle.MAX_BYTES, length - end)) {
            return NOTHING;
        }
        long nowSeconds = time.epochNanos() / NANOS_PER_SECOND;
        int bodyEnd = end + handleBytes;
        boolean asUsual = request.getInt(BODY_LENGTH_AT) == handleBytes + 4 + EMPTY_LISTS_BYTES
                && request.getLong(HANDLE_AT + handleBytes) == 0
                && (length == bodyEnd || length == bodyEnd + 4 && request.getInt(bodyEnd) == 0);
        return asUsual && isValid(request.getInt(EXPIRATION_AT), nowSeconds)
                ? resolved(datagram, request, handleBytes, nowSeconds)
                : NOTHING;
    }

    private static boolean isPlain(ByteBuffer request, int length) {
        return request.get(0) == ProtocolVersion.NEWEST.major()
                && (request.get(2) & (Envelope.COMPRESSED | Envelope.ENCRYPTED | Envelope.TRUNCATED)) == 0
                && request.getInt(4) == 0
                && request.getInt(16) == length - Envelope.BYTES
                && request.getInt(Envelope.BYTES) == OpCode.RESOLUTION
                && request.getInt(Envelope.BYTES + 4) == 0
                && (request.getInt(FLAGS_AT) & ~UNDERSTOOD) == 0;
    }

    private static boolean isValid(int expirationSeconds, long nowSeconds) {
        return expirationSeconds == 0 || Integer.toUnsignedLong(expirationSeconds) >= nowSeconds;
    }

    private byte[] resolved(byte[] datagram, ByteBuffer request, int handleBytes, long nowSeconds) {
        int flags = request.getInt(FLAGS_AT);
        out.clear();
        envelope(request);
        out.int32(OpCode.RESOLUTION)
                .int32(ResponseCode.SUCCESS)
                .int32(flags & Replies.REPEATED_FLAGS | ownFlags)
                .u16(siteSerial)
                .u8(request.get(RECURSION_COUNT_AT))
                .u8(0)
                .int32((int) (nowSeconds + Replies.RESPONSE_VALID_SECONDS))
                .int32(0);
        out.int32(handleBytes).plain(datagram, HANDLE_AT, HANDLE_AT + handleBytes);
        boolean publishedOnly = (flags & OpFlag.PUBLIC_ONLY) != 0;
        if (!registry.write(datagram, HANDLE_AT, HANDLE_AT + handleBytes, publishedOnly, out)) {
            return NOTHING;
        }
        out.patchInt32(BODY_LENGTH_AT, out.size() - Envelope.BYTES - Header.BYTES);
        out.int32(0);
        int messageBytes = out.size() - Envelope.BYTES;
        if (messageBytes > messageBytesMax) {
            return NOTHING;
        }
        counters.requests.increment();
        counters.count(ResponseCode.SUCCESS);
        return out.patchInt32(16, messageBytes).toByteArray();
    }

    /// The version that [Request#answerVersion] chooses; the length is put in at the end.
    private void envelope(ByteBuffer request) {
        var newest = ProtocolVersion.NEWEST;
        int suggested = request.get(2) & 0xff;
        int wantedMajor = suggested == 0 ? newest.major() : suggested;
        int wantedMinor = request.get(suggested == 0 ? 1 : 3) & 0xff;
        boolean spoken = wantedMajor == newest.major() && wantedMinor <= newest.minor();
        out.u8(newest.major())
                .u8(spoken ? wantedMinor : newest.minor())
                .u8(newest.major())
                .u8(newest.minor());
        out.int32(0).int32(request.getInt(8)).int32(0).int32(0);
    }
}
