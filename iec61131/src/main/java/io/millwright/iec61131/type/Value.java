package io.millwright.iec61131.type;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A value known before the program runs: of a constant, or with which a variable starts.
public sealed interface Value {
    /// The value of a type whose declaration gives none: 0, FALSE, the empty text, null, or for a range its
    /// lower bound (6.4.2.1).
    record Usual() implements Value {}

    /// Of integers, bit strings, characters, enumerations, times (ns) and dates (ns). Unsigned types of 64 bits
    /// use all of them.
    record Whole(long value) implements Value {}

    record Truth(boolean value) implements Value {}

    /// Of REAL and LREAL; a REAL's is already rounded to it.
    record Real(double value) implements Value {}

    record Text(String value) implements Value {}

    /// Of an array, row by row; elements beyond the list start as their type does.
    record Elements(List<Value> values) implements Value {
        public Elements {
            values = List.copyOf(values);
        }
    }

    /// Of a structure or an instance; fields not named start as their declaration says.
    record Fields(Map<Variable, Value> values) implements Value {
        public Fields {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }
    }

    /// A reference to a variable that lasts as long as the program: `REF(x)` of a global or of a field of the
    /// same instance.
    ///
    /// @param path the variables from the outermost to the one meant
    record ReferenceTo(List<Variable> path) implements Value {
        public ReferenceTo {
            path = List.copyOf(path);
        }
    }
}
