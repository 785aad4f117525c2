package io.millwright.identity.record;

import io.millwright.identity.wire.MalformedException;
import io.millwright.identity.wire.Octets;
import io.millwright.identity.wire.WireReader;
import io.millwright.identity.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;

/// One value of a handle (RFC 3651, section 3.1).
///
/// ```text
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------------------------------------------------------+
/// | index                                                         |
/// | timestamp: seconds since 1970                                 |
/// | ttl type      | ttl: seconds                                 …|
/// |               | permissions   | length of type               …|
/// |                               | type (UTF-8) …                |
/// | length of data                | data …                        |
/// | number of references          | { length, handle, index } …   |
/// +---------------------------------------------------------------+
/// ```
///
/// Integers are unsigned on the wire; above 2³¹ − 1 they are negative here.
///
/// @param index names the value within its handle
/// @param type what the data is, e.g. `URL`; a dot separates levels of a hierarchy; at most 2048 bytes
/// @param data the value itself
/// @param permissions who may read and write it
/// @param ttl how long it may be cached
/// @param timestampSeconds when it was last changed, seconds since 1970-01-01T00:00:00Z
/// @param references values of other handles that belong with it
public record HandleValue(
        int index,
        String type,
        Octets data,
        Permissions permissions,
        TimeToLive ttl,
        int timestampSeconds,
        List<ValueReference> references) {

    /// The longest data, in octets: a message holds no more.
    public static final int MAX_DATA_BYTES = 262_144;

    /// The longest type, in octets.
    public static final int MAX_TYPE_BYTES = 2048;

    private static final int MAX_REFERENCES = 2048;
    private static final int REFERENCE_BYTES_MIN = 8;

    /// The fewest octets a value takes.
    public static final int BYTES_MIN = 26;

    public HandleValue {
        references = List.copyOf(references);
    }

    /// A value that anyone may read, to be cached for a day, without references.
    public static HandleValue published(int index, String type, String text, int timestampSeconds) {
        return new HandleValue(
                index, type, Octets.utf8(text), Permissions.PUBLISHED, TimeToLive.DAY, timestampSeconds, List.of());
    }

    /// Whether a query for this type asks for this value: the same type, or a type below it if the query ends with a
    /// dot (RFC 3652, section 3.2.1). ASCII case does not matter.
    public boolean hasType(String queried) {
        if (queried.endsWith(".")) {
            return type.regionMatches(true, 0, queried, 0, queried.length());
        }
        return type.equalsIgnoreCase(queried);
    }

    /// The data read as UTF-8.
    public String text() {
        return data.text();
    }

    /// Reads one value and leaves the reader behind it.
    public static HandleValue read(WireReader in) throws MalformedException {
        int index = in.int32("value index");
        int timestamp = in.int32("value timestamp");
        int ttlType = in.u8("value TTL type");
        var ttl = new TimeToLive(ttlType, in.int32("value TTL"));
        var permissions = new Permissions(in.u8("value permissions"));
        String type = in.text("value type", MAX_TYPE_BYTES);
        Octets data = in.octets("value data", MAX_DATA_BYTES);
        int count = in.count("value references", MAX_REFERENCES, REFERENCE_BYTES_MIN);
        var references = new ArrayList<ValueReference>(count);
        for (int i = 0; i < count; i++) {
            var handle = readHandle(in, "reference");
            references.add(new ValueReference(handle, in.int32("reference index")));
        }
        return new HandleValue(index, type, data, permissions, ttl, timestamp, references);
    }

    /// Reads a handle as a UTF8-String.
    public static Handle readHandle(WireReader in, String field) throws MalformedException {
        return Handle.of(in.text(field, Handle.MAX_BYTES));
    }

    public void write(WireWriter out) {
        out.int32(index).int32(timestampSeconds).u8(ttl.type()).int32(ttl.seconds());
        out.u8(permissions.bits()).text(type).octets(data).int32(references.size());
        for (var reference : references) {
            out.text(reference.handle().toString()).int32(reference.index());
        }
    }
}
