package io.millwright.iec61131.check;

import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.syntax.Expression;
import io.millwright.iec61131.syntax.Expression.BinaryOperator;
import io.millwright.iec61131.syntax.Initializer;
import io.millwright.iec61131.syntax.LiteralValue;
import io.millwright.iec61131.syntax.Name;
import io.millwright.iec61131.syntax.QualifiedName;
import io.millwright.iec61131.syntax.Statement;
import io.millwright.iec61131.syntax.TypeSyntax;
import io.millwright.iec61131.syntax.VariableDeclaration;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes Structured Text for what was written in another language, all of it at one place of the text.
record Build(Span span) {
    Name name(String text) {
        return new Name(text, span);
    }

    Expression variable(String text) {
        return new Expression.Identifier(name(text));
    }

    Expression member(String of, String text) {
        return new Expression.Member(variable(of), name(text), span);
    }

    Expression truth(boolean value) {
        return new Expression.Literal(null, new LiteralValue.Truth(value), span);
    }

    Expression number(int value) {
        return new Expression.Literal(null, new LiteralValue.Whole(BigInteger.valueOf(value), 10), span);
    }

    Expression zeroTime() {
        return new Expression.Literal(null, new LiteralValue.Duration(BigInteger.ZERO, false), span);
    }

    Expression call(String function) {
        return new Expression.Call(variable(function), List.of(), span);
    }

    Expression not(Expression operand) {
        return new Expression.Unary(Expression.UnaryOperator.NOT, operand, span);
    }

    Expression binary(BinaryOperator operator, Expression left, Expression right) {
        return new Expression.Binary(operator, left, right, span);
    }

    Expression and(Expression left, Expression right) {
        return binary(BinaryOperator.AND, left, right);
    }

    /// Any of them; FALSE where there are none.
    Expression any(List<Expression> all) {
        return all.stream().reduce((a, b) -> binary(BinaryOperator.OR, a, b)).orElseGet(() -> truth(false));
    }

    Statement assign(Expression target, Expression value) {
        return new Statement.Assign(target, Statement.Assign.Operator.ASSIGN, value, span);
    }

    Statement when(Expression condition, List<Statement> body, List<Statement> otherwise) {
        return new Statement.If(List.of(new Statement.If.Branch(condition, body, span)), otherwise, span);
    }

    Statement when(Expression condition, Statement... body) {
        return when(condition, List.of(body), List.of());
    }

    TypeSyntax type(String text) {
        return new TypeSyntax.Named(new QualifiedName(List.of(name(text))));
    }

    VariableDeclaration declaration(String text, TypeSyntax type, @Nullable Initializer initial) {
        return new VariableDeclaration(name(text), null, type, null, initial, "", span);
    }
}
