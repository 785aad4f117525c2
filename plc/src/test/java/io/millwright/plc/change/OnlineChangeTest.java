package io.millwright.plc.change;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.iec61131.machine.PreparedForces;
import io.millwright.iec61131.type.Value;
import io.millwright.model.BadInput;
import io.millwright.model.Quality;
import io.millwright.model.SignalName;
import io.millwright.plc.Mode;
import io.millwright.plc.change.Finding.Kind;
import io.millwright.plc.image.Binding;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Online change of a PLC in virtual time: shadow, swap, trial and roll back.
@Timeout(60)
class OnlineChangeTest {
    private static final SignalName VALVE = SignalName.parse("tank/valve");
    private static final List<Binding> BINDINGS = List.of(
            new Binding.Input("Main.level", SignalName.parse("tank/level"), BadInput.hold(), Optional.empty()),
            new Binding.Output("Main.valve", VALVE, Optional.of(io.millwright.model.Value.of(0L))));

    private static final String TANK = """
            PROGRAM Main
            VAR level : INT; valve : DINT; n : DINT; %s END_VAR
            n := n + 1;
            %s
            valve := n + level;
            END_PROGRAM
            """;

    private static String tank(String variables, String statements) {
        return TANK.formatted(variables, statements);
    }

    private static ChangeLimits limits(int shadow, int trial, double difference) {
        return new ChangeLimits(shadow, trial, 0, 2, difference);
    }

    /// The output goes on counting by one per scan, over the swap.
    @Test
    void anAdditionDoesNotBumpTheOutput() throws Exception {
        var rig = new Rig(tank("", ""), BINDINGS);
        rig.scan(5);
        OnlineChange change = rig.prepare(tank("more : LINT := 7;", "more := more + 1;"), limits(20, 10, 0));
        assertInstanceOf(Progress.Swapped.class, rig.apply(change));
        long before = rig.output(VALVE);
        rig.scan(1);
        assertEquals(before + 1, rig.output(VALVE));
        // 7 when the swap was made, not what it had in shadow.
        assertEquals(
                7 + rig.sinceSwap(),
                change.next().run().slot("Main.more").orElseThrow().bits());
        rig.scan(10);
        assertInstanceOf(Progress.Settled.class, change.progress());
        assertEquals(before + 11, rig.output(VALVE));
    }

    @Test
    void differencesOfOutputsAskForConsent() throws Exception {
        var rig = new Rig(tank("", ""), BINDINGS);
        OnlineChange change = rig.prepare(tank("", "level := level + 5;"), limits(20, 10, Double.POSITIVE_INFINITY));
        var waiting = assertInstanceOf(Progress.Waiting.class, rig.apply(change));
        assertEquals(OnlineChange.OUTPUTS, waiting.open().getFirst().subject());
        ShadowReport.Difference difference =
                change.shadow().orElseThrow().differences().getFirst();
        assertEquals(1, difference.firstScan());
        assertEquals(20, difference.scans());
        assertEquals(5, difference.most());
        change.accept(Set.of(OnlineChange.OUTPUTS));
        assertInstanceOf(Progress.Swapped.class, rig.apply(change));
    }

    @Test
    void aTrapInShadowRefusesTheChange() throws Exception {
        var rig = new Rig(tank("", ""), BINDINGS);
        OnlineChange change = rig.prepare(tank("z : INT;", "z := 1 / (level * 0);"), limits(20, 10, 0));
        var refused = assertInstanceOf(Progress.Refused.class, rig.apply(change));
        String message = refused.reasons().getFirst().message();
        assertTrue(message.startsWith("in shadow, in scan 1: "), message);
        assertTrue(message.contains("Main"), message);
        assertEquals(Mode.RUNNING, rig.plc.mode());
    }

    /// The scans go on meanwhile.
    @Test
    void anEndlessLoopInShadowRefusesTheChange() throws Exception {
        var rig = new Rig(tank("", ""), BINDINGS);
        OnlineChange change = rig.prepare(tank("z : INT;", "WHILE z = 0 DO n := n; END_WHILE"), limits(20, 10, 0));
        var refused = assertInstanceOf(Progress.Refused.class, rig.apply(change));
        assertTrue(refused.reasons().getFirst().message().contains("does not end"));
        long before = rig.output(VALVE);
        rig.scan(3);
        assertEquals(before + 3, rig.output(VALVE));
    }

    /// Memory runs out in the thread of the program in shadow, at its third question for the time.
    @Test
    void anErrorOfTheVirtualMachineInShadowRefusesTheChange() throws Exception {
        var rig = new Rig(tank("", ""), BINDINGS);
        var asked = new AtomicInteger();
        OnlineChange change = rig.prepare(tank("z : INT;", "z := z + 1;"), limits(20, 10, 0), () -> {
            boolean inShadow = StackWalker.getInstance()
                    .walk(s -> s.anyMatch(f -> f.getMethodName().equals("follow")));
            if (inShadow && asked.incrementAndGet() == 3) {
                throw new OutOfMemoryError("for this test");
            }
            return System.nanoTime();
        });
        var refused = assertInstanceOf(Progress.Refused.class, rig.apply(change));
        assertTrue(refused.reasons().getFirst().message().contains("for this test"));
        long before = rig.output(VALVE);
        rig.scan(3);
        assertEquals(before + 3, rig.output(VALVE));
    }

