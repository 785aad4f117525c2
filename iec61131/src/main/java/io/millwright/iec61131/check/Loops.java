package io.millwright.iec61131.check;

import io.millwright.iec61131.ir.Instruction;
import io.millwright.iec61131.ir.Place;
import io.millwright.iec61131.ir.Term;
import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.syntax.Statement;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.Value;
import io.millwright.iec61131.type.Variable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Loops and what leaves them (7.3.3.4), and jumps to labels.
///
/// The stretches between the labels of a body become the choices of a CASE over the number of the stretch that
/// is to run, in a loop. A jump out of loops leaves one after the other.
final class Loops {
    private final Context context;
    private final Expressions expressions;
    private final Statements statements;
    private final Labels labels;
    private @Nullable Variable stretch;
    private @Nullable Variable jumping;
    private int depth;
    /// Whether the loop that is looked at is left by a jump.
    private boolean jumps;

    Loops(Context context, Expressions expressions, Statements statements) {
        this.context = context;
        this.expressions = expressions;
        this.statements = statements;
        this.labels = new Labels(context);
    }

    /// The statements of a body.
    List<Instruction> body(List<Statement> all) {
        List<List<Statement>> stretches = new ArrayList<>(List.of(new ArrayList<>()));
        for (Statement statement : all) {
            if (statement instanceof Statement.Label(var name, var _)) {
                stretches.add(new ArrayList<>());
                labels.declare(name, stretches.size() - 1);
            } else {
                stretches.getLast().add(statement);
            }
        }
        if (labels.isEmpty()) {
            return statements.all(all);
        }
        Span span = all.getFirst().span();
        Variable number = context.temporary(Elementary.DINT, Variable.Role.TEMPORARY, span);
        Variable flag = context.temporary(Elementary.BOOL, Variable.Role.TEMPORARY, span);
        stretch = number;
        jumping = flag;
        List<Instruction.Choice> choices = new ArrayList<>();
        for (int i = 0; i < stretches.size(); i++) {
            List<Instruction> code = new ArrayList<>();
            code.add(set(number, i + 1, span));
            code.addAll(statements.all(stretches.get(i)));
            choices.add(new Instruction.Choice(List.of(new Instruction.Interval(i, i)), code, span));
        }
        Term at = new Term.Load(new Place.Local(number));
        Term more = new Term.Compare(Term.Relation.LESS, at, whole(stretches.size()));
        Instruction rest = new Instruction.Assign(new Place.Local(flag), truth(false), span);
        Instruction choose = new Instruction.Case(at, choices, List.of(), span);
        return List.of(set(number, 0, span), new Instruction.While(more, List.of(rest, choose), span));
    }

    List<Instruction> jump(Statement.Jump jump) {
        Integer target = labels.target(jump.label(), "E614");
        Variable number = stretch;
        Variable flag = jumping;
        if (target == null || number == null || flag == null) {
            return List.of();
        }
        jumps |= depth > 0;
        return List.of(
                set(number, target, jump.span()),
                new Instruction.Assign(new Place.Local(flag), truth(true), jump.span()),
                leave(jump.span()));
    }

    /// Goes on with the jump: out of the loop, or to the stretch.
    private Instruction leave(Span span) {
        return depth > 0 ? new Instruction.Exit(span) : new Instruction.Continue(span);
    }

    private static Instruction set(Variable number, int value, Span span) {
        return new Instruction.Assign(new Place.Local(number), whole(value), span);
    }

    private static Term whole(int value) {
        return new Term.Constant(Elementary.DINT, new Value.Whole(value));
    }

    List<Instruction> inside(String keyword, Instruction instruction) {
        if (depth == 0) {
            context.error("E603", instruction.span(), keyword + " stands in a loop");
            return List.of();
        }
        return List.of(instruction);
    }

    private List<Instruction> looped(List<Statement> body) {
        boolean before = jumps;
        jumps = false;
        depth++;
        List<Instruction> instructions = statements.all(body);
        depth--;
        left = jumps;
        jumps = before || jumps && depth > 0;
        return instructions;
    }

    /// Whether a jump leaves the loop whose body was put together last.
    private boolean left;

