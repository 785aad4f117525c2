package io.millwright.process.replay;

import io.millwright.process.replay.RecordingFormat.Column;
import io.millwright.process.replay.RecordingFormat.TimeColumn;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// A `recording.yaml`: what the files of its folder hold.
///
/// ```yaml
/// files: "*.csv"
/// separator: ";"                  # or `blank` for any run of blanks; a comma where it is left out
/// header: true
/// transposed: false
/// time: {column: datetime, format: "yyyy-MM-dd HH:mm:ss", midnight: opens}   # or `closes`; UTC
/// start: 2020-01-01T00:00:00Z     # where there is no time column
/// interval: PT3M                  # likewise
/// signals:
///   flow: {column: "Volume Flow RateRMS", unit: L/min}
/// ```
///
/// @param files a glob over file names
/// @param format how they are written
record RecordingDescription(String files, RecordingFormat format) {

    static RecordingDescription read(Path file) throws RecordingError, IOException {
        try {
            Object content = new Load(
                            LoadSettings.builder().setLabel(file.toString()).build())
                    .loadFromString(Files.readString(file));
            return parse(map(content, "the file"));
        } catch (YamlEngineException | IllegalArgumentException | DateTimeException e) {
            throw new RecordingError(file + ": " + e.getMessage());
        }
    }

    Optional<RecordingFormat> formatOf(Path file) {
        boolean meant = FileSystems.getDefault().getPathMatcher("glob:" + files).matches(file.getFileName());
        return meant ? Optional.of(format) : Optional.empty();
    }

    private static RecordingDescription parse(Map<?, ?> content) {
        for (var key : content.keySet()) {
            if (!List.of("files", "separator", "header", "transposed", "time", "start", "interval", "signals")
                    .contains(key)) {
                throw new IllegalArgumentException("\"" + key + "\" means nothing here");
            }
        }
        String separator = text(content, "separator", ",");
        if (!separator.equals("blank") && separator.length() != 1) {
            throw new IllegalArgumentException("separator is one character or `blank`, not \"" + separator + "\"");
        }
        Optional<TimeColumn> time = Optional.empty();
        if (content.get("time") != null) {
            var column = map(content.get("time"), "time");
            time = Optional.of(new TimeColumn(
                    text(column, "column", null),
                    text(column, "format", null),
                    text(column, "midnight", "opens").equals("closes")));
        }
        var format = new RecordingFormat(
                separator.equals("blank") ? ' ' : separator.charAt(0),
                text(content, "header", "true").equals("true"),
                text(content, "transposed", "false").equals("true"),
                time,
                Instant.parse(text(content, "start", "2000-01-01T00:00:00Z")),
                Duration.parse(text(content, "interval", "PT1S")),
                columns(map(content.get("signals"), "signals")));
        return new RecordingDescription(text(content, "files", "*"), format);
    }

    private static List<Column> columns(Map<?, ?> signals) {
        var columns = new ArrayList<Column>();
        signals.forEach((name, value) -> {
            var column = map(value, "signal " + name);
            columns.add(new Column(
                    text(column, "column", String.valueOf(name)),
                    String.valueOf(name),
                    text(column, "unit", "1"),
                    text(column, "text", "false").equals("true")));
        });
        return columns;
    }

    private static Map<?, ?> map(@Nullable Object value, String what) {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw new IllegalArgumentException(what + " must be a mapping of keys to values");
    }

    private static String text(Map<?, ?> map, String key, @Nullable String otherwise) {
        Object value = map.get(key);
        if (value != null) {
            return String.valueOf(value);
        }
        if (otherwise == null) {
            throw new IllegalArgumentException("`" + key + "` is missing");
        }
        return otherwise;
    }
}
