package io.millwright.node.plc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millwright.model.Told;
import io.millwright.plc.TaskSetting;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LongScansTest {
    private static final long MILLI = 1_000_000;
    private static final Duration LEASE = Duration.ofMillis(16);

    private static TaskSetting task(String name, long watchdogMillis) {
        return new TaskSetting(name, 10 * MILLI, Optional.empty(), 0, watchdogMillis * MILLI, List.of("P", "Q"));
    }

    @Test
    void whatTakesLongerThanTheLeaseIsToldOnceWithItsTaskAndPrograms() {
        var scans = new LongScans(List.of(task("fast", 10), task("slow", 10)), LEASE);
        scans.held(0, 16 * MILLI);
        assertEquals(Optional.empty(), scans.news());
        scans.held(1, 20 * MILLI);
        scans.held(1, 30 * MILLI);
        scans.held(0, MILLI);
        assertEquals(
                Map.of("task", "slow", "programs", "P, Q", "millis", "30.0", "lease", "16.0", "count", "2"),
                scans.news().orElseThrow().arguments());
        assertEquals(Optional.empty(), scans.news());
    }

    @Test
    void aWatchdogThatBitesTooLateIsWarnedOf() {
        var scans = new LongScans(List.of(task("well", 16), task("late", 17), task("never", 0)), LEASE);
        assertEquals(
                List.of("watchdog-long", "watchdog-none"),
                scans.warnings().stream().map(Told::code).toList());
        assertEquals(
                "the task late (programs: P, Q) may scan for 17.0 ms by its watchdog, and the lease of two "
                        + "PLCs is 16.0 ms: a scan that takes longer makes them change places",
                scans.warnings().getFirst().text());
    }
}
