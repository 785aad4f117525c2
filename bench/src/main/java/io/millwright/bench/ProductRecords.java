package io.millwright.bench;

import io.millwright.identity.record.Administrator;
import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.record.HandleValue;
import io.millwright.identity.record.Permissions;
import io.millwright.identity.record.TimeToLive;
import io.millwright.identity.record.ValueReference;
import io.millwright.identity.record.ValueTypes;
import io.millwright.identity.wire.Octets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;

/// Records as a maker of parts registers them, one for each part: what is the same for all parts, and of its own a
/// serial number, lot, time of manufacture, station, three measured values and a digest of its certificate.
///
/// @param count how many there are
record ProductRecords(int count) {

    static final String PREFIX = "88.118.7";

    private static final long FIRST_SECOND = 1_735_689_600; // 2025-01-01T00:00:00Z
    private static final int SECONDS = 31_536_000;
    private static final Octets ADMINISTRATOR =
            new Administrator(Administrator.ALL, new ValueReference(Handle.ofPrefix(PREFIX), 300)).encode();

    Handle handle(int number) {
        return Handle.of(PREFIX + "/part-" + (1_000_000_000 + number));
    }

    HandleRecord record(int number) {
        var random = new SplittableRandom(number * 31L + 7);
        int second = (int) (FIRST_SECOND + (long) SECONDS * number / count);
        var handle = handle(number);
        return new HandleRecord(
                handle,
                List.of(
                        value(1, ValueTypes.URL, "https://id.example.com/parts/" + handle + "?lang=zh", second),
                        value(2, ValueTypes.DESC, "深沟球轴承 Deep groove ball bearing 6205-2RS", second),
                        value(3, ValueTypes.ASSET_TYPE, "Bearing", second),
                        value(10, "SERIAL", "SN" + (3_000_000_000L + number), second),
                        value(11, "LOT", "L" + (20_250_000 + number / 5000) + "-" + random.nextInt(10, 22), second),
                        value(12, "MANUFACTURED", Instant.ofEpochSecond(second).toString(), second),
                        value(
                                13,
                                "STATION",
                                "line " + random.nextInt(1, 9) + ", station " + random.nextInt(40),
                                second),
                        value(20, "BORE.MM", "24.99" + random.nextInt(1000), second),
                        value(21, "OUTER.MM", "51.98" + random.nextInt(1000), second),
                        value(22, "NOISE.DB", random.nextInt(28, 45) + "." + random.nextInt(10), second),
                        value(30, "CERTIFICATE", "sha256-64:" + HexFormat.of().toHexDigits(random.nextLong()), second),
                        new HandleValue(
                                100,
                                ValueTypes.HS_ADMIN,
                                ADMINISTRATOR,
                                Permissions.PUBLISHED,
                                TimeToLive.DAY,
                                second,
                                List.of())));
    }

    private static HandleValue value(int index, String type, String text, int second) {
        return HandleValue.published(index, type, text, second);
    }

    /// All, in the order of their handles.
    Iterator<HandleRecord> inOrder() {
        return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < count;
            }

            @Override
            public HandleRecord next() {
                return record(next++);
            }
        };
    }

    /// All, in an order without order: steps of a prime, round and round.
    Iterator<HandleRecord> shuffled() {
        return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < count;
            }

            @Override
            public HandleRecord next() {
                return record((int) (next++ * 2_147_483_647L % count));
            }
        };
    }
}
