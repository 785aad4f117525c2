package io.millwright.iec61131.check;

import io.millwright.iec61131.ir.Term;
import io.millwright.iec61131.source.Diagnostic;
import io.millwright.iec61131.source.Diagnostics;
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
    private final Usages usages;
    private final Diagnostics diagnostics;
    private final Dialect dialect;
    private final List<Runnable> enumerations = new ArrayList<>();
    /// The functions of a region by name.
    private final Map<Scope, Map<String, Overloads>> functions = new HashMap<>();

    /// In which enumerations of a region a value's name stands.
    private final Map<Scope, Map<String, List<Name>>> enumerationTypes = new HashMap<>();

    Declarations(Declared declared, Usages usages, Diagnostics diagnostics, Dialect dialect) {
        this.declared = declared;
        this.usages = usages;
        this.diagnostics = diagnostics;
        this.dialect = dialect;
    }

    Context context(Scope scope) {
        return Context.outside(scope, usages, diagnostics, dialect, declared.mocks);
    }

    /// Declares everything of a list; values of enumerations come last, since every other name goes before
    /// theirs.
    void all(List<Declaration> declarations, Scope scope) {
        declarations.forEach(d -> one(d, scope));
        List<Runnable> values = List.copyOf(enumerations);
        enumerations.clear();
        values.forEach(Runnable::run);
    }

    private void one(Declaration declaration, Scope scope) {
        switch (declaration) {
            case Declaration.Unit unit when unit.kind() == Declaration.Unit.Kind.FUNCTION -> function(unit, scope);
            case Declaration.Unit unit -> {
                var type = new UnitType(
                        unit.kind(),
                        unit.name().text(),
                        unit.modifiers(),
                        unit.name().span());
                if (declare(
                        scope, unit.name(), new Symbol.OfType(type, unit.name().span()))) {
                    declared.units.add(new Declared.Unit(unit, type, used(scope, unit.using())));
                }
            }
            case Declaration.Interface face -> {
                var type = new InterfaceType(face.name().text(), face.name().span());
                if (declare(
                        scope, face.name(), new Symbol.OfType(type, face.name().span()))) {
                    declared.interfaces.add(new Declared.Interface(face, type, scope));
                }
            }
            case Declaration.DataType type -> dataType(type, scope);
            case Declaration.Globals(var name, var block, var _, var span) -> globals(name, block, scope, span);
            case Declaration.Namespace namespace -> namespace(namespace, scope);
            case Declaration.Configuration configuration -> {
                configuration.variables().forEach(b -> globals(null, b, scope, b.span()));
                configuration.resources().forEach(r -> r.variables().forEach(b -> globals(null, b, scope, b.span())));
                declared.configurations.add(new Declared.Configuration(configuration, scope));
            }
        }
    }

    private boolean declare(Scope scope, Name name, Symbol symbol) {
        return Variables.declare(context(scope), scope, name.text(), symbol, name.span());
    }

    /// Declares what is worked out later, once.
    private void defer(Scope scope, Name name, boolean ofType, Supplier<@Nullable Symbol> work) {
        var once = new Once(this, scope, name, work);
        if (declare(scope, name, new Symbol.Deferred(once, ofType, name.span()))) {
            declared.completions.add(once::get);
        }
    }

    /// Works a declaration out once; one that needs itself for that is a mistake.
    private static final class Once implements Supplier<@Nullable Symbol> {
        private final Declarations declarations;
        private final Scope scope;
        private final Name name;
        private final Supplier<@Nullable Symbol> work;
        private State state = State.WAITING;
        private @Nullable Symbol result;

        private enum State {
            WAITING,
            RUNNING,
            DONE
        }

        Once(Declarations declarations, Scope scope, Name name, Supplier<@Nullable Symbol> work) {
            this.declarations = declarations;
            this.scope = scope;
            this.name = name;
            this.work = work;
        }

        @Override
        public @Nullable Symbol get() {
            switch (state) {
                case WAITING -> {
                    state = State.RUNNING;
                    Symbol symbol = work.get();
                    boolean circle = state == State.DONE;
                    result = circle ? null : symbol;
                    state = State.DONE;
                    if (result != null && scope.own(name.text()) instanceof Symbol.Deferred) {
                        scope.replace(name.text(), result);
                    }
                }
                case RUNNING -> {
                    declarations.context(scope).error("E530", name.span(), name + " is declared by means of itself");
                    state = State.DONE;
                }
                case DONE -> {}
            }
            return result;
        }
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
            declared.completions.addFirst(() -> {
                Scope at = scope;
                for (Name part : name.parts()) {
                    Symbol symbol = at == scope ? at.find(part.text()) : at.own(part.text());
                    if (!(symbol instanceof Symbol.OfScope(var _, var inner, var _))) {
                        context(scope).error("E531", part.span(), "there is no namespace " + name);
                        return;
                    }
                    at = inner;
                }
                scope.use(at);
            });
        }
    }

    private void namespace(Declaration.Namespace namespace, Scope scope) {
        Scope at = scope;
        for (Name part : namespace.name().parts()) {
            Symbol before = at.own(part.text());
            if (before instanceof Symbol.OfScope(var _, var inner, var _)) {
                at = inner;
            } else {
                Scope inner = new Scope(at);
                declare(at, part, new Symbol.OfScope(part.text(), inner, part.span()));
                at = inner;
            }
        }
        use(at, namespace.using());
        Scope inside = at;
        namespace.declarations().forEach(d -> one(d, inside));
    }

    private void function(Declaration.Unit unit, Scope scope) {
        Scope inside = used(scope, unit.using());
        Overloads same = functions
                .computeIfAbsent(scope, _ -> new HashMap<>())
                .computeIfAbsent(
                        unit.name().key(), _ -> new Overloads(unit.name().text()));
        boolean generic = Overloads.isGeneric(unit);
        boolean first = same.count() == 0;
        Supplier<Signature> plain = new Supplier<>() {
            private @Nullable Signature made;

            @Override
            public Signature get() {
                Signature signature = made == null ? signature(unit, inside) : made;
                made = signature;
                return signature;
            }
        };
        if (generic) {
            same.addGeneric(unit, types -> {
                Scope own = new Scope(inside);
                types.forEach((name, type) -> own.declare(name, new Symbol.OfType(type, null)));
                return signature(unit, own);
            });
        } else {
            same.add(unit, plain);
        }
        if (first && !generic) {
            defer(scope, unit.name(), false, () -> new Symbol.OfFunction(plain.get()));
            return;
        }
        var symbol = new Symbol.OfOverloads(same, unit.name().span());
        if (first) {
            declare(scope, unit.name(), symbol);
        } else {
            scope.replace(unit.name().text(), symbol);
            declared.completions.add(() -> distinct(same, unit));
        }
        if (!generic) {
            declared.completions.add(() -> {
                Signature _ = plain.get();
            });
        }
    }

    /// Functions of one name have other parameters.
    private void distinct(Overloads functions, Declaration.Unit unit) {
        Span first = functions.twin(unit);
        if (first != null) {
            diagnostics.add(Diagnostic.error("E522", unit.name().span(), unit.name() + " is declared already")
                    .relatedTo(first, "the first declaration"));
        }
    }

    private Signature signature(Declaration.Unit unit, Scope inside) {
        Signature signature = new Signatures(context(inside), declared.structures)
                .of(
                        Signature.Kind.FUNCTION,
                        unit.name(),
                        null,
                        unit.modifiers(),
                        unit.result(),
                        unit.variables(),
                        Signatures.tellsEnabled(unit));
        declared.functions.add(new Declared.Function(unit, signature, inside));
        return signature;
    }

    private void dataType(Declaration.DataType type, Scope scope) {
        Name name = type.name();
        if (type.type() instanceof TypeSyntax.Structure structure && type.initializer() == null) {
            var shell = new StructureType(name.text(), structure.overlap(), name.span());
            if (declare(scope, name, new Symbol.OfType(shell, name.span()))) {
                declared.structures.add(shell);
                shell.completeLater(() -> new Types(context(scope), declared.structures).complete(shell, structure));
                declared.completions.add(shell::fields);
            }
            return;
        }
        defer(scope, name, true, () -> {
            Type of = type.type() instanceof TypeSyntax.Enumeration enumeration
                    ? new Types(context(scope), declared.structures).enumeration(name.text(), enumeration)
                    : new Types(context(scope), declared.structures).of(type.type());
            if (of == null) {
                return null;
            }
            boolean plain = of instanceof EnumerationType && type.initializer() == null;
            Value initial = type.initializer() == null ? new Value.Usual() : initial(of, type.initializer(), scope);
            Type named = plain ? of : new AliasType(name.text(), of, initial, name.span());
            return new Symbol.OfType(named, name.span());
        });
        if (type.type() instanceof TypeSyntax.Enumeration enumeration) {
            enumerations.add(() -> enumerationValues(name, enumeration, scope));
        }
    }

    /// The first value of a declared type; that of an enumeration is one of its own, which are not known by
    /// name yet.
    private Value initial(Type type, Initializer initializer, Scope scope) {
        if (type instanceof EnumerationType enumeration
                && initializer instanceof Initializer.Single(Expression.Identifier(var name))) {
            Term.Constant own = Names.enumerationValue(enumeration, name.text());
            if (own != null) {
                return own.value();
            }
        }
        return new Initializers(context(scope)).initial(type, initializer);
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
        Symbol before = scope.own(name);
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

    private void globals(@Nullable Name list, VariableBlock block, Scope scope, Span span) {
        boolean own = block.section() == VariableBlock.Section.VAR_GLOBAL;
        if (!own) {
            return;
        }
        Scope inside = scope;
        if (list != null) {
            inside = new Scope(scope);
            declare(scope, list, new Symbol.OfScope(list.text(), inside, span));
            scope.use(inside);
        }
        for (VariableDeclaration declaration : block.variables()) {
            Scope region = inside;
            defer(region, declaration.name(), false, () -> {
                Variable variable =
                        new Variables(context(region), declared.structures).of(block, declaration, Role.GLOBAL);
                if (variable == null) {
                    return null;
                }
                declared.globals.add(variable);
                if (variable.type() instanceof EnumerationType enumeration && !enumeration.isNamed()) {
                    enumeration.values().keySet().forEach(v -> enumerationValue(scope, v, enumeration));
                }
                return new Symbol.OfVariable(variable);
            });
        }
    }
}
