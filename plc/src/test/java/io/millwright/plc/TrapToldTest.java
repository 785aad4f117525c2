package io.millwright.plc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.iec61131.machine.Trap;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TrapToldTest {
    private static Trap trap(Trap.Kind kind, String detail) {
        return new Trap(kind, detail, List.of(new Trap.Position("Main", "a.st", 3)));
    }

    @Test
    void aDetailIsToldWithACodeOfItsOwn() {
        var told = TrapTold.of(trap(Trap.Kind.OUT_OF_BOUNDS, "-3 is not in -1..5"));
        assertEquals("Main (a.st:3): an index lies outside of its array: -3 is not in -1..5", told.text());
        assertEquals(
                Map.of(
                        "place", "Main (a.st:3)",
                        "detail", "-3 is not in -1..5",
                        "detail.code", "detail-range",
                        "detail.value", "-3",
                        "detail.low", "-1",
                        "detail.high", "5"),
                told.arguments());
    }

    /// An assertion says what the program's text says.
    @Test
    void whatAProgramSaysStaysAsItIs() {
        var told = TrapTold.of(trap(Trap.Kind.ASSERTION, "ASSERT_EQ: level"));
        assertEquals(Map.of("place", "Main (a.st:3)", "detail", "ASSERT_EQ: level"), told.arguments());
    }

    /// Every detail in the text of the machine has a code, whatever stands in its holes.
    @Test
    void everyDetailOfTheMachineIsKnown() throws Exception {
        var thrown = Pattern.compile(
                "TrapSignal\\(\\s*Trap\\.Kind\\.(\\w+),\\s*((?:[^;\"]|\"[^\"]*\")*?)\\);", Pattern.DOTALL);
        Path root = Path.of("..", "iec61131", "src", "main", "java");
        List<MatchResult> all;
        try (Stream<Path> files = Files.walk(root)) {
            all = files.filter(f -> f.toString().endsWith(".java"))
                    .flatMap(f -> thrown.matcher(read(f)).results())
                    .toList();
        }
        List<String> unknown = all.stream()
                .filter(r -> !List.of("ASSERTION", "MODEL").contains(r.group(1)))
                .map(r -> said(r.group(2)))
                .filter(detail -> !detail.isEmpty())
                .filter(detail -> !TrapTold.of(trap(Trap.Kind.OUT_OF_RANGE, detail))
                        .arguments()
                        .containsKey("detail.code"))
                .toList();
        assertTrue(all.size() > 15, all.size() + " were found");
        assertEquals(List.of(), unknown);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /// What an expression says: literals as they are, all else as 1; a range at the end as a range.
    private static String said(String expression) {
        return Pattern.compile("\"([^\"]*)\"|[^+\"]+")
                .matcher(expression.replaceAll("(?s)\\.formatted\\(.*", ""))
                .results()
                .map(r -> r.group(1) == null
                        ? r.group().isBlank() ? "" : r.group().strip().equals("range") ? "0..9" : "1"
                        : r.group(1))
                .collect(Collectors.joining())
                .replace("%d", "1");
    }
}
