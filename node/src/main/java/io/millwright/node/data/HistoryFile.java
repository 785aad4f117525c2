package io.millwright.node.data;

import io.millwright.historian.Historian;
import io.millwright.model.Quality;
import io.millwright.model.Sample;
import io.millwright.model.SignalName;
import io.millwright.model.Value;
import io.millwright.node.command.UsageError;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/// A CSV file of history: one sample a row (`signal,source time,value[,quality][,receive time][,type]`), or a wide
/// table whose first column is the time and whose other columns are signals.
final class HistoryFile {

    private final String name;
    private final CsvReader rows;
    private final List<String> header;
    private final long receivedNanos;

    /// @param receivedNanos the receive time of samples whose row tells none
    /// @throws UsageError if the header is neither of both
    HistoryFile(String name, CsvReader rows, long receivedNanos) throws IOException {
        this.name = name;
        this.rows = rows;
        this.receivedNanos = receivedNanos;
        header = rows.row().stream()
                .map(column -> column.strip().replace('_', ' '))
                .toList();
        if (!isLong() && !isWide()) {
            throw new UsageError(name + ":1: the header is \"" + String.join(",", header)
                    + "\"; write signal,source time,value[,quality] or time,asset/signal,asset/signal,…");
        }
    }

    private int column(String title) {
        return header.stream().map(c -> c.toLowerCase(Locale.ROOT)).toList().indexOf(title);
    }

    private boolean isLong() {
        return column("signal") >= 0 && column("source time") >= 0 && column("value") >= 0;
    }

    private boolean isWide() {
        return header.size() > 1
                && header.getFirst().toLowerCase(Locale.ROOT).matches("time|source time|timestamp")
                && header.stream().skip(1).allMatch(c -> c.matches("[^/]+/[^/]+"));
    }

    /// Reads all rows.
    ///
    /// @param each hears of every sample
    /// @param wrong hears of every row that cannot be used, as `file:line: what`
    void read(Consumer<Sample> each, Consumer<String> wrong) throws IOException {
        for (var row = rows.row(); !row.isEmpty(); row = rows.row()) {
            try {
                if (row.size() > header.size()) {
                    throw new IllegalArgumentException(row.size() + " columns; the header has " + header.size());
                }
                (isLong() ? List.of(sample(row)) : samples(row)).forEach(each);
            } catch (IllegalArgumentException | UsageError e) {
                wrong.accept("%s:%d: %s".formatted(name, rows.rowLine(), e.getMessage()));
            }
        }
    }

    private String cell(List<String> row, String title) {
        int i = column(title);
        return i < 0 || i >= row.size() ? "" : row.get(i);
    }

    private Sample sample(List<String> row) {
        if (column("value") >= row.size()) {
            throw new IllegalArgumentException("the value is missing");
        }
        String quality = cell(row, "quality").strip();
        String received = cell(row, "receive time").strip();
        return new Sample(
                SignalName.parse(cell(row, "signal").strip()),
                value(cell(row, "value"), cell(row, "type").strip()),
                quality.isEmpty() ? Quality.GOOD : Quality.parse(quality),
                HistoryArgument.nanos(cell(row, "source time").strip()),
                received.isEmpty() ? receivedNanos : HistoryArgument.nanos(received));
    }

    /// An empty cell of a wide table is no sample.
    private List<Sample> samples(List<String> row) {
        long source = HistoryArgument.nanos(row.getFirst().strip());
        var samples = new ArrayList<Sample>();
        for (int i = 1; i < row.size(); i++) {
            if (!row.get(i).isBlank()) {
                var signal = SignalName.parse(header.get(i));
                samples.add(new Sample(signal, value(row.get(i), ""), Quality.GOOD, source, receivedNanos));
            }
        }
        return samples;
    }

    /// A value in the type given; without one, whatever it looks like.
    private static Value value(String text, String type) {
        String plain = text.strip();
        if (text.length() > Historian.TEXT_MAX) {
            throw new IllegalArgumentException("a text of more than " + Historian.TEXT_MAX + " characters");
        }
        return switch (type) {
            case "int" -> Value.of(Long.parseLong(plain));
            case "real" -> Value.of(Double.parseDouble(plain));
            case "text" -> Value.of(text);
            case "bool" -> Value.of(truth(plain));
            case "" -> guessed(text, plain);
            default ->
                throw new IllegalArgumentException(
                        "\"" + type + "\" is not a type: write int, real, bool, text or nothing");
        };
    }

    private static boolean truth(String text) {
        if (!text.matches("(?i)true|false")) {
            throw new IllegalArgumentException("\"" + text + "\" is not a truth value: write true or false");
        }
        return Boolean.parseBoolean(text);
    }

    private static Value guessed(String text, String plain) {
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
}
