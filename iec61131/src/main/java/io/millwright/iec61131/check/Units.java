package io.millwright.iec61131.check;

import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.syntax.Declaration;
import io.millwright.iec61131.syntax.Declaration.Modifier;
import io.millwright.iec61131.syntax.QualifiedName;
import io.millwright.iec61131.syntax.VariableBlock;
import io.millwright.iec61131.syntax.VariableDeclaration;
import io.millwright.iec61131.type.EnumerationType;
import io.millwright.iec61131.type.InterfaceType;
import io.millwright.iec61131.type.Signature;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.UnitType;
import io.millwright.iec61131.type.Variable;
import io.millwright.iec61131.type.Variable.Property;
import io.millwright.iec61131.type.Variable.Role;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The third round: units and interfaces get what they inherit, their variables and the signatures of their
/// methods.
final class Units {
    private static final int BASES_MAX = 200;

    private final Declared declared;
    private final Declarations declarations;
    private final Map<UnitType, Declared.Unit> byType = new HashMap<>();
    private final List<Declared.Unit> fresh = new ArrayList<>();

    Units(Declared declared, Declarations declarations) {
        this.declared = declared;
        this.declarations = declarations;
    }

    /// Finds what units inherit, and lets their variables and methods be worked out when they are asked for: the
    /// first value of an instance may name them anywhere.
    void begin() {
        fresh.addAll(declared.units.stream().filter(u -> !u.isKnown()).toList());
        fresh.forEach(u -> byType.put(u.type(), u));
        fresh.forEach(this::inherit);
        fresh.forEach(this::bound);
        fresh.forEach(u -> u.type().completeLater(() -> complete(u.type())));
    }

    void all() {
        declared.interfaces.forEach(this::completeInterface);
        fresh.forEach(u -> u.type().variables());
        fresh.forEach(u -> Contracts.check(declarations.context(u.part().head, u.scope()), u.type()));
    }

    /// Works out a unit of the library, which needs none of the program.
    void one(Declared.Unit unit) {
        if (!unit.isKnown()) {
            byType.put(unit.type(), unit);
            inherit(unit);
            complete(unit.type());
        }
    }

    private void completeInterface(Declared.Interface face) {
        if (face.slot().isFilled()) {
            return;
        }
        face.slot().fill(face.type());
        Context context = declarations.context(face.part().head, face.scope());
        List<InterfaceType> bases = interfaces(context, face.syntax().bases());
        if (bases.size() < face.syntax().bases().size()) {
            face.type().markMistaken();
        }
        List<Signature> methods = members(
                context,
                face.part(),
                face.type(),
                face.syntax().methods(),
                face.syntax().properties());
        Methods.checkTwins(context, methods);
        if (bases.stream().anyMatch(b -> reaches(b, face.type(), new HashSet<>()))) {
            context.error("E543", face.type().declared(), face.type().name() + " extends itself");
            face.type().markMistaken();
            bases = List.of();
        }
        face.type().complete(bases, methods);
    }

    private static boolean reaches(InterfaceType from, InterfaceType to, Set<InterfaceType> seen) {
        return from == to || seen.add(from) && from.bases().stream().anyMatch(b -> reaches(b, to, seen));
    }

    private static List<InterfaceType> interfaces(Context context, List<QualifiedName> names) {
        List<InterfaceType> found = new ArrayList<>();
        for (QualifiedName name : names) {
            Type type = Names.type(context, name);
            if (type instanceof InterfaceType face) {
                found.add(face);
            } else if (type != null) {
                context.error("E540", name.span(), name + " is not an interface");
            }
        }
        return found;
    }

