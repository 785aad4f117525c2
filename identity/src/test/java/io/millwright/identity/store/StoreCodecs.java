package io.millwright.identity.store;

import io.millwright.identity.fuzz.Codec;
import io.millwright.identity.record.Handle;
import io.millwright.identity.registry.Change;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What the store reads from its disk, which may have been damaged.
public final class StoreCodecs {

    private static final Handle HANDLE = Handle.of("88.118.7/Tank-1");

    private StoreCodecs() {}

    public static Stream<Codec> all() {
        var templates = new Templates((id, template) -> {});
        var codec = new RecordCodec(templates);
        var random = new SplittableRandom(11);
        var records = Stream.concat(
                        IntStream.range(0, 300).mapToObj(SomeRecords::alike),
                        IntStream.range(0, 300).mapToObj(i -> SomeRecords.any(random)))
                .toList();
        var packed = records.stream().map(codec::pack).toList();
        var last = new Change.Effect.Stored(records.getLast());
        return Stream.of(
                packed(codec, packed.subList(280, 320)),
                transaction(codec, List.of(TransactionCodec.encode(1, last, packed.getLast()))),
                template());
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
