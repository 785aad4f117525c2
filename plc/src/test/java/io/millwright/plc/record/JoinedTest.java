package io.millwright.plc.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.iec61131.jvm.JvmBackend;
import io.millwright.plc.Loaded;
import io.millwright.plc.Mode;
import io.millwright.plc.ScanObserver;
import io.millwright.testkit.Property;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two PLCs, one of which follows the other: what both recorded is replayed as one, across the end of the
/// first.
class JoinedTest {
    private static final int ALONE = 30;
    private static final int TOGETHER = 60;
    private static final int AFTER = 40;

    private static final LogFeed.Sink NOBODY = new LogFeed.Sink() {
        @Override
        public void program(byte[] encoded) {}

        @Override
        public void key(byte[] encoded) {}

        @Override
        public void records(byte[] encoded) {}
    };

    @TempDir
    private Path folder;

    private final AtomicLong nanos = new AtomicLong();

    private Recorder recorder(Path path, RandomPlc of) {
        var pace = new ScanLog.Pace(20, 10_000_000_000L, 5);
        var setting = new Recorder.Setting(path, 1 << 24, Duration.ofDays(1), Duration.ZERO, pace, 1 << 16);
        return new Recorder(setting, of.pace::epochNanos, nanos::get);
    }

    private static void end(Recorder recorder) {
        recorder.close();
        recorder.serve();
        assertEquals("", recorder.figures().problem());
        assertEquals(0, recorder.figures().lostScans());
    }

    private static void moveAll(Recorder recorder) {
        while (recorder.move()) {
            // Until there is nothing more.
        }
    }

    /// A mirror that tells a recorder what it does, as a standby has one.
    private static final class Standby implements LogFeed.Sink {
        private final Recorder recorder;
        private final Mirror mirror;

        Standby(Recorder recorder) {
            this.recorder = recorder;
            recorder.log().mirrors(true);
            mirror = new Mirror(
                    p -> {
                        Loaded loaded = RecordedProgram.load(p, new JvmBackend());
                        recorder.log().loaded(loaded);
                        return loaded;
                    },
                    Optional.of(recorder.log()));
        }

        @Override
        public void program(byte[] encoded) throws IOException {
            given(() -> mirror.program(encoded));
        }

        @Override
        public void key(byte[] encoded) throws IOException {
            given(() -> mirror.key(encoded));
        }

        @Override
        public void records(byte[] encoded) throws IOException {
            given(() -> mirror.records(encoded));
        }

        private interface Work {
            void run() throws RecordingError;
        }

        private static void given(Work work) throws IOException {
            try {
                work.run();
            } catch (RecordingError e) {
                throw new IOException(e);
            }
        }

        void follow(LogFeed feed) throws IOException {
            while (feed.move(this)) {
                moveAll(recorder);
            }
            moveAll(recorder);
        }
    }

    /// What two PLCs recorded, and the values after every scan as the program itself had them.
    private Map<Long, List<String>> record(SplittableRandom random, Path a, Path b) throws Exception {
        var of = new RandomPlc(random);
        var feedLog = new ScanLog(of.pace::epochNanos, new ScanLog.Pace(50, 10_000_000_000L, 1), 1 << 16);
        var feed = new LogFeed(feedLog);
        Recorder first = recorder(a, of);
        Recorder second = recorder(b, of);
        var standby = new Standby(second);
        Map<Long, List<String>> expected = new HashMap<>();
        of.plc.observe(first.log());
        of.plc.observe(feedLog);
        of.plc.observe(new ScanObserver() {
            @Override
            public void scanned(long number, int task, long startNanos) {
                expected.put(number, RandomPlc.values(of.loaded));
            }
        });
        of.plc.enter(Mode.RUNNING);
        for (int i = 0; i < ALONE + TOGETHER + AFTER; i++) {
            if (i == ALONE || i >= ALONE + TOGETHER) {
                of.plc.enter(Mode.RUNNING);
            }
            of.round();
            nanos.addAndGet(1000);
            if (i < ALONE) {
                feed.move(NOBODY);
            } else if (i == ALONE) {
                feed.restart();
            } else {
                standby.follow(feed);
            }
            if (i < ALONE + TOGETHER) {
                moveAll(first);
            } else if (i == ALONE + TOGETHER) {
                of.plc.forget(first.log());
                end(first);
            }
        }
        second.log().tookOver(standby.mirror.loaded(), standby.mirror.scan());
        end(second);
        return expected;
    }

    @Test
    void whatTwoRecordedIsReplayedAsOne() {
        AtomicLong round = new AtomicLong();
        Property.check(6, random -> {
            Path a = Files.createDirectories(folder.resolve("a" + round.incrementAndGet()));
            Path b = Files.createDirectories(folder.resolve("b" + round));
            Map<Long, List<String>> expected = record(random, a, b);
            RecordedRun only = Recording.open(a).newest();
            RecordedRun followed = Recording.open(b).newest();
            assertTrue(
                    followed.stretch().firstScan() > only.stretch().firstScan(),
                    followed.stretch() + " follows " + only.stretch());
            assertTrue(
                    followed.stretch().lastScan() > only.stretch().lastScan(),
                    followed.stretch() + " goes on after " + only.stretch());
            Recording both = Recording.open(List.of(b, a));
            assertEquals(1, both.runs().size());
            RecordedRun run = both.newest();
            assertEquals(only.stretch().firstScan(), run.stretch().firstScan());
            assertEquals(followed.stretch().lastScan(), run.stretch().lastScan());
            agrees(run, expected);
            Path file = folder.resolve("part" + round + ".plcrec");
            SavedPart.write(run, run.stretch().firstScan(), run.stretch().lastScan(), file);
            agrees(Recording.open(file).newest(), expected);
            List<Mark> marks = Marks.of(run, 10_000, () -> true).marks();
            assertEquals(new Happening.TookOver(), marks.getLast().what());
        });
    }

    private static void agrees(RecordedRun run, Map<Long, List<String>> expected) throws RecordingError {
        Replay replay = Replay.of(run, new JvmBackend());
        int seen = 0;
        while (replay.forward()) {
            if (expected.containsKey(replay.scan())) {
                assertEquals(
                        expected.get(replay.scan()), RandomPlc.values(replay.loaded()), "after scan " + replay.scan());
                seen++;
            }
        }
        assertEquals(List.of(), replay.divergences());
        var all = run.stretch();
        long done = expected.keySet().stream()
                .filter(scan -> scan > all.firstScan() && scan <= all.lastScan())
                .count();
        assertEquals(done, seen, "scans");
    }

    /// Other scans of the same numbers are another run.
    @Test
    void recordingsOfOtherScansStayApart() throws Exception {
        Path a = Files.createDirectories(folder.resolve("a"));
        Path b = Files.createDirectories(folder.resolve("b"));
        record(new SplittableRandom(1), a, folder.resolve("a2"));
        record(new SplittableRandom(2), b, folder.resolve("b2"));
        assertEquals(2, Recording.open(List.of(a, folder.resolve("b2"))).runs().size());
    }
}
