package io.millwright.iec61131.guideline;

import io.millwright.iec61131.syntax.Body;
import io.millwright.iec61131.syntax.Declaration;
import io.millwright.iec61131.syntax.Expression;
import io.millwright.iec61131.syntax.Name;
import io.millwright.iec61131.syntax.Statement;
import io.millwright.iec61131.syntax.VariableBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Goes through what is written.
final class Written {
    private Written() {}

    /// A body in Structured Text, and the name of the routine it is of.
    record Code(Name name, List<Statement> statements) {}

    /// All units, also those in namespaces.
    static List<Declaration.Unit> units(List<Declaration> declarations) {
        List<Declaration.Unit> units = new ArrayList<>();
        for (Declaration declaration : declarations) {
            if (declaration instanceof Declaration.Unit unit) {
                units.add(unit);
            } else if (declaration instanceof Declaration.Namespace namespace) {
                units.addAll(units(namespace.declarations()));
            }
        }
        return units;
    }

    /// The bodies of a unit.
    static List<Code> code(Declaration.Unit unit) {
        List<Code> all = new ArrayList<>();
        add(unit.name(), unit.body(), all);
        unit.methods().forEach(m -> add(m.name(), m.body(), all));
        unit.actions().forEach(a -> add(a.name(), a.body(), all));
        for (Declaration.Property property : unit.properties()) {
            if (property.get() != null) {
                add(property.name(), property.get().body(), all);
            }
            if (property.set() != null) {
                add(property.name(), property.set().body(), all);
            }
        }
        return all;
    }

    private static void add(Name name, @Nullable Body body, List<Code> all) {
        if (body instanceof Body.StructuredText(var statements, var _) && !statements.isEmpty()) {
            all.add(new Code(name, statements));
        }
    }

    /// The blocks of variables of a unit and its methods.
    static List<VariableBlock> blocks(Declaration.Unit unit) {
        List<VariableBlock> all = new ArrayList<>(unit.variables());
        unit.methods().forEach(m -> all.addAll(m.variables()));
        return all;
    }

    /// The lists of statements within a statement.
    static List<List<Statement>> within(Statement statement) {
        List<List<Statement>> all = new ArrayList<>();
        switch (statement) {
            case Statement.If(var branches, var otherwise, var _) -> {
                branches.forEach(b -> all.add(b.body()));
                all.add(otherwise);
            }
            case Statement.Case(var _, var alternatives, var otherwise, var _) -> {
                alternatives.forEach(a -> all.add(a.body()));
                if (otherwise != null) {
                    all.add(otherwise);
                }
            }
            case Statement.For loop -> all.add(loop.body());
            case Statement.While loop -> all.add(loop.body());
            case Statement.Repeat loop -> all.add(loop.body());
            default -> {}
        }
        return all;
    }

    /// Shows every statement, outer ones first.
    static void statements(List<Statement> list, Consumer<Statement> visitor) {
        for (Statement statement : list) {
            visitor.accept(statement);
            within(statement).forEach(l -> statements(l, visitor));
        }
    }

    /// The expressions of a statement itself.
    static List<Expression> expressions(Statement statement) {
        return switch (statement) {
            case Statement.Assign(var target, var _, var value, var _) -> List.of(target, value);
            case Statement.CallStatement(var call, var _) -> List.of(call);
            case Statement.If branches ->
                branches.branches().stream().map(Statement.If.Branch::condition).toList();
            case Statement.Case choice -> List.of(choice.selector());
            case Statement.For(var variable, var from, var to, var by, var _, var _) ->
                by == null ? List.of(variable, from, to) : List.of(variable, from, to, by);
            case Statement.While loop -> List.of(loop.condition());
            case Statement.Repeat loop -> List.of(loop.until());
            default -> List.of();
        };
    }

    /// Shows an expression and all within it.
    static void deep(Expression expression, Consumer<Expression> visitor) {
        visitor.accept(expression);
        switch (expression) {
            case Expression.Member(var target, var _, var _) -> deep(target, visitor);
            case Expression.Part(var target, var _, var _, var _) -> deep(target, visitor);
            case Expression.Index(var target, var indices, var _) -> {
                deep(target, visitor);
                indices.forEach(i -> deep(i, visitor));
            }
            case Expression.Dereference(var target, var _) -> deep(target, visitor);
            case Expression.Call(var callee, var arguments, var _) -> {
                deep(callee, visitor);
                arguments.forEach(a -> argument(a, visitor));
            }
            case Expression.Unary(var _, var operand, var _) -> deep(operand, visitor);
            case Expression.Binary(var _, var left, var right, var _) -> {
                deep(left, visitor);
                deep(right, visitor);
            }
            default -> {}
        }
    }

    private static void argument(Expression.Argument argument, Consumer<Expression> visitor) {
        switch (argument) {
            case Expression.Argument.Positional(var value) -> deep(value, visitor);
            case Expression.Argument.In(var _, var value, var _) -> deep(value, visitor);
            case Expression.Argument.Out(var _, var _, var target, var _) -> {
                if (target != null) {
                    deep(target, visitor);
                }
            }
        }
    }
}
