package io.millwright.iec61131.check;

import io.millwright.iec61131.ir.Instruction;
import io.millwright.iec61131.ir.Place;
import io.millwright.iec61131.ir.Program;
import io.millwright.iec61131.ir.Routine;
import io.millwright.iec61131.ir.Term;
import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.syntax.Address;
import io.millwright.iec61131.syntax.Declaration;
import io.millwright.iec61131.syntax.Name;
import io.millwright.iec61131.syntax.VariableBlock.Section;
import io.millwright.iec61131.syntax.VariableDeclaration;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.Signature;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.UnitType;
import io.millwright.iec61131.type.Value;
import io.millwright.iec61131.type.Variable;
import io.millwright.iec61131.type.Variable.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a configuration gives to one instance of a program: values and targets of its parameters (Table 62),
/// and the first values and places that VAR_CONFIG says (6.8.2).
///
/// An instance that is given something is of a program of its own, which extends the declared one: its body
/// takes the inputs, runs the declared body and hands on the outputs. A place that VAR_CONFIG completes is read
/// before the body (%I, %M) and written behind it (%Q, %M).
final class Connections {
    private final Declared declared;
    private final Context context;
    private final Declaration.Resource resource;
    private final Declaration.Instance instance;
    private final UnitType unit;
    private final List<Instruction> before = new ArrayList<>();
    private final List<Instruction> after = new ArrayList<>();
    private Value initial = new Value.Fields(Map.of());

    Connections(
            Declared declared,
            Context outside,
            Declaration.Resource resource,
            Declaration.Instance instance,
            UnitType unit) {
        this.declared = declared;
        this.resource = resource;
        this.instance = instance;
        this.unit = unit;
        var type = new UnitType(unit.kind(), unit.name(), unit.modifiers(), unit.declared());
        type.inherit(unit, List.of());
        var body = new Signature(
                Signature.Kind.BODY,
                unit.name(),
                type,
                Set.of(),
                List.of(),
                null,
                instance.name().span());
        type.complete(List.of(), List.of(), body);
        this.context = new Context(
                outside.scope(),
                type,
                body,
                new ArrayList<>(),
                outside.usages(),
                outside.diagnostics(),
                outside.dialect(),
                outside.mocks());
    }

    /// The global variable of the instance.
    Variable variable(Declaration.Configuration configuration) {
        parameters();
        for (var block : configuration.variables()) {
            if (block.section() == Section.VAR_CONFIG) {
                block.variables().forEach(v -> configured(v, configuration));
            }
        }
        Type type = before.isEmpty() && after.isEmpty() ? unit : ownType();
        Set<Variable.Property> properties = instance.retain() ? Set.of(Variable.Property.RETAIN) : Set.of();
        return new Variable(name(configuration), type, Role.GLOBAL, properties, initial, null, null, unit.declared());
    }

    /// That of the instance; where several resources have one of the name, that of its resource before it, `R2.p`.
    private String name(Declaration.Configuration configuration) {
        String name = instance.name().text();
        boolean several = configuration.resources().stream()
                .filter(r -> !r.name().key().equals(resource.name().key()))
                .flatMap(r -> r.instances().stream())
                .anyMatch(i -> i.name().key().equals(instance.name().key()));
        return several ? resource.name() + "." + name : name;
    }

    private UnitType ownType() {
        UnitType type = self();
        Signature body = unit.body();
        Signature own = type.body();
        if (body == null || own == null) {
            throw new IllegalStateException("a program has a body");
        }
        Span span = instance.span();
        List<Instruction> all = new ArrayList<>(before);
        all.add(new Instruction.Evaluate(
                new Term.Call(body, new Term.Self(unit), false, List.of(), List.of(), Elementary.BOOL, span), span));
        all.addAll(after);
        declared.connected.put(own, new Routine(own, context.temporaries(), all));
        declared.connections.add(type);
        return type;
    }

    private UnitType self() {
        UnitType type = context.self();
        if (type == null) {
            throw new IllegalStateException("an instance has a type");
        }
        return type;
    }

