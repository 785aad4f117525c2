package io.millwright.iec61131.syntax;

import io.millwright.iec61131.source.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A type as written (6.4).
public sealed interface TypeSyntax {
    Span span();

    /// `INT`, `Motor`, `Motion.Axis`, `ANY_NUM`.
    record Named(QualifiedName name) implements TypeSyntax {
        @Override
        public Span span() {
            return name.span();
        }
    }

    /// `STRING[20]`, `WSTRING(80)`.
    ///
    /// @param length the most characters, or null for the usual length
    record Text(boolean wide, @Nullable Expression length, Span span) implements TypeSyntax {}

    /// `INT(0..100)`.
    record Subrange(TypeSyntax base, Expression low, Expression high, Span span) implements TypeSyntax {}

    /// `ARRAY[0..9, 1..2] OF T`; a bound pair of nulls is `*` (6.6.1.4, arrays of variable length).
    record Array(List<Dimension> dimensions, TypeSyntax element, Span span) implements TypeSyntax {
        public Array {
            dimensions = List.copyOf(dimensions);
        }

        public record Dimension(
                @Nullable Expression low, @Nullable Expression high, Span span) {
            public boolean isOpen() {
                return low == null;
            }
        }
    }

    /// `STRUCT … END_STRUCT`, `STRUCT OVERLAP`, and `UNION … END_UNION` of common dialects.
    ///
    /// @param base the structure whose fields come first (EXTENDS of common dialects), or null
    record Structure(boolean overlap, @Nullable QualifiedName base, List<VariableDeclaration> fields, Span span)
            implements TypeSyntax {
        public Structure {
            fields = List.copyOf(fields);
        }
    }

    /// `(Red, Green := 5)`, `INT (Red := 1, Green)`.
    ///
    /// @param base the type written before the values (6.4.4.2, named values), or null
    record Enumeration(@Nullable TypeSyntax base, List<Value> values, Span span) implements TypeSyntax {
        public Enumeration {
            values = List.copyOf(values);
        }

        public record Value(Name name, @Nullable Expression value) {}
    }

    /// `REF_TO T`, `REFERENCE TO T`, `POINTER TO T`.
    record Reference(Kind kind, TypeSyntax target, Span span) implements TypeSyntax {
        /// REF_TO is of the standard; REFERENCE TO is dereferenced without `^`; POINTER TO allows arithmetic.
        public enum Kind {
            REF_TO,
            REFERENCE_TO,
            POINTER_TO
        }
    }

    /// What stood here could not be read; that was reported.
    record Broken(Span span) implements TypeSyntax {}
}
