package io.millwright.process.replay;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// How a recording is written.
///
/// @param separator between the columns; a space stands for any run of blanks
/// @param header whether the first line names the columns; else they are called `1`, `2` …
/// @param transposed whether rows and columns are exchanged, so that each line is a signal
/// @param time the column that tells the time; empty where rows follow at the interval
/// @param start the time of the first row where no column tells it
/// @param interval between rows where no column tells the time
/// @param columns the signals
public record RecordingFormat(
        char separator,
        boolean header,
        boolean transposed,
        Optional<TimeColumn> time,
        Instant start,
        Duration interval,
        List<Column> columns) {

    public RecordingFormat {
        columns = List.copyOf(columns);
    }

    /// The column of the time.
    ///
    /// @param column its name
    /// @param pattern as of [java.time.format.DateTimeFormatter]; the times are UTC
    /// @param midnightCloses whether a stamp of 00:00 closes the day it is dated with, instead of opening it
    public record TimeColumn(String column, String pattern, boolean midnightCloses) {}

    /// The column of a signal.
    ///
    /// @param column its name in the file
    /// @param signal the signal's name
    /// @param unit a UCUM code
    /// @param text whether its values are words
    public record Column(String column, String signal, String unit, boolean text) {

        static Column of(String column, String signal, String unit) {
            return new Column(column, signal, unit, false);
        }
    }
}
