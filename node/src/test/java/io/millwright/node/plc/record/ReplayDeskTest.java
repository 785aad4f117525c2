package io.millwright.node.plc.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.iec61131.jvm.JvmBackend;
import io.millwright.iec61131.type.Value;
import io.millwright.node.command.UsageError;
import io.millwright.node.plc.ControlProject;
import io.millwright.node.plc.record.ReplayDesk.MoveRequest;
import io.millwright.node.plc.record.ReplayDesk.OpenRequest;
import io.millwright.plc.Loaded;
import io.millwright.plc.Mode;
import io.millwright.plc.VirtualPlc;
import io.millwright.plc.image.SignalTable;
import io.millwright.plc.pace.VirtualPace;
import io.millwright.plc.record.RecordedRun;
import io.millwright.plc.record.Recorder;
import io.millwright.plc.record.Replay;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Replays as the API gives them, over 300 recorded scans of 10 ms whose numbers the program counts.
class ReplayDeskTest {
    private static final long TICK = 10_000_000;
    private static final int SCANS = 300;
    private static final long HOUR = 3_600_000_000_000L;

    @TempDir
    private Path folder;

    private final AtomicLong nanos = new AtomicLong();
    private ReplayDesk desk;

    @BeforeEach
    void record() throws Exception {
        Path text = Files.writeString(folder.resolve("counter.st"), """
                PROGRAM Counter
                VAR Count : DINT; Offset : DINT; Even : BOOL; END_VAR
                Count := Count + 1;
                Even := Count MOD 2 = 0;
                END_PROGRAM
                CONFIGURATION c
                RESOURCE r ON jvm
                TASK main(INTERVAL := T#10ms, PRIORITY := 1);
                PROGRAM p WITH main : Counter;
                END_RESOURCE
                END_CONFIGURATION
                """);
        var project = ControlProject.ofTexts(text);
        var pace = new VirtualPace(1_000_000_000_000_000_000L);
        var plc = new VirtualPlc(
                pace, Loaded.of(project.project(), project.program(), new SignalTable(), new JvmBackend()));
        Path to = folder.resolve("recording");
        var recorder = new Recorder(Recorder.Setting.usual(to), pace::epochNanos, pace::nowNanos);
        plc.observe(recorder.log());
        plc.enter(Mode.RUNNING);
        for (int scan = 1; scan <= SCANS; scan++) {
            plc.step(scan * TICK - 1);
            plc.step(scan * TICK - 1);
            if (scan == 100) {
                var _ = plc.write("p.Offset", new Value.Whole(7));
            }
        }
        recorder.close();
        recorder.serve();
        desk = new ReplayDesk(to, nanos::get);
    }

    @AfterEach
    void end() {
        desk.close();
    }

    private static MoveRequest to(
            @Nullable Long scan,
            @Nullable Double date,
            @Nullable Integer by,
            @Nullable String until,
            @Nullable String last) {
        return new MoveRequest(scan, date, by, until, last, List.of("p.Count", "p.Gone"));
    }

    private long count(String id, MoveRequest request) {
        MomentView moment = desk.move(id, request);
        assertTrue(moment.agrees());
        assertEquals(List.of("p.Gone"), moment.missing());
        Object count = moment.values().getFirst().value();
        assertEquals(moment.scan(), ((Number) count).longValue());
        return moment.scan();
    }

    @Test
    void anyMomentIsGoneToAndItsVariablesAreTold() {
        var session = desk.open(new OpenRequest(null));
        String id = session.id();
        assertEquals(SCANS, session.run().lastScan());
        assertEquals(
                List.of("mode 0", "write 100"),
                session.marks().stream().map(m -> m.kind() + " " + m.scan()).toList());
        assertEquals(150, count(id, to(150L, null, null, null, null)));
        assertEquals(149, count(id, to(null, null, -1, null, null)));
        assertEquals(159, count(id, to(null, null, 10, null, null)));
        assertEquals(139, count(id, to(null, null, -20, null, null)));
        // Scan 1 began at 0 ms, scan 51 at 500 ms.
        assertEquals(51, count(id, to(null, session.run().fromEpochMillis() + 505, null, null, null)));
        assertEquals(101, count(id, to(null, null, null, "p.Offset = 7", null)));
        assertEquals(60, count(id, to(null, null, null, null, "p.Count <= 60")));
        assertEquals(61, count(id, to(null, null, null, "NOT p.Even", null)));
        assertEquals(SCANS, count(id, to(99_999L, null, null, null, null)), "the end is as far as it goes");
        assertFalse(desk.move(id, to(null, null, null, "p.Count < 0", null)).found());
        assertEquals("counter.st", desk.sources(id).getFirst().name().replaceAll(".*/", ""));
        assertEquals(4 - 1, desk.variables(id, "p").size());
    }