    private static List<Signature> members(
            Context context,
            Part part,
            Type owner,
            List<Declaration.Method> methods,
            List<Declaration.Property> properties) {
        var signatures = new Signatures(context, part);
        List<Signature> all = new ArrayList<>();
        for (Declaration.Method method : methods) {
            all.add(signatures.of(
                    Signature.Kind.METHOD,
                    method.name(),
                    owner,
                    method.modifiers(),
                    method.result(),
                    method.variables(),
                    false));
        }
        for (Declaration.Property property : properties) {
            Type type = new Types(context, part.head.structures).of(property.type());
            if (property.get() != null) {
                all.add(signatures.getter(property.name(), owner, property.modifiers(), type));
            }
            if (property.set() != null) {
                all.add(signatures.setter(property.name(), owner, property.modifiers(), type));
            }
        }
        return all;
    }

    private void inherit(Declared.Unit unit) {
        Context context = declarations.context(unit.part().head, unit.scope());
        QualifiedName name = unit.syntax().base();
        UnitType base = null;
        if (name != null) {
            Type type = Names.type(context, name);
            if (type instanceof UnitType u) {
                base = u;
            } else if (type != null) {
                context.error("E541", name.span(), name + " is not a function block or class");
            }
        }
        if (base != null && base.modifiers().contains(Modifier.FINAL)) {
            context.error(
                    "E542",
                    name == null ? unit.type().declared() : name.span(),
                    base.name() + " is FINAL and cannot be extended");
        }
        for (UnitType u = base; u != null; u = u.base()) {
            if (u == unit.type()) {
                context.error("E543", unit.type().declared(), unit.type().name() + " extends itself");
                base = null;
                break;
            }
        }
        List<InterfaceType> interfaces = interfaces(context, unit.syntax().interfaces());
        if (name != null && base == null
                || interfaces.size() < unit.syntax().interfaces().size()) {
            unit.type().markMistaken();
        }
        unit.type().inherit(base, interfaces);
    }

    private void bound(Declared.Unit unit) {
        int above = 0;
        for (UnitType u = unit.type().base(); u != null && above <= BASES_MAX; u = u.base()) {
            above++;
        }
        if (above > BASES_MAX) {
            String message = "a unit extends at most " + BASES_MAX + " others, one by one";
            declarations
                    .context(unit.part().head, unit.scope())
                    .error("E013", unit.type().declared(), message);
            unit.type().markMistaken();
            unit.type().inherit(null, List.of());
        }
    }

    private void complete(UnitType type) {
        Declared.Unit unit = byType.get(type);
        if (unit == null) {
            return;
        }
        Scope members = new Scope(unit.scope());
        inherited(type.base(), members);
        if (lacksInherited(unit)) {
            members.lacksAny();
        }
        Work head = unit.part().head;
        Context context = declarations.context(head, members);
        List<Variable> variables = variables(unit, context, members);
        Context inside = new Context(
                members,
                type,
                null,
                new ArrayList<>(),
                context.usages(),
                context.diagnostics(),
                context.dialect(),
                context.mocks());
        List<Signature> methods = new ArrayList<>(members(
                inside,
                unit.part(),
                type,
                unit.syntax().methods(),
                unit.syntax().properties()));
        for (Declaration.Action action : unit.syntax().actions()) {
            methods.add(new Signature(
                    Signature.Kind.ACTION,
                    action.name().text(),
                    type,
                    Set.of(),
                    List.of(),
                    null,
                    action.name().span()));
        }
        declareMethods(context, members, methods);
        Signature body = unit.syntax().kind() == Declaration.Unit.Kind.CLASS
                ? null
                : new Signature(Signature.Kind.BODY, type.name(), type, Set.of(), List.of(), null, type.declared());
        type.complete(variables, methods, body);
        head.scopes.put(type, members);
    }

    /// Whether names may be missing in it since it was not found what it is built on.
    private static boolean lacksInherited(Declared.Unit unit) {
        UnitType base = unit.type().base();
        return unit.syntax().base() != null && base == null
                || base != null && base.isMistaken()
                || unit.type().interfaces().size() < unit.syntax().interfaces().size();
    }

