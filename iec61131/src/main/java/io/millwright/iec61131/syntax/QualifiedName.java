package io.millwright.iec61131.syntax;

import io.millwright.iec61131.source.Span;
import java.util.List;
import java.util.stream.Collectors;

/// A name with the namespaces it stands in, outermost first: `Motion.Axis` (6.6.4).
public record QualifiedName(List<Name> parts) {
    public QualifiedName {
        parts = List.copyOf(parts);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("a name has at least one part");
        }
    }

    public Name last() {
        return parts.getLast();
    }

    public Span span() {
        return parts.getFirst().span().to(parts.getLast().span());
    }

    @Override
    public String toString() {
        return parts.stream().map(Name::text).collect(Collectors.joining("."));
    }
}
