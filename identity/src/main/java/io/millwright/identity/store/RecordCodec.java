package io.millwright.identity.store;

import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.record.HandleValue;
import io.millwright.identity.wire.MalformedException;
import io.millwright.identity.wire.Octets;
import io.millwright.identity.wire.WireReader;
import io.millwright.identity.wire.WireWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicIntegerArray;

/// Records without what their templates know and without the handle, which is the key.
///
/// ```text
/// | flags (1) | case: a bit for each ASCII letter of the key, if flagged | record template (varint) |
/// | if that is 0: count (varint) { value template (varint) } |
/// | timestamp (4): one for all values if flagged, else one for each |
/// | for each value: what its template leaves open; the value whole, as on the wire, if its template is 0 |
/// ```
final class RecordCodec {

    /// Letters are written as in the key, in upper case.
    private static final int CASE_UPPER = 0;

    /// Letters are written in lower case.
    private static final int CASE_LOWER = 1;

    /// A bit for each letter says whether it is written in lower case.
    private static final int CASE_MIXED = 2;

    private static final int CASE = 3;
    static final int ONE_TIMESTAMP = 4;

    private final Templates templates;

    /// The record template last used for records of so many values: the next is often like it.
    private final AtomicIntegerArray usual = new AtomicIntegerArray(64);

    RecordCodec(Templates templates) {
        this.templates = templates;
    }

    /// @throws IllegalArgumentException if the record cannot be kept: its text is no Unicode
    byte[] pack(HandleRecord record) {
        var values = record.values();
        byte[] suffix = Sketch.suffix(record.handle().toString());
        var own = new WireWriter(128);
        int hint = values.size() % usual.length();
        int[] ids = packValues(values, suffix, usual.get(hint), own);
        boolean oneTime = isOfOneTime(values);
        var out = new WireWriter(own.size() + 32);
        int id = templates.record(ids);
        usual.set(hint, id);
        writeCase(record.handle(), oneTime ? ONE_TIMESTAMP : 0, out);
        Varint.write(id, out);
        if (id == 0) {
            Varint.write(ids.length, out);
            for (int one : ids) {
                Varint.write(one, out);
            }
        }
        for (int i = 0; i < (oneTime ? Math.min(1, ids.length) : ids.length); i++) {
            out.int32(values.get(i).timestampSeconds());
        }
        byte[] packed = out.plain(own).toByteArray();
        check(record, packed, suffix, own);
        return packed;
    }

    private static boolean isOfOneTime(List<HandleValue> values) {
        for (int i = 1; i < values.size(); i++) {
            if (values.get(i).timestampSeconds() != values.getFirst().timestampSeconds()) {
                return false;
            }
        }
        return true;
    }

    private int[] packValues(List<HandleValue> values, byte[] suffix, int usually, WireWriter out) {
        int[] likely = templates.recordOrNone(usually);
        var suffixOctets = Octets.of(suffix);
        int[] ids = new int[values.size()];
        for (int i = 0; i < ids.length; i++) {
            var value = values.get(i);
            int guess = i < likely.length ? likely[i] : 0;
            boolean guessed = guess > 0 && templates.valueOf(guess).tryWrite(value, suffixOctets, out);
            ids[i] = guessed ? guess : packValue(value, suffix, out);
        }
        return ids;
    }

    private int packValue(HandleValue value, byte[] suffix, WireWriter out) {
        var sketch = Sketch.fine(value, suffix);
        var template = templates.value(sketch);
        if (template.isEmpty()) {
            sketch = Sketch.coarse(value);
            template = templates.value(sketch);
        }
        if (template.isEmpty()) {
            value.write(out);
            return 0;
        }
        template.get().write(sketch.holes(), out);
        return template.get().id();
    }

    /// What is acknowledged can be read again: nothing is stored that comes out otherwise than it went in.
    private void check(HandleRecord record, byte[] packed, byte[] suffix, WireWriter scratch) {
        try {
            String key = text(Keys.of(record.handle()));
            if (!reads(record, key, new WireReader(packed), suffix, scratch)) {
                throw new IllegalArgumentException(record.handle() + " has a text that is no Unicode");
            }
        } catch (MalformedException e) {
            throw new IllegalStateException(record.handle() + " cannot be read back", e);
        }
    }

    /// Whether [#unpack] would give this record; costs less than unpacking it.
    private boolean reads(HandleRecord record, String key, WireReader in, byte[] suffix, WireWriter scratch)
            throws MalformedException {
        int flags = in.u8("record flags");
        boolean same = readCase(in, flags, key).equals(record.handle().toString());
        int[] ids = readTemplate(in, templates);
        int[] times = readTimes(in, (flags & ONE_TIMESTAMP) != 0, ids.length);
        same &= ids.length == record.values().size();
        for (int i = 0; same && i < ids.length; i++) {
            var value = record.values().get(i);
            same = ids[i] == 0
                    ? HandleValue.read(in).equals(value)
                    : templates.value(ids[i]).reads(value, in, times[i], suffix, scratch);
        }
        return same && in.remaining() == 0;
    }

