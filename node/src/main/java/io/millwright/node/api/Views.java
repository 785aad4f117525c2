package io.millwright.node.api;

import io.millwright.model.Asset;
import io.millwright.model.Connection;
import io.millwright.model.Plant;
import io.millwright.model.PointAddress;
import io.millwright.model.Quality;
import io.millwright.model.Reading;
import io.millwright.model.Sample;
import io.millwright.model.Signal;
import io.millwright.model.Value;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What the API answers with: records whose components are the members of the JSON objects.
final class Views {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private Views() {}

    /// A plant with everything in it.
    record PlantView(String name, String prefix, List<AssetView> assets, List<ConnectionView> connections) {
        static PlantView of(Plant plant) {
            return new PlantView(
                    plant.name(),
                    plant.prefix(),
                    plant.assets().stream().map(AssetView::of).toList(),
                    plant.connections().stream().map(ConnectionView::of).toList());
        }
    }

    /// An asset. `place` is the path in the equipment hierarchy, outermost first.
    record AssetView(
            String name,
            String identifier,
            @Nullable String type,
            @Nullable String place,
            List<SignalView> signals) {
        static AssetView of(Asset asset) {
            return new AssetView(
                    asset.name(),
                    asset.identifier().toString(),
                    asset.type().orElse(null),
                    asset.place().orElse(null),
                    asset.signals().stream().map(SignalView::of).toList());
        }
    }

    /// A signal. `unit` is a UCUM code; `from` and `to` say where it is read and written.
    record SignalView(
            String name,
            String unit,
            @Nullable RangeView range,
            @Nullable String from,
            @Nullable String to,
            long everyMillis,
            boolean writable) {
        static SignalView of(Signal signal) {
            return new SignalView(
                    signal.name().toString(),
                    signal.unit().code(),
                    signal.range().map(r -> new RangeView(r.min(), r.max())).orElse(null),
                    signal.from().map(PointAddress::toString).orElse(null),
                    signal.to().map(PointAddress::toString).orElse(null),
                    signal.every().toMillis(),
                    signal.isWritable());
        }
    }

    /// The values a signal can have, in its unit.
    record RangeView(double min, double max) {}

    /// A connection.
    record ConnectionView(String name, String protocol, String endpoint) {
        static ConnectionView of(Connection connection) {
            return new ConnectionView(connection.name(), connection.protocol(), connection.endpoint());
        }
    }

    /// How far a value can be trusted: an OPC UA status code, its name, and `good`, `uncertain` or `bad`.
    record QualityView(long code, String name, String severity) {
        static QualityView of(Quality quality) {
            return new QualityView(
                    Integer.toUnsignedLong(quality.code()),
                    quality.name(),
                    quality.severity().name().toLowerCase(Locale.ROOT));
        }
    }

    /// The latest value of a signal. Not-a-number and the infinities are the strings "NaN", "Infinity" and
    /// "-Infinity".
    record ValueView(
            String signal, @Nullable Object value, QualityView quality, Instant sourceTime, Instant receiveTime) {
        static ValueView of(Sample sample) {
            return new ValueView(
                    sample.signal().toString(),
                    plain(sample.value()),
                    QualityView.of(sample.quality()),
                    instant(sample.sourceNanos()),
                    instant(sample.receivedNanos()));
        }
    }

    /// What a device holds after a write.
    record WrittenView(@Nullable Object value, QualityView quality, Instant sourceTime) {
        static WrittenView of(Reading reading) {
            return new WrittenView(
                    plain(reading.value()), QualityView.of(reading.quality()), instant(reading.sourceNanos()));
        }
    }

    /// The body of a write: a number, a truth value or a text.
    record WriteView(@Nullable Object value) {}

    /// The history of a signal over a range of time, as columns.
    sealed interface HistoryView {}

    /// Every sample of the range. Times are milliseconds since the epoch, `status` holds OPC UA status codes.
    record RawView(
            String kind,
            String signal,
            String unit,
            double from,
            double to,
            double[] times,
            List<@Nullable Object> values,
            long[] status,
            double[] receiveTimes)
            implements HistoryView {}

    /// Summaries of equal stretches of the range; stretches without a sample are left out. `times` are their
    /// beginnings, `count` counts all samples, `good` and `bad` those of that quality; the rest is over the samples
    /// that are not bad, null where there is none.
    record BucketsView(
            String kind,
            String signal,
            String unit,
            double from,
            double to,
            double bucketMillis,
            double[] times,
            long[] count,
            long[] good,
            long[] bad,
            List<@Nullable Double> min,
            List<@Nullable Double> max,
            List<@Nullable Double> mean,
            List<@Nullable Double> first,
            List<@Nullable Double> last)
            implements HistoryView {}

    /// A value of an identifier's record (RFC 3651, section 3.1).
    record IdentifierValueView(long index, String type, String data, long ttl, Instant timestamp) {}

    /// The node that is responsible for an identifier.
    record ResponsibleView(String address, String protocol) {}

    /// Where a signal's live value is.
    record LiveView(String name, String unit, String live) {}

    /// The asset behind an identifier.
    record IdentifiedAssetView(
            String name, @Nullable String type, @Nullable String place, List<LiveView> signals) {}

    /// What an identifier resolves to.
    record IdentifierView(
            String identifier,
            ResponsibleView responsible,
            List<IdentifierValueView> values,
            @Nullable IdentifiedAssetView asset,
            double resolvedInMillis) {}

    static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS_PER_SECOND), Math.floorMod(nanos, NANOS_PER_SECOND));
    }

    /// Milliseconds since the epoch.
    static double millis(long nanos) {
        return nanos / 1e6;
    }

    /// The value as JSON can carry it.
    static @Nullable Object plain(Value value) {
        return switch (value) {
            case Value.Bool b -> b.value();
            case Value.Int i -> i.value();
            case Value.Real r -> Double.isFinite(r.value()) ? (Object) r.value() : Double.toString(r.value());
            case Value.Text t -> t.value();
            case Value.Missing _ -> null;
        };
    }
}
