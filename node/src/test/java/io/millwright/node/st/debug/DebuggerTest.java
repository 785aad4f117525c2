package io.millwright.node.st.debug;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.eclipse.lsp4j.debug.Breakpoint;
import org.eclipse.lsp4j.debug.BreakpointLocation;
import org.eclipse.lsp4j.debug.BreakpointLocationsArguments;
import org.eclipse.lsp4j.debug.ExceptionInfoArguments;
import org.eclipse.lsp4j.debug.PauseArguments;
import org.eclipse.lsp4j.debug.SetExpressionArguments;
import org.eclipse.lsp4j.debug.SetVariableArguments;
import org.eclipse.lsp4j.debug.Source;
import org.eclipse.lsp4j.debug.StackFrame;
import org.eclipse.lsp4j.debug.StackTraceArguments;
import org.eclipse.lsp4j.debug.ValueFormat;
import org.eclipse.lsp4j.debug.Variable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A program is debugged over the protocol, byte for byte as an editor does.
class DebuggerTest {
    /// The line numbers that the tests speak of stand at the ends of the lines.
    private static final String PLANT = """
            TYPE Mode : (Idle, Filling, Full); END_TYPE
            TYPE Point : STRUCT x : INT; name : STRING[10]; END_STRUCT; END_TYPE
            FUNCTION Twice : INT
            VAR_INPUT n : INT; END_VAR
            Twice := n * 2; // 5
            END_FUNCTION
            FUNCTION_BLOCK Tank
            VAR_INPUT add : INT; END_VAR
            VAR_OUTPUT level : INT; END_VAR
            VAR mode : Mode; last : Point; END_VAR
            METHOD Grade : INT
            VAR_INPUT by : INT; END_VAR
            Grade := level / by; // 13
            END_METHOD
            level := level + Twice(add); // 15
            IF level > 5 THEN // 16
                mode := Filling; // 17
                last.name := 'more';
            END_IF;
            last.x := level; // 20
            END_FUNCTION_BLOCK
            VAR_GLOBAL
                limit : INT := 7;
                button AT %IX0.0 : BOOL;
                speed : REAL := 1.5;
            END_VAR
            PROGRAM main
            VAR
                vat : Tank;
                row : ARRAY[-1..1, 0..1] OF INT := [1, 2, 3, 4, 5, 6];
                many : ARRAY[1..500] OF DINT;
                place : REF_TO Tank;
                near : REF_TO INT;
                delay : TON;
                i, sum : INT;
            END_VAR
            place := REF(vat); // 37
            near := REF(limit); // 38
            vat(add := 1); // 39
            sum := 0; // 40
            FOR i := 1 TO 3 DO // 41
                sum := sum + i; // 42
            END_FOR;
            delay(IN := TRUE, PT := T#20ms); // 44
            printf('level %d$N', vat.level); // 45
            many[500] := vat.Grade(by := limit); // 46
            END_PROGRAM
            """;

    @TempDir
    private Path folder;

    private Path plant;

    @BeforeEach
    void write() throws Exception {
        plant = Files.writeString(folder.resolve("plant.st"), PLANT);
    }

    private Editor editor() throws Exception {
        return Editor.connected(plant);
    }

    private static List<String> names(StackFrame[] frames) {
        return Arrays.stream(frames).map(f -> f.getName() + ":" + f.getLine()).toList();
    }

    private static String shown(Map<String, Variable> variables, String name) {
        Variable variable = variables.get(name);
        return variable.getType() + " = " + variable.getValue();
    }

    @Test
    void breakpointsHoldItAndMoveToTheNextLineWhereSomethingIsDone() throws Exception {
        try (Editor editor = Editor.process(plant).launched()) {
            Breakpoint[] set = editor.breakAt(plant, Editor.at(20), Editor.at(28), Editor.at(900));
            assertTrue(set[0].isVerified());
            assertEquals(20, set[0].getLine());
            assertTrue(set[1].isVerified());
            assertEquals(37, set[1].getLine());
            assertFalse(set[2].isVerified());
            editor.run();
            editor.stopsAt(37, "breakpoint");
            editor.goOn();
            var stop = editor.stopped();
            assertEquals(List.of(set[0].getId()), List.of(stop.getHitBreakpointIds()));
            assertEquals(List.of("Tank:20", "main:39"), names(editor.frames()));
            assertEquals(plant.toString(), editor.frames()[1].getSource().getPath());
            editor.breakAt(plant);
            editor.goOn();
            assertEquals(0, editor.ends());
            assertEquals("stdout> level 2\nstdout> level 4\nstdout> level 6\n", editor.written());
        }
    }

