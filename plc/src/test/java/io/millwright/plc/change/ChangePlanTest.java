package io.millwright.plc.change;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.iec61131.Compiler;
import io.millwright.iec61131.jvm.JvmBackend;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.syntax.Dialect;
import io.millwright.iec61131.type.Value;
import io.millwright.model.SignalName;
import io.millwright.plc.Loaded;
import io.millwright.plc.Project;
import io.millwright.plc.ProjectError;
import io.millwright.plc.TaskSetting;
import io.millwright.plc.change.Finding.Kind;
import io.millwright.plc.change.Finding.Need;
import io.millwright.plc.image.Binding;
import io.millwright.plc.image.SignalTable;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What a plan says of two programs. Expected: which types hold every value of which others (IEC 61131-3:2013,
/// 6.4.2, Table 10), and which conversions are implicit (6.6.1.6, Figure 11).
class ChangePlanTest {
    private static final SignalTable SIGNALS = new SignalTable();

    static Loaded load(String text, List<TaskSetting> tasks, List<Binding> bindings) throws ProjectError {
        var project = new Project("test", List.of(new Source("t.st", text)), Dialect.COMMON, tasks, bindings);
        var checked = Compiler.compile(project.sources(), project.dialect());
        assertEquals(
                List.of(),
                checked.diagnostics().stream().filter(d -> d.isError()).toList());
        return Loaded.of(project, Objects.requireNonNull(checked.program()), SIGNALS, new JvmBackend());
    }

    static Loaded load(String text) throws ProjectError {
        return load(text, List.of(), List.of());
    }

    static ChangePlan plan(Loaded old, Loaded now, String... accepted) {
        return Planned.of(old, now, Set.of(accepted)).plan();
    }

    private static String program(String variables) {
        return "TYPE Mode : (Idle, Run, Fault); END_TYPE TYPE Pair : STRUCT a : INT; b : REAL; END_STRUCT END_TYPE\n"
                + "PROGRAM Main VAR " + variables + " END_VAR ; END_PROGRAM";
    }

    /// Declared before, declared now, what is to be said, what it needs.
    static Stream<Arguments> declarations() {
        return Stream.of(
                // Figure 11: implicit, so that every value is kept.
                Arguments.of("n : SINT;", "n : INT;", Kind.WIDENED, Need.NOTE),
                Arguments.of("n : INT;", "n : DINT;", Kind.WIDENED, Need.NOTE),
                Arguments.of("n : DINT;", "n : LINT;", Kind.WIDENED, Need.NOTE),
                Arguments.of("n : USINT;", "n : INT;", Kind.WIDENED, Need.NOTE),
                Arguments.of("n : UINT;", "n : DINT;", Kind.WIDENED, Need.NOTE),
                Arguments.of("n : UDINT;", "n : LINT;", Kind.WIDENED, Need.NOTE),
                Arguments.of("n : UINT;", "n : ULINT;", Kind.WIDENED, Need.NOTE),
                Arguments.of("n : INT;", "n : REAL;", Kind.WIDENED, Need.NOTE),
                Arguments.of("n : UINT;", "n : REAL;", Kind.WIDENED, Need.NOTE),
                Arguments.of("n : DINT;", "n : LREAL;", Kind.WIDENED, Need.NOTE),
                Arguments.of("n : REAL;", "n : LREAL;", Kind.WIDENED, Need.NOTE),
                Arguments.of("n : BYTE;", "n : WORD;", Kind.WIDENED, Need.NOTE),
                Arguments.of("n : BOOL;", "n : BYTE;", Kind.WIDENED, Need.NOTE),
                Arguments.of("n : TIME;", "n : LTIME;", Kind.WIDENED, Need.NOTE),
                Arguments.of("n : STRING[5];", "n : STRING[9];", Kind.WIDENED, Need.NOTE),
                // Not every value is one of the other type.
                Arguments.of("n : INT;", "n : SINT;", Kind.NARROWED, Need.CONSENT),
                Arguments.of("n : INT;", "n : UINT;", Kind.NARROWED, Need.CONSENT),
                Arguments.of("n : UINT;", "n : INT;", Kind.NARROWED, Need.CONSENT),
                Arguments.of("n : SINT;", "n : ULINT;", Kind.NARROWED, Need.CONSENT),
                Arguments.of("n : ULINT;", "n : LINT;", Kind.NARROWED, Need.CONSENT),
                Arguments.of("n : LREAL;", "n : REAL;", Kind.NARROWED, Need.CONSENT),
                Arguments.of("n : DINT;", "n : REAL;", Kind.NARROWED, Need.CONSENT),
                Arguments.of("n : LINT;", "n : LREAL;", Kind.NARROWED, Need.CONSENT),
                Arguments.of("n : REAL;", "n : INT;", Kind.NARROWED, Need.CONSENT),
                Arguments.of("n : WORD;", "n : BYTE;", Kind.NARROWED, Need.CONSENT),
                Arguments.of("n : WORD;", "n : UINT;", Kind.NARROWED, Need.CONSENT),
                Arguments.of("n : INT;", "n : INT(0..10);", Kind.NARROWED, Need.CONSENT),
                Arguments.of("n : INT(0..10);", "n : INT;", Kind.WIDENED, Need.NOTE),
                Arguments.of("n : STRING[9];", "n : STRING[5];", Kind.NARROWED, Need.CONSENT),
                Arguments.of("n : WSTRING[9];", "n : STRING[9];", Kind.NARROWED, Need.CONSENT),
                Arguments.of("n : Mode;", "n : INT;", Kind.NARROWED, Need.CONSENT),
                // The value means something else.
                Arguments.of("n : INT;", "n : TIME;", Kind.RESET, Need.CONSENT),
                Arguments.of("n : TIME;", "n : LREAL;", Kind.RESET, Need.CONSENT),
                Arguments.of("n : INT;", "n : STRING;", Kind.RESET, Need.CONSENT),
                Arguments.of("n : BOOL;", "n : REAL;", Kind.RESET, Need.CONSENT),
                Arguments.of("n : INT;", "n : Pair;", Kind.RESET, Need.CONSENT),
                Arguments.of("n : TON;", "n : TOF;", Kind.RESET, Need.CONSENT),
                Arguments.of("n : ARRAY[0..3] OF INT;", "n : ARRAY[0..1,0..1] OF INT;", Kind.RESET, Need.CONSENT),
                // Arrays.
                Arguments.of("n : ARRAY[0..3] OF INT;", "n : ARRAY[0..5] OF INT;", Kind.RESIZED, Need.NOTE),
                Arguments.of("n : ARRAY[0..3] OF INT;", "n : ARRAY[1..5] OF INT;", Kind.RESIZED, Need.CONSENT),
                // The rest.
                Arguments.of("n : INT;", "n : INT; m : INT;", Kind.ADDED, Need.NOTE),
                Arguments.of("n : INT; m : INT;", "n : INT;", Kind.REMOVED, Need.CONSENT),
                Arguments.of("n : INT;", "{was: n} m : INT;", Kind.RENAMED, Need.NOTE),
                Arguments.of("n : INT;", "m : INT;", Kind.RENAMED_PERHAPS, Need.CONSENT),
                Arguments.of("n : INT := 1;", "n : INT := 2;", Kind.INITIAL, Need.NOTE));
    }

    @ParameterizedTest(name = "{0} becomes {1}: {2}, {3}")
    @MethodSource("declarations")
    void aChangedDeclarationIsOneFinding(String before, String now, Kind kind, Need need) throws Exception {
        ChangePlan plan = plan(load(program(before)), load(program(now)));
        assertEquals(
                List.of(kind + " " + need),
                plan.findings().stream().map(f -> f.kind() + " " + f.need()).toList(),
                plan.findings().toString());
    }

    @Test
    void theSameTextCompiledTwiceIsNoChange() throws Exception {
        String text = program("n : INT; p : Pair; t : TON; m : Mode; l : ARRAY[0..2] OF Pair; s : STRING;");
        Loaded old = load(text);
        ChangePlan plan = plan(old, load(text));
        assertEquals(List.of(), plan.findings());
        assertEquals(
                old.state().slots().stream().map(s -> s.name()).sorted().toList(),
                plan.copies().stream().map(c -> c.from().name()).sorted().toList());
    }

    @Test
    void aRefusalSaysWhichVariableWouldLoseWhat() throws Exception {
        ChangePlan plan = plan(load(program("n : UINT := 40000;")), load(program("n : SINT;")));
        String message = plan.open().getFirst().toString();
        assertTrue(message.contains("Main.n := 40000 does not fit SINT"), message);
        assertTrue(message.endsWith("; say --accept Main.n"), message);
    }

    @Test
    void lostElementsAreNamedWithTheirValues() throws Exception {
        ChangePlan plan =
                plan(load(program("l : ARRAY[0..2] OF INT := [7, 8, 9];")), load(program("l : ARRAY[0..1] OF INT;")));
        String message = plan.open().getFirst().message();
        assertTrue(message.contains("it would lose [2] = 9"), message);
    }

    @Test
    void valuesOfAnEnumerationFollowTheirNames() throws Exception {
        String text = "TYPE Mode : (%s); END_TYPE PROGRAM Main VAR m : Mode := Run; END_VAR ; END_PROGRAM";
        Loaded old = load(text.formatted("Idle, Run, Fault"));
        Loaded now = load(text.formatted("Idle, Start, Run, Fault"));
        Planned planned = Planned.of(old, now, Set.of());
        assertEquals(Kind.RENUMBERED, planned.plan().findings().getFirst().kind());
        Migration migration = planned.migration(old, now);
        now.run().slot("Main.m").orElseThrow().set(0);
        migration.take();
        migration.put();
        assertEquals(2, now.run().slot("Main.m").orElseThrow().bits());
    }

    @Test
    void aGuessIsTakenWhenSomebodyConsents() throws Exception {
        Loaded old = load(program("level : REAL := 1.5; n : INT;"));
        Loaded now = load(program("height : REAL; n : INT;"));
        assertEquals(1, plan(old, now).open().size());
        ChangePlan renamed = plan(old, now, "Main.height");
        assertEquals(List.of(), renamed.open());
        assertTrue(renamed.copies().stream().anyMatch(c -> c.to().name().equals("Main.height")));
        ChangePlan dropped = plan(old, now, "main.LEVEL");
        assertEquals(List.of(), dropped.open());
        assertTrue(dropped.copies().stream().noneMatch(c -> c.to().name().equals("Main.height")));
    }

    @Test
    void aBoundOutputThatNothingTellsAnyMoreAsksForConsent() throws Exception {
        var binding = new Binding.Output("Main.n", SignalName.parse("tank/valve"), Optional.empty());
        Loaded old = load(program("n : INT := 5;"), List.of(), List.of(binding));
        ChangePlan plan = plan(old, load(program("n : INT;")));
        Finding open = plan.open().getFirst();
        assertEquals(Kind.BINDING, open.kind());
        assertEquals("tank/valve", open.subject());
        assertEquals("5", open.present());
    }

    @Test
    void aForceWithoutVariableAsksForConsent() throws Exception {
        Loaded old = load(program("n : INT; m : INT;"));
        old.run().force(old.run().slot("Main.m").orElseThrow(), new Value.Whole(9));
        List<Kind> kinds = plan(old, load(program("n : INT;"))).open().stream()
                .map(Finding::kind)
                .toList();
        assertEquals(List.of(Kind.REMOVED, Kind.FORCE), kinds);
    }

    @Test
    void tasksThatChangeAreToldAndNotAskedFor() throws Exception {
        String text = program("n : INT;");
        var fast = new TaskSetting("t", 10_000_000, Optional.empty(), 0, 0, List.of("Main"));
        var slow = new TaskSetting("t", 20_000_000, Optional.empty(), 0, 0, List.of("Main"));
        ChangePlan plan = plan(load(text, List.of(fast), List.of()), load(text, List.of(slow), List.of()));
        Finding finding = plan.findings().getFirst();
        assertEquals(Kind.TASK, finding.kind());
        assertEquals(Need.WARNING, finding.need());
        assertTrue(finding.message().contains("every 20.0 ms"), finding.message());
    }

    private static String chart(String steps) {
        return "PROGRAM Main VAR go : BOOL; END_VAR\n" + steps + "\nEND_PROGRAM";
    }

    /// A chart whose active step is gone would stand still for ever (6.7.5).
    @Test
    void anActiveStepMustNotGo() throws Exception {
        String two = """
                INITIAL_STEP One: END_STEP
                TRANSITION FROM One TO Two := go; END_TRANSITION
                STEP Two: END_STEP
                TRANSITION FROM Two TO One := go; END_TRANSITION
                """;
        String other = two.replace("One", "Other") + """
                TRANSITION FROM Two TO Three := go; END_TRANSITION
                STEP Three: END_STEP
                """;
        Loaded old = load(chart(two));
        old.run().scan(old.run().instance("Main").orElseThrow(), 10_000_000);
        ChangePlan plan = plan(old, load(chart(other)), "Main.One");
        assertEquals(
                List.of("Main.One"),
                plan.refusals().stream().map(Finding::subject).toList(),
                plan.findings().toString());
    }

    @Test
    void referencesAreFoundAgain() throws Exception {
        String text = """
                FUNCTION_BLOCK Pump VAR speed : INT; END_VAR speed := speed + 1; END_FUNCTION_BLOCK
                PROGRAM Main
                VAR %s a : INT; b : INT; list : ARRAY[0..3] OF INT; p : REF_TO INT; q : REF_TO INT; one : Pump;
                two : Pump; r : REF_TO Pump; started : BOOL; END_VAR
                IF NOT started THEN p := REF(b); q := REF(list[2]); r := REF(two); started := TRUE; END_IF
                p^ := p^ + 1; q^ := q^ + 1; r^();
                END_PROGRAM
                """;
        Loaded old = load(text.formatted(""));
        var main = old.run().instance("Main").orElseThrow();
        old.run().scan(main, 10_000_000);
        Loaded now = load(text.formatted("more : DINT;"));
        Planned planned = Planned.of(old, now, Set.of());
        assertEquals(List.of(), planned.plan().open());
        Migration migration = planned.migration(old, now);
        migration.take();
        migration.put();
        now.run().scan(now.run().instance("Main").orElseThrow(), 10_000_000);
        for (String path : List.of("Main.b", "Main.list[2]", "Main.two.speed")) {
            assertEquals(2, now.run().slot(path).orElseThrow().bits(), path);
        }
    }
}
