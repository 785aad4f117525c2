package io.millwright.iec61131;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millwright.iec61131.interpret.InterpretBackend;
import io.millwright.iec61131.ir.Program;
import io.millwright.iec61131.jvm.JvmBackend;
import io.millwright.iec61131.machine.Backend;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.syntax.Dialect;
import io.millwright.iec61131.type.Value;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// States that are taken, put back and compared.
class StateTest {
    /// Everything that keeps something: edges, timers, texts, arrays, unions, addresses, charts, instances in
    /// arrays.
    private static final String TEXT = """
            TYPE Both : UNION w : WORD; b : ARRAY[0..1] OF BYTE; END_UNION; END_TYPE
            FUNCTION_BLOCK Edge
            VAR_INPUT i : BOOL R_EDGE; END_VAR
            VAR n : INT; END_VAR
            IF i THEN n := n + 1; END_IF
            END_FUNCTION_BLOCK
            PROGRAM P
            VAR
              k : DINT; s : STRING[20]; w : WSTRING; a : ARRAY[1..3, 0..1] OF LREAL; both : Both;
              t : TON; c : ARRAY[0..2] OF CTU; q AT %QW4 : WORD; m AT %MD2 : REAL; e : Edge; h : LREAL;
            END_VAR
            k := k + 1;
            s := CONCAT(TO_STRING(k), s);
            w := CONCAT(w, "z");
            a[k MOD 3 + 1, k MOD 2] := a[k MOD 3 + 1, k MOD 2] + SIN(TO_LREAL(k));
            both.w := both.w + 3;
            t(IN := k MOD 20 > 4, PT := T#35ms);
            c[k MOD 3](CU := k MOD 5 < 2, PV := 4);
            q := TO_WORD(k) XOR both.b[0];
            m := m * 0.5 + TO_REAL(k);
            e(i := k MOD 4 = 1);
            h := h + TO_LREAL(TIME_TO_LINT(t.ET)) + e.n + TO_LREAL(c[1].CV);
            END_PROGRAM
            """;

    static List<Backend> backends() {
        return List.of(new JvmBackend(), new InterpretBackend());
    }

    private static Program program() {
        var checked = Compiler.compile(List.of(new Source("state.st", TEXT)), Dialect.COMMON);
        assertEquals(List.of(), checked.diagnostics());
        return Objects.requireNonNull(checked.program());
    }

    private static void scan(Run run, int times) {
        for (int i = 0; i < times; i++) {
            run.scan(run.instance("P").orElseThrow(), 10_000_000);
        }
    }

    private static long[] hashes(Run run, State state, int scans) {
        return LongStream.range(0, scans)
                .map(_ -> {
                    scan(run, 1);
                    return state.hash();
                })
                .toArray();
    }

