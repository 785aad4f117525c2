package io.millwright.node.plc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.syntax.Dialect;
import io.millwright.model.Plant;
import io.millwright.model.Quality;
import io.millwright.model.RecordingLimits;
import io.millwright.model.SignalName;
import io.millwright.model.Time;
import io.millwright.model.Value;
import io.millwright.node.command.PlantFiles;
import io.millwright.node.plc.ChangeDesk.Approval;
import io.millwright.node.plc.ControlDesk.SourceView;
import io.millwright.plc.ProjectSession;
import io.millwright.plc.image.SignalTable;
import io.millwright.testkit.Await;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Issue 5: an online change is proposed by one and decided by another; what cannot be kept is said by name.
@Timeout(120)
class ChangeDeskTest {
    private static final String TEXT =
            "PROGRAM Main VAR_INPUT In : LREAL; END_VAR VAR_OUTPUT Out : LREAL; END_VAR VAR n : DINT; END_VAR\n"
                    + "n := n + 1; Out := In; END_PROGRAM";
    private static final String PLANT = """
            plant: small
            prefix: 88.118.9
            assets:
              tank:
                signals:
                  level: {unit: cm, from: "io/input/0:float32"}
                  other: {unit: cm, from: "io/input/2:float32"}
                  valve: {unit: "%", to: "io/holding/0:float32"}
                  alarm: {unit: "1", to: "io/holding/2:float32"}
            connections:
              io: {protocol: modbus-tcp, endpoint: "127.0.0.1:1502", unit: 1}
            control:
              main:
                program: "main.st#Main"
                every: 10ms
                binds: {In: tank/level, Out: tank/valve}
            """;

    @TempDir
    private Path folder;

    private final SignalTable signals = new SignalTable();
    private final Map<String, Value> written = new ConcurrentHashMap<>();
    private ControlRuntime runtime;
    private ChangeDesk desk;

    @BeforeEach
    void start() throws Exception {
        Plant plant = PlantFiles.of(PLANT, "plant.yaml");
        var project = ControlProject.of(plant, List.of(new Source("main.st", TEXT)), new ProjectSession(Dialect.COMMON))
                .withManifest(PLANT);
        runtime = ControlRuntime.start(
                project,
                signals,
                _ -> "io",
                (signal, value, _) -> {
                    written.put(signal.toString(), value);
                    return true;
                },
                new ControlSettings(ControlSettings.Start.COLD, false, RecordingLimits.OFF, Optional.empty(), ""),
                folder,
                Time.system());
        offer("tank/level", 3);
        desk = runtime.changes();
    }

    @AfterEach
    void end() {
        runtime.close();
    }

    private void offer(String signal, double value) {
        signals.input(SignalName.parse(signal)).offer(new Value.Real(value), Quality.GOOD, System.nanoTime());
    }

    private static ChangeRequest request(String text, String manifest, boolean propose) {
        return new ChangeRequest(
                List.of(new SourceView("main.st", text)), manifest, null, 5, 1, null, propose, null, "ann", "a test");
    }

    private ChangeView.FindingView only(ChangeView view) {
        List<ChangeView.FindingView> open =
                view.findings().stream().filter(ChangeView.FindingView::open).toList();
        assertEquals(1, open.size(), view.toString());
        return open.getFirst();
    }

    private ChangeView settled() {
        Await.until("the change has proved itself", () -> desk.state().state().equals("settled"));
        return desk.state();
    }

    private String running() {
        return runtime.loaded().project().sources().getFirst().text();
    }

    private String audit() throws Exception {
        return Files.readString(folder.resolve("audit.jsonl"));
    }

    /// Whoever kept one would keep every text that it has run since, too.
    @Test
    void theFirstProgramIsForgottenWhenOthersRun() {
        var first = new WeakReference<>(runtime.loaded());
        for (int by : List.of(2, 3, 4)) {
            String text = TEXT.replace("n + 1", "n + " + by);
            var _ = desk.change(request(text, null, false));
            settled();
            assertEquals(text, running());
        }
        Await.until("nobody holds the first program", () -> {
            System.gc();
            return first.get() == null;
        });
    }