    private void inherited(@Nullable UnitType base, Scope members) {
        if (base == null) {
            return;
        }
        inherited(base.base(), members);
        for (Variable variable : base.variables()) {
            if (!variable.properties().contains(Property.PRIVATE)) {
                members.replace(variable.name(), new Symbol.OfVariable(variable));
            }
        }
        methods(members, base.methods());
    }

    private static void methods(Scope members, List<Signature> methods) {
        for (Signature method : methods) {
            switch (method.kind()) {
                case GETTER, SETTER -> {
                    Symbol before = members.own(method.name());
                    boolean getter = method.kind() == Signature.Kind.GETTER;
                    Signature otherGetter = before instanceof Symbol.OfProperty(var g, var _) ? g : null;
                    Signature otherSetter = before instanceof Symbol.OfProperty(var _, var s) ? s : null;
                    members.replace(
                            method.name(),
                            new Symbol.OfProperty(getter ? method : otherGetter, getter ? otherSetter : method));
                }
                default -> members.replace(method.name(), new Symbol.OfMethod(method));
            }
        }
    }

    private static void declareMethods(Context context, Scope members, List<Signature> methods) {
        for (Signature method : methods) {
            boolean clash = members.own(method.name()) instanceof Symbol.OfVariable;
            if (clash) {
                context.error("E522", method.declared(), method.name() + " is declared already, as a variable");
            }
        }
        Methods.checkTwins(context, methods);
        methods(members, methods);
    }

    private List<Variable> variables(Declared.Unit unit, Context context, Scope members) {
        List<Variable> variables = new ArrayList<>();
        for (VariableBlock block : Variables.constantsFirst(unit.syntax().variables())) {
            if (unit.syntax().kind() != Declaration.Unit.Kind.PROGRAM) {
                Accesses.misplaced(context, block);
            }
            Role role = Variables.roleInUnit(block.section());
            for (VariableDeclaration declaration : block.variables()) {
                if (role != null) {
                    Variable variable =
                            new Variables(context, unit.part().head.structures).of(block, declaration, role);
                    if (known(context, members, variable)) {
                        variables.add(variable);
                    }
                } else if (block.section() == VariableBlock.Section.VAR_EXTERNAL) {
                    Externals.declare(context, unit.scope(), members, declaration);
                }
            }
        }
        Externals.types(context, unit.part().head, unit.syntax().variables());
        variables.sort(Comparator.comparingInt(v -> v.declared().start()));
        boolean block = unit.syntax().kind() == Declaration.Unit.Kind.FUNCTION_BLOCK;
        if (block && members.find("ENO") == null && Signatures.tellsEnabled(unit.syntax())) {
            Variable enabled = Signatures.enabled(unit.type().declared());
            known(context, members, enabled);
            variables.add(enabled);
        }
        for (Declaration.Method method : unit.syntax().methods()) {
            variables.addAll(instanceVariables(method, unit.part().head, context));
        }
        List<Variable> edges = variables.stream()
                .filter(Variables::hasEdge)
                .map(Variables::beforeEdge)
                .toList();
        variables.addAll(edges);
        return variables;
    }

    private static boolean known(Context context, Scope members, Variable variable) {
        Span span = variable.declared();
        if (variable.name().isEmpty()) {
            members.lacksAny();
        }
        if (variable.type() instanceof EnumerationType enumeration && !enumeration.isNamed()) {
            enumeration.values().keySet().forEach(v -> Declarations.enumerationValue(members, v, enumeration));
        }
        return Variables.declare(context, members, variable.name(), new Symbol.OfVariable(variable), span);
    }

    /// VAR_INST of a method lies in the instance, under a name that no program text has.
    private static List<Variable> instanceVariables(Declaration.Method method, Work head, Context context) {
        List<Variable> variables = new ArrayList<>();
        for (VariableBlock block : method.variables()) {
            if (block.section() == VariableBlock.Section.VAR_INST) {
                for (VariableDeclaration declaration : block.variables()) {
                    variables.add(new Variables(context, head.structures).of(block, declaration, Role.STATE));
                }
            }
        }
        return variables;
    }
}
