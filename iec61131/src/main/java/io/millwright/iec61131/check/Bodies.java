package io.millwright.iec61131.check;

import io.millwright.iec61131.ir.Instruction;
import io.millwright.iec61131.ir.Place;
import io.millwright.iec61131.ir.Routine;
import io.millwright.iec61131.ir.Term;
import io.millwright.iec61131.syntax.Body;
import io.millwright.iec61131.syntax.Declaration;
import io.millwright.iec61131.syntax.Initializer;
import io.millwright.iec61131.syntax.VariableBlock;
import io.millwright.iec61131.syntax.VariableBlock.Section;
import io.millwright.iec61131.syntax.VariableDeclaration;
import io.millwright.iec61131.syntax.VariableDeclaration.Edge;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.EnumerationType;
import io.millwright.iec61131.type.Signature;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.UnitType;
import io.millwright.iec61131.type.UnknownType;
import io.millwright.iec61131.type.Variable;
import io.millwright.iec61131.type.Variable.Role;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The fourth round: what routines do.
final class Bodies {
    private final Declared declared;
    private final Declarations declarations;

    Bodies(Declared declared, Declarations declarations) {
        this.declared = declared;
        this.declarations = declarations;
    }

    /// Looks at the bodies that have changed, and at those of the library and of functions of generic types
    /// that are asked for meanwhile.
    void all() {
        int functions = 0;
        int units = 0;
        Set<Part> done = new HashSet<>();
        while (functions < declared.functions.size() || units < declared.units.size()) {
            while (functions < declared.functions.size()) {
                Declared.Function f = declared.functions.get(functions++);
                if (f.slot().value() instanceof Symbol.OfFunction(var signature) && isOpen(f.part(), done)) {
                    routine(
                            f.part(),
                            signature,
                            f.scope(),
                            null,
                            f.syntax().variables(),
                            f.syntax().body());
                }
            }
            if (units < declared.units.size()) {
                Declared.Unit unit = declared.units.get(units++);
                Scope members = unit.part().head.scopes.get(unit.type());
                if (members != null && isOpen(unit.part(), done)) {
                    unit(unit, members);
                }
            }
        }
        done.forEach(p -> p.body.done = true);
    }

    private static boolean isOpen(Part part, Set<Part> done) {
        if (!part.body.done) {
            done.add(part);
        }
        return !part.body.done;
    }

    private void unit(Declared.Unit unit, Scope members) {
        UnitType type = unit.type();
        Part part = unit.part();
        List<VariableBlock> temporaries = unit.syntax().variables().stream()
                .filter(b -> b.section() == Section.VAR_TEMP)
                .toList();
        if (type.body() != null) {
            routine(part, type.body(), members, type, temporaries, unit.syntax().body());
        }
        List<Signature> methods = type.methods().stream()
                .filter(m -> m.kind() == Signature.Kind.METHOD)
                .toList();
        for (int i = 0; i < methods.size(); i++) {
            // Heads that are kept and a newer text have the same methods in the same order.
            Declaration.Method method = unit.syntax().methods().get(i);
            Signature signature = methods.get(i);
            if (method.body() != null && !method.modifiers().contains(Declaration.Modifier.ABSTRACT)) {
                routine(part, signature, members, type, method.variables(), method.body());
            }
        }
        for (Declaration.Action action : unit.syntax().actions()) {
            Signature signature = own(type, action.name().text(), Signature.Kind.ACTION);
            if (signature != null) {
                routine(part, signature, members, type, temporaries, action.body());
            }
        }
        for (Declaration.Property property : unit.syntax().properties()) {
            accessor(part, own(type, property.name().text(), Signature.Kind.GETTER), property.get(), members, type);
            accessor(part, own(type, property.name().text(), Signature.Kind.SETTER), property.set(), members, type);
        }
    }

    private void accessor(
            Part part,
            @Nullable Signature signature,
            Declaration.@Nullable Accessor accessor,
            Scope members,
            UnitType type) {
        if (signature != null && accessor != null && accessor.body() != null) {
            routine(part, signature, members, type, accessor.variables(), accessor.body());
        }
    }

    private static @Nullable Signature own(UnitType type, String name, Signature.Kind kind) {
        return type.methods().stream()
                .filter(m -> m.kind() == kind && Members.same(m.name(), name))
                .findFirst()
                .orElse(null);
    }

    private void routine(
            Part part,
            Signature signature,
            Scope around,
            @Nullable UnitType self,
            List<VariableBlock> blocks,
            Body body) {
        Work work = part.body;
        Scope scope = new Scope(around);
        scope.lacks(part.unreadWithin());
        Context outside = declarations.context(work, scope);
        var context = new Context(
                scope,
                self,
                signature,
                new ArrayList<>(),
                outside.usages(),
                outside.diagnostics(),
                outside.dialect(),
                outside.mocks());
        signature.parameters().forEach(p -> know(context, p));
        Variable result = signature.result();
        if (result != null) {
            Variables.declare(context, scope, result.name(), new Symbol.OfVariable(result), result.declared());
        }
        List<Instruction> instructions = new ArrayList<>();
        for (VariableBlock block : Variables.constantsFirst(blocks)) {
            for (VariableDeclaration declaration : block.variables()) {
                local(work, context, block, declaration, around, instructions);
            }
            Accesses.misplaced(context, block);
        }
        Externals.types(context, work, blocks);
        if (self != null && signature.kind() == Signature.Kind.BODY) {
            instructions.addAll(edges(context, self));
        }
        instructions.addAll(code(context, body));
        work.routines.put(signature, new Routine(signature, context.temporaries(), instructions));
    }