    @Test
    void aProposalIsReviewedByAnotherOneApprovedAndWrittenDown() throws Exception {
        String text = TEXT.replace("n : DINT", "n : DINT; more : INT");
        ChangeView proposed = desk.change(request(text, null, true));
        assertEquals("compared", proposed.state());
        assertEquals("ann", proposed.owner());
        assertEquals(TEXT, running(), "nothing is changed yet");
        ChangeView.TextView changed = desk.texts().getFirst();
        assertEquals(List.of("main.st", TEXT, text), List.of(changed.name(), changed.before(), changed.after()));
        assertTrue(desk.kept().stream().anyMatch(k -> k.path().equals("main.n")));

        var _ = desk.approve(new Approval(null, "bob", "looks right", null));
        ChangeView made = settled();
        assertEquals(text, running());
        assertEquals(List.of("bob", "looks right"), List.of(made.decidedBy(), made.decision()));
        Await.until("the end is written down", () -> written("change-settled"));
        assertTrue(audit().contains("\"what\":\"change-proposed\",\"owner\":\"ann\",\"reason\":\"a test\""), audit());
        assertTrue(audit().contains("\"what\":\"change-approved\",\"owner\":\"bob\""), audit());

        assertEquals("rolled-back", desk.takeBack("cleo", "swings").state());
        assertEquals(TEXT, running());
        assertEquals("on request of cleo: swings", desk.state().outcome());
        assertTrue(audit().contains("\"what\":\"change-rolled-back\",\"owner\":\"cleo\""), audit());
    }

    /// Who looks at a change is not made to approve another one.
    @Test
    void whatWaitsIsNotExchangedBehindAReviewersBack() throws Exception {
        ChangeView first = desk.change(request(TEXT.replace("n + 1", "n + 2"), null, true));
        assertEquals("a change of ann waits for approval: approve or withdraw it first", wrong(of("dan", true, null)));
        assertEquals("compared", desk.change(of("dan", true, false)).state());
        assertEquals(first, desk.state(), "who only compares leaves nothing");
        assertFalse(audit().contains("dan"), audit());

        Await.until("the clock goes on", () -> System.currentTimeMillis() > first.proposedEpochMillis());
        ChangeView second = desk.change(of("ann", true, null));
        var stale = new Approval(null, "bob", "", first.proposedEpochMillis());
        assertEquals(
                "another change was proposed meanwhile: look at that one first",
                assertThrows(IllegalArgumentException.class, () -> desk.approve(stale))
                        .getMessage());
        assertEquals(TEXT, running());
        var _ = desk.approve(new Approval(null, "bob", "", second.proposedEpochMillis()));
        assertTrue(settled().decidedBy().equals("bob") && running().contains("n + 3"));
    }

    private static ChangeRequest of(String owner, boolean propose, Boolean keep) {
        var texts = List.of(new SourceView("main.st", TEXT.replace("n + 1", "n + 3")));
        return new ChangeRequest(texts, null, null, 5, 1, null, propose, keep, owner, "");
    }

    private boolean written(String what) {
        try {
            return audit().contains(what);
        } catch (Exception e) {
            return false;
        }
    }

    /// Three million sines take longer than the 10 ms of a cycle, each at least some nanoseconds.
    @Test
    void scansThatAreSkippedForItAreTold() {
        String slow = "PROGRAM Main VAR_INPUT In : LREAL; END_VAR VAR_OUTPUT Out : LREAL; END_VAR\n"
                + "VAR n, i : DINT; sum : LREAL; END_VAR\n"
                + "n := n + 1; Out := In;\n"
                + "IF n MOD 20 = 0 THEN FOR i := 1 TO 3000000 DO sum := sum + SIN(sum + i); END_FOR END_IF\n"
                + "END_PROGRAM";
        desk.change(new ChangeRequest(
                List.of(new SourceView("main.st", slow)), null, List.of("*"), 5, 100, null, false, null, "", ""));
        Await.until("its end is written down", () -> written("change-settled") || written("change-rolled-back"));
        assertTrue(desk.state().skipped() > 0, desk.state().toString());
        assertTrue(written(" scans skipped meanwhile"));
    }

