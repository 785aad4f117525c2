package io.millwright.model;

/// What a program is given where an input has no usable value.
public sealed interface BadInput {
    /// The last usable value, at first the one that the program declares.
    record Hold() implements BadInput {}

    /// A value that is known to be harmless.
    record Substitute(Value value) implements BadInput {}

    /// Nothing: the PLC stops, and its outputs take their safe values.
    record Stop() implements BadInput {}

    static BadInput hold() {
        return new Hold();
    }
}
