package io.millwright.identity.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.record.HandleValue;
import io.millwright.identity.registry.Change;
import io.millwright.identity.registry.Commit;
import io.millwright.identity.wire.Octets;
import io.millwright.model.Time;
import io.millwright.model.disk.FolderInUse;
import io.millwright.testkit.Property;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of files, and what else uses them or the disk.
class StoreDamageTest {

    private static final int RECORDS = 3000;

    @TempDir
    private Path parent;

    private Path folder() {
        return parent.resolve("store");
    }

    private IdentityStore open() throws IOException {
        return IdentityStore.open(folder(), List.of("88.118.7"), StoreSettings.usual(), Time.system());
    }

    private List<Path> files(String pattern) throws IOException {
        try (var all = Files.newDirectoryStream(folder().resolve("records"), pattern)) {
            var files = new ArrayList<Path>();
            all.forEach(files::add);
            files.sort(null);
            return files;
        }
    }

    /// Everything in the store, read and checked.
    private List<HandleRecord> readAll() throws IOException {
        try (var store = open()) {
            store.verify();
            var all = store.records(Handle.of(""), Integer.MAX_VALUE);
            assertEquals(store.size(), all.size());
            store.transactions(0, Integer.MAX_VALUE);
            return all;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /// Each octet of the files matters, or is not looked at; nothing wrong is ever read.
    @Test
    void oneWrongBitIsSaidOrDoesNotMatter() throws Exception {
        try (var store = open()) {
            for (int n = 0; n < 50; n++) {
                store.commit(new Change.Create(SomeRecords.alike(RECORDS + n))).join();
            }
            store.load(IntStream.range(0, RECORDS).mapToObj(SomeRecords::alike).iterator(), n -> {});
        }
        var whole = readAll();
        assertEquals(RECORDS + 50, whole.size());
        var random = new SplittableRandom(Property.seed());
        int refused = 0;
        int rounds = 0;
        for (String kind : List.of("*.sst", "MANIFEST-*", "CURRENT")) {
            for (int i = 0; i < 12; i++) {
                var all = files(kind);
                Path file = all.get(random.nextInt(all.size()));
                byte[] bytes = Files.readAllBytes(file);
                byte[] wrong = bytes.clone();
                boolean cut = i % 4 == 3;
                if (cut) {
                    wrong = Arrays.copyOf(wrong, random.nextInt(wrong.length));
                } else {
                    wrong[random.nextInt(wrong.length)] ^= (byte) (1 << random.nextInt(8));
                }
                Files.write(file, wrong);
                refused += isRefusedOrWhole(whole, file.toString()) ? 1 : 0;
                rounds++;
                // A table whose wrong bit nobody looked at may have been merged into another meanwhile.
                if (Files.exists(file)) {
                    Files.write(file, bytes);
                }
            }
        }
        assertTrue(refused > rounds / 2, refused + " of " + rounds + " were refused");
        assertEquals(whole, readAll());
    }

    private boolean isRefusedOrWhole(List<HandleRecord> whole, String what) throws IOException {
        try {
            assertEquals(whole, readAll(), what);
            return false;
        } catch (IOException e) {
            assertTrue(e.getMessage().startsWith("identity store " + folder()), e.getMessage());
            assertTrue(e.getMessage().indexOf('\n') < 0, e.getMessage());
            return true;
        }
    }

    @Test
    void aMissingFileIsSaid() throws Exception {
        try (var store = open()) {
            store.load(IntStream.range(0, 100).mapToObj(SomeRecords::alike).iterator(), n -> {});
        }
        for (String kind : List.of("*.sst", "MANIFEST-*", "CURRENT")) {
            Path file = files(kind).getFirst();
            byte[] bytes = Files.readAllBytes(file);
            Files.delete(file);
            var damaged = assertThrows(StoreDamaged.class, this::readAll, kind);
            assertTrue(damaged.getMessage().startsWith("identity store " + folder()), damaged.getMessage());
            assertTrue(damaged.getMessage().endsWith("; restore it from a snapshot"), damaged.getMessage());
            Files.write(file, bytes);
        }
        assertEquals(100, readAll().size());
    }

    /// The end of a journal may be cut off, for that is what a crash does; a wrong octet before it is no crash.
    @Test
    void aWrongBitInTheJournalIsNotTakenForItsEnd() throws Exception {
        killWhileChanging();
        Path journal = files("*.log").getLast();
        byte[] bytes = Files.readAllBytes(journal);
        bytes[bytes.length / 3] ^= 4;
        Files.write(journal, bytes);
        var damaged = assertThrows(StoreDamaged.class, this::readAll);
        assertTrue(damaged.getMessage().contains("checksum mismatch"), damaged.getMessage());
        bytes[bytes.length / 3] ^= 4;
        Files.write(journal, bytes);
        assertTrue(!readAll().isEmpty());
    }

    private void killWhileChanging() throws Exception {
        Files.createDirectories(folder());
        Process child = CrashTest.start(folder(), "changes", 0);
        try (var out = child.inputReader(StandardCharsets.UTF_8)) {
            for (int lines = 0; lines < 300; lines++) {
                assertTrue(out.readLine() != null, "the child ended by itself");
            }
        } finally {
            child.toHandle().destroyForcibly();
            child.waitFor();
        }
    }

    @Test
    void anotherVersionIsNamed() throws Exception {
        open().close();
        Files.writeString(folder().resolve("format"), "millwright identity store, version 9\n");
        var refused = assertThrows(IOException.class, this::open);
        assertEquals(
                folder() + "/format says \"millwright identity store, version 9\"; this program reads"
                        + " \"millwright identity store, version 1\"",
                refused.getMessage());
    }

    @Test
    void aSecondProcessIsToldWhichOneHasTheFolder() throws Exception {
        Files.createDirectories(folder());
        Process child = CrashTest.start(folder(), "changes", 0);
        try (var out = child.inputReader(StandardCharsets.UTF_8)) {
            assertEquals("O;", out.readLine());
            var refused = assertThrows(FolderInUse.class, this::open);
            assertEquals(
                    folder() + " is in use by process " + child.pid() + "; stop it, or give another folder",
                    refused.getMessage());
        } finally {
            child.toHandle().destroyForcibly();
            child.waitFor();
        }
        open().close();
    }

    /// A file system of 40 MB of its own; nothing about the full disk is simulated.
    @Test
    void onAFullDiskNothingAcknowledgedIsLostAndItGoesOnWhenThereIsSpace() throws Exception {
        Files.createDirectories(folder());
        Assumptions.assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=40m", "mw-test", folder().toString()) == 0,
                "a tmpfs cannot be mounted here: needs Linux and root");
        try {
            fill();
        } finally {
            run("umount", "-l", folder().toString());
        }
    }

    private void fill() throws Exception {
        var settings = StoreSettings.usual().withBufferBytes(1 << 20).withReserveBytes(10 << 20);
        var kept = new ArrayList<HandleRecord>();
        try (var store = IdentityStore.open(folder(), List.of("88.118.7"), settings, Time.system())) {
            Files.write(folder().resolve("ballast"), new byte[12 << 20]);
            Throwable cause = null;
            var random = new SplittableRandom(3);
            for (int n = 0; cause == null && n < 2_000_000; n += 100) {
                var sent = new ArrayList<HandleRecord>();
                for (int i = n; i < n + 100; i++) {
                    sent.add(large(i, random));
                }
                var commits = sent.stream()
                        .map(r -> store.commit(new Change.Create(r)))
                        .toList();
                for (int i = 0; i < commits.size(); i++) {
                    try {
                        assertInstanceOf(Commit.Done.class, commits.get(i).join());
                        kept.add(sent.get(i));
                    } catch (CompletionException e) {
                        cause = e.getCause();
                    }
                }
            }
            assertInstanceOf(IOException.class, cause);
            assertTrue(cause.getMessage().startsWith("disk full: "), cause.getMessage());
            assertEquals(Set.copyOf(kept), Set.copyOf(store.records(Handle.of(""), Integer.MAX_VALUE)), "reads go on");
            Files.delete(folder().resolve("ballast"));
            var another = large(-1, random);
            assertInstanceOf(
                    Commit.Done.class, store.commit(new Change.Create(another)).join());
            kept.add(another);
        }
        assertEquals(Set.copyOf(kept), Set.copyOf(readAll()));
    }

    /// The disk is full although there was room when the store looked: RocksDB itself meets the refusal, in the middle
    /// of a write.
    @Test
    void afterARefusedWriteReadsGoOnAndChangesAreRefusedUntilTheNextStart() throws Exception {
        Files.createDirectories(folder());
        Assumptions.assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=24m", "mw-test", folder().toString()) == 0,
                "a tmpfs cannot be mounted here: needs Linux and root");
        try {
            refuse();
        } finally {
            run("umount", "-l", folder().toString());
        }
    }

