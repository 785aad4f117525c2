package io.millwright.process.replay;

import io.millwright.model.Value;
import java.util.List;

/// A recording in memory.
///
/// @param name of its file without ending: the asset that its signals belong to
/// @param columns the signals
/// @param times of the rows, nanoseconds since the epoch, never falling
/// @param rows one value for each column; [Value.Missing] where the file has none or none that can be read
public record Recording(String name, List<RecordingFormat.Column> columns, List<Long> times, List<List<Value>> rows) {

    public Recording {
        columns = List.copyOf(columns);
        times = List.copyOf(times);
        rows = List.copyOf(rows);
    }

    /// From the first row to the last, nanoseconds.
    public long lengthNanos() {
        return times.getLast() - times.getFirst();
    }
}
