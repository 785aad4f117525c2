package io.millwright.iec61131;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.iec61131.check.Checked;
import io.millwright.iec61131.check.Symbol;
import io.millwright.iec61131.interpret.InterpretBackend;
import io.millwright.iec61131.ir.Program;
import io.millwright.iec61131.jvm.JvmBackend;
import io.millwright.iec61131.machine.Backend;
import io.millwright.iec61131.machine.Machine;
import io.millwright.iec61131.machine.Trap;
import io.millwright.iec61131.source.Diagnostic;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.syntax.Dialect;
import io.millwright.iec61131.type.Signature;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.Variable;
import io.millwright.testkit.Property;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// A session says the same as compiling from nothing, whatever was edited before; and it does less.
class SessionTest {
    private static final int EDITS = 40;

    private static String resource(String name) {
        try (InputStream in = SessionTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> project() {
        Map<String, String> texts = new LinkedHashMap<>();
        for (String name : List.of("types.st", "blocks.st", "plant.st")) {
            texts.put(name, resource("session/" + name));
        }
        return texts;
    }

    @Test
    void editedProgramsAreWhatTheyWouldBeFromNothing() {
        Map<String, String> sound = project();
        sound.put("forms.st", resource("session/forms.st"));
        checkEdits(sound);
    }

    /// A project in XML is cut into its units too, wherever they stand in it.
    @Test
    void editedProjectsInXmlAreWhatTheyWouldBeFromNothing() {
        checkEdits(mixed());
    }

    private static Map<String, String> mixed() {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("user.st", """
                FUNCTION_BLOCK user VAR c : count; k : INT; END_VAR c(go := TRUE, n => k); END_FUNCTION_BLOCK

                PROGRAM q VAR u : user; l : level := high; END_VAR u(); END_PROGRAM
                """);
        texts.put("diagrams.xml", resource("fuzz/diagrams.xml"));
        return texts;
    }

    private static void checkEdits(Map<String, String> sound) {
        assertNotNull(of(sound).compile().program(), () -> told(of(sound).compile()));
        List<String> others = List.of(resource("session/others.st").split("(?<=\n)\n"));
        Property.check(Integer.getInteger("mw.runs", 15), random -> {
            var edits = new ProjectEdits(random, sound, others);
            Session session = of(sound);
            session.compile();
            for (int i = 0; i < EDITS; i++) {
                Map<String, String> before = edits.texts();
                edits.next();
                Map<String, String> fresh = edits.texts();
                fresh.entrySet().removeAll(before.entrySet());
                before.keySet().stream()
                        .filter(n -> !edits.texts().containsKey(n))
                        .forEach(session::remove);
                fresh.forEach((name, text) -> session.put(new Source(name, text)));
                if (random.nextInt(4) > 0) {
                    assertAsFromNothing(session, edits.texts(), i);
                }
            }
            put(session, sound);
            assertAsFromNothing(session, sound, EDITS);
        });
    }

    /// Makes these the texts of a session.
    private static void put(Session session, Map<String, String> texts) {
        session.names().stream().filter(n -> !texts.containsKey(n)).forEach(session::remove);
        texts.forEach((name, text) -> session.put(new Source(name, text)));
    }

    private static void assertAsFromNothing(Session session, Map<String, String> texts, int step) {
        assertEquals(texts.keySet(), Set.copyOf(session.names()));
        Checked checked = session.compile();
        Checked anew = Compiler.compile(
                session.names().stream().map(n -> new Source(n, texts.get(n))).toList(), Dialect.COMMON);
        assertEquals(told(anew), told(checked), () -> "edit " + step + "\n" + texts);
        assertEquals(uses(anew), uses(checked), () -> "edit " + step + "\n" + texts);
        Program program = checked.program();
        Program expected = anew.program();
        if (program != null && expected != null) {
            var interpreter = new InterpretBackend(64);
            assertEquals(trace(expected, interpreter), trace(program, interpreter), () -> "edit " + step + texts);
        }
    }

    private static String told(Checked checked) {
        var text = new StringBuilder();
        for (Diagnostic found : checked.diagnostics()) {
            text.append(found.span()).append("..").append(found.span().known().end());
            text.append(' ').append(found.code()).append(' ').append(found.message());
            text.append(' ').append(found.suggestion()).append('\n');
            found.related()
                    .forEach(r -> text.append("    ")
                            .append(r.span())
                            .append(r.message())
                            .append('\n'));
        }
        return text.toString();
    }

    /// What names of the program mean.
    private static List<String> uses(Checked checked) {
        return checked.usages().all().stream()
                .filter(u -> !u.span().source().name().equals("standard.st"))
                .map(u -> u.span() + " " + describe(u.target()))
                .sorted()
                .toList();
    }

    private static String describe(Object target) {
        return switch (target) {
            case Variable variable -> variable + " " + variable.declared();
            case Signature signature -> signature + " " + signature.declared();
            case Type type -> type.name();
            default -> target.toString();
        };
    }

    /// What a program does in a few scans.
    private static String trace(Program program, Backend backend) {
        Machine machine = backend.start(program);
        Run run = Run.start(program, _ -> machine);
        var text = new StringBuilder();
        for (int scan = 0; scan < 3; scan++) {
            for (Variable instance : run.instances()) {
                try {
                    machine.run(instance);
                } catch (Trap trap) {
                    text.append(trap.kind()).append(trap.stack()).append('\n');
                }
            }
            machine.advance(50_000_000);
            program.globals().stream()
                    .map(g -> g.name() + " = " + machine.read(List.of(g), -1) + "\n")
                    .sorted()
                    .forEach(text::append);
        }
        return text.toString();
    }

    private static Signature routine(Checked checked, String name) {
        Program program = checked.program();
        assertNotNull(program, () -> told(checked));
        return program.routines().keySet().stream()
                .filter(s -> s.qualifiedName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Session of(Map<String, String> texts) {
        var session = new Session(Dialect.COMMON);
        texts.forEach((name, text) -> session.put(new Source(name, text)));
        return session;
    }

    private static Session sound() {
        Session session = of(project());
        assertNotNull(session.compile().program(), () -> told(session.compile()));
        return session;
    }

    private static TreeSet<String> changed(Session session, String file, String from, String to) {
        String text = project().get(file);
        assertTrue(text.contains(from));
        session.put(new Source(file, text.replace(from, to)));
        assertNotNull(session.compile().program(), () -> told(session.compile()));
        TreeSet<String> names = new TreeSet<>();
        session.changed().forEach(s -> names.add(s.qualifiedName()));
        return names;
    }

    @Test
    void ofAChangedBodyOnlyItsOwnRoutinesAreNew() {
        Session session = sound();
        Signature before = routine(session.compile(), "Level");
        var changed = changed(session, "blocks.st", "q := held > limit;", "q := held >= limit;");
        assertEquals(new TreeSet<>(List.of("Level")), changed);
        assertSame(before, routine(session.compile(), "Level"), "types and signatures stay");
    }

    /// One POU of a project in XML is read again, not the project.
    @Test
    void ofAChangedBodyInXmlOnlyItsOwnRoutinesAreNew() {
        Map<String, String> texts = mixed();
        Session session = of(texts);
        Signature before = routine(session.compile(), "user");
        String edited = texts.get("diagrams.xml").replace("n := n + 1; END_IF;", "\n  n := n + 2;\nEND_IF;");
        session.put(new Source("diagrams.xml", edited));
        assertSame(before, routine(session.compile(), "user"));
        TreeSet<String> names = new TreeSet<>();
        session.changed().forEach(s -> names.add(s.qualifiedName()));
        assertEquals(new TreeSet<>(List.of("count")), names);
    }

    /// While a statement is typed it is broken for moments; what its unit declares for others stays.
    @Test
    void aBrokenBodyChangesNothingElse() {
        for (String broken : List.of("q := held > ;", "q := held >", "IF reset THEN q := TRUE;", "q q := 3 'x;")) {
            Session session = sound();
            Type before = level(session);
            Map<String, String> texts = project();
            texts.computeIfPresent("blocks.st", (_, text) -> text.replace("q := held > limit;", broken));
            put(session, texts);
            assertSame(before, level(session), broken);
            assertAsFromNothing(session, texts, 0);
            assertTrue(session.compile().diagnostics().stream()
                    .allMatch(d -> d.span().source().name().equals("blocks.st")));
            put(session, project());
            assertSame(before, level(session), broken);
            assertAsFromNothing(session, project(), 1);
        }
    }

    private static Type level(Session session) {
        return ((Symbol.OfType) session.compile().scope().own("Level")).type();
    }

    /// A keyword of declarations among broken statements may have been meant to declare something.
    @Test
    void aDeclarationAmongStatementsIsMissedByNobody() {
        String rest = "PROGRAM p VAR a : A; END_VAR a.go(); a.x := 1; END_PROGRAM\n";
        for (String unit : List.of(
                "FUNCTION_BLOCK A METHD go END_METHOD END_FUNCTION_BLOCK\n",
                "FUNCTION_BLOCK A x : INT; END_FUNCTION_BLOCK\n",
                "FUNCTION_BLOCK A ; (* METHOD go END_METHOD END_FUNCTION_BLOCK\n")) {
            Map<String, String> texts = new LinkedHashMap<>();
            texts.put("a.st", unit);
            texts.put("b.st", rest);
            Session session = of(texts);
            assertTrue(
                    session.compile().diagnostics().stream()
                            .allMatch(d -> d.span().source().name().equals("a.st")),
                    () -> told(session.compile()));
        }
    }

    @Test
    void commentsAndBlanksChangeNothing() {
        Session session = sound();
        assertEquals(
                new TreeSet<>(), changed(session, "blocks.st", "q := held > limit;", "(* now *)\n\n q:= held>limit;"));
    }

    @Test
    void ofAChangedDeclarationThoseWhoUseItAreNew() {
        Session session = sound();
        Signature before = routine(session.compile(), "Level");
        var changed = changed(session, "blocks.st", "held : REAL;", "held, more : REAL;");
        assertEquals(new TreeSet<>(List.of("Level", "Tank", "Tank.Fill", "Tank.Filled", "plant")), changed);
        assertNotSame(before, routine(session.compile(), "Level"));
    }

    /// Functions of several forms, those who name them and what a configuration makes are new each time.
    @Test
    void whatNamesNoFunctionOfSeveralFormsStays() {
        Session session = sound();
        session.put(new Source("forms.st", resource("session/forms.st")));
        assertEquals("", told(session.compile()));
        var changed = changed(session, "blocks.st", "q := held > limit;", "q := held >= limit;");
        assertEquals(
                new TreeSet<>(List.of("Level", "Kind", "Twice", "Fourfold", "Largest", "Pump", "pumping")), changed);
    }

    /// What was written into an empty text ends where the text does, so the next edit continues it.
    @Test
    void anEmptyTextIsWrittenWordByWord() {
        for (String text : List.of("END_VAR", "END_VARx", "END_VARx ", "END_VARx PROGRAM")) {
            Session session = of(Map.of("a.st", ""));
            for (int end = 1; end <= text.length(); end++) {
                session.put(new Source("a.st", text.substring(0, end)));
                assertAsFromNothing(session, Map.of("a.st", text.substring(0, end)), end);
            }
        }
    }

    /// What is said of a unit that could not be read does not depend on who asked first.
    @Test
    void anUnreadUnitIsMistakenFromTheStart() {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("a.st", "VAR_GLOBAL CONSTANT FACTOR : Pump := 100000.0; END_VAR\n");
        texts.put("b.st", "VAR_GLOBAL x : Missing; END_VAR\n");
        texts.put("c.st", "FUNCTION_BLOCK Pump\n");
        Session session = of(texts);
        assertAsFromNothing(session, texts, 0);
        texts.put("b.st", "\n");
        session.put(new Source("b.st", "\n"));
        assertAsFromNothing(session, texts, 1);
    }

    /// Instances that look alike in two configurations stay two.
    @Test
    void instancesThatLookAlikeStaySeveral() {
        String configuration = """
                CONFIGURATION %s
                    RESOURCE r ON PLC
                        TASK t (INTERVAL := T#10ms, PRIORITY := 1);
                        PROGRAM one WITH t : p;
                    END_RESOURCE
                END_CONFIGURATION
                """;
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("a.st", "PROGRAM p VAR n : INT; END_VAR n := n + 1; total := total + n; END_PROGRAM\n");
        texts.put("b.st", configuration.formatted("c") + configuration.formatted("d"));
        texts.put("c.st", "VAR_GLOBAL total : INT; END_VAR\n");
        Session session = of(texts);
        assertAsFromNothing(session, texts, 0);
        texts.put("c.st", "VAR_GLOBAL total, more : INT; END_VAR\n");
        put(session, texts);
        assertAsFromNothing(session, texts, 1);
    }

    /// Which namespace USING means may change with any text, and with it what names mean everywhere.
    @Test
    void aNamespaceMayComeToItsUsing() {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("a.st", "VAR_GLOBAL x : Missing; END_VAR\n");
        texts.put("b.st", "USING Units;\n");
        texts.put("c.st", "\n");
        Session session = of(texts);
        assertAsFromNothing(session, texts, 0);
        for (String text : List.of("NAMESPACE Units END_NAMESPACE\n", "TYPE Units : INT; END_TYPE\n", "\n")) {
            texts.put("c.st", text);
            put(session, texts);
            assertAsFromNothing(session, texts, 1);
        }
    }

    /// A body that sets ENO gives the unit an output, which others may ask for.
    @Test
    void aBodySaysWhetherThereIsEno() {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("a.st", "FUNCTION half : INT VAR_INPUT x : INT; END_VAR half := x / 2; END_FUNCTION\n");
        texts.put("b.st", "PROGRAM p VAR y : INT; ok : BOOL; END_VAR y := half(7, ENO => ok); END_PROGRAM\n");
        Session session = of(texts);
        assertAsFromNothing(session, texts, 0);
        texts.computeIfPresent("a.st", (_, text) -> text.replace("half :=", "ENO := x > 9; half :="));
        put(session, texts);
        assertAsFromNothing(session, texts, 1);
    }

    /// Texts that come after all others are gone are followed like the first ones.
    @Test
    void allTextsMayBeOthers() {
        Session session = of(Map.of("a.st", "TYPE T : INT; END_TYPE\n"));
        session.compile();
        session.put(new Source("a.st", "TYPE T : DINT; END_TYPE\n"));
        session.compile();
        session.remove("a.st");
        session.compile();
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("b.st", "TYPE T : INT; END_TYPE\n");
        texts.put("c.st", "VAR_GLOBAL t1 : T := 1000; END_VAR\n");
        put(session, texts);
        assertAsFromNothing(session, texts, 0);
        texts.put("b.st", "TYPE T : SINT; END_TYPE\n");
        put(session, texts);
        assertAsFromNothing(session, texts, 1);
    }

    /// How deep values nest is told where it is told from nothing, whatever was known before.
    @Test
    void depthCountsWhatWasThereBefore() {
        Map<String, String> texts = new LinkedHashMap<>();
        var inner = new StringBuilder("TYPE T0 : STRUCT x : INT; END_STRUCT; END_TYPE\n");
        for (int i = 1; i < 150; i++) {
            inner.append("TYPE T%d : STRUCT x : T%d; END_STRUCT; END_TYPE\n".formatted(i, i - 1));
        }
        texts.put("a.st", "\n");
        texts.put("b.st", inner.toString());
        Session session = of(texts);
        assertAsFromNothing(session, texts, 0);
        var outer = new StringBuilder();
        for (int i = 249; i >= 150; i--) {
            outer.append("TYPE T%d : STRUCT x : T%d; END_STRUCT; END_TYPE\n".formatted(i, i - 1));
        }
        texts.put("a.st", outer.toString());
        put(session, texts);
        assertAsFromNothing(session, texts, 1);
        assertTrue(told(session.compile()).contains("E013"));
    }

    /// Of a list of instructions the same words on other lines mean something else; so do those of a text that
    /// is wrong, and what is said of them quotes the blanks between.
    @Test
    void linesAndBlanksCountWhereTheyAreRead() {
        String head = "PROGRAM p VAR a : INT; RET : INT; f : TON; END_VAR ";
        for (List<String> bodies : List.of(
                List.of("LD 1\nST a\nRET\nST a", "LD 1\nST a RET\nST a", "LD 1\nST\na\nRET\nST a"),
                List.of("a := f.Q();", "a := f . Q();", "a := f (* of *) . Q();"),
                List.of("a := 3 a := 4; b := 5;", "a := 3\na := 4; b := 5;"))) {
            Map<String, String> texts = new LinkedHashMap<>();
            Session session = of(texts);
            for (String body : bodies) {
                texts.put("a.st", head + body + "\nEND_PROGRAM\n");
                put(session, texts);
                assertAsFromNothing(session, texts, 0);
            }
        }
    }

    @Test
    void aNameThatIsMissingMayComeLater() {
        Session session = sound();
        String blocks = project().get("blocks.st");
        session.put(new Source("blocks.st", ""));
        assertTrue(told(session.compile()).contains("there is no type Tank"));
        session.put(new Source("blocks.st", blocks));
        assertEquals("", told(session.compile()));
    }

    /// Lines of code that moved are told where they are now.
    @Test
    void trapsTellTheLineOfTheTextAsItIs() {
        Session session = sound();
        String text = project().get("plant.st").replace("PROGRAM plant", "(* a\n b *)\nPROGRAM plant");
        session.put(new Source("plant.st", text.replace("scale := 2;", "scale := 0;")));
        Program program = session.compile().program();
        assertNotNull(program);
        int line = (int) text.substring(0, text.indexOf("rows[1]")).lines().count() + 1;
        for (Backend backend : List.of(new JvmBackend(64), new InterpretBackend(64))) {
            String trace = trace(program, backend);
            assertTrue(trace.contains("(plant.st:" + line + ")"), () -> line + trace);
        }
    }
}
