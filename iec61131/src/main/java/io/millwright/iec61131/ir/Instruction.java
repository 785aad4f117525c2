package io.millwright.iec61131.ir;

import io.millwright.iec61131.source.Span;
import java.util.List;

/// What is done. Every instruction knows the place in the text that a trap, a breakpoint or a branch counter
/// names.
public sealed interface Instruction {
    Span span();

    /// Stores a value of the place's own type. Aggregates are copied: texts cut at the capacity, arrays and
    /// structures piece by piece.
    record Assign(Place place, Term value, Span span) implements Instruction {}

    /// Lets the IN_OUT variable `place`, an aggregate, stand for the object of `value` until bound anew.
    record Bind(Place place, Term value, Span span) implements Instruction {}

    /// A call whose result is not wanted.
    record Evaluate(Term term, Span span) implements Instruction {}

    record If(List<Branch> branches, List<Instruction> otherwise, Span span) implements Instruction {
        public If {
            branches = List.copyOf(branches);
            otherwise = List.copyOf(otherwise);
        }
    }

    /// A condition, and what is done where it is the first that holds.
    record Branch(Term condition, List<Instruction> body, Span span) {
        public Branch {
            body = List.copyOf(body);
        }
    }

    /// CASE over a whole number; the first choice that has the value is taken.
    record Case(Term selector, List<Choice> choices, List<Instruction> otherwise, Span span) implements Instruction {
        public Case {
            choices = List.copyOf(choices);
            otherwise = List.copyOf(otherwise);
        }
    }

    /// Values, each from first to last, and what is done for them.
    record Choice(List<Interval> intervals, List<Instruction> body, Span span) {
        public Choice {
            intervals = List.copyOf(intervals);
            body = List.copyOf(body);
        }
    }

    /// From first to last, compared as the selector's type is.
    record Interval(long first, long last) {}

    /// FOR (7.3.3.4.2): `from`, `to` and `by` are evaluated once, in this order; the variable is tested before
    /// every round; a step that would leave the range of its type ends the loop. After it the variable holds
    /// the first value that was not run.
    ///
    /// @param by of a signed type; its sign decides the direction; zero is a trap
    record For(Place variable, Term from, Term to, Term by, List<Instruction> body, Span span) implements Instruction {
        public For {
            body = List.copyOf(body);
        }
    }

    record While(Term condition, List<Instruction> body, Span span) implements Instruction {
        public While {
            body = List.copyOf(body);
        }
    }

    record Repeat(List<Instruction> body, Term until, Span span) implements Instruction {
        public Repeat {
            body = List.copyOf(body);
        }
    }

    /// Leaves the innermost loop.
    record Exit(Span span) implements Instruction {}

    /// Goes on with the next round of the innermost loop.
    record Continue(Span span) implements Instruction {}

    record Return(Span span) implements Instruction {}
}
