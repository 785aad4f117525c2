package io.millwright.iec61131.type;

import io.millwright.iec61131.source.Span;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// An enumeration, with or without named values of its own (6.4.4.2, 6.4.4.3).
public final class EnumerationType implements Type {
    private final String name;
    private final Elementary base;
    private final Map<String, Long> values;
    private final Span declared;

    /// @param name as declared, or the empty text for one that stands in a variable's declaration
    /// @param base INT where none is written
    /// @param values by name as declared, in order
    public EnumerationType(String name, Elementary base, Map<String, Long> values, Span declared) {
        this.name = name;
        this.base = base;
        this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        this.declared = declared;
    }

    @Override
    public String name() {
        return name.isEmpty() ? "(" + String.join(", ", values.keySet()) + ")" : name;
    }

    /// Whether a TYPE declares it, so that its values are known wherever the type is.
    public boolean isNamed() {
        return !name.isEmpty();
    }

    public Elementary base() {
        return base;
    }

    public Map<String, Long> values() {
        return values;
    }

    public Span declared() {
        return declared;
    }

    @Override
    public String toString() {
        return name();
    }
}
