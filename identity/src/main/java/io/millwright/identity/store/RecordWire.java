package io.millwright.identity.store;

import io.millwright.identity.record.HandleValue;
import io.millwright.identity.wire.MalformedException;
import io.millwright.identity.wire.WireReader;
import io.millwright.identity.wire.WireWriter;

/// Packed records as they travel, octet for octet what [RecordCodec] reads and [HandleValue] writes, without objects
/// between.
final class RecordWire {

    private static final int[] NO_TIMES = {};

    private final Templates templates;

    RecordWire(Templates templates) {
        this.templates = templates;
    }

    /// Appends number and values of a record.
    ///
    /// @param key of a handle in ASCII
    /// @param publishedOnly whether values that not everyone may read are left out; if not, nothing is appended for
    ///     a record that has one
    /// @return whether anything was appended
    boolean write(byte[] key, byte[] packed, boolean publishedOnly, WireWriter out) {
        int start = out.size();
        try {
            if (values(key, new WireReader(packed), publishedOnly, out)) {
                return true;
            }
        } catch (MalformedException | IllegalArgumentException e) {
            // Damage is told by whoever reads the record in the usual way.
        }
        out.truncate(start);
        return false;
    }

    private boolean values(byte[] key, WireReader in, boolean publishedOnly, WireWriter out) throws MalformedException {
        int flags = in.u8("record flags");
        byte[] text = RecordCodec.readCase(in, flags, key);
        int suffixAt = Keys.slash(text) + 1;
        int[] ids = RecordCodec.readTemplate(in, templates);
        boolean oneTime = (flags & RecordCodec.ONE_TIMESTAMP) != 0;
        int[] times = oneTime ? NO_TIMES : RecordCodec.readTimes(in, false, ids.length);
        int time = oneTime && ids.length > 0 ? in.int32("record timestamp") : 0;
        int countAt = out.size();
        out.int32(0);
        int count = 0;
        for (int i = 0; i < ids.length; i++) {
            int begin = out.size();
            boolean published = value(ids[i], in, oneTime ? time : times[i], text, suffixAt, out);
            if (published) {
                count++;
            } else if (publishedOnly) {
                out.truncate(begin);
            } else {
                return false;
            }
        }
        out.patchInt32(countAt, count);
        in.expectEnd("record");
        return true;
    }

    /// @return whether everyone may read it
    private boolean value(int id, WireReader in, int time, byte[] text, int suffixAt, WireWriter out)
            throws MalformedException {
        if (id > 0) {
            var template = templates.value(id);
            template.writeWire(in, time, text, suffixAt, out);
            return template.isPublished();
        }
        var value = HandleValue.read(in);
        value.write(out);
        return value.permissions().publicRead();
    }
}
