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
import io.millwright.iec61131.type.Signature;
import io.millwright.iec61131.type.UnitType;
import io.millwright.iec61131.type.Variable;
import io.millwright.iec61131.type.Variable.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Instances of function blocks that run with a task of their own: `PROGRAM p : P (fb1 WITH fast)` (6.8.2).
///
/// For each there is a program of its own, with an instance `p.fb1`, that does nothing but call it; so whoever
/// runs tasks needs to know of programs alone.
final class BlockTasks {
    private final Declared declared;
    private final Context context;

    BlockTasks(Declared declared, Context context) {
        this.declared = declared;
        this.context = context;
    }

    /// The instance that calls a block; null after saying why there is none.
    @Nullable
    Variable step(Variable program, Declaration.Instance.BlockTask block) {
        List<Name> names = block.instance().parts();
        List<Variable> path = Paths.variables(context, program.type(), names);
        if (path == null || path.isEmpty()) {
            return null;
        }
        Span span = block.instance().span();
        if (!isBlock(path.getLast(), span)) {
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
        List<Instruction> instructions = calls(inside).call(call, object, false, span);
        declared.connected.put(body, new Routine(body, inside.temporaries(), instructions));
        declared.connections.add(type);
        var variable = new Variable(name.toString(), type, Role.GLOBAL, Set.of(), Defaults.of(type), null, null, span);
        declared.hidden.add(variable);
        return variable;
    }

    private static InstanceCalls calls(Context context) {
        var expressions = new Expressions(context);
        return new InstanceCalls(context, expressions, expressions.calls());
    }

    private boolean isBlock(Variable variable, Span span) {
        boolean block = variable.type().resolved() instanceof UnitType unit
                && unit.kind() == Declaration.Unit.Kind.FUNCTION_BLOCK
                && variable.role() != Role.IN_OUT;
        if (!block && !variable.type().isMistaken()) {
            context.error("E578", span, variable.name() + " is no instance of a function block that a task could run");
        }
        return block;
    }
}
