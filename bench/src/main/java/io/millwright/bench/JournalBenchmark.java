package io.millwright.bench;

import com.sun.management.OperatingSystemMXBean;
import io.millwright.historian.Historian;
import io.millwright.historian.HistorianSettings;
import io.millwright.model.Quality;
import io.millwright.model.Sample;
import io.millwright.model.SignalName;
import io.millwright.model.Time;
import io.millwright.model.Value;
import io.millwright.model.disk.Disk;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// The way of samples to the disk: acknowledged only when forced, in batches of 1000, beside writing and forcing the
/// same number of bytes to the same disk with nothing else.
public final class JournalBenchmark implements Benchmark {

    private static final int BATCH = 1000;
    private static final int SIGNALS = 10_000;
    private static final int WARM_UP_BATCHES = 2_000;
    private static final int BATCHES = 12_000;
    private static final int IN_FLIGHT = 64;
    private static final long SECOND = 1_000_000_000L;
    private static final String JOURNAL_THREAD = "historian-journal";
    private static final String SEGMENT_THREAD = "historian-segments";
    private static final String ONE_CORE = "samples/s of one core";
    private static final long T0 = 1_700_000_000L * SECOND;

    private static final List<String> REMARKS = List.of(
            "%d signals, one value each per second of source time, 64-bit reals with noise".formatted(SIGNALS),
            "up to %d batches in flight; every future completes after the force of its group".formatted(IN_FLIGHT),
            "`durable` and `sustained` are by the clock: making the samples, segments, garbage collection and what else"
                    + " runs on the machine share the processors; sustained ends when all but the last file or two"
                    + " of the journal are in segments, and with merging when there is nothing left to merge",
            "the rates of one core are samples per second of processor time: of the journal's thread and of the"
                    + " segments' thread alone, the latter with and without merging, and of the whole process with"
                    + " making the samples, compiling and garbage collection",
            "raw writes and forces, in one file, exactly the bytes counted at each force of a journal file");

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
        List<Long> forces = journal(folder.resolve("historian"), batches, figures);
        long bytes = forces.stream().mapToLong(n -> n).sum();
        progress.accept("raw: %d MB, forced %d times".formatted(bytes >> 20, forces.size()));
        double samples = (double) BATCHES * BATCH;
        double raw = samples / raw(folder.resolve("raw.bin"), forces);
        double durable = figures.getFirst().value();
        figures.add(new Report.Figure("raw: the same bytes, forced as often", raw, "samples/s", ""));
        figures.add(new Report.Figure("durable beside raw", durable / raw, "ratio", ""));
        figures.add(new Report.Figure("journal, zeros of new files included", bytes / samples, "bytes/sample", ""));
        figures.add(new Report.Figure("samples per force", samples / forces.size(), "samples", ""));
        return new Report(name(), figures, REMARKS);
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

    /// @return the bytes of every force of a journal file that was measured
    private static List<Long> journal(Path folder, List<List<Sample>> ring, List<Report.Figure> figures)
            throws IOException {
        var disk = new CountingDisk(Disk.of(folder));
        try (var historian = Historian.open(disk, HistorianSettings.usual(), Time.system())) {
            feed(historian, ring, 0, WARM_UP_BATCHES);
            awaitSegments(historian);
            int forcesBefore = disk.forcesFrom(0).size();
            var journal = new Meter(() -> threadNanos(JOURNAL_THREAD));
            var segments = new Meter(() -> threadNanos(SEGMENT_THREAD));
            var process = new Meter(JournalBenchmark::processNanos);
            var clock = new Meter(System::nanoTime);
            feed(historian, ring, WARM_UP_BATCHES, BATCHES);
            figures.add(new Report.Figure("durable", clock.rate(), "samples/s", "≥ 1 000 000"));
            figures.add(new Report.Figure("journal thread", journal.rate(), ONE_CORE, ""));
            List<Long> forces = disk.forcesFrom(forcesBefore);
            awaitSegments(historian);
            figures.add(new Report.Figure("sustained, segments included", clock.rate(), "samples/s", "≥ 800 000"));
            figures.add(new Report.Figure("segment thread", segments.rate(), ONE_CORE, ""));
            awaitIdle();
            figures.add(new Report.Figure("sustained, merging included", clock.rate(), "samples/s", ""));
            figures.add(new Report.Figure("segment thread, merging included", segments.rate(), ONE_CORE, ""));
            figures.add(new Report.Figure("whole process", process.rate(), ONE_CORE, ""));
            queries(historian, ring, figures);
            return forces;
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

    /// Samples per second of some kind of time that has passed since this was made.
    private record Meter(LongSupplier nanos, long begin) {

        Meter(LongSupplier nanos) {
            this(nanos, nanos.getAsLong());
        }

        double rate() {
            return (double) BATCHES * BATCH * SECOND / (nanos.getAsLong() - begin);
        }
    }

    private static long processNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    /// Processor time of the thread of this name so far.
    private static long threadNanos(String name) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().equals(name)) {
                return threads.getThreadCpuTime(thread.getThreadId());
            }
        }
        throw new IllegalStateException("there is no thread " + name);
    }

    /// Waits until the journal that piled up is in segments, all but the file being written and one more.
    private static void awaitSegments(Historian historian) {
        long most = 2 * HistorianSettings.usual().journalFileBytes();
        long deadline = System.nanoTime() + 120 * SECOND;
        while (historian.state().journalBytes() > most) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "no segments after two minutes: " + historian.state().message());
            }
            LockSupport.parkNanos(10_000_000);
        }
    }

    /// Waits until the segments' thread has had nothing to do for half a second.
    private static void awaitIdle() {
        long before = -1;
        long now = threadNanos(SEGMENT_THREAD);
        while (now != before) {
            LockSupport.parkNanos(SECOND / 2);
            before = now;
            now = threadNanos(SEGMENT_THREAD);
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

    private static double raw(Path file, List<Long> forces) throws IOException {
        var block = ByteBuffer.allocateDirect(1 << 20);
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            long start = System.nanoTime();
            long at = 0;
            for (long bytes : forces) {
                long end = at + bytes;
                while (at < end) {
                    block.clear().limit((int) Math.min(block.capacity(), end - at));
                    at += channel.write(block, at);
                }
                channel.force(false);
            }
            return (System.nanoTime() - start) / 1e9;
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
