package io.millwright.iec61131;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.fail;

import io.millwright.iec61131.interpret.InterpretBackend;
import io.millwright.iec61131.jvm.JvmBackend;
import io.millwright.iec61131.library.Whole;
import io.millwright.iec61131.machine.Backend;
import io.millwright.iec61131.machine.Trap;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.Value;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Runs every program of the corpus in both back ends. The comment at its head says what is to come out:
/// `scans 3`, `p.x = 7`, `trap KIND routine:line …` with the innermost call first.
class CorpusTest {
    private static final long CYCLE_NANOS = 10_000_000;

    @TestFactory
    Stream<DynamicTest> everyProgramDoesWhatItSays() throws IOException, URISyntaxException {
        Path folder = Path.of(
                Objects.requireNonNull(CorpusTest.class.getResource("corpus")).toURI());
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.sorted().toList();
        }
        assertFalse(files.isEmpty());
        List<DynamicTest> tests = new ArrayList<>();
        for (Path file : files) {
            for (Backend backend : List.of(new JvmBackend(), new InterpretBackend())) {
                String name = file.getFileName() + " in " + backend.getClass().getSimpleName();
                tests.add(DynamicTest.dynamicTest(name, () -> check(Files.readString(file), backend)));
            }
        }
        return tests.stream();
    }

    private static void check(String text, Backend backend) {
        Run run = Run.start(Programs.compiled(text), backend);
        List<String> said = text.lines()
                .takeWhile(l -> l.startsWith("//"))
                .map(l -> l.substring(2).strip())
                .toList();
        int scans = said.stream()
                .filter(l -> l.startsWith("scans "))
                .mapToInt(l -> Integer.parseInt(l.substring(6)))
                .findFirst()
                .orElse(1);
        String trap = said.stream()
                .filter(l -> l.startsWith("trap "))
                .map(l -> l.substring(5))
                .findFirst()
                .orElse("");
        try {
            for (int i = 0; i < scans; i++) {
                run.scan(run.instance("p").orElseThrow(), CYCLE_NANOS);
            }
            assertEquals("", trap);
        } catch (Trap caught) {
            assertEquals(trap, told(caught));
        }
        int compared = 0;
        for (String line : said) {
            String[] sides = line.split(" = ", 2);
            if (sides.length == 2 && sides[0].matches("[\\w.]+")) {
                compared++;
                VariablePath path = run.find(sides[0]).orElseGet(() -> fail("no variable " + sides[0]));
                assertEquals(value(sides[1], path), run.read(path), line);
            }
        }
        assertFalse(compared == 0 && trap.isEmpty(), "nothing was compared");
    }

    private static String told(Trap trap) {
        return trap.kind() + " "
                + trap.stack().stream()
                        .map(p -> p.routine().toLowerCase(Locale.ROOT) + ":" + p.line())
                        .collect(Collectors.joining(" "));
    }

    private static Value value(String text, VariablePath path) {
        if (text.startsWith("'")) {
            return new Value.Text(text.substring(1, text.length() - 1));
        }
        Elementary type = Objects.requireNonNull(path.type().elementary());
        if (type == Elementary.BOOL) {
            return new Value.Truth(text.equals("TRUE"));
        }
        BigInteger number = text.startsWith("16#") ? new BigInteger(text.substring(3), 16) : new BigInteger(text);
        return new Value.Whole(Whole.wrap(type, number.longValue()));
    }
}
