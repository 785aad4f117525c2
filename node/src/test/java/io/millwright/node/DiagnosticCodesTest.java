package io.millwright.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The reference of Structured Text tells every code of a finding there is, and no other.
class DiagnosticCodesTest {
    private static final Pattern IN_SOURCE = Pattern.compile("\"([EW][0-9]{3})\"");
    private static final Pattern IN_TABLE = Pattern.compile("(?m)^\\| ([EW][0-9]{3}) \\| .+ \\|$");

    @ParameterizedTest
    @ValueSource(strings = {"docs/reference/structured-text.md", "docs/zh/reference/structured-text.md"})
    void everyCodeIsInTheTableAndNoOther(String page) throws IOException {
        Path root = Path.of(System.getProperty("mw.root"));
        Set<String> used = new TreeSet<>();
        try (var files = Files.walk(root.resolve("iec61131/src/main/java"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                used.addAll(codes(IN_SOURCE, Files.readString(file)));
            }
        }
        assertTrue(used.size() > 50, "the sources hold the codes");
        assertEquals(used, codes(IN_TABLE, Files.readString(root.resolve(page))));
    }

    private static Set<String> codes(Pattern pattern, String text) {
        Set<String> codes = new TreeSet<>();
        pattern.matcher(text).results().forEach(r -> codes.add(r.group(1)));
        return codes;
    }
}
