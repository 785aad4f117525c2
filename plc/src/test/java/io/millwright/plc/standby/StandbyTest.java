package io.millwright.plc.standby;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.testkit.Await;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two processes, of which one is killed, stopped or cut off. The test is the device: it sees what is told, and
/// refuses an epoch lower than one it has seen. The truth is the counter: each scan of the program adds one.
///
/// `-Dmw.standby.kills=1000` kills so often.
class StandbyTest {
    private static final long WAIT_SECONDS = 60;
    /// Cycles that may pass until another node goes on.
    private static final long CYCLES = 3;

    @TempDir
    Path folder;

    private final List<Node> nodes = new ArrayList<>();
    private final Device device = new Device();

    @AfterEach
    void end() throws Exception {
        for (Node node : nodes) {
            signal("-CONT", node);
            node.process.destroyForcibly().waitFor();
        }
        device.door.close();
    }

    /// One value that was told.
    ///
    /// @param node the number of the connection
    /// @param nanos the time of the program
    /// @param at when the device took it, by its own clock
    private record Told(int node, long epoch, long counter, long nanos, long at) {}

    private static final class Device {
        final ServerSocket door;
        private final List<Told> told = new ArrayList<>();
        private final AtomicInteger nodes = new AtomicInteger();
        private long highest;
        private int refused;

        Device() {
            try {
                door = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            Thread.ofVirtual().start(() -> {
                while (!door.isClosed()) {
                    try {
                        Socket socket = door.accept();
                        Thread.ofVirtual().start(() -> read(socket));
                    } catch (IOException _) {
                        return;
                    }
                }
            });
        }

        private void read(Socket socket) {
            int node = nodes.incrementAndGet();
            try (var in = new BufferedReader(new InputStreamReader(socket.getInputStream()))) {
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    String[] words = line.split(" ");
                    take(new Told(
                            node,
                            Long.parseLong(words[0]),
                            Long.parseLong(words[1]),
                            Long.parseLong(words[2]),
                            System.nanoTime()));
                }
            } catch (IOException _) {
                // It was killed.
            }
        }

        private synchronized void take(Told next) {
            if (next.epoch() < highest) {
                refused++;
                return;
            }
            highest = next.epoch();
            told.add(next);
            notifyAll();
        }

        synchronized List<Told> told() {
            return List.copyOf(told);
        }

        synchronized int refused() {
            return refused;
        }

        /// Waits until so many values more came.
        synchronized void await(int more) throws InterruptedException {
            int until = told.size() + more;
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
            while (told.size() < until) {
                long left = end - System.nanoTime();
                assertTrue(left > 0, () -> "the device hears nothing more: " + told);
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        }
    }

    private static final class Node {
        final Process process;
        private final LinkedBlockingQueue<String> said = new LinkedBlockingQueue<>();
        private final List<String> all = new ArrayList<>();

        Node(Process process) {
            this.process = process;
            Thread.ofVirtual().start(() -> {
                try (var out = new BufferedReader(new InputStreamReader(process.getInputStream()))) {
                    out.lines().forEach(said::add);
                } catch (IOException | UncheckedIOException _) {
                    // It was killed.
                }
            });
        }

        String await(Predicate<String> what) throws InterruptedException {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
            while (System.nanoTime() < end) {
                String line = said.poll(1, TimeUnit.SECONDS);
                if (line != null) {
                    all.add(line);
                    if (what.test(line)) {
                        return line;
                    }
                }
            }
            throw new AssertionError("it only said " + all);
        }

        /// As [#await], also where it was said before.
        void awaitEver(String what) throws InterruptedException {
            if (!says(what)) {
                await(l -> l.contains(what));
            }
        }

        boolean says(String what) {
            said.drainTo(all);
            return all.stream().anyMatch(l -> l.contains(what));
        }
    }

    private Node start(String role, int port, Path fence) throws IOException {
        return start(role, port, fence, Duration.ofMillis(320), -1);
    }

