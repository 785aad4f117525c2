package io.millwright.iec61131.type;

import io.millwright.iec61131.source.Span;
import java.util.List;

/// STRUCT (6.4.4.7), STRUCT OVERLAP (6.4.4.9) or a union of common dialects.
///
/// Fields are set once, after all names are known, since structures may refer to each other through references.
public final class StructureType implements Type {
    private final String name;
    private final boolean overlap;
    private final Span declared;
    private List<Variable> fields = List.of();

    public StructureType(String name, boolean overlap, Span declared) {
        this.name = name;
        this.overlap = overlap;
        this.declared = declared;
    }

    @Override
    public String name() {
        return name;
    }

    /// Whether all fields lie at the same place.
    public boolean overlap() {
        return overlap;
    }

    public Span declared() {
        return declared;
    }

    /// In order of declaration.
    public List<Variable> fields() {
        return fields;
    }

    public void complete(List<Variable> declaredFields) {
        this.fields = List.copyOf(declaredFields);
    }

    @Override
    public String toString() {
        return name;
    }
}
