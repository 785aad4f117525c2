package io.millwright.connect.sparkplug;

import com.google.protobuf.CodedInputStream;
import io.millwright.model.Quality;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload.Metric;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload.PropertySet;

/// Reads Sparkplug payloads, which are Protocol Buffers (Sparkplug 3.0.0, 6.4). Whatever the bytes, it answers or says
/// that they are no payload.
final class PayloadCodec {

    /// More metrics than this in one message are not read.
    static final int METRICS_MAX = 100_000;

    private static final int RECURSION_MAX = 16;
    private static final int GOOD_192 = 192;
    private static final int STALE_500 = 500;

    private PayloadCodec() {}

    /// The payload; empty when the bytes are none.
    static Optional<SparkplugPayload> decode(byte[] bytes) {
        try {
            CodedInputStream in = CodedInputStream.newInstance(bytes);
            in.setRecursionLimit(RECURSION_MAX);
            Payload payload = Payload.parseFrom(in);
            if (payload.getMetricsCount() > METRICS_MAX) {
                return Optional.empty();
            }
            var metrics = new ArrayList<SparkplugMetric>(payload.getMetricsCount());
            for (Metric metric : payload.getMetricsList()) {
                metrics.add(metric(metric));
            }
            boolean numbered =
                    payload.hasSeq() && payload.getSeq() >= 0 && payload.getSeq() < SparkplugPayload.SEQ_COUNT;
            return Optional.of(new SparkplugPayload(
                    payload.hasTimestamp() ? OptionalLong.of(payload.getTimestamp()) : OptionalLong.empty(),
                    numbered ? OptionalInt.of((int) payload.getSeq()) : OptionalInt.empty(),
                    metrics));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static SparkplugMetric metric(Metric metric) {
        return new SparkplugMetric(
                metric.getName(),
                metric.hasAlias() ? OptionalLong.of(metric.getAlias()) : OptionalLong.empty(),
                metric.hasTimestamp() ? OptionalLong.of(metric.getTimestamp()) : OptionalLong.empty(),
                SparkplugType.of(metric.getDatatype()),
                metric.getIsHistorical(),
                metric.hasProperties() ? quality(metric.getProperties()) : Quality.GOOD,
                metric);
    }

    private static Quality quality(PropertySet properties) {
        int count = Math.min(properties.getKeysCount(), properties.getValuesCount());
        for (int i = 0; i < count; i++) {
            if (properties.getKeys(i).equals("Quality")) {
                var value = properties.getValues(i);
                return value.hasIntValue()
                        ? quality(value.getIntValue())
                        : value.hasLongValue() ? quality((int) value.getLongValue()) : Quality.UNCERTAIN;
            }
        }
        return Quality.GOOD;
    }

    /// Sparkplug has 0 for bad, 192 for good and 500 for stale (6.4.8); other numbers up to 255 are read as the
    /// qualities of OPC Data Access, whose two topmost bits are the same three.
    static Quality quality(int number) {
        if (number == STALE_500) {
            return Quality.UNCERTAIN_LAST_USABLE_VALUE;
        }
        if (number < 0 || number > 255) {
            return Quality.UNCERTAIN;
        }
        return switch (number & GOOD_192) {
            case GOOD_192 -> Quality.GOOD;
            case 64 -> Quality.UNCERTAIN;
            default -> Quality.BAD;
        };
    }

    /// The number that says this quality in a property `Quality`.
    static int number(Quality quality) {
        return switch (quality.severity()) {
            case GOOD -> GOOD_192;
            case UNCERTAIN -> STALE_500;
            case BAD -> 0;
        };
    }
}
