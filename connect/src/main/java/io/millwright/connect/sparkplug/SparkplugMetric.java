package io.millwright.connect.sparkplug;

import io.millwright.model.Quality;
import io.millwright.model.Value;
import java.util.Optional;
import java.util.OptionalLong;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload.Metric;

/// One metric of a message (Sparkplug 3.0.0, 6.4.6). Its value is read once its type is known: data messages mostly
/// leave the type out, since the birth gave it.
///
/// @param name its name; empty where only the alias is given
/// @param alias its alias, unsigned
/// @param millis when it was so, milliseconds since the epoch
/// @param type its type, where the message gives one that exists
/// @param historical whether it tells of the past and does not change the present value
/// @param quality what the property `Quality` says; good where there is none
/// @param content the value as it was sent
record SparkplugMetric(
        String name,
        OptionalLong alias,
        OptionalLong millis,
        Optional<SparkplugType> type,
        boolean historical,
        Quality quality,
        Metric content) {

    /// A value and how far it can be trusted.
    record Read(Value value, Quality quality) {}

    /// The value as one of this type.
    Read as(SparkplugType known) {
        Read read = MetricValues.read(content, known);
        return read.quality().isGood() ? new Read(read.value(), quality) : read;
    }
}
