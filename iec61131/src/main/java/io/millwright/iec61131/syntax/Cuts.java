package io.millwright.iec61131.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Cuts a text between its outermost declarations, so that each can be read on its own. A cut lies behind the
/// end of a declaration (`END_FUNCTION_BLOCK`) where another one follows; where a text is not that orderly it
/// stays whole.
///
/// What lies behind a cut has no part in where it is: a text that was changed need only be looked at from the
/// last cut before the change.
public final class Cuts {
    private static final Set<String> STARTS = Set.of(
            "FUNCTION",
            "FUNCTION_BLOCK",
            "PROGRAM",
            "TYPE",
            "CLASS",
            "INTERFACE",
            "NAMESPACE",
            "CONFIGURATION",
            "VAR_GLOBAL");

    private final String text;
    private int at;

    private Cuts(String text, int at) {
        this.text = text;
        this.at = at;
    }

    /// The first cut behind `start`, which is the beginning of the text or a cut itself; the end of the text
    /// where there is none.
    public static int next(String text, int start) {
        return new Cuts(text, start).next();
    }

    /// All pieces: where each begins, and the end of the text.
    public static List<Integer> of(String text) {
        List<Integer> cuts = new ArrayList<>();
        cuts.add(0);
        while (cuts.getLast() < text.length()) {
            cuts.add(next(text, cuts.getLast()));
        }
        return cuts;
    }

    private int next() {
        String first = word();
        if (!STARTS.contains(first)) {
            return text.length();
        }
        String end = first.equals("VAR_GLOBAL") ? "END_VAR" : "END_" + first;
        int depth = 1;
        while (depth > 0 && at < text.length()) {
            String word = word();
            if (word.equals(end)) {
                depth--;
            } else if (first.equals("NAMESPACE") && word.equals(first)) {
                depth++;
            }
        }
        return behindEnd();
    }

    /// Goes on over parts that stand behind the end of their unit.
    private int behindEnd() {
        while (at < text.length()) {
            semicolon();
            int cut = at;
            String word = word();
            if (STARTS.contains(word)) {
                return cut;
            }
            if (!Set.of("ACTION", "METHOD", "PROPERTY").contains(word)) {
                return text.length();
            }
            String end = "END_" + word;
            while (at < text.length() && !word().equals(end)) {
                // passed over
            }
        }
        return text.length();
    }

    /// Passes over `;` and what stands behind it on its line.
    private void semicolon() {
        boolean passed = false;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == ';' && !passed) {
                passed = true;
                at++;
            } else if (c == ' ' || c == '\t') {
                at++;
            } else if (c == '(' && follows('*') || c == '/' && (follows('/') || follows('*'))) {
                comment(c);
            } else {
                return;
            }
        }
    }

    private boolean follows(char next) {
        return at + 1 < text.length() && text.charAt(at + 1) == next;
    }

    /// The next word outside of comments, pragmas and strings, in capitals; the empty text for any other token.
    private String word() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (isWord(c)) {
                return wordHere();
            }
            switch (c) {
                case '(' -> {
                    if (!follows('*')) {
                        at++;
                        return "";
                    }
                    comment(c);
                }
                case '/' -> {
                    if (!follows('*') && !follows('/')) {
                        at++;
                        return "";
                    }
                    comment(c);
                }
                case '{' -> pragma();
                case '\'', '"' -> {
                    string(c);
                    return "";
                }
                case ' ', '\t', '\n', '\r', '\f', '\u000B', '\u00A0', '\u001A', '\uFEFF' -> at++;
                default -> {
                    at++;
                    return "";
                }
            }
        }
        return "";
    }

    private static boolean isWord(char c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c == '_'
                || c >= '0' && c <= '9'
                || c >= 0x80 && c != 0xA0 && c != 0xFEFF;
    }

    private String wordHere() {
        int start = at;
        while (at < text.length() && isWord(text.charAt(at))) {
            at++;
        }
        boolean keyword = "EFPTCINVAMefptcinvam".indexOf(text.charAt(start)) >= 0 && at - start <= 18;
        return keyword ? text.substring(start, at).toUpperCase(Locale.ROOT) : "";
    }

    private void comment(char open) {
        if (open == '/' && follows('/')) {
            while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r' && text.charAt(at) != 0) {
                at++;
            }
            return;
        }
        char close = open == '(' ? ')' : '/';
        int depth = 1;
        at += 2;
        while (depth > 0 && at < text.length()) {
            char c = text.charAt(at);
            if (c == '*' && follows(close)) {
                depth--;
                at += 2;
            } else if (c == open && follows('*')) {
                depth++;
                at += 2;
            } else {
                at++;
            }
        }
    }

    private void pragma() {
        String end = follows('{') ? "}}" : "}";
        int found = text.indexOf(end, at);
        at = found < 0 ? text.length() : found + end.length();
    }

    private void string(char quote) {
        at++;
        while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r' && text.charAt(at) != 0) {
            char c = text.charAt(at);
            at += c == '$' ? 2 : 1;
            if (c == quote) {
                return;
            }
        }
        at = Math.min(at, text.length());
    }
}
