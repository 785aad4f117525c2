package io.millwright.model.plantfile;

import java.util.List;

/// Shows problems to people: each with the line it stands in and a caret below the place.
///
/// ```text
/// plant.yaml:14:22: error: unknown unit "m³/h"; write "m3/h"
///    14 |       inflow: {unit: m³/h, from: "line-opc/ns=2;s=Tank1.Inflow"}
///       |                      ^
/// ```
public final class Excerpt {

    private static final String RED = "\u001b[1;31m";
    private static final String BOLD = "\u001b[1m";
    private static final String DIM = "\u001b[2m";
    private static final String PLAIN = "\u001b[0m";
    private static final int MAX_SHOWN = 160;

    private Excerpt() {}

    /// The problems with their lines, each ended by a newline.
    ///
    /// @param problems what was found in the text
    /// @param text the file
    /// @param colour whether to use the colours of a terminal (ECMA-48)
    public static String of(List<Problem> problems, String text, boolean colour) {
        List<String> lines =
                (text.startsWith("\uFEFF") ? text.substring(1) : text).lines().toList();
        var shown = new StringBuilder();
        for (Problem problem : problems) {
            headline(shown, problem, colour);
            if (problem.line() <= lines.size()) {
                excerpt(shown, problem, lines.get(problem.line() - 1), colour);
            }
        }
        return shown.toString();
    }

    private static void headline(StringBuilder shown, Problem problem, boolean colour) {
        String place = "%s:%d:%d: ".formatted(problem.file(), problem.line(), problem.column());
        String rest = printable(problem.toString().substring(place.length() + "error: ".length()));
        shown.append(colour ? BOLD + place + RED + "error: " + PLAIN + BOLD + rest + PLAIN : place + "error: " + rest)
                .append('\n');
    }

    private static void excerpt(StringBuilder shown, Problem problem, String line, boolean colour) {
        int[] codePoints = line.codePoints().toArray();
        int at = Math.min(problem.column() - 1, codePoints.length);
        int from = Math.max(0, at - MAX_SHOWN / 2);
        int to = Math.min(codePoints.length, from + MAX_SHOWN);
        String gutter = "%5d | ".formatted(problem.line());
        String empty = " ".repeat(gutter.length() - 2) + "| ";
        shown.append(colour ? DIM + gutter + PLAIN : gutter)
                .append(printable(new String(codePoints, from, to - from)))
                .append('\n')
                .append(colour ? DIM + empty + PLAIN : empty);
        for (int i = from; i < at; i++) {
            shown.append(codePoints[i] == '\t' ? "\t" : " ".repeat(width(codePoints[i])));
        }
        shown.append(colour ? RED + "^" + PLAIN : "^").append('\n');
    }

    /// A file is foreign input: its control characters must not reach the terminal.
    private static String printable(String text) {
        var safe = new StringBuilder(text.length());
        text.codePoints().forEach(c -> safe.appendCodePoint(c != '\t' && Character.isISOControl(c) ? 0xFFFD : c));
        return safe.toString();
    }

    /// How many columns of a terminal a character takes (Unicode Annex 11, wide characters and combining marks).
    private static int width(int c) {
        int type = Character.getType(c);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT) {
            return 0;
        }
        boolean wide = c >= 0x1100 && c <= 0x115F
                || c >= 0x2E80 && c <= 0xA4CF
                || c >= 0xAC00 && c <= 0xD7A3
                || c >= 0xF900 && c <= 0xFAFF
                || c >= 0xFE30 && c <= 0xFE6F
                || c >= 0xFF00 && c <= 0xFF60
                || c >= 0xFFE0 && c <= 0xFFE6
                || c >= 0x1F300 && c <= 0x1FAFF
                || c >= 0x20000 && c <= 0x3FFFD;
        return wide ? 2 : 1;
    }
}
