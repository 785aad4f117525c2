package io.millwright.iec61131.syntax;

import io.millwright.iec61131.source.Span;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a program organisation unit does, in the language it was written in.
public sealed interface Body {
    /// Structured Text. Function block diagrams and ladder diagrams arrive as this as well, already put in
    /// order.
    record StructuredText(List<Statement> statements) implements Body {
        public StructuredText {
            statements = List.copyOf(statements);
        }
    }

    /// Instruction list (7.2).
    record InstructionList(List<Instruction> instructions) implements Body {
        public InstructionList {
            instructions = List.copyOf(instructions);
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
        /// @param qualifier N S R L D P P0 P1 SD DS SL, in capitals
        /// @param time the duration of L, D, SD, DS, SL, else null
        /// @param indicator the variable that is set with it, or null
        public record Association(
                Name action,
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