    /// @param ends as killed, after it told the device so many values since its standby is ready; -1: it does not
    private Node start(String role, int port, Path fence, Duration lease, int ends) throws IOException {
        var node = new Node(new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xmx100m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dmw.test.lease=" + lease.toMillis(),
                        "-Dmw.test.ends=" + ends,
                        "-cp",
                        System.getProperty("java.class.path"),
                        StandbyProcess.class.getName(),
                        role,
                        Integer.toString(port),
                        fence.toString(),
                        Integer.toString(device.door.getLocalPort()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
        nodes.add(node);
        return node;
    }

    private static int port(Node master) throws InterruptedException {
        return Integer.parseInt(master.await(l -> l.startsWith("door ")).substring(5));
    }

    private static void signal(String which, Node node) throws Exception {
        new ProcessBuilder("kill", which, Long.toString(node.process.pid()))
                .start()
                .waitFor();
        Path threads = Path.of("/proc", Long.toString(node.process.pid()), "task");
        if (which.equals("-STOP") && Files.isDirectory(threads)) {
            // One thread hears of it, when its turn comes, and stops the others.
            Await.until("it stands still", () -> {
                try (var all = Files.list(threads)) {
                    return all.allMatch(StandbyTest::standsStill);
                }
            });
        }
    }

    /// Whether a thread is stopped: `pid (name) T …`, proc(5).
    private static boolean standsStill(Path thread) {
        try {
            String stat = Files.readString(thread.resolve("stat"));
            return stat.startsWith("T", stat.lastIndexOf(')') + 2);
        } catch (IOException _) {
            // It has ended.
            return true;
        }
    }

    private static void ready(Node standby) throws InterruptedException {
        standby.await(l -> l.contains("ready to take over"));
    }

    /// No increment is lost and none counted twice by more than the scans that had not come over; the other
    /// node goes on within three cycles, counted in the trace.
    private static void bumpless(List<Told> told) {
        for (int i = 1; i < told.size(); i++) {
            Told before = told.get(i - 1);
            Told now = told.get(i);
            long step = now.counter() - before.counter();
            if (now.epoch() == before.epoch()) {
                assertEquals(1, step, before + " then " + now);
            } else if (now.node() == before.node()) {
                // It missed its lease: what was done until it was given the next epoch was not told.
                assertTrue(step >= 1, before + " then " + now);
            } else {
                assertTrue(step <= 1 && step > 1 - CYCLES, before + " then " + now);
                assertTrue(now.nanos() > before.nanos() - CYCLES * StandbyProcess.CYCLE_NANOS, before + " then " + now);
            }
        }
    }

    /// What the device saw at the changes from one node to the next, against the reference: one more in each
    /// cycle. Told, not asserted: a machine that is busy with something else is late.
    private static String figures(List<Told> told) {
        List<Double> cycles = new ArrayList<>();
        long again = 0;
        long skipped = 0;
        for (int i = 1; i < told.size(); i++) {
            Told before = told.get(i - 1);
            Told now = told.get(i);
            if (before.node() != now.node()) {
                cycles.add((double) (now.at() - before.at()) / StandbyProcess.CYCLE_NANOS);
                again += Math.max(0, 1 - (now.counter() - before.counter()));
            }
            skipped += Math.max(0, now.counter() - before.counter() - 1);
        }
        cycles.sort(null);
        int count = cycles.size();
        return count + " take-overs; cycles from the last value of one node to the first of the next: median "
                + cycles.get(count / 2) + ", 99 % " + cycles.get(Math.min(count - 1, count * 99 / 100)) + ", longest "
                + cycles.getLast() + "; over three: "
                + cycles.stream().filter(c -> c > CYCLES).count() + "; increments skipped " + skipped
                + ", told again " + again + "; all: " + cycles;
    }

    private static void ofOneNodeEach(List<Told> told) {
        var nodes = new HashMap<Long, Integer>();
        for (Told one : told) {
            assertEquals(one.node(), nodes.computeIfAbsent(one.epoch(), _ -> one.node()), told.toString());
        }
    }

    /// Killed the moment its device has a value: the standby has done that scan then, and does not do it again.
    @Test
    void whatADeviceWasToldIsNotCountedAgain() throws Exception {
        Path fence = folder.resolve("last");
        Node master = start("master", 0, fence, Duration.ofMillis(320), 3);
        Node standby = start("standby", port(master), fence);
        standby.await(l -> l.startsWith("TOOK OVER"));
        device.await(3);
        List<Told> told = device.told();
        long last = told.stream()
                .filter(t -> t.node() == 1)
                .mapToLong(Told::counter)
                .max()
                .orElseThrow();
        List<Long> next = told.stream()
                .filter(t -> t.node() == 2)
                .map(Told::counter)
                .limit(3)
                .toList();
        assertEquals(List.of(last, last + 1, last + 2), next, told.toString());
    }

    /// The node that is left takes over, a new one follows it, and so on.
    @Test
    void aMasterThatIsKilledIsFollowedWithoutABump() throws Exception {
        int kills = Integer.getInteger("mw.standby.kills", 3);
        var random = new SplittableRandom();
        Path fence = folder.resolve("kill");
        Node master = start("master", 0, fence);
        int port = port(master);
        for (int i = 0; i < kills; i++) {
            Node standby = start("standby", port, fence);
            ready(standby);
            Thread.sleep(random.nextInt(400));
            signal("-KILL", master);
            standby.await(l -> l.startsWith("TOOK OVER"));
            port = port(standby);
            device.await(5);
            assertTrue(!standby.says("ALARM"), standby.all.toString());
            nodes.remove(master);
            master = standby;
        }
        List<Told> told = device.told();
        bumpless(told);
        for (int i = 1; i < told.size(); i++) {
            assertTrue(told.get(i).counter() >= told.get(i - 1).counter(), "counted again: " + told);
        }
        ofOneNodeEach(told);
        if (kills > 3) {
            System.out.println(figures(told));
        }
        assertEquals(kills + 1, told.stream().map(Told::node).distinct().count());
        assertEquals(0, device.refused());
    }

    /// The link of a master that is killed may stay open for long: here the cable does not say that it ended,
    /// and the lease lasts longer than this test waits. On one machine the standby sees it nevertheless; of one
    /// that stands still it must not be seen.
    @Test
    void aMasterThatIsKilledIsMissedBeforeItsLinkAndLeaseEnd() throws Exception {
        Path fence = folder.resolve("slow");
        var lease = Duration.ofSeconds(WAIT_SECONDS);
        Node master = start("master", 0, fence, lease, -1);
        var cable = new Cable(port(master));
        try {
            Node standby = start("standby", cable.door.getLocalPort(), fence, lease, -1);
            ready(standby);
            device.await(3);
            signal("-STOP", master);
            Thread.sleep(1000);
            assertTrue(!standby.says("TOOK OVER"), "it only stands still");
            signal("-KILL", master);
            standby.awaitEver("TOOK OVER");
            device.await(5);
            bumpless(device.told());
            ofOneNodeEach(device.told());
        } finally {
            cable.door.close();
        }
    }

    /// A master that stood still finds out before it tells anything that another one does.
    @Test
    void aMasterThatStoodStillTellsNothingMore() throws Exception {
        Path fence = folder.resolve("stop");
        Node master = start("master", 0, fence);
        Node standby = start("standby", port(master), fence);
        ready(standby);
        device.await(3);
        signal("-STOP", master);
        standby.await(l -> l.startsWith("TOOK OVER"));
        device.await(5);
        signal("-CONT", master);
        master.await(l -> l.equals("LOST"));
        device.await(5);
        bumpless(device.told());
        ofOneNodeEach(device.told());
        // At most the one that was on its way when it was stopped.
        assertTrue(device.refused() <= 1, "refused " + device.refused());
    }

    /// A standby that stood still is not missed, and does not take over when it wakes up.
    @Test
    void aStandbyThatStoodStillDoesNotTakeOver() throws Exception {
        Path fence = folder.resolve("sleeper");
        Node master = start("master", 0, fence);
        Node standby = start("standby", port(master), fence);
        ready(standby);
        signal("-STOP", standby);
        master.await(l -> l.contains("without a standby"));
        device.await(5);
        signal("-CONT", standby);
        standby.await(l -> l.contains("goes on alone"));
        ready(standby);
        device.await(3);
        assertEquals(0, device.refused());
        assertTrue(!standby.says("TOOK OVER"));
    }

    /// The link is silent, both are alive: one of them goes on, and one alone.
    @Test
    void ofTwoThatAreCutOffOneGoesOn() throws Exception {
        Path fence = folder.resolve("cut");
        Node master = start("master", 0, fence);
        var cable = new Cable(port(master));
        try {
            Node standby = start("standby", cable.door.getLocalPort(), fence);
            ready(standby);
            device.await(3);
            cable.cut = true;
            device.await(10);
            // Whoever of them asks the fence second is refused.
            if (standby.says("TOOK OVER")) {
                master.awaitEver("LOST");
            } else {
                standby.awaitEver("goes on alone");
            }
            device.await(5);
            assertEquals(0, device.refused());
            ofOneNodeEach(device.told());
        } finally {
            cable.door.close();
        }
    }

    /// The link ends while the master lives and goes on alone; then that one is killed before it was followed again.
    @Test
    void aMasterThatIsKilledWhileNobodyFollowsIsInheritedFrom() throws Exception {
        Path fence = folder.resolve("inherited");
        Node master = start("master", 0, fence, Duration.ofMillis(2000), -1);
        var cable = new Cable(port(master));
        Node standby = start("standby", cable.door.getLocalPort(), fence, Duration.ofMillis(2000), -1);
        ready(standby);
        device.await(3);
        // So the master is the first to ask the fence.
        signal("-STOP", standby);
        cable.unplug();
        master.awaitEver("without a standby");
        signal("-CONT", standby);
        standby.awaitEver("goes on alone");
        device.await(3);
        signal("-KILL", master);
        standby.awaitEver("TOOK OVER");
        device.await(5);
        assertEquals(0, device.refused());
        ofOneNodeEach(device.told());
        List<Told> told = device.told();
        assertNotEquals(told.getFirst().node(), told.getLast().node());
    }

    /// A link that can be cut without either end being told.
    private static final class Cable {
        final ServerSocket door = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        private final List<Socket> ends = new CopyOnWriteArrayList<>();
        volatile boolean cut;

        /// Both ends are told, and nobody can plug it in again.
        void unplug() throws IOException {
            door.close();
            for (Socket end : ends) {
                end.close();
            }
        }

        Cable(int to) throws IOException {
            Thread.ofVirtual().start(() -> {
                while (!door.isClosed()) {
                    try {
                        Socket near = door.accept();
                        var far = new Socket(InetAddress.getLoopbackAddress(), to);
                        ends.addAll(List.of(near, far));
                        Thread.ofVirtual().start(() -> pump(near, far));
                        Thread.ofVirtual().start(() -> pump(far, near));
                    } catch (IOException _) {
                        return;
                    }
                }
            });
        }

        private void pump(Socket from, Socket to) {
            var bytes = new byte[1 << 16];
            try {
                int count = from.getInputStream().read(bytes);
                while (count >= 0) {
                    if (!cut) {
                        to.getOutputStream().write(bytes, 0, count);
                    }
                    count = from.getInputStream().read(bytes);
                }
            } catch (IOException _) {
                // Ended.
            }
        }
    }

    /// Of whom nothing is known it is not said that it is gone.
    @Test
    void whoLivesOrIsUnknownIsNotGone() throws Exception {
        var fence = new FileFence(
                folder.resolve("g"), w -> Thread.ofPlatform().daemon().start(w), true);
        assertTrue(!fence.isGone(1), "there is no such epoch");
        assertTrue(fence.claim(1));
        for (int i = 0; i < 100; i++) {
            assertTrue(!new FileFence(folder.resolve("g")).isGone(1), "this process lives");
            Thread.sleep(1);
        }
        Files.writeString(folder.resolve("g/epoch-2"), "nonsense");
        assertTrue(!fence.isGone(2), "nobody held it");
        fence.rehearse();
        assertEquals(2, fence.epoch());
        assertTrue(Files.list(folder.resolve("g"))
                .noneMatch(f -> f.getFileName().toString().startsWith("rehearsal-")));
    }

    /// The folder of a fence gives each epoch to one, whoever asks at the same time.
    @Test
    void anEpochIsGivenToOneAlone() throws Exception {
        var winners = new LinkedBlockingQueue<Long>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            threads.add(Thread.ofPlatform().start(() -> {
                var fence = new FileFence(folder.resolve("f"));
                for (long epoch = 1; epoch <= 50; epoch++) {
                    try {
                        if (fence.claim(epoch)) {
                            winners.add(epoch);
                        }
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(winners.size(), winners.stream().distinct().count(), winners.toString());
        assertTrue(winners.contains(50L));
        assertEquals(50, new FileFence(folder.resolve("f")).epoch());
        assertTrue(Files.list(folder.resolve("f")).count() < 50);
    }
}
