package io.millwright.iec61131.type;

import io.millwright.iec61131.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
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
    private boolean mistaken;
    private @Nullable Variable bytes;

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

    /// Gives an overlapping structure, whose fields are known, the bytes it starts with.
    public void overlay(byte[] firstBytes) {
        var range = new ArrayType.Range(0, Math.max(0, firstBytes.length - 1));
        bytes = new Variable(
                "~bytes",
                new ArrayType(List.of(range), Elementary.BYTE),
                Variable.Role.FIELD,
                Set.of(),
                elements(firstBytes),
                null,
                null,
                declared);
    }

    /// As the first value of the variable that holds them.
    public static Value elements(byte[] bytes) {
        List<Value> values = new ArrayList<>();
        for (byte b : bytes) {
            values.add(new Value.Whole(b & 0xFF));
        }
        return new Value.Elements(values);
    }

    /// The one variable in which all fields of an overlapping structure lie.
    public Variable bytes() {
        fields();
        return Objects.requireNonNull(bytes);
    }

    /// The variables that an object of it has: its fields or, where they overlap, its bytes.
    public List<Variable> stored() {
        return overlap ? List.of(bytes()) : fields();
    }

    /// Whether the fields are known, or can be.
    public boolean isKnown() {
        return complete || later != null;
    }

    /// Says that what it is built on could not be found.
    public void markMistaken() {
        mistaken = true;
    }

    @Override
    public boolean isMistaken() {
        return mistaken;
    }

    @Override
    public String toString() {
        return name;
    }
}