    @ParameterizedTest
    @MethodSource("backends")
    void aRunThatIsGivenAStateGoesOnLikeTheOneItIsOf(Backend backend) {
        Program program = program();
        Run one = Run.start(program, backend);
        scan(one, 50);
        State state = one.state();
        State.Snapshot snapshot = state.take();
        long[] expected = hashes(one, state, 100);

        Run other = Run.start(program, backend);
        scan(other, 7);
        State its = other.state();
        its.put(snapshot);
        assertArrayEquals(expected, hashes(other, its, 100));
        for (int i = 0; i < state.slots().size(); i++) {
            assertEquals(state.slots().get(i).value(), its.slots().get(i).value());
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void everyVariableCounts(Backend backend) {
        Run run = Run.start(program(), backend);
        scan(run, 5);
        State state = run.state();
        for (var slot : state.slots()) {
            long before = state.hash();
            Value value = slot.value();
            slot.set(
                    switch (value) {
                        case Value.Truth(boolean truth) -> new Value.Truth(!truth);
                        case Value.Whole(long whole) -> new Value.Whole(whole + 1);
                        case Value.Real(double real) -> new Value.Real(real + 1);
                        default -> new Value.Text("other");
                    });
            assertNotEquals(before, state.hash(), slot.name());
            slot.set(value);
            assertEquals(before, state.hash(), slot.name());
        }
    }

    /// A pointer puts a byte behind the end of a text; later a text is put before it, by which it becomes a part
    /// of it.
    @ParameterizedTest
    @MethodSource("backends")
    void whatLiesBehindTheEndOfATextCounts(Backend backend) {
        var checked = Compiler.compile(List.of(new Source("b.st", """
            FUNCTION Put : BOOL
            VAR_IN_OUT s : STRING[8]; END_VAR VAR_INPUT at : INT; b : BYTE; END_VAR
            VAR p : POINTER TO BYTE; END_VAR
            p := ADR(s); p[at] := b;
            END_FUNCTION
            PROGRAM P
            VAR n : INT; s : STRING[8] := 'ab'; seen : STRING[8]; END_VAR
            n := n + 1;
            IF n = 1 THEN Put(s, 3, 68); ELSIF n = 3 THEN Put(s, 2, 67); END_IF
            seen := s;
            END_PROGRAM
            """)), Dialect.COMMON);
        Program program = Objects.requireNonNull(checked.program(), checked.diagnostics()::toString);
        Run one = Run.start(program, backend);
        State state = one.state();
        scan(one, 1);
        State.Snapshot snapshot = state.take();
        var room = state.room();
        room.take();
        assertEquals(state.hash(), room.hash());
        assertEquals(List.of("\0D"), List.copyOf(snapshot.behind().values()));

        Run plain = Run.start(program, backend);
        State its = plain.state();
        its.put(new State.Snapshot(
                snapshot.bits(),
                snapshot.texts(),
                Map.of(),
                snapshot.inputs(),
                snapshot.outputs(),
                snapshot.memory(),
                snapshot.nowNanos()));
        assertNotEquals(state.hash(), its.hash());

        Run other = Run.start(program, backend);
        other.state().put(snapshot);
        assertEquals(state.hash(), other.state().hash());
        scan(other, 2);
        assertEquals(new Value.Text("abCD"), other.read(other.find("P.seen").orElseThrow()));
    }

    private static final List<String> WAYS_INTO_THE_IMAGE = List.of(
            "PROGRAM P %QW4 := %QW4 + 1; END_PROGRAM",
            "PROGRAM P %QX0.3 := NOT %QX0.3; END_PROGRAM",
            "PROGRAM P %MW2.%X5 := NOT %MW2.%X5; END_PROGRAM",
            "PROGRAM P VAR m AT %MD2 : REAL; END_VAR m := m + 1.0; END_PROGRAM",
            "PROGRAM P VAR a AT %MB8 : ARRAY[0..3] OF INT; END_VAR a[2] := a[2] + 1; END_PROGRAM",
            """
            FUNCTION F VAR_INPUT i : WORD; END_VAR VAR_OUTPUT o : WORD; END_VAR o := i + 1; END_FUNCTION
            PROGRAM P F(i := %QW2, o => %QW2); END_PROGRAM
            """,
            """
            FUNCTION F VAR_IN_OUT io : WORD; END_VAR io := io + 1; END_FUNCTION
            PROGRAM P VAR q AT %QW2 : WORD; END_VAR F(io := q); END_PROGRAM
            """);

    /// Programs that change nothing but the process image, each in another way.
    @ParameterizedTest
    @MethodSource("backends")
    void theProcessImageCountsWhoeverWritesIt(Backend backend) {
        for (String text : WAYS_INTO_THE_IMAGE) {
            Run run = Run.start(compiled(text), backend);
            scan(run, 1);
            long before = run.state().hash();
            scan(run, 1);
            assertNotEquals(before, run.state().hash(), text);
        }
        Program none = compiled("PROGRAM P VAR k : INT; END_VAR k := 1; END_PROGRAM");
        Run run = Run.start(none, backend);
        scan(run, 1);
        State state = run.state();
        long empty = state.hash();
        run.slot("%MW6").orElseThrow().set(new Value.Whole(7));
        assertNotEquals(empty, state.hash());
        Run other = Run.start(none, backend);
        State put = other.state();
        put.put(state.take());
        assertEquals(state.hash(), put.hash());
        assertNotEquals(empty, put.hash());
    }

    /// Room that was taken while the image was empty takes it once somebody has reached any of its areas.
    @ParameterizedTest
    @MethodSource("backends")
    void anImageIsTakenFromWhenSomebodyReachesIt(Backend backend) {
        Program none = compiled("PROGRAM P VAR k : INT; END_VAR k := 1; END_PROGRAM");
        for (String address : List.of("%IB3", "%QB3", "%MB3")) {
            Run run = Run.start(none, backend);
            State.Room room = run.state().room();
            room.take();
            assertEquals(run.state().hash(), room.hash());
            run.slot(address).orElseThrow().set(new Value.Whole(7));
            room.take();
            assertEquals(run.state().hash(), room.hash());
            Run other = Run.start(none, backend);
            State.Room taken = other.state().room();
            other.state().put(room.snapshot());
            taken.take();
            State.Snapshot snapshot = taken.snapshot();
            byte[] area = switch (address.charAt(1)) {
                case 'I' -> snapshot.inputs();
                case 'Q' -> snapshot.outputs();
                default -> snapshot.memory();
            };
            assertEquals(7, area[3], address);
        }
    }

    private static Program compiled(String text) {
        var checked = Compiler.compile(List.of(new Source("image.st", text)), Dialect.COMMON);
        assertEquals(
                List.of(),
                checked.diagnostics().stream().filter(d -> d.isError()).toList());
        return Objects.requireNonNull(checked.program());
    }

    @ParameterizedTest
    @MethodSource("backends")
    void theStateOfAnotherProgramIsRefused(Backend backend) {
        Run one = Run.start(program(), backend);
        var checked = Compiler.compile(
                List.of(new Source("o.st", "PROGRAM P VAR x : INT; END_VAR x := x + 1; END_PROGRAM")), Dialect.COMMON);
        Run other = Run.start(Objects.requireNonNull(checked.program()), backend);
        var snapshot = one.state().take();
        assertThrows(IllegalArgumentException.class, () -> other.state().put(snapshot));
    }

    /// A class of the Java virtual machine has 65 535 constants; here there are more variables than one can
    /// name.
    @ParameterizedTest
    @MethodSource("backends")
    void moreVariablesThanOneClassCanName(Backend backend) {
        var text = new StringBuilder("VAR_GLOBAL\n");
        IntStream.range(0, 13_000).forEach(i -> text.append("g%d : LREAL := %d.5;%n".formatted(i, i)));
        text.append("END_VAR\nPROGRAM P VAR\n");
        IntStream.range(0, 6_000).forEach(i -> text.append("x%d : DINT := %d;%n".formatted(i, 100_000 + i)));
        text.append("END_VAR\ng12999 := g0 + x0; x5999 := x5998 + 1;\nEND_PROGRAM\n");
        var checked = Compiler.compile(List.of(new Source("many.st", text.toString())), Dialect.COMMON);
        assertEquals(List.of(), checked.diagnostics());
        Run run = Run.start(Objects.requireNonNull(checked.program()), backend);
        State state = run.state();
        assertEquals(19_000, state.slots().size());
        State.Snapshot before = state.take();
        scan(run, 1);
        assertEquals(new Value.Real(100_000.5), run.read(run.find("g12999").orElseThrow()));
        assertEquals(new Value.Whole(105_999), run.read(run.find("P.x5999").orElseThrow()));
        state.put(before);
        assertEquals(new Value.Real(12_999.5), run.read(run.find("g12999").orElseThrow()));
    }

    @Test
    void tooManyVariablesAreAMistake() {
        var text = new StringBuilder("PROGRAM P VAR\n");
        IntStream.range(0, 60_001).forEach(i -> text.append("x%d : BOOL;%n".formatted(i)));
        text.append("END_VAR\nx0 := x1;\nEND_PROGRAM\n");
        var checked = Compiler.compile(List.of(new Source("many.st", text.toString())), Dialect.COMMON);
        assertEquals(
                List.of("E579"),
                checked.diagnostics().stream().map(d -> d.code()).toList());
        assertEquals(60_002, checked.diagnostics().getFirst().span().line());
    }
}
