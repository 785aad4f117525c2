package io.millwright.historian;

import static io.millwright.historian.Folders.LEVEL;
import static io.millwright.historian.Folders.all;
import static io.millwright.historian.Folders.files;
import static io.millwright.historian.Folders.keep;
import static io.millwright.historian.Folders.sample;
import static io.millwright.historian.Folders.still;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.model.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the disk spoils is noticed, named and set aside, and everything else is served: whatever byte it is.
class DamageTest {

    private static final int GROUPS = 12;
    private static final int GROUP = 4;

    /// Every damage is logged, thousands of times here; held, because loggers are kept by weak references only.
    private static final Logger LOG = Logger.getLogger(Store.class.getName());

    @TempDir
    private Path root;

    @BeforeAll
    static void quiet() {
        LOG.setLevel(Level.OFF);
    }

    @AfterAll
    static void loud() {
        LOG.setLevel(null);
    }

    /// One finished journal file of twelve acknowledged groups, and what was acknowledged.
    private List<Sample> journal(Path folder) throws IOException {
        var sent = new ArrayList<Sample>();
        try (var historian = still(folder)) {
            for (int g = 0; g < GROUPS; g++) {
                var group = new ArrayList<Sample>();
                for (int i = 0; i < GROUP; i++) {
                    group.add(sample(LEVEL, 1_000L * g + i, g + i / 8.0));
                }
                keep(historian, group);
                sent.addAll(group);
            }
        }
        return sent;
    }

    /// A flip in the last group, or behind it, cannot be told from a write the crash interrupted unless a later file
    /// follows. Everywhere before, acknowledged data follows, so it has to be reported.
    @Test
    void everyFlippedByteOfAJournalLosesAtMostItsGroupAndSaysSo() throws IOException {
        var sent = journal(root.resolve("whole"));
        Path whole = files(root.resolve("whole"), "journal-*").getFirst();
        byte[] bytes = Files.readAllBytes(whole);
        int end = written(bytes);
        assertTrue(end > 200, "too short to mean anything: " + end);
        int noticed = 0;
        for (int at = 0; at < end; at++) {
            Path folder = Files.createDirectories(root.resolve("flip-" + at));
            byte[] flipped = bytes.clone();
            flipped[at] ^= (byte) (1 << at % 8);
            Files.write(folder.resolve(whole.getFileName()), flipped);
            try (var historian = still(folder)) {
                var found = all(historian, LEVEL);
                assertTrue(new HashSet<>(sent).containsAll(found), "byte " + at + ": something was invented");
                var damage = historian.state().damage();
                if (found.size() < sent.size() - GROUP) {
                    assertFalse(damage.isEmpty(), "byte " + at + ": acknowledged samples vanished silently");
                }
                // The names of signals stand once; losing them loses the file, with one sentence that says so.
                assertTrue(
                        found.size() >= sent.size() - GROUP || damage.toString().contains("names"), damage::toString);
                if (!damage.isEmpty()) {
                    noticed++;
                    assertTrue(damage.getFirst().startsWith(String.valueOf(whole.getFileName())), damage::toString);
                    assertEquals(1, files(folder, "*.damaged").size(), "byte " + at + ": not set aside");
                }
                keep(historian, List.of(sample(LEVEL, 99_999, 1)));
                assertEquals(found.size() + 1, all(historian, LEVEL).size(), "byte " + at);
            }
        }
        assertTrue(noticed > end / 2, "only " + noticed + " of " + end + " noticed");
    }

    private static int written(byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] == 0) {
            end--;
        }
        return end;
    }

    @Test
    void aJournalCutAnywhereServesWhatIsBeforeTheCut() throws IOException {
        var sent = journal(root.resolve("whole"));
        Path whole = files(root.resolve("whole"), "journal-*").getFirst();
        byte[] bytes = Files.readAllBytes(whole);
        int end = written(bytes);
        int before = 0;
        for (int length = 0; length <= end + 1; length += 3) {
            Path folder = Files.createDirectories(root.resolve("cut-" + length));
            Files.write(folder.resolve(whole.getFileName()), java.util.Arrays.copyOf(bytes, length));
            try (var historian = still(folder)) {
                var found = all(historian, LEVEL);
                assertEquals(sent.subList(0, found.size()), found, "cut at " + length);
                assertTrue(found.size() >= before, "cut at " + length);
                before = found.size();
            }
        }
        assertTrue(before >= sent.size() - GROUP, "only " + before);
    }

    @Test
    void aSpoiledSegmentIsSetAsideWhole() throws IOException {
        Path folder = root.resolve("segments");
        journal(folder);
        try (var historian = still(folder)) {
            historian.segmentStep();
            assertEquals(GROUPS * GROUP, all(historian, LEVEL).size());
        }
        for (String pattern : List.of("segment-*.tsfile", "segment-*.catalog")) {
            byte[] bytes = Files.readAllBytes(files(folder, pattern).getFirst());
            for (int at = 0; at < bytes.length; at += Math.max(1, bytes.length / 97)) {
                byte[] flipped = bytes.clone();
                flipped[at] ^= 0x10;
                spoil(folder, pattern, flipped, "byte " + at);
            }
            for (int length = 0; length < bytes.length; length += Math.max(1, bytes.length / 23)) {
                spoil(folder, pattern, java.util.Arrays.copyOf(bytes, length), "cut at " + length);
            }
        }
    }

    private void spoil(Path whole, String pattern, byte[] bytes, String how) throws IOException {
        Path folder = Files.createTempDirectory(root, "spoiled");
        for (Path file : files(whole, "segment-*")) {
            Files.copy(file, folder.resolve(file.getFileName()));
        }
        Path victim = files(folder, pattern).getFirst();
        Files.write(victim, bytes);
        String name = pattern + ", " + how;
        try (var historian = still(folder)) {
            keep(historian, List.of(sample(LEVEL, 99_999, 1)));
            assertEquals(List.of(sample(LEVEL, 99_999, 1)), all(historian, LEVEL), name);
            var damage = historian.state().damage();
            assertEquals(1, damage.size(), name);
            assertTrue(damage.getFirst().startsWith(String.valueOf(victim.getFileName())), damage::toString);
            assertEquals(2, files(folder, "*.damaged").size(), name);
        }
    }
}
