package io.millwright.identity.recursive;

import io.millwright.identity.message.Body;
import io.millwright.identity.message.ResponseCode;
import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.record.HandleValue;
import io.millwright.identity.record.Permissions;
import io.millwright.identity.record.TimeToLive;
import io.millwright.identity.record.ValueTypes;
import io.millwright.identity.wire.MalformedException;
import io.millwright.identity.wire.Octets;
import io.millwright.identity.wire.WireReader;
import io.millwright.identity.wire.WireWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// An answer in the form in which it travels: to give it once more is to copy it. What ages is put right in the copy:
/// of each value with a relative TTL, the seconds that are left of it (RFC 3651, section 3.1), so that another cache
/// behind this one keeps it no longer than this one does.
final class KeptAnswer {

    private static final int STALE_INDEX = Integer.MAX_VALUE;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int TTL_AT = 8;
    private static final int OBJECT_BYTES = 256;
    private static final Permissions READABLE = new Permissions(0x0a);

    private final int code;
    private final byte[] body;
    private final int[] lifetimesAt;
    private final long lifeNanos;

    private KeptAnswer(int code, byte[] body, int[] lifetimesAt, long lifeNanos) {
        this.code = code;
        this.body = body;
        this.lifetimesAt = lifetimesAt;
        this.lifeNanos = lifeNanos;
    }

    /// @param lifeNanos how long it is fresh
    static KeptAnswer found(HandleRecord found, long lifeNanos) {
        var out = new WireWriter();
        out.text(found.handle().toString()).int32(found.values().size());
        var lifetimes = new ArrayList<Integer>(found.values().size());
        for (var value : found.values()) {
            if (value.ttl().type() == 0) {
                lifetimes.add(out.size() + TTL_AT + 1);
            }
            value.write(out);
        }
        int[] at = lifetimes.stream().mapToInt(Integer::intValue).toArray();
        return new KeptAnswer(ResponseCode.SUCCESS, out.toByteArray(), at, lifeNanos);
    }

    /// A refusal.
    ///
    /// @param text in words; none for HANDLE_NOT_FOUND (RFC 3652, section 3.2.3)
    static KeptAnswer refused(int code, Optional<String> text, long lifeNanos) {
        var out = new WireWriter();
        text.ifPresent(out::text);
        return new KeptAnswer(code, out.toByteArray(), new int[0], lifeNanos);
    }

    int code() {
        return code;
    }

    long lifeNanos() {
        return lifeNanos;
    }

    /// About how much memory it takes.
    long bytes() {
        return OBJECT_BYTES + body.length + 4L * lifetimesAt.length;
    }

    /// The body of an answer while it is fresh.
    ///
    /// @param asked the handle as this client wrote it
    Body fresh(Handle asked, long ageNanos) {
        byte[] copy = body.clone();
        if (code == ResponseCode.SUCCESS) {
            name(copy, asked);
            reduceLifetimes(copy, (ageNanos + NANOS_PER_SECOND - 1) / NANOS_PER_SECOND);
        }
        return new Body.Opaque(Octets.of(copy));
    }

    /// The body of an answer that is no longer fresh: its values are not to be cached, and one more value tells the
    /// age.
    Body stale(Handle asked, long ageNanos) {
        byte[] copy = body.clone();
        name(copy, asked);
        reduceLifetimes(copy, Long.MAX_VALUE);
        int countAt = 4 + ByteBuffer.wrap(copy).getInt(0);
        ByteBuffer.wrap(copy).putInt(countAt, ByteBuffer.wrap(copy).getInt(countAt) + 1);
        var age = new HandleValue(
                STALE_INDEX,
                ValueTypes.STALE,
                Octets.utf8(Long.toString(ageNanos / NANOS_PER_SECOND)),
                READABLE,
                TimeToLive.relative(0),
                0,
                List.of());
        var out = new WireWriter(copy.length + 128).plain(copy, 0, copy.length);
        age.write(out);
        return new Body.Opaque(out.toOctets());
    }

    /// Equal handles differ in the case of ASCII letters only, which have one octet each.
    private static void name(byte[] copy, Handle asked) {
        byte[] text = asked.toString().getBytes(StandardCharsets.UTF_8);
        if (text.length == ByteBuffer.wrap(copy).getInt(0)) {
            System.arraycopy(text, 0, copy, 4, text.length);
        }
    }

    private void reduceLifetimes(byte[] copy, long seconds) {
        var buffer = ByteBuffer.wrap(copy);
        for (int at : lifetimesAt) {
            long left = Math.max(0, Integer.toUnsignedLong(buffer.getInt(at)) - seconds);
            buffer.putInt(at, (int) left);
        }
    }

    /// The record that was found, as it was told.
    HandleRecord found() throws MalformedException {
        var in = new WireReader(body);
        var handle = Handle.of(in.text("handle", Handle.MAX_BYTES));
        int count = in.count("values", HandleRecord.MAX_VALUES, HandleValue.BYTES_MIN);
        var values = new ArrayList<HandleValue>(count);
        for (int i = 0; i < count; i++) {
            values.add(HandleValue.read(in));
        }
        return new HandleRecord(handle, values);
    }

    /// The words of a refusal.
    String text() throws MalformedException {
        return body.length == 0 ? "" : new WireReader(body).text("text", body.length);
    }
}
