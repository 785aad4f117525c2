package io.millwright.identity.store;

import io.millwright.identity.record.Handle;
import io.millwright.identity.registry.Change;
import io.millwright.identity.registry.Transaction;
import io.millwright.identity.wire.MalformedException;
import io.millwright.identity.wire.WireReader;
import io.millwright.identity.wire.WireWriter;

/// Transactions as they are kept for mirrors, under their number.
///
/// ```text
/// | epochMillis (8) | 1 stored | length | key | packed record |
///                   | 2 deleted, 3 homed, 4 unhomed | length | text |
/// ```
final class TransactionCodec {

    private static final int STORED = 1;
    private static final int DELETED = 2;
    private static final int HOMED = 3;
    private static final int UNHOMED = 4;

    private final RecordCodec records;

    TransactionCodec(RecordCodec records) {
        this.records = records;
    }

    /// @param packed the record of an effect that stores one; otherwise ignored
    static byte[] encode(long epochMillis, Change.Effect effect, byte[] packed) {
        var out = new WireWriter(packed.length + 64).int64(epochMillis);
        switch (effect) {
            case Change.Effect.Stored(var record) ->
                out.u8(STORED).text(record.handle().key()).plain(packed, 0, packed.length);
            case Change.Effect.Deleted(var handle) -> out.u8(DELETED).text(handle.toString());
            case Change.Effect.Homed(var prefix) -> out.u8(HOMED).text(prefix);
            case Change.Effect.Unhomed(var prefix) -> out.u8(UNHOMED).text(prefix);
        }
        return out.toByteArray();
    }

    Transaction decode(long number, byte[] bytes) throws MalformedException {
        var in = new WireReader(bytes);
        long epochMillis = in.int64("transaction time");
        int kind = in.u8("transaction kind");
        String text = in.text("transaction", Handle.MAX_BYTES);
        var effect = switch (kind) {
            case STORED -> {
                byte[] packed = in.plain("record", in.remaining()).toByteArray();
                yield new Change.Effect.Stored(records.unpack(Keys.of(text), packed));
            }
            case DELETED -> new Change.Effect.Deleted(Handle.of(text));
            case HOMED -> new Change.Effect.Homed(text);
            case UNHOMED -> new Change.Effect.Unhomed(text);
            default -> throw new MalformedException("transaction " + number + " is of an unknown kind");
        };
        return new Transaction(number, epochMillis, effect);
    }
}
