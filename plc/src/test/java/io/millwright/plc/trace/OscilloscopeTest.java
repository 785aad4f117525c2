package io.millwright.plc.trace;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.millwright.iec61131.Compiler;
import io.millwright.iec61131.jvm.JvmBackend;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.syntax.Dialect;
import io.millwright.plc.Loaded;
import io.millwright.plc.Mode;
import io.millwright.plc.Project;
import io.millwright.plc.image.SignalTable;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// Traces of a program whose variables are known for each scan: n counts, half = n / 2, odd every other scan.
class OscilloscopeTest {
    private static final String TEXT = """
            PROGRAM P
            VAR n : DINT; half : LREAL; odd : BOOL; END_VAR
            n := n + 1; half := TO_LREAL(n) / 2.0; odd := n MOD 2 = 1;
            END_PROGRAM
            """;

    private final Loaded loaded = load();
    private long scan;

    private static Loaded load() {
        try {
            var project = new Project("p", List.of(new Source("p.st", TEXT)), Dialect.COMMON, List.of(), List.of());
            var checked = Compiler.compile(project.sources(), project.dialect());
            return Loaded.of(project, Objects.requireNonNull(checked.program()), new SignalTable(), new JvmBackend());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static Oscilloscope.Setting setting(
            int length, double before, Trigger.Kind kind, double level, Oscilloscope.Sweep sweep) {
        return new Oscilloscope.Setting(
                List.of("P.n", "P.half", "P.odd"), 0, length, before, new Trigger(0, kind, level), sweep);
    }

    private Oscilloscope on(Oscilloscope.Setting setting) {
        var scope = new Oscilloscope(setting);
        scope.loaded(loaded);
        return scope;
    }

    private void scans(Oscilloscope scope, int count) {
        for (int i = 0; i < count; i++) {
            scan++;
            loaded.scan(0, scan * 1000);
            scope.scanned(scan, 0, scan * 1000);
        }
    }

    @Test
    void aTraceHoldsWhatWasBeforeAndAfterTheTrigger() {
        Oscilloscope scope = on(setting(10, 0.3, Trigger.Kind.RISING, 41.5, Oscilloscope.Sweep.SINGLE));
        scans(scope, 47);
        assertEquals(Oscilloscope.State.TAKING, scope.state());
        assertEquals(Optional.empty(), scope.read());
        scans(scope, 20);
        Trace trace = scope.read().orElseThrow();
        // It fires at n = 42; three scans come before it.
        assertEquals(3, trace.trigger());
        assertArrayEquals(LongStream.range(39, 49).toArray(), trace.scans());
        assertArrayEquals(LongStream.range(39, 49).map(n -> n * 1000).toArray(), trace.nanos());
        assertArrayEquals(LongStream.range(39, 49).asDoubleStream().toArray(), trace.values()[0]);
        assertArrayEquals(LongStream.range(39, 49).mapToDouble(n -> n / 2.0).toArray(), trace.values()[1]);
        assertArrayEquals(LongStream.range(39, 49).mapToDouble(n -> n % 2).toArray(), trace.values()[2]);
        assertEquals(Oscilloscope.State.ENDED, scope.state());
    }

    @Test
    void aNormalSweepTakesTheNextTraceOnceTheFirstWasRead() {
        Oscilloscope scope = on(setting(4, 0, Trigger.Kind.ABOVE, 20, Oscilloscope.Sweep.NORMAL));
        scans(scope, 60);
        assertArrayEquals(
                new long[] {21, 22, 23, 24}, scope.read().orElseThrow().scans());
        scans(scope, 4);
        assertArrayEquals(
                new long[] {61, 62, 63, 64}, scope.read().orElseThrow().scans());
    }

    @Test
    void anAutomaticSweepDoesNotWaitForEver() {
        Oscilloscope scope = on(setting(5, 0.5, Trigger.Kind.BELOW, -1, Oscilloscope.Sweep.AUTO));
        scans(scope, 10);
        Trace trace = scope.read().orElseThrow();
        assertEquals(-1, trace.trigger());
        assertArrayEquals(new long[] {6, 7, 8, 9, 10}, trace.scans());
    }

    @Test
    void aVariableThatThereIsNotIsNoNumber() {
        var setting = new Oscilloscope.Setting(
                List.of("P.n", "P.gone"), 0, 2, 0, new Trigger(0, Trigger.Kind.CHANGE, 0), Oscilloscope.Sweep.SINGLE);
        Oscilloscope scope = on(setting);
        scans(scope, 5);
        assertTrue(Double.isNaN(scope.read().orElseThrow().values()[1][0]));
        assertThrows(
                IllegalArgumentException.class, () -> setting(1, 0, Trigger.Kind.ABOVE, 0, Oscilloscope.Sweep.AUTO));
        assertThrows(
                IllegalArgumentException.class,
                () -> setting(9, Double.NaN, Trigger.Kind.ABOVE, 0, Oscilloscope.Sweep.AUTO));
    }

    /// What was taken until then, with the trigger where it fired: at n = 6, three scans before and two after it.
    @Test
    void aTraceEndsWhereThePlcStops() {
        Oscilloscope scope = on(setting(20, 0.15, Trigger.Kind.AT_LEAST, 6, Oscilloscope.Sweep.SINGLE));
        scans(scope, 5);
        scope.entered(Mode.PAUSED);
        assertEquals(Oscilloscope.State.WAITING, scope.state());
        scope.entered(Mode.RUNNING);
        scans(scope, 3);
        scope.entered(Mode.FAULT);
        Trace trace = scope.read().orElseThrow();
        assertArrayEquals(new long[] {1, 2, 3, 4, 5, 6, 7, 8}, trace.scans());
        assertArrayEquals(new double[] {1, 2, 3, 4, 5, 6, 7, 8}, trace.values()[0]);
        assertEquals(5, trace.trigger());
    }

    /// Those before the trigger are a ring that went round.
    @Test
    void aTraceThatEndsEarlyBeginsWithItsOldestScan() {
        Oscilloscope scope = on(setting(5, 0.4, Trigger.Kind.EQUAL, 13, Oscilloscope.Sweep.SINGLE));
        scans(scope, 14);
        scope.entered(Mode.STOPPED);
        Trace trace = scope.read().orElseThrow();
        assertArrayEquals(new long[] {10, 11, 12, 13, 14}, trace.scans());
        assertEquals(3, trace.trigger());
    }

    @Test
    void aLevelIsReachedOrLeft() {
        for (var expected : Map.of(Trigger.Kind.AT_LEAST, 4L, Trigger.Kind.AT_MOST, 1L, Trigger.Kind.OTHER, 1L)
                .entrySet()) {
            var fresh = new OscilloscopeTest();
            Oscilloscope scope = fresh.on(setting(2, 0, expected.getKey(), 4, Oscilloscope.Sweep.SINGLE));
            fresh.scans(scope, 9);
            assertEquals(expected.getValue(), scope.read().orElseThrow().scans()[0], expected.toString());
        }
    }

    @Test
    void nothingIsAllocatedInAScan() {
        Oscilloscope scope = on(setting(50, 0.5, Trigger.Kind.RISING, 3500, Oscilloscope.Sweep.SINGLE));
        scans(scope, 3000);
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long own = Thread.currentThread().threadId();
        long before = threads.getThreadAllocatedBytes(own);
        scans(scope, 1000);
        long allocated = threads.getThreadAllocatedBytes(own) - before;
        // The smallest object has 16 bytes: less than one a scan is what the JVM itself takes now and then.
        assertTrue(allocated < 1000, allocated + " bytes in 1000 scans");
    }
}
