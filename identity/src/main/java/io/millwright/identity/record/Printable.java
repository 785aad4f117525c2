package io.millwright.identity.record;

/// Text that came over a network, made safe to print: a terminal obeys control characters.
public final class Printable {

    private Printable() {}

    /// The text with U+FFFD in place of each control and format character.
    public static String of(String text) {
        var printable = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            boolean control = Character.isISOControl(c) || Character.getType(c) == Character.FORMAT;
            printable.appendCodePoint(control ? '\uFFFD' : c);
        });
        return printable.toString();
    }
}
