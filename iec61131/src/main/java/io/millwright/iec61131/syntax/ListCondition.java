package io.millwright.iec61131.syntax;

import io.millwright.iec61131.source.Diagnostic;
import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.syntax.Body.InstructionList.Instruction;
import io.millwright.iec61131.syntax.Expression.Argument;
import io.millwright.iec61131.syntax.Expression.BinaryOperator;
import io.millwright.iec61131.syntax.Expression.UnaryOperator;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The condition of a transition as an instruction list (Table 55): what is in the accumulator at its end, as an
/// expression. A condition changes nothing, so that every operator in it has a value.
final class ListCondition {
    private final Cursor cursor;

    ListCondition(Cursor cursor) {
        this.cursor = cursor;
    }

    /// @param whole where the list stands
    Expression of(List<Instruction> instructions, Span whole) {
        Expression result = folded(null, instructions);
        if (result == null) {
            report(whole, "the list of a condition begins with LD");
            return new Expression.Broken(whole);
        }
        return result;
    }

    private @Nullable Expression folded(@Nullable Expression before, List<Instruction> instructions) {
        if (instructions.size() > ExpressionParser.CHAIN_MAX) {
            Span span = instructions.get(ExpressionParser.CHAIN_MAX).span();
            cursor.report(Diagnostic.error(
                    "E013",
                    span,
                    "the list of a condition has at most %d instructions".formatted(ExpressionParser.CHAIN_MAX)));
            return new Expression.Broken(span);
        }
        Expression accumulator = before;
        for (Instruction instruction : instructions) {
            accumulator = next(accumulator, instruction);
        }
        return accumulator;
    }

    private Expression next(@Nullable Expression accumulator, Instruction one) {
        Span span = one.span();
        Name operator = one.operator();
        if (operator == null || one.label() != null) {
            return refused(span, "labels and jumps cannot stand in the condition of a transition");
        }
        return switch (operator.key()) {
            case "LD", "LDN" -> value(one, operator);
            case "NOT" -> {
                Expression negated = one.operand() == null && one.nested() == null ? accumulator : value(one, operator);
                yield negated == null ? empty(span) : not(negated, span);
            }
            case "ST", "STN", "S", "R", "JMP", "JMPC", "JMPCN", "RET", "RETC", "RETCN", "CAL", "CALC", "CALCN" -> {
                String message = operator
                        + " cannot stand in the condition of a transition, which gives a value and changes nothing";
                yield refused(operator.span(), message);
            }
            default -> {
                BinaryOperator binary = Body.InstructionList.binary(operator);
                if (binary == null || one.operand() == null && one.nested() == null) {
                    yield function(accumulator, one, operator);
                }
                yield accumulator == null
                        ? empty(span)
                        : new Expression.Binary(binary, accumulator, value(one, operator), span);
            }
        };
    }

    /// The operand, or what the instructions in parentheses give, negated by N.
    private Expression value(Instruction one, Name operator) {
        Expression value = one.operand();
        if (one.nested() != null) {
            value = folded(value, one.nested());
        }
        if (value == null) {
            return refused(one.span(), operator + " needs an operand");
        }
        return Body.InstructionList.isNegated(operator) ? not(value, one.span()) : value;
    }

    /// The accumulator is the first argument, unless the arguments have names (7.2.2).
    private static Expression function(@Nullable Expression accumulator, Instruction one, Name operator) {
        Expression operand = one.operand();
        List<Argument> arguments = new ArrayList<>();
        boolean formal = operand == null && one.arguments().stream().anyMatch(a -> !(a instanceof Argument.Positional));
        if (!formal && accumulator != null) {
            arguments.add(new Argument.Positional(accumulator));
        }
        if (operand != null) {
            arguments.add(new Argument.Positional(operand));
        }
        arguments.addAll(one.arguments());
        return new Expression.Call(new Expression.Identifier(operator), arguments, one.span());
    }

    private static Expression not(Expression value, Span span) {
        return new Expression.Unary(UnaryOperator.NOT, value, span);
    }

    private Expression empty(Span span) {
        return refused(span, "the accumulator is empty here; load it with LD first");
    }

    private Expression refused(Span span, String message) {
        report(span, message);
        return new Expression.Broken(span);
    }

    private void report(Span span, String message) {
        cursor.report(Diagnostic.error("E014", span, message));
    }
}
