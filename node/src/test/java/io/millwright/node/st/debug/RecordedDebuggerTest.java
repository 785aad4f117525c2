package io.millwright.node.st.debug;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.iec61131.jvm.JvmBackend;
import io.millwright.iec61131.type.Value;
import io.millwright.node.plc.ControlProject;
import io.millwright.plc.Loaded;
import io.millwright.plc.Mode;
import io.millwright.plc.VirtualPlc;
import io.millwright.plc.image.SignalTable;
import io.millwright.plc.pace.VirtualPace;
import io.millwright.plc.record.Recorder;
import io.millwright.plc.record.ScanLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.eclipse.lsp4j.debug.Breakpoint;
import org.eclipse.lsp4j.debug.ReverseContinueArguments;
import org.eclipse.lsp4j.debug.SetExpressionArguments;
import org.eclipse.lsp4j.debug.StackFrame;
import org.eclipse.lsp4j.debug.StepBackArguments;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What was recorded is debugged forwards and backwards. The program counts its scans, so each value is known:
/// after scan k `Count` is k, `Tens` is the sum of 10, 20 … up to k, and `Offset` was set to 7 after scan 100.
/// In scan 251 it divides by zero.
class RecordedDebuggerTest {
    private static final long TICK = 10_000_000;
    private static final int SCANS = 250;
    /// The line numbers that the tests speak of stand at the ends of the lines.
    private static final String COUNTER = """
            FUNCTION Twice : DINT
            VAR_INPUT n : DINT; END_VAR
            Twice := n * 2; // 3
            END_FUNCTION
            PROGRAM Counter
            VAR Count, Tens, Double, Offset, Zero : DINT; END_VAR
            Count := Count + 1; // 7
            IF Count MOD 10 = 0 THEN // 8
                Tens := Tens + Count; // 9
            END_IF;
            Double := Twice(Count); // 11
            IF Count = 251 THEN // 12
                Count := Count / Zero; // 13
            END_IF;
            END_PROGRAM
            CONFIGURATION c
            RESOURCE r ON jvm
            TASK main(INTERVAL := T#10ms, PRIORITY := 1);
            PROGRAM p WITH main : Counter;
            END_RESOURCE
            END_CONFIGURATION
            """;

    @TempDir
    private Path folder;

    private Path text;
    private Path recording;

    @BeforeEach
    void record() throws Exception {
        Path files = Files.createDirectories(folder.resolve("files"));
        text = Files.writeString(files.resolve("counter.st"), COUNTER);
        recording = folder.resolve("recording");
        var project = ControlProject.ofTexts(text);
        var pace = new VirtualPace(1_000_000_000_000_000_000L);
        var plc = new VirtualPlc(
                pace, Loaded.of(project.project(), project.program(), new SignalTable(), new JvmBackend()));
        var setting = new Recorder.Setting(
                recording, 1 << 24, Duration.ofDays(1), Duration.ZERO, new ScanLog.Pace(40, 10 * TICK, 5), 1 << 16);
        var recorder = new Recorder(setting, pace::epochNanos, pace::nowNanos);
        Thread writer = Thread.ofPlatform().daemon().start(recorder::serve);
        plc.observe(recorder.log());
        plc.enter(Mode.RUNNING);
        for (int scan = 1; scan <= SCANS + 1; scan++) {
            plc.step(scan * TICK - 1);
            plc.step(scan * TICK - 1);
            if (scan == 100) {
                var _ = plc.write("p.Offset", new Value.Whole(7));
            }
            // Key frames come where there is room for them: it is written meanwhile.
            Thread.sleep(scan % 10 == 0 ? 5 : 0);
        }
        assertNotNull(plc.fault());
        recorder.close();
        writer.join();
    }

    private Editor editor(String to) throws Exception {
        return Editor.connected(text.getParent())
                .with("recording", recording.toString())
                .with("to", to);
    }

    private static void back(Editor editor) throws Exception {
        Editor.answer(editor.server().stepBack(new StepBackArguments()));
    }

    private static void backToBreakpoint(Editor editor) throws Exception {
        Editor.answer(editor.server().reverseContinue(new ReverseContinueArguments()));
    }

    private static String scan(Editor editor) throws Exception {
        return editor.scope("Time", 0).get("scan").getValue();
    }

    private static List<String> names(StackFrame[] frames) {
        return Arrays.stream(frames).map(f -> f.getName() + ":" + f.getLine()).toList();
    }

    @Test
    void itStandsStillAtAMomentAndGoesToTheNextBreakpoint() throws Exception {
        try (Editor editor = editor("61").launched()) {
            Breakpoint[] set = editor.breakAt(text, Editor.at(9));
            assertTrue(set[0].isVerified());
            editor.run();
            editor.stopsAt(7, "entry");
            assertEquals("62", scan(editor));
            assertEquals("61", editor.value("Count"));
            assertEquals(
                    "2001-09-09T01:46:40.610Z",
                    editor.scope("Time", 0).get("date").getValue());
            assertEquals(text.toString(), editor.frames()[0].getSource().getPath());
            editor.goOn();
            editor.stopsAt(9, "breakpoint");
            assertEquals("70", editor.value("Count"));
            assertEquals("210", editor.value("Tens"), "10 + 20 + … + 60");
            editor.goOn();
            editor.stopsAt(9, "breakpoint");
            assertEquals("80", editor.value("Count"));
        }
    }