    /// A loop, and behind it the rest of the way of a jump that left it.
    private List<Instruction> closed(List<Instruction> before, Instruction loop) {
        List<Instruction> all = new ArrayList<>(before);
        all.add(loop);
        Variable flag = jumping;
        if (left && flag != null) {
            all.add(Statements.when(new Term.Load(new Place.Local(flag)), List.of(leave(loop.span())), loop.span()));
        }
        return all;
    }

    List<Instruction> whileLoop(Statement.While loop) {
        Term condition = expressions.converted(loop.condition(), Elementary.BOOL);
        List<Instruction> before = expressions.calls().takeBindings();
        List<Instruction> body = looped(loop.body());
        if (condition == null) {
            return List.of();
        }
        return closed(
                List.of(),
                before.isEmpty()
                        ? new Instruction.While(condition, body, loop.span())
                        : endless(before, not(condition), body, loop.span()));
    }

    List<Instruction> repeat(Statement.Repeat loop) {
        List<Instruction> body = looped(loop.body());
        Term until = expressions.converted(loop.until(), Elementary.BOOL);
        List<Instruction> before = expressions.calls().takeBindings();
        if (until == null) {
            return List.of();
        }
        if (before.isEmpty()) {
            return closed(List.of(), new Instruction.Repeat(body, until, loop.span()));
        }
        Variable again = context.temporary(Elementary.BOOL, Variable.Role.TEMPORARY, loop.span());
        Place place = new Place.Local(again);
        List<Instruction> asked = new ArrayList<>(before);
        asked.add(Statements.when(until, List.of(new Instruction.Exit(loop.span())), loop.span()));
        List<Instruction> round = new ArrayList<>();
        round.add(Statements.when(new Term.Load(place), asked, loop.span()));
        round.add(new Instruction.Assign(place, truth(true), loop.span()));
        round.addAll(body);
        return closed(
                List.of(new Instruction.Assign(place, truth(false), loop.span())),
                new Instruction.While(truth(true), round, loop.span()));
    }

    /// A loop that does something before it asks whether it ends.
    private static Instruction endless(List<Instruction> before, Term end, List<Instruction> body, Span span) {
        List<Instruction> round = new ArrayList<>(before);
        round.add(Statements.when(end, List.of(new Instruction.Exit(span)), span));
        round.addAll(body);
        return new Instruction.While(truth(true), round, span);
    }

    private static Term not(Term condition) {
        return new Term.Unary(Term.Unary.UnaryOperator.NOT, condition);
    }

    private static Term truth(boolean value) {
        return new Term.Constant(Elementary.BOOL, new Value.Truth(value));
    }

    List<Instruction> counted(Statement.For loop) {
        Place variable = statements.writable(expressions.entity(loop.variable()), loop.variable());
        Elementary type = variable == null ? null : variable.type().elementary();
        boolean whole = type != null && type.isWhole();
        if (variable != null && !whole) {
            context.error(
                    "E612",
                    loop.variable().span(),
                    "FOR counts in an integer variable, not in one of "
                            + variable.type().name());
        }
        Elementary counted = type != null && whole ? type : Elementary.DINT;
        Term from = expressions.converted(loop.from(), counted);
        Term to = expressions.converted(loop.to(), counted);
        Term by = loop.by() == null
                ? new Term.Constant(counted, new Value.Whole(1))
                : expressions.converted(loop.by(), whole ? signed(counted) : counted);
        if (by instanceof Term.Constant(var _, Value.Whole(long step)) && step == 0) {
            context.error("E613", loop.span(), "a loop whose step is 0 never ends");
            by = null;
        }
        List<Instruction> before = expressions.calls().takeBindings();
        List<Instruction> body = looped(loop.body());
        return variable == null || !whole || from == null || to == null || by == null
                ? List.of()
                : closed(before, new Instruction.For(variable, from, to, by, body, loop.span()));
    }

    /// The step of an unsigned variable may still be negative.
    private static Elementary signed(Elementary type) {
        return switch (type) {
            case USINT, BYTE -> Elementary.INT;
            case UINT, WORD -> Elementary.DINT;
            case UDINT, DWORD, ULINT, LWORD -> Elementary.LINT;
            default -> type;
        };
    }
}
