package io.millwright.iec61131.type;

import org.jspecify.annotations.Nullable;

/// A type of IEC 61131-3 (6.4) with every name in it resolved.
///
/// Elementary types, texts, arrays, ranges and references are equal when they say the same; declared types
/// (structures, enumerations, units, interfaces) when they are the same declaration.
public sealed interface Type
        permits Elementary,
                TextType,
                ArrayType,
                OpenArrayType,
                SubrangeType,
                AliasType,
                EnumerationType,
                StructureType,
                ReferenceType,
                UnitType,
                InterfaceType,
                GenericType,
                UnknownType {

    /// The type as a program would write it: `INT`, `ARRAY[0..9] OF REAL`, `Motor`.
    String name();

    /// This type without the names that only stand for another ([AliasType]).
    default Type resolved() {
        return this;
    }

    /// The elementary type whose values it has: of a range or an enumeration its base, else itself; null for
    /// all that is not elementary.
    default @Nullable Elementary elementary() {
        return switch (resolved()) {
            case Elementary e -> e;
            case SubrangeType s -> s.base();
            case EnumerationType e -> e.base();
            default -> null;
        };
    }

    /// Whether its declaration, or one it is built on, is mistaken, so that nobody can say what it lacks or
    /// does not go with.
    default boolean isMistaken() {
        return false;
    }

    /// Whether a variable of it is an object that is copied piece by piece: text, array, structure, instance.
    default boolean isAggregate() {
        return switch (resolved()) {
            case TextType _, ArrayType _, OpenArrayType _, StructureType _, UnitType _ -> true;
            default -> false;
        };
    }
}