    @Test
    void itGoesBackLineByLine() throws Exception {
        try (Editor editor = editor("69").launched()) {
            editor.breakAt(text, Editor.at(12));
            editor.run();
            editor.stopsAt(7, "entry");
            editor.goOn();
            editor.stopsAt(12, "breakpoint");
            assertEquals("140", editor.value("Double"));
            for (int line : new int[] {11, 9, 8, 7}) {
                back(editor);
                editor.stopsAt(line, "step");
            }
            assertEquals("69", editor.value("Count"), "before the line that counts");
            assertEquals("138", editor.value("Double"));
            back(editor);
            editor.stopsAt(12, "step");
            assertEquals("69", scan(editor), "the end of the scan before");
            back(editor);
            editor.stopsAt(11, "step");
            editor.in();
            editor.stopsAt(3, "step");
            assertEquals(List.of("Twice:3", "Counter:11"), names(editor.frames()));
            back(editor);
            editor.stopsAt(11, "step");
            editor.over();
            editor.stopsAt(12, "breakpoint");
            assertEquals("138", editor.value("Double"));
        }
    }

    @Test
    void itGoesBackToBreakpointsAndConditions() throws Exception {
        try (Editor editor = editor("205").launched()) {
            editor.breakAt(text, Editor.at(9));
            editor.run();
            editor.stopsAt(7, "entry");
            backToBreakpoint(editor);
            editor.stopsAt(9, "breakpoint");
            assertEquals("200", editor.value("Count"));
            backToBreakpoint(editor);
            editor.stopsAt(9, "breakpoint");
            assertEquals("190", editor.value("Count"));
            editor.breakAt(text, Editor.at(7, b -> b.setCondition("Offset = 0 AND Count MOD 50 = 3")));
            backToBreakpoint(editor);
            editor.stopsAt(7, "breakpoint");
            assertEquals("54", scan(editor));
            assertEquals("0", editor.value("Offset"));
            editor.breakAt(text);
            backToBreakpoint(editor);
            editor.stopsAt(7, "entry");
            assertEquals("1", scan(editor), "the beginning");
            assertTrue(editor.written().contains("the recording begins here"), editor.written());
        }
    }

    @Test
    void aFaultThatWasIsComeToAgain() throws Exception {
        try (Editor editor = editor("240").launched()) {
            editor.stopAtTraps("trap");
            editor.run();
            editor.stopsAt(7, "entry");
            editor.goOn();
            editor.stopsAt(13, "exception");
            assertEquals("251", scan(editor));
            assertEquals("7", editor.value("Offset"));
            back(editor);
            editor.stopsAt(12, "step");
            back(editor);
            editor.stopsAt(11, "step");
            editor.goOn();
            editor.stopsAt(13, "exception");
            editor.goOn();
            assertEquals(0, editor.ends());
            assertTrue(editor.written().contains("scan 251: fault"), editor.written());
        }
    }

    @Test
    void itStandsStillOnceMoreWhereTheRecordingEnds() throws Exception {
        try (Editor editor = editor("245").with("stopOnEntry", false).launched()) {
            editor.run();
            editor.stopsAt(13, "pause");
            assertEquals("251", scan(editor));
            back(editor);
            editor.stopsAt(12, "step");
        }
    }

    @Test
    void theLastScanIsWhereItBeginsAndThePastStaysAsItWas() throws Exception {
        try (Editor editor = editor("").launched()) {
            editor.run();
            editor.stopsAt(7, "entry");
            assertEquals("251", scan(editor));
            var change = new SetExpressionArguments();
            change.setExpression("Count");
            change.setValue("1");
            assertTrue(Editor.refused(editor.server().setExpression(change)).contains("recorded"));
            assertTrue(Editor.refused(editor.server().evaluate(editor.question("Count := 1", "repl")))
                    .contains("recorded"));
        }
    }

    @Test
    void aTextThatIsAnotherOneNowIsShownAsItWas() throws Exception {
        Files.writeString(text, COUNTER.replace("n * 2", "n * 3"));
        try (Editor editor = editor("61").launched()) {
            editor.run();
            assertEquals("entry", editor.stopped().getReason());
            Path shown = Path.of(editor.frames()[0].getSource().getPath());
            assertFalse(shown.startsWith(folder), "not the file of now");
            assertEquals(COUNTER, Files.readString(shown));
            assertTrue(editor.breakAt(shown, Editor.at(11))[0].isVerified());
            editor.goOn();
            editor.stopsAt(11, "breakpoint");
            assertTrue(editor.written().contains(shown.toString()), editor.written());
        }
    }

    @Test
    void whatCannotBeReplayedIsToldInOneSentence() throws Exception {
        for (Map.Entry<String, String> wrong : Map.of(
                        "99999",
                        "was not recorded",
                        "yesterday",
                        "moment of a recording",
                        "05:00:00",
                        "was not recorded")
                .entrySet()) {
            try (Editor editor = editor(wrong.getKey())) {
                editor.initialize();
                String message = Editor.refused(editor.server().launch(editor.arguments()));
                assertTrue(message.contains(wrong.getValue()), message);
            }
        }
        try (Editor editor = editor("").with("recording", folder.resolve("none").toString())) {
            editor.initialize();
            String message = Editor.refused(editor.server().launch(editor.arguments()));
            assertTrue(message.contains("there is no " + folder.resolve("none")), message);
        }
    }
}
