package io.millwright.connect.sparkplug;

import io.millwright.model.Unit;

/// One metric that an edge node announces in its birth.
///
/// @param name its name, levels separated by slashes, e.g. `Motor/Speed`; not empty
/// @param type its data type, one that [SparkplugType#isSupported] answers true for
/// @param unit its unit, announced as the property `engUnit`
/// @param writable whether a host may command it
public record EdgeMetric(String name, SparkplugType type, Unit unit, boolean writable) {

    public EdgeMetric {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a metric needs a name");
        }
        if (!type.isSupported()) {
            throw new IllegalArgumentException("metric " + name + ": the type " + type + " is not supported");
        }
    }
}
