package io.millwright.plc.pace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// What is granted is read where the kernel tells it, in `/proc` (proc_pid_status(5)), as `taskset -cp` does.
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class RealTimeTest {
    private static final String CORES = "Cpus_allowed_list:";
    private static final Path FIRST = Path.of("/proc/self/status");
    private static final Path OWN = Path.of("/proc/thread-self/status");
    private static final RealTime.Wanted TEN = new RealTime.Wanted(10, false);

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

    /// Of the thread that calls, for others.
    private static Path task() {
        try {
            return Path.of("/proc")
                    .resolve(Files.readSymbolicLink(Path.of("/proc/thread-self")))
                    .resolve("status");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String own() {
        return cores(OWN);
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

    private static Seen ask() {
        return byThread(() -> new Seen(RealTime.ask(TEN), own()));
    }

    @Test
    void leavesCoresToAllOthers() {
        Seen seen = ask();
        BitSet others = set(all);
        if (seen.granted().fifo()) {
            others.andNot(set(seen.cores()));
            assertFalse(others.isEmpty(), "of " + all + " it has " + seen.cores());
            assertTrue(seen.granted().text().startsWith("SCHED_FIFO 10 on core " + seen.cores()));
        } else {
            assertEquals(all, seen.cores(), "what is refused is left as it was");
            assertTrue(
                    seen.granted().text().contains("SCHED_FIFO 10 ("),
                    seen.granted().text());
        }
    }

    @Test
    void theLastHalfIsForThoseInARealTimeClassAndAtMostFour() {
        for (List<String> wanted : List.of(
                List.of("0", "", "0"),
                List.of("0-1", "1", "0"),
                List.of("0-2", "2", "0-1"),
                List.of("0-3", "2-3", "0-1"),
                List.of("2,5,7,9", "7,9", "2,5"),
                List.of("0-15", "12-15", "0-11"))) {
            Cores cores = Cores.of(set(wanted.getFirst()));
            assertEquals(
                    wanted, List.of(Cores.text(cores.all()), Cores.text(cores.prompt()), Cores.text(cores.rest())));
        }
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
        String said = new String(one.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
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

    /// What a thread saw of its cores before and after something happened.
    private static final class Watcher implements Runnable {
        final CountDownLatch started = new CountDownLatch(1);
        final CountDownLatch later = new CountDownLatch(1);
        final CompletableFuture<List<String>> cores = new CompletableFuture<>();

        @Override
        public void run() {
            String before = own();
            started.countDown();
            await(later);
            cores.complete(List.of(before, own()));
        }
    }

    @Test
    void whatARealTimeThreadStartsIsTakenOffItsCores() {
        Seen seen = ask();
        assumeTrue(seen.granted().fifo(), seen.granted().text());
        var watcher = new Watcher();
        byThread(() -> {
            var _ = RealTime.ask(TEN);
            return Thread.ofPlatform().daemon().start(watcher);
        });
        await(watcher.started);
        new CoreKeeper(RealTime::none).round();
        watcher.later.countDown();
        assertEquals(List.of(seen.cores(), all), watcher.cores.join());
    }

    @Test
    void oneInARealTimeClassKeepsItsCores() throws InterruptedException {
        var keeper = new CoreKeeper(RealTime::none);
        var asked = new CompletableFuture<Seen>();
        var later = new CountDownLatch(1);
        var cores = new CompletableFuture<String>();
        Thread one = Thread.ofPlatform().daemon().start(() -> {
            asked.complete(new Seen(RealTime.ask(TEN), own()));
            await(later);
            cores.complete(own());
        });
        Seen seen = asked.join();
        keeper.round();
        later.countDown();
        assertEquals(seen.cores(), cores.join());
        one.join();
    }

    @Test
    void whatTakesLongLeavesItsCoresItself() {
        Seen seen = ask();
        assumeTrue(seen.granted().fifo(), seen.granted().text());
        var left = new CompletableFuture<String>();
        byThread(() -> {
            var _ = RealTime.ask(TEN);
            return Thread.ofPlatform().daemon().start(() -> {
                RealTime.leave();
                left.complete(own());
            });
        });
        assertEquals(all, left.join());
    }

    /// proc_pid_stat(5): after the name the state is field 3, nice is field 19, the policy field 41 (0: SCHED_OTHER).
    /// What
    /// it starts has nice 0: SCHED_FLAG_RESET_ON_FORK in sched(7).
    @Test
    void aPromptThreadIsBeforeOthersOfNormalPriorityAndOnAllCores() throws InterruptedException {
        var granted = new CompletableFuture<Boolean>();
        var seen = new CompletableFuture<List<String>>();
        var begun = new CompletableFuture<List<String>>();
        Thread.ofPlatform()
                .daemon()
                .start(() -> {
                    granted.complete(RealTime.prompt());
                    seen.complete(List.of(stat(19), stat(41), own()));
                    Thread.ofPlatform().daemon().start(() -> begun.complete(List.of(stat(19), stat(41))));
                })
                .join();
        assumeTrue(granted.join(), "a nice value below 0 is not permitted");
        assertEquals(List.of("-20", "0", all), seen.join());
        assertEquals(List.of("0", "0"), begun.join());
    }

    private static String stat(int field) {
        try {
            String stat = Files.readString(Path.of("/proc/thread-self/stat"));
            return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[field - 3];
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// It goes on by itself, where no thread in a real-time class is.
    @Test
    void servesUntilItIsClosed() throws InterruptedException {
        Seen seen = ask();
        assumeTrue(seen.granted().fifo(), seen.granted().text());
        String rest = Cores.text(Cores.ofProcess().rest());
        var keeper = new CoreKeeper(seen::granted);
        var at = new CompletableFuture<Path>();
        var serving = Thread.ofPlatform().daemon().start(() -> {
            at.complete(task());
            keeper.serve();
        });
        Path task = at.join();
        var kept = new CompletableFuture<String>();
        byThread(() -> {
            var _ = RealTime.ask(TEN);
            return Thread.ofPlatform().daemon().start(() -> {
                while (!own().equals(all)) {
                    Thread.onSpinWait();
                }
                kept.complete(own());
            });
        });
        assertEquals(all, kept.join());
        assertEquals(rest, cores(task));
        keeper.close();
        LockSupport.unpark(serving);
        serving.join();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
