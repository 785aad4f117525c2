package io.millwright.iec61131.check;

import io.millwright.iec61131.ir.Term;
import io.millwright.iec61131.source.Diagnostics;
import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.syntax.Declaration;
import io.millwright.iec61131.syntax.Expression;
import io.millwright.iec61131.syntax.Name;
import io.millwright.iec61131.syntax.TypeSyntax;
import io.millwright.iec61131.syntax.VariableBlock;
import io.millwright.iec61131.syntax.VariableDeclaration;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.GenericType;
import io.millwright.iec61131.type.Signature;
import io.millwright.iec61131.type.TextType;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.UnknownType;
import io.millwright.iec61131.type.Variable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The functions of one name (6.6.2.4): several with other parameters, or one with parameters of generic types
/// (Figure 5), of which each call makes one for the types it gives.
public final class Overloads {
    private final String name;
    private final List<Candidate> candidates = new ArrayList<>();

    Overloads(String name) {
        this.name = name;
    }

    /// A function as declared.
    ///
    /// @param function what it is, given what its generic types stand for; null where its head is wrong
    private record Candidate(Declaration.Unit unit, Function<Map<String, Type>, Supplier<@Nullable Symbol>> function) {
        @Nullable
        Signature signature(Map<String, Type> generics) {
            return function.apply(generics).get() instanceof Symbol.OfFunction(var signature) ? signature : null;
        }
    }

    /// The names that several functions of a program have, or one of generic types, wherever they are declared.
    static Set<String> names(Collection<Part> parts) {
        Set<String> once = new HashSet<>();
        Set<String> several = new HashSet<>();
        for (Part part : parts) {
            for (String name : part.functions()) {
                if (!once.add(name)) {
                    several.add(name);
                }
            }
        }
        return several;
    }

    /// The names of the functions that are declared, those of generic types twice.
    static List<String> functions(List<Declaration> declarations) {
        List<String> names = new ArrayList<>();
        for (Declaration declaration : declarations) {
            switch (declaration) {
                case Declaration.Unit unit
                when unit.kind() == Declaration.Unit.Kind.FUNCTION ->
                    names.addAll(Collections.nCopies(
                            isGeneric(unit) ? 2 : 1, unit.name().key()));
                case Declaration.Namespace namespace -> names.addAll(functions(namespace.declarations()));
                default -> {}
            }
        }
        return names;
    }

    /// A function whose types are all known.
    void add(Declaration.Unit unit, Supplier<@Nullable Symbol> function) {
        candidates.add(new Candidate(unit, _ -> function));
    }

    /// A function with generic types; each set of types makes one function.
    void addGeneric(Declaration.Unit unit, Function<Map<String, Type>, Supplier<@Nullable Symbol>> make) {
        Map<String, Supplier<@Nullable Symbol>> made = new HashMap<>();
        candidates.add(new Candidate(
                unit, types -> made.computeIfAbsent(new TreeMap<>(types).toString(), _ -> make.apply(types))));
    }

    /// The name, as it was first written.
    public String name() {
        return name;
    }

    /// Those of them whose types are all known, in order of declaration.
    public List<Signature> signatures() {
        return candidates.stream()
                .filter(c -> !isGeneric(c.unit()))
                .map(c -> c.signature(Map.of()))
                .filter(Objects::nonNull)
                .toList();
    }

    /// Whether a function is one that generic types became known of. Such a one calls itself alone: others that
    /// it called could go on for ever.
    boolean isGeneric(Signature function) {
        return candidates.stream()
                .anyMatch(c -> isGeneric(c.unit()) && c.unit().name().span().equals(function.declared()));
    }

    int count() {
        return candidates.size();
    }

    /// Where the name of an earlier function with the same types of parameters stands; null where there is
    /// none.
    @SuppressWarnings("ReferenceEquality") // two declarations may say the same
    @Nullable
    Span twin(Declaration.Unit unit) {
        for (Candidate candidate : candidates) {
            if (candidate.unit() == unit) {
                return null;
            }
            boolean known = !isGeneric(unit) && !isGeneric(candidate.unit());
            List<Type> types = known ? types(candidate) : List.of();
            boolean same = !known || types.equals(types(of(unit)));
            if (same && types.stream().noneMatch(Type::isMistaken)) {
                return candidate.unit().name().span();
            }
        }
        return null;
    }

