package io.millwright.plc.standby;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a fence makes before it is asked, and what it leaves behind.
@Timeout(60)
class FileFenceTest {
    @TempDir
    Path folder;

    private Thread maker;

    private FileFence fence() {
        return new FileFence(folder, w -> maker = Thread.ofPlatform().daemon().start(w), true);
    }

    private List<Path> unnamed() throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(f -> f.getFileName().toString().startsWith("claim-"))
                    .toList();
        }
    }

    /// Waits until the thread of the fence has made what it makes, and waits for a claim.
    private Path prepared() throws Exception {
        while (maker.getState() != Thread.State.WAITING || unnamed().isEmpty()) {
            Thread.sleep(1);
        }
        List<Path> made = unnamed();
        assertEquals(1, made.size());
        return made.getFirst();
    }

    /// An epoch is the file that was there before: nothing is made when it counts.
    @Test
    void anEpochIsTheFileThatWasMadeBefore() throws Exception {
        var fence = fence();
        Object key = Files.readAttributes(prepared(), "unix:ino").get("ino");
        assertTrue(fence.claim(1));
        assertEquals(
                key, Files.readAttributes(folder.resolve("epoch-1"), "unix:ino").get("ino"));
        assertFalse(fence.claim(1), "it has been given");
    }

    /// Somebody who tidies up costs nothing but time.
    @Test
    void whatWasMadeMayVanish() throws Exception {
        var fence = fence();
        Files.delete(prepared());
        assertTrue(fence.claim(1));
        assertEquals(1, fence.epoch());
        assertTrue(fence.isHeld(1));
    }

    /// First names vanish, those of processes that were killed as well; what somebody holds stays, and so does what is
    /// new.
    @Test
    void whatIsOverIsDeleted() throws Exception {
        Files.writeString(folder.resolve("claim-dead"), "");
        Files.setLastModifiedTime(
                folder.resolve("claim-dead"), FileTime.from(Instant.now().minusSeconds(3600)));
        Files.writeString(folder.resolve("claim-new"), "");
        for (int epoch = 1; epoch <= 3; epoch++) {
            Files.writeString(folder.resolve("epoch-" + epoch), "");
        }
        var fence = fence();
        assertTrue(fence.claim(11));
        while (Files.exists(folder.resolve("claim-dead")) || Files.exists(folder.resolve("epoch-3"))) {
            Thread.sleep(10);
        }
        assertTrue(Files.exists(folder.resolve("claim-new")));
        assertTrue(Files.exists(folder.resolve("epoch-11")));
        assertEquals(11, fence.epoch());
    }

    /// A lock of a process on a file ends with the first descriptor of it that the process closes, so that a fence must
    /// not look into what it holds itself (fcntl(2)).
    @Test
    void toAskWhetherItIsHeldDoesNotLetGoOfIt() throws Exception {
        Path locks = Path.of("/proc/locks");
        Assumptions.assumeTrue(Files.isReadable(locks), "Linux tells who holds locks, here nobody does");
        var fence = fence();
        assertTrue(fence.claim(1));
        Object inode =
                Files.readAttributes(folder.resolve("epoch-1"), "unix:ino").get("ino");
        String mine = ProcessHandle.current().pid() + " \\S+:" + inode + " .*";
        Assumptions.assumeTrue(isLocked(locks, mine), "/proc/locks does not tell of this process");
        assertTrue(fence.isHeld(1));
        assertTrue(isLocked(locks, mine), "it was let go of");
        // That this test would notice.
        FileChannel.open(folder.resolve("epoch-1"), StandardOpenOption.READ).close();
        assertFalse(isLocked(locks, mine));
    }

    private static boolean isLocked(Path locks, String mine) throws IOException {
        return Files.readAllLines(locks).stream().anyMatch(l -> l.matches(".* " + mine));
    }
}
