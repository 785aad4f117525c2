package io.millwright.node.st;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextFilesTest {
    @Test
    void exportsOfOlderToolsAreTextsTooHoweverTheyAreWritten(@TempDir Path folder) throws Exception {
        Files.createDirectories(folder.resolve("library.st"));
        List<String> names = List.of(
                "FT_PID.EXP", "library.st/CTRL.exp", "library.st/note.txt", "main.st", "old.IECST", "st", "x.stx");
        for (String name : names) {
            Files.writeString(folder.resolve(name), "");
        }
        assertEquals(
                List.of("FT_PID.EXP", "library.st/CTRL.exp", "main.st", "old.IECST"),
                TextFiles.in(folder).stream()
                        .map(f -> folder.relativize(f).toString().replace('\\', '/'))
                        .toList());
    }
}
