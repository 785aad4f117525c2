package io.millwright.node.data;

import io.millwright.model.Sample;
import io.millwright.model.SignalName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A CSV file of history: one sample a row (`signal,source time,value[,quality][,receive time][,type]`), or a wide
/// table whose first column is the time and whose other columns are signals.
final class CsvFile implements HistoryFile {

    private final CsvReader rows;
    private final List<String> titles;
    private final List<SignalName> signals;
    private final long receivedNanos;
    private boolean broken;

    /// @throws Cell.Wrong if the header is neither of both
    CsvFile(CsvReader rows, long receivedNanos) throws IOException, Cell.Wrong {
        this.rows = rows;
        this.receivedNanos = receivedNanos;
        var header = rows.row();
        titles = header.stream()
                .map(cell -> cell.text().strip().replace('_', ' ').toLowerCase(Locale.ROOT))
                .toList();
        boolean isLong = titles.containsAll(List.of("signal", "source time", "value"));
        if (!isLong && (titles.size() < 2 || !titles.getFirst().matches("time|source time|timestamp"))) {
            throw new Cell("", 1, 1)
                    .wrong("the header is \"" + String.join(",", titles)
                            + "\"; write signal,source time,value[,quality] or time,asset/signal,asset/signal,…");
        }
        signals = new ArrayList<>();
        for (var cell : isLong ? List.<Cell>of() : header.subList(1, header.size())) {
            signals.add(cell.read(text -> SignalName.parse(text.strip())));
        }
    }

    @Override
    public boolean goesOn() {
        return !broken;
    }

    @Override
    public Optional<List<Sample>> next() throws IOException, Cell.Wrong {
        var row = row();
        if (row.isEmpty()) {
            return Optional.empty();
        }
        if (row.size() > titles.size()) {
            throw row.get(titles.size()).wrong(row.size() + " columns; the header has " + titles.size());
        }
        return Optional.of(signals.isEmpty() ? List.of(sample(row)) : samples(row));
    }

    private List<Cell> row() throws IOException, Cell.Wrong {
        broken = true;
        var row = rows.row();
        broken = false;
        return row;
    }

    /// The cell under a title; an empty one where the row ends before.
    private Cell cell(List<Cell> row, String title) {
        int i = titles.indexOf(title);
        return i >= 0 && i < row.size() ? row.get(i) : row.getLast().with("");
    }

    private Sample sample(List<Cell> row) throws Cell.Wrong {
        if (titles.indexOf("value") >= row.size()) {
            throw row.getFirst().wrong("the value is missing");
        }
        return SampleText.parse(
                cell(row, "signal"),
                cell(row, "source time"),
                cell(row, "value"),
                cell(row, "quality"),
                cell(row, "receive time"),
                cell(row, "type"),
                receivedNanos);
    }

    /// An empty cell of a wide table is no sample.
    private List<Sample> samples(List<Cell> row) throws Cell.Wrong {
        var none = row.getFirst().with("");
        var samples = new ArrayList<Sample>();
        for (int i = 1; i < row.size(); i++) {
            if (!row.get(i).isBlank()) {
                var signal = none.with(signals.get(i - 1).toString());
                samples.add(SampleText.parse(signal, row.getFirst(), row.get(i), none, none, none, receivedNanos));
            }
        }
        return samples;
    }
}
