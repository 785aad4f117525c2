package io.millwright.identity.code;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Files that stand beside the repository, not in it. Where they are absent the tests that need them are skipped by
/// name.
public final class SharedFiles {

    private SharedFiles() {}

    /// The lines of one of them.
    public static List<String> lines(String path) throws IOException {
        var folder = System.getProperty("mw.shared", System.getProperty("mw.root", ".") + "/../shared");
        var file = Path.of(folder, path);
        assumeTrue(Files.exists(file), "../shared/" + path + " is not there");
        return Files.readAllLines(file, StandardCharsets.UTF_8);
    }
}
