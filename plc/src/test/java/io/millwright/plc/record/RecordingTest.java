package io.millwright.plc.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.millwright.iec61131.Compiler;
import io.millwright.iec61131.interpret.CallStack;
import io.millwright.iec61131.interpret.InterpretBackend;
import io.millwright.iec61131.interpret.Observer;
import io.millwright.iec61131.jvm.JvmBackend;
import io.millwright.iec61131.machine.Trap;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.syntax.Dialect;
import io.millwright.iec61131.test.TestRunner;
import io.millwright.iec61131.type.Value.Real;
import io.millwright.iec61131.type.Value.Whole;
import io.millwright.model.BadInput;
import io.millwright.model.Quality;
import io.millwright.model.SignalName;
import io.millwright.model.Value;
import io.millwright.plc.Loaded;
import io.millwright.plc.Mode;
import io.millwright.plc.Project;
import io.millwright.plc.VirtualPlc;
import io.millwright.plc.image.Binding;
import io.millwright.plc.image.SignalTable;
import io.millwright.plc.pace.VirtualPace;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What can be done with a recording: breakpoints, comparison with another program, a test in Structured Text;
/// and what the recorder costs and survives.
class RecordingTest {
    private static final long MILLI = 1_000_000;
    private static final String TANK = """
            PROGRAM Tank
            VAR
              level : REAL; valve : REAL; alarm : BOOL; sum : LREAL;
              late : TON;
            END_VAR
            late(IN := level > 80.0, PT := T#30ms);
            alarm := late.Q;
            valve := 100.0 - level;
            sum := sum + level;
            END_PROGRAM
            """;

    @TempDir
    Path folder;

    private final SignalTable signals = new SignalTable();
    private final VirtualPace pace = new VirtualPace(1_000_000_000_000_000_000L);

    private static SignalName signal(String variable) {
        return SignalName.parse("tank/" + variable);
    }

    private static Project project(String text, String input, String... outputs) {
        List<Binding> bindings = new ArrayList<>();
        bindings.add(new Binding.Input("Tank." + input, signal(input), BadInput.hold(), Optional.empty()));
        for (String output : outputs) {
            bindings.add(new Binding.Output("Tank." + output, signal(output), Optional.empty()));
        }
        return new Project("tank", List.of(new Source("tank.st", text)), Dialect.COMMON, List.of(), bindings);
    }

    private Loaded load(Project project) throws Exception {
        var checked = Compiler.compile(project.sources(), project.dialect());
        assertEquals(List.of(), checked.diagnostics());
        return Loaded.of(project, Objects.requireNonNull(checked.program()), signals, new JvmBackend());
    }

    /// Records scans of 10 ms in which the level is the number of the scan.
    private RecordedRun record(Project project, int scans, Runnable... between) throws Exception {
        return record(new VirtualPlc(pace, load(project)), scans, between);
    }

    private RecordedRun record(VirtualPlc plc, int scans, Runnable... between) throws Exception {
        var setting = new Recorder.Setting(
                folder, 1 << 24, Duration.ofDays(1), Duration.ZERO, new ScanLog.Pace(20, 10_000_000_000L, 7), 1 << 16);
        var recorder = new Recorder(setting, pace::epochNanos, pace::nowNanos);
        plc.observe(recorder.log());
        plc.enter(Mode.RUNNING);
        for (int i = 1; i <= scans; i++) {
            signals.input(signal("level")).offer(Value.of((double) i), Quality.GOOD, pace.nowNanos());
            plc.step(i * 10 * MILLI - 1);
            plc.step(i * 10 * MILLI - 1);
            recorder.move();
            for (Runnable work : i == 50 ? between : new Runnable[0]) {
                work.run();
            }
        }
        recorder.close();
        recorder.serve();
        return Recording.open(folder).newest();
    }

    @Test
    void aBreakpointOnAConditionIsFoundForwardsAndBackwards() throws Exception {
        RecordedRun run = record(project(TANK, "level", "valve"), 100);
        Replay replay = Replay.of(run, new JvmBackend());
        var alarm = new Condition(
                "Tank.alarm", Condition.Operator.EQUAL, new io.millwright.iec61131.type.Value.Truth(true));
        assertTrue(replay.forwardUntil(alarm.in(replay)));
        // Above 80 from scan 81 on; three scans of 10 ms later the time has passed.
        assertEquals(84, replay.scan());
        var low = new Condition("tank.LEVEL", Condition.Operator.LESS_OR_EQUAL, new Real(12));
        assertTrue(replay.backUntil(low.in(replay)));
        assertEquals(12, replay.scan());
        replay.toTime(1_000_000_000_000_000_000L + 505 * MILLI);
        // Scan 1 began at 0, scan 51 at 500 ms.
        assertEquals(51, replay.scan());
        assertEquals(500 * MILLI, replay.nanos());
        assertEquals(List.of(), replay.divergences());
    }

