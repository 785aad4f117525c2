package io.millwright.node.st;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/// The files of a folder that hold Structured Text: `.st`, `.iecst`, and `.exp`, as older tools export it.
public final class TextFiles {
    private static final Set<String> ENDINGS = Set.of("st", "iecst", "exp");

    private TextFiles() {}

    /// Whether there is such a file.
    public static boolean is(Path file) {
        return isName(file.toString()) && Files.isRegularFile(file);
    }

    /// Whether a file of this name is one, in capitals or not.
    public static boolean isName(String name) {
        return ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }

    /// Those in a folder and in the folders beneath, by name.
    public static List<Path> in(Path folder) throws IOException {
        try (Stream<Path> inside = Files.walk(folder)) {
            return inside.filter(TextFiles::is).sorted().toList();
        }
    }
}
