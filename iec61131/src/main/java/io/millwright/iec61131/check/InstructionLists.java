package io.millwright.iec61131.check;

import io.millwright.iec61131.ir.Instruction;
import io.millwright.iec61131.ir.Place;
import io.millwright.iec61131.ir.Term;
import io.millwright.iec61131.library.StandardFunctions;
import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.syntax.Body.InstructionList;
import io.millwright.iec61131.syntax.Expression;
import io.millwright.iec61131.syntax.Expression.BinaryOperator;
import io.millwright.iec61131.syntax.Name;
import io.millwright.iec61131.syntax.Statement;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.Value;
import io.millwright.iec61131.type.Variable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Turns instruction lists (7.2) into instructions.
///
/// The accumulator, which takes the type of what is loaded (7.2.2), is a variable of the routine for each type.
/// Where there are jumps, the stretches between labels and jumps become the choices of a CASE over the number of
/// the stretch that is to run, in a loop.
final class InstructionLists {
    private final Context context;
    private final Expressions expressions;
    private final Statements statements;
    private final Map<String, Variable> accumulators = new HashMap<>();
    private final Labels labels;
    private final Map<Integer, List<@Nullable String>> arriving = new HashMap<>();
    private final Set<Integer> needed = new HashSet<>();
    private List<Instruction> code = new ArrayList<>();
    private @Nullable Expression accumulator;
    /// Whether the accumulator still holds what it held where the stretch began.
    private boolean untouched;
    private int depth;
    private int current;
    private @Nullable Variable next;

    InstructionLists(Context context) {
        this.context = context;
        this.expressions = new Expressions(context);
        this.statements = new Statements(context);
        this.labels = new Labels(context);
    }

    List<Instruction> code(InstructionList list) {
        List<List<InstructionList.Instruction>> stretches = stretches(list.instructions());
        if (stretches.size() <= 1) {
            stretches.forEach(s -> s.forEach(this::one));
            return code;
        }
        Span span = list.instructions().getFirst().span();
        Variable stretch = context.temporary(Elementary.DINT, Variable.Role.TEMPORARY, span);
        next = stretch;
        List<Instruction.Choice> choices = new ArrayList<>();
        for (int i = 0; i < stretches.size(); i++) {
            current = i;
            code = new ArrayList<>();
            Span own = stretches.get(i).getFirst().span();
            code.add(go(i + 1, own));
            accumulator = arrivingAt(i, own);
            untouched = true;
            stretches.get(i).forEach(this::one);
            if (untouched && accumulator != null) {
                needed.add(i);
            }
            if (fallsThrough(stretches.get(i).getLast())) {
                arrive(i + 1, own);
            }
            choices.add(new Instruction.Choice(List.of(new Instruction.Interval(i, i)), code, own));
        }
        Term number = new Term.Load(new Place.Local(stretch));
        Term more = new Term.Compare(Term.Relation.LESS, number, constant(stretches.size()));
        Instruction choose = new Instruction.Case(number, choices, List.of(), span);
        return List.of(go(0, span), new Instruction.While(more, List.of(choose), span));
    }

    private static Term constant(int value) {
        return new Term.Constant(Elementary.DINT, new Value.Whole(value));
    }

    private Instruction go(int stretch, Span span) {
        Variable number = next;
        if (number == null) {
            throw new IllegalStateException("a jump in a list of one stretch");
        }
        return new Instruction.Assign(new Place.Local(number), constant(stretch), span);
    }

    /// Cuts a list before labels and behind jumps.
    private List<List<InstructionList.Instruction>> stretches(List<InstructionList.Instruction> all) {
        List<List<InstructionList.Instruction>> stretches = new ArrayList<>();
        boolean open = false;
        for (InstructionList.Instruction one : all) {
            Name label = one.label();
            if (!open || label != null) {
                stretches.add(new ArrayList<>());
            }
            stretches.getLast().add(one);
            if (label != null) {
                labels.declare(label, stretches.size() - 1);
            }
            open = !isJump(one);
        }
        return stretches;
    }

    private static String key(InstructionList.Instruction one) {
        Name operator = one.operator();
        return operator == null ? "" : operator.key();
    }

    private static boolean isJump(InstructionList.Instruction one) {
        return key(one).startsWith("JMP");
    }

