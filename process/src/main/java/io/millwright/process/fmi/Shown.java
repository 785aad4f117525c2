package io.millwright.process.fmi;

/// Text of strangers, made fit to be shown: without control characters, which a terminal would obey, and not
/// too long.
final class Shown {

    private static final int QUOTED_MAX = 60;

    private Shown() {}

    static String plain(String text, int max) {
        var plain = new StringBuilder();
        for (int i = 0; i < text.length() && i < max; i++) {
            char c = text.charAt(i);
            plain.append(Character.isISOControl(c) ? ' ' : c);
        }
        return plain.append(text.length() > max ? "…" : "").toString().strip();
    }

    static String quoted(String text) {
        return "\"" + plain(text, QUOTED_MAX) + "\"";
    }
}
