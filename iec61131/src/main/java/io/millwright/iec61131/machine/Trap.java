package io.millwright.iec61131.machine;

import java.util.List;

/// The program did what it must not and was stopped in the middle of a scan.
///
/// @see Kind
public final class Trap extends RuntimeException {
    private final Kind kind;
    private final String detail;
    private final transient List<Position> stack;

    /// What happened.
    public enum Kind {
        DIVISION_BY_ZERO("a whole number was divided by zero"),
        OUT_OF_BOUNDS("an index lies outside of its array"),
        OUT_OF_RANGE("a value lies outside of its range"),
        NULL_REFERENCE("a reference refers to nothing"),
        STACK_OVERFLOW("calls are nested too deeply"),
        STEP_OF_ZERO("the step of a loop is 0"),
        ASSERTION("an assertion does not hold"),
        STOPPED("it was stopped from outside"),
        MODEL("a process model cannot do this");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    /// A line of the program.
    ///
    /// @param routine the name of the function, method or unit
    /// @param source what the text is called
    /// @param line from 1
    public record Position(String routine, String source, int line) {
        @Override
        public String toString() {
            return routine + " (" + source + ":" + line + ")";
        }
    }

    /// @param stack where it happened, and from where that was called, innermost first
    public Trap(Kind kind, String detail, List<Position> stack) {
        super((stack.isEmpty() ? "" : stack.getFirst() + ": ") + kind.text() + (detail.isEmpty() ? "" : ": " + detail));
        this.kind = kind;
        this.detail = detail;
        this.stack = List.copyOf(stack);
    }

    public Kind kind() {
        return kind;
    }

    /// What else there is to say, or the empty text.
    public String detail() {
        return detail;
    }

    public List<Position> stack() {
        return stack;
    }
}
