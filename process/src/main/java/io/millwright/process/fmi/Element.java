package io.millwright.process.fmi;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An element of modelDescription.xml with what it contains.
///
/// @param line where its start tag ends, from 1
/// @param column the same
record Element(String name, Map<String, String> attributes, List<Element> children, int line, int column) {

    @Nullable
    String attribute(String key) {
        return attributes.get(key);
    }

    String attribute(String key, String otherwise) {
        return attributes.getOrDefault(key, otherwise);
    }

    @Nullable
    Element child(String wanted) {
        for (var child : children) {
            if (child.name.equals(wanted)) {
                return child;
            }
        }
        return null;
    }
}
