package io.millwright.connect.sparkplug;

import io.millwright.model.Value;

/// Hears what hosts command an edge node or its devices to do (NCMD and DCMD).
@FunctionalInterface
public interface CommandListener {

    /// A host wants a writable metric to have this value, which fits the metric's type. Whoever obeys publishes the
    /// value that the device then holds: that is the host's confirmation. Called one at a time; should return soon.
    ///
    /// @param device the device's name, [EdgeDevice#NODE] for the edge node
    /// @param metric the metric's name
    void commanded(String device, String metric, Value value);
}
