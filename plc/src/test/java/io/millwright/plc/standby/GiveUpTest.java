package io.millwright.plc.standby;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.model.Told;
import io.millwright.plc.Mode;
import io.millwright.plc.VirtualPlc;
import io.millwright.plc.image.SignalTable;
import io.millwright.plc.pace.RealPace;
import io.millwright.plc.record.Mirror;
import io.millwright.plc.record.ScanLog;
import io.millwright.testkit.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A master and its standby in one process: what is still on its way when the master gives up.
@Timeout(60)
class GiveUpTest {
    /// Nothing here is decided by a lease that runs out.
    private static final Setting SETTING =
            new Setting(new byte[32], Duration.ofSeconds(20), StandbyProcess.SETTING.margin());
    /// A standby that does not wait asks the fence within much less.
    private static final long SOON_MILLIS = 500;

    @TempDir
    private Path folder;

    private final Lease lease = new Lease(System::nanoTime);
    private final List<String> events = new CopyOnWriteArrayList<>();
    private final CountDownLatch ready = new CountDownLatch(1);
    private final CountDownLatch asked = new CountDownLatch(1);

    /// What the standby asks: it notes when, and whether the master still tells outputs then.
    private final class WatchedFence implements Fence {
        private final FileFence fence = new FileFence(folder);

        @Override
        public long epoch() throws IOException {
            return fence.epoch();
        }

        @Override
        public boolean isHeld(long epoch) throws IOException {
            return fence.isHeld(epoch);
        }

        @Override
        public boolean isGone(long epoch) {
            return false;
        }

        @Override
        public boolean claim(long epoch) throws IOException {
            events.add(lease.getAsBoolean() ? "asked while the master tells outputs" : "asked");
            asked.countDown();
            return fence.claim(epoch);
        }
    }

    private void heard(Told news) {
        if (news.code().equals("standby-may")) {
            ready.countDown();
        }
    }

    private Optional<Follower.TakeOver> follow(int port) throws IOException {
        var mirror = new Mirror(p -> StandbyProcess.load(p, new SignalTable()), Optional.empty());
        var follower = new Follower(
                SETTING, mirror, new WatchedFence(), System::nanoTime, this::heard, _ -> {}, Runnable::run);
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return follower.follow(socket);
        }
    }

    /// The master is ended while a device has not yet answered a write. The end of its link lets the standby take over
    /// at once, so it comes after the answer.
    @Test
    void whatIsUnderWayComesBeforeTheStandbyTakesOver() throws Exception {
        var pace = new RealPace(0);
        var plc = new VirtualPlc(pace, StandbyProcess.load(StandbyProcess.project(), new SignalTable()), 0, 0, lease);
        var log = new ScanLog(pace::epochNanos, new ScanLog.Pace(1000, 10_000_000_000L, 1), 1 << 18);
        plc.observe(log);
        var master = new Master(SETTING, log, new FileFence(folder), lease, System::nanoTime, _ -> {});
        assertTrue(master.begin());
        plc.enter(Mode.RUNNING);
        Thread.ofPlatform().daemon().start(plc::serve);
        try (var door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofPlatform().daemon().start(() -> serve(master, door));
            var follower = Thread.ofPlatform().daemon().start(() -> {
                try {
                    assertTrue(follow(door.getLocalPort()).isPresent());
                    events.add("took over");
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            assertTrue(ready.await(50, TimeUnit.SECONDS));
            assertTrue(lease.enter(lease.epoch()));
            master.close();
            Await.until("the master gives up its lease", () -> !lease.getAsBoolean());
            assertFalse(lease.enter(lease.epoch()), "nothing more is begun");
            // With nothing that waits for the value the fence is asked now.
            var _ = asked.await(SOON_MILLIS, TimeUnit.MILLISECONDS);
            events.add("the device has the value");
            lease.leave();
            follower.join();
        } finally {
            plc.close();
        }
        assertEquals(List.of("the device has the value", "asked", "took over"), events);
    }

    private static void serve(Master master, ServerSocket door) {
        try {
            master.serve(door);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// By a clock of this test.
    @Test
    void aValueBeginsWithinALeaseOfItsEpochOnly() {
        var clock = new AtomicLong(1000);
        var shared = new Lease(clock::get);
        assertFalse(shared.enter(0), "nothing was given");
        shared.alone(3);
        assertTrue(shared.enter(3));
        assertFalse(shared.enter(2), "another one told outputs since");
        shared.share(2000);
        clock.set(1999);
        assertTrue(shared.enter(3));
        clock.set(2000);
        assertFalse(shared.enter(3), "it has run out");
        assertFalse(shared.isQuiet());
        shared.leave();
        assertFalse(shared.isQuiet());
        shared.leave();
        assertTrue(shared.isQuiet());
    }

    /// By a clock of this test.
    @Test
    void aValueWaitsForItsScanWhileAStandbyMayTakeOver() throws Exception {
        var clock = new AtomicLong(1000);
        var shared = new Lease(clock::get);
        shared.alone(3);
        assertTrue(shared.test(7));
        assertTrue(shared.awaitTold(shared.telling()), "there is nobody to be told");
        shared.share(2000);
        shared.told(7);
        assertTrue(shared.awaitTold(7));
        assertTrue(shared.test(8));
        clock.set(2000);
        assertFalse(shared.awaitTold(shared.telling()), "the lease has run out before it was told");
        shared.told(8);
        assertTrue(shared.awaitTold(8));
        // One that takes over has the scan that it goes on from, also where it stands still then.
        new LinkWaker(shared, Thread.currentThread())
                .tookOver(StandbyProcess.load(StandbyProcess.project(), new SignalTable()), 9);
        assertEquals(9, shared.logged());
    }
}
