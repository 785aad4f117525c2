package io.millwright.process.replay;

import io.millwright.model.Value;
import io.millwright.process.replay.RecordingFormat.Column;
import io.millwright.process.replay.RecordingFormat.TimeColumn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/// Reads recordings from files.
final class RecordingReader {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long BYTES_MAX = 256L << 20;
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    private final Path file;
    private final RecordingFormat format;
    private final List<String> names;
    private final List<String[]> cells;
    private final int firstLine;

    private RecordingReader(Path file, RecordingFormat format, List<String> lines) throws RecordingError {
        this.file = file;
        this.format = format;
        List<String[]> split = new ArrayList<>();
        for (var line : lines) {
            if (!line.isBlank()) {
                split.add(split(line));
            }
        }
        if (split.size() < (format.header() ? 2 : 1)) {
            throw new RecordingError(file + " holds no rows");
        }
        firstLine = format.header() ? 2 : 1;
        if (format.transposed()) {
            split = transposed(split);
        }
        names = format.header() ? List.of(split.removeFirst()) : numbers(split.getFirst().length);
        cells = split;
    }

    /// Reads a whole file.
    static Recording read(Path file, RecordingFormat format) throws RecordingError, IOException {
        if (Files.size(file) > BYTES_MAX) {
            throw new RecordingError(file + " is larger than 256 MiB; cut it into parts");
        }
        var lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        return new RecordingReader(file, format, lines).recording();
    }

    /// The name of a file without its ending.
    static String stem(Path file) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    private String[] split(String line) {
        return format.separator() == ' '
                ? BLANKS.split(line.strip())
                : line.split(Pattern.quote(String.valueOf(format.separator())), -1);
    }

    private List<String[]> transposed(List<String[]> lines) throws RecordingError {
        int width = lines.getFirst().length;
        var turned = new ArrayList<String[]>();
        for (int column = 0; column < width; column++) {
            turned.add(new String[lines.size()]);
        }
        for (int row = 0; row < lines.size(); row++) {
            if (lines.get(row).length != width) {
                throw new RecordingError("%s: line %d has %d columns, the first has %d"
                        .formatted(file, row + 1, lines.get(row).length, width));
            }
            for (int column = 0; column < width; column++) {
                turned.get(column)[row] = lines.get(row)[column];
            }
        }
        return turned;
    }

    private static List<String> numbers(int count) {
        var names = new String[count];
        Arrays.setAll(names, i -> Integer.toString(i + 1));
        return List.of(names);
    }

    private Recording recording() throws RecordingError {
        var indices = new ArrayList<Integer>();
        for (var column : format.columns()) {
            indices.add(index(column.column()));
        }
        var times = times();
        var rows = new ArrayList<List<Value>>();
        for (var row : cells) {
            var values = new ArrayList<Value>();
            for (int i = 0; i < indices.size(); i++) {
                values.add(value(format.columns().get(i), row[indices.get(i)]));
            }
            rows.add(List.copyOf(values));
        }
        return new Recording(stem(file), format.columns(), times, rows);
    }

    private int index(String column) throws RecordingError {
        int index = names.indexOf(column);
        if (index < 0) {
            throw new RecordingError("%s has no column \"%s\"; it has %s".formatted(file, column, names));
        }
        return index;
    }

    private static Value value(Column column, String cell) {
        if (column.text()) {
            return Value.of(cell);
        }
        try {
            return Value.of(Double.parseDouble(cell.strip()));
        } catch (NumberFormatException e) {
            return Value.missing();
        }
    }

    private List<Long> times() throws RecordingError {
        var times = new ArrayList<Long>();
        int timeIndex = format.time().isPresent() ? index(format.time().get().column()) : -1;
        for (int row = 0; row < cells.size(); row++) {
            if (cells.get(row).length != names.size()) {
                throw new RecordingError("%s: line %d has %d columns instead of %d"
                        .formatted(file, firstLine + row, cells.get(row).length, names.size()));
            }
            long time = timeIndex < 0
                    ? nanos(format.start().getEpochSecond())
                            + row * format.interval().toNanos()
                    : time(cells.get(row)[timeIndex], format.time().orElseThrow(), row);
            if (!times.isEmpty() && time < times.getLast()) {
                throw new RecordingError(
                        "%s: the time on line %d is earlier than the one before".formatted(file, firstLine + row));
            }
            times.add(time);
        }
        return times;
    }

    private long time(String cell, TimeColumn column, int row) throws RecordingError {
        try {
            var stamp = LocalDateTime.parse(cell.strip(), DateTimeFormatter.ofPattern(column.pattern()));
            boolean closes = column.midnightCloses() && stamp.toLocalTime().equals(LocalTime.MIDNIGHT);
            var moment = closes ? stamp.plusDays(1) : stamp;
            var instant = moment.toInstant(ZoneOffset.UTC);
            return nanos(instant.getEpochSecond()) + instant.getNano();
        } catch (DateTimeParseException e) {
            throw new RecordingError("%s: line %d: \"%s\" is not a time like %s"
                    .formatted(file, firstLine + row, cell, column.pattern()));
        }
    }

    private static long nanos(long seconds) {
        return Math.multiplyExact(seconds, NANOS_PER_SECOND);
    }
}
