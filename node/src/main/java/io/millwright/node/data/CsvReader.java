package io.millwright.node.data;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;

/// Reads rows of CSV (RFC 4180). Knows on which line the row read last begins.
final class CsvReader {

    private final Reader in;
    private int line = 1;
    private int rowLine;
    private int next;

    CsvReader(Reader in) throws IOException {
        this.in = in;
        take();
        if (next == '\uFEFF') {
            take();
        }
    }

    int rowLine() {
        return rowLine;
    }

    private int take() throws IOException {
        int taken = next;
        line += taken == '\n' ? 1 : 0;
        next = in.read();
        return taken;
    }

    /// The next row that is not blank; empty at the end.
    List<String> row() throws IOException {
        while (next == '\n' || next == '\r') {
            take();
        }
        rowLine = line;
        var row = new ArrayList<String>();
        boolean more = next >= 0;
        while (more) {
            row.add(field());
            more = next == ',';
            if (more) {
                take();
            }
        }
        return row;
    }

    private String field() throws IOException {
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
        }
        return text.toString();
    }
}