    @Test
    void theCourseAroundAMomentLeavesItWhereItIs() {
        String id = desk.open(new OpenRequest(null)).id();
        desk.move(id, to(290L, null, null, null, null));
        var trend = desk.trend(id, List.of("p.Count", "p.Even"), 3, 20);
        assertEquals(List.of(287L, 288L, 289L), trend.scans().subList(0, 3));
        assertEquals((long) SCANS, trend.scans().getLast());
        assertEquals(287.0, trend.values().get("p.Count").getFirst());
        assertEquals(List.of(0.0, 1.0), trend.values().get("p.Even").subList(0, 2));
        assertEquals(290, count(id, to(null, null, null, null, null)));
    }

    @Test
    void whatIsAskedWronglyIsToldAndTheirNumberIsBounded() {
        String id = desk.open(new OpenRequest(null)).id();
        assertMessage("p.Nothing", () -> desk.move(id, to(null, null, null, "p.Nothing > 1", null)));
        assertMessage("is no condition", () -> desk.move(id, to(null, null, null, "p.Count", null)));
        assertMessage("at most", () -> desk.move(id, to(null, null, Integer.MIN_VALUE, null, null)));
        assertMessage("1 to 16 variables", () -> desk.trend(id, List.of(), 3, 3));
        assertMessage("runs 1 to 1", () -> desk.open(new OpenRequest(2)));
        assertMessage("there is no replay", () -> desk.move("other", to(1L, null, null, null, null)));
        List<String> ids = new ArrayList<>(List.of(id));
        for (int i = 0; i < 3; i++) {
            ids.add(desk.open(new OpenRequest(null)).id());
        }
        assertMessage("are looked at already", () -> desk.open(new OpenRequest(null)));
        assertTrue(desk.end(ids.getLast()).closed());
        assertFalse(desk.end(ids.getLast()).closed());
        desk.open(new OpenRequest(null));
        nanos.addAndGet(HOUR);
        desk.open(new OpenRequest(null));
        assertMessage("closed after ten minutes", () -> desk.move(id, to(1L, null, null, null, null)));
    }

    private static void assertMessage(String part, Runnable work) {
        var wrong = assertThrows(IllegalArgumentException.class, work::run);
        assertTrue(String.valueOf(wrong.getMessage()).contains(part), wrong.getMessage());
    }

    @Test
    void momentsAreReadAsPeopleWriteThem() {
        RecordedRun run = Held.open(folder.resolve("recording")).recording().newest();
        Replay replay = Held.replay(run);
        // 10^18 ns after 1970 is 2001-09-09T01:46:40Z; scan n begins (n - 1) x 10 ms later.
        Moment.go(replay, run, "2001-09-09T01:46:41.005Z");
        assertEquals(101, replay.scan());
        Moment.go(replay, run, "2001-09-09T03:46:41.005+02:00");
        assertEquals(101, replay.scan());
        Moment.go(replay, run, "-1s");
        assertEquals(SCANS - 100, replay.scan());
        Moment.go(replay, run, "7");
        assertEquals(7, replay.scan());
        for (String wrong : List.of("noon", "-5", "7:77", "2001-13-01T00:00:00Z", "99999999999999999999")) {
            var error = assertThrows(UsageError.class, () -> Moment.go(replay, run, wrong), wrong);
            assertTrue(String.valueOf(error.getMessage()).contains("no moment of a recording"), error.getMessage());
        }
        var early = assertThrows(UsageError.class, () -> Moment.go(replay, run, "2001-09-09T01:46:39Z"));
        assertTrue(String.valueOf(early.getMessage()).contains("goes from 2001-09-09T01:46:40Z"), early.getMessage());
    }
}
