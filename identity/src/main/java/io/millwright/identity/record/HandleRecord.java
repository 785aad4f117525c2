package io.millwright.identity.record;

import java.util.List;
import java.util.Optional;

/// Everything known under one handle.
///
/// @param handle the handle, in the case in which it was registered
/// @param values its values; at most [#MAX_VALUES]
public record HandleRecord(Handle handle, List<HandleValue> values) {

    /// The most values of one handle.
    public static final int MAX_VALUES = 2048;

    /// The most octets of all values of one handle together: they fit into an answer.
    public static final int MAX_BYTES = 258_048;

    public HandleRecord {
        values = List.copyOf(values);
        if (values.size() > MAX_VALUES) {
            throw new IllegalArgumentException(
                    handle + " has " + values.size() + " values; at most " + MAX_VALUES + " are allowed");
        }
    }

    /// About how many octets its values take in an answer: never fewer.
    public long octets() {
        long octets = 0;
        for (var value : values) {
            octets += HandleValue.BYTES_MIN
                    + 3L * value.type().length()
                    + value.data().length();
            for (var reference : value.references()) {
                octets += 8 + 3L * reference.handle().toString().length();
            }
        }
        return octets;
    }

    /// The value with this index.
    public Optional<HandleValue> value(int index) {
        return values.stream().filter(v -> v.index() == index).findFirst();
    }

    /// The values of this type; with a dot at its end, of all types below it.
    public List<HandleValue> valuesOf(String type) {
        return values.stream().filter(v -> v.hasType(type)).toList();
    }

    /// The text of the first value of this type.
    public Optional<String> textOf(String type) {
        return values.stream().filter(v -> v.hasType(type)).findFirst().map(HandleValue::text);
    }
}
