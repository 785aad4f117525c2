package io.millwright.iec61131.xml;

/// XML that is being written, indented.
final class XmlText {
    private final StringBuilder text = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    private int depth;

    /// Opens an element with attributes, given as name, value, name, value; those with an empty value are left out.
    XmlText open(String name, String... attributes) {
        tag(name, attributes).append(">\n");
        depth++;
        return this;
    }

    XmlText close(String name) {
        depth--;
        text.append("  ".repeat(depth)).append("</").append(name).append(">\n");
        return this;
    }

    XmlText empty(String name, String... attributes) {
        tag(name, attributes).append("/>\n");
        return this;
    }

    /// An element that holds a text.
    XmlText leaf(String name, String content, String... attributes) {
        tag(name, attributes)
                .append('>')
                .append(escaped(content))
                .append("</")
                .append(name)
                .append(">\n");
        return this;
    }

    private StringBuilder tag(String name, String... attributes) {
        text.append("  ".repeat(depth)).append('<').append(name);
        for (int i = 0; i < attributes.length; i += 2) {
            if (!attributes[i + 1].isEmpty()) {
                text.append(' ')
                        .append(attributes[i])
                        .append("=\"")
                        .append(escaped(attributes[i + 1]))
                        .append('"');
            }
        }
        return text;
    }

    private static String escaped(String content) {
        return content.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
