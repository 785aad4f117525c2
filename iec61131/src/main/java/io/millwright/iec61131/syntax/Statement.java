package io.millwright.iec61131.syntax;

import io.millwright.iec61131.source.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A statement of Structured Text as written (Table 72).
public sealed interface Statement {
    Span span();

    /// `target := value;` and its sisters.
    record Assign(Expression target, Operator operator, Expression value, Span span) implements Statement {
        /// `:=`; `?=` assignment attempt (6.6.6.7); `REF=`, `S=`, `R=` of common dialects.
        public enum Operator {
            ASSIGN(":="),
            ATTEMPT("?="),
            REFERENCE("REF="),
            SET("S="),
            RESET("R=");

            private final String text;

            Operator(String text) {
                this.text = text;
            }

            public String text() {
                return text;
            }
        }
    }

    /// A call whose result is not used: of a function, a method or an instance.
    record CallStatement(Expression call, Span span) implements Statement {}

    /// IF with its ELSIFs in order.
    record If(List<Branch> branches, List<Statement> otherwise, Span span) implements Statement {
        public If {
            branches = List.copyOf(branches);
            otherwise = List.copyOf(otherwise);
        }

        /// A condition and what is done where it holds.
        public record Branch(Expression condition, List<Statement> body, Span span) {
            public Branch {
                body = List.copyOf(body);
            }
        }
    }

    /// CASE.
    ///
    /// @param otherwise the ELSE part, or null where there is none
    record Case(
            Expression selector,
            List<Alternative> alternatives,
            @Nullable List<Statement> otherwise,
            Span span) implements Statement {
        public Case {
            alternatives = List.copyOf(alternatives);
            otherwise = otherwise == null ? null : List.copyOf(otherwise);
        }

        /// Labels and what is done for them.
        public record Alternative(List<Label> labels, List<Statement> body, Span span) {
            public Alternative {
                labels = List.copyOf(labels);
                body = List.copyOf(body);
            }
        }

        /// `3` or, with a last one, `3..7`.
        public record Label(Expression first, @Nullable Expression last, Span span) {}
    }

    /// FOR.
    ///
    /// @param by the step, or null for 1
    record For(
            Expression variable,
            Expression from,
            Expression to,
            @Nullable Expression by,
            List<Statement> body,
            Span span)
            implements Statement {
        public For {
            body = List.copyOf(body);
        }
    }

    record While(Expression condition, List<Statement> body, Span span) implements Statement {
        public While {
            body = List.copyOf(body);
        }
    }

    record Repeat(List<Statement> body, Expression until, Span span) implements Statement {
        public Repeat {
            body = List.copyOf(body);
        }
    }

    /// `a := b := value;` of common dialects: the value goes to the last target, and from each to the one
    /// before.
    ///
    /// @param targets two or more, as they stand
    record Chain(List<Expression> targets, Expression value, Span span) implements Statement {
        public Chain {
            targets = List.copyOf(targets);
        }
    }

    /// `JMP label;` of common dialects.
    record Jump(Name label, Span span) implements Statement {}

    /// `label:` before a statement, to which JMP goes.
    record Label(Name name, Span span) implements Statement {}

    record Exit(Span span) implements Statement {}

    record Continue(Span span) implements Statement {}

    record Return(Span span) implements Statement {}

    /// `;` alone.
    record Empty(Span span) implements Statement {}

    /// In a text of tests: `MOCK instance;` keeps the body of an instance from running, `MOCK_FUNCTION F
    /// RETURNS value;` puts a value in the place of a function.
    record Mock(Expression target, @Nullable Expression result, Span span) implements Statement {}

    /// What stood here could not be read; that was reported.
    record Broken(Span span) implements Statement {}
}
