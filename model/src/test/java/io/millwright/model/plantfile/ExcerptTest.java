package io.millwright.model.plantfile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExcerptTest {

    private static final String TEXT = "plant: a\n  x: {unit: m³/h}\n";

    @Test
    void showsTheLineWithACaretUnderThePlace() {
        var problem = new Problem("plant.yaml", 2, 13, "unknown unit \"m³/h\"", Optional.of("write \"m3/h\""));

        assertEquals("""
                plant.yaml:2:13: error: unknown unit "m³/h"; write "m3/h"
                    2 |   x: {unit: m³/h}
                      |             ^
                """, Excerpt.of(List.of(problem), TEXT, false));
    }

    /// A Chinese character is two columns wide in a terminal; a tab stays a tab, whatever its width is.
    @Test
    void theCaretStandsRightAfterWideCharactersAndTabs() {
        var wide = new Problem("f", 1, 4, "x", Optional.empty());
        assertEquals("f:1:4: error: x\n    1 | 水泵: !\n      |      ^\n", Excerpt.of(List.of(wide), "水泵: !", false));
        var tab = new Problem("f", 1, 3, "x", Optional.empty());
        assertEquals("f:1:3: error: x\n    1 | a\t!\n      |  \t^\n", Excerpt.of(List.of(tab), "a\t!", false));
    }

    @Test
    void colourIsOnlyAdded() {
        var problem = new Problem("plant.yaml", 2, 13, "unknown unit", Optional.of("write m"));

        String coloured = Excerpt.of(List.of(problem), TEXT, true);

        assertTrue(coloured.contains("\u001b["));
        assertEquals(Excerpt.of(List.of(problem), TEXT, false), coloured.replaceAll("\u001b\\[[0-9;]*m", ""));
    }

    /// Terminal control sequences in a hostile file must not reach the terminal.
    @Test
    void controlCharactersAreNotShown() {
        var problem = new Problem("f", 1, 1, "unknown \u001b[2J", Optional.empty());

        assertFalse(Excerpt.of(List.of(problem), "\u001b[2J", false).contains("\u001b"));
    }

    @Test
    void aVeryLongLineIsCutAroundThePlace() {
        var problem = new Problem("f", 1, 5001, "x", Optional.empty());

        String shown = Excerpt.of(List.of(problem), "a".repeat(5000) + "!" + "b".repeat(5000), false);

        assertTrue(shown.length() < 500);
        List<String> lines = shown.lines().toList();
        assertEquals('!', lines.get(1).charAt(lines.get(2).indexOf('^')));
    }
}