    private static boolean fallsThrough(InstructionList.Instruction last) {
        return !key(last).equals("JMP") && !key(last).equals("RET");
    }

    /// What is in the accumulator where a stretch begins; null where nothing is, or not always of one type.
    private @Nullable Expression arrivingAt(int stretch, Span span) {
        List<@Nullable String> from = arriving.getOrDefault(stretch, List.of());
        boolean same = !from.isEmpty() && from.stream().distinct().count() == 1;
        String name = same ? from.getFirst() : null;
        return name == null ? null : new Build(span).variable(name);
    }

    private void arrive(int stretch, Span span) {
        settle(span);
        String name = accumulator instanceof Expression.Identifier(var id) ? id.text() : null;
        if (stretch <= current && needed.contains(stretch)) {
            List<@Nullable String> before = arriving.getOrDefault(stretch, List.of());
            if (before.isEmpty() || !Objects.equals(name, before.getFirst())) {
                context.error("E697", span, "the accumulator has another type here than at the label before");
            }
        }
        arriving.computeIfAbsent(stretch, _ -> new ArrayList<>()).add(name);
    }

    /// Puts a literal that waits for its type into the accumulator.
    private void settle(Span span) {
        if (accumulator != null && !(accumulator instanceof Expression.Identifier)) {
            keep(accumulator, span);
        }
    }

    private void one(InstructionList.Instruction one) {
        Name operator = one.operator();
        if (operator == null) {
            return;
        }
        Build at = new Build(one.span());
        String key = operator.key();
        switch (key) {
            case "LD", "LDN" -> load(value(one, at));
            case "ST", "STN" -> store(one, at);
            case "S", "R" -> {
                Expression target = operand(one);
                if (target != null) {
                    emit(at.when(taken(at), at.assign(target, at.truth(key.equals("S")))));
                }
            }
            case "NOT" -> {
                if (one.operand() == null && one.nested() == null) {
                    load(at.not(taken(at)));
                } else {
                    load(at.not(value(one, at)));
                }
            }
            case "JMP", "JMPC", "JMPCN" -> jump(one, key, at);
            case "RET" -> emit(new Statement.Return(at.span()));
            case "RETC" -> emit(at.when(taken(at), new Statement.Return(at.span())));
            case "RETCN" -> emit(at.when(at.not(taken(at)), new Statement.Return(at.span())));
            case "CAL", "CALC", "CALCN" -> call(one, key, at);
            default -> {
                BinaryOperator binary = InstructionList.binary(operator);
                if (binary != null && (one.operand() != null || one.nested() != null)) {
                    Expression left = taken(at);
                    load(at.binary(binary, left, value(one, at)));
                } else {
                    function(one, operator, at);
                }
            }
        }
    }

    private @Nullable Expression operand(InstructionList.Instruction one) {
        if (one.operand() == null) {
            context.error("E698", one.span(), key(one) + " needs an operand");
        }
        return one.operand();
    }

    /// The operand, or what the instructions in parentheses give, negated by N.
    private Expression value(InstructionList.Instruction one, Build at) {
        Expression value = one.operand();
        if (one.nested() != null) {
            Expression outer = accumulator;
            boolean before = untouched;
            depth++;
            accumulator = null;
            if (value != null) {
                load(value);
            }
            one.nested().forEach(this::inner);
            value = taken(at);
            depth--;
            accumulator = outer;
            untouched = before;
        }
        if (value == null) {
            context.error("E698", one.span(), key(one) + " needs an operand");
            return new Expression.Broken(at.span());
        }
        Name operator = one.operator();
        return operator != null && InstructionList.isNegated(operator) ? at.not(value) : value;
    }

    private void inner(InstructionList.Instruction one) {
        if (isJump(one) || one.label() != null || key(one).startsWith("RET")) {
            context.error("E696", one.span(), "labels, jumps and returns cannot stand in parentheses");
            return;
        }
        one(one);
    }

    /// The accumulator as an operand.
    private Expression taken(Build at) {
        if (accumulator == null) {
            context.error(
                    "E697", at.span(), "the accumulator is empty here, or not of one type on all ways; load it first");
            return new Expression.Broken(at.span());
        }
        if (untouched) {
            needed.add(current);
        }
        return accumulator instanceof Expression.Identifier(var name) ? at.variable(name.text()) : accumulator;
    }

