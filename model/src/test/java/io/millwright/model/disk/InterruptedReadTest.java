package io.millwright.model.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The JDK closes a FileChannel when a thread that reads from it is interrupted: one cancelled query would end those
/// of everybody else on the same segment.
class InterruptedReadTest {

    private static final byte[] CONTENT = {1, 2, 3, 4, 5, 6, 7, 8};

    @Test
    void anInterruptedThreadReadsAndStaysInterrupted(@TempDir Path folder) throws IOException {
        Files.write(folder.resolve("a"), CONTENT);
        try (DiskFile file = Disk.of(folder).open("a")) {
            Thread.currentThread().interrupt();
            ByteBuffer into = ByteBuffer.allocate(8);
            int read = file.read(into, 0);
            assertTrue(Thread.interrupted(), "the interrupt is lost");
            assertEquals(8, read);
            assertEquals(8, file.read(into.clear(), 0));
        }
    }

    /// Interrupts that come during a read, many times over, from one thread on another.
    @Test
    void interruptsDuringReadsHurtNobody(@TempDir Path folder) throws Exception {
        Files.write(folder.resolve("a"), CONTENT);
        try (DiskFile file = Disk.of(folder).open("a")) {
            var ended = new AtomicBoolean();
            var failure = new AtomicReference<Throwable>();
            Thread victim = Thread.ofPlatform().start(() -> {
                while (!ended.get() && failure.get() == null) {
                    failure.compareAndSet(null, attempt(file));
                    Thread.interrupted();
                }
            });
            for (int i = 0; i < 20_000 && failure.get() == null; i++) {
                victim.interrupt();
                failure.compareAndSet(null, attempt(file));
            }
            ended.set(true);
            victim.join();
            assertEquals(null, failure.get());
        }
    }

    private static @org.jspecify.annotations.Nullable Throwable attempt(DiskFile file) {
        try {
            ByteBuffer into = ByteBuffer.allocate(8);
            file.read(into, 0);
            assertEquals(ByteBuffer.wrap(CONTENT), into.flip());
            return null;
        } catch (IOException | AssertionError e) {
            return e;
        }
    }
}
