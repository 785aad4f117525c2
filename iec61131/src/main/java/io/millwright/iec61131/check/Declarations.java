package io.millwright.iec61131.check;

import io.millwright.iec61131.check.Work.Slot;
import io.millwright.iec61131.ir.Term;
import io.millwright.iec61131.source.Diagnostic;
import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.syntax.Declaration;
import io.millwright.iec61131.syntax.Dialect;
import io.millwright.iec61131.syntax.Expression;
import io.millwright.iec61131.syntax.Initializer;
import io.millwright.iec61131.syntax.Name;
import io.millwright.iec61131.syntax.QualifiedName;
import io.millwright.iec61131.syntax.TypeSyntax;
import io.millwright.iec61131.syntax.VariableBlock;
import io.millwright.iec61131.syntax.VariableDeclaration;
import io.millwright.iec61131.type.AliasType;
import io.millwright.iec61131.type.EnumerationType;
import io.millwright.iec61131.type.InterfaceType;
import io.millwright.iec61131.type.Signature;
import io.millwright.iec61131.type.StructureType;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.UnitType;
import io.millwright.iec61131.type.UnknownType;
import io.millwright.iec61131.type.Value;
import io.millwright.iec61131.type.Variable;
import io.millwright.iec61131.type.Variable.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The first round: every name of the program gets a symbol. What a declaration says is worked out when it is
/// first asked for, so that declarations may stand in any order.
final class Declarations {
    private final Declared declared;
    private final Work loose;
    private final Dialect dialect;
    private final Once.Depth depth = new Once.Depth();
    private final List<Runnable> enumerations = new ArrayList<>();
    /// The functions of a region by name.
    private final Map<Scope, Map<String, Overloads>> functions = new HashMap<>();

    /// In which enumerations of a region a value's name stands.
    private final Map<Scope, Map<String, List<Name>>> enumerationTypes = new HashMap<>();

    /// @param loose takes what is said about names as such, anew every time
    Declarations(Declared declared, Work loose, Dialect dialect) {
        this.declared = declared;
        this.loose = loose;
        this.dialect = dialect;
    }

    /// The context of a piece of work of one part.
    Context context(Work work, Scope scope) {
        return Context.outside(scope, work.usages, work.diagnostics, dialect, declared.mocks);
    }

    /// The context of what is looked at anew every time.
    Context context(Scope scope) {
        return context(loose, scope);
    }

    /// Declares everything of a list.
    void all(Part part, List<Declaration> declarations, Scope scope) {
        declarations.forEach(d -> one(part, d, scope));
    }

    /// Declares the values of enumerations, which come last, since every other name goes before theirs.
    void values() {
        List<Runnable> values = List.copyOf(enumerations);
        enumerations.clear();
        values.forEach(Runnable::run);
    }

    private void one(Part part, Declaration declaration, Scope scope) {
        switch (declaration) {
            case Declaration.Unit unit
            when unit.kind() == Declaration.Unit.Kind.FUNCTION -> function(part, unit, scope);
            case Declaration.Unit unit -> unit(part, unit, scope);
            case Declaration.Interface face -> {
                Slot<InterfaceType> slot = part.head.slot();
                InterfaceType known = slot.value();
                InterfaceType type = known != null
                        ? known
                        : new InterfaceType(face.name().text(), face.name().span());
                if (declare(
                        scope, face.name(), new Symbol.OfType(type, face.name().span()))) {
                    declared.interfaces.add(new Declared.Interface(part, slot, face, type, scope));
                }
            }
            case Declaration.DataType type -> dataType(part, type, scope);
            case Declaration.Globals(var name, var block, var _, var span) -> globals(part, name, block, scope, span);
            case Declaration.Namespace namespace -> namespace(part, namespace, scope);
            case Declaration.Configuration configuration -> {
                configuration.variables().forEach(b -> globals(part, null, b, scope, b.span()));
                configuration
                        .resources()
                        .forEach(r -> r.variables().forEach(b -> globals(part, null, b, scope, b.span())));
                declared.configurations.add(new Declared.Configuration(part, configuration, scope));
            }
        }
    }

    private void unit(Part part, Declaration.Unit unit, Scope scope) {
        Slot<UnitType> slot = part.head.slot();
        UnitType known = slot.value();
        UnitType type = known != null
                ? known
                : new UnitType(
                        unit.kind(),
                        unit.name().text(),
                        unit.modifiers(),
                        unit.name().span());
        if (declare(scope, unit.name(), new Symbol.OfType(type, unit.name().span()))) {
            slot.fill(type);
            declared.units.add(new Declared.Unit(part, unit, type, used(scope, unit.using())));
        }
    }

    /// Declares a unit of the standard library, to be looked at when it is first asked for.
    ///
    /// @param asked is told that it was
    void onDemand(Part part, Declaration.Unit unit, Scope scope, Runnable asked) {
        String name = unit.name().text();
        declare(
                scope,
                unit.name(),
                new Symbol.Deferred(
                        () -> {
                            if (scope.own(name) instanceof Symbol.Deferred) {
                                scope.remove(name);
                                one(part, unit, scope);
                                asked.run();
                            }
                            return Names.own(scope, name);
                        },
                        unit.kind() != Declaration.Unit.Kind.FUNCTION,
                        unit.name().span()));
    }

