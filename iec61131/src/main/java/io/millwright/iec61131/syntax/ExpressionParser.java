package io.millwright.iec61131.syntax;

import io.millwright.iec61131.source.Diagnostic;
import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.syntax.Expression.BinaryOperator;
import io.millwright.iec61131.syntax.Expression.UnaryOperator;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads expressions (7.3.2, Table 71) by precedence climbing.
final class ExpressionParser {
    /// How many operators one expression may join, and arguments one call.
    static final int CHAIN_MAX = 1_000;

    /// The most members, elements and calls behind one name.
    static final int MEMBERS_MAX = 200;

    private final Cursor cursor;
    /// Whether what is read is the operand of an instruction.
    private boolean ofList;

    ExpressionParser(Cursor cursor) {
        this.cursor = cursor;
    }

    Expression expression() {
        if (!cursor.enter()) {
            cursor.leave();
            return broken();
        }
        Expression result = binary(0);
        cursor.leave();
        return result;
    }

    private Expression binary(int least) {
        Span start = cursor.span();
        Expression left = unary();
        for (int joined = 0; ; joined++) {
            BinaryOperator operator = operator();
            if (operator == null || operator.precedence() < least || ofList && cursor.isFirstOnLine(0)) {
                return left;
            }
            if (joined == CHAIN_MAX) {
                cursor.report(tooLong());
                return left;
            }
            if (operator == BinaryOperator.AND_THEN || operator == BinaryOperator.OR_ELSE) {
                cursor.extension(cursor.span(), operator.text());
            }
            cursor.next();
            Expression right = binary(operator.precedence() + 1);
            left = new Expression.Binary(operator, left, right, cursor.since(start));
        }
    }

    private @Nullable BinaryOperator operator() {
        return switch (cursor.kind()) {
            case POWER -> BinaryOperator.POWER;
            case STAR -> BinaryOperator.MULTIPLY;
            case SLASH -> BinaryOperator.DIVIDE;
            case MOD -> BinaryOperator.MODULO;
            case PLUS -> BinaryOperator.ADD;
            case MINUS -> BinaryOperator.SUBTRACT;
            case LESS -> BinaryOperator.LESS;
            case LESS_OR_EQUAL -> BinaryOperator.LESS_OR_EQUAL;
            case GREATER -> BinaryOperator.GREATER;
            case GREATER_OR_EQUAL -> BinaryOperator.GREATER_OR_EQUAL;
            case EQUAL -> BinaryOperator.EQUAL;
            case NOT_EQUAL -> BinaryOperator.NOT_EQUAL;
            case AND, AMPERSAND -> BinaryOperator.AND;
            case AND_THEN -> BinaryOperator.AND_THEN;
            case XOR -> BinaryOperator.XOR;
            case OR -> BinaryOperator.OR;
            case OR_ELSE -> BinaryOperator.OR_ELSE;
            default -> null;
        };
    }

    private Expression unary() {
        UnaryOperator operator = switch (cursor.kind()) {
            case MINUS -> UnaryOperator.NEGATE;
            case PLUS -> UnaryOperator.PLUS;
            case NOT -> UnaryOperator.NOT;
            default -> null;
        };
        boolean function = operator == UnaryOperator.NOT
                && cursor.kind(1) == Kind.LEFT_PARENTHESIS
                && cursor.kind(2).isName()
                && cursor.kind(3) == Kind.ASSIGN;
        if (operator == null || function) {
            // As a function (Table 31): NOT(IN := a).
            return postfix(
                    function ? passing(new Expression.Identifier(new Name(cursor.text(), cursor.span()))) : primary());
        }
        Span start = cursor.span();
        cursor.next();
        Expression operand = broken();
        if (cursor.enter()) {
            operand = unary();
        }
        cursor.leave();
        return new Expression.Unary(operator, operand, cursor.since(start));
    }

    /// A variable with what stands behind it; also a call.
    Expression variable() {
        return postfix(primary());
    }

    private Expression primary() {
        Span start = cursor.span();
        return switch (cursor.kind()) {
            case LEFT_PARENTHESIS -> {
                cursor.next();
                Expression inner = expression();
                close(Kind.RIGHT_PARENTHESIS, start);
                yield inner;
            }
            case TYPE_PREFIX -> typed(null);
            case NUMBER, STRING_LITERAL, WIDE_STRING_LITERAL, TRUE, FALSE, DURATION, DATE, TIME_OF_DAY, DATE_AND_TIME ->
                literal(null, start);
            case ADDRESS -> new Expression.Direct(address(), start);
            case THIS -> passing(new Expression.This(start));
            case SUPER -> passing(new Expression.Super(start));
            case BAD -> {
                cursor.lose();
                yield passing(new Expression.Broken(start));
            }
            default -> identifier();
        };
    }

