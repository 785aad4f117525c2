package io.millwright.plc.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.iec61131.interpret.InterpretBackend;
import io.millwright.iec61131.jvm.JvmBackend;
import io.millwright.iec61131.machine.Backend;
import io.millwright.iec61131.machine.Trap;
import io.millwright.plc.Fault;
import io.millwright.plc.Loaded;
import io.millwright.plc.Mode;
import io.millwright.plc.ScanObserver;
import io.millwright.testkit.Property;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What was recorded is replayed bit for bit. Truth is what an observer of its own saw while the PLC ran.
class ReplayTest {
    @TempDir
    Path folder;

    /// Sees all variables after each scan.
    private static final class Witness implements ScanObserver {
        final Map<Long, List<String>> seen = new HashMap<>();
        private @Nullable Loaded loaded;
        long last;

        @Override
        public void loaded(Loaded next) {
            loaded = next;
        }

        @Override
        public void scanned(long number, int task, long startNanos) {
            seen.put(number, RandomPlc.values(Objects.requireNonNull(loaded)));
            last = number;
        }

        @Override
        public void faulted(long number, int task, long startNanos, Fault fault, Trap.@Nullable Kind trap) {
            last = number;
        }
    }

    private static Recorder recorder(RandomPlc of, Path folder, long bytesMax, int ringBytes) {
        var setting = new Recorder.Setting(
                folder,
                bytesMax,
                Duration.ofDays(1),
                Duration.ZERO,
                new ScanLog.Pace(40, 10_000_000_000L, 5),
                ringBytes);
        return new Recorder(setting, of.pace::epochNanos, of.pace::nowNanos);
    }

    private Witness record(RandomPlc of, Path to, int rounds) throws Exception {
        Recorder recorder = recorder(of, to, 1 << 24, 1 << 16);
        var witness = new Witness();
        of.plc.observe(recorder.log());
        of.plc.observe(witness);
        of.plc.enter(Mode.RUNNING);
        for (int i = 0; i < rounds; i++) {
            of.round();
            while (recorder.move()) {
                // Until all is written.
            }
        }
        finish(of, recorder, witness);
        assertEquals("", recorder.figures().problem());
        return witness;
    }

    /// No scan after the end of the recording is seen.
    private static void finish(RandomPlc of, Recorder recorder, Witness witness) {
        of.plc.forget(recorder.log());
        of.plc.forget(witness);
        of.plc.step(of.pace.nowNanos());
        recorder.close();
        recorder.serve();
    }

    private static void same(Witness witness, Replay replay) {
        List<String> then = witness.seen.get(replay.scan());
        if (then != null) {
            assertEquals(then, RandomPlc.values(replay.loaded()), "after scan " + replay.scan());
        }
    }

    /// The heart of it: random programs, inputs, commands, faults and changes; forwards through all, then to
    /// random moments, which begins at every key frame.
    @Test
    void everyScanIsReplayedBitForBitFromEveryKeyFrame() {
        Property.check(15, random -> {
            Path to = Files.createTempDirectory(folder, "r");
            Witness witness = record(new RandomPlc(random), to, 120);
            RecordedRun run = Recording.open(to).newest();
            assertEquals(0, run.stretch().firstScan());
            assertEquals(witness.last, run.stretch().lastScan());
            Backend backend = random.nextBoolean() ? new JvmBackend() : new InterpretBackend();
            Replay replay = Replay.of(run, backend);
            int scans = 0;
            while (replay.forward()) {
                same(witness, replay);
                scans++;
            }
            assertEquals(List.of(), replay.divergences());
            assertEquals(witness.last, scans);
            for (int i = 0; i < 40; i++) {
                replay.toScan(random.nextLong(witness.last + 1));
                same(witness, replay);
                if (random.nextBoolean() && replay.back()) {
                    same(witness, replay);
                }
            }
            assertEquals(List.of(), replay.divergences());
        });
    }

    @Test
    void aRingOfFilesStaysWithinItsBoundsAndReplaysWhatItHolds() throws Exception {
        var of = new RandomPlc(new SplittableRandom(5));
        var setting = new Recorder.Setting(
                folder, 1 << 16, Duration.ofDays(1), Duration.ZERO, new ScanLog.Pace(20, 10_000_000_000L, 5), 1 << 16);
        var recorder = new Recorder(setting, of.pace::epochNanos, of.pace::nowNanos);
        var witness = new Witness();
        of.plc.observe(recorder.log());
        of.plc.observe(witness);
        of.plc.enter(Mode.RUNNING);
        long most = 0;
        for (int i = 0; i < 1500; i++) {
            of.round();
            recorder.move();
            if (i % 100 == 0) {
                most = Math.max(most, size());
                witness.seen.clear();
            }
        }
        finish(of, recorder, witness);
        assertTrue(Math.max(most, size()) <= 1 << 16, "it has " + size());
        RecordedRun run = Recording.open(folder).newest();
        assertTrue(run.stretch().firstScan() > 0, "nothing was deleted");
        assertEquals(witness.last, run.stretch().lastScan());
        Replay replay = Replay.of(run, new JvmBackend());
        while (replay.forward()) {
            same(witness, replay);
        }
        assertEquals(List.of(), replay.divergences());
        var before = assertThrows(
                RecordingError.class, () -> replay.toScan(run.stretch().firstScan() - 1));
        assertTrue(String.valueOf(before.getMessage()).contains("the recording begins after scan"));
    }

