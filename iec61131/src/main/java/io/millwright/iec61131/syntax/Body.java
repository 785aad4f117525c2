package io.millwright.iec61131.syntax;

import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.syntax.Expression.BinaryOperator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a program organisation unit does, in the language it was written in.
public sealed interface Body {
    /// Structured Text. Function block diagrams and ladder diagrams arrive as this as well, already put in
    /// order.
    ///
    /// @param written the stretches of text that they were read from, with the comments before and behind; empty
    ///     where there is none
    record StructuredText(List<Statement> statements, List<Span> written) implements Body {
        public StructuredText {
            statements = List.copyOf(statements);
            written = List.copyOf(written);
        }

        /// Statements that stand nowhere.
        public StructuredText(List<Statement> statements) {
            this(statements, List.of());
        }
    }

    /// Instruction list (7.2).
    ///
    /// @param written the stretch of text that it was read from, with the comments before and behind
    record InstructionList(List<Instruction> instructions, List<Span> written) implements Body {
        public InstructionList {
            instructions = List.copyOf(instructions);
            written = List.copyOf(written);
        }

        private static final Map<String, BinaryOperator> OPERATORS = Map.ofEntries(
                Map.entry("AND", BinaryOperator.AND),
                Map.entry("&", BinaryOperator.AND),
                Map.entry("OR", BinaryOperator.OR),
                Map.entry("XOR", BinaryOperator.XOR),
                Map.entry("ADD", BinaryOperator.ADD),
                Map.entry("SUB", BinaryOperator.SUBTRACT),
                Map.entry("MUL", BinaryOperator.MULTIPLY),
                Map.entry("DIV", BinaryOperator.DIVIDE),
                Map.entry("MOD", BinaryOperator.MODULO),
                Map.entry("GT", BinaryOperator.GREATER),
                Map.entry("GE", BinaryOperator.GREATER_OR_EQUAL),
                Map.entry("EQ", BinaryOperator.EQUAL),
                Map.entry("NE", BinaryOperator.NOT_EQUAL),
                Map.entry("LE", BinaryOperator.LESS_OR_EQUAL),
                Map.entry("LT", BinaryOperator.LESS));
        private static final Set<String> NEGATED = Set.of("ANDN", "&N", "ORN", "XORN", "LDN", "STN");

        /// What an operator makes of the accumulator and its operand, or null where it does something else.
        public static @Nullable BinaryOperator binary(Name operator) {
            String key = operator.key();
            return OPERATORS.get(isNegated(operator) ? key.substring(0, key.length() - 1) : key);
        }

        /// Whether an operator negates its operand.
        public static boolean isNegated(Name operator) {
            return NEGATED.contains(operator.key());
        }

        /// `label: operator operand`; an operator with `(` holds the instructions up to its `)`.
        ///
        /// @param arguments of a call with a formal list, else empty
        /// @param nested the instructions in parentheses, or null where there are none
        public record Instruction(
                @Nullable Name label,
                @Nullable Name operator,
                @Nullable Expression operand,
                List<Expression.Argument> arguments,
                @Nullable List<Instruction> nested,
                Span span) {
            public Instruction {
                arguments = List.copyOf(arguments);
                nested = nested == null ? null : List.copyOf(nested);
            }
        }
    }

    /// Sequential function chart (6.7).
    record Chart(List<Step> steps, List<Transition> transitions) implements Body {
        public Chart {
            steps = List.copyOf(steps);
            transitions = List.copyOf(transitions);
        }

        public record Step(Name name, boolean initial, List<Association> associations, Span span) {
            public Step {
                associations = List.copyOf(associations);
            }
        }

        /// An action at a step (Table 57).
        ///
        /// @param action a name, or a BOOL variable by its path
        /// @param qualifier N S R L D P P0 P1 SD DS SL, in capitals
        /// @param time the duration of L, D, SD, DS, SL, else null
        /// @param indicator the variable that is set with it, or null
        public record Association(
                Expression action,
                String qualifier,
                @Nullable Expression time,
                @Nullable Expression indicator,
                Span span) {}

        /// From all of `from` to all of `to`: more than one is a simultaneous sequence (6.7.5, Table 61).
        ///
        /// @param priority the lower is looked at first, where several leave one step
        public record Transition(
                @Nullable Name name, List<Name> from, List<Name> to, int priority, Expression condition, Span span) {
            public Transition {
                from = List.copyOf(from);
                to = List.copyOf(to);
            }
        }

        /// Every qualifier an action may have.
        public static final Set<String> QUALIFIERS = Set.of("N", "S", "R", "L", "D", "P", "P0", "P1", "SD", "DS", "SL");
    }
}
