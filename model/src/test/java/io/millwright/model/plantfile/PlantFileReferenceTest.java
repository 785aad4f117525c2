package io.millwright.model.plantfile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The reference lists exactly the keys that the reader takes.
class PlantFileReferenceTest {

    private static final Pattern ROW = Pattern.compile("^\\| `([^`]+)` \\|", Pattern.MULTILINE);

    @ParameterizedTest
    @ValueSource(strings = {"docs/reference/plant-file.md", "docs/zh/reference/plant-file.md"})
    void theReferenceListsEveryKeyAndNoOther(String document) throws IOException {
        var keys = new TreeSet<String>();
        collect(PlantShape.PLANT, "", keys);

        String text = Files.readString(Path.of(System.getProperty("mw.root"), document));
        var listed = new TreeSet<String>();
        ROW.matcher(text).results().forEach(row -> listed.add(row.group(1)));

        assertEquals(keys, listed);
    }

    private static void collect(Shape<?> shape, String path, Set<String> keys) {
        switch (shape) {
            case ObjectOf<?> object -> {
                String start = path.isEmpty() ? "" : path + ".";
                object.fields().forEach(field -> collect(field.shape(), start + field.key(), keys));
                object.settings().ifPresent(setting -> keys.add(start + setting.key()));
            }
            case MapOf<?> map ->
                collect(map.value(), path + (map.key().equals("variable") ? ".VARIABLE" : ".NAME"), keys);
            default -> keys.add(path);
        }
    }
}