    /// As for `mw plc run` nobody has to ask for it; its texts can be opened and have breakpoints.
    @Test
    void blocksOfTheControlLibraryAreThereAndSteppedInto() throws Exception {
        Path loop = Files.writeString(folder.resolve("loop.st"), """
                PROGRAM main
                VAR slow : FIRST_ORDER_FILTER := (T := 1.0); END_VAR
                slow(IN := 1.0); // 3
                END_PROGRAM
                """);
        try (Editor editor = Editor.connected(loop).launched()) {
            editor.breakAt(loop, Editor.at(3));
            editor.run();
            editor.stopsAt(3, "breakpoint");
            // As everywhere else, though the program has that name as well.
            assertEquals("1.0", editor.value("main.slow.T"));
            editor.in();
            editor.stopped();
            assertEquals("1.0", editor.value("Main.slow.T"));
            StackFrame inner = editor.frames()[0];
            assertEquals("FIRST_ORDER_FILTER", inner.getName());
            Path text = Path.of(inner.getSource().getPath());
            assertTrue(Files.readString(text).contains("FUNCTION_BLOCK FIRST_ORDER_FILTER"), text.toString());
            assertEquals("1.0", editor.value("IN"));
        }
    }

    @Test
    void linesThatCanHaveABreakpointAreTold() throws Exception {
        try (Editor editor = editor().launched()) {
            var arguments = new BreakpointLocationsArguments();
            var source = new Source();
            source.setPath(plant.toString());
            arguments.setSource(source);
            arguments.setLine(1);
            arguments.setEndLine(18);
            var found = Editor.answer(editor.server().breakpointLocations(arguments));
            assertEquals(
                    List.of(5, 13, 15, 16, 17, 18),
                    Arrays.stream(found.getBreakpoints())
                            .map(BreakpointLocation::getLine)
                            .toList());
        }
    }

    @Test
    void conditionsCountsAndLogPoints() throws Exception {
        try (Editor editor = editor().launched()) {
            Breakpoint[] set = editor.breakAt(
                    plant,
                    Editor.at(42, b -> b.setCondition("i = 2 AND vat.level > 2")),
                    Editor.at(15, b -> b.setLogMessage("adds {add} to {level}, {nothing}")),
                    Editor.at(44, b -> b.setHitCondition("3")),
                    Editor.at(45, b -> b.setCondition("vat")),
                    Editor.at(46, b -> b.setHitCondition("often")));
            assertTrue(set[0].isVerified() && set[1].isVerified() && set[2].isVerified());
            assertEquals("a condition is of BOOL, this is not", set[3].getMessage());
            assertTrue(set[4].getMessage().startsWith("a hit count is a number"), set[4].getMessage());
            editor.run();
            editor.stopsAt(42, "breakpoint");
            assertEquals("4", editor.value("vat.level"));
            assertEquals("2", editor.value("i"));
            editor.goOn();
            editor.stopsAt(42, "breakpoint");
            assertEquals("6", editor.value("vat.level"));
            editor.goOn();
            editor.stopsAt(44, "breakpoint");
            editor.goOn();
            assertEquals(0, editor.ends());
            assertTrue(
                    editor.written()
                            .startsWith("console> adds 1 to 0, {nothing is not declared}\nstdout> level 2\n"
                                    + "console> adds 1 to 2"),
                    editor.written());
        }
    }