    @SuppressWarnings("ReferenceEquality") // two declarations may say the same
    private Candidate of(Declaration.Unit unit) {
        return candidates.stream().filter(c -> c.unit() == unit).findFirst().orElseThrow();
    }

    private static List<Type> types(Candidate candidate) {
        Signature signature = candidate.signature(Map.of());
        return signature == null
                ? List.of(new UnknownType())
                : signature.parameters().stream()
                        .filter(p -> p.role() != Variable.Role.OUTPUT)
                        .map(p -> p.type().resolved())
                        .toList();
    }

    /// Whether some parameter of a function is of a generic type.
    static boolean isGeneric(Declaration.Unit unit) {
        for (VariableBlock block : unit.variables()) {
            if (holdsInputs(block)) {
                for (VariableDeclaration variable : block.variables()) {
                    if (generic(variable) != null) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static boolean holdsInputs(VariableBlock block) {
        return block.section() == VariableBlock.Section.VAR_INPUT
                || block.section() == VariableBlock.Section.VAR_IN_OUT;
    }

    private static @Nullable GenericType generic(VariableDeclaration declaration) {
        return declaration.type() instanceof TypeSyntax.Named(var type)
                        && type.parts().size() == 1
                        && Names.builtIn(type.last().key()) instanceof GenericType generic
                ? generic
                : null;
    }

    /// The function that fits the arguments of a call best, or null after saying that none does.
    @Nullable
    Signature choose(Context context, Expression.Call call) {
        List<@Nullable Type> types = types(context, call);
        if (types == null) {
            return null;
        }
        Signature best = null;
        int least = Integer.MAX_VALUE;
        for (Candidate candidate : candidates) {
            Map<String, Type> generics = new HashMap<>();
            int worse = worse(candidate, call.arguments(), types, generics);
            if (worse < least) {
                least = worse;
                best = candidate.signature(generics);
            }
        }
        return best == null ? unclear(context, call) : best;
    }

    /// The types of the arguments of a call, null for those that give no value; null after saying that one is
    /// wrong.
    static @Nullable List<@Nullable Type> types(Context context, Expression.Call call) {
        List<@Nullable Type> types = new ArrayList<>();
        // What is found here is said again, and heard, when the call itself is looked at.
        var quiet = new Context(
                context.scope(),
                context.self(),
                context.routine(),
                new ArrayList<>(),
                new Usages(),
                new Diagnostics(),
                context.dialect(),
                context.mocks());
        for (Expression.Argument argument : call.arguments()) {
            Expression value = value(argument);
            Term term = value == null ? null : new Expressions(quiet).value(value, null);
            if (value != null && term == null && new Expressions(context).value(value, null) == null) {
                return null;
            }
            types.add(term == null ? null : term.type());
        }
        return types;
    }

    private @Nullable Signature unclear(Context context, Expression.Call call) {
        boolean mistaken = candidates.stream()
                .filter(c -> !isGeneric(c.unit()))
                .map(c -> c.signature(Map.of()))
                .anyMatch(s -> s == null || s.isMistaken());
        if (!mistaken) {
            context.error("E415", call.span(), "no function " + name + " takes these arguments");
        }
        return null;
    }

    private static @Nullable Expression value(Expression.Argument argument) {
        return switch (argument) {
            case Expression.Argument.Positional(var value) -> value;
            case Expression.Argument.In(var _, var value, var _) -> value;
            case Expression.Argument.Out _ -> null;
        };
    }

    /// How badly a function fits; the largest number where it does not.
    private static int worse(
            Candidate candidate,
            List<Expression.Argument> arguments,
            List<@Nullable Type> types,
            Map<String, Type> generics) {
        List<VariableDeclaration> inputs = candidate.unit().variables().stream()
                .filter(Overloads::holdsInputs)
                .flatMap(b -> b.variables().stream())
                .toList();
        Map<String, Type> given = given(inputs.stream().map(v -> v.name().key()).toList(), arguments, types);
        if (given == null) {
            return Integer.MAX_VALUE;
        }
        for (VariableDeclaration input : inputs) {
            GenericType generic = generic(input);
            Type type = given.get(input.name().key());
            if (generic != null && (type == null || !bind(generic, type, generics))) {
                return Integer.MAX_VALUE;
            }
        }
        Signature signature = candidate.signature(generics);
        return signature == null ? Integer.MAX_VALUE : distance(signature, given);
    }

    /// The types that a call gives to inputs, by their names as they are compared; null where it gives what
    /// there is no input for.
    ///
    /// @param inputs the names of the inputs, in order
    static @Nullable Map<String, Type> given(
            List<String> inputs, List<Expression.Argument> arguments, List<@Nullable Type> types) {
        Map<String, Type> given = new HashMap<>();
        int position = 0;
        for (int i = 0; i < arguments.size(); i++) {
            String input = switch (arguments.get(i)) {
                case Expression.Argument.Positional _ -> position < inputs.size() ? inputs.get(position++) : null;
                case Expression.Argument.In(var name, var _, var _) -> inputs.contains(name.key()) ? name.key() : null;
                case Expression.Argument.Out _ -> null;
            };
            Type type = types.get(i);
            boolean value = value(arguments.get(i)) != null;
            boolean enable = arguments.get(i) instanceof Expression.Argument.In(var name, var _, var _)
                    && name.key().equals("EN");
            if (value && !enable && (input == null || type == null)) {
                return null;
            }
            if (input != null && type != null) {
                given.put(input, type);
            }
        }
        return given;
    }

    /// Lets a generic type stand for a type, or for one that both it and the ones before go with.
    private static boolean bind(GenericType generic, Type type, Map<String, Type> generics) {
        if (!generic.contains(type)) {
            return false;
        }
        if (type.resolved() instanceof TextType text) {
            return bind(generic, text, generics);
        }
        Type before = generics.putIfAbsent(generic.name(), type);
        Elementary a = before == null ? null : before.elementary();
        Elementary b = type.elementary();
        Elementary common = a == null || b == null ? null : Fit.common(a, b);
        if (common != null) {
            generics.put(generic.name(), common);
        }
        return before == null || common != null || before.resolved().equals(type.resolved());
    }

    /// A text stands for texts of any length: of the longest one that is given, and of the usual length at least.
    private static boolean bind(GenericType generic, TextType text, Map<String, Type> generics) {
        Type before = generics.getOrDefault(generic.name(), new TextType(text.wide(), TextType.USUAL));
        if (!(before instanceof TextType known) || known.wide() != text.wide()) {
            return false;
        }
        generics.put(generic.name(), text.capacity() > known.capacity() ? text : known);
        return true;
    }

    /// How far the types that are given are from those that are asked for; the largest number where one does
    /// not go.
    static int distance(Signature signature, Map<String, Type> given) {
        int sum = 0;
        for (var entry : given.entrySet()) {
            for (Variable parameter : signature.parameters()) {
                if (Name.key(parameter.name()).equals(entry.getKey())) {
                    Type from = entry.getValue().resolved();
                    Type to = parameter.type().resolved();
                    if (to.isMistaken()) {
                        continue;
                    }
                    boolean together = from.isAggregate() && Conversions.goesTogether(from, to);
                    Fit fit = from.equals(to) || together ? Fit.SAME : Fit.of(from, to);
                    if (fit == Fit.NONE) {
                        return Integer.MAX_VALUE;
                    }
                    sum += switch (fit) {
                        case SAME, NONE -> 0;
                        case WIDER -> 1 + Math.max(0, bits(to) - bits(from)) / 8;
                        case DIALECT -> 100;
                        case LOSSY -> 10_000;
                    };
                }
            }
        }
        return sum;
    }

    private static int bits(Type type) {
        Elementary elementary = type.elementary();
        return elementary == null ? 0 : elementary.bits();
    }
}
