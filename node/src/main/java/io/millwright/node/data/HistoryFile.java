package io.millwright.node.data;

import io.millwright.model.Sample;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// A file of history, read sample by sample.
interface HistoryFile {

    /// The samples of the next row; none at the end.
    ///
    /// @throws Cell.Wrong if the row cannot be used
    Optional<List<Sample>> next() throws IOException, Cell.Wrong;

    /// Whether what follows a wrong row can be read.
    boolean goesOn();

    /// A file in whichever of the two notations it is written: NDJSON begins with a brace.
    ///
    /// @param receivedNanos the receive time of samples whose row tells none
    /// @throws Cell.Wrong if the header is none
    static HistoryFile of(BufferedReader in, long receivedNanos) throws IOException, Cell.Wrong {
        in.mark(2);
        int first = in.read();
        if (first == '\uFEFF') {
            first = in.read();
        }
        in.reset();
        return first == '{' ? new NdjsonFile(in, receivedNanos) : new CsvFile(new CsvReader(in), receivedNanos);
    }
}
