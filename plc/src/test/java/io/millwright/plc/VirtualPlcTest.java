package io.millwright.plc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.iec61131.machine.PreparedForces;
import io.millwright.iec61131.type.Value.Whole;
import io.millwright.model.BadInput;
import io.millwright.model.Quality;
import io.millwright.model.SignalName;
import io.millwright.model.Told;
import io.millwright.model.Value;
import io.millwright.plc.image.Binding;
import io.millwright.plc.pace.Timing;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Scheduling of tasks (IEC 61131-3, 6.8.2), the process image, and what happens when something is wrong, in
/// virtual time.
class VirtualPlcTest {
    private static final String COUNTING = """
            PROGRAM Count
            VAR n : DINT; t : TIME; END_VAR
            n := n + 1;
            t := TIME();
            END_PROGRAM
            """;

    private static final String DOUBLING = """
            PROGRAM Main
            VAR x : INT := 7; y : INT; n : DINT; END_VAR
            y := 2 * x;
            n := n + 1;
            END_PROGRAM
            """;

    private static TaskSetting every(long millis, String name, int priority, String... instances) {
        return new TaskSetting(name, millis * Plcs.MILLI, Optional.empty(), priority, 0, List.of(instances));
    }

    private static Binding.Input input(BadInput onBad) {
        return new Binding.Input("Main.x", SignalName.parse("tank/level"), onBad, Optional.empty());
    }

    private static final Binding.Output OUTPUT =
            new Binding.Output("Main.y", SignalName.parse("tank/valve"), Optional.of(Value.of(-1L)));

    private static long output(Plcs plcs) {
        return plcs.signals.output(OUTPUT.signal()).bits();
    }

    @Test
    void aProgramWithoutTaskRunsEveryTenMilliseconds() throws Exception {
        var plcs = new Plcs(COUNTING);
        plcs.runTo(1000 * Plcs.MILLI);
        // At 0, 10, … 990 ms.
        assertEquals(100, plcs.number("Count.n"), 1);
    }

    @Test
    void tasksOfAConfigurationRunAtTheirIntervals() throws Exception {
        var plcs = new Plcs("""
                PROGRAM P VAR n : DINT; END_VAR n := n + 1; END_PROGRAM
                CONFIGURATION c
                RESOURCE r ON PLC
                TASK fast(INTERVAL := T#10ms, PRIORITY := 1);
                TASK slow(INTERVAL := T#100ms, PRIORITY := 2);
                PROGRAM a WITH fast : P;
                PROGRAM b WITH slow : P;
                END_RESOURCE
                END_CONFIGURATION
                """);
        plcs.runTo(1000 * Plcs.MILLI - 1);
        assertEquals(100, plcs.number("a.n"));
        assertEquals(10, plcs.number("b.n"));
    }

    @Test
    void ofTasksThatAreDueTheMostUrgentRunsFirst() throws Exception {
        var plcs = new Plcs("""
                VAR_GLOBAL order : STRING; END_VAR
                PROGRAM A order := CONCAT(order, 'a'); END_PROGRAM
                PROGRAM B order := CONCAT(order, 'b'); END_PROGRAM
                """, List.of(every(20, "low", 5, "A"), every(10, "high", 1, "B")), List.of());
        plcs.runTo(50 * Plcs.MILLI - 1);
        // 0: b a, 10: b, 20: b a, 30: b, 40: b a
        assertEquals(
                "babbabba", plcs.loaded.run().slot("order").orElseThrow().text().toString());
    }

    @Test
    void aTaskStartsAtTheRisingEdgeOfItsVariable() throws Exception {
        var plcs = new Plcs(
                "VAR_GLOBAL go : BOOL; END_VAR\n" + COUNTING,
                List.of(new TaskSetting("event", 0, Optional.of("go"), 0, 0, List.of("Count"))),
                List.of(new Binding.Input("go", SignalName.parse("a/go"), BadInput.hold(), Optional.empty())));
        for (int i = 0; i < 3; i++) {
            plcs.input("a/go", Value.of(true), Quality.GOOD);
            plcs.runTo(plcs.pace.nowNanos() + 5 * Plcs.MILLI);
            assertEquals(i + 1, plcs.number("Count.n"));
            plcs.input("a/go", Value.of(false), Quality.GOOD);
            plcs.runTo(plcs.pace.nowNanos() + 5 * Plcs.MILLI);
            assertEquals(i + 1, plcs.number("Count.n"));
        }
    }