    /// Held up from 499.999 to 537 ms: the scan of 500 ms is late, those of 510, 520 and 530 are left out.
    @Test
    void scansLeftOutAreThoseThatThePlcCounts() throws Exception {
        var plc = new VirtualPlc(pace, load(project(TANK, "level", "valve")));
        RecordedRun run = record(plc, 100, () -> pace.await(537 * MILLI));
        var tasks = plc.tasks();
        plc.step(pace.nowNanos());
        assertEquals(3, tasks.get().getFirst().skipped());
        List<Long> leftOut = Marks.of(run, 100, () -> true).marks().stream()
                .flatMap(m -> m.what() instanceof Happening.LeftOut(String _, long scans) ? Stream.of(scans) : null)
                .toList();
        assertEquals(List.of(3L), leftOut);
    }

    @Test
    void theInterpreterSeesTheLinesOfAnyScan() throws Exception {
        RecordedRun run = record(project(TANK, "level", "valve"), 60);
        var lines = new TreeSet<Integer>();
        var observer = new Observer() {
            @Override
            public void reached(CallStack calls) {
                var at = calls.innermost().at();
                if (at.source().name().equals("tank.st")) {
                    lines.add(at.line());
                }
            }

            @Override
            public void trapped(CallStack calls, Trap trap) {
                // There are none.
            }
        };
        Replay replay = Replay.of(run, new InterpretBackend(observer));
        replay.toScan(55);
        lines.clear();
        assertTrue(replay.forward());
        assertEquals(List.of(6, 7, 8, 9), List.copyOf(lines));
        assertEquals(List.of(), replay.divergences());
    }

    @Test
    void anotherProgramIsComparedOnTheSameInputs() throws Exception {
        RecordedRun run = record(project(TANK, "level", "valve", "alarm"), 100);
        Project same = project(TANK + "(* another text *)", "level");
        var nothing = Comparison.of(run, 30, 100, same, new JvmBackend());
        assertEquals(new Comparison.Result(100, List.of(), Optional.empty()), nothing);
        Project changed = project(TANK.replace("T#30ms", "T#50ms"), "level");
        var result = Comparison.of(run, 30, 100, changed, new JvmBackend());
        assertEquals(
                List.of("scan 84: Tank.alarm is FALSE, recorded was TRUE"),
                result.differences().stream().map(Object::toString).toList());
        Project without = project(TANK.replace("alarm", "alert"), "level");
        var error = assertThrows(RecordingError.class, () -> Comparison.of(run, 0, 100, without, new JvmBackend()));
        assertTrue(String.valueOf(error.getMessage()).contains("no variable Tank.alarm"), error.getMessage());
    }

    /// The test passes with the program that was recorded and fails with one that is wrong.
    @Test
    void aStretchBecomesATestInStructuredText() throws Exception {
        VirtualPlc plc = new VirtualPlc(pace, load(project(TANK, "level", "valve", "alarm")));
        RecordedRun run = record(plc, 100, () -> plc.write("Tank.sum", new Real(0.1)));
        for (long from : new long[] {0, 25}) {
            String test = TestExport.of(run, from, 100, new JvmBackend());
            assertTrue(passes(TANK, test), test);
            assertTrue(!passes(TANK.replace("> 80.0", "> 90.0"), test), test);
            assertTrue(test.contains("'scan 84'"), test);
        }
    }

    private static boolean passes(String program, String test) {
        var checked =
                Compiler.compile(List.of(new Source("tank.st", program), new Source("test.st", test)), Dialect.COMMON);
        assertEquals(
                List.of(),
                checked.diagnostics().stream().filter(d -> d.isError()).toList(),
                test);
        return new TestRunner(new JvmBackend(), () -> 0, _ -> {})
                .run(checked, false)
                .passed();
    }

