package io.millwright.identity.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.registry.Change;
import io.millwright.model.Time;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real process is killed with SIGKILL under load at random moments, again and again on the same folder. The parent
/// knows what was acknowledged. `-Dmw.kills=200` for a longer run.
class CrashTest {

    private static final int KILLS = Integer.getInteger("mw.kills", 20);

    @TempDir
    private Path folder;

    private final SplittableRandom random = new SplittableRandom(Long.getLong("mw.seed", System.nanoTime()));

    /// What a change leaves under its handle.
    private record Outcome(long number, boolean deleted) {
        Optional<HandleRecord> record(int handle) {
            return deleted ? Optional.empty() : Optional.of(CrashChild.record(handle, number));
        }
    }

    private final Map<Integer, Outcome> acknowledged = new HashMap<>();
    private final Map<Integer, Outcome> underway = new HashMap<>();
    private long acknowledgements;
    private long greatest;

    @Test
    void nothingAcknowledgedIsLostAndNothingComesBack() throws Exception {
        for (int kill = 1; kill <= KILLS; kill++) {
            liveAndDie("changes", greatest + 1, random.nextInt(1, 2000), this::note);
            try (var store = open()) {
                check(store, "after " + kill + " kills");
            }
            underway.clear();
        }
        assertTrue(acknowledgements > KILLS * 10L, "only " + acknowledgements + " changes were acknowledged");
        System.out.printf("%d kills, %d changes acknowledged, 0 lost, 0 back%n", KILLS, acknowledgements);
    }

    private void note(String line) {
        String[] words = line.split(" ");
        if (words[0].equals("S")) {
            greatest = Math.max(greatest, Long.parseLong(words[1]));
            underway.put(Integer.parseInt(words[2]), new Outcome(Long.parseLong(words[1]), words[3].equals("D")));
        } else if (words[0].equals("A")) {
            int handle = Integer.parseInt(words[2]);
            acknowledged.put(handle, underway.remove(handle));
            acknowledgements++;
        }
    }

    /// What is there is what was acknowledged last, or what was under way; the transactions tell the same.
    private void check(IdentityStore store, String when) throws IOException {
        store.verify();
        long size = 0;
        for (int handle = 0; handle < CrashChild.THREADS * CrashChild.HANDLES_EACH; handle++) {
            int number = handle;
            var found = store.find(CrashChild.handle(handle));
            var before = Optional.ofNullable(acknowledged.get(handle)).flatMap(o -> o.record(number));
            var next = underway.get(handle);
            if (next != null && found.equals(next.record(handle)) && !found.equals(before)) {
                acknowledged.put(handle, next);
            } else {
                assertEquals(before, found, when + ": " + CrashChild.handle(handle));
            }
            size += found.isPresent() ? 1 : 0;
        }
        assertEquals(size, store.size(), when);
        assertEquals(size, store.records(Handle.of(""), Integer.MAX_VALUE).size(), when);
        var told = new HashMap<Handle, HandleRecord>();
        var all = store.transactions(0, Integer.MAX_VALUE);
        for (var transaction : all) {
            switch (transaction.effect()) {
                case Change.Effect.Stored(var record) -> told.put(record.handle(), record);
                case Change.Effect.Deleted(var handle) -> told.remove(handle);
                default -> throw new AssertionError(when + ": invented " + transaction);
            }
        }
        assertTrue(all.size() >= acknowledgements, () -> when + ": " + all.size() + " transactions");
        assertEquals(store.lastTransaction(), all.isEmpty() ? 0 : all.getLast().number(), when);
        assertEquals(Set.copyOf(store.records(Handle.of(""), Integer.MAX_VALUE)), Set.copyOf(told.values()), when);
    }

    /// Each load here is one part: it is there whole or not at all.
    @Test
    void aPartOfALoadIsThereWholeOrNotAtAll() throws Exception {
        var loads = new HashSet<Long>();
        var done = new HashSet<Long>();
        for (int kill = 1; kill <= Math.max(5, KILLS / 4); kill++) {
            long first = loads.stream().mapToLong(n -> n).max().orElse(0) + 1;
            liveAndDie("load", first, random.nextInt(1, 60), line -> {
                if (line.startsWith("L ")) {
                    loads.add(Long.parseLong(line.substring(2)));
                } else if (line.startsWith("K ")) {
                    done.add(Long.parseLong(line.substring(2)));
                }
            });
            try (var store = open()) {
                long size = 0;
                for (long load : loads) {
                    int found = 0;
                    for (int i = 0; i < CrashChild.LOADED; i++) {
                        var expected = CrashChild.loaded(load, i);
                        var there = store.find(expected.handle());
                        there.ifPresent(record -> assertEquals(expected, record));
                        found += there.isPresent() ? 1 : 0;
                    }
                    assertTrue(found == CrashChild.LOADED || found == 0 && !done.contains(load), "part of " + load);
                    size += found;
                }
                assertEquals(size, store.size());
            }
        }
        assertTrue(!done.isEmpty(), "no load came to its end");
    }

    private IdentityStore open() throws IOException {
        return IdentityStore.open(folder, List.of(), StoreSettings.usual(), Time.system());
    }

    private void liveAndDie(String what, long first, int lines, Consumer<String> note) throws Exception {
        Process child = start(folder, what, first);
        int left = lines;
        try (var out = new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.endsWith(";")) {
                    note.accept(line.substring(0, line.length() - 1));
                }
                if (--left == 0) {
                    child.toHandle().destroyForcibly();
                }
            }
        }
        assertTrue(left <= 0, "the child ended by itself: see " + folder + "-child.log");
        child.waitFor();
    }

    /// A process that changes the store in the folder.
    static Process start(Path folder, String what, long first) throws IOException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:-UsePerfData",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        classPath,
                        CrashChild.class.getName(),
                        folder.toString(),
                        Long.toString(first),
                        what)
                .redirectError(new File(folder.getParent().toFile(), folder.getFileName() + "-child.log"))
                .start();
    }
}
