package io.millwright.identity.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.identity.message.Body;
import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import io.millwright.testkit.Await;
import io.millwright.testkit.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// A node is no means of making others answer.
class KeptDirectoryTest {

    private final ManualTime time = new ManualTime(0);
    private final AtomicInteger asked = new AtomicInteger();
    private volatile CountDownLatch gate = new CountDownLatch(0);

    private final KeptDirectory directory = new KeptDirectory(
            new Directory() {
                @Override
                public Optional<HandleRecord> find(Handle handle) {
                    asked.incrementAndGet();
                    try {
                        gate.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return handle.suffix().equalsIgnoreCase("admin")
                            ? Optional.of(new HandleRecord(handle, List.of()))
                            : Optional.empty();
                }

                @Override
                public boolean verifies(Body.VerifyRequest proof) {
                    return false;
                }
            },
            time);

    @Test
    void theSameIsAskedForOnceInItsTime() {
        for (int i = 0; i < 100; i++) {
            assertTrue(directory.find(Handle.of("99/ADMIN")).isPresent());
            assertTrue(directory.find(Handle.of("99/nobody")).isEmpty());
        }
        assertEquals(2, asked.get());
        time.advance(Duration.ofNanos(KeptDirectory.LIFE_NANOS));
        assertTrue(directory.find(Handle.of("99/admin")).isPresent());
        assertEquals(3, asked.get(), "a key that was revoked is not believed for ever");
    }

    @Test
    void whoAsksAtTheSameTimeShares() throws Exception {
        gate = new CountDownLatch(1);
        var all = new ArrayList<CompletableFuture<Optional<HandleRecord>>>();
        for (int i = 0; i < 50; i++) {
            all.add(CompletableFuture.supplyAsync(
                    () -> directory.find(Handle.of("99/admin")), Thread::startVirtualThread));
        }
        Await.until("one asks", () -> asked.get() == 1);
        gate.countDown();
        for (var one : all) {
            assertTrue(one.get().isPresent());
        }
        assertEquals(1, asked.get());
    }

    @Test
    void itKeepsNoMoreThanItMay() {
        for (int i = 0; i < 10_000; i++) {
            directory.find(Handle.of("99/" + i));
        }
        assertEquals(KeptDirectory.RECORDS_MAX, directory.size());
    }
}
