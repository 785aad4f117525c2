package io.millwright.node.st.doc;

import io.millwright.node.st.doc.Topic.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A unit as it is drawn in function block diagrams (IEC 61131-3, 8.3): inputs at the left, outputs at the
/// right.
final class BlockPicture {
    private static final double LETTER = 7.4;
    private static final int LINE = 24;
    private static final int HEAD = 40;
    private static final int PIN = 22;

    private final StringBuilder svg = new StringBuilder();

    private BlockPicture() {}

    /// The picture as SVG, or the empty text for what is no block.
    static String of(Topic topic) {
        boolean drawn = switch (topic.kind()) {
            case PROGRAM, FUNCTION_BLOCK, FUNCTION -> true;
            default -> false;
        };
        return drawn ? new BlockPicture().draw(topic) : "";
    }

    private String draw(Topic topic) {
        List<Row> left = new ArrayList<>(topic.rows(Label.INPUTS));
        List<Row> right = new ArrayList<>(topic.rows(Label.RESULT));
        right.addAll(topic.rows(Label.OUTPUTS));
        List<Row> through = topic.rows(Label.IN_OUTS);
        double names = longest(left, true) + longest(right, true);
        double box = Math.max(Math.max(names * LETTER + 48, topic.name().length() * (LETTER + 1) + 32), 150);
        box = Math.max(box, 2 * longest(through, true) * LETTER + 48);
        double from = Math.max(longest(left, false), longest(through, false)) * LETTER + PIN + 12;
        double width = from + box + longest(right, false) * LETTER + PIN + 12;
        int lines = Math.max(Math.max(left.size(), right.size()) + through.size(), 1);
        int height = HEAD + lines * LINE + 12;
        svg.append(String.format(
                Locale.ROOT,
                "<svg class=\"block\" role=\"img\" viewBox=\"0 0 %.0f %d\" width=\"%.0f\" height=\"%d\""
                        + " aria-label=\"%s\">",
                width,
                height + 2,
                width,
                height + 2,
                Html.escape(topic.heading())));
        svg.append(String.format(
                Locale.ROOT, "<rect x=\"%.1f\" y=\"1\" width=\"%.1f\" height=\"%d\" rx=\"6\"/>", from, box, height));
        text(from + box / 2, 25, "middle", "title", topic.name());
        svg.append(String.format(Locale.ROOT, "<path d=\"M%.1f %dh%.1f\"/>", from, HEAD - 5, box));
        for (int i = 0; i < left.size(); i++) {
            pin(from, y(i), true, left.get(i));
        }
        for (int i = 0; i < right.size(); i++) {
            pin(from + box, y(i), false, right.get(i));
        }
        int below = Math.max(left.size(), right.size());
        for (int i = 0; i < through.size(); i++) {
            double y = y(below + i);
            double name = 16 + through.get(i).name().length() * LETTER;
            svg.append(String.format(
                    Locale.ROOT, "<path class=\"through\" d=\"M%.1f %.1fh%.1f\"/>", from + name, y - 4.5, box - name));
            pin(from, y, true, through.get(i));
            svg.append(String.format(Locale.ROOT, "<path d=\"M%.1f %.1fh%d\"/>", from + box, y - 4.5, PIN));
        }
        return svg.append("</svg>").toString();
    }

    private static double y(int line) {
        return HEAD + 16 + line * (double) LINE;
    }

    private static int longest(List<Row> rows, boolean name) {
        return rows.stream()
                .mapToInt(r -> (name ? r.name() : shortened(r.type())).length())
                .max()
                .orElse(0);
    }

    private static String shortened(String type) {
        return type.length() > 24 ? type.substring(0, 23) + "…" : type;
    }

    private void pin(double x, double y, boolean left, Row row) {
        svg.append(String.format(Locale.ROOT, "<path d=\"M%.1f %.1fh%d\"/>", x, y - 4.5, left ? -PIN : PIN));
        text(left ? x + 10 : x - 10, y, left ? "start" : "end", "pin", row.name());
        text(left ? x - PIN - 6 : x + PIN + 6, y, left ? "end" : "start", "of", shortened(row.type()));
    }

    private void text(double x, double y, String anchor, String style, String text) {
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" class=\"%s\">%s</text>",
                x,
                y,
                anchor,
                style,
                Html.escape(text)));
    }
}
