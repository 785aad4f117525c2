package io.millwright.iec61131;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.iec61131.source.Diagnostic;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.syntax.Dialect;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Every program of the folder has one mistake. Its first line says which error is reported, in which line, and
/// what the message holds: `// E409 7 "PRIVATE"`.
class MistakenProgramsTest {
    @TestFactory
    Stream<DynamicTest> oneMistakeIsOneError() throws IOException, URISyntaxException {
        Path folder = Path.of(Objects.requireNonNull(MistakenProgramsTest.class.getResource("mistakes"))
                .toURI());
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.sorted().toList();
        }
        assertFalse(files.isEmpty());
        List<DynamicTest> tests = new ArrayList<>();
        for (Path file : files) {
            tests.add(DynamicTest.dynamicTest(file.getFileName().toString(), () -> check(Files.readString(file))));
        }
        return tests.stream();
    }

    private static void check(String text) {
        String[] said = text.lines().findFirst().orElse("").substring(2).strip().split(" ", 3);
        List<Diagnostic> errors =
                Compiler.compile(List.of(new Source("test.st", text)), Dialect.COMMON).diagnostics().stream()
                        .filter(Diagnostic::isError)
                        .toList();
        assertEquals(1, errors.size(), errors::toString);
        Diagnostic error = errors.getFirst();
        assertEquals(
                said[0] + " line " + said[1],
                error.code() + " line " + error.span().line(),
                error::message);
        String part = said[2].substring(1, said[2].length() - 1);
        assertTrue(error.message().contains(part), error::message);
    }
}