    private static void writeCase(Handle handle, int flags, WireWriter out) {
        String text = handle.toString();
        String key = handle.key();
        if (text.equals(key)) {
            out.u8(flags | CASE_UPPER);
        } else if (text.equals(lower(key))) {
            out.u8(flags | CASE_LOWER);
        } else {
            out.u8(flags | CASE_MIXED);
            int bits = 0;
            int count = 0;
            for (int i = 0; i < key.length(); i++) {
                if (isLetter(key.charAt(i))) {
                    bits |= (text.charAt(i) == key.charAt(i) ? 0 : 1) << count++;
                    if (count == 8) {
                        out.u8(bits);
                        bits = 0;
                        count = 0;
                    }
                }
            }
            if (count > 0) {
                out.u8(bits);
            }
        }
    }

    /// Reads what [#pack] wrote.
    ///
    /// @param key the record's ([Keys#of])
    HandleRecord unpack(byte[] key, byte[] packed) throws MalformedException {
        return unpack(Optional.empty(), text(key), new WireReader(packed));
    }

    /// The same for a handle that was asked for, which is used again if it was registered in the same case.
    HandleRecord unpack(Handle asked, byte[] packed) throws MalformedException {
        return unpack(Optional.of(asked), asked.key(), new WireReader(packed));
    }

    /// The handle alone.
    Handle handle(byte[] key, byte[] packed) throws MalformedException {
        var in = new WireReader(packed);
        return Handle.of(readCase(in, in.u8("record flags"), text(key)));
    }

    private HandleRecord unpack(Optional<Handle> asked, String key, WireReader in) throws MalformedException {
        try {
            return read(asked, key, in);
        } catch (IllegalArgumentException e) {
            throw new MalformedException("record: " + e.getMessage()); // A length or an octet out of its range.
        }
    }

    private HandleRecord read(Optional<Handle> asked, String key, WireReader in) throws MalformedException {
        int flags = in.u8("record flags");
        String text = readCase(in, flags, key);
        var handle = asked.isPresent() && asked.get().toString().equals(text) ? asked.get() : Handle.of(text);
        int[] ids = readTemplate(in, templates);
        int[] times = readTimes(in, (flags & ONE_TIMESTAMP) != 0, ids.length);
        byte[] suffix = Sketch.suffix(text);
        var scratch = new WireWriter(128);
        var values = new HandleValue[ids.length];
        for (int i = 0; i < ids.length; i++) {
            values[i] =
                    ids[i] == 0 ? HandleValue.read(in) : templates.value(ids[i]).read(in, times[i], suffix, scratch);
        }
        in.expectEnd("record");
        return new HandleRecord(handle, List.of(values));
    }

    static int[] readTimes(WireReader in, boolean one, int count) throws MalformedException {
        int[] times = new int[count];
        if (one && count > 0) {
            Arrays.fill(times, in.int32("record timestamp"));
        }
        for (int i = 0; !one && i < count; i++) {
            times[i] = in.int32("record timestamp");
        }
        return times;
    }

    static int[] readTemplate(WireReader in, Templates templates) throws MalformedException {
        int id = Varint.read(in, "record template");
        if (id > 0) {
            return templates.record(id);
        }
        int[] ids = new int[Math.min(Varint.read(in, "record size"), in.remaining())];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = Varint.read(in, "value template");
        }
        return ids;
    }

    private static String readCase(WireReader in, int flags, String key) throws MalformedException {
        return switch (flags & CASE) {
            case CASE_UPPER -> key;
            case CASE_LOWER -> lower(key);
            case CASE_MIXED -> readMixed(in, key);
            default -> throw new MalformedException("record flags are " + flags);
        };
    }

    /// The same for a key in ASCII.
    static byte[] readCase(WireReader in, int flags, byte[] key) throws MalformedException {
        if ((flags & CASE) == CASE_UPPER) {
            return key;
        }
        boolean mixed = (flags & CASE) == CASE_MIXED;
        if (!mixed && (flags & CASE) != CASE_LOWER) {
            throw new MalformedException("record flags are " + flags);
        }
        byte[] text = key.clone();
        int bits = 0xff;
        int left = 0;
        for (int i = 0; i < text.length; i++) {
            if (isLetter((char) text[i])) {
                if (mixed && left-- == 0) {
                    bits = in.u8("record case");
                    left = 7;
                }
                text[i] = (byte) (text[i] + (bits & 1) * ('a' - 'A'));
                bits = mixed ? bits >> 1 : bits;
            }
        }
        return text;
    }

    private static String readMixed(WireReader in, String key) throws MalformedException {
        char[] text = key.toCharArray();
        int bits = 0;
        int left = 0;
        for (int i = 0; i < text.length; i++) {
            if (isLetter(text[i])) {
                if (left == 0) {
                    bits = in.u8("record case");
                    left = 8;
                }
                text[i] = (char) (text[i] + (bits & 1) * ('a' - 'A'));
                bits >>= 1;
                left--;
            }
        }
        return new String(text);
    }

    private static boolean isLetter(char c) {
        return c >= 'A' && c <= 'Z';
    }

    /// ASCII letters in lower case.
    private static String lower(String key) {
        char[] text = key.toCharArray();
        for (int i = 0; i < text.length; i++) {
            if (isLetter(text[i])) {
                text[i] = (char) (text[i] + ('a' - 'A'));
            }
        }
        return new String(text);
    }

    private static String text(byte[] key) {
        return new String(key, StandardCharsets.UTF_8);
    }
}