    @Test
    void whatIsWithdrawnIsNotMade() throws Exception {
        var _ = desk.change(request(TEXT.replace("n + 1", "n + 2"), null, true));
        assertEquals("withdrawn", desk.takeBack("bob", "no").state());
        assertThrows(IllegalArgumentException.class, () -> desk.approve(new Approval(null, "bob", "", null)));
        assertThrows(IllegalArgumentException.class, () -> desk.takeBack("bob", ""));
        assertEquals(TEXT, running());
        assertTrue(audit().contains("\"what\":\"change-withdrawn\",\"owner\":\"bob\",\"reason\":\"no\""), audit());
    }

    @Test
    void theTaskAndItsBindingsChangeWithThePlantFile() {
        offer("tank/other", 7);
        String text = TEXT.replace("In : LREAL", "In, In2 : LREAL")
                .replace("Out : LREAL", "Out, Alarm : LREAL")
                .replace("Out := In;", "Out := In; Alarm := In2;");
        String manifest = PLANT.replace("every: 10ms", "every: 20ms\n    priority: 3\n    watchdog: 5s")
                .replace("Out: tank/valve", "Out: tank/valve, In2: tank/other, Alarm: tank/alarm")
                .replace("127.0.0.1:1502", "127.0.0.1:1503");
        ChangeView view = desk.change(request(text, manifest, false));
        assertEquals(List.of("connections"), view.atRestart());
        assertEquals(
                List.of(
                        new ChangeView.TextView("main.st", TEXT, text),
                        new ChangeView.TextView("plant.yaml", PLANT, manifest)),
                desk.texts());
        assertEquals("settled", settled().state());
        var task = runtime.loaded().tasks().getFirst().setting();
        assertEquals(
                List.of(20_000_000L, 3L, 5_000_000_000L),
                List.of(task.intervalNanos(), (long) task.priority(), task.watchdogNanos()));
        Await.until("the new output is written", () -> new Value.Real(7).equals(written.get("tank/alarm")));
    }

    @Test
    void whatNeedsARestartIsSaidByName() {
        String manifest = PLANT.replace("In: tank/level", "In: tank/level, In2: tank/gone")
                .replace("other: {", "gone: {unit: cm, from: \"io/input/4:float32\"}\n      other: {");
        assertEquals(
                "control.main.binds.In2: the running plant has no signal tank/gone; a new signal needs a restart of the"
                        + " node",
                wrong(request(TEXT, manifest, true)));
        assertEquals(
                "the plant file is that of large, and this node runs small: an online change keeps the plant",
                wrong(request(TEXT, PLANT.replace("plant: small", "plant: large"), true)));
    }

    private String wrong(ChangeRequest request) {
        return assertThrows(IllegalArgumentException.class, () -> desk.change(request))
                .getMessage();
    }

    @Test
    void aRemovedVariableThatIsUsedIsAMistakeOfTheText() {
        String said = wrong(request(TEXT.replace("VAR n : DINT; END_VAR", ""), null, false));
        assertTrue(said.contains("main.st:2") && said.contains("n"), said);
        assertEquals(TEXT, running());
    }

    @Test
    void aTypeThatMeansSomethingElseIsRefusedWithWhatWouldBeLost() {
        ChangeView view =
                desk.change(request(TEXT.replace("n : DINT", "n : STRING").replace("n := n + 1;", ""), null, false));
        assertEquals("waiting", view.state());
        String said = only(view).message();
        assertTrue(said.startsWith("main.n : DINT becomes STRING, and a text is no number: it would lose "), said);
        assertEquals(TEXT, running());
    }

