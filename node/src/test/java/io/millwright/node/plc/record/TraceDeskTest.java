package io.millwright.node.plc.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.iec61131.Compiler;
import io.millwright.iec61131.jvm.JvmBackend;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.syntax.Dialect;
import io.millwright.node.plc.record.TraceDesk.TakenView;
import io.millwright.node.plc.record.TraceDesk.TraceRequest;
import io.millwright.plc.Loaded;
import io.millwright.plc.Mode;
import io.millwright.plc.Project;
import io.millwright.plc.VirtualPlc;
import io.millwright.plc.image.SignalTable;
import io.millwright.plc.pace.RealPace;
import io.millwright.plc.trace.Trigger;
import io.millwright.testkit.Await;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Traces of a PLC that runs, as people ask for them.
@Timeout(60)
class TraceDeskTest {
    private static final String TEXT = """
            TYPE Colour : (red, green, blue); END_TYPE
            VAR_GLOBAL huge : ARRAY[1..200000] OF LREAL; END_VAR
            PROGRAM P
            VAR n : DINT; on : BOOL; c : Colour; t : TIME; w : WORD; name : STRING; END_VAR
            VAR grid : ARRAY[0..1, 0..1] OF INT; END_VAR
            n := n + 1; on := n MOD 10 >= 5;
            END_PROGRAM
            """;

    private final AtomicLong clock = new AtomicLong();
    private final Loaded loaded = load();
    private final VirtualPlc plc = new VirtualPlc(new RealPace(0), loaded);
    private final TraceDesk desk = new TraceDesk(plc, clock::get);

    private static Loaded load() {
        try {
            var project = new Project("p", List.of(new Source("p.st", TEXT)), Dialect.COMMON, List.of(), List.of());
            var checked = Compiler.compile(project.sources(), project.dialect());
            return Loaded.of(project, Objects.requireNonNull(checked.program()), new SignalTable(), new JvmBackend());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @BeforeEach
    void run() {
        Thread.ofPlatform().daemon().start(plc::serve);
        plc.enter(Mode.RUNNING).join();
    }

    @AfterEach
    void end() {
        plc.close();
    }

    private static TraceRequest request(String path, String trigger, int pre, double seconds) {
        return new TraceRequest(List.of(path), trigger, pre, seconds);
    }

    private TakenView ready(String id) {
        Await.until("the trace is ready", () -> desk.view(id).state().equals("ready"));
        return desk.view(id);
    }

    /// A long trace is not waited for when there is nothing more to come.
    @Test
    void aTraceHasWhatWasTakenWhenThePlcStops() {
        TakenView begun = desk.begin(request("P.n", "P.n > 0", 0, 600));
        Await.until("it fires", () -> desk.view(begun.id()).state().equals("taking"));
        plc.enter(Mode.STOPPED).join();
        var trace = Objects.requireNonNull(ready(begun.id()).trace());
        assertTrue(trace.scans().length > 0 && trace.scans().length < 60_000, "" + trace.scans().length);
        assertEquals(trace.scans().length, trace.values().get("P.n").size());
    }

    /// As a debugger and a replay read them; what is compared stands in the notation of the language.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "P.n > 3 | ABOVE | 3",
                "P.n<3.5 | BELOW | 3.5",
                "P.n >= -3e1 | AT_LEAST | -30",
                "P.n <= 16#FF | AT_MOST | 255",
                "P.w = 2#101 | EQUAL | 5",
                "P.n <> 3 | OTHER | 3",
                "P.c = blue | EQUAL | 2",
                "P.t > T#20ms | ABOVE | 20000000",
                "P.n rises 7 | RISING | 7",
                "P.n FALLS 7 | FALLING | 7",
                "P.on rises | RISING | 0",
                "P.on falls | FALLING | 1",
                "P.on | EQUAL | 1",
                "not P.on | EQUAL | 0",
                "P.on = FALSE | EQUAL | 0",
                "P.grid[1, 0] > 1 | ABOVE | 1",
                "P.grid[1,0] changes | CHANGE | 0"
            })
    void triggersAreRead(String text, Trigger.Kind kind, double level) {
        assertEquals(new Trigger(0, kind, level), Triggers.read(loaded, text, new ArrayList<>()));
    }

    private String refused(TraceRequest request) {
        return assertThrows(IllegalArgumentException.class, () -> desk.begin(request))
                .getMessage();
    }

    /// Each says what would be right.
    @Test
    void whatCannotBeTracedIsSaid() {
        assertTrue(refused(request("P.n", "", 0, 0)).contains("not 0.0 s; write e.g. 2s"));
        assertTrue(refused(request("P.n", "", -1, 1)).contains("0 or more, not -1"));
        // 1 000 000 values of number, time and variable: 333 333 scans of 10 ms.
        assertTrue(refused(request("P.n", "", 0, 1e7)).contains("1 variable has up to 333333 scans"));
        assertTrue(refused(request("huge", "", 0, 1)).contains("name a part of it"));
        assertTrue(refused(request("P.name", "", 0, 1)).contains("is a text"));
        assertTrue(refused(request("P.none", "", 0, 1)).contains("there is no variable P.none"));
        assertTrue(refused(request("P.n", "P.n", 0, 1)).contains("so write e.g. P.n > 3"));
        assertTrue(refused(request("P.n", "P.n rises", 0, 1)).contains("so write e.g. P.n > 3"));
        assertTrue(refused(request("P.n", "P.none > 1", 0, 1)).contains("has no variable P.none"));
        assertTrue(refused(request("P.n", "P.n > many", 0, 1)).contains("many is no value of DINT"));
        assertTrue(refused(request("P.n", "P.c = pink", 0, 1)).contains("write one of red, green, blue"));
    }

    /// Traces that nobody asks for must not take the memory of the PLC, nor keep others from theirs.
    @Test
    void whatIsGivenUpMakesRoomForOthers() {
        var half = request("P.n", "P.n < 0", 0, 3333);
        String first = desk.begin(half).id();
        String second = desk.begin(half).id();
        assertTrue(refused(half).contains("there is room for"), "two traces of a million values are all");
        desk.end(first);
        String third = desk.begin(half).id();
        clock.addAndGet(121_000_000_000L);
        desk.forgetIdle();
        for (String id : List.of(second, third)) {
            assertThrows(IllegalArgumentException.class, () -> desk.view(id));
        }
        desk.begin(half);
    }

    @Test
    void aVariableIsTracedOnceHoweverOftenItIsNamed() {
        TakenView view =
                desk.begin(new TraceRequest(List.of("P.grid", "P.grid[1,1]", "P.n", "P.n"), "P.n > 0", 0, 0.1));
        assertEquals(List.of("P.grid[0,0]", "P.grid[0,1]", "P.grid[1,0]", "P.grid[1,1]", "P.n"), view.paths());
    }
}