    private void parameters() {
        var expressions = new Expressions(context);
        Arguments arguments = Arguments.bind(context, instance.arguments(), Arguments.Callee.of(unit));
        if (arguments == null) {
            return;
        }
        arguments.given().forEach((parameter, given) -> {
            Place field = new Place.Field(new Term.Self(self()), parameter);
            Span span = given.expression().span();
            if (parameter.role() == Role.INPUT) {
                Term value = expressions.converted(given.expression(), parameter.type());
                before.addAll(expressions.calls().takeBindings());
                if (value != null) {
                    before.add(new Instruction.Assign(field, value, span));
                }
                return;
            }
            Place place = expressions.place(given.expression());
            Term value =
                    place == null ? null : expressions.conversions().adapt(new Term.Load(field), place.type(), span);
            if (place != null && value != null && parameter.role() == Role.IN_OUT) {
                before.add(
                        parameter.type().isAggregate()
                                ? new Instruction.Bind(field, new Term.Load(place), span)
                                : new Instruction.Assign(field, new Term.Load(place), span));
            }
            if (place != null
                    && value != null
                    && !(parameter.role() == Role.IN_OUT && parameter.type().isAggregate())) {
                after.add(new Instruction.Assign(place, value, span));
            }
        });
    }

    private void configured(VariableDeclaration declaration, Declaration.Configuration configuration) {
        VariableDeclaration.Path path = declaration.path();
        List<Name> names = path == null ? null : Paths.names(path.target());
        if (names == null || names.isEmpty()) {
            return;
        }
        boolean qualified = configuration.resources().stream()
                .anyMatch(r -> r.name().key().equals(names.getFirst().key()));
        List<Name> within = qualified ? names.subList(1, names.size()) : names;
        boolean elsewhere =
                qualified && !names.getFirst().key().equals(resource.name().key());
        if (elsewhere
                || within.isEmpty()
                || !within.getFirst().key().equals(instance.name().key())) {
            return;
        }
        if (qualified) {
            Landmark.use(declared.resources, names.getFirst(), context.usages());
        }
        Landmark used = declared.instance(resource.name(), within.getFirst());
        if (used != null) {
            context.usages().add(within.getFirst().span(), used);
        }
        List<Variable> variables = Paths.variables(context, unit, within.subList(1, within.size()));
        if (variables == null || variables.isEmpty()) {
            return;
        }
        Variable last = variables.getLast();
        if (declaration.initializer() != null) {
            Value value = new Initializers(context).initial(last.type(), declaration.initializer());
            initial = with(initial, variables, value);
        }
        Address address = declaration.address();
        Elementary elementary = last.type().elementary();
        if (address != null && elementary != null) {
            placed(variables, new Place.Direct(address, elementary), declaration);
        }
    }

    private void placed(List<Variable> variables, Place.Direct place, VariableDeclaration declaration) {
        Address open = variables.getLast().address();
        if (open == null
                || !open.isOpen()
                || open.area() != place.address().area()
                || place.address().isOpen()) {
            context.error(
                    "E574",
                    declaration.name().span(),
                    "VAR_CONFIG gives a place to a variable that is declared with an open one, such as AT %I*");
            return;
        }
        Term object = new Term.Self(self());
        for (Variable step : variables.subList(0, variables.size() - 1)) {
            object = new Term.Load(new Place.Field(object, step));
        }
        Place field = new Place.Field(object, variables.getLast());
        if (open.area() != Address.Area.OUTPUT) {
            before.add(new Instruction.Assign(field, new Term.Load(place), declaration.span()));
        }
        if (open.area() != Address.Area.INPUT) {
            after.add(new Instruction.Assign(place, new Term.Load(field), declaration.span()));
        }
        if (declaration.initializer() != null) {
            Value first = new Initializers(context).initial(place.type(), declaration.initializer());
            declared.placed.add(new Program.Placed(place.address(), place.type(), first));
        }
    }

    /// The first value of an instance in which one variable starts with another value.
    private static Value with(Value fields, List<Variable> path, Value value) {
        Map<Variable, Value> all =
                new LinkedHashMap<>(fields instanceof Value.Fields(var map) ? map : Map.<Variable, Value>of());
        Variable first = path.getFirst();
        @Nullable Value before = all.get(first);
        Value inner = before != null ? before : first.initial();
        all.put(first, path.size() == 1 ? value : with(inner, path.subList(1, path.size()), value));
        return new Value.Fields(all);
    }
}
