package io.millwright.bench;

import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.registry.Change;
import io.millwright.identity.registry.Commit;
import io.millwright.identity.store.IdentityStore;
import io.millwright.identity.store.StoreSettings;
import io.millwright.identity.wire.WireWriter;
import io.millwright.model.Time;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// The store of identifiers: loading, room on disk and in memory, finding, starting again. Beside the room on disk
/// stands that of the same records as they are on the wire.
public final class IdentityStoreBenchmark implements Benchmark {

    private static final int RECORDS = Integer.getInteger("mw.bench.records", 1_000_000);
    private static final int SHUFFLED = Integer.getInteger("mw.bench.shuffled", Math.min(RECORDS, 1_000_000));
    private static final int CREATED = 100_000;
    private static final int IN_FLIGHT = 512;
    private static final int FINDS = 200_000;
    private static final int COLD_FINDS = 20_000;
    private static final int HOT = 20_000;
    private static final String ALONE = "RocksDB alone, batches of puts, durable";
    private static final String LOADED = "loaded, durable";
    private static final String ORDER = ", in order";
    private static final String NO_ORDER = ", without order";

    private final List<Report.Figure> figures = new ArrayList<>();

    @Override
    public String name() {
        return "identity";
    }

    @Override
    public String summary() {
        return "the store of identifiers: durable loading, room on disk and in memory, finding warm and cold, restart";
    }

    @Override
    public Report run(Path folder, Consumer<String> progress) throws Exception {
        var records = new ProductRecords(RECORDS);
        var path = folder.resolve("identifiers");
        progress.accept("RocksDB alone, and making records alone");
        alone(folder);
        try (var store = open(path, StoreSettings.usual())) {
            progress.accept("loading " + RECORDS + " records in order");
            load(ORDER, store, records.inOrder(), progress);
        }
        figure("on disk", (double) bytes(path) / RECORDS, "octets/record", "≤ 80");
        figure("the same on the wire", wireBytes(records), "octets/record", "");
        reopened(path, records, progress);
        cold(path, records, progress);
        created(folder.resolve("created"), progress);
        shuffled(folder.resolve("shuffled"), progress);
        return new Report(name(), List.copyOf(figures), remarks());
    }

