package io.millwright.node.data;

import io.millwright.model.Quality;
import io.millwright.model.Sample;
import io.millwright.model.SignalName;
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

    /// A sample of its parts.
    ///
    /// @param quality empty for good
    /// @param received empty for `receivedNanos`
    /// @param type empty for whatever the value looks like
    /// @throws Cell.Wrong if a part cannot be used
    static Sample parse(
            Cell signal, Cell source, Cell value, Cell quality, Cell received, Cell type, long receivedNanos)
            throws Cell.Wrong {
        return new Sample(
                signal.read(text -> SignalName.parse(text.strip())),
                value(value, type),
                quality.isBlank() ? Quality.GOOD : quality.read(text -> Quality.parse(text.strip())),
                source.read(text -> HistoryArgument.nanos(text.strip())),
                received.isBlank() ? receivedNanos : received.read(text -> HistoryArgument.nanos(text.strip())));
    }

    private static Value value(Cell value, Cell type) throws Cell.Wrong {
        return switch (type.text().strip()) {
            case "int" -> value.isBlank() ? Value.missing() : value.read(t -> Value.of(Long.parseLong(t.strip())));
            case "real" -> value.isBlank() ? Value.missing() : value.read(t -> Value.of(Double.parseDouble(t.strip())));
            case "bool" -> value.isBlank() ? Value.missing() : value.read(t -> Value.of(truth(t.strip())));
            case "text" -> Value.of(value.text());
            case "" -> guessed(value.text());
            default ->
                throw type.wrong("\"" + type.text() + "\" is not a type: write int, real, bool, text or nothing");
        };
    }

    private static boolean truth(String text) {
        if (!text.matches("(?i)true|false")) {
            throw new IllegalArgumentException("\"" + text + "\" is not a truth value: write true or false");
        }
        return Boolean.parseBoolean(text);
    }

    private static Value guessed(String text) {
        String plain = text.strip();
        if (plain.isEmpty()) {
            return Value.missing();
        }
        if (plain.matches("(?i)true|false")) {
            return Value.of(Boolean.parseBoolean(plain));
        }
        if (plain.matches("[-+]?[0-9]{1,18}")) {
            return Value.of(Long.parseLong(plain));
        }
        boolean number = plain.matches("[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]+)?|NaN|[-+]?Infinity");
        return number ? Value.of(Double.parseDouble(plain)) : Value.of(text);
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
