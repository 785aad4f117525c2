package io.millwright.plc.retain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.iec61131.Compiler;
import io.millwright.iec61131.interpret.InterpretBackend;
import io.millwright.iec61131.ir.Program;
import io.millwright.iec61131.jvm.JvmBackend;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.syntax.Dialect;
import io.millwright.iec61131.type.Value;
import io.millwright.plc.Loaded;
import io.millwright.plc.Mode;
import io.millwright.plc.Project;
import io.millwright.plc.VirtualPlc;
import io.millwright.plc.image.SignalTable;
import io.millwright.plc.pace.VirtualPace;
import io.millwright.testkit.Await;
import io.millwright.testkit.Property;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is kept comes back, and what is damaged is told and never taken for a value.
class RetainMemoryTest {
    private static final String TEXT = """
            TYPE Batch : STRUCT number : DINT; share : LREAL; name : STRING[12]; END_STRUCT; END_TYPE
            PROGRAM P
            VAR RETAIN n : LINT; batch : Batch; marks : ARRAY[0..3] OF BOOL; wide : WSTRING; END_VAR
            VAR m : LINT; END_VAR
            n := n + 1;
            m := m + 1;
            batch.number := batch.number + 2;
            batch.share := batch.share + 0.5;
            batch.name := CONCAT('no ', TO_STRING(n));
            wide := CONCAT("总数", TO_WSTRING(n));
            marks[LINT_TO_INT(n MOD 4)] := NOT marks[LINT_TO_INT(n MOD 4)];
            END_PROGRAM
            """;

    private static final Project PROJECT = new Project("p", List.of(), Dialect.COMMON, List.of(), List.of());

    @TempDir
    private Path folder;

    static Loaded loaded(String text) throws Exception {
        return Loaded.of(PROJECT, compiled(text), new SignalTable(), new JvmBackend());
    }

    private static Program compiled(String text) {
        return Objects.requireNonNull(Compiler.compile(List.of(new Source("p.st", text)), Dialect.COMMON)
                .program());
    }

    /// Scans every 10 ms of virtual time.
    static void scan(Loaded loaded, RetainMemory memory, int scans) {
        var plc = new VirtualPlc(new VirtualPace(0), loaded);
        plc.observe(memory);
        plc.enter(Mode.RUNNING);
        for (int i = 0; i < scans; i++) {
            plc.step(Long.MAX_VALUE);
        }
    }

    private static Value value(Loaded loaded, String path) {
        return loaded.run().slot(path).orElseThrow().value();
    }

    private Loaded restarted(String text, Kept kept, RetainMemory.Restored[] restored) throws Exception {
        var next = loaded(text);
        restored[0] = new RetainMemory(folder.resolve("retain"), kept).restore(next);
        return next;
    }

    private Loaded ran(int scans, Kept kept) throws Exception {
        var loaded = loaded(TEXT);
        var memory = new RetainMemory(folder.resolve("retain"), kept);
        memory.open(loaded);
        scan(loaded, memory, scans);
        return loaded; // not closed: the process is gone
    }

    @Test
    void whatIsRetainedComesBackAndNothingElse() throws Exception {
        Loaded before = ran(37, Kept.RETAINED);
        var restored = new RetainMemory.Restored[1];
        Loaded next = restarted(TEXT, Kept.RETAINED, restored);
        assertEquals(new Value.Whole(37), value(next, "P.n"));
        assertEquals(new Value.Whole(74), value(next, "P.batch.number"));
        assertEquals(new Value.Real(18.5), value(next, "P.batch.share"));
        assertEquals(new Value.Text("no 37"), value(next, "P.batch.name"));
        assertEquals(new Value.Text("总数37"), value(next, "P.wide"));
        for (int i = 0; i < 4; i++) {
            assertEquals(value(before, "P.marks[" + i + "]"), value(next, "P.marks[" + i + "]"));
        }
        assertEquals(new Value.Whole(0), value(next, "P.m"));
        assertEquals(new RetainMemory.Restored(9, List.of(), ""), restored[0]);
    }

    @Test
    void aHotStartBringsEverythingBack() throws Exception {
        ran(5, Kept.ALL);
        Loaded next = restarted(TEXT, Kept.ALL, new RetainMemory.Restored[1]);
        assertEquals(new Value.Whole(5), value(next, "P.m"));
    }