    private static List<String> remarks() {
        return List.of(
                RECORDS + " records of 12 values each, " + SHUFFLED + " of them without order; -Dmw.bench.records=N and"
                        + " -Dmw.bench.shuffled=N for others",
                "RocksDB alone: keys and values as long as those packed, " + RocksAlone.BATCH
                        + " to a batch, each batch forced to the disk before the next",
                "cold: a store opened anew, read past the memory of the system, its own cache of "
                        + (StoreSettings.usual().cacheBytes() >> 20) + " MiB empty at first; every handle at random",
                "memory: outside the Java heap, after finds all over the records",
                "load average of the machine at the end: "
                        + ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private void figure(String what, double value, String unit, String target) {
        figures.add(new Report.Figure(what, value, unit, target));
    }

    private static IdentityStore open(Path path, StoreSettings settings) throws IOException {
        return IdentityStore.open(path, List.of(ProductRecords.PREFIX), settings, Time.system());
    }

    private static double processorSeconds() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos() / 1e9;
    }

    /// What there is to compare with: the disk and RocksDB without a store around it, and what the benchmark itself
    /// takes.
    private void alone(Path folder) throws IOException {
        figure(ALONE + ORDER, RocksAlone.recordsPerSecond(folder.resolve("alone"), true), "records/s", "");
        figure(ALONE + NO_ORDER, RocksAlone.recordsPerSecond(folder.resolve("alone-2"), false), "records/s", "");
        var made = new ProductRecords(CREATED).inOrder();
        long start = System.nanoTime();
        long values = 0;
        while (made.hasNext()) {
            values += made.next().values().size();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        if (values != 12L * CREATED) {
            throw new IllegalStateException("records of 12 values have " + values + " together");
        }
        figure("records made by the benchmark, alone", CREATED / seconds, "records/s", "");
    }

    /// @param order how the records come, in words
    private void load(String order, IdentityStore store, Iterator<HandleRecord> records, Consumer<String> progress)
            throws IOException {
        double processor = processorSeconds();
        long start = System.nanoTime();
        long count = store.load(records, n -> progress.accept(n + " durable"));
        double rate = count / ((System.nanoTime() - start) / 1e9);
        figure(LOADED + order, rate, "records/s", "≥ 200 000");
        figure(LOADED + order + ", to RocksDB alone", rate / measured(ALONE + order), "ratio", "");
        double ofProcessor = count / (processorSeconds() - processor);
        figure(LOADED + order + ", of processor time", ofProcessor, "records/s of one core", "");
    }

    private double measured(String what) {
        return figures.stream()
                .filter(f -> f.what().equals(what))
                .findFirst()
                .orElseThrow()
                .value();
    }

    private static long bytes(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .mapToLong(f -> f.toFile().length())
                    .sum();
        }
    }

    private static double wireBytes(ProductRecords records) {
        var out = new WireWriter();
        records.record(1).values().forEach(v -> v.write(out));
        return out.size() + records.handle(1).toString().length();
    }

    private void reopened(Path path, ProductRecords records, Consumer<String> progress) throws IOException {
        progress.accept("opening again");
        long start = System.nanoTime();
        try (var store = open(path, StoreSettings.usual())) {
            find(store, records, 1);
            figure("opened again, first record found after", (System.nanoTime() - start) / 1e6, "ms", "≤ 5000");
            finds("found warm, " + HOT + " records in turn", store, records, FINDS, HOT);
            readStraight(store, records);
            finds("found at random among all", store, records, FINDS, RECORDS);
            figure("memory", (double) store.memoryBytes() / RECORDS, "octets/record", "≤ 8");
            figure("memory", store.memoryBytes() / 1e6, "MB", "");
        }
    }

    /// Into the form of the wire, without objects.
    private void readStraight(IdentityStore store, ProductRecords records) {
        var out = new WireWriter(2048);
        var random = new SplittableRandom(5);
        byte[][] keys = new byte[FINDS][];
        for (int i = 0; i < FINDS; i++) {
            keys[i] = records.handle(random.nextInt(HOT)).key().getBytes(StandardCharsets.UTF_8);
        }
        long start = 0;
        for (int round = 0; round < 2; round++) {
            start = System.nanoTime();
            for (byte[] key : keys) {
                out.clear();
                if (!store.write(key, 0, key.length, true, out)) {
                    throw new IllegalStateException(new String(key, StandardCharsets.UTF_8) + " is lost");
                }
            }
        }
        figure("read warm into the form of the wire, mean", (System.nanoTime() - start) / 1e3 / FINDS, "µs", "");
    }

    private static void find(IdentityStore store, ProductRecords records, int number) {
        var handle = records.handle(number);
        var found = store.find(handle);
        if (found.isEmpty() || found.get().values().size() != 12) {
            throw new IllegalStateException(handle + " is lost");
        }
    }

    private void finds(String what, IdentityStore store, ProductRecords records, int count, int among) {
        var random = new SplittableRandom(5);
        var handles = new Handle[count];
        for (int i = 0; i < count; i++) {
            handles[i] = records.handle(random.nextInt(among));
        }
        long[] nanos = new long[count];
        long start = 0;
        for (int round = 0; round < 2; round++) {
            start = System.nanoTime();
            for (int i = 0; i < count; i++) {
                long from = System.nanoTime();
                if (store.find(handles[i]).isEmpty()) {
                    throw new IllegalStateException(handles[i] + " is lost");
                }
                nanos[i] = System.nanoTime() - from;
            }
        }
        double mean = (double) (System.nanoTime() - start) / count;
        Arrays.sort(nanos);
        figure(what + ", mean", mean / 1000, "µs", "");
        figure(what + ", median", nanos[count / 2] / 1e3, "µs", "");
        figure(what + ", p99", nanos[(int) (count * 0.99)] / 1e3, "µs", "");
    }

    private void cold(Path path, ProductRecords records, Consumer<String> progress) throws IOException {
        progress.accept("finding cold");
        var random = new SplittableRandom(6);
        long[] nanos = new long[COLD_FINDS];
        try (var store = open(path, StoreSettings.usual().withDirect(true))) {
            for (int i = 0; i < COLD_FINDS; i++) {
                var handle = records.handle(random.nextInt(RECORDS));
                long from = System.nanoTime();
                boolean found = store.find(handle).isPresent();
                nanos[i] = System.nanoTime() - from;
                if (!found) {
                    throw new IllegalStateException(handle + " is lost");
                }
            }
        }
        Arrays.sort(nanos);
        figure("found cold, median", nanos[COLD_FINDS / 2] / 1e6, "ms", "");
        figure("found cold, p99", nanos[(int) (COLD_FINDS * 0.99)] / 1e6, "ms", "≤ 5");
    }

    private void created(Path path, Consumer<String> progress) throws IOException {
        progress.accept("creating " + CREATED + " records one by one, " + IN_FLIGHT + " in flight");
        var flying = new ArrayDeque<CompletableFuture<Commit>>();
        var records = new ProductRecords(CREATED).inOrder();
        try (var store = open(path, StoreSettings.usual())) {
            long start = System.nanoTime();
            while (records.hasNext()) {
                flying.add(store.commit(new Change.Create(records.next())));
                if (flying.size() >= IN_FLIGHT || !records.hasNext()) {
                    while (!flying.isEmpty() && (flying.size() >= IN_FLIGHT || !records.hasNext())) {
                        if (!(flying.removeFirst().join() instanceof Commit.Done)) {
                            throw new IllegalStateException("a record was not created");
                        }
                    }
                }
            }
            figure("created one by one, durable", CREATED / ((System.nanoTime() - start) / 1e9), "records/s", "");
        }
    }

    private void shuffled(Path path, Consumer<String> progress) throws IOException {
        progress.accept("loading " + SHUFFLED + " records without order");
        try (var store = open(path, StoreSettings.usual())) {
            load(NO_ORDER, store, new ProductRecords(SHUFFLED).shuffled(), progress);
            store.compact();
        }
        figure("loaded without order, on disk", (double) bytes(path) / SHUFFLED, "octets/record", "≤ 80");
    }
}
