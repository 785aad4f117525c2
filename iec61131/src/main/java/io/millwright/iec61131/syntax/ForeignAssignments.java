package io.millwright.iec61131.syntax;

import io.millwright.iec61131.source.Diagnostic;
import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.syntax.Expression.BinaryOperator;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/// Assignments of other languages, `x += 1` and `x++`, which are reported and taken for what is meant.
record ForeignAssignments(Cursor cursor, ExpressionParser expressions) {
    /// The assignment behind a variable, if one is written here.
    ///
    /// @param start the position of the variable
    @Nullable
    Statement read(Expression target, int start) {
        BinaryOperator operator = operator(cursor.kind());
        if (operator == null || cursor.isLost() || !cursor.touchesPrevious(1)) {
            return null;
        }
        boolean counts = cursor.kind(1) == cursor.kind()
                && (operator == BinaryOperator.ADD || operator == BinaryOperator.SUBTRACT)
                && cursor.kind(2) == Kind.SEMICOLON;
        if (!counts && cursor.kind(1) != Kind.EQUAL) {
            return null;
        }
        int sign = cursor.position();
        cursor.next();
        cursor.next();
        Span span = cursor.since(sign);
        String variable = target.span().text();
        String meant = ":= " + variable + " " + operator.text() + (counts ? " 1" : "");
        cursor.report(Diagnostic.error("E010", span, "%s is written %s %s here".formatted(span.text(), variable, meant))
                .suggesting(meant));
        cursor.found();
        Expression value = counts
                ? new Expression.Literal(null, new LiteralValue.Whole(BigInteger.ONE, 10), span)
                : expressions.expression();
        Span whole = cursor.since(start);
        Expression result = new Expression.Binary(operator, target, value, whole);
        return new Statement.Assign(target, Statement.Assign.Operator.ASSIGN, result, whole);
    }

    private static @Nullable BinaryOperator operator(Kind kind) {
        return switch (kind) {
            case PLUS -> BinaryOperator.ADD;
            case MINUS -> BinaryOperator.SUBTRACT;
            case STAR -> BinaryOperator.MULTIPLY;
            case SLASH -> BinaryOperator.DIVIDE;
            default -> null;
        };
    }
}
