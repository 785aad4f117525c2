package io.millwright.network.bounds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.network.number.Rational;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Our bounds beside those of an established tool, from `../shared/data/network` next to the repository.
/// Skipped where that is absent.
class PublishedBoundsTest {

    private static final Path FOLDER = Path.of(System.getProperty("mw.root", ".."))
            .resolve("../shared/data/network")
            .normalize();

    /// Every fraction of the small cases: arbitrary multiplexing to the last digit, in order of arrival equal
    /// or smaller.
    @Test
    void everyFractionIsReached() throws IOException {
        int compared = 0;
        for (var file : files("calculus")) {
            var text = Files.readString(file);
            var right = (ServerGraphFile.Right) ServerGraphFile.read(text);
            var analysis = new Analysis(right.graph());
            JsonNode flows = JsonMapper.shared().readTree(text).get("flows");
            for (int f = 0; f < flows.size(); f++) {
                for (var bound : analysis.bounds(f, EnumSet.allOf(Method.class))) {
                    var published = flows.get(f).get("delay").get(bound.method().key());
                    if (published != null) {
                        var expected = Rational.parse(published.stringValue());
                        var actual = (Rational) bound.delay().seconds();
                        var what = file.getFileName() + " f" + f + " " + bound.method() + " " + actual + " " + expected;
                        assertTrue(actual.compareTo(expected) <= 0, what);
                        if (!bound.method().isInOrder()) {
                            assertEquals(expected, actual, what);
                        }
                        compared++;
                    }
                }
                var methods = new ArrayList<String>();
                flows.get(f).get("delay").properties().forEach(e -> methods.add(e.getKey()));
                var ours = analysis.bounds(f, EnumSet.allOf(Method.class)).stream()
                        .map(b -> b.method().key())
                        .toList();
                assertTrue(ours.containsAll(methods), file + ": " + methods + " not all in " + ours);
            }
        }
        assertTrue(compared >= 100, "only " + compared + " fractions compared");
    }

    /// The large cases, in enclosures: how far our bounds are from the tool's.
    @ParameterizedTest
    @ValueSource(strings = {"GLP20.json", "GLP40.json"})
    void largeGraphsAreWithinATenthOfAPercent(String name) throws IOException {
        Assumptions.assumeTrue(Files.isDirectory(FOLDER), FOLDER + " is absent");
        var text = Files.readString(FOLDER.resolve("calculus-large").resolve(name));
        var right = (ServerGraphFile.Right) ServerGraphFile.read(text);
        var analysis = new Analysis(right.graph().enclosed());
        JsonNode flows = JsonMapper.shared().readTree(text).get("flows");
        int compared = 0;
        for (int f = 0; f < flows.size(); f++) {
            for (var bound : analysis.bounds(f, EnumSet.complementOf(EnumSet.of(Method.FIFO_LUDB)))) {
                var published = flows.get(f).get("delay").get(bound.method().key());
                if (published != null) {
                    double ours = bound.delay().seconds().upper();
                    double theirs = Double.parseDouble(published.stringValue());
                    assertTrue(ours <= 1.001 * theirs, "f" + f + " " + bound.method() + ": " + ours + " > " + theirs);
                    if (bound.method() == Method.ARBITRARY_TMA) {
                        assertEquals(theirs, ours, 0.001 * theirs, "f" + f);
                    }
                    compared++;
                }
            }
        }
        assertTrue(compared > 4 * flows.size() - 1, "only " + compared + " compared");
    }

    private static List<Path> files(String folder) throws IOException {
        Assumptions.assumeTrue(Files.isDirectory(FOLDER), FOLDER + " is absent");
        try (var files = Files.list(FOLDER.resolve(folder))) {
            return files.sorted().toList();
        }
    }
}