    private boolean declare(Scope scope, Name name, Symbol symbol) {
        return Variables.declare(context(scope), scope, name.text(), symbol, name.span());
    }

    /// Declares what is worked out later, once, if it was not before; null where the name is taken.
    private @Nullable Once defer(Work head, Scope scope, Name name, boolean ofType, Supplier<@Nullable Symbol> work) {
        var once = new Once(context(head, scope), name, head.slot(), depth, work);
        if (declare(scope, name, new Symbol.Deferred(once, ofType, name.span()))) {
            declared.completions.add(once::get);
            return once;
        }
        return null;
    }

    private Scope used(Scope scope, List<QualifiedName> using) {
        if (using.isEmpty()) {
            return scope;
        }
        Scope inner = new Scope(scope);
        use(inner, using);
        return inner;
    }

    /// Follows USING once all names are there.
    void use(Scope scope, List<QualifiedName> using) {
        for (QualifiedName name : using) {
            declared.uses.addFirst(() -> {
                Scope at = scope;
                for (Name part : name.parts()) {
                    Symbol symbol = at == scope ? at.find(part.text()) : at.own(part.text());
                    if (!(symbol instanceof Symbol.OfScope(var _, var inner, var _))) {
                        context(scope).error("E531", part.span(), "there is no namespace " + name);
                        scope.lacksAny();
                        return;
                    }
                    context(scope).usages().add(part.span(), inner);
                    at = inner;
                }
                scope.use(at);
            });
        }
    }

    private void namespace(Part part, Declaration.Namespace namespace, Scope scope) {
        Scope at = scope;
        for (Name name : namespace.name().parts()) {
            Symbol before = at.own(name.text());
            if (before instanceof Symbol.OfScope(var _, var inner, var _)) {
                at = inner;
            } else {
                Scope inner = at.inner(name.text());
                declare(at, name, new Symbol.OfScope(name.text(), inner, name.span()));
                at = inner;
            }
            at.declaredAt(name);
            context(at).usages().add(name.span(), at);
        }
        use(at, namespace.using());
        Scope inside = at;
        namespace.declarations().forEach(d -> one(part, d, inside));
    }

    private void function(Part part, Declaration.Unit unit, Scope scope) {
        Scope inside = used(scope, unit.using());
        Name name = unit.name();
        Overloads same = functions
                .computeIfAbsent(scope, _ -> new HashMap<>())
                .computeIfAbsent(name.key(), _ -> new Overloads(name.text()));
        boolean first = same.count() == 0;
        if (part.hasGeneric() && Overloads.isGeneric(unit)) {
            same.addGeneric(unit, types -> instance(part, unit, inside, types));
            if (first) {
                declare(scope, name, new Symbol.OfOverloads(same, name.span()));
            } else {
                another(same, unit, scope);
            }
            return;
        }
        var once =
                new Once(context(part.head, scope), name, part.head.slot(), depth, () -> signature(part, unit, inside));
        same.add(unit, once);
        if (!first) {
            another(same, unit, scope);
        } else if (!declare(scope, name, new Symbol.Deferred(once, false, name.span()))) {
            return;
        }
        declared.completions.add(once::get);
        declared.functions.add(new Declared.Function(part, unit, once.slot(), inside));
    }

    /// A function of a name that functions before it have, which must have other parameters.
    private void another(Overloads functions, Declaration.Unit unit, Scope scope) {
        Name name = unit.name();
        scope.replace(name.text(), new Symbol.OfOverloads(functions, name.span()));
        declared.completions.add(() -> {
            Span first = functions.twin(unit);
            if (first != null) {
                loose.diagnostics.add(Diagnostic.error("E522", name.span(), name + " is declared already")
                        .relatedTo(first, "the first declaration"));
            }
        });
    }

    /// The function that a function of generic types becomes with some types. Nothing keeps it from one check
    /// to the next: parts with functions of several forms, and those that name them, forget everything
    /// ([Changes]).
    private Once instance(Part part, Declaration.Unit unit, Scope inside, Map<String, Type> types) {
        Scope own = new Scope(inside);
        types.forEach((name, type) -> own.declare(name, new Symbol.OfType(type, null)));
        var once =
                new Once(context(part.head, own), unit.name(), new Slot<>(), depth, () -> signature(part, unit, own));
        declared.functions.add(new Declared.Function(part, unit, once.slot(), own));
        return once;
    }

    private Symbol signature(Part part, Declaration.Unit unit, Scope inside) {
        return new Symbol.OfFunction(new Signatures(context(part.head, inside), part)
                .of(
                        Signature.Kind.FUNCTION,
                        unit.name(),
                        null,
                        unit.modifiers(),
                        unit.result(),
                        unit.variables(),
                        Signatures.tellsEnabled(unit)));
    }