    private void refuse() throws Exception {
        var settings = StoreSettings.usual().withBufferBytes(1 << 20).withReserveBytes(0);
        var random = new SplittableRandom(4);
        var kept = new HashSet<HandleRecord>();
        var unknown = new HashSet<HandleRecord>();
        var store = IdentityStore.open(folder(), List.of("88.118.7"), settings, Time.system());
        Files.write(folder().resolve("ballast"), new byte[12 << 20]);
        Throwable cause = null;
        for (int n = 0; cause == null && n < 1_000_000; n++) {
            var record = large(n, random);
            try {
                assertInstanceOf(
                        Commit.Done.class,
                        store.commit(new Change.Create(record)).join());
                kept.add(record);
            } catch (CompletionException e) {
                cause = e.getCause();
                unknown.add(record);
            }
        }
        assertInstanceOf(IOException.class, cause);
        assertTrue(cause.getMessage().contains("No space left on device"), cause.getMessage());
        assertTrue(cause.getMessage().startsWith("identity store " + folder()), cause.getMessage());
        Files.delete(folder().resolve("ballast"));
        assertEquals(kept, Set.copyOf(store.records(Handle.of(""), Integer.MAX_VALUE)), "reads go on");
        var later = store.commit(new Change.Create(large(-1, random)));
        var refused = assertThrows(CompletionException.class, later::join);
        assertTrue(refused.getCause().getMessage().endsWith("; start the node again"), refused.getMessage());
        assertTrue(refused.getCause().getMessage().startsWith("no change is made since"), refused.getMessage());
        try {
            store.close();
        } catch (IOException e) {
            assertTrue(e.getMessage().contains("No space left on device"), e.getMessage());
        }
        try (var again = IdentityStore.open(folder(), List.of(), settings, Time.system())) {
            var there = new HashSet<>(again.records(Handle.of(""), Integer.MAX_VALUE));
            assertTrue(there.containsAll(kept), "what was acknowledged is there");
            there.removeAll(kept);
            assertTrue(unknown.containsAll(there), "nothing else but what was refused, whole");
            var another = large(-2, random);
            assertInstanceOf(
                    Commit.Done.class, again.commit(new Change.Create(another)).join());
        }
    }

    private static HandleRecord large(int n, SplittableRandom random) {
        byte[] noise = new byte[500];
        random.nextBytes(noise);
        var value = HandleValue.published(1, "NOISE", "", 1);
        return new HandleRecord(
                Handle.of("88.118.7/n-" + n),
                List.of(new HandleValue(1, "NOISE", Octets.of(noise), value.permissions(), value.ttl(), n, List.of())));
    }

    private static int run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            return -1;
        }
    }
}