    /// The scan that trapped is done by the old program: nothing is missing in the output.
    @Test
    void aTrapOnTrialBringsTheOldProgramBackInTheSameScan() throws Exception {
        var rig = new Rig(tank("", ""), BINDINGS);
        rig.scan(5);
        OnlineChange change = rig.prepare(
                tank("z : INT; s : DINT;", "s := s + 1; IF s = 30 THEN n := 0; z := 1 / z; END_IF"),
                limits(5, 100, Double.POSITIVE_INFINITY));
        assertInstanceOf(Progress.Swapped.class, rig.apply(change));
        long before = rig.output(VALVE);
        for (int i = 1; i <= 50; i++) {
            rig.scan(1);
            assertEquals(before + i, rig.output(VALVE));
        }
        var back = assertInstanceOf(Progress.RolledBack.class, change.progress());
        assertTrue(back.reason().contains("Main"), back.reason());
        assertEquals(Mode.RUNNING, rig.plc.mode());
        assertEquals(rig.loaded, rig.running());
    }

    @Test
    void divergenceOnTrialBringsTheOldProgramBack() throws Exception {
        var rig = new Rig(tank("", ""), BINDINGS);
        OnlineChange change = rig.prepare(
                tank("s : DINT;", "s := s + 1; IF s > 30 THEN n := n + 1000; END_IF"), limits(5, 100_000, 10));
        assertInstanceOf(Progress.Swapped.class, rig.apply(change));
        rig.scanUntil(() -> change.progress() instanceof Progress.RolledBack);
        var back = (Progress.RolledBack) change.progress();
        assertTrue(back.reason().contains("tank/valve differs"), back.reason());
        assertEquals(rig.loaded, rig.running());
    }

    @Test
    void whoSwappedCanRollBackAndKeepsWhatBothKnow() throws Exception {
        var rig = new Rig(tank("", ""), BINDINGS);
        OnlineChange change = rig.prepare(tank("more : LINT;", ""), limits(0, 5, 0));
        assertInstanceOf(Progress.Swapped.class, rig.apply(change));
        rig.scan(10);
        long before = rig.output(VALVE);
        var asked = change.rollBack("on request");
        rig.scan(1);
        assertTrue(asked.join());
        assertEquals(before + 1, rig.output(VALVE));
        assertEquals(rig.loaded, rig.running());
    }

    @Test
    void aRemovedVariableWaitsForConsent() throws Exception {
        var rig = new Rig(tank("used : INT := 3;", "used := used;"), BINDINGS);
        OnlineChange change = rig.prepare(tank("", ""), limits(5, 5, 0));
        var waiting = assertInstanceOf(Progress.Waiting.class, rig.apply(change));
        assertEquals(Kind.REMOVED, waiting.open().getFirst().kind());
        assertTrue(waiting.open().getFirst().toString().contains("Main.used"));
        change.accept(Set.of("Main.used"));
        assertInstanceOf(Progress.Swapped.class, rig.apply(change));
    }

    @Test
    void whatIsForcedStaysForced() throws Exception {
        var rig = new Rig(tank("", ""), BINDINGS);
        rig.plc.force("Main.n", new Value.Whole(100), PreparedForces.NONE);
        rig.scan(2);
        OnlineChange change = rig.prepare(tank("more : INT;", ""), limits(10, 5, 0));
        assertInstanceOf(Progress.Swapped.class, rig.apply(change));
        rig.scan(3);
        assertEquals(100, rig.output(VALVE));
        rig.plc.release("Main.n", PreparedForces.NONE);
        rig.scan(2);
        assertEquals(102, rig.output(VALVE));
    }

    /// A signal that is bad is held at the last good value, also by a program that never saw the good one.
    @Test
    void aHeldInputIsHeldOverTheSwap() throws Exception {
        var rig = new Rig(tank("", ""), BINDINGS);
        rig.input("tank/level", io.millwright.model.Value.of(500L), Quality.GOOD);
        rig.scan(3);
        rig.input("tank/level", io.millwright.model.Value.of(0L), Quality.BAD);
        rig.scan(3);
        OnlineChange change = rig.prepare(tank("more : INT;", ""), limits(10, 5, 0));
        assertInstanceOf(Progress.Swapped.class, rig.apply(change));
        long before = rig.output(VALVE);
        rig.scan(1);
        assertEquals(before + 1, rig.output(VALVE));
    }

    @Test
    void writesMeanwhileAreFollowedInShadow() throws Exception {
        var rig = new Rig(tank("", ""), BINDINGS);
        OnlineChange change = rig.prepare(tank("more : INT;", ""), limits(200, 5, 0));
        rig.during(100, () -> rig.plc.write("Main.n", new Value.Whole(5000)));
        assertInstanceOf(Progress.Swapped.class, rig.apply(change));
    }
}
