package io.millwright.iec61131.syntax;

import io.millwright.iec61131.source.Span;
import org.jspecify.annotations.Nullable;

/// One variable, or one field of a structure. A list `a, b : INT` gives one of these for each name.
///
/// @param name its name; in `VAR_CONFIG` the last part of the path
/// @param address the place after AT, or null
/// @param type what it is of; null in `VAR_CONFIG` entries and open lists that name none
/// @param edge R_EDGE or F_EDGE (6.5.6.4), or null
/// @param initializer the value after `:=`, or null; for an instance the values of its inputs
/// @param path the variable elsewhere that an entry of `VAR_ACCESS` or `VAR_CONFIG` speaks of, else null
/// @param documentation the comment that stands with it, without its marks, or the empty text
public record VariableDeclaration(
        Name name,
        @Nullable Address address,
        @Nullable TypeSyntax type,
        @Nullable Edge edge,
        @Nullable Initializer initializer,
        @Nullable Path path,
        String documentation,
        Span span) {
    /// A variable or field that speaks of no other.
    public VariableDeclaration(
            Name name,
            @Nullable Address address,
            @Nullable TypeSyntax type,
            @Nullable Edge edge,
            @Nullable Initializer initializer,
            String documentation,
            Span span) {
        this(name, address, type, edge, initializer, null, documentation, span);
    }

    /// Which edge of a BOOL input counts.
    public enum Edge {
        RISING,
        FALLING
    }

    /// A variable from outside (6.8.2): `R1.P1.pump.speed`, or with a resource `R1.%IX1.1`.
    ///
    /// @param resource what stands before a direct address, or null
    /// @param target the names joined as members, or the direct address
    /// @param writable whether READ_WRITE is written
    public record Path(@Nullable Name resource, Expression target, boolean writable) {}
}
