package io.millwright.identity.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.record.HandleValue;
import io.millwright.identity.registry.Change;
import io.millwright.identity.registry.Transaction;
import io.millwright.identity.wire.Octets;
import io.millwright.identity.wire.WireWriter;
import io.millwright.model.Time;
import io.millwright.testkit.Property;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordReaderTest {

    @TempDir
    private Path folder;

    private static byte[] wire(HandleRecord record, boolean all) {
        var out = new WireWriter();
        out.text(record.handle().toString());
        record.values().stream()
                .filter(v -> all || v.permissions().publicRead())
                .forEach(v -> v.write(out));
        return out.toByteArray();
    }

    /// What clients are told by the short way is, octet for octet, what they are told of the record that was stored.
    @Test
    void whatIsReadIsTheRecordAsItIsOnTheWire() throws Exception {
        try (var store = IdentityStore.open(
                folder.resolve("store"), List.of("88.118.7"), StoreSettings.usual(), Time.system())) {
            var stored = new HashMap<Handle, HandleRecord>();
            Property.check(2000, random -> {
                var record = random.nextBoolean() ? SomeRecords.any(random) : SomeRecords.alike(random.nextInt(9999));
                store.mirror("test", new Transaction(store.lastTransaction() + 1, 0, new Change.Effect.Stored(record)))
                        .join();
                stored.put(record.handle(), record);
            });
            var reader = store.reader();
            int values = 0;
            for (var record : stored.values()) {
                byte[] key = record.handle().key().getBytes(StandardCharsets.UTF_8);
                assertTrue(reader.find(key, key.length), record.handle().toString());
                for (boolean all : new boolean[] {true, false}) {
                    var out = new WireWriter();
                    reader.writeHandle(out);
                    int count = reader.writeValues((index, type, permissions) -> all || permissions.publicRead(), out);
                    assertArrayEquals(wire(record, all), out.toByteArray());
                    assertEquals(
                            record.values().stream()
                                    .filter(v -> all || v.permissions().publicRead())
                                    .count(),
                            count);
                    values += count;
                }
            }
            assertTrue(values > 5000, () -> "only a few values were looked at");
            byte[] none = "88.118.7/NONE".getBytes(StandardCharsets.UTF_8);
            assertFalse(reader.find(none, none.length));
            assertFalse(reader.find(new byte[Handle.MAX_BYTES + 1], Handle.MAX_BYTES + 1));
        }
    }

    /// A record may be longer than the room that is there for it at first.
    @Test
    void aLongRecordIsReadWhole() throws Exception {
        byte[] noise = new byte[50_000];
        new SplittableRandom(1).nextBytes(noise);
        var like = HandleValue.published(1, "NOISE", "", 1);
        var value = new HandleValue(1, "NOISE", Octets.of(noise), like.permissions(), like.ttl(), 1, List.of());
        var record = new HandleRecord(Handle.of("88.118.7/long"), List.of(value));
        try (var store = IdentityStore.open(
                folder.resolve("store"), List.of("88.118.7"), StoreSettings.usual(), Time.system())) {
            store.commit(new Change.Create(record)).join();
            var reader = store.reader();
            byte[] key = "88.118.7/LONG".getBytes(StandardCharsets.UTF_8);
            assertTrue(reader.find(key, key.length));
            var out = new WireWriter();
            reader.writeHandle(out);
            assertEquals(1, reader.writeValues((index, type, permissions) -> true, out));
            assertArrayEquals(wire(record, true), out.toByteArray());
        }
    }
}
