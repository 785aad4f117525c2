package io.millwright.iec61131.type;

import java.util.List;
import java.util.Map;

/// What variables start with where nothing else is declared (6.4.2.1, 6.4.4).
public final class Defaults {
    private Defaults() {}

    /// The first value of a type, never [Value.Usual] but for references and interfaces, where it is the null
    /// reference.
    public static Value of(Type type) {
        return switch (type) {
            case AliasType alias -> alias.initial() instanceof Value.Usual ? of(alias.of()) : alias.initial();
            case EnumerationType enumeration ->
                new Value.Whole(
                        enumeration.values().values().stream().findFirst().orElse(0L));
            case SubrangeType range ->
                new Value.Whole(
                        holdsZero(range)
                                ? 0
                                : range.low() > 0 || range.base() == Elementary.ULINT ? range.low() : range.high());
            case Elementary elementary ->
                switch (elementary) {
                    case BOOL -> new Value.Truth(false);
                    case REAL, LREAL -> new Value.Real(0);
                    default -> new Value.Whole(0);
                };
            case TextType _ -> new Value.Text("");
            case ArrayType _, OpenArrayType _ -> new Value.Elements(List.of());
            case StructureType _, UnitType _ -> new Value.Fields(Map.of());
            case ReferenceType _, InterfaceType _, GenericType _, UnknownType _ -> new Value.Usual();
        };
    }

    private static boolean holdsZero(SubrangeType range) {
        return range.base() == Elementary.ULINT ? range.low() == 0 : range.low() <= 0 && range.high() >= 0;
    }
}
