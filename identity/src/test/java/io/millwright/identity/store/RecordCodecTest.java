package io.millwright.identity.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.record.HandleValue;
import io.millwright.identity.wire.MalformedException;
import io.millwright.identity.wire.WireWriter;
import io.millwright.testkit.Property;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

class RecordCodecTest {

    private final Map<Integer, byte[]> kept = new TreeMap<>();
    private final Templates templates = new Templates(kept::put);
    private final RecordCodec codec = new RecordCodec(templates);

    private static void assertSame(HandleRecord expected, HandleRecord actual) {
        assertEquals(expected, actual);
        assertEquals(expected.handle().toString(), actual.handle().toString()); // Equal handles may differ in case.
    }

    /// Whatever has been learned before, and by whoever has only what was kept.
    @Test
    void everyRecordIsUnpackedAsItWasPacked() {
        Property.check(20_000, random -> {
            var record = SomeRecords.any(random);
            byte[] packed = codec.pack(record);
            assertSame(record, codec.unpack(Keys.of(record.handle()), packed));
            assertSame(record, codec.unpack(record.handle(), packed));
            assertEquals(
                    record.handle().toString(),
                    codec.handle(Keys.of(record.handle()), packed).toString());
            if (random.nextInt(500) == 0) {
                var reloaded = new Templates((id, template) -> {
                    throw new AssertionError("nothing is to be kept when reading");
                });
                for (var template : kept.entrySet()) {
                    reloaded.load(template.getKey(), template.getValue());
                }
                assertSame(record, new RecordCodec(reloaded).unpack(record.handle(), packed));
            }
        });
        assertTrue(templates.size() > 50, () -> "only " + templates.size() + " templates were learned");
    }

    /// A damaged record is malformed or another record; nothing else is thrown.
    @Test
    void mutatedRecordsAreARecordOrMalformed() {
        Property.check(20_000, random -> {
            var record = SomeRecords.any(random);
            byte[] packed = codec.pack(record);
            for (int i = random.nextInt(1, 4); i > 0; i--) {
                packed[random.nextInt(packed.length)] = (byte) random.nextInt();
            }
            try {
                codec.unpack(Keys.of(record.handle()), packed);
            } catch (MalformedException e) {
                assertTrue(e.getMessage().length() > 5);
            }
        });
    }

    @Test
    void whatRecordsHaveInCommonStandsOnce() throws Exception {
        long packed = 0;
        long wire = 0;
        for (int n = 0; n < 10_000; n++) {
            var record = SomeRecords.alike(n);
            byte[] bytes = codec.pack(record);
            assertSame(record, codec.unpack(record.handle(), bytes));
            packed += bytes.length;
            var out = new WireWriter();
            record.values().forEach(v -> v.write(out));
            wire += out.size();
        }
        // Own are: a time of 4 octets, 8 digits, 16 hexadecimal digits, and the case of the handle.
        assertTrue(packed < 10_000 * 24, "a record takes " + packed / 10_000.0 + " octets");
        assertTrue(wire > 10_000 * 200, "on the wire it takes " + wire / 10_000.0);
        assertTrue(templates.size() < 20, () -> templates.size() + " templates for one kind of record");
    }

    /// A part of the text that stays the same for a day must not make a template each day.
    @Test
    void slowlyChangingTextMakesFewTemplates() {
        for (int day = 0; day < 1000; day++) {
            for (int n = 0; n < 20; n++) {
                var value = HandleValue.published(1, "LOT", "lot %04d-%02d".formatted(day, n), 1);
                codec.pack(new HandleRecord(Handle.of("88.118.7/" + day + "-" + n), List.of(value)));
            }
        }
        assertTrue(templates.size() < 20, () -> templates.size() + " templates");
    }

    @Test
    void textThatIsNoUnicodeIsRefused() {
        var half = HandleValue.published(1, "\uD83D", "x", 1);
        var refused = assertThrows(
                IllegalArgumentException.class,
                () -> codec.pack(new HandleRecord(Handle.of("88.118.7/x"), List.of(half))));
        assertTrue(refused.getMessage().contains("no Unicode"), refused.getMessage());
        assertThrows(IllegalArgumentException.class, () -> Keys.of(Handle.of("88.118.7/\uDE00")));
    }

    /// What is answered quickly is what is answered the usual way (RFC 3652, section 3.2.2).
    @Test
    void aPackedRecordTravelsAsTheRecordDoes() {
        var wire = new RecordWire(templates);
        var written = new LongAdder();
        Property.check(20_000, random -> {
            var record = SomeRecords.any(random);
            byte[] packed = codec.pack(record);
            byte[] name = record.handle().toString().getBytes(StandardCharsets.UTF_8);
            byte[] key = Keys.ofAscii(name, 0, name.length);
            boolean ascii = record.handle().toString().chars().allMatch(c -> c < 128);
            assertEquals(ascii, key.length > 0);
            if (ascii) {
                boolean publishedOnly = random.nextBoolean();
                var shown = record.values().stream()
                        .filter(v -> v.permissions().publicRead())
                        .toList();
                boolean expected =
                        publishedOnly || shown.size() == record.values().size();
                var out = new WireWriter().u8(7);
                assertEquals(expected, wire.write(key, packed, publishedOnly, out));
                var values = new WireWriter().u8(7);
                if (expected) {
                    values.int32(shown.size());
                    shown.forEach(v -> v.write(values));
                    written.increment();
                }
                assertEquals(values.toOctets(), out.toOctets());
            }
        });
        assertTrue(written.sum() > 1000, () -> "only " + written + " records were written");
    }
}
