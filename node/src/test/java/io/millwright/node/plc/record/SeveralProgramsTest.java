package io.millwright.node.plc.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.iec61131.jvm.JvmBackend;
import io.millwright.node.command.UsageError;
import io.millwright.node.plc.ControlProject;
import io.millwright.plc.Loaded;
import io.millwright.plc.Mode;
import io.millwright.plc.VirtualPlc;
import io.millwright.plc.image.SignalTable;
import io.millwright.plc.pace.VirtualPace;
import io.millwright.plc.record.Recorder;
import io.millwright.plc.record.Replay;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Searches in a recording in which another program was put in the place of the first one after scan 100; 200
/// scans are in it.
class SeveralProgramsTest {
    private static final long TICK = 10_000_000;

    /// Counts its own scans.
    private static final String FIRST = """
        PROGRAM Counter
        VAR Count : DINT; Phase : (Idle, Busy); Old : DINT; END_VAR
        Count := Count + 1;
        Old := 2 * Count;
        IF Count = 40 THEN Phase := Busy; ELSE Phase := Idle; END_IF
        END_PROGRAM
        """;

    /// Its Count is a text of the count, Busy another number, and Fresh is not in the first one.
    private static final String SECOND = """
        PROGRAM Counter
        VAR Number : DINT; Count : STRING; Phase : (Idle, Starting, Busy); Fresh : DINT; END_VAR
        Number := Number + 1;
        Count := INT_TO_STRING(DINT_TO_INT(Number));
        Fresh := 3 * Number;
        CASE Number OF 20: Phase := Starting; 30: Phase := Busy; ELSE Phase := Idle; END_CASE
        END_PROGRAM
        """;

    private static final String CONFIGURATION = """
        CONFIGURATION c
        RESOURCE r ON jvm
        TASK main(INTERVAL := T#10ms, PRIORITY := 1);
        PROGRAM p WITH main : Counter;
        END_RESOURCE
        END_CONFIGURATION
        """;

    @TempDir
    private Path folder;

    private Loaded program(String text) throws Exception {
        Path file = Files.writeString(folder.resolve("counter.st"), text + CONFIGURATION);
        var project = ControlProject.ofTexts(file);
        return Loaded.of(project.project(), project.program(), new SignalTable(), new JvmBackend());
    }

    @BeforeEach
    void record() throws Exception {
        var pace = new VirtualPace(1_000_000_000_000_000_000L);
        var plc = new VirtualPlc(pace, program(FIRST));
        var recorder =
                new Recorder(Recorder.Setting.usual(folder.resolve("recording")), pace::epochNanos, pace::nowNanos);
        plc.observe(recorder.log());
        plc.enter(Mode.RUNNING);
        for (int scan = 1; scan <= 200; scan++) {
            plc.step(scan * TICK - 1);
            plc.step(scan * TICK - 1);
            if (scan == 100) {
                plc.swap(program(SECOND));
            }
        }
        recorder.close();
        recorder.serve();
    }

    private Replay replay() {
        return Held.replay(Held.open(folder.resolve("recording")).recording().newest());
    }

    private long until(Replay replay, String condition) throws Exception {
        assertTrue(replay.forwardUntil(Conditions.in(replay, condition)), condition);
        assertTrue(replay.divergences().isEmpty());
        return replay.scan();
    }

    @Test
    void aConditionIsReadInEachProgramAsItIs() throws Exception {
        Replay replay = replay();
        assertEquals(2, replay.programs().size());
        assertEquals(40, until(replay, "p.Phase = Busy"));
        assertEquals(130, until(replay, "p.Phase = Busy"), "Busy is 1 in the first, 2 in the second");
        assertTrue(replay.backUntil(Conditions.in(replay, "p.Phase = Busy")));
        assertEquals(40, replay.scan());
        assertEquals(41, until(replay, "p.Count = 41"));
    }

    @Test
    void aVariableOfALaterProgramIsFoundFromTheBeginning() throws Exception {
        assertEquals(105, until(replay(), "p.Fresh = 15"));
        assertEquals(120, until(replay(), "p.Phase = Starting"));
        Replay replay = replay();
        Moment.go(replay, Held.open(folder.resolve("recording")).recording().newest(), "150");
        assertTrue(replay.backUntil(Conditions.in(replay, "p.Old <= 100")));
        assertEquals(50, replay.scan());
        assertFalse(replay.forwardUntil(Conditions.in(replay, "p.Old = 4")));
    }

    @Test
    void whatFitsNoProgramIsToldAtOnce() {
        Replay replay = replay();
        for (String wrong : List.of("p.Nothing > 1", "p.Fresh = soon", "p.Fresh")) {
            assertThrows(UsageError.class, () -> Conditions.in(replay, wrong), wrong);
        }
        assertEquals(0, replay.scan());
    }

    @Test
    void rowsHaveTheVariablesOfAllPrograms() throws Exception {
        Replay replay = replay();
        Path csv = folder.resolve("rows.csv");
        try (var rows = ScanRows.open(csv, replay, List.of("p.Old", "p.Fresh"))) {
            while (replay.forward()) {
                rows.add();
            }
        }
        List<String> lines = Files.readAllLines(csv);
        assertEquals("time,millis,scan,p.Old,p.Fresh", lines.getFirst());
        assertEquals(201, lines.size());
        assertTrue(lines.get(7).endsWith(",7,14,"), lines.get(7));
        assertTrue(lines.get(107).endsWith(",107,,21"), lines.get(107));
    }
}
