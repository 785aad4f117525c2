package io.millwright.iec61131.format;

/// Text that is written line by line; the [Formatter] gives it its layout.
final class Lines {
    private final StringBuilder text = new StringBuilder();

    void line(String content) {
        text.append(content).append('\n');
    }

    /// A comment on lines of its own.
    void comment(String documentation) {
        documentation.lines().forEach(line -> line("// " + line));
    }

    /// An empty line.
    void gap() {
        text.append('\n');
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