    /// What references refer to is in no key frame: such a recording is replayed from its beginning, or not at
    /// all.
    @Test
    void aProgramWithReferencesIsReplayedFromTheBeginningOnly() throws Exception {
        String text = """
                PROGRAM Tank
                VAR level : REAL; a, b : LREAL; to : REF_TO LREAL := REF(a); END_VAR
                to^ := to^ + level;
                IF level > 42.0 THEN to := REF(b); END_IF;
                END_PROGRAM
                """;
        RecordedRun run = record(project(text, "level", "a"), 100);
        Replay replay = Replay.of(run, new JvmBackend());
        replay.toScan(100);
        // 1 + … + 43, then 44 + … + 100
        assertEquals(new Real(43 * 44 / 2), value(replay, "Tank.a"));
        assertEquals(new Real(100 * 101 / 2 - 43 * 44 / 2), value(replay, "Tank.b"));
        replay.toScan(60);
        assertTrue(replay.back());
        assertEquals(new Real(59 * 60 / 2 - 43 * 44 / 2), value(replay, "Tank.b"));
        assertEquals(List.of(), replay.divergences());
    }

    private static io.millwright.iec61131.type.Value value(Replay replay, String path) {
        return replay.loaded().run().slot(path).orElseThrow().value();
    }

    /// A variable that is changed by nobody the log knows of: the first hash tells, the key frame names it.
    @Test
    void aReplayThatGoesAnotherWayNamesTheFirstVariable() throws Exception {
        VirtualPlc plc = new VirtualPlc(pace, load(project(TANK, "level", "valve")));
        RecordedRun run = record(plc, 100, () -> {
            var _ = plc.between(l -> {
                l.run().slot("Tank.sum").orElseThrow().set(new Real(-1));
                return l;
            });
        });
        Replay replay = Replay.of(run, new JvmBackend());
        while (replay.forward()) {
            // To the end, past all key frames.
        }
        assertEquals(1, replay.divergences().size());
        Divergence first = replay.divergences().getFirst();
        // The first scan with a hash, and a multiple of seven, after scan 50.
        assertEquals(56, first.scan());
        assertEquals("Tank.sum", first.variable());
    }

    @Test
    void scansAreRecordedWithoutAllocation() throws Exception {
        var pacing = new ScanLog.Pace(50, 10_000_000_000L, 10);
        var log = new ScanLog(pace::epochNanos, pacing, 1 << 20);
        Loaded loaded = load(project(TANK, "level", "valve"));
        log.loaded(loaded);
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long own = Thread.currentThread().threadId();
        long allocated = 0;
        for (int i = 1; i <= 4000; i++) {
            loaded.inputs().getFirst().replace(Double.doubleToRawLongBits(i));
            long before = threads.getThreadAllocatedBytes(own);
            log.scanned(i, 0, i * 10 * MILLI + i % 3);
            long after = threads.getThreadAllocatedBytes(own);
            allocated = i > 2000 ? allocated + after - before : 0;
            if (log.nextFrame(log.ring().told()) instanceof Frame frame) {
                log.ring().drain(log.ring().told(), new ByteBuilder());
                frame.take();
                log.frameTaken();
            }
        }
        assertEquals(0, log.lostScans());
        // The smallest object has 16 bytes: less than one a scan is what the JVM itself takes now and then.
        assertTrue(allocated < 2000, allocated + " bytes in 2000 scans");
    }

    /// SIGKILL at a random moment: all that was written replays, and all that was said to be written is there.
    @Test
    void whatAKilledProcessRecordedReplays() throws Exception {
        for (int round = 0; round < 2; round++) {
            Path to = Files.createDirectory(folder.resolve("k" + round));
            String java = ProcessHandle.current().info().command().orElseThrow();
            Process process = new ProcessBuilder(
                            java,
                            "-Xmx200m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            RecordedProcess.class.getName(),
                            to.toString(),
                            Long.toString(System.nanoTime()))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            long said = 0;
            try (var out = new BufferedReader(new InputStreamReader(process.getInputStream()))) {
                for (int i = 0; i < 3 + round; i++) {
                    said = Long.parseLong(Objects.requireNonNull(out.readLine(), "it ended"));
                }
                new ProcessBuilder("kill", "-9", Long.toString(process.pid()))
                        .start()
                        .waitFor();
                for (String line = out.readLine(); line != null; line = out.readLine()) {
                    said = Long.parseLong(line);
                }
            }
            RecordedRun run = Recording.open(to).newest();
            assertTrue(run.stretch().lastScan() >= said, run.stretch() + " but said " + said);
            Replay replay = Replay.of(run, new JvmBackend());
            replay.toScan(run.stretch().lastScan());
            assertEquals(List.of(), replay.divergences());
            assertEquals(new Whole(run.stretch().lastScan()), new Whole(replay.scan()));
        }
    }
}
