package io.millwright.identity.registry;

import io.millwright.model.Range;
import io.millwright.model.Signal;
import io.millwright.model.text.JsonString;
import java.time.Duration;
import java.util.Optional;

/// What a MILLWRIGHT.SIGNAL value says of a signal.
///
/// @param name the signal's name within its asset
/// @param unit its UCUM code
/// @param range the values that can be
/// @param writable whether it can be commanded
/// @param every how often it is sampled
/// @param live where its current value is found
record SignalDescription(
        String name, String unit, Optional<Range> range, boolean writable, Duration every, String live) {

    static SignalDescription of(Signal signal, String live) {
        return new SignalDescription(
                signal.name().signal(),
                signal.unit().code(),
                signal.range(),
                signal.isWritable(),
                signal.every(),
                live);
    }

    /// A JSON object (RFC 8259). An open end of the range is left out: JSON has no infinity.
    String toJson() {
        var json = new StringBuilder(160).append("{\"name\":");
        JsonString.append(json, name).append(",\"unit\":");
        JsonString.append(json, unit);
        range.ifPresent(r -> {
            bound("min", r.min(), json);
            bound("max", r.max(), json);
        });
        json.append(",\"writable\":").append(writable).append(",\"every\":");
        JsonString.append(json, every.toString()).append(",\"live\":");
        return JsonString.append(json, live).append('}').toString();
    }

    private static void bound(String key, double value, StringBuilder json) {
        if (Double.isFinite(value)) {
            json.append(",\"").append(key).append("\":");
            if (value == Math.rint(value) && Math.abs(value) < 1e15) {
                json.append((long) value);
            } else {
                json.append(value);
            }
        }
    }
}
