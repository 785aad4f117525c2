package io.millwright.node.id;

import java.util.ArrayList;
import java.util.List;

/// Columns for a terminal.
final class TextTable {

    private TextTable() {}

    /// @param rows each with as many cells as there are titles
    static String of(List<String> titles, List<List<String>> rows) {
        var all = new ArrayList<List<String>>();
        all.add(titles);
        all.addAll(rows);
        int[] widths = new int[titles.size()];
        for (var row : all) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], ReportText.length(row.get(i)));
            }
        }
        var lines = new ArrayList<String>();
        for (var row : all) {
            var line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                line.append(row.get(i)).append(" ".repeat(widths[i] - ReportText.length(row.get(i)) + 2));
            }
            lines.add(line.toString().stripTrailing());
        }
        return String.join("\n", lines);
    }
}
