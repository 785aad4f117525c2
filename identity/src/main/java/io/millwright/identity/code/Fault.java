package io.millwright.identity.code;

/// What is wrong with a code, and where.
///
/// @param at offset into the text that was read, in UTF-16 units from 0; its length when something is missing at the
/// end
/// @param message what is wrong and what would be right
public record Fault(int at, String message) {

    /// The same fault, seen from a text in which this one starts at `offset`.
    public Fault from(int offset) {
        return new Fault(at + offset, message);
    }
}
