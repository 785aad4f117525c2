package io.millwright.iec61131.syntax;

import io.millwright.iec61131.source.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An expression of Structured Text as written (7.3.2). Operators are already grouped by their precedence
/// (Table 71).
public sealed interface Expression {
    Span span();

    /// `5`, `INT#5`, `T#1s`.
    ///
    /// @param type the type name before `#`, or null; a prefix that belongs to the literal itself (`T#`, `D#`)
    ///     is not one
    record Literal(@Nullable Name type, LiteralValue value, Span span) implements Expression {}

    /// `Red` of `Color#Red`; a plain `Red` is an [Identifier].
    record EnumLiteral(QualifiedName type, Name value, Span span) implements Expression {}

    /// A name alone. Whether it is a variable, a function, an enumeration value or a namespace is not known
    /// here.
    record Identifier(Name name) implements Expression {
        @Override
        public Span span() {
            return name.span();
        }
    }

    /// `target.name`.
    record Member(Expression target, Name name, Span span) implements Expression {}

    /// `target.%X3`, `target.%B1`, or `target.3` which means the bit (6.5.5.5).
    record Part(Expression target, Address.Size size, int index, Span span) implements Expression {}

    /// `target[i, j]`.
    record Index(Expression target, List<Expression> indices, Span span) implements Expression {
        public Index {
            indices = List.copyOf(indices);
        }
    }

    /// `target^`.
    record Dereference(Expression target, Span span) implements Expression {}

    /// `%IX0.1`.
    record Direct(Address address, Span span) implements Expression {}

    /// `f(a, b := 1, c => d)`.
    record Call(Expression callee, List<Argument> arguments, Span span) implements Expression {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }

    /// `-x`, `NOT x`.
    record Unary(UnaryOperator operator, Expression operand, Span span) implements Expression {}

    /// `a + b`.
    record Binary(BinaryOperator operator, Expression left, Expression right, Span span) implements Expression {}

    /// `THIS`; `THIS^` is a [Dereference] of it.
    record This(Span span) implements Expression {}

    /// `SUPER`; `SUPER^` is a [Dereference] of it, and a call of it runs the body of the base (6.6.5.5.4).
    record Super(Span span) implements Expression {}

    /// What stood here could not be read; that was reported.
    record Broken(Span span) implements Expression {}

    /// One argument of a call (Table 20).
    sealed interface Argument {
        Span span();

        /// `value`, by position.
        record Positional(Expression value) implements Argument {
            @Override
            public Span span() {
                return value.span();
            }
        }

        /// `name := value`.
        record In(Name name, Expression value, Span span) implements Argument {}

        /// `name => target` or `NOT name => target`; without a target (`name =>`) the output is not wanted.
        record Out(Name name, boolean negated, @Nullable Expression target, Span span) implements Argument {}
    }

    /// Operators with one operand.
    enum UnaryOperator {
        NEGATE("-"),
        PLUS("+"),
        NOT("NOT");

        private final String text;

        UnaryOperator(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    /// Operators with two operands, the tightest first (Table 71). `AND_THEN` and `OR_ELSE` leave the right
    /// side alone when the left decides; `AND` and `OR` always look at both.
    enum BinaryOperator {
        POWER("**", 7),
        MULTIPLY("*", 6),
        DIVIDE("/", 6),
        MODULO("MOD", 6),
        ADD("+", 5),
        SUBTRACT("-", 5),
        LESS("<", 4),
        LESS_OR_EQUAL("<=", 4),
        GREATER(">", 4),
        GREATER_OR_EQUAL(">=", 4),
        EQUAL("=", 3),
        NOT_EQUAL("<>", 3),
        AND("AND", 2),
        AND_THEN("AND_THEN", 2),
        XOR("XOR", 1),
        OR("OR", 0),
        OR_ELSE("OR_ELSE", 0);

        private final String text;
        private final int precedence;

        BinaryOperator(String text, int precedence) {
            this.text = text;
            this.precedence = precedence;
        }

        public String text() {
            return text;
        }

        /// Higher binds tighter; all group from the left.
        public int precedence() {
            return precedence;
        }
    }
}
