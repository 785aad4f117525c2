package io.millwright.iec61131.syntax;

import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.syntax.Body.InstructionList.Instruction;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads instruction lists (7.2), in which the end of a line ends an instruction.
final class InstructionParser {
    private static final Set<String> OPERATORS = Set.of(
            "LD", "LDN", "ST", "STN", "S", "R", "AND", "ANDN", "OR", "ORN", "XOR", "XORN", "NOT", "ADD", "SUB", "MUL",
            "DIV", "MOD", "GT", "GE", "EQ", "NE", "LE", "LT", "JMP", "JMPC", "JMPCN", "CAL", "CALC", "CALCN", "RET",
            "RETC", "RETCN", "&", "&N");
    private static final Set<String> FIRST = Set.of("LD", "LDN", "CAL", "CALC", "CALCN", "JMP", "RET");

    private final Cursor cursor;
    private final ExpressionParser expressions;

    InstructionParser(Cursor cursor, ExpressionParser expressions) {
        this.cursor = cursor;
        this.expressions = expressions;
    }

    /// Whether a body that begins here is an instruction list: an operator with its operand on one line, which
    /// is never Structured Text.
    boolean begins() {
        int ahead = cursor.atName() && cursor.kind(1) == Kind.COLON ? 2 : 0;
        if (!cursor.kind(ahead).isName() || !FIRST.contains(Name.key(cursor.text(ahead)))) {
            return false;
        }
        if (Name.key(cursor.text(ahead)).equals("RET")) {
            return cursor.isFirstOnLine(ahead + 1);
        }
        return !cursor.isFirstOnLine(ahead + 1)
                && switch (cursor.kind(ahead + 1)) {
                    case NUMBER,
                            STRING_LITERAL,
                            WIDE_STRING_LITERAL,
                            TRUE,
                            FALSE,
                            DURATION,
                            DATE,
                            TIME_OF_DAY,
                            DATE_AND_TIME,
                            TYPE_PREFIX,
                            ADDRESS,
                            MINUS -> true;
                    default -> cursor.kind(ahead + 1).isName();
                };
    }

    List<Instruction> instructions() {
        List<Instruction> all = new ArrayList<>();
        while (!Parts.endsStatements(cursor) && !cursor.at(Kind.RIGHT_PARENTHESIS)) {
            if (cursor.accept(Kind.SEMICOLON)) {
                continue;
            }
            int start = cursor.position();
            all.add(instruction());
            endOfLine(start);
        }
        return all;
    }

    private Instruction instruction() {
        int start = cursor.position();
        cursor.mark(Tokens.Mark.STARTS);
        Name label = null;
        if (cursor.atName() && cursor.kind(1) == Kind.COLON) {
            label = cursor.name("a label");
            cursor.mark(Tokens.Mark.TIGHT);
            cursor.next();
            if (cursor.isFirstOnLine(0)) {
                return new Instruction(label, null, null, List.of(), null, cursor.since(start));
            }
        }
        boolean word = cursor.atName() || cursor.at(Kind.AMPERSAND) || isOperator(cursor.kind());
        if (!word) {
            cursor.missing("an operator such as LD or ST");
            return new Instruction(label, null, null, List.of(), null, cursor.since(start));
        }
        Name operator = new Name(cursor.text(), cursor.span());
        cursor.next();
        if (cursor.at(Kind.LEFT_PARENTHESIS) && OPERATORS.contains(operator.key())) {
            return nested(label, operator, start);
        }
        if (cursor.at(Kind.LEFT_PARENTHESIS)) {
            List<Expression.Argument> arguments = expressions.arguments();
            return new Instruction(label, operator, null, arguments, null, cursor.since(start));
        }
        if (cursor.isFirstOnLine(0) || cursor.at(Kind.SEMICOLON) || Parts.endsStatements(cursor)) {
            return new Instruction(label, operator, null, List.of(), null, cursor.since(start));
        }
        return operand(label, operator, start);
    }

    private static boolean isOperator(Kind kind) {
        return switch (kind) {
            case AND, OR, XOR, NOT, MOD -> true;
            default -> false;
        };
    }

    private Instruction operand(@Nullable Name label, Name operator, int start) {
        Expression operand = expressions.operand();
        List<Expression.Argument> arguments = new ArrayList<>();
        while (cursor.accept(Kind.COMMA)) {
            arguments.add(new Expression.Argument.Positional(expressions.operand()));
        }
        if (operator.key().startsWith("CAL") && operand instanceof Expression.Call(var callee, var given, var _)) {
            operand = callee;
            arguments.addAll(given);
        }
        return new Instruction(label, operator, operand, arguments, null, cursor.since(start));
    }

    private Instruction nested(@Nullable Name label, Name operator, int start) {
        Span open = cursor.span();
        cursor.next();
        Expression operand = null;
        List<Instruction> inner = List.of();
        if (cursor.enter()) {
            if (!cursor.isFirstOnLine(0)) {
                operand = expressions.operand();
            }
            inner = instructions();
        }
        cursor.leave();
        expressions.close(Kind.RIGHT_PARENTHESIS, open);
        return new Instruction(label, operator, operand, List.of(), inner, cursor.since(start));
    }

    private void endOfLine(int start) {
        boolean over = cursor.isFirstOnLine(0)
                || cursor.at(Kind.SEMICOLON)
                || cursor.at(Kind.RIGHT_PARENTHESIS)
                || Parts.endsStatements(cursor);
        if (!over && !cursor.isLost()) {
            cursor.missing("the end of the line");
        }
        if (cursor.isLost() || cursor.position() == start) {
            do {
                cursor.next();
            } while (!cursor.isFirstOnLine(0) && !cursor.at(Kind.END_OF_TEXT));
        }
        cursor.found();
    }
}
