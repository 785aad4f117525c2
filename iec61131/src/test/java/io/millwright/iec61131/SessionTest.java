package io.millwright.iec61131;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.iec61131.check.Checked;
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
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// A session says the same as compiling from nothing, whatever was edited before; and it does less.
class SessionTest {
    private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*|[0-9]+");
    private static final int EDITS = 40;

    private static String resource(String name) throws IOException {
        try (InputStream in = SessionTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Map<String, String> project() throws IOException {
        Map<String, String> texts = new LinkedHashMap<>();
        for (String name : List.of("types.st", "blocks.st", "plant.st")) {
            texts.put(name, resource("session/" + name));
        }
        return texts;
    }

    @Test
    void editedProgramsAreWhatTheyWouldBeFromNothing() throws IOException {
        Map<String, String> sound = project();
        sound.put("forms.st", resource("session/forms.st"));
        checkEdits(sound);
    }

    /// A project in XML is cut into its units too, wherever they stand in it.
    @Test
    void editedProjectsInXmlAreWhatTheyWouldBeFromNothing() throws IOException {
        checkEdits(mixed());
    }

    private static Map<String, String> mixed() throws IOException {
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
        Property.check(Integer.getInteger("mw.runs", 60), random -> {
            Map<String, String> texts = new LinkedHashMap<>(sound);
            Session session = of(texts);
            session.compile();
            for (int i = 0; i < EDITS; i++) {
                String name = List.copyOf(sound.keySet()).get(random.nextInt(sound.size()));
                String text = edited(random, texts.get(name), sound.get(name), texts.values());
                texts.put(name, text);
                session.put(new Source(name, text));
                if (random.nextInt(4) > 0) {
                    assertAsFromNothing(session, texts, i);
                }
            }
            sound.forEach((name, text) -> session.put(new Source(name, text)));
            assertAsFromNothing(session, sound, EDITS);
        });
    }

    private static String edited(SplittableRandom random, String text, String sound, Collection<String> all) {
        int at = random.nextInt(text.length() + 1);
        return switch (random.nextInt(12)) {
            case 0, 1 -> sound;
            case 2 -> text.substring(0, at) + text.substring(Math.min(text.length(), at + 1));
            case 3 ->
                text.substring(0, at)
                        + List.of(" ", "\n", ";", "(* x *)", "// y\n", "END_VAR", "\u00E9")
                                .get(random.nextInt(7))
                        + text.substring(at);
            case 4 -> lines(random, text, true);
            case 5 -> lines(random, text, false);
            case 6 -> pieces(random, text);
            default -> reworded(random, text, String.join(" ", all));
        };
    }

    /// A line less, or one twice.
    private static String lines(SplittableRandom random, String text, boolean twice) {
        List<String> lines = new ArrayList<>(text.lines().toList());
        if (lines.isEmpty()) {
            return text;
        }
        String line = lines.remove(random.nextInt(lines.size()));
        if (twice) {
            lines.add(random.nextInt(lines.size() + 1), line);
        }
        return String.join("\n", lines) + "\n";
    }

    /// A declaration elsewhere, or away.
    private static String pieces(SplittableRandom random, String text) {
        List<String> pieces = new ArrayList<>(List.of(text.split("(?<=\n)\n", -1)));
        String piece = pieces.remove(random.nextInt(pieces.size()));
        if (random.nextBoolean()) {
            pieces.add(random.nextInt(pieces.size() + 1), piece);
        }
        return String.join("\n", pieces);
    }

    /// A word, here or everywhere in the text, becomes another one.
    private static String reworded(SplittableRandom random, String text, String others) {
        List<String> from = new ArrayList<>(
                new TreeSet<>(WORD.matcher(text).results().map(r -> r.group()).toList()));
        List<String> to = new ArrayList<>(
                new TreeSet<>(WORD.matcher(others).results().map(r -> r.group()).toList()));
        if (from.isEmpty()) {
            return text;
        }
        String old = from.get(random.nextInt(from.size()));
        String fresh = random.nextInt(3) == 0 ? old + "x" : to.get(random.nextInt(to.size()));
        Matcher matcher = Pattern.compile("\\b" + old + "\\b").matcher(text);
        String word = Matcher.quoteReplacement(fresh);
        return random.nextBoolean() ? matcher.replaceAll(word) : matcher.replaceFirst(word);
    }

    private static void assertAsFromNothing(Session session, Map<String, String> texts, int step) {
        Checked checked = session.compile();
        Checked anew = Compiler.compile(
                texts.entrySet().stream()
                        .map(e -> new Source(e.getKey(), e.getValue()))
                        .toList(),
                Dialect.COMMON);
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

    private static Session sound() throws IOException {
        Session session = of(project());
        assertNotNull(session.compile().program(), () -> told(session.compile()));
        return session;
    }

    private static TreeSet<String> changed(Session session, String file, String from, String to) throws IOException {
        String text = project().get(file);
        assertTrue(text.contains(from));
        session.put(new Source(file, text.replace(from, to)));
        assertNotNull(session.compile().program(), () -> told(session.compile()));
        TreeSet<String> names = new TreeSet<>();
        session.changed().forEach(s -> names.add(s.qualifiedName()));
        return names;
    }

    @Test
    void ofAChangedBodyOnlyItsOwnRoutinesAreNew() throws IOException {
        Session session = sound();
        Signature before = routine(session.compile(), "Level");
        var changed = changed(session, "blocks.st", "q := held > limit;", "q := held >= limit;");
        assertEquals(new TreeSet<>(List.of("Level")), changed);
        assertSame(before, routine(session.compile(), "Level"), "types and signatures stay");
    }

    /// One POU of a project in XML is read again, not the project.
    @Test
    void ofAChangedBodyInXmlOnlyItsOwnRoutinesAreNew() throws IOException {
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

    @Test
    void commentsAndBlanksChangeNothing() throws IOException {
        Session session = sound();
        assertEquals(
                new TreeSet<>(), changed(session, "blocks.st", "q := held > limit;", "(* now *)\n\n q:= held>limit;"));
    }

    @Test
    void ofAChangedDeclarationThoseWhoUseItAreNew() throws IOException {
        Session session = sound();
        Signature before = routine(session.compile(), "Level");
        var changed = changed(session, "blocks.st", "held : REAL;", "held, more : REAL;");
        assertEquals(new TreeSet<>(List.of("Level", "Tank", "Tank.Fill", "Tank.Filled", "plant")), changed);
        assertNotSame(before, routine(session.compile(), "Level"));
    }

    /// Functions of several forms, those who name them and what a configuration makes are new each time.
    @Test
    void whatNamesNoFunctionOfSeveralFormsStays() throws IOException {
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

    @Test
    void aNameThatIsMissingMayComeLater() throws IOException {
        Session session = sound();
        String blocks = project().get("blocks.st");
        session.put(new Source("blocks.st", ""));
        assertTrue(told(session.compile()).contains("there is no type Tank"));
        session.put(new Source("blocks.st", blocks));
        assertEquals("", told(session.compile()));
    }

    /// Lines of code that moved are told where they are now.
    @Test
    void trapsTellTheLineOfTheTextAsItIs() throws IOException {
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
