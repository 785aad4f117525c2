package io.millwright.iec61131.xml;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// An element of XML; names without their prefixes.
///
/// @param text the characters directly in it
/// @param offset where its start tag ends in the text
record Element(String name, Map<String, String> attributes, List<Element> children, String text, int offset) {
    Element {
        attributes = new LinkedHashMap<>(attributes);
    }

    /// The value of an attribute, without blanks at its ends; empty where it is missing.
    String attribute(String key) {
        return attributes.getOrDefault(key, "").strip();
    }

    boolean is(String key) {
        return attribute(key).equals("true") || attribute(key).equals("1");
    }

    /// A whole number, or `otherwise` where there is none.
    int number(String key, int otherwise) {
        try {
            return Integer.parseInt(attribute(key));
        } catch (NumberFormatException _) {
            return otherwise;
        }
    }

    @Nullable
    Element child(String key) {
        return all(key).findFirst().orElse(null);
    }

    Stream<Element> all(String key) {
        return children.stream().filter(c -> c.name().equals(key));
    }

    /// The children of all children of a name.
    Stream<Element> within(String key) {
        return all(key).flatMap(c -> c.children().stream());
    }

    /// The characters in it and in everything within it.
    String deepText() {
        var all = new StringBuilder(text);
        children.forEach(c -> all.append(c.deepText()));
        return all.toString();
    }
}