    @Test
    void stepsGoInOverAndOut() throws Exception {
        try (Editor editor = editor().with("stopOnEntry", true).with("scans", 2).launched()) {
            editor.run();
            editor.stopsAt(37, "entry");
            editor.over();
            editor.stopsAt(38, "step");
            editor.over();
            editor.stopsAt(39, "step");
            editor.in();
            editor.stopsAt(15, "step");
            editor.in();
            editor.stopsAt(5, "step");
            assertEquals(List.of("Twice:5", "Tank:15", "main:39"), names(editor.frames()));
            editor.out();
            editor.stopsAt(16, "step");
            editor.over();
            editor.stopsAt(20, "step");
            editor.over();
            editor.stopsAt(40, "step");
            editor.over();
            editor.stopsAt(41, "step");
            editor.over();
            editor.stopsAt(42, "step");
            editor.over();
            editor.stopsAt(41, "step");
            editor.breakAt(plant, Editor.at(44));
            editor.goOn();
            editor.stopsAt(44, "breakpoint");
            // The body of a standard block is passed over.
            editor.in();
            editor.stopsAt(45, "step");
            editor.over();
            editor.stopsAt(46, "step");
            editor.in();
            editor.stopsAt(13, "step");
            // Behind the last instruction comes the next scan.
            editor.out();
            editor.stopsAt(37, "step");
            assertEquals("2", editor.scope("Time", 0).get("scan").getValue());
            assertEquals("T#10ms", editor.scope("Time", 0).get("time").getValue());
        }
    }

    @Test
    void scopesShowEveryKindOfVariable() throws Exception {
        try (Editor editor = editor().launched()) {
            editor.breakAt(plant, Editor.at(13), Editor.at(5));
            editor.run();
            editor.stopsAt(5, "breakpoint");
            Map<String, Variable> local = editor.scope("Local", 0);
            assertEquals("INT = 1", shown(local, "n"));
            assertEquals("INT = 0", shown(local, "Twice"));
            editor.goOn();
            editor.stopsAt(13, "breakpoint");
            assertEquals("INT = 7", shown(editor.scope("Local", 0), "by"));
            Map<String, Variable> tank = editor.scope("Instance", 0);
            assertEquals(List.of("add", "level", "mode", "last"), List.copyOf(tank.keySet()));
            assertEquals("INT = 2", shown(tank, "level"));
            assertEquals("Mode = Idle", shown(tank, "mode"));
            assertEquals("Point = (x := 2, name := '')", shown(tank, "last"));
            assertEquals(
                    "last.name",
                    editor.parts(tank.get("last").getVariablesReference())
                            .get("name")
                            .getEvaluateName());

            Map<String, Variable> main = editor.scope("Instance", 1);
            assertEquals("TON", main.get("delay").getType());
            var delay = editor.parts(main.get("delay").getVariablesReference());
            assertEquals("TIME = T#20ms", shown(delay, "PT"));
            var row = main.get("row");
            assertEquals("ARRAY[-1..1,0..1] OF INT = [1, 2, 3, 4, 5, 6]", shown(main, "row"));
            assertEquals(
                    "4", editor.parts(row.getVariablesReference()).get("[0,1]").getValue());
            assertEquals(
                    "row[0,1]",
                    editor.parts(row.getVariablesReference()).get("[0,1]").getEvaluateName());
            var many = main.get("many");
            assertEquals(500, many.getIndexedVariables());
            assertEquals(
                    List.of("[499]", "[500]"),
                    List.copyOf(
                            editor.parts(many.getVariablesReference(), 498, 100).keySet()));
            var near = editor.parts(main.get("near").getVariablesReference());
            assertEquals("INT = 7", shown(near, "^"));
            var place = editor.parts(main.get("place").getVariablesReference()).get("^");
            assertEquals("INT = 2", shown(editor.parts(place.getVariablesReference()), "level"));

            assertEquals("REAL = 1.5", shown(editor.scope("Global", 0), "speed"));
            assertEquals("BOOL = FALSE", shown(editor.scope("Inputs and outputs", 0), "button"));
        }
    }

