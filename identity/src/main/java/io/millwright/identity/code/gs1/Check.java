package io.millwright.identity.code.gs1;

import io.millwright.identity.code.Fault;
import java.util.Optional;

/// A check of part of a value, one of those GS1 names in its syntax dictionary.
@FunctionalInterface
public interface Check {

    /// What is wrong with the value, its place counted from the value's start; nothing if it is right.
    Optional<Fault> of(String value);

    /// A fault at an offset of the value.
    static Optional<Fault> fault(int at, String message) {
        return Optional.of(new Fault(at, message));
    }
}
