package io.millwright.iec61131.syntax;

import io.millwright.iec61131.source.Span;
import org.jspecify.annotations.Nullable;

/// One variable, or one field of a structure. A list `a, b : INT` gives one of these for each name.
///
/// @param address the place after AT, or null
/// @param type what it is of; null in `VAR_CONFIG` entries and open lists that name none
/// @param edge R_EDGE or F_EDGE (6.5.6.4), or null
/// @param initializer the value after `:=`, or null; for an instance the values of its inputs
/// @param documentation the comment that stands with it, without its marks, or the empty text
public record VariableDeclaration(
        Name name,
        @Nullable Address address,
        @Nullable TypeSyntax type,
        @Nullable Edge edge,
        @Nullable Initializer initializer,
        String documentation,
        Span span) {
    /// Which edge of a BOOL input counts.
    public enum Edge {
        RISING,
        FALLING
    }
}