    @Test
    void variablesAreChanged() throws Exception {
        try (Editor editor = editor().launched()) {
            editor.breakAt(plant, Editor.at(20));
            editor.run();
            editor.stopsAt(20, "breakpoint");
            var scopes = new org.eclipse.lsp4j.debug.ScopesArguments();
            scopes.setFrameId(1);
            int instance =
                    Editor.answer(editor.server().scopes(scopes)).getScopes()[0].getVariablesReference();
            assertEquals("Full", set(editor, instance, "mode", "Full"));
            assertEquals("40", set(editor, instance, "level", "level * 20"));
            assertEquals("TRUE", set(editor, reference(editor, "Inputs and outputs"), "button", "level = 40"));
            assertTrue(Editor.refused(editor.server().setVariable(change(instance, "level", "'no'")))
                    .contains("INT"));
            assertTrue(Editor.refused(editor.server().setVariable(change(instance, "last", "last")))
                    .contains("elementary"));
            var expression = new SetExpressionArguments();
            expression.setFrameId(1);
            expression.setExpression("last.name");
            expression.setValue("CONCAT('a$'', 'b')");
            assertEquals(
                    "'a$'b'",
                    Editor.answer(editor.server().setExpression(expression)).getValue());
            editor.over();
            editor.stopsAt(40, "step");
            assertEquals("40", editor.value("vat.level"));
            assertEquals("Full", editor.value("vat.mode"));
            assertEquals("40", editor.value("place^.last.x"));
            assertEquals("TRUE", editor.value("button"));
        }
    }

    private static int reference(Editor editor, String scope) throws Exception {
        var scopes = new org.eclipse.lsp4j.debug.ScopesArguments();
        scopes.setFrameId(1);
        return Arrays.stream(Editor.answer(editor.server().scopes(scopes)).getScopes())
                .filter(s -> s.getName().equals(scope))
                .findFirst()
                .orElseThrow()
                .getVariablesReference();
    }

    private static SetVariableArguments change(int reference, String name, String value) {
        var arguments = new SetVariableArguments();
        arguments.setVariablesReference(reference);
        arguments.setName(name);
        arguments.setValue(value);
        return arguments;
    }

    private static String set(Editor editor, int reference, String name, String value) throws Exception {
        return Editor.answer(editor.server().setVariable(change(reference, name, value)))
                .getValue();
    }

    @Test
    void expressionsAreWorkedOutWhereItStands() throws Exception {
        try (Editor editor = editor().launched()) {
            editor.breakAt(plant, Editor.at(46));
            editor.run();
            editor.stopsAt(46, "breakpoint");
            assertEquals("6", editor.value("sum"));
            assertEquals("TRUE", editor.value("sum > 5 AND NOT button"));
            assertEquals("14", editor.value("Twice(limit)"));
            assertEquals("2", editor.value("vat.Grade(by := 1)"));
            assertEquals("'n=2'", editor.value("CONCAT('n=', INT_TO_STRING(vat.level))"));
            assertEquals("T#1s500ms", editor.value("T#1.5s"));
            var hover = editor.ask("row", "hover");
            assertEquals(6, hover.getIndexedVariables());
            assertEquals(
                    "6",
                    editor.parts(hover.getVariablesReference()).get("[1,1]").getValue());
            var hexadecimal = editor.question("limit + 200", "watch");
            var format = new ValueFormat();
            format.setHex(true);
            hexadecimal.setFormat(format);
            assertEquals(
                    "16#CF",
                    Editor.answer(editor.server().evaluate(hexadecimal)).getResult());
            assertEquals("", editor.ask("limit := 3", "repl").getResult());
            assertEquals("3", editor.value("limit"));
            assertEquals("nonsense is not declared", wrong(editor, "nonsense"));
            assertEquals("a whole number was divided by zero", wrong(editor, "sum / (limit - 3)"));
            assertEquals("an expression is asked for", wrong(editor, "sum); limit := (9"));
            assertEquals("3", editor.value("limit"));
            // What was asked for has left no trace in the program.
            assertEquals(List.of("main:46"), names(editor.frames()));
        }
    }

    private static String wrong(Editor editor, String expression) throws Exception {
        return Editor.refused(editor.server().evaluate(editor.question(expression, "watch")));
    }

