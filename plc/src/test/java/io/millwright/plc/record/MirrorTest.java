package io.millwright.plc.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.iec61131.jvm.JvmBackend;
import io.millwright.iec61131.machine.PreparedForces;
import io.millwright.iec61131.type.Value.Real;
import io.millwright.iec61131.type.Value.Whole;
import io.millwright.plc.Mode;
import io.millwright.testkit.Property;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// A second program that is given the log of the first is the same after each scan.
class MirrorTest {
    /// Gives a mirror what a feed has.
    private static void move(LogFeed feed, Mirror mirror) {
        var sink = new LogFeed.Sink() {
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
        };
        try {
            while (feed.move(sink)) {
                // Until there is nothing more.
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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

    private static ScanLog log(RandomPlc of) {
        return new ScanLog(of.pace::epochNanos, new ScanLog.Pace(50, 10_000_000_000L, 1), 1 << 16);
    }

    @Test
    void theMirrorOfARandomPlcIsTheSame() {
        Property.check(10, random -> {
            var of = new RandomPlc(random);
            ScanLog log = log(of);
            var feed = new LogFeed(log);
            Mirror mirror = Mirror.apart(new JvmBackend());
            of.plc.observe(log);
            of.plc.enter(Mode.RUNNING);
            for (int i = 0; i < 80; i++) {
                of.round();
                move(feed, mirror);
                assertFalse(mirror.isApart());
                assertEquals(RandomPlc.values(of.loaded), RandomPlc.values(mirror.loaded()));
                assertEquals(of.plc.mode() == Mode.RUNNING, mirror.isRunning());
            }
            assertTrue(mirror.takeDivergence().isEmpty());
        });
    }

    /// More key frames are due than there is room for. What is done meanwhile is in a later frame alone, which
    /// is no divergence; nor is a force that is to hold from the next scan on forgotten.
    @Test
    void whatOnlyAKeyFrameTellsIsNoDivergence() throws Exception {
        var of = new RandomPlc(new SplittableRandom(21));
        ScanLog log = log(of);
        var feed = new LogFeed(log);
        Mirror mirror = Mirror.apart(new JvmBackend());
        of.plc.observe(log);
        of.plc.enter(Mode.RUNNING);
        of.run(100);
        move(feed, mirror);
        for (String name : List.of("Main.a", "")) {
            for (int i = 0; i < 6; i++) {
                of.plc.enter(Mode.STOPPED);
                of.plc.enter(Mode.RUNNING);
            }
            of.plc.enter(Mode.STOPPED);
            if (name.isEmpty()) {
                of.plc.force("Main.x", new Real(0.25), PreparedForces.NONE);
            } else {
                of.plc.write(name, new Whole(4711));
            }
            of.run(0);
            move(feed, mirror);
            of.plc.enter(Mode.RUNNING);
            of.run(0);
            move(feed, mirror);
            assertTrue(mirror.takeDivergence().isEmpty());
            of.run(40);
            move(feed, mirror);
            assertFalse(mirror.isApart());
            assertTrue(mirror.takeDivergence().isEmpty());
            assertEquals(RandomPlc.values(of.loaded), RandomPlc.values(mirror.loaded()));
        }
    }

    /// Somebody changes the mirror: its next scan tells, the next key frame names the variable and brings it
    /// back.
    @Test
    void aMirrorThatDiffersNamesTheVariableAndIsBroughtBack() throws Exception {
        var of = new RandomPlc(new SplittableRandom(21));
        ScanLog log = log(of);
        var feed = new LogFeed(log);
        Mirror mirror = Mirror.apart(new JvmBackend());
        of.plc.observe(log);
        of.plc.enter(Mode.RUNNING);
        of.run(100);
        move(feed, mirror);
        mirror.loaded().run().slot("Other.n").orElseThrow().set(new Whole(-12345));
        of.run(20);
        move(feed, mirror);
        assertTrue(mirror.isApart());
        assertFalse(mirror.isReady());
        feed.wantKey();
        of.run(20);
        move(feed, mirror);
        assertEquals("Other.n", mirror.takeDivergence().orElseThrow().variable());
        assertTrue(mirror.isReady());
        assertEquals(RandomPlc.values(of.loaded), RandomPlc.values(mirror.loaded()));
    }
}
