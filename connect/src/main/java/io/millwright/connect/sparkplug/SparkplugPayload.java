package io.millwright.connect.sparkplug;

import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// The payload of a Sparkplug message (Sparkplug 3.0.0, 6.4.5).
///
/// @param millis when it was sent, milliseconds since the epoch
/// @param seq its place in the edge node's sequence, 0 to 255; empty where there is none or it is out of range
/// @param metrics its metrics
record SparkplugPayload(OptionalLong millis, OptionalInt seq, List<SparkplugMetric> metrics) {

    static final int SEQ_COUNT = 256;

    /// The birth and death sequence number (6.4.13), from the metric `bdSeq`.
    OptionalLong bdSeq() {
        return metrics.stream()
                .filter(m -> m.name().equals("bdSeq"))
                .mapToLong(m -> m.content().hasLongValue()
                        ? m.content().getLongValue()
                        : Integer.toUnsignedLong(m.content().getIntValue()))
                .findFirst();
    }
}
