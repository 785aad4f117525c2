package io.millwright.node.data;

import io.millwright.model.Quality;
import io.millwright.model.Sample;
import io.millwright.model.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Samples as lines of CSV (RFC 4180) and as JSON.
final class SampleText {

    static final String HEADER = "signal,source time,value,quality,receive time,type";

    private SampleText() {}

    static String csv(Sample sample) {
        return "%s,%s,%s,%s,%s,%s"
                .formatted(
                        quoted(sample.signal().toString()),
                        HistoryArgument.time(sample.sourceNanos()),
                        sample.value() instanceof Value.Missing
                                ? ""
                                : quoted(sample.value().toString()),
                        quality(sample.quality()),
                        HistoryArgument.time(sample.receivedNanos()),
                        type(sample.value()));
    }

    static Map<String, @Nullable Object> json(Sample sample) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("signal", sample.signal().toString());
        json.put("sourceTime", HistoryArgument.time(sample.sourceNanos()));
        json.put("value", plain(sample.value()));
        json.put("quality", quality(sample.quality()));
        json.put("receiveTime", HistoryArgument.time(sample.receivedNanos()));
        json.put("type", type(sample.value()));
        return json;
    }

    private static @Nullable Object plain(Value value) {
        return switch (value) {
            case Value.Bool b -> b.value();
            case Value.Int i -> i.value();
            case Value.Real r -> Double.isFinite(r.value()) ? (Object) r.value() : Double.toString(r.value());
            case Value.Text t -> t.value();
            case Value.Missing _ -> null;
        };
    }

    private static String type(Value value) {
        return switch (value) {
            case Value.Bool _ -> "bool";
            case Value.Int _ -> "int";
            case Value.Real _ -> "real";
            case Value.Text _ -> "text";
            case Value.Missing _ -> "";
        };
    }

    /// The name where it says all there is, else the number.
    static String quality(Quality quality) {
        String name = quality.name();
        return (quality.code() & 0xFFFF) == 0 && !name.contains("(") ? name : "0x%08X".formatted(quality.code());
    }

    private static String quoted(String text) {
        return text.matches("[^,\"\r\n]*") && !text.startsWith(" ") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