    @Test
    void timeStandsStillInAScanAndIsThatOfItsBeginning() throws Exception {
        var plcs = new Plcs(COUNTING, List.of(every(25, "t", 0, "Count")), List.of());
        plcs.runTo(101 * Plcs.MILLI);
        assertEquals(100 * Plcs.MILLI, plcs.number("Count.t"));
    }

    @Test
    void inputsAreCopiedBeforeAndOutputsAfterAScan() throws Exception {
        var plcs = new Plcs(DOUBLING, List.of(), List.of(input(BadInput.hold()), OUTPUT));
        plcs.input("tank/level", Value.of(21.4), Quality.GOOD);
        plcs.runTo(Plcs.MILLI);
        assertEquals(42, output(plcs));
    }

    @Test
    void aBadInputHoldsItsLastValue() throws Exception {
        var plcs = new Plcs(DOUBLING, List.of(), List.of(input(BadInput.hold()), OUTPUT));
        plcs.runTo(Plcs.MILLI);
        assertEquals(14, output(plcs), "nothing came yet: what the program declares");
        plcs.input("tank/level", Value.of(5L), Quality.UNCERTAIN);
        plcs.input("tank/level", Value.of(5L), Quality.GOOD);
        plcs.runTo(11 * Plcs.MILLI);
        plcs.input("tank/level", Value.missing(), Quality.BAD_TIMEOUT);
        plcs.runTo(21 * Plcs.MILLI);
        assertEquals(10, output(plcs));
        assertEquals(Quality.BAD_TIMEOUT, plcs.loaded.inputs().getFirst().quality());
    }

    @Test
    void aValueThatTheVariableCannotHoldIsBadAndDoesNotWrap() throws Exception {
        var plcs = new Plcs(DOUBLING, List.of(), List.of(input(BadInput.hold()), OUTPUT));
        plcs.input("tank/level", Value.of(40_000L), Quality.GOOD);
        plcs.runTo(Plcs.MILLI);
        assertEquals(14, output(plcs));
        assertEquals(Quality.BAD_OUT_OF_RANGE, plcs.loaded.inputs().getFirst().quality());
    }

    @Test
    void aBadInputIsSubstituted() throws Exception {
        var plcs = new Plcs(DOUBLING, List.of(), List.of(input(new BadInput.Substitute(Value.of(100L))), OUTPUT));
        plcs.input("tank/level", Value.missing(), Quality.BAD);
        plcs.runTo(Plcs.MILLI);
        assertEquals(200, output(plcs));
        plcs.input("tank/level", Value.of(1L), Quality.GOOD);
        plcs.runTo(11 * Plcs.MILLI);
        assertEquals(2, output(plcs));
    }

    @Test
    void anInputWithoutWhichNothingMayRunStopsThePlcWithSafeOutputs() throws Exception {
        var plcs = new Plcs(DOUBLING, List.of(), List.of(input(new BadInput.Stop()), OUTPUT));
        plcs.input("tank/level", Value.of(3L), Quality.GOOD);
        plcs.runTo(Plcs.MILLI);
        assertEquals(6, output(plcs));
        plcs.input("tank/level", Value.missing(), Quality.BAD_TIMEOUT);
        plcs.runTo(11 * Plcs.MILLI);
        assertEquals(Mode.FAULT, plcs.plc.mode());
        assertEquals(-1, output(plcs));
        String message = plcs.plc.fault().orElseThrow().message();
        assertTrue(message.contains("Main.x (tank/level) is BadTimeout"), message);
        Told told = plcs.plc.fault().orElseThrow().told();
        assertEquals("input-bad", told.code());
        assertEquals(Map.of("variable", "Main.x", "signal", "tank/level", "quality", "BadTimeout"), told.arguments());
    }

    @Test
    void aValueThatIsTooOldIsBad() throws Exception {
        var binding = new Binding.Input(
                "Main.x",
                SignalName.parse("tank/level"),
                new BadInput.Substitute(Value.of(0L)),
                Optional.of(Duration.ofMillis(50)));
        var plcs = new Plcs(DOUBLING, List.of(), List.of(binding, OUTPUT));
        plcs.input("tank/level", Value.of(4L), Quality.GOOD);
        plcs.runTo(51 * Plcs.MILLI);
        assertEquals(8, output(plcs));
        plcs.runTo(61 * Plcs.MILLI);
        assertEquals(0, output(plcs));
    }

