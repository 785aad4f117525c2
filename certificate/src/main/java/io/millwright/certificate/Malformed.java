package io.millwright.certificate;

/// A line that cannot be read. The message says what would be right.
public final class Malformed extends Exception {
    private static final long serialVersionUID = 1;
    private static final int SHOWN = 40;

    public Malformed(String why) {
        super(why);
    }

    /// A text that is not too long to be shown.
    public static String shown(String text) {
        return "\"" + (text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text) + "\"";
    }
}
