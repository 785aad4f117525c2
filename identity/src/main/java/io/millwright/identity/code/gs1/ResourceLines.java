package io.millwright.identity.code.gs1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/// The lines of a table that stands beside the classes: no comments, no empty lines.
final class ResourceLines {

    private ResourceLines() {}

    static List<String> of(String name) {
        try (var in = Objects.requireNonNull(ResourceLines.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The cells of a line, which bars separate.
    static List<String> cells(String line) {
        return List.of(line.split(" \\| ", -1));
    }
}
