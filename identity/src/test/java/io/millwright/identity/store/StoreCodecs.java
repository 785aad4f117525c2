package io.millwright.identity.store;

import io.millwright.identity.fuzz.Codec;
import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.registry.Change;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What the store reads from its disk, which may have been damaged.
public final class StoreCodecs {

    private static final Handle HANDLE = Handle.of("88.118.7/Tank-1");

    private StoreCodecs() {}

    public static Map<String, Supplier<Codec>> all() {
        return Map.of(
                "packed-record", () -> new Packed().record(),
                "transaction", () -> new Packed().transaction(),
                "template", StoreCodecs::template);
    }

    /// Records packed against templates that were learned from them, the same each time.
    private static final class Packed {
        private final RecordCodec codec = new RecordCodec(new Templates((id, template) -> {}));
        private final List<HandleRecord> records;
        private final List<byte[]> octets;

        Packed() {
            var random = new SplittableRandom(11);
            records = Stream.concat(
                            IntStream.range(0, 300).mapToObj(SomeRecords::alike),
                            IntStream.range(0, 300).mapToObj(i -> SomeRecords.any(random)))
                    .toList();
            octets = records.stream().map(codec::pack).toList();
        }

        Codec record() {
            return packed(codec, octets.subList(280, 320));
        }

        Codec transaction() {
            var last = new Change.Effect.Stored(records.getLast());
            return StoreCodecs.transaction(codec, List.of(TransactionCodec.encode(1, last, octets.getLast())));
        }
    }

    private static Codec packed(RecordCodec codec, List<byte[]> seeds) {
        return new Codec("packed-record", seeds, bytes -> {
            var record = Codec.read(() -> codec.unpack(Keys.of(HANDLE), bytes));
            record.ifPresent(r -> Codec.same(HANDLE, r.handle()));
            Codec.read(() -> codec.handle(Keys.of(HANDLE), bytes));
        });
    }

    private static Codec transaction(RecordCodec codec, List<byte[]> seeds) {
        var transactions = new TransactionCodec(codec);
        return new Codec(
                "transaction",
                seeds,
                bytes -> Codec.read(() -> transactions.decode(1, bytes))
                        .ifPresent(transaction -> Codec.must(transaction.number() == 1, "another number")));
    }

    private static Codec template() {
        var seeds = new java.util.ArrayList<byte[]>();
        var learning = new RecordCodec(new Templates((id, template) -> seeds.add(template)));
        IntStream.range(0, 100).forEach(n -> learning.pack(SomeRecords.alike(n)));
        return new Codec("template", List.copyOf(seeds), bytes -> {
            var templates = new Templates((id, template) -> {});
            Codec.read(() -> {
                templates.load(1, bytes);
                return new RecordCodec(templates).pack(SomeRecords.alike(3));
            });
        });
    }
}
