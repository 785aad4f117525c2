package io.millwright.iec61131.check;

import io.millwright.iec61131.ir.Place;
import io.millwright.iec61131.ir.Term;
import io.millwright.iec61131.library.StandardFunction;
import io.millwright.iec61131.library.StandardFunctions;
import io.millwright.iec61131.machine.Image;
import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.syntax.Address;
import io.millwright.iec61131.syntax.Expression;
import io.millwright.iec61131.syntax.Name;
import io.millwright.iec61131.syntax.QualifiedName;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.EnumerationType;
import io.millwright.iec61131.type.GenericType;
import io.millwright.iec61131.type.Packing;
import io.millwright.iec61131.type.ReferenceType;
import io.millwright.iec61131.type.TextType;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.UnitType;
import io.millwright.iec61131.type.UnknownType;
import io.millwright.iec61131.type.Value;
import io.millwright.iec61131.type.Variable;
import io.millwright.iec61131.type.Variable.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds what names stand for.
final class Names {
    private Names() {}

    /// The symbol of a name in a scope, worked out where that was put off; null where there is none.
    static @Nullable Symbol find(Scope scope, String name) {
        return resolved(scope.find(name));
    }

    /// The symbol of a name in one region alone.
    static @Nullable Symbol own(Scope scope, String name) {
        return resolved(scope.own(name));
    }

    /// The symbol of a name where a type is asked for: a variable or a value of the same name does not hide a
    /// type; null also for a type whose declaration is mistaken.
    private static @Nullable Symbol typeOrScope(Scope scope, String name) {
        Symbol nearest = find(scope, name);
        for (Scope at = scope; at != null; at = at.parent()) {
            Symbol symbol = find(at, name);
            if (symbol instanceof Symbol.OfType || symbol instanceof Symbol.OfScope) {
                return symbol;
            }
            if (symbol == null && isType(at.find(name))) {
                return null;
            }
        }
        return nearest;
    }

    /// The function that is called where a variable of the same name, which cannot be called, is nearer; null
    /// where there is none.
    static @Nullable Entity function(Context context, Name name) {
        if (!(find(context.scope(), name.text()) instanceof Symbol.OfVariable(var variable))
                || isCallable(variable.type())) {
            return null;
        }
        for (Scope at = context.scope(); at != null; at = at.parent()) {
            Symbol symbol = find(at, name.text());
            if (symbol instanceof Symbol.OfFunction(var signature)) {
                context.usages().add(name.span(), signature);
                return new Entity.OfFunction(signature);
            }
            if (symbol instanceof Symbol.OfOverloads(var functions, var _)) {
                return new Entity.OfOverloads(functions);
            }
        }
        StandardFunction standard = StandardFunctions.find(name.key());
        return standard == null ? null : new Entity.OfStandard(standard);
    }

    /// The functions of a name that has several of them, even where a variable, which each of them has for its
    /// result, is nearer; null where there are none.
    static @Nullable Overloads overloads(Scope scope, String name) {
        for (Scope at = scope; at != null; at = at.parent()) {
            if (find(at, name) instanceof Symbol.OfOverloads(var functions, var _)) {
                return functions;
            }
        }
        return null;
    }

    private static boolean isCallable(Type type) {
        return switch (type.resolved()) {
            case UnitType _ -> true;
            case ReferenceType(var _, var target) -> isCallable(target);
            default -> false;
        };
    }

    private static @Nullable Symbol resolved(@Nullable Symbol symbol) {
        return symbol == null ? null : symbol.resolved();
    }

    /// What an identifier alone means, or null after saying that it is not known.
    static @Nullable Entity entity(Context context, Name name) {
        Symbol symbol = find(context.scope(), name.text());
        boolean perhapsNearer = symbol == null || symbol instanceof Symbol.OfType;
        if (perhapsNearer && context.scope().lacks(name.text())) {
            return null;
        }
        if (symbol != null) {
            return entity(context, symbol, name);
        }
        Type type = builtIn(name.key());
        if (type != null) {
            return new Entity.OfType(type);
        }
        StandardFunction standard = StandardFunctions.find(name.key());
        if (standard != null) {
            return new Entity.OfStandard(standard);
        }
        Elementary running = StandardFunctions.uptime(name.key());
        if (running != null) {
            return new Entity.OfValue(new Term.Library("now", List.of(), running));
        }
        if (name.key().equals("NULL")) {
            return new Entity.OfValue(new Term.Null(GenericType.ANY));
        }
        Scope scope = context.scope();
        if (scope.find(name.text()) == null) {
            context.unknown("E201", name.span(), name.text() + " is not declared", name.text(), candidates(context));
        }
        return null;
    }