    @Test
    void aChangedProgramKeepsWhatItStillHasAndTellsTheRest() throws Exception {
        ran(3, Kept.RETAINED);
        var restored = new RetainMemory.Restored[1];
        Loaded next = restarted(
                "PROGRAM P VAR RETAIN fresh : INT := 9; n : DINT; marks : ARRAY[0..1] OF BOOL; wide : WSTRING; END_VAR"
                        + " END_PROGRAM",
                Kept.RETAINED,
                restored);
        assertEquals(new Value.Whole(9), value(next, "P.fresh"));
        assertEquals(new Value.Text("总数3"), value(next, "P.wide"));
        assertEquals(new Value.Whole(0), value(next, "P.n"));
        assertTrue(restored[0].lost().contains("P.n was of type LINT and is DINT"), restored[0].toString());
        assertTrue(restored[0].lost().contains("P.batch.share is no longer kept"), restored[0].toString());
        assertEquals(3, restored[0].restored());
        // What it lost is not lost: the old program may come back.
        Path aside = restored[0].aside().orElseThrow();
        assertEquals(-1, Files.mismatch(folder.resolve("retain"), aside));
        assertTrue(restored[0].text().contains("kept as " + aside), restored[0].text());
    }

    /// One file that was set aside never takes the place of another one; the same one is not kept twice.
    @Test
    void filesThatAreSetAsideDoNotOverwriteEachOther() throws Exception {
        Path file = folder.resolve("retain");
        var asides = new LinkedHashSet<Path>();
        for (String nonsense : List.of("first", "second", "second", "first", "third")) {
            Files.writeString(file, nonsense);
            Path aside = new RetainMemory(file, Kept.RETAINED)
                    .restore(loaded(TEXT))
                    .aside()
                    .orElseThrow();
            assertEquals(nonsense, Files.readString(aside));
            asides.add(aside);
        }
        assertEquals(
                List.of("retain.damaged", "retain.damaged-2", "retain.damaged-3"),
                asides.stream().map(a -> a.getFileName().toString()).toList());
    }

    /// Every value of `n` goes with its `batch.number`: a mixture of two scans would show.
    @Test
    void damageIsToldOrAnOlderWholeStateComesBack() throws Exception {
        ran(20, Kept.RETAINED);
        byte[] good = Files.readAllBytes(folder.resolve("retain"));
        var program = compiled(TEXT);
        Property.check(500, random -> {
            byte[] bad = good.clone();
            int flips = 1 + random.nextInt(3);
            for (int i = 0; i < flips; i++) {
                bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
            }
            if (random.nextInt(4) == 0) {
                bad = Arrays.copyOf(bad, random.nextInt(bad.length));
            }
            Files.write(folder.resolve("retain"), bad);
            var next = Loaded.of(PROJECT, program, new SignalTable(), new InterpretBackend());
            var restored = new RetainMemory(folder.resolve("retain"), Kept.RETAINED).restore(next);
            long n = ((Value.Whole) value(next, "P.n")).value();
            assertEquals(new Value.Whole(2 * n), value(next, "P.batch.number"));
            boolean told = !restored.problem().isEmpty();
            assertTrue(told ? n == 0 : n == 0 || n == 19 || n == 20, restored + " n = " + n);
        });
    }

    /// Prints the number of each scan after it, for ever.
    static final class Victim {
        public static void main(String[] arguments) throws Exception {
            var loaded = loaded(TEXT);
            var memory = new RetainMemory(Path.of(arguments[0]), Kept.RETAINED);
            memory.restore(loaded);
            memory.open(loaded);
            var plc = new VirtualPlc(new VirtualPace(0), loaded);
            plc.observe(memory);
            plc.enter(Mode.RUNNING);
            while (true) {
                plc.step(Long.MAX_VALUE);
                System.out.println(((Value.Whole) value(loaded, "P.n")).value());
            }
        }
    }

    /// The numbers in a file, but for a last line that may not be whole.
    private static List<Long> numbers(Path file) throws IOException {
        String text = Files.readString(file);
        return text.substring(0, text.lastIndexOf('\n') + 1)
                .lines()
                .map(Long::parseLong)
                .toList();
    }

    @Test
    void whatAScanLeftSurvivesKill() throws Exception {
        Path file = folder.resolve("retain");
        long last = 0;
        for (int round = 0; round < 5; round++) {
            Path out = folder.resolve("out" + round);
            var process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:+UseSerialGC",
                            "-Xmx128m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Victim.class.getName(),
                            file.toString())
                    .redirectOutput(out.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            long wanted = 100 + 211L * round;
            Await.until("scans are printed", () -> numbers(out).size() > wanted);
            process.destroyForcibly();
            process.waitFor();
            List<Long> printed = numbers(out);
            assertEquals(last + 1, printed.getFirst(), 1, "it goes on from what was kept");
            last = printed.getLast();
        }
        var restored = new RetainMemory.Restored[1];
        Loaded next = restarted(TEXT, Kept.RETAINED, restored);
        assertTrue(((Value.Whole) value(next, "P.n")).value() >= last, "at least " + last);
    }
}
