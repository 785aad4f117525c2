package io.millwright.plc.pace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// What is granted is read where the kernel tells it, in `/proc` (proc_pid_status(5)), as `taskset -cp` does.
@EnabledOnOs(OS.LINUX)
class RealTimeTest {
    private static final String CORES = "Cpus_allowed_list:";
    private static final Path FIRST = Path.of("/proc/self/status");
    private static final Path OWN = Path.of("/proc/thread-self/status");

    private String all = "";

    @BeforeEach
    void look() {
        all = cores(FIRST);
    }

    private static String cores(Path status) {
        try {
            return Files.readAllLines(status).stream()
                    .filter(l -> l.startsWith(CORES))
                    .map(l -> l.substring(CORES.length()).strip())
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BitSet set(String list) {
        var cores = new BitSet();
        for (String part : list.split(",", -1)) {
            String[] ends = part.split("-", -1);
            cores.set(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]) + 1);
        }
        return cores;
    }

    private static <T> T byThread(Supplier<T> work) {
        var done = new CompletableFuture<T>();
        Thread.ofPlatform().daemon().start(() -> done.complete(work.get()));
        return done.join();
    }

    private record Seen(RealTime granted, String cores) {}

    private static Seen ask(Optional<Integer> core) {
        return byThread(() -> new Seen(RealTime.ask(new RealTime.Wanted(10, core, false)), cores(OWN)));
    }

    @Test
    void leavesOneCoreToAllOthers() {
        Seen seen = ask(Optional.empty());
        BitSet others = set(all);
        if (seen.granted().fifo()) {
            others.andNot(set(seen.cores()));
            assertEquals(1, others.cardinality(), "of " + all + " it has " + seen.cores());
            assertTrue(seen.granted().text().startsWith("SCHED_FIFO 10 on core " + seen.cores()));
        } else {
            assertEquals(all, seen.cores(), "what is refused is left as it was");
            assertTrue(
                    seen.granted().text().contains("SCHED_FIFO 10 ("),
                    seen.granted().text());
        }
    }

    @Test
    void staysOnANamedCore() {
        int last = set(all).length() - 1;
        Seen seen = ask(Optional.of(last));
        assumeTrue(seen.granted().fifo(), seen.granted().text());
        assertEquals(Integer.toString(last), seen.cores());
    }

    @Test
    void aCoreThatThereIsNotIsRefused() {
        Seen seen = ask(Optional.of(1000));
        assertFalse(seen.granted().fifo());
        assertEquals(all, seen.cores());
        assertTrue(
                seen.granted().refused().getFirst().startsWith("SCHED_FIFO 10 ("),
                seen.granted().text());
    }

    @Test
    void theOnlyCoreIsLeftToAllOthers() throws IOException, InterruptedException {
        Process one = new ProcessBuilder(
                        "taskset",
                        "-c",
                        Integer.toString(set(all).nextSetBit(0)),
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Asking.class.getName())
                .redirectErrorStream(true)
                .start();
        String said = new String(one.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertEquals(0, one.waitFor(), said);
        assertTrue(said.contains("SCHED_FIFO 80 (the process has one core"), said);
    }

    /// A process that says what it was granted.
    static final class Asking {
        private Asking() {}

        public static void main(String[] arguments) {
            System.out.println(RealTime.ask(RealTime.Wanted.USUAL).text());
        }
    }

    @Test
    void whatARealTimeThreadStartsLeavesItsCores() {
        Seen seen = ask(Optional.empty());
        assumeTrue(seen.granted().fifo(), seen.granted().text());
        var started = new CountDownLatch(1);
        var later = new CountDownLatch(1);
        var cores = new CompletableFuture<List<String>>();
        var left = new CompletableFuture<String>();
        byThread(() -> {
            var _ = RealTime.ask(new RealTime.Wanted(10, Optional.empty(), false));
            Thread.ofPlatform().daemon().start(() -> {
                RealTime.leave();
                left.complete(cores(OWN));
            });
            return Thread.ofPlatform().daemon().start(() -> {
                String before = cores(OWN);
                started.countDown();
                await(later);
                cores.complete(List.of(before, cores(OWN)));
            });
        });
        assertEquals(all, left.join());
        await(started);
        RealTime.askForStarted();
        later.countDown();
        assertEquals(List.of(seen.cores(), all), cores.join());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void coresAreWrittenAsTasksetDoes() {
        assertEquals("", RealTime.text(new BitSet()));
        assertEquals("0", RealTime.text(set("0")));
        assertEquals("1-3,7,62-64", RealTime.text(set("1-3,7,62-64")));
    }
}
