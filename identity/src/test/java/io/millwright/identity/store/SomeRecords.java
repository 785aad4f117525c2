package io.millwright.identity.store;

import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.record.HandleValue;
import io.millwright.identity.record.Permissions;
import io.millwright.identity.record.TimeToLive;
import io.millwright.identity.record.ValueReference;
import io.millwright.identity.wire.Octets;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/// Records of all shapes, and records that are alike.
public final class SomeRecords {

    private static final List<String> WORDS = List.of(
            "pump",
            "00042",
            "7",
            "DEADBEEF",
            "deadbeef1",
            "SN000123",
            "a1b2",
            "88.118.7",
            "/",
            "?x=",
            "泵-3号",
            "é",
            " ",
            "-");

    private SomeRecords() {}

    /// One of a kind: `n` is in the handle and in several values.
    public static HandleRecord alike(int n) {
        String name = "Pump-" + n;
        return new HandleRecord(
                Handle.of("88.118.7/" + name),
                List.of(
                        HandleValue.published(
                                1, "URL", "https://id.example.com:8080/v1/" + name + "?lang=zh", 1_700_000_000 + n),
                        HandleValue.published(2, "DESC", "循环泵 circulation pump", 1_700_000_000 + n),
                        HandleValue.published(
                                3, "SERIAL", "SN%08d".formatted(n * 7919 % 100_000_000), 1_700_000_000 + n),
                        HandleValue.published(
                                4, "DIGEST", "%016x".formatted(n * 0x9e3779b97f4a7c15L), 1_700_000_000 + n)));
    }

    /// Anything a record may be, often made of the same words so that templates are learned.
    public static HandleRecord any(SplittableRandom random) {
        var values = new ArrayList<HandleValue>();
        for (int i = random.nextInt(5); i > 0; i--) {
            values.add(value(random));
        }
        return new HandleRecord(handle(random), values);
    }

    private static Handle handle(SplittableRandom random) {
        return Handle.of("88.118." + random.nextInt(3) + "/" + words(random));
    }

    private static HandleValue value(SplittableRandom random) {
        var references = new ArrayList<ValueReference>();
        for (int i = Math.max(0, random.nextInt(6) - 3); i > 0; i--) {
            references.add(new ValueReference(handle(random), random.nextInt(3)));
        }
        return new HandleValue(
                random.nextInt(3) * (random.nextInt(9) == 0 ? -1 : 1),
                random.nextBoolean() ? "URL" : words(random),
                data(random),
                new Permissions(random.nextInt(4) == 0 ? random.nextInt(256) : 14),
                new TimeToLive(random.nextInt(3), random.nextInt(2) * 86_400),
                random.nextInt(3) == 0 ? random.nextInt() : 1_700_000_000,
                references);
    }

    private static Octets data(SplittableRandom random) {
        if (random.nextInt(4) > 0) {
            return Octets.utf8(words(random));
        }
        byte[] bytes = new byte[random.nextInt(10) == 0 ? random.nextInt(3000) : random.nextInt(20)];
        new Random(random.nextLong()).nextBytes(bytes);
        return Octets.of(bytes);
    }

    private static String words(SplittableRandom random) {
        var text = new StringBuilder();
        for (int i = random.nextInt(5); i > 0; i--) {
            String word = WORDS.get(random.nextInt(WORDS.size()));
            text.append(random.nextInt(5) == 0 ? Integer.toString(random.nextInt()) : word);
            if (random.nextInt(40) == 0) {
                text.append(new String(new byte[] {(byte) random.nextInt(32)}, StandardCharsets.US_ASCII));
            }
        }
        return text.toString();
    }
}
