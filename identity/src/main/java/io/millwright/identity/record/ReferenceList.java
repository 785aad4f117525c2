package io.millwright.identity.record;

import io.millwright.identity.wire.MalformedException;
import io.millwright.identity.wire.Octets;
import io.millwright.identity.wire.WireReader;
import io.millwright.identity.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;

/// The data of an HS_VLIST value: a group of administrators (RFC 3651, section 3.2.7).
///
/// ```text
/// | number of references (4) | { length, handle, index (4) } … |
/// ```
///
/// @param references values that hold keys, or further groups
public record ReferenceList(List<ValueReference> references) {

    private static final int MAX_REFERENCES = 2048;
    private static final int BYTES_MIN = 8;

    public ReferenceList {
        references = List.copyOf(references);
    }

    public Octets encode() {
        var out = new WireWriter().int32(references.size());
        references.forEach(r -> out.text(r.handle().toString()).int32(r.index()));
        return out.toOctets();
    }

    public static ReferenceList decode(Octets data) throws MalformedException {
        var in = new WireReader(data);
        int count = in.count("HS_VLIST", MAX_REFERENCES, BYTES_MIN);
        var references = new ArrayList<ValueReference>(count);
        for (int i = 0; i < count; i++) {
            var handle = HandleValue.readHandle(in, "HS_VLIST handle");
            references.add(new ValueReference(handle, in.int32("HS_VLIST index")));
        }
        return new ReferenceList(references);
    }
}
