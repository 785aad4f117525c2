package io.millwright.iec61131.type;

import io.millwright.iec61131.source.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// STRUCT (6.4.4.7), STRUCT OVERLAP (6.4.4.9) or a union of common dialects.
///
/// Fields are set once, after all names are known, since structures may refer to each other through references.
public final class StructureType implements Type {
    private final String name;
    private final boolean overlap;
    private final Span declared;
    private List<Variable> fields = List.of();
    private @Nullable Runnable later;
    private boolean complete;

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
        Runnable work = later;
        if (work != null) {
            later = null;
            work.run();
        }
        return fields;
    }

    /// Lets the fields be worked out when they are first asked for.
    public void completeLater(Runnable work) {
        later = work;
    }

    public void complete(List<Variable> declaredFields) {
        this.fields = List.copyOf(declaredFields);
        this.complete = true;
    }

    /// Whether the fields are known, or can be.
    public boolean isKnown() {
        return complete || later != null;
    }

    @Override
    public String toString() {
        return name;
    }
}
