package io.millwright.plc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.iec61131.jvm.JvmBackend;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.syntax.Dialect;
import io.millwright.plc.pace.RealPace;
import io.millwright.testkit.Await;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// How long scans may take, and who ends them.
class ScanLimitTest {

    private static final String COUNTS = "PROGRAM Main VAR n : LINT; END_VAR n := n + 1; END_PROGRAM";
    private static final String HANGS =
            "PROGRAM Main VAR n : LINT; END_VAR WHILE TRUE DO n := n + 1; END_WHILE END_PROGRAM";

    private static Project project(String text, long... watchdogs) {
        var tasks = IntStream.range(0, watchdogs.length)
                .mapToObj(i -> new TaskSetting(
                        "task" + i, 10 * Plcs.MILLI, Optional.empty(), i, watchdogs[i], List.of("Main")))
                .toList();
        return new Project("test", List.of(new Source("test.st", text)), Dialect.COMMON, tasks, List.of());
    }

    private static List<Loaded.LoadedTask> tasks(long... watchdogs) throws ProjectError {
        return new Plcs(COUNTS).load(project(COUNTS, watchdogs)).tasks();
    }

    /// Of tasks with 30, 20 and no limit the next scan can take too long 20 from now on; one that runs since 90 with
    /// a limit of 15, at 100 after 5 more, and at 106 it has.
    @Test
    void nothingCanTakeTooLongBeforeTheShortestLimit() throws ProjectError {
        var limit = new ScanLimit();
        limit.of(tasks(30, 0, 20), 0);
        assertEquals(20, limit.calmNanos(100));
        limit.begin(90, 15);
        assertEquals(5, limit.calmNanos(100));
        assertFalse(limit.isOver(105));
        assertTrue(limit.isOver(106));
        limit.end();
        assertFalse(limit.isOver(106));
        assertEquals(20, limit.calmNanos(106));
        limit.begin(200, 0);
        assertEquals(20, limit.calmNanos(300), "a scan without a limit may be followed by one with");
        assertFalse(limit.isOver(Long.MAX_VALUE));
    }

    @Test
    void withoutLimitsThereIsNothingToWaitFor() throws ProjectError {
        var limit = new ScanLimit();
        limit.of(tasks(0), 0);
        assertEquals(Long.MAX_VALUE, limit.calmNanos(0));
        limit.of(tasks(0), 7);
        assertEquals(7, limit.calmNanos(0));
        limit.of(tasks(5), 7);
        assertEquals(5, limit.calmNanos(0));
    }

    /// The watchdog sleeps for ever beside a program without a limit, and is woken for the next one.
    @Test
    void aProgramThatComesLaterIsEndedToo() throws Exception {
        var plcs = new Plcs(COUNTS);
        var plc = new VirtualPlc(new RealPace(0), plcs.load(project(COUNTS, 0)));
        var watchdog = new Watchdog(plc, new RealPace(0));
        var scans = Thread.ofPlatform().daemon().start(plc::serve);
        var watches = Thread.ofPlatform().daemon().start(watchdog::serve);
        try {
            plc.enter(Mode.RUNNING).join();
            Await.until("the watchdog sleeps", () -> watches.getState() == Thread.State.TIMED_WAITING);
            plc.load(Loaded.of(
                            project(HANGS, 5 * Plcs.MILLI),
                            Plcs.compile(project(HANGS, 5 * Plcs.MILLI)),
                            plcs.signals,
                            new JvmBackend()))
                    .join();
            Await.until("it fails", () -> plc.fault().isPresent());
            assertEquals("watchdog", plc.fault().orElseThrow().told().code());
        } finally {
            plc.close();
            watchdog.close();
            scans.join();
            watches.join();
        }
    }
}