    @Test
    void itStandsStillAtATrap() throws Exception {
        Files.writeString(plant, PLANT.replace("limit : INT := 7", "limit : INT := 0"));
        try (Editor editor = editor().launched()) {
            editor.stopAtTraps("trap", "assertion");
            editor.run();
            var stop = editor.stopped();
            assertEquals("exception", stop.getReason());
            assertEquals("a whole number was divided by zero", stop.getText());
            assertEquals(List.of("Tank.Grade:13", "main:46"), names(editor.frames()));
            assertEquals("0", editor.value("by"));
            var info = Editor.answer(editor.server().exceptionInfo(new ExceptionInfoArguments()));
            assertEquals("a whole number was divided by zero", info.getDescription());
            editor.goOn();
            assertEquals(1, editor.ends());
            assertTrue(editor.written().contains("called from main"), editor.written());
        }
    }

    @Test
    void withoutTheFilterATrapEndsTheProgram() throws Exception {
        Files.writeString(plant, PLANT.replace("limit : INT := 7", "limit : INT := 0"));
        try (Editor editor = editor().launched()) {
            editor.stopAtTraps();
            editor.run();
            assertEquals(1, editor.ends());
            assertEquals(List.of(), editor.furtherStops());
        }
    }

    @Test
    void anEndlessLoopIsPausedAndLeft() throws Exception {
        Path endless = Files.writeString(folder.resolve("endless.st"), """
                PROGRAM endless
                VAR n : UDINT; END_VAR
                WHILE TRUE DO
                    n := n + 1;
                END_WHILE;
                END_PROGRAM
                """);
        try (Editor editor = Editor.connected(endless).launched()) {
            editor.run();
            assertTrue(Editor.refused(editor.server().evaluate(question("n"))).contains("pause it first"));
            editor.server().pause(new PauseArguments());
            assertEquals("pause", editor.stopped().getReason());
            long before = Long.parseLong(editor.value("n"));
            editor.goOn();
            editor.server().pause(new PauseArguments());
            assertEquals("pause", editor.stopped().getReason());
            assertTrue(Long.parseLong(editor.value("n")) >= before);
            editor.goOn();
        }
    }

    private static org.eclipse.lsp4j.debug.EvaluateArguments question(String expression) {
        var arguments = new org.eclipse.lsp4j.debug.EvaluateArguments();
        arguments.setExpression(expression);
        return arguments;
    }

    @Test
    void scansWithoutEndFollowTheClock() throws Exception {
        try (Editor editor = editor().with("scans", 0).launched()) {
            editor.breakAt(plant, Editor.at(37, b -> b.setHitCondition(">= 5")));
            editor.run();
            editor.stopsAt(37, "breakpoint");
            assertEquals("T#40ms", editor.scope("Time", 0).get("time").getValue());
        }
    }

    @Test
    void aTestIsDebuggedAlone() throws Exception {
        Path tests = Files.writeString(folder.resolve("plant_test.st"), """
                SETUP
                VAR t : Tank; END_VAR
                t(add := 1);
                END_SETUP
                TEST 'fills'
                t(add := 2);
                ADVANCE_TIME(T#1s);
                ASSERT_EQ(t.level, 7, 'filled');
                END_TEST
                TEST 'other'
                printf('never');
                END_TEST
                """);
        try (Editor editor = Editor.process(plant, tests).with("test", "fills").launched()) {
            editor.stopAtTraps("assertion");
            editor.breakAt(tests, Editor.at(3), Editor.at(8));
            editor.run();
            editor.stopsAt(3, "breakpoint");
            assertEquals("SETUP", editor.frames()[0].getName());
            editor.goOn();
            editor.stopsAt(8, "breakpoint");
            assertEquals("TEST 'fills'", editor.frames()[0].getName());
            assertEquals("6", editor.value("t.level"));
            assertEquals("T#1s", editor.scope("Time", 0).get("time").getValue());
            editor.goOn();
            var stop = editor.stopped();
            assertEquals("exception", stop.getReason());
            assertTrue(stop.getText().contains("filled"), stop.getText());
            editor.goOn();
            assertEquals(1, editor.ends());
            assertTrue(editor.written().contains("FAIL  fills"), editor.written());
            assertFalse(editor.written().contains("never"), editor.written());
        }
    }