    private void load(Expression value) {
        untouched = false;
        if (value instanceof Expression.Literal
                || value instanceof Expression.Unary(var operator, Expression.Literal _, var _)
                        && operator == Expression.UnaryOperator.NEGATE) {
            accumulator = value;
        } else {
            keep(value, value.span());
        }
    }

    private void keep(Expression value, Span span) {
        Term term = broken(value) ? null : expressions.value(value, null);
        code.addAll(expressions.calls().takeBindings());
        if (term == null) {
            accumulator = new Expression.Broken(span);
            return;
        }
        Type type = term.type();
        Variable variable = accumulators.computeIfAbsent(depth + "~" + type.name(), key -> {
            var fresh = new Variable(
                    "~acc" + key, type, Variable.Role.TEMPORARY, Set.of(), new Value.Usual(), null, null, span);
            context.temporaries().add(fresh);
            context.scope().declare(fresh.name(), new Symbol.OfVariable(fresh));
            return fresh;
        });
        code.add(new Instruction.Assign(new Place.Local(variable), term, span));
        accumulator = new Build(span).variable(variable.name());
    }

    private static boolean broken(Expression value) {
        return switch (value) {
            case Expression.Broken _ -> true;
            case Expression.Unary(var _, var operand, var _) -> broken(operand);
            case Expression.Binary(var _, var left, var right, var _) -> broken(left) || broken(right);
            default -> false;
        };
    }

    private void emit(Statement statement) {
        if (statement instanceof Statement.If(var branches, var _, var _)
                && broken(branches.getFirst().condition())) {
            return;
        }
        code.addAll(statements.all(List.of(statement)));
    }

    private void store(InstructionList.Instruction one, Build at) {
        Expression target = operand(one);
        Expression value = taken(at);
        if (target != null && !broken(value)) {
            emit(at.assign(target, key(one).equals("STN") ? at.not(value) : value));
        }
    }

    private void jump(InstructionList.Instruction one, String key, Build at) {
        if (!(operand(one) instanceof Expression.Identifier(var label))) {
            return;
        }
        Integer target = labels.target(label, "E696");
        if (target == null) {
            return;
        }
        settle(at.span());
        arrive(target, at.span());
        if (key.equals("JMP")) {
            code.add(go(target, at.span()));
            return;
        }
        Expression condition = key.equals("JMPC") ? taken(at) : at.not(taken(at));
        Term term = broken(condition) ? null : expressions.converted(condition, Elementary.BOOL);
        if (term != null) {
            var branch = new Instruction.Branch(term, List.of(go(target, at.span())), at.span());
            code.add(new Instruction.If(List.of(branch), List.of(), at.span()));
        }
    }

    private void call(InstructionList.Instruction one, String key, Build at) {
        Expression callee = operand(one);
        if (callee == null) {
            return;
        }
        Statement call = new Statement.CallStatement(
                callee instanceof Expression.Call ? callee : new Expression.Call(callee, one.arguments(), at.span()),
                at.span());
        switch (key) {
            case "CAL" -> emit(call);
            case "CALC" -> emit(at.when(taken(at), call));
            default -> emit(at.when(at.not(taken(at)), call));
        }
    }

    /// A function, whose first argument without a formal list is the accumulator (Table 70, 3 and 4), or an input
    /// of a function block, which sets the input and calls the instance (Table 70, 2).
    private void function(InstructionList.Instruction one, Name operator, Build at) {
        Expression operand = one.operand();
        boolean isFunction =
                StandardFunctions.find(operator.key()) != null || Names.find(context.scope(), operator.text()) != null;
        if (!isFunction && operand != null && accumulator != null) {
            List<Expression.Argument> arguments =
                    List.of(new Expression.Argument.In(operator, taken(at), operator.span()));
            emit(new Statement.CallStatement(new Expression.Call(operand, arguments, at.span()), at.span()));
            return;
        }
        List<Expression.Argument> arguments = new ArrayList<>();
        boolean formal = operand == null
                && one.arguments().stream().anyMatch(a -> !(a instanceof Expression.Argument.Positional));
        if (!formal && accumulator != null) {
            arguments.add(new Expression.Argument.Positional(taken(at)));
        }
        if (operand != null) {
            arguments.add(new Expression.Argument.Positional(operand));
        }
        arguments.addAll(one.arguments());
        load(new Expression.Call(new Expression.Identifier(operator), arguments, at.span()));
    }
}