    /// Every name that is seen in a scope, as declared.
    static List<String> names(Scope scope) {
        List<String> names = new ArrayList<>();
        scope.visible()
                .forEach((key, symbol) -> names.add(
                        switch (symbol) {
                            case Symbol.OfVariable(var variable) -> variable.name();
                            case Symbol.OfType(var type, var _) -> type.name();
                            case Symbol.OfFunction(var signature) -> signature.name();
                            case Symbol.OfMethod(var signature) -> signature.name();
                            case Symbol.OfOverloads(var functions, var _) -> functions.name();
                            case Symbol.OfEnumeration(var name, var _) -> name;
                            case Symbol.OfScope(var name, var _, var _) -> name;
                            case Symbol.Deferred(var _, var _, var declared) -> declared.text();
                            case Symbol.OfProperty _, Symbol.OfStandard _ -> key;
                        }));
        return names;
    }

    private static Collection<String> candidates(Context context) {
        Collection<String> all = new ArrayList<>();
        all.addAll(names(context.scope()));
        all.addAll(StandardFunctions.names());
        if (context.inTest()) {
            Arrays.stream(TestWord.values()).map(TestWord::name).forEach(all::add);
        }
        return all;
    }

    private static @Nullable Entity entity(Context context, Symbol symbol, Name name) {
        return switch (symbol) {
            case Symbol.OfVariable(var variable) -> {
                context.usages().add(name.span(), variable);
                yield variable.type() instanceof UnknownType ? null : of(context, variable);
            }
            case Symbol.OfType(var type, var _) -> {
                context.usages().add(name.span(), type);
                yield new Entity.OfType(type);
            }
            case Symbol.OfFunction(var signature) -> {
                context.usages().add(name.span(), signature);
                yield new Entity.OfFunction(signature);
            }
            case Symbol.OfOverloads(var functions, var _) -> new Entity.OfOverloads(functions);
            case Symbol.OfMethod(var signature) -> {
                Term self = self(context);
                if (!Methods.areSeveral(self.type(), signature)) {
                    context.usages().add(name.span(), signature);
                }
                yield new Entity.OfMethod(self, signature, true);
            }
            case Symbol.OfProperty(var getter, var setter) -> {
                context.usages().property(name.span(), getter, setter);
                yield new Entity.OfProperty(self(context), getter, setter, true);
            }
            case Symbol.OfStandard(var function) -> new Entity.OfStandard(function);
            case Symbol.OfEnumeration(var _, var types) -> ofEnumeration(context, types, name);
            case Symbol.OfScope(var text, var scope, var _) -> {
                context.usages().add(name.span(), scope);
                yield new Entity.OfScope(text, scope);
            }
            case Symbol.Deferred _ -> null;
        };
    }

    private static @Nullable Entity ofEnumeration(Context context, List<EnumerationType> types, Name name) {
        if (types.size() > 1) {
            return new Entity.OfEnumeration(name, types);
        }
        Term value = enumerationValue(context, types.getFirst(), name);
        return value == null ? null : new Entity.OfValue(value);
    }

    static Term self(Context context) {
        UnitType self = context.self();
        if (self == null) {
            throw new IllegalStateException("members are in the scope of a unit alone");
        }
        return new Term.Self(self);
    }

    /// The place, or for a constant the value, of a variable that is in scope.
    private static Entity of(Context context, Variable variable) {
        // A constant input has the value that its instance was given.
        if (variable.isConstant()
                && variable.role() != Role.INPUT
                && variable.role() != Role.IN_OUT
                && variable.type().elementary() != null
                && !(variable.initial() instanceof Value.Usual)) {
            return new Entity.OfValue(new Term.Constant(variable.type(), variable.initial()));
        }
        Address address = variable.address();
        Elementary elementary = variable.type().elementary();
        if (address != null && !address.isOpen() && elementary != null) {
            return new Entity.OfPlace(new Place.Direct(address, elementary));
        }
        if (isLocated(variable) && address != null) {
            Term first = new Term.Constant(Elementary.DINT, new Value.Whole(Image.firstBit(address)));
            return new Entity.OfPlace(new Place.Overlaid(new Term.ImageBytes(address.area()), first, variable.type()));
        }
        if (variable.role() == Role.GLOBAL) {
            return new Entity.OfPlace(new Place.Global(variable));
        }
        UnitType self = context.self();
        return new Entity.OfPlace(
                self != null && self.allVariables().contains(variable)
                        ? new Place.Field(new Term.Self(self), variable)
                        : new Place.Local(variable));
    }