    @Test
    void aTrapStopsThePlcAndTellsTheLine() throws Exception {
        var plcs = new Plcs("""
                PROGRAM Main
                VAR n : INT := 3; y : INT := 5; END_VAR
                n := n - 1;
                y := 10 / n;
                END_PROGRAM
                """, List.of(), List.of(OUTPUT));
        plcs.runTo(100 * Plcs.MILLI);
        assertEquals(Mode.FAULT, plcs.plc.mode());
        Fault fault = plcs.plc.fault().orElseThrow();
        assertEquals(3, fault.scan());
        assertEquals(4, fault.stack().getFirst().line());
        assertEquals("trap-division-by-zero", fault.told().code());
        assertEquals(fault.stack().getFirst() + ": a whole number was divided by zero", fault.message());
        assertEquals(-1, output(plcs));
    }

    @Test
    void itRunsAgainAfterAFaultWhenItIsTold() throws Exception {
        var plcs = new Plcs(DOUBLING, List.of(), List.of(input(new BadInput.Stop()), OUTPUT));
        plcs.runTo(Plcs.MILLI);
        assertEquals(Mode.FAULT, plcs.plc.mode());
        plcs.input("tank/level", Value.of(3L), Quality.GOOD);
        plcs.plc.enter(Mode.RUNNING);
        plcs.runTo(11 * Plcs.MILLI);
        assertEquals(6, output(plcs));
        assertTrue(plcs.plc.fault().isEmpty());
    }

    @Test
    void scansThatWereMissedAreCountedAndNotCaughtUp() throws Exception {
        var plcs = new Plcs(COUNTING);
        plcs.runTo(20 * Plcs.MILLI - 1);
        // Something else holds the machine up from 19.999 to 57 ms: the scans of 20 … 50 ms are one.
        plcs.pace.await(57 * Plcs.MILLI);
        plcs.runTo(100 * Plcs.MILLI - 1);
        // 0, 10, 57, 60, 70, 80, 90
        assertEquals(7, plcs.number("Count.n"));
        var tasks = plcs.plc.tasks();
        plcs.plc.step(plcs.pace.nowNanos());
        var task = tasks.get().getFirst();
        assertEquals(3, task.skipped(), "30, 40, 50");
        var lateness = task.timing()
                .figures(Timing.Kind.LATENESS, plcs.pace.nowNanos())
                .sinceStart();
        assertEquals(37 * Plcs.MILLI, lateness.getMaxValue(), 37 * Plcs.MILLI / 1000.0);
    }

    @Test
    void whatIsForcedWinsOverInputsLogicAndOutputs() throws Exception {
        var plcs = new Plcs(DOUBLING, List.of(), List.of(input(BadInput.hold()), OUTPUT));
        plcs.input("tank/level", Value.of(3L), Quality.GOOD);
        plcs.plc.force("Main.x", new Whole(50), PreparedForces.NONE);
        plcs.runTo(11 * Plcs.MILLI);
        assertEquals(100, output(plcs));
        plcs.plc.force("Main.y", new Whole(9), PreparedForces.NONE);
        plcs.runTo(21 * Plcs.MILLI);
        assertEquals(9, output(plcs));
        plcs.plc.release("Main.x", PreparedForces.NONE);
        plcs.plc.release("Main.y", PreparedForces.NONE);
        plcs.runTo(31 * Plcs.MILLI);
        assertEquals(6, output(plcs));
    }

    @Test
    void anotherProgramGoesOnInStep() throws Exception {
        var plcs = new Plcs(COUNTING);
        plcs.runTo(15 * Plcs.MILLI);
        Loaded next = plcs.load(plcs.project);
        next.state().put(plcs.loaded.state().take());
        plcs.plc.load(next);
        plcs.runTo(35 * Plcs.MILLI);
        // 0, 10 before; 20, 30 after
        assertEquals(new Whole(4), next.run().slot("Count.n").orElseThrow().value());
        assertEquals(
                new Whole(30 * Plcs.MILLI),
                next.run().slot("Count.t").orElseThrow().value());
    }

    @Test
    void namesThatThereAreNotAreToldOf() throws Exception {
        var wrong = new Binding.Input("Main.z", SignalName.parse("a/b"), BadInput.hold(), Optional.empty());
        var error = assertThrows(ProjectError.class, () -> new Plcs(DOUBLING, List.of(), List.of(wrong)));
        assertTrue(String.valueOf(error.getMessage()).contains("Main.z"));
        var task = assertThrows(
                ProjectError.class, () -> new Plcs(DOUBLING, List.of(every(1, "t", 0, "Mian")), List.of()));
        assertTrue(String.valueOf(task.getMessage()).contains("there is Main"), task.getMessage());
    }
}
