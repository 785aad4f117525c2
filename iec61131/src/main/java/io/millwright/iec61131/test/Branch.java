package io.millwright.iec61131.test;

/// A way the program can take, and how often it did.
///
/// @param routine the function, method or unit
/// @param line where the condition, label or loop stands, from 1
public record Branch(String routine, String file, int line, int column, Kind kind, long count) {
    public enum Kind {
        /// The routine was called.
        CALL,
        /// The condition of an IF or ELSIF held.
        IF,
        /// No condition of an IF held, whether there is an ELSE or not.
        ELSE,
        /// A label of a CASE had the value.
        CASE,
        /// No label of a CASE had the value.
        CASE_ELSE,
        /// A round of a loop.
        LOOP
    }

    public boolean reached() {
        return count > 0;
    }

    Branch counted(long times) {
        return new Branch(routine, file, line, column, kind, times);
    }
}