    private Expression passing(Expression expression) {
        cursor.next();
        return expression;
    }

    private Expression identifier() {
        Kind kind = cursor.kind();
        if (kind.isName()) {
            return new Expression.Identifier(cursor.name("a name"));
        }
        boolean operator = kind == Kind.AND || kind == Kind.OR || kind == Kind.XOR || kind == Kind.MOD;
        if (operator && cursor.kind(1) == Kind.LEFT_PARENTHESIS) {
            // As functions (Table 30): AND(a, b, c).
            return passing(new Expression.Identifier(new Name(cursor.text(), cursor.span())));
        }
        cursor.missing("an expression");
        return broken();
    }

    private Expression broken() {
        return new Expression.Broken(cursor.gap());
    }

    private Expression literal(@Nullable Name type, Span start) {
        LiteralValue value = cursor.literals().value(cursor.kind(), cursor.span());
        cursor.next();
        Span span = cursor.since(start);
        return value == null ? new Expression.Broken(span) : new Expression.Literal(type, value, span);
    }

    /// `INT#-5`, `Color#Red`, `Ns.Color#Red`; the cursor is at the type.
    private Expression typed(@Nullable List<Name> namespaces) {
        Span start = namespaces == null ? cursor.span() : namespaces.getFirst().span();
        Span prefix = cursor.span();
        Name type = new Name(
                prefix.text().substring(0, prefix.text().length() - 1),
                prefix.source().span(prefix.start(), prefix.end() - 1));
        cursor.next();
        if (cursor.atName()) {
            List<Name> parts = new ArrayList<>(namespaces == null ? List.of() : namespaces);
            parts.add(type);
            Name value = cursor.name("a value");
            return new Expression.EnumLiteral(new QualifiedName(parts), value, cursor.since(start));
        }
        boolean negative = cursor.at(Kind.MINUS);
        if ((negative || cursor.at(Kind.PLUS)) && cursor.kind(1) == Kind.NUMBER) {
            cursor.next();
        }
        return switch (cursor.kind()) {
            case NUMBER, STRING_LITERAL, WIDE_STRING_LITERAL, TRUE, FALSE -> {
                Expression literal = literal(type, start);
                yield negative ? negated(literal) : literal;
            }
            default -> {
                cursor.missing("a value behind " + prefix.text());
                yield new Expression.Broken(prefix);
            }
        };
    }

    private static Expression negated(Expression expression) {
        if (expression instanceof Expression.Literal literal) {
            if (literal.value() instanceof LiteralValue.Whole(BigInteger value, int radix)) {
                LiteralValue negative = new LiteralValue.Whole(value.negate(), radix);
                return new Expression.Literal(literal.type(), negative, literal.span());
            }
            if (literal.value() instanceof LiteralValue.Real(BigDecimal value)) {
                return new Expression.Literal(literal.type(), new LiteralValue.Real(value.negate()), literal.span());
            }
        }
        return expression;
    }

    private Expression postfix(Expression first) {
        if (first instanceof Expression.Literal || first instanceof Expression.Broken) {
            return first;
        }
        Span start = first.span();
        Expression target = first;
        for (int joined = 0; ; joined++) {
            if (joined == MEMBERS_MAX) {
                String message = "a name leads through at most %d others".formatted(MEMBERS_MAX);
                cursor.report(Diagnostic.error("E013", cursor.span(), message));
                return target;
            }
            switch (cursor.kind()) {
                case POINT -> target = member(target, start);
                case LEFT_BRACKET -> target = index(target, start);
                case LEFT_PARENTHESIS -> {
                    List<Expression.Argument> arguments = arguments();
                    target = new Expression.Call(target, arguments, cursor.since(start));
                }
                case CARET -> {
                    cursor.next();
                    target = new Expression.Dereference(target, cursor.since(start));
                }
                default -> {
                    return target;
                }
            }
        }
    }

    Expression member(Expression target, Span start) {
        cursor.next();
        Kind kind = cursor.kind();
        String text = cursor.text();
        if (kind == Kind.TYPE_PREFIX) {
            List<Name> names = names(target);
            if (names != null) {
                return typed(names);
            }
        }
        if (kind == Kind.NUMBER && text.length() <= 3 && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            cursor.next();
            return new Expression.Part(target, Address.Size.X, Integer.parseInt(text), cursor.since(start));
        }
        if (kind == Kind.PART && text.length() <= 5 && text.indexOf('.') < 0) {
            cursor.next();
            boolean sized = !Lexer.isDigit(text.charAt(1));
            Address.Size size = sized ? Literals.size(text.charAt(1)) : Address.Size.X;
            int number = Integer.parseInt(text.substring(sized ? 2 : 1));
            return new Expression.Part(target, size, number, cursor.since(start));
        }
        // A keyword directly behind the point can only be a member that is called so.
        if (kind.isKeyword() && !kind.isName() && cursor.touchesPrevious(0)) {
            cursor.take(Kind.NAME);
            Name name = cursor.name("the name of a member");
            return new Expression.Member(target, name, cursor.since(start));
        }
        Name name = cursor.name("the name of a member");
        return name.text().isEmpty() ? target : new Expression.Member(target, name, cursor.since(start));
    }