    private void dataType(Part part, Declaration.DataType type, Scope scope) {
        Name name = type.name();
        Work head = part.head;
        if (type.type() instanceof TypeSyntax.Structure structure && type.initializer() == null) {
            Slot<StructureType> slot = head.slot();
            StructureType known = slot.value();
            var shell = known != null ? known : new StructureType(name.text(), structure.overlap(), name.span());
            if (declare(scope, name, new Symbol.OfType(shell, name.span()))) {
                declared.structures.add(shell);
                if (part.isBroken()) {
                    shell.markMistaken();
                }
                if (known == null) {
                    slot.fill(shell);
                    shell.completeLater(
                            () -> new Types(context(head, scope), head.structures).complete(shell, structure));
                    declared.completions.add(shell::fields);
                }
            }
            return;
        }
        defer(head, scope, name, true, () -> named(head, type, scope));
        if (type.type() instanceof TypeSyntax.Enumeration enumeration) {
            enumerations.add(() -> enumerationValues(name, enumeration, scope));
        }
    }

    private @Nullable Symbol named(Work head, Declaration.DataType type, Scope scope) {
        Name name = type.name();
        Types types = new Types(context(head, scope), head.structures);
        Type of = type.type() instanceof TypeSyntax.Enumeration enumeration
                ? types.enumeration(name.text(), name.span(), enumeration)
                : types.of(type.type());
        if (of instanceof UnknownType || types.isNamedTooOften(of, name)) {
            return null;
        }
        boolean plain = of instanceof EnumerationType && type.initializer() == null;
        Value initial =
                type.initializer() == null ? new Value.Usual() : initial(context(head, scope), of, type.initializer());
        Type named = plain ? of : new AliasType(name.text(), of, initial, name.span());
        return new Symbol.OfType(named, name.span());
    }

    /// The first value of a declared type; that of an enumeration is one of its own, which are not known by
    /// name yet.
    private static Value initial(Context context, Type type, Initializer initializer) {
        if (type instanceof EnumerationType enumeration
                && initializer instanceof Initializer.Single(Expression.Identifier(var name))) {
            Term.Constant own = Names.enumerationValue(context, enumeration, name);
            if (own != null) {
                return own.value();
            }
        }
        return new Initializers(context).initial(type, initializer);
    }

    /// The values of an enumeration are names of their own where nothing else has the name.
    private void enumerationValues(Name type, TypeSyntax.Enumeration enumeration, Scope scope) {
        Map<String, List<Name>> known = enumerationTypes.computeIfAbsent(scope, _ -> new HashMap<>());
        for (TypeSyntax.Enumeration.Value value : enumeration.values()) {
            Name name = value.name();
            known.computeIfAbsent(name.key(), _ -> new ArrayList<>()).add(type);
            scope.declare(
                    name.text(),
                    new Symbol.Deferred(() -> values(scope, name, known.get(name.key())), false, name.span()));
        }
    }

    private static @Nullable Symbol values(Scope scope, Name value, List<Name> typeNames) {
        List<EnumerationType> types = new ArrayList<>();
        for (Name name : typeNames) {
            if (Names.find(scope, name.text()) instanceof Symbol.OfType(var type, var _)
                    && type.resolved() instanceof EnumerationType enumeration) {
                types.add(enumeration);
            }
        }
        return types.isEmpty() ? null : new Symbol.OfEnumeration(value.text(), types);
    }

    /// Makes a value of an enumeration known by its bare name; one that several enumerations have keeps all of
    /// them.
    static void enumerationValue(Scope scope, String name, EnumerationType type) {
        Symbol before = Names.own(scope, name);
        switch (before) {
            case null -> scope.declare(name, new Symbol.OfEnumeration(name, List.of(type)));
            case Symbol.OfEnumeration(var text, var types)
            when !types.contains(type) -> {
                List<EnumerationType> more = new ArrayList<>(types);
                more.add(type);
                scope.replace(name, new Symbol.OfEnumeration(text, more));
            }
            default -> {}
        }
    }

    private void globals(Part part, @Nullable Name list, VariableBlock block, Scope scope, Span span) {
        boolean own = block.section() == VariableBlock.Section.VAR_GLOBAL;
        if (!own) {
            return;
        }
        Scope inside = scope;
        if (list != null) {
            inside = scope.inner(list.text());
            declare(scope, list, new Symbol.OfScope(list.text(), inside, span));
            scope.use(inside);
        }
        Work head = part.head;
        for (VariableDeclaration declaration : block.variables()) {
            Scope region = inside;
            Once once = defer(head, region, declaration.name(), false, () -> {
                Variable variable =
                        new Variables(context(head, region), head.structures).of(block, declaration, Role.GLOBAL);
                return new Symbol.OfVariable(variable);
            });
            if (once != null) {
                declared.globals.add(once.slot());
                declared.completions.add(() -> values(once.get(), scope));
            }
        }
    }

    /// The values of the enumeration that a global is of are known where it is.
    private static void values(@Nullable Symbol global, Scope scope) {
        if (global instanceof Symbol.OfVariable(var variable)
                && variable.type() instanceof EnumerationType enumeration
                && !enumeration.isNamed()) {
            enumeration.values().keySet().forEach(v -> enumerationValue(scope, v, enumeration));
        }
    }
}
