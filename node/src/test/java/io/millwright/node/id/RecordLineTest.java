package io.millwright.node.id;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.record.HandleValue;
import io.millwright.identity.record.Permissions;
import io.millwright.identity.record.TimeToLive;
import io.millwright.identity.record.ValueReference;
import io.millwright.identity.wire.Octets;
import io.millwright.testkit.Property;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Lines that `mw id load` reads, which anybody may have written.
class RecordLineTest {

    private static final HandleRecord RECORD = new HandleRecord(
            Handle.of("88.118.7/储罐-1"),
            List.of(
                    new HandleValue(
                            -1,
                            "URL",
                            Octets.utf8("https://example.org/\"x\""),
                            new Permissions(0x0a),
                            new TimeToLive(1, -1),
                            0,
                            List.of(new ValueReference(Handle.of("88/a:b"), 3))),
                    new HandleValue(2, "DESC", Octets.EMPTY, Permissions.PUBLISHED, TimeToLive.DAY, 0, List.of())));

    @Test
    void whatIsWrittenIsReadAgain() {
        assertEquals(RECORD, RecordLine.read(RecordLine.write(RECORD)));
    }

    /// A line is a record, or is refused in words.
    @Test
    void mutatedLinesAreARecordOrRefused() {
        var line = RecordLine.write(RECORD);
        Property.check(20_000, random -> {
            var text = new StringBuilder(line);
            for (int i = random.nextInt(1, 5); i > 0 && !text.isEmpty(); i--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(4)) {
                    case 0 -> text.deleteCharAt(at);
                    case 1 -> text.insert(at, "\"{}[]:,0-9eE.n\\u".charAt(random.nextInt(16)));
                    case 2 -> text.setCharAt(at, (char) random.nextInt(0x3000));
                    default -> text.insert(at, text.substring(0, random.nextInt(1, 9)));
                }
            }
            try {
                var read = RecordLine.read(text.toString());
                assertEquals(read, RecordLine.read(RecordLine.write(read)));
            } catch (IllegalArgumentException e) {
                assertTrue(e.getMessage() != null && !e.getMessage().isEmpty());
            }
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "[]",
                "{\"handle\":\"88/x\",\"values\":[null]}",
                "{\"handle\":null,\"values\":[]}",
                "{\"handle\":\"88/\\ud800\",\"values\":[]}",
                "{\"handle\":\"88/x\",\"values\":[{\"index\":1,\"type\":\"A\",\"data\":\"\",\"permissions\":2,"
                        + "\"ttlType\":0,\"ttl\":1,\"references\":[null]}]}",
                "{\"handle\":\"88/x\",\"values\":[{\"index\":-1,\"type\":\"A\",\"data\":\"\",\"permissions\":2,"
                        + "\"ttlType\":0,\"ttl\":1,\"references\":[]}]}",
                "{\"handle\":\"88/x\",\"values\":[{\"index\":1,\"type\":\"A\",\"data\":\"%\",\"permissions\":2,"
                        + "\"ttlType\":0,\"ttl\":1,\"references\":[]}]}",
                "{\"handle\":\"88/x\",\"values\":[{\"index\":1,\"type\":\"A\",\"data\":\"\",\"permissions\":999,"
                        + "\"ttlType\":0,\"ttl\":1,\"references\":[]}]}",
            })
    void whatIsNoRecordIsRefused(String line) {
        assertThrows(IllegalArgumentException.class, () -> RecordLine.read(line));
    }
}
