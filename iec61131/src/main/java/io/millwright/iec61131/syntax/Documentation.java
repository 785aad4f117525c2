package io.millwright.iec61131.syntax;

import java.util.ArrayList;
import java.util.List;

/// The text of comments without their marks.
final class Documentation {
    private Documentation() {}

    /// The comments among the tokens from `first` to before `last`, one below the other. Those that begin with
    /// `@` are notes of a tool and left out.
    static String of(Tokens tokens, int first, int last) {
        List<String> lines = new ArrayList<>();
        for (int i = first; i < last; i++) {
            if (tokens.kind(i) == Kind.COMMENT) {
                add(tokens.text(i), lines);
            }
        }
        while (!lines.isEmpty() && lines.getLast().isEmpty()) {
            lines.removeLast();
        }
        return String.join("\n", lines);
    }

    /// What stands before and what stands behind.
    static String together(String before, String behind) {
        return before.isEmpty() || behind.isEmpty() ? before + behind : before + "\n" + behind;
    }

    private static void add(String comment, List<String> lines) {
        String body = comment.substring(2);
        if (!comment.startsWith("//") && (body.endsWith("*)") || body.endsWith("*/"))) {
            body = body.substring(0, body.length() - 2);
        }
        if (body.strip().startsWith("@")) {
            return;
        }
        for (String line : body.isEmpty() ? List.of("") : body.lines().toList()) {
            String stripped = line.strip();
            while (stripped.startsWith("*") || stripped.startsWith("/") || stripped.startsWith("!")) {
                stripped = stripped.substring(1).strip();
            }
            if (!stripped.isEmpty() || !lines.isEmpty()) {
                lines.add(stripped);
            }
        }
    }
}
