package io.millwright.bench;

import com.sun.management.OperatingSystemMXBean;
import io.millwright.historian.Historian;
import io.millwright.historian.HistorianSettings;
import io.millwright.model.Quality;
import io.millwright.model.Sample;
import io.millwright.model.SignalName;
import io.millwright.model.Time;
import io.millwright.model.Value;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// The way of samples to the disk: acknowledged only when forced, in batches of 1000, beside writing and forcing the
/// same number of bytes to the same disk with nothing else.
public final class JournalBenchmark implements Benchmark {

    private static final int BATCH = 1000;
    private static final int SIGNALS = 10_000;
    private static final int WARM_UP_BATCHES = 1_000;
    private static final int BATCHES = 4_000;
    private static final int IN_FLIGHT = 64;
    private static final long SECOND = 1_000_000_000L;
    private static final long T0 = 1_700_000_000L * SECOND;

    @Override
    public String name() {
        return "journal";
    }

    @Override
    public String summary() {
        return "samples per second made durable by the historian, beside raw sequential writes and forces of as many"
                + " bytes on the same disk; then segments and queries";
    }

    @Override
    public Report run(Path folder, Consumer<String> progress) throws Exception {
        var figures = new ArrayList<Report.Figure>();
        List<List<Sample>> batches = batches();
        progress.accept("journal: " + (WARM_UP_BATCHES + BATCHES) + " batches of " + BATCH);
        long journalBytes = journal(folder.resolve("historian"), batches, figures);
        progress.accept("raw: " + (journalBytes >> 20) + " MB written and forced");
        double raw = raw(folder.resolve("raw.bin"), journalBytes);
        double durable = figures.getFirst().value();
        figures.add(new Report.Figure(
                "raw: about as many bytes, forced once per MiB", BATCHES * (double) BATCH / raw, "samples/s", ""));
        figures.add(new Report.Figure("durable beside raw", durable / (BATCHES * (double) BATCH / raw), "ratio", ""));
        return new Report(
                name(),
                figures,
                List.of(
                        "%d signals, one value each per second of source time, 64-bit reals with noise"
                                .formatted(SIGNALS),
                        "up to %d batches in flight; every future completes after the force of its group"
                                .formatted(IN_FLIGHT),
                        "segments are written by a second thread meanwhile; `per core` divides by the processor time of the"
                                + " whole process, segments included",
                        "raw forces once per MiB, not once per group, and its bytes are reckoned at 11 per sample"));
    }

    private static List<List<Sample>> batches() {
        var random = new SplittableRandom(1);
        var names = new ArrayList<SignalName>();
        for (int i = 0; i < SIGNALS; i++) {
            names.add(SignalName.of("machine-" + i / 10, "signal-" + i % 10));
        }
        var batches = new ArrayList<List<Sample>>();
        // A ring of batches, so that making samples is not measured; times are moved on when a batch is used.
        for (int b = 0; b < SIGNALS / BATCH; b++) {
            var batch = new ArrayList<Sample>();
            for (int i = 0; i < BATCH; i++) {
                batch.add(new Sample(names.get(b * BATCH + i), Value.of(random.nextDouble()), Quality.GOOD, T0, T0));
            }
            batches.add(batch);
        }
        return batches;
    }

    /// The batch of a number, with source times one second after those of the round before.
    private static List<Sample> batch(List<List<Sample>> ring, long number) {
        List<Sample> shape = ring.get((int) (number % ring.size()));
        long source = T0 + number / ring.size() * SECOND;
        var batch = new ArrayList<Sample>(BATCH);
        for (int i = 0; i < BATCH; i++) {
            Sample s = shape.get(i);
            batch.add(new Sample(s.signal(), s.value(), s.quality(), source + i * 1000L, source + 5_000_000));
        }
        return batch;
    }

    private static long journal(Path folder, List<List<Sample>> ring, List<Report.Figure> figures) throws IOException {
        var settings = HistorianSettings.usual();
        try (var historian = Historian.open(folder, settings, Time.system())) {
            feed(historian, ring, 0, WARM_UP_BATCHES);
            long cpu = processorNanos();
            long start = System.nanoTime();
            feed(historian, ring, WARM_UP_BATCHES, BATCHES);
            double seconds = (System.nanoTime() - start) / 1e9;
            double busy = (processorNanos() - cpu) / 1e9;
            double samples = (double) BATCHES * BATCH;
            figures.add(new Report.Figure("durable", samples / seconds, "samples/s", "≥ 1 000 000"));
            figures.add(new Report.Figure("durable per core", samples / Math.max(busy, seconds), "samples/s", ""));
            segments(historian, figures);
            queries(historian, ring, figures);
            return (long) (samples * 11);
        }
    }

    private static void feed(Historian historian, List<List<Sample>> ring, long from, int count) {
        var flying = new java.util.ArrayDeque<CompletableFuture<Void>>();
        for (long n = from; n < from + count; n++) {
            flying.add(historian.append(batch(ring, n)));
            if (flying.size() >= IN_FLIGHT) {
                flying.removeFirst().join();
            }
        }
        flying.forEach(CompletableFuture::join);
    }

    private static long processorNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    /// Waits until the journal that piled up is in segments.
    private static void segments(Historian historian, List<Report.Figure> figures) {
        long fileBytes = HistorianSettings.usual().journalFileBytes();
        long before = historian.state().journalBytes();
        long start = System.nanoTime();
        long deadline = start + 120 * SECOND;
        while (historian.state().journalBytes() > 2 * fileBytes && System.nanoTime() < deadline) {
            java.util.concurrent.locks.LockSupport.parkNanos(10_000_000);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        double bytes = before - historian.state().journalBytes();
        if (bytes > fileBytes) {
            double samples = bytes / 11;
            figures.add(new Report.Figure("segments written, merges included", samples / seconds, "samples/s", ""));
        }
    }

    private static void queries(Historian historian, List<List<Sample>> ring, List<Report.Figure> figures) {
        SignalName signal = ring.getFirst().getFirst().signal();
        long end = T0 + (WARM_UP_BATCHES + BATCHES) * SECOND;
        int rounds = 50;
        long found = 0;
        long start = 0;
        for (int i = -10; i < rounds; i++) {
            start = i == 0 ? System.nanoTime() : start;
            SignalName one =
                    ring.get(Math.floorMod(i, ring.size())).get(Math.abs(i) * 7).signal();
            int n = historian.query(one, T0, end, Integer.MAX_VALUE).size();
            found += i >= 0 ? n : 0;
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        figures.add(new Report.Figure("query, all of one signal", seconds * 1e3 / rounds, "ms", ""));
        figures.add(new Report.Figure("query", found / seconds, "samples/s", ""));
        long present = 0;
        start = System.nanoTime();
        for (int i = 0; i < 1_000_000; i++) {
            present += historian.latest(signal).isPresent() ? 1 : 0;
        }
        if (present != 1_000_000) {
            throw new IllegalStateException("no latest value of " + signal);
        }
        figures.add(new Report.Figure("latest value", (System.nanoTime() - start) / 1e6, "ns", ""));
    }

    private static double raw(Path file, long bytes) throws IOException {
        var block = ByteBuffer.allocateDirect(1 << 20);
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            long start = System.nanoTime();
            for (long at = 0; at < bytes; at += block.capacity()) {
                block.clear();
                channel.write(block, at);
                channel.force(false);
            }
            return (System.nanoTime() - start) / 1e9;
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