    /// Whether a variable is an array or a structure that lies in the process image.
    private static boolean isLocated(Variable variable) {
        Address address = variable.address();
        return address != null
                && !address.isOpen()
                && address.area() != Address.Area.STRUCTURE
                && variable.type().isAggregate()
                && Packing.isPlain(variable.type());
    }

    /// The value of an enumeration, or null where it has none of that name.
    static Term.@Nullable Constant enumerationValue(Context context, EnumerationType type, Name name) {
        for (var entry : type.values().entrySet()) {
            if (Members.same(entry.getKey(), name.text())) {
                context.usages().add(name.span(), new EnumerationType.Named(type, entry.getKey()));
                return new Term.Constant(type, new Value.Whole(entry.getValue()));
            }
        }
        return null;
    }

    /// The value of an enumeration without a name of its own, which is asked for: nothing but the place of its
    /// values tells what they belong to. Null where the expression is something else, or a variable has the name.
    static @Nullable Term valueOfUnnamed(Context context, Expression expression, @Nullable Type expected) {
        if (!(expression instanceof Expression.Identifier(var name))
                || expected == null
                || !(expected.resolved() instanceof EnumerationType type)
                || type.isNamed()) {
            return null;
        }
        Symbol symbol = find(context.scope(), name.text());
        boolean free = symbol == null || symbol instanceof Symbol.OfEnumeration;
        return free ? enumerationValue(context, type, name) : null;
    }

    /// The type of a name, or null after saying that there is none.
    static @Nullable Type type(Context context, QualifiedName name) {
        Scope scope = context.scope();
        Type builtIn = name.parts().size() == 1 ? builtIn(name.last().key()) : null;
        if (builtIn != null && !isType(scope.find(name.last().text()))) {
            return builtIn;
        }
        Symbol symbol = null;
        boolean first = true;
        for (Name part : name.parts()) {
            symbol = first ? typeOrScope(scope, part.text()) : own(scope, part.text());
            first = false;
            if (symbol instanceof Symbol.OfScope(var _, var inner, var _)) {
                scope = inner;
                context.usages().add(part.span(), inner);
            }
        }
        if (symbol instanceof Symbol.OfType(var type, var _)) {
            context.usages().add(name.last().span(), type);
            return type;
        }
        boolean failedBefore = symbol == null && scope.find(name.last().text()) != null;
        if (symbol != null) {
            context.error("E203", name.span(), name + " is not a type");
        } else if (!failedBefore && !scope.lacks(name.last().text())) {
            context.unknown(
                    "E202", name.span(), "there is no type " + name, name.last().text(), typeNames(context.scope()));
        }
        return null;
    }

    private static boolean isType(@Nullable Symbol symbol) {
        return symbol instanceof Symbol.OfType
                || symbol instanceof Symbol.Deferred(var _, boolean ofType, var _) && ofType;
    }

    private static List<String> typeNames(Scope scope) {
        List<String> names = new ArrayList<>(
                List.of("STRING", "WSTRING", "TOD", "DT", "TON", "TOF", "TP", "CTU", "CTD", "R_TRIG", "F_TRIG"));
        for (Elementary type : Elementary.values()) {
            names.add(type.name());
        }
        scope.visible().forEach((key, symbol) -> {
            if (symbol instanceof Symbol.OfType(var type, var _)) {
                names.add(type.name());
            } else if (symbol instanceof Symbol.Deferred(var _, var _, var declared)) {
                names.add(declared.text());
            }
        });
        return names;
    }

    /// A type of the standard by its keyword in capitals, or null.
    static @Nullable Type builtIn(String keyword) {
        Elementary elementary = Elementary.of(keyword);
        if (elementary != null) {
            return elementary;
        }
        return switch (keyword) {
            case "STRING" -> new TextType(false, TextType.USUAL);
            case "WSTRING" -> new TextType(true, TextType.USUAL);
            default -> {
                for (GenericType generic : GenericType.values()) {
                    if (generic.name().equals(keyword)) {
                        yield generic;
                    }
                }
                yield null;
            }
        };
    }

    /// The name an expression consists of, or null where it is more than a name.
    static @Nullable Name nameOf(Expression expression) {
        return expression instanceof Expression.Identifier(var name) ? name : null;
    }

    /// SUPER, where there is one; null after saying that there is none.
    static @Nullable Entity superOf(Context context, Span span) {
        UnitType self = context.self();
        UnitType base = self == null ? null : self.base();
        if (base != null) {
            return new Entity.OfSuper(new Term.Self(base));
        }
        if (self == null || !self.isMistaken()) {
            context.error("E221", span, "SUPER is the base of a unit; here is none");
        }
        return null;
    }
}
