package io.millwright.node.st.doc;

import io.millwright.iec61131.source.Diagnostics;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.syntax.Dialect;
import io.millwright.iec61131.syntax.Kind;
import io.millwright.iec61131.syntax.Parser;
import io.millwright.iec61131.syntax.Tokens;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Pieces of HTML.
final class Html {
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    private Html() {}

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /// A comment: an empty line begins a paragraph, backquotes hold code.
    static String paragraphs(String comment) {
        return comment.isBlank()
                ? ""
                : Pattern.compile("\\n\\s*\\n")
                        .splitAsStream(comment.strip())
                        .map(p -> "<p>" + inline(p) + "</p>")
                        .collect(Collectors.joining("\n"));
    }

    static String inline(String comment) {
        return CODE.matcher(escape(comment)).replaceAll("<code>$1</code>");
    }

    /// A string of JavaScript, also within a script of a page.
    static String string(String text) {
        var quoted = new StringBuilder("\"");
        text.chars().forEach(c -> {
            if (c < ' ' || c == '"' || c == '\\' || c == '<' || c == 0x2028 || c == 0x2029) {
                quoted.append("\\u%04x".formatted(c));
            } else {
                quoted.append((char) c);
            }
        });
        return quoted.append('"').toString();
    }

    /// Structured Text with its keywords, comments and literals marked.
    static String code(String text) {
        Tokens tokens = Parser.tokens(new Source("", text), Dialect.COMMON, new Diagnostics());
        var html = new StringBuilder();
        int at = 0;
        for (int i = 0; i < tokens.count(); i++) {
            html.append(escape(text.substring(at, tokens.start(i))));
            String token = escape(tokens.text(i));
            String style = style(tokens.kind(i));
            html.append(style.isEmpty() ? token : "<span class=\"%s\">%s</span>".formatted(style, token));
            at = tokens.end(i);
        }
        return html.append(escape(text.substring(at))).toString();
    }

    private static String style(Kind kind) {
        return switch (kind) {
            case COMMENT, PRAGMA -> "comment";
            case STRING_LITERAL, WIDE_STRING_LITERAL, NUMBER, DURATION -> "literal";
            default -> kind.isKeyword() ? "keyword" : "";
        };
    }
}
