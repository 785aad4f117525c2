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

    /// The same with the attribute `name`, even where that is empty.
    XmlText openNamed(String element, String name, String... attributes) {
        int start = text.length();
        open(element, attributes);
        text.insert(start + "  ".repeat(depth - 1).length() + 1 + element.length(), " name=\"" + attribute(name) + '"');
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
                        .append(attribute(attributes[i + 1]))
                        .append('"');
            }
        }
        return text;
    }

    /// Blanks other than the space would be read as spaces.
    private static String attribute(String content) {
        return escaped(content).replace("\t", "&#9;").replace("\n", "&#10;");
    }

    private static String escaped(String content) {
        return content.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("\r", "&#13;");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
