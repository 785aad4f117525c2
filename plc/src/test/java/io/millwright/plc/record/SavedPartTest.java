package io.millwright.plc.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.iec61131.jvm.JvmBackend;
import io.millwright.plc.Mode;
import io.millwright.plc.ScanObserver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Parts of recordings in one file, what happened in them, and how old they become.
class SavedPartTest {
    private static final long MINUTE = 60_000_000_000L;

    @TempDir
    private Path folder;

    private final AtomicLong nanos = new AtomicLong(1);

    private Recorder recorder(RandomPlc of, Duration ageMax) {
        var setting = new Recorder.Setting(
                folder, 1 << 24, ageMax, Duration.ZERO, new ScanLog.Pace(20, 10_000_000_000L, 5), 1 << 16);
        return new Recorder(setting, of.pace::epochNanos, nanos::get);
    }

    private void record(RandomPlc of, Recorder recorder, int rounds, long nanosEach) throws Exception {
        of.plc.observe(recorder.log());
        of.plc.enter(Mode.RUNNING);
        for (int i = 0; i < rounds; i++) {
            of.round();
            nanos.addAndGet(nanosEach);
            recorder.move();
        }
        of.plc.forget(recorder.log());
        of.plc.step(of.pace.nowNanos());
        recorder.close();
        recorder.serve();
        assertEquals("", recorder.figures().problem());
    }

    /// What is replayed from the part is what is replayed from the whole, also across changes of the program.
    @Test
    void aPartReplaysAsTheWhole() throws Exception {
        var of = new RandomPlc(new SplittableRandom(7));
        record(of, recorder(of, Duration.ofDays(1)), 300, 1000);
        RecordedRun run = Recording.open(folder).newest();
        long last = run.stretch().lastScan();
        Path file = folder.resolve("part.plcrec");
        SavedPart.write(run, last / 3, last * 2 / 3, file);
        RecordedRun part = Recording.open(file).newest();
        assertTrue(part.stretch().firstScan() <= last / 3);
        assertTrue(part.stretch().lastScan() >= last * 2 / 3);
        Replay whole = Replay.of(run, new JvmBackend());
        Replay taken = Replay.of(part, new JvmBackend());
        for (long scan = Math.max(last / 3, part.stretch().firstScan()); scan <= last * 2 / 3; scan++) {
            try {
                whole.toScan(scan);
            } catch (RecordingError missing) {
                assertThrows(RecordingError.class, () -> taken.forward());
                return;
            }
            taken.toScan(scan);
            assertEquals(RandomPlc.values(whole.loaded()), RandomPlc.values(taken.loaded()), "after scan " + scan);
            assertEquals(whole.epochNanos(), taken.epochNanos());
        }
        assertEquals(List.of(), taken.divergences());
        assertThrows(Exception.class, () -> SavedPart.write(run, last / 3, last + 1, folder.resolve("more.plcrec")));
    }

    /// A part that is cut at any byte gives its beginning, or the declared error.
    @Test
    void aPartThatIsCutGivesItsBeginningOrItsError() throws Exception {
        var of = new RandomPlc(new SplittableRandom(3));
        record(of, recorder(of, Duration.ofDays(1)), 20, 1000);
        RecordedRun run = Recording.open(folder).newest();
        Path file = folder.resolve("part.plcrec");
        SavedPart.write(run, run.stretch().firstScan(), run.stretch().lastScan(), file);
        byte[] whole = Files.readAllBytes(file);
        Path cut = folder.resolve("cut.plcrec");
        for (int length = 0; length < whole.length; length += 37) {
            Files.write(cut, java.util.Arrays.copyOf(whole, length));
            try {
                assertTrue(Recording.open(cut).newest().stretch().lastScan()
                        <= run.stretch().lastScan());
            } catch (RecordingError e) {
                assertTrue(String.valueOf(e.getMessage()).contains("cut.plcrec"), e.getMessage());
            }
        }
    }

    /// Every command and fault that the PLC told its observers is a mark, in the same order.
    @Test
    void whatPeopleDidIsMarked() throws Exception {
        var of = new RandomPlc(new SplittableRandom(23));
        List<Class<?>> told = new ArrayList<>();
        of.plc.observe(new ScanObserver() {
            @Override
            public void forced(io.millwright.iec61131.machine.Slot slot, io.millwright.iec61131.type.Value value) {
                told.add(Happening.Forced.class);
            }

            @Override
            public void released(String name) {
                told.add(Happening.Released.class);
            }

            @Override
            public void written(io.millwright.iec61131.machine.Slot slot, io.millwright.iec61131.type.Value value) {
                told.add(Happening.Written.class);
            }

            @Override
            public void entered(Mode mode) {
                told.add(Happening.Entered.class);
            }
        });
        record(of, recorder(of, Duration.ofDays(1)), 400, 1000);
        RecordedRun run = Recording.open(folder).newest();
        Marks marks = Marks.of(run, 10_000, () -> true);
        assertEquals(run.stretch().lastScan(), marks.toScan());
        Set<Class<?>> asked = Set.of(
                Happening.Forced.class, Happening.Released.class, Happening.Written.class, Happening.Entered.class);
        assertEquals(
                told,
                marks.marks().stream()
                        .<Class<?>>map(m -> m.what().getClass())
                        .filter(asked::contains)
                        .toList());
        assertEquals(3, Marks.of(run, 3, () -> true).marks().size());
        assertTrue(Marks.of(run, 10_000, () -> false).marks().isEmpty());
    }

    /// Files are deleted when the clock that is never set says that they are older than wanted.
    @Test
    void theRecordingReachesBackAsLongAsItMay() throws Exception {
        var of = new RandomPlc(new SplittableRandom(5));
        record(of, recorder(of, Duration.ofMinutes(16)), 100, MINUTE);
        List<Path> files = Recording.segments(folder);
        assertTrue(files.size() > 3 && files.size() < 18, files.size() + " files");
        assertTrue(Recording.open(folder).newest().stretch().firstScan() > 0);
    }
}
