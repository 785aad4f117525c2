package io.millwright.identity.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;

/// The inputs that fuzzing has found worth keeping, a file for each codec, an input a line, in hexadecimal.
final class Corpus {

    private static final Path FOLDER = Path.of(System.getProperty("mw.root"), "identity/src/test/corpus");

    private Corpus() {}

    private static Path file(Codec codec) {
        return FOLDER.resolve(codec.name() + ".hex");
    }

    /// The seeds of a codec and what is kept for it.
    static List<byte[]> of(Codec codec) throws IOException {
        var inputs = new ArrayList<>(codec.seeds());
        if (Files.exists(file(codec))) {
            for (var line : Files.readAllLines(file(codec))) {
                inputs.add(HexFormat.of().parseHex(line));
            }
        }
        return inputs;
    }

    /// Keeps the files of a folder in place of what was kept.
    static void keep(Codec codec, Path folder) throws IOException {
        var lines = new TreeSet<String>();
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                lines.add(HexFormat.of().formatHex(Files.readAllBytes(file)));
            }
        }
        Files.createDirectories(FOLDER);
        Files.write(file(codec), lines);
    }
}
