package io.millwright.node.id;

/// Text that came over a network, made safe to print: a terminal obeys control characters.
final class Printable {

    private Printable() {}

    static String of(String text) {
        var printable = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            boolean control = Character.isISOControl(c) || Character.getType(c) == Character.FORMAT;
            printable.appendCodePoint(control ? '\uFFFD' : c);
        });
        return printable.toString();
    }
}
