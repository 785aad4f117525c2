package io.millwright.iec61131.check;

import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.syntax.Declaration.Modifier;
import io.millwright.iec61131.syntax.Name;
import io.millwright.iec61131.type.InterfaceType;
import io.millwright.iec61131.type.Signature;
import io.millwright.iec61131.type.StructureType;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.UnitType;
import io.millwright.iec61131.type.Variable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Looks into units, interfaces and structures, with what they inherit.
final class Members {
    private Members() {}

    /// The variable or field of a name, or null.
    static @Nullable Variable variable(Type type, String name) {
        List<Variable> all = switch (type.resolved()) {
            case StructureType structure -> structure.fields();
            case UnitType unit -> unit.allVariables();
            default -> List.of();
        };
        String meant = type.resolved() instanceof UnitType unit ? shortName(unit.name(), name) : name;
        for (Variable variable : all) {
            if (same(variable.name(), meant)) {
                return variable;
            }
        }
        return null;
    }

    /// The parameters of SR and RS have long names, too (Table 43).
    static String shortName(String unit, String name) {
        return switch (Name.key(unit) + "." + Name.key(name)) {
            case "SR.SET1" -> "S1";
            case "SR.RESET", "RS.RESET1" -> Name.key(name).equals("RESET") ? "R" : "R1";
            case "RS.SET" -> "S";
            default -> name;
        };
    }

    /// The method, action or side of a property of a name, the nearest in the line of inheritance, or null.
    static @Nullable Signature method(Type type, String name, Signature.Kind... kinds) {
        for (Signature method : ownMethods(type)) {
            if (same(method.name(), name) && List.of(kinds).contains(method.kind())) {
                return method;
            }
        }
        for (Type base : bases(type)) {
            Signature inherited = method(base, name, kinds);
            if (inherited != null) {
                return inherited;
            }
        }
        return null;
    }

    /// The method, action or side of a property that a type has where another has this one, the nearest in the
    /// line of inheritance; null where it has none that takes the same types.
    static @Nullable Signature like(Type type, Signature other) {
        for (Signature method : ownMethods(type)) {
            if (method.kind() == other.kind() && method.key().equals(other.key())) {
                return method;
            }
        }
        for (Type base : bases(type)) {
            Signature inherited = like(base, other);
            if (inherited != null) {
                return inherited;
            }
        }
        return null;
    }

    /// All methods of a name that a call may mean, the nearest in the line of inheritance first, without those
    /// that are overridden.
    static List<Signature> methods(Type type, String name) {
        Map<String, Signature> found = new LinkedHashMap<>();
        for (Signature method : ownMethods(type)) {
            if (method.kind() == Signature.Kind.METHOD && same(method.name(), name)) {
                found.putIfAbsent(method.key(), method);
            }
        }
        for (Type base : bases(type)) {
            methods(base, name).forEach(m -> found.putIfAbsent(m.key(), m));
        }
        return List.copyOf(found.values());
    }

    private static List<Signature> ownMethods(Type type) {
        return switch (type.resolved()) {
            case UnitType unit -> unit.methods();
            case InterfaceType face -> face.methods();
            default -> List.of();
        };
    }

    /// Every name that may stand after a dot.
    static List<String> names(Type type) {
        List<String> names = new ArrayList<>();
        switch (type.resolved()) {
            case StructureType structure -> structure.fields().forEach(f -> names.add(f.name()));
            case UnitType unit -> {
                unit.allVariables().forEach(v -> names.add(v.name()));
                for (UnitType u = unit; u != null; u = u.base()) {
                    u.methods().forEach(m -> names.add(m.name()));
                }
            }
            case InterfaceType face -> {
                face.methods().forEach(m -> names.add(m.name()));
                face.bases().forEach(b -> names.addAll(names(b)));
            }
            default -> {}
        }
        return names;
    }

    /// Says that a type has no member of a name, unless nobody can say that.
    static void unknown(Context context, Type type, Name name) {
        if (!type.isMistaken()) {
            context.unknown(
                    "E212", name.span(), type.name() + " has no member " + name.text(), name.text(), names(type));
        }
    }

    static boolean implementsInterface(UnitType unit, InterfaceType wanted) {
        for (UnitType u = unit; u != null; u = u.base()) {
            if (u.interfaces().stream().anyMatch(i -> extendsInterface(i, wanted))) {
                return true;
            }
        }
        return false;
    }

    static boolean extendsInterface(InterfaceType face, InterfaceType wanted) {
        return face == wanted || face.bases().stream().anyMatch(b -> extendsInterface(b, wanted));
    }

    private static List<? extends Type> bases(Type type) {
        return switch (type.resolved()) {
            case UnitType unit -> unit.base() == null ? List.of() : List.of(unit.base());
            case InterfaceType face -> face.bases();
            default -> List.of();
        };
    }

    static boolean same(String a, String b) {
        return Name.key(a).equals(Name.key(b));
    }

    /// Says where a variable is used that its unit keeps to itself, to those that extend it or to its namespace
    /// (6.6.5.3).
    static void checkAccess(Context context, UnitType unit, Variable variable, Span span) {
        if (!Access.of(context).permits(unit, variable)) {
            refuse(context, Access.owner(unit, variable), variable.name(), Access.kept(variable), span);
        }
    }

    /// The same of a method or a side of a property.
    static void checkAccess(Context context, Signature signature, Span span) {
        if (signature.owner() instanceof UnitType owner && !Access.of(context).permits(signature)) {
            refuse(context, owner, signature.name(), Access.kept(signature), span);
        }
    }

    private static void refuse(Context context, UnitType owner, String name, @Nullable Modifier kept, Span span) {
        String to = kept == Modifier.INTERNAL ? "the namespace of " : "";
        context.error("E409", span, "%s is %s to %s%s".formatted(name, kept, to, owner.name()));
    }
}