    /// The names of which an expression is made, if it is made of names alone.
    static @Nullable List<Name> names(Expression expression) {
        return switch (expression) {
            case Expression.Identifier(var name) -> List.of(name);
            case Expression.Member(var target, var name, var _) -> {
                List<Name> before = names(target);
                if (before == null) {
                    yield null;
                }
                List<Name> all = new ArrayList<>(before);
                all.add(name);
                yield all;
            }
            default -> null;
        };
    }

    Expression index(Expression target, Span start) {
        Span open = cursor.span();
        cursor.next();
        List<Expression> indices = new ArrayList<>();
        do {
            indices.add(expression());
        } while (cursor.accept(Kind.COMMA));
        close(Kind.RIGHT_BRACKET, open);
        return new Expression.Index(target, indices, cursor.since(start));
    }

    /// An operand of an instruction list, which ends with its line: what begins the next one is an instruction.
    Expression operand() {
        boolean before = ofList;
        ofList = true;
        Expression operand = expression();
        ofList = before;
        return operand;
    }

    /// `( … )` of a call, which may go on in the next line.
    List<Expression.Argument> arguments() {
        boolean before = ofList;
        ofList = false;
        List<Expression.Argument> arguments = given();
        ofList = before;
        return arguments;
    }

    private List<Expression.Argument> given() {
        Span open = cursor.span();
        cursor.next();
        List<Expression.Argument> arguments = new ArrayList<>();
        if (!cursor.at(Kind.RIGHT_PARENTHESIS)) {
            do {
                if (arguments.size() == CHAIN_MAX) {
                    String message = "a call has at most %d arguments".formatted(CHAIN_MAX);
                    cursor.report(Diagnostic.error("E013", cursor.span(), message));
                    return arguments;
                }
                arguments.add(argument());
            } while (cursor.accept(Kind.COMMA));
        }
        close(Kind.RIGHT_PARENTHESIS, open);
        return arguments;
    }

    /// One argument of a call.
    Expression.Argument argument() {
        Span start = cursor.span();
        boolean negated = cursor.at(Kind.NOT) && cursor.kind(1).isName() && cursor.kind(2) == Kind.OUTPUT;
        if (negated) {
            cursor.next();
        }
        if (cursor.atName() && cursor.kind(1) == Kind.OUTPUT) {
            Name name = cursor.name("an output");
            cursor.next();
            boolean open = cursor.at(Kind.COMMA) || cursor.at(Kind.RIGHT_PARENTHESIS);
            Expression target = open ? null : expression();
            return new Expression.Argument.Out(name, negated, target, cursor.since(start));
        }
        if (cursor.atName() && cursor.kind(1) == Kind.ASSIGN) {
            Name name = cursor.name("an input");
            cursor.next();
            Expression value = expression();
            return new Expression.Argument.In(name, value, cursor.since(start));
        }
        return new Expression.Argument.Positional(expression());
    }

    /// The closing mark of what was opened at `open`. Where the parser was lost inside, it finds its place
    /// there.
    void close(Kind kind, Span open) {
        if (cursor.accept(kind)) {
            return;
        }
        if (!cursor.isLost()) {
            cursor.report(cursor.missing(kind).relatedTo(open, "opened here"));
        }
        int depth = 0;
        while (!cursor.at(Kind.SEMICOLON) && !Cursor.isAnchor(cursor.kind()) && !cursor.at(Kind.ASSIGN)) {
            switch (cursor.kind()) {
                case LEFT_PARENTHESIS, LEFT_BRACKET -> depth++;
                case RIGHT_PARENTHESIS, RIGHT_BRACKET -> depth--;
                default -> {}
            }
            boolean closed = depth < 0;
            if (closed && cursor.at(kind)) {
                cursor.next();
            }
            if (closed) {
                return;
            }
            cursor.next();
        }
    }

    /// `%IX1.2`; the cursor is at it.
    Address address() {
        Address address = cursor.literals().address(cursor.span());
        cursor.next();
        return address;
    }

    private Diagnostic tooLong() {
        return Diagnostic.error(
                "E013", cursor.span(), "an expression joins at most %d operators in a row".formatted(CHAIN_MAX));
    }
}
