package io.millwright.node.plc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.iec61131.jvm.JvmBackend;
import io.millwright.iec61131.machine.PreparedForces;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.syntax.Dialect;
import io.millwright.iec61131.type.Value;
import io.millwright.plc.Loaded;
import io.millwright.plc.Project;
import io.millwright.plc.ProjectSession;
import io.millwright.plc.VirtualPlc;
import io.millwright.plc.image.SignalTable;
import io.millwright.plc.pace.RealPace;
import io.millwright.testkit.ManualTime;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Issue 5: forces end by themselves when whoever made them has crashed, whatever is done to the clock, and are
/// never other ones after a restart.
class ForceBookTest {
    private static final String TEXT = """
            TYPE Way : (Open, Closed, Half); END_TYPE
            PROGRAM Main VAR x : LREAL; n : INT; b : BOOL; w : Way; s : STRING[10]; END_VAR x := 1.0; END_PROGRAM
            """;
    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir
    private Path folder;

    private final ManualTime time = new ManualTime(1_800_000_000_000_000_000L);
    private final List<VirtualPlc> running = new ArrayList<>();

    private record Rig(Loaded loaded, VirtualPlc plc, ForceBook book, String said) {
        Value value(String path) {
            return plc.between(l -> l.run().slot(path).orElseThrow().value()).join();
        }

        void force(String path, Value value, Duration life) {
            var _ = book.force(path, loaded.run().slot(path).orElseThrow().type(), value, "ann", "a test", life);
        }

        List<String> forced() {
            return book.list().stream().map(ForceBook.Entry::path).toList();
        }
    }

    /// A PLC with that program, as it starts where one has ended.
    private Rig start(String text) throws Exception {
        var project = new Project("t", List.of(new Source("t.st", text)), Dialect.COMMON, List.of(), List.of());
        var program = new ProjectSession(Dialect.COMMON).compile(project);
        var loaded = Loaded.of(project, program, new SignalTable(), new JvmBackend());
        var plc = new VirtualPlc(new RealPace(0), loaded);
        var book = new ForceBook(
                plc, new Audit(folder.resolve("audit.jsonl")), new ForceFile(folder.resolve("forces")), time);
        String said = book.restore(loaded);
        Thread.ofPlatform().daemon().start(plc::serve);
        running.add(plc);
        return new Rig(loaded, plc, book, said);
    }

    @AfterEach
    void end() {
        running.forEach(VirtualPlc::close);
    }

    /// The PLC that takes over has the forces with the state (here: forced again) and is told whose they are.
    @Test
    void whoForcedWhyAndForHowLongIsKnownAfterATakeOver() throws Exception {
        Rig first = start(TEXT);
        var told = new ArrayList<byte[]>();
        first.book.tellTo(told::add);
        first.force("Main.x", new Value.Real(2.5), HOUR);
        first.force("Main.w", new Value.Whole(1), HOUR.multipliedBy(3));
        first.force("Main.n", new Value.Whole(7), HOUR);
        Files.delete(folder.resolve("forces"));
        time.advance(Duration.ofMinutes(30));
        Rig next = start(TEXT);
        next.plc.force("Main.x", new Value.Real(2.5), PreparedForces.NONE).join();
        next.plc.force("Main.w", new Value.Whole(1), PreparedForces.NONE).join();
        next.plc.force("Main.n", new Value.Whole(8), PreparedForces.NONE).join();
        next.book.adopt(told.getLast());
        var forced = new HashMap<String, ForceBook.Entry>();
        next.book.list().forEach(e -> forced.put(e.path(), e));
        assertEquals("ann", forced.get("Main.x").owner());
        assertEquals("a test", forced.get("Main.w").reason());
        assertEquals("", forced.get("Main.n").owner(), "another value was forced by somebody who is not known");
        time.advance(Duration.ofMinutes(31));
        next.book.expire();
        assertEquals(List.of("Main.w", "Main.n"), next.forced(), "n lasts the usual hour from the take-over on");
        next.book.adopt("nonsense".getBytes(StandardCharsets.UTF_8));
        assertEquals(List.of("Main.w", "Main.n"), next.forced());
    }

    private List<String> audit() throws Exception {
        return Files.readAllLines(folder.resolve("audit.jsonl"));
    }

    @Test
    void aForceWhoseClientHasGoneEndsAndSaysWhoseItWas() throws Exception {
        Rig rig = start(TEXT);
        rig.force("Main.x", new Value.Real(2.5), HOUR);
        time.advance(HOUR.minusSeconds(1));
        rig.book().expire();
        assertEquals(List.of("Main.x"), rig.forced());
        time.advance(Duration.ofSeconds(1));
        rig.book().expire();
        assertEquals(List.of(), rig.forced());
        assertTrue(rig.plc().between(l -> l.run().forces()).join().isEmpty());
        String last = audit().getLast();
        assertTrue(last.contains("\"owner\":\"ann\"") && last.contains("its time was over"), last);
    }

