package io.millwright.certificate.bounds;

/// A line that cannot be read. The message says what would be right.
final class Malformed extends Exception {
    private static final long serialVersionUID = 1;
    private static final int SHOWN = 40;

    Malformed(String why) {
        super(why);
    }

    /// A text that is not too long to be shown.
    static String shown(String text) {
        return "\"" + (text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text) + "\"";
    }
}