    /// An upper tank drains as Torricelli has it: the root of its level falls by a √(2g) / 2A each second, here
    /// 0.071 · √(2 · 981) / (2 · 28) = 0.056159 (Johansson 2000, table I), from √1.8 to 1.285482 after one.
    @Test
    void aTestIsDebuggedWithItsProcessModel() throws Exception {
        Path tests = Files.writeString(folder.resolve("tank_test.st"), """
                TEST 'drains'
                VAR none, upper : LREAL; END_VAR
                SIMULATE('quadruple-tank', v1 := none, v2 := none, h3 => upper, h1 := 1.0, h2 := 1.0, h3 := 1.8,
                    h4 := 1.0);
                ADVANCE_TIME(T#1s);
                ASSERT_TRUE(upper < 1.8);
                END_TEST
                """);
        try (Editor editor =
                Editor.connected(plant, tests).with("test", "drains").launched()) {
            editor.breakAt(tests, Editor.at(5), Editor.at(6));
            editor.run();
            editor.stopsAt(5, "breakpoint");
            assertEquals("1.8", editor.value("upper"));
            editor.goOn();
            editor.stopsAt(6, "breakpoint");
            assertEquals(1.652463, Double.parseDouble(editor.value("upper")), 1e-4);
            editor.goOn();
            assertEquals(0, editor.ends());
        }
    }

    @Test
    void runWithoutDebuggingStopsNowhere() throws Exception {
        try (Editor editor =
                editor().with("noDebug", true).with("stopOnEntry", true).launched()) {
            editor.breakAt(plant, Editor.at(37));
            editor.run();
            assertEquals(0, editor.ends());
            assertEquals(List.of(), editor.furtherStops());
        }
    }

    @Test
    void aDeepStackIsGivenPieceByPiece() throws Exception {
        Path deep = Files.writeString(folder.resolve("deep.st"), """
                FUNCTION Down : DINT
                VAR_INPUT n : DINT; END_VAR
                Down := Down(n + 1);
                END_FUNCTION
                PROGRAM deep
                VAR r : DINT; END_VAR
                r := Down(0);
                END_PROGRAM
                """);
        try (Editor editor = Editor.connected(deep).launched()) {
            editor.stopAtTraps("trap");
            editor.run();
            assertEquals("calls are nested too deeply", editor.stopped().getText());
            var arguments = new StackTraceArguments();
            arguments.setStartFrame(10);
            arguments.setLevels(5);
            var trace = Editor.answer(editor.server().stackTrace(arguments));
            assertEquals(5, trace.getStackFrames().length);
            assertTrue(trace.getTotalFrames() > 100, "frames: " + trace.getTotalFrames());
            assertEquals(11, trace.getStackFrames()[0].getId());
        }
    }

    @Test
    void whatCannotBeLaunchedIsToldInOneSentence() throws Exception {
        Path wrong =
                Files.writeString(folder.resolve("wrong.st"), "PROGRAM p VAR x : INT; END_VAR x := y; END_PROGRAM");
        assertTrue(launch(wrong, "program", "p").endsWith("wrong.st:1:37: y is not declared"), launch(wrong, "a", 1));
        assertEquals("\"program\": there is no pump; there are main", launch(plant, "program", "pump"));
        assertEquals("\"test\": there is no TEST 'x'", launch(plant, "test", "x"));
        assertTrue(launch(plant, "cycle", "soon").startsWith("\"cycle\": "), launch(plant, "cycle", "soon"));
        assertEquals("\"scans\": write a whole number; 0 means without end", launch(plant, "scans", 1.5));
        Path none = folder.resolve("none.st");
        assertEquals("\"files\": there is no " + none, launch(none, "a", 1));
    }

    private static String launch(Path file, String name, Object value) throws Exception {
        try (Editor editor = Editor.connected(file).with(name, value)) {
            editor.initialize();
            return Editor.refused(editor.server().launch(editor.arguments()));
        }
    }
}