    @Test
    void anEndlessLoopEndsInShadow() {
        ChangeView view =
                desk.change(request(TEXT.replace("Out := In;", "WHILE TRUE DO n := n + 1; END_WHILE;"), null, false));
        assertEquals("refused", view.state());
        assertEquals("in shadow, in scan 1: a scan does not end", only(view).message());
        assertEquals(TEXT, running());
    }

    @Test
    void aSignalThatDeliversNothingIsNamed() {
        String text = TEXT.replace("In : LREAL", "In, In2 : LREAL");
        ChangeView view =
                desk.change(request(text, PLANT.replace("In: tank/level", "In: tank/level, In2: tank/other"), false));
        assertEquals("refused", view.state());
        assertTrue(only(view).message().startsWith("tank/other, which the new program reads, has delivered no value"));
    }

    /// OSCAT has about five megabytes of text.
    @Test
    void aProjectOfFiveMegabytesCanBeChanged() {
        String much = "(* " + "x".repeat(5_000_000) + " *)\n";
        var view = desk.change(request(TEXT + much, null, false));
        assertTrue(List.of("swapped", "settled").contains(view.state()), view.toString());
    }

    @Test
    void aForceGoesOnUnderTheNewNameOfItsVariable() {
        var forces = new ControlDesk(runtime);
        var _ = forces.force(new ControlDesk.ForceRequest("main.n", "5", "ann", "a test", 600.0));
        var _ = desk.change(
                request(TEXT.replace("VAR n :", "VAR {was: n} m :").replace("n := n + 1", "m := m + 1"), null, false));
        Await.until(
                "the force is listed under the new name",
                () -> forces.forces().stream()
                        .map(ControlDesk.ForceView::path)
                        .toList()
                        .equals(List.of("main.m")));
        assertTrue(forces.release("main.m", "ann", "").released());
    }

    @Test
    void aMillionVariablesAreNotWatched() {
        var watch = new ControlDesk(runtime);
        assertEquals(
                "name 1 to 10000 variables to watch, not 1000000",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> watch.watch(java.util.Collections.nCopies(1_000_000, "main.n"), List.of(), 0))
                        .getMessage());
        List<String> many = java.util.Collections.nCopies(10_000, "main.n");
        var all = java.util.stream.IntStream.range(0, 10)
                .mapToObj(_ -> watch.watch(many, List.of(), 1_000_000_000L))
                .toList();
        String said = assertThrows(IllegalArgumentException.class, () -> watch.watch(List.of("main.n"), List.of(), 0))
                .getMessage();
        assertEquals(
                "so many variables are watched already that there is room for 0 more, not 1: close some watches", said);
        all.forEach(WatchedVariables::close);
        watch.watch(List.of("main.n"), List.of(), 0).close();
    }

    /// Their names alone would be longer than an address may be.
    @Test
    void allBeneathAPathIsWatched() {
        var watch = new ControlDesk(runtime);
        String array = TEXT.replace("VAR n :", "VAR many : ARRAY[1..9000] OF INT; more : ARRAY[1..10001] OF INT; n :");
        assertTrue(array.contains("many"));
        var view = desk.change(request(array, null, false));
        assertTrue(List.of("swapped", "settled").contains(view.state()), view.toString());
        try (var all = watch.watch(List.of(), List.of("main.many", "main.n"), 0)) {
            var seen = new java.util.HashSet<String>();
            Await.until("all are seen", () -> {
                var changes = all.changes();
                seen.addAll(
                        changes == null ? java.util.Set.of() : changes.values().keySet());
                return seen.size() == 9001;
            });
        }
        assertEquals(
                "there are more than 10000 variables beneath main.more, "
                        + "and so many are watched at once: name a part of it",
                assertThrows(IllegalArgumentException.class, () -> watch.watch(List.of(), List.of("main.more"), 0))
                        .getMessage());
        assertEquals(
                "there is no variable main.none",
                assertThrows(IllegalArgumentException.class, () -> watch.watch(List.of(), List.of("main.none"), 0))
                        .getMessage());
    }
}
