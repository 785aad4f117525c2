package io.millwright.iec61131.check;

import io.millwright.iec61131.ir.Instruction;
import io.millwright.iec61131.ir.Place;
import io.millwright.iec61131.ir.Routine;
import io.millwright.iec61131.ir.Term;
import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.syntax.Declaration;
import io.millwright.iec61131.syntax.Expression;
import io.millwright.iec61131.syntax.Name;
import io.millwright.iec61131.type.Defaults;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.Signature;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.UnitType;
import io.millwright.iec61131.type.Value;
import io.millwright.iec61131.type.Variable;
import io.millwright.iec61131.type.Variable.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Instances of function blocks that run with a task of their own: `PROGRAM p : P (fb1 WITH fast)` (6.8.2).
///
/// For each there is a program of its own, with an instance `p.fb1`, that does nothing but call it; so whoever
/// runs tasks needs to know of programs alone. The body of the block begins with a look at whether that program
/// let it run: a call from anywhere else only hands inputs and outputs over.
final class BlockTasks {
    private final Declared declared;
    private final Context context;
    private final Set<List<Variable>> known;

    /// @param known the blocks of the same program that have a task already
    BlockTasks(Declared declared, Context context, Set<List<Variable>> known) {
        this.declared = declared;
        this.context = context;
        this.known = known;
    }

    /// An instance under the control of a task.
    ///
    /// @param due TRUE where its task has called it, and its body has not begun yet
    record Controlled(Term object, Variable due) {}

    /// The instance that calls a block; null after saying why there is none.
    @Nullable
    Variable step(Variable program, Declaration.Instance.BlockTask task) {
        List<Name> names = task.instance().parts();
        List<Variable> path = Paths.variables(context, program.type(), names);
        if (path == null || path.isEmpty()) {
            return null;
        }
        Span span = task.instance().span();
        if (!isBlock(path, span)) {
            return null;
        }
        Term object = new Term.Load(new Place.Global(program));
        var name = new StringBuilder(program.name());
        for (Variable step : path) {
            object = new Term.Load(new Place.Field(object, step));
            name.append('.').append(step.name());
        }
        var type = new UnitType(Declaration.Unit.Kind.PROGRAM, name.toString(), Set.of(), span);
        var body = new Signature(Signature.Kind.BODY, name.toString(), type, Set.of(), List.of(), null, span);
        type.complete(List.of(), List.of(), body);
        Context inside = new Context(
                context.scope(),
                type,
                body,
                new ArrayList<>(),
                context.usages(),
                context.diagnostics(),
                context.dialect(),
                context.mocks());
        var call = new Expression.Call(new Expression.Identifier(names.getLast()), List.of(), span);
        Variable due = hidden("~due " + name, Elementary.BOOL, span);
        declared.hidden.add(due);
        var block = (UnitType) path.getLast().type().resolved();
        declared.controlled.computeIfAbsent(block, _ -> new ArrayList<>()).add(new Controlled(object, due));
        List<Instruction> instructions = new ArrayList<>();
        instructions.add(new Instruction.Assign(new Place.Global(due), truth(true), span));
        instructions.addAll(calls(inside).call(call, object, false, span));
        declared.connected.put(body, new Routine(body, inside.temporaries(), instructions));
        declared.connections.add(type);
        Variable variable = hidden(name.toString(), type, span);
        declared.hidden.add(variable);
        return variable;
    }

    /// Puts the look at who called at the start of the bodies of blocks under the control of a task.
    static void apply(Map<UnitType, List<Controlled>> controlled, Map<Signature, Routine> routines) {
        controlled.forEach((unit, instances) -> {
            if (unit.body() != null) {
                routines.computeIfPresent(unit.body(), (_, routine) -> guarded(routine, unit, instances));
            }
        });
    }

    private static Routine guarded(Routine routine, UnitType unit, List<Controlled> instances) {
        Span span = routine.signature().declared();
        List<Instruction> body = new ArrayList<>();
        for (Controlled instance : instances) {
            Term due = new Term.Load(new Place.Global(instance.due()));
            Term other = new Term.Unary(Term.Unary.UnaryOperator.NOT, due);
            Term self = new Term.Compare(Term.Relation.EQUAL, new Term.Self(unit), instance.object());
            List<Instruction> controls = List.of(
                    when(other, List.of(new Instruction.Return(span)), span),
                    new Instruction.Assign(new Place.Global(instance.due()), truth(false), span));
            body.add(when(self, controls, span));
        }
        body.addAll(routine.body());
        return new Routine(routine.signature(), routine.temporaries(), body);
    }

    private static Instruction when(Term condition, List<Instruction> then, Span span) {
        return new Instruction.If(List.of(new Instruction.Branch(condition, then, span)), List.of(), span);
    }

    private static Variable hidden(String name, Type type, Span span) {
        return new Variable(name, type, Role.GLOBAL, Set.of(), Defaults.of(type), null, null, span);
    }

    private static Term truth(boolean value) {
        return new Term.Constant(Elementary.BOOL, new Value.Truth(value));
    }

    private static InstanceCalls calls(Context context) {
        var expressions = new Expressions(context);
        return new InstanceCalls(context, expressions, expressions.calls());
    }

    private boolean isBlock(List<Variable> path, Span span) {
        Variable variable = path.getLast();
        boolean block = variable.type().resolved() instanceof UnitType unit
                && unit.kind() == Declaration.Unit.Kind.FUNCTION_BLOCK
                && path.stream().noneMatch(v -> v.role() == Role.IN_OUT);
        if (!block && !variable.type().isMistaken()) {
            context.error("E578", span, variable.name() + " is no instance of a function block that a task could run");
        }
        if (block && !known.add(path)) {
            context.error("E578", span, variable.name() + " has a task already");
            return false;
        }
        return block && isIndependent((UnitType) variable.type().resolved(), span);
    }

    /// What a VAR_IN_OUT refers to is known during a call alone; a task gives none.
    private boolean isIndependent(UnitType block, Span span) {
        for (Variable variable : block.allVariables()) {
            if (variable.role() == Role.IN_OUT) {
                context.error(
                        "E410",
                        span,
                        variable.name() + " of " + block.name() + " is VAR_IN_OUT, which is given in a call; a task"
                                + " gives none: declare it VAR_INPUT and VAR_OUTPUT, VAR_EXTERNAL or REF_TO");
                return false;
            }
        }
        return true;
    }
}
