package io.millwright.connect.sparkplug;

import io.millwright.model.Quality;
import io.millwright.model.Value;

/// A new value of one metric of an edge node.
///
/// @param metric the metric's name
/// @param value the value; [Value.Missing] is sent as null
/// @param quality how far it can be trusted, sent as the property `Quality` where it is not good
/// @param sourceNanos when it was so, nanoseconds since the epoch; Sparkplug carries milliseconds
public record MetricUpdate(String metric, Value value, Quality quality, long sourceNanos) {}
