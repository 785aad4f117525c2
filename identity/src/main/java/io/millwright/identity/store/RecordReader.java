package io.millwright.identity.store;

import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleValue;
import io.millwright.identity.record.Permissions;
import io.millwright.identity.wire.MalformedException;
import io.millwright.identity.wire.WireReader;
import io.millwright.identity.wire.WireWriter;
import java.io.UncheckedIOException;
import java.util.Arrays;

/// Reads records straight into the form they have on the wire, without objects for their values. Of one thread.
///
/// ```java
/// if (reader.find(key, length)) {
///     reader.writeHandle(out);
///     int count = reader.writeValues((index, type, permissions) -> permissions.publicRead(), out);
/// ```
///
/// As reading the store does, it throws an [UncheckedIOException] if the disk fails or what is there is damaged.
public final class RecordReader {

    private static final int PACKED_BYTES = 1024;

    private final Rocks rocks;
    private final RecordCodec codec;
    private byte[] packed = new byte[PACKED_BYTES];
    private final byte[] handle = new byte[Handle.MAX_BYTES];
    private final byte[] suffix = new byte[Handle.MAX_BYTES];
    private int length;
    private int handleLength;
    private int suffixLength;
    private int valuesStart;
    private int flags;

    /// Which values are wanted.
    public interface Wanted {
        boolean wants(int index, String type, Permissions permissions);
    }

    RecordReader(Rocks rocks, RecordCodec codec) {
        this.rocks = rocks;
        this.codec = codec;
    }

    /// Looks a record up, for the other methods.
    ///
    /// @param key [Handle#key] in UTF-8, from the start of the array
    /// @return whether there is one
    public boolean find(byte[] key, int keyLength) {
        if (keyLength > handle.length) {
            return false;
        }
        length = rocks.get(Rocks.Family.RECORDS, key, keyLength, packed);
        while (length > packed.length) { // It may be replaced by a longer one meanwhile.
            packed = new byte[length];
            length = rocks.get(Rocks.Family.RECORDS, key, keyLength, packed);
        }
        if (length < 0) {
            return false;
        }
        try {
            var in = new WireReader(packed, 0, length);
            flags = in.u8("record flags");
            handleLength = keyLength;
            RecordCodec.readCase(in, flags, key, keyLength, handle);
            valuesStart = in.position();
            int slash = 0;
            while (slash < keyLength && handle[slash] != '/') {
                slash++;
            }
            int from = slash < keyLength ? slash + 1 : 0;
            suffixLength = keyLength - from;
            System.arraycopy(handle, from, suffix, 0, suffixLength);
            return true;
        } catch (MalformedException e) {
            throw damage(e);
        }
    }

    /// Writes the handle in the case in which it was registered, a UTF8-String.
    public void writeHandle(WireWriter out) {
        out.int32(handleLength).plain(handle, 0, handleLength);
    }

    /// Writes the values that are wanted, one after the other, as [HandleValue#write] does.
    ///
    /// @return how many were written
    public int writeValues(Wanted wanted, WireWriter out) {
        try {
            var in = new WireReader(packed, valuesStart, length);
            int[] ids = codec.readTemplate(in);
            var times = new WireReader(packed, in.position(), length);
            boolean one = RecordCodec.isOfOneTime(flags);
            in.skip("record timestamps", (one ? Math.min(1, ids.length) : ids.length) * Integer.BYTES);
            int count = 0;
            int time = 0;
            for (int i = 0; i < ids.length; i++) {
                time = one && i > 0 ? time : times.int32("record timestamp");
                count += writeValue(ids[i], time, in, wanted, out) ? 1 : 0;
            }
            return count;
        } catch (MalformedException e) {
            throw damage(e);
        }
    }

    private boolean writeValue(int template, int time, WireReader in, Wanted wanted, WireWriter out)
            throws MalformedException {
        if (template == 0) {
            var value = HandleValue.read(in);
            boolean wants = wanted.wants(value.index(), value.type(), value.permissions());
            if (wants) {
                value.write(out);
            }
            return wants;
        }
        int start = out.size();
        var like = codec.template(template);
        like.copy(in, time, suffix, suffixLength, out);
        boolean wants = wanted.wants(like.index(), like.type(), like.permissions());
        if (!wants) {
            out.truncate(start);
        }
        return wants;
    }

    private UncheckedIOException damage(MalformedException e) {
        return new UncheckedIOException(rocks.damage(StateKeys.text(Arrays.copyOf(handle, handleLength), 0), e));
    }
}
