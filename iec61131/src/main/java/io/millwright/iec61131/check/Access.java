package io.millwright.iec61131.check;

import io.millwright.iec61131.syntax.Declaration.Modifier;
import io.millwright.iec61131.type.Signature;
import io.millwright.iec61131.type.UnitType;
import io.millwright.iec61131.type.Variable;
import io.millwright.iec61131.type.Variable.Property;
import org.jspecify.annotations.Nullable;

/// Which members of units may be used at a place: those that their unit keeps to itself, to those that extend it
/// or to its namespace (6.6.5.3) only there. A TEST may use all.
///
/// @param self the unit that the place lies in, or null
/// @param scope what names stand for at the place
/// @param inTest whether the place lies in a TEST
public record Access(@Nullable UnitType self, Scope scope, boolean inTest) {
    static Access of(Context context) {
        return new Access(context.self(), context.scope(), context.inTest());
    }

    /// Whether a variable of a unit, or of what it extends, may be used.
    public boolean permits(UnitType unit, Variable variable) {
        Modifier kept = kept(variable);
        return kept == null || permits(owner(unit, variable), kept);
    }

    /// Whether a method, action or side of a property may be used.
    public boolean permits(Signature signature) {
        Modifier kept = kept(signature);
        return kept == null || !(signature.owner() instanceof UnitType owner) || permits(owner, kept);
    }

    private boolean permits(UnitType owner, Modifier kept) {
        return inTest
                || switch (kept) {
                    case PRIVATE -> self == owner;
                    case PROTECTED -> self != null && self.extendsOrIs(owner);
                    default -> isWithinNamespace(owner);
                };
    }

    /// Whether the place lies within the region that declares a unit.
    private boolean isWithinNamespace(UnitType unit) {
        for (Scope at = scope; at != null; at = at.parent()) {
            if (at.own(unit.name()) instanceof Symbol.OfType(var type, var _) && type == unit) {
                return true;
            }
        }
        return false;
    }

    /// The unit that declares a variable: the one given, or one that it extends.
    static UnitType owner(UnitType unit, Variable variable) {
        UnitType owner = unit;
        while (!owner.variables().contains(variable) && owner.base() != null) {
            owner = owner.base();
        }
        return owner;
    }

    /// PRIVATE, PROTECTED or INTERNAL; null for what all may use.
    static @Nullable Modifier kept(Variable variable) {
        return variable.properties().contains(Property.PRIVATE)
                ? Modifier.PRIVATE
                : variable.properties().contains(Property.PROTECTED)
                        ? Modifier.PROTECTED
                        : variable.properties().contains(Property.INTERNAL) ? Modifier.INTERNAL : null;
    }

    /// The same of a method, action or side of a property.
    static @Nullable Modifier kept(Signature signature) {
        return signature.modifiers().contains(Modifier.PRIVATE)
                ? Modifier.PRIVATE
                : signature.modifiers().contains(Modifier.PROTECTED)
                        ? Modifier.PROTECTED
                        : signature.modifiers().contains(Modifier.INTERNAL) ? Modifier.INTERNAL : null;
    }
}
