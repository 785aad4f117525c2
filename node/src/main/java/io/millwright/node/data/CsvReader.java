package io.millwright.node.data;

import io.millwright.historian.Historian;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;

/// Reads rows of CSV (RFC 4180). Knows where each cell begins.
final class CsvReader {

    private final Reader in;
    private int line = 1;
    private int column;
    private int next;

    CsvReader(Reader in) throws IOException {
        this.in = in;
        take();
        if (next == '\uFEFF') {
            take();
            column = 1;
        }
    }

    private int take() throws IOException {
        int taken = next;
        line += taken == '\n' ? 1 : 0;
        column = taken == '\n' ? 1 : column + 1;
        next = in.read();
        return taken;
    }

    /// The next row that is not blank; empty at the end.
    ///
    /// @throws Cell.Wrong if a cell is longer than any value; what follows is then not read
    List<Cell> row() throws IOException, Cell.Wrong {
        while (next == '\n' || next == '\r') {
            take();
        }
        var row = new ArrayList<Cell>();
        boolean more = next >= 0;
        while (more) {
            row.add(cell());
            more = next == ',';
            if (more) {
                take();
            }
        }
        return row;
    }

    private Cell cell() throws IOException, Cell.Wrong {
        var begin = new Cell("", line, column);
        var text = new StringBuilder();
        boolean quoted = false;
        while (next >= 0 && (quoted || next != ',' && next != '\n' && next != '\r')) {
            int c = take();
            if (c != '"') {
                text.append((char) c);
            } else if (quoted && next == '"') {
                text.append((char) take());
            } else {
                quoted = !quoted;
            }
            if (text.length() > Historian.TEXT_MAX) {
                break;
            }
        }
        if (text.length() > Historian.TEXT_MAX) {
            throw begin.wrong("a text of more than " + Historian.TEXT_MAX + " characters; is a quote not closed?");
        }
        if (quoted) {
            throw begin.wrong("the quote that begins here is not closed");
        }
        return begin.with(text.toString());
    }
}