    private long size() throws Exception {
        long sum = 0;
        for (Path path : Recording.segments(folder)) {
            sum += Files.size(path);
        }
        return sum;
    }

    /// The disk stands still for a while: the scans do not, the gap is told of, and behind it all is as it was.
    @Test
    void scansThatDidNotFitAreAGapAndNothingElseIsWrong() throws Exception {
        var of = new RandomPlc(new SplittableRandom(11));
        Recorder recorder = recorder(of, folder, 1 << 24, 1 << 10);
        var witness = new Witness();
        of.plc.observe(recorder.log());
        of.plc.observe(witness);
        of.plc.enter(Mode.RUNNING);
        for (int i = 0; i < 900; i++) {
            of.round();
            if (i < 300 || i > 600) {
                recorder.move();
            }
        }
        finish(of, recorder, witness);
        long lost = recorder.figures().lostScans();
        assertTrue(lost > 50, "lost " + lost);
        Replay replay = Replay.of(Recording.open(folder).newest(), new JvmBackend());
        int done = 0;
        List<String> gaps = new ArrayList<>();
        while (replay.forward()) {
            same(witness, replay);
            done++;
            replay.news().stream()
                    .map(Happening::text)
                    .filter(n -> n.contains("were not recorded"))
                    .forEach(gaps::add);
        }
        assertFalse(gaps.isEmpty());
        assertEquals(List.of(), replay.divergences());
        assertEquals(witness.last, replay.scan());
        // The end of a gap is a moment of its own.
        assertEquals(witness.last - lost + gaps.size(), done);
    }

    /// What a recording that is cut at any byte gives is a beginning of the truth, or the declared error.
    @Test
    void aRecordingThatIsCutAtAnyByteGivesItsBeginningOrItsError() throws Exception {
        Path whole = folder.resolve("whole");
        Witness witness = record(new RandomPlc(new SplittableRandom(3)), whole, 25);
        Path file = Recording.segments(whole).getLast();
        byte[] bytes = Files.readAllBytes(file);
        long last = -1;
        int beginnings = 0;
        for (int length = 0; length < bytes.length; length++) {
            Files.write(file, Arrays.copyOf(bytes, length));
            long ends = lastScan(whole);
            assertTrue(ends >= last, "more bytes hold fewer scans");
            if (ends > last) {
                assertTrue(replayed(whole, witness));
                beginnings++;
                last = ends;
            }
        }
        assertTrue(beginnings > 5, beginnings + " beginnings");
    }

    private static long lastScan(Path whole) {
        try {
            return Recording.open(whole).newest().stretch().lastScan();
        } catch (RecordingError e) {
            return -1;
        }
    }

    /// A flipped bit is noticed wherever it is, in segments and in programs.
    @Test
    void aFlippedBitIsNoticed() throws Exception {
        Path whole = folder.resolve("whole");
        Witness witness = record(new RandomPlc(new SplittableRandom(4)), whole, 25);
        List<Path> files;
        try (var all = Files.list(whole)) {
            files = all.toList();
        }
        Property.check(300, random -> {
            Path file = files.get(random.nextInt(files.size()));
            byte[] bytes = Files.readAllBytes(file);
            byte[] flipped = bytes.clone();
            flipped[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, flipped);
            try {
                replayed(whole, witness);
                List<String> notes = Recording.open(whole).notes();
                assertEquals(
                        1,
                        notes.stream()
                                .filter(n -> n.contains(file.getFileName().toString()))
                                .count(),
                        notes.toString());
            } catch (RecordingError e) {
                assertTrue(
                        String.valueOf(e.getMessage())
                                .contains(file.getFileName().toString()),
                        e.getMessage());
            } finally {
                Files.write(file, bytes);
            }
        });
    }

    private static boolean replayed(Path whole, Witness witness) {
        try {
            Replay replay = Replay.of(Recording.open(whole).newest(), new JvmBackend());
            while (replay.forward()) {
                same(witness, replay);
            }
            assertEquals(List.of(), replay.divergences());
            return true;
        } catch (RecordingError e) {
            return false;
        }
    }
}
