package io.millwright.node.id;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A [Report] for people: labels and columns aligned.
///
/// @param colour whether to stress with terminal colours
record ReportText(boolean colour) {

    private static final int LABEL_WIDTH = 10;

    String of(Report report) {
        var lines = new ArrayList<String>();
        lines.add(stressed(report.identifier()));
        labelled(lines, "what", report.type().or(report::description));
        labelled(lines, "where", report.place());
        labelled(lines, "plant", report.plant());
        labelled(lines, "more", report.url());
        table(lines, "signals", report.signals().stream().map(ReportText::cells).toList());
        table(lines, "values", report.others().stream().map(ReportText::cells).toList());
        labelled(lines, "old", report.staleSeconds().map(age -> age + " s: nobody answers who could tell anew"));
        labelled(lines, "asked", Optional.of(report.answeredBy()));
        return String.join("\n", lines);
    }

    private void labelled(List<String> lines, String label, Optional<String> value) {
        value.ifPresent(v -> lines.add(label(label) + v));
    }

    private String label(String label) {
        String padded = "  " + label + " ".repeat(Math.max(1, LABEL_WIDTH - label.length()));
        return colour ? "\u001b[2m" + padded + "\u001b[0m" : padded;
    }

    private String stressed(String text) {
        return colour ? "\u001b[1m" + text + "\u001b[0m" : text;
    }

    private static List<String> cells(Report.Signal signal) {
        return List.of(
                signal.name(),
                signal.unit(),
                signal.min().map(ReportText::number).orElse("")
                        + (signal.min().isPresent() || signal.max().isPresent() ? " … " : "")
                        + signal.max().map(ReportText::number).orElse(""),
                signal.writable() ? "writable" : "",
                signal.live());
    }

    private static List<String> cells(Report.Other other) {
        return List.of(Long.toString(other.index()), other.type(), other.value());
    }

    private static String number(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    private void table(List<String> lines, String label, List<List<String>> rows) {
        String first = label;
        for (var row : rows) {
            var line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                int width = width(rows, column);
                if (width > 0) {
                    String cell = row.get(column);
                    line.append(cell).append(" ".repeat(width - length(cell) + 2));
                }
            }
            lines.add(label(first) + line.toString().stripTrailing());
            first = "";
        }
    }

    private static int width(List<List<String>> rows, int column) {
        return rows.stream().mapToInt(row -> length(row.get(column))).max().orElse(0);
    }

    /// Columns a terminal takes: Chinese, Japanese and Korean characters are two wide.
    static int length(String text) {
        return text.codePoints().map(c -> isWide(c) ? 2 : 1).sum();
    }

    private static boolean isWide(int codePoint) {
        return codePoint >= 0x1100
                && (Character.isIdeographic(codePoint)
                        || Character.UnicodeScript.of(codePoint) == Character.UnicodeScript.HANGUL
                        || Character.UnicodeScript.of(codePoint) == Character.UnicodeScript.HIRAGANA
                        || Character.UnicodeScript.of(codePoint) == Character.UnicodeScript.KATAKANA
                        || codePoint >= 0xff01 && codePoint <= 0xff60);
    }
}