    private List<Instruction> code(Context context, Body body) {
        return switch (body) {
            case Body.StructuredText(var statements, var _) -> new Statements(context).body(statements);
            case Body.InstructionList list -> new InstructionLists(context).code(list);
            case Body.Chart chart -> {
                context.error(
                        "E692",
                        chart.steps().isEmpty()
                                ? chart.transitions().getFirst().span()
                                : chart.steps().getFirst().span(),
                        "a method keeps no steps from call to call; write the chart in the body or an action");
                yield List.of();
            }
        };
    }

    private static void local(
            Work work,
            Context context,
            VariableBlock block,
            VariableDeclaration declaration,
            Scope around,
            List<Instruction> instructions) {
        switch (block.section()) {
            case VAR, VAR_TEMP -> temporary(work, context, block, declaration, instructions);
            case VAR_STAT -> {
                Variable variable = new Variables(context, work.structures).of(block, declaration, Role.GLOBAL);
                if (know(context, variable)) {
                    work.globals.add(variable);
                }
            }
            case VAR_INST -> {
                UnitType self = context.self();
                for (Variable variable : self == null ? List.<Variable>of() : self.variables()) {
                    if (variable.declared()
                            .known()
                            .equals(declaration.name().span().known())) {
                        know(context, variable);
                    }
                }
            }
            case VAR_EXTERNAL -> Externals.declare(context, around, context.scope(), declaration);
            default -> {}
        }
    }

    private static void temporary(
            Work work,
            Context context,
            VariableBlock block,
            VariableDeclaration declaration,
            List<Instruction> instructions) {
        Initializer initializer = declaration.initializer();
        Term computed = null;
        VariableDeclaration plain = declaration;
        if (initializer instanceof Initializer.Single(var expression)) {
            Type type = declaration.type() == null
                    ? new UnknownType()
                    : new Types(context, work.structures).of(declaration.type());
            Term term = new Expressions(context).converted(expression, type);
            boolean known = term == null || !(term instanceof Term.Reference) && Initializers.constant(term) != null;
            if (!known || term == null) {
                computed = term;
                plain = new VariableDeclaration(
                        declaration.name(),
                        declaration.address(),
                        declaration.type(),
                        declaration.edge(),
                        null,
                        declaration.documentation(),
                        declaration.span());
            }
        }
        Variable variable = new Variables(context, work.structures).of(block, plain, Role.TEMPORARY);
        if (!know(context, variable)) {
            return;
        }
        context.temporaries().add(variable);
        if (computed != null) {
            instructions.add(new Instruction.Assign(new Place.Local(variable), computed, declaration.span()));
        }
    }

    private static boolean know(Context context, Variable variable) {
        if (variable.name().isEmpty()) {
            context.scope().lacksAny();
        }
        if (variable.type() instanceof EnumerationType enumeration && !enumeration.isNamed()) {
            enumeration.values().keySet().forEach(v -> Declarations.enumerationValue(context.scope(), v, enumeration));
        }
        return Variables.declare(
                context, context.scope(), variable.name(), new Symbol.OfVariable(variable), variable.declared());
    }

    /// Inputs declared with R_EDGE or F_EDGE are, within the body, TRUE only when they have just changed
    /// (6.5.6.4).
    private static List<Instruction> edges(Context context, UnitType self) {
        List<Instruction> instructions = new ArrayList<>();
        for (Variable input : self.variables()) {
            if (Variables.hasEdge(input)) {
                Variable before = Members.variable(self, "~" + input.name());
                Term.Self instance = new Term.Self(self);
                Term now = new Term.Load(new Place.Field(instance, input));
                Place held = new Place.Field(instance, Objects.requireNonNull(before));
                Term last = new Term.Load(held);
                Variable seen = context.temporary(Elementary.BOOL, Role.TEMPORARY, input.declared());
                boolean rising = input.edge() == Edge.RISING;
                Term changed = new Term.Binary(
                        Term.BinaryOperator.AND,
                        rising ? now : last,
                        new Term.Unary(Term.Unary.UnaryOperator.NOT, rising ? last : now));
                instructions.add(new Instruction.Assign(new Place.Local(seen), changed, input.declared()));
                instructions.add(new Instruction.Assign(held, now, input.declared()));
                context.scope().replace(input.name(), new Symbol.OfVariable(seen));
            }
        }
        return instructions;
    }
}
