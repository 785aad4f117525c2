package io.millwright.iec61131.type;

import io.millwright.iec61131.source.Span;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// An enumeration, with or without named values of its own (6.4.4.2, 6.4.4.3).
public final class EnumerationType implements Type {
    private final String name;
    private final Elementary base;
    private final Map<String, Long> values;
    private final Map<String, Span> places;
    private final Span declared;

    /// A value as what a name means: `Red` where `Colour : (Red, Green)`.
    ///
    /// @param name as declared
    public record Named(EnumerationType type, String name) {
        /// Where it stands among the values of its type.
        public Span declared() {
            return Objects.requireNonNull(type.places.get(name));
        }
    }

    /// @param name as declared, or the empty text for one that stands in a variable's declaration
    /// @param base INT where none is written
    /// @param values by name as declared, in order
    /// @param places where each of these names is declared
    public EnumerationType(
            String name, Elementary base, Map<String, Long> values, Map<String, Span> places, Span declared) {
        this.name = name;
        this.base = base;
        this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        this.places = Map.copyOf(places);
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

    /// The values as what their names mean, in order.
    public List<Named> named() {
        return values.keySet().stream().map(v -> new Named(this, v)).toList();
    }

    public Span declared() {
        return declared;
    }

    @Override
    public String toString() {
        return name();
    }
}