    @Test
    void aReleaseIsAuditedWithWhoDidItAndWhoseForceItWas() throws Exception {
        Rig rig = start(TEXT);
        rig.force("Main.n", new Value.Whole(7), HOUR);
        assertTrue(rig.book().release("main.N", "bob", "test over"));
        String last = audit().getLast();
        assertTrue(last.contains("\"owner\":\"ann\",\"by\":\"bob\",\"reason\":\"test over\""), last);
    }

    @Test
    void anHourOnTheWallClockNeitherEndsNorLengthensAForceThatIsHeld() throws Exception {
        Rig rig = start(TEXT);
        rig.force("Main.x", new Value.Real(2.5), HOUR);
        time.stepWallClock(HOUR.plusMinutes(1));
        rig.book().expire();
        assertEquals(List.of("Main.x"), rig.forced());
        time.stepWallClock(HOUR.multipliedBy(-2));
        time.advance(HOUR);
        rig.book().expire();
        assertEquals(List.of(), rig.forced());
    }

    @Test
    void forcesOfEveryKindHoldAgainAfterARestart() throws Exception {
        Rig rig = start(TEXT);
        rig.force("Main.x", new Value.Real(0.1 + 0.2), HOUR);
        rig.force("Main.n", new Value.Whole(-3), HOUR);
        rig.force("Main.b", new Value.Truth(true), HOUR);
        rig.force("Main.w", new Value.Whole(2), HOUR);
        rig.force("Main.s", new Value.Text("a'b"), HOUR);
        rig.plc().close();
        time.advance(Duration.ofMinutes(20));
        Rig next = start(TEXT);
        assertEquals("5 of 5 forces of the run before hold again", next.said());
        assertEquals(new Value.Real(0.1 + 0.2), next.value("Main.x"));
        assertEquals(new Value.Whole(-3), next.value("Main.n"));
        assertEquals(new Value.Truth(true), next.value("Main.b"));
        assertEquals(new Value.Whole(2), next.value("Main.w"));
        assertEquals(new Value.Text("a'b"), next.value("Main.s"));
        assertEquals("ann", next.book().list().getFirst().owner());
        time.advance(Duration.ofMinutes(40));
        next.book().expire();
        assertEquals(List.of(), next.forced(), "the hour goes on while the process does not run");
    }

    /// A clock set back an hour while the process does not run must not lengthen a force; one set forward ends
    /// it.
    @Test
    void aClockThatWasSetBetweenTwoRunsNeverLengthensAForce() throws Exception {
        Rig rig = start(TEXT);
        rig.force("Main.x", new Value.Real(1), Duration.ofMinutes(30));
        time.stepWallClock(HOUR.negated());
        Rig back = start(TEXT);
        assertEquals(List.of("Main.x"), back.forced());
        assertTrue(back.book().list().getFirst().untilNanos() - time.monotonicNanos()
                <= Duration.ofMinutes(30).toNanos());
        time.stepWallClock(HOUR);
        Rig forth = start(TEXT);
        assertEquals(List.of(), forth.forced());
        assertEquals("0 of 1 forces of the run before hold again; not Main.x (its time was over)", forth.said());
    }

    @Test
    void whatTheNextProgramHasOtherwiseIsNotForced() throws Exception {
        Rig rig = start(TEXT);
        rig.force("Main.x", new Value.Real(1), HOUR);
        rig.force("Main.n", new Value.Whole(2), HOUR);
        rig.force("Main.w", new Value.Whole(2), HOUR);
        Rig next = start("""
                TYPE Way : (Half, Open); END_TYPE
                PROGRAM Main VAR n : REAL; w : Way; END_VAR END_PROGRAM
                """);
        assertEquals(
                "1 of 3 forces of the run before hold again; not Main.x (there is no such variable any more),"
                        + " Main.n (it is another type now: REAL)",
                next.said());
        assertEquals(new Value.Whole(0), next.value("Main.w"), "Half is Half, whatever its number");
    }

    @Test
    void aFileThatIsDamagedForcesNothingAndSaysSo() throws Exception {
        Rig rig = start(TEXT);
        rig.force("Main.n", new Value.Whole(1), HOUR);
        Path file = folder.resolve("forces");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        byte[] whole = Files.readAllBytes(file);
        for (int at = 0; at < whole.length; at += 7) {
            byte[] flipped = whole.clone();
            flipped[at] ^= 1;
            damaged(file, flipped);
        }
        damaged(file, java.util.Arrays.copyOf(whole, whole.length / 2));
        damaged(file, new byte[0]);
    }

    private void damaged(Path file, byte[] bytes) throws Exception {
        Files.write(file, bytes);
        Rig next = start(TEXT);
        assertEquals(List.of(), next.forced());
        assertTrue(next.loaded().run().forces().isEmpty());
        assertTrue(next.said().startsWith(file + " is "), next.said());
        assertTrue(next.said().endsWith(": what was forced is not known, and nothing is forced"), next.said());
        next.plc().close();
    }
}
