package io.millwright.network.schedule;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// A small table of text: a line of column names, then rows. Cells may stand in quotes; a row ends with its
/// line.
final class CsvTable {

    /// How many rows a table may have.
    static final int MOST_ROWS = 100_000;

    private final String name;
    private final List<String> columns;
    private final List<Row> rows = new ArrayList<>();

    /// A mistake of a file: thrown within this package only.
    static final class Mistake extends RuntimeException {
        private static final long serialVersionUID = 1;

        Mistake(String message) {
            super(message);
        }
    }

    /// A row and the line it stands in.
    record Row(CsvTable table, int line, List<String> cells) {

        /// Whether there is such a column.
        boolean has(String column) {
            return table.columns.contains(column);
        }

        /// The text of a column.
        String text(String column) {
            return cells.get(table.columns.indexOf(column));
        }

        /// A whole number of what the table's notation counts there.
        ///
        /// @param unit of what, as `" of nanoseconds"`; may be empty
        long whole(String column, long least, long most, String unit) {
            var text = text(column);
            try {
                long value = number(text).longValueExact();
                if (value >= least && value <= most) {
                    return value;
                }
            } catch (ArithmeticException | NumberFormatException e) {
                // said below
            }
            throw mistake("%s is %s; a whole number%s from %d to %d would be right"
                    .formatted(column, shown(text), unit, least, most));
        }

        /// A rate in bits for each nanosecond, in thousandths of them: Mbit/s.
        long megabitsPerSecond(String column, long most) {
            var text = text(column);
            try {
                long value = number(text).scaleByPowerOfTen(3).longValueExact();
                if (value > 0 && value <= most * 1000) {
                    return value;
                }
            } catch (ArithmeticException | NumberFormatException e) {
                // said below
            }
            throw mistake(
                    ("%s is %s; bits for each nanosecond (0.1 is 100 Mbit/s) above 0, up to %d, with at most three"
                                    + " decimals would be right")
                            .formatted(column, shown(text), most));
        }

        private static BigDecimal number(String text) {
            if (text.length() > 30) {
                throw new NumberFormatException(text);
            }
            return new BigDecimal(text);
        }

        Mistake mistake(String what) {
            return new Mistake(table.name + ":" + line + ": " + what);
        }
    }

    private CsvTable(String name, List<String> columns) {
        this.name = name;
        this.columns = columns;
    }

    List<Row> rows() {
        return rows;
    }

    /// Reads a table.
    ///
    /// @param name what messages call the file
    /// @param wanted the columns it must have
    /// @throws Mistake if it is none
    static CsvTable read(String name, String text, String... wanted) {
        CsvTable table = null;
        int number = 0;
        var lines =
                (text.startsWith("\uFEFF") ? text.substring(1) : text).lines().iterator();
        while (lines.hasNext()) {
            number++;
            var line = lines.next();
            if (line.isBlank()) {
                continue;
            }
            var cells = cells(name, number, line);
            if (table == null) {
                table = new CsvTable(name, cells);
                table.require(number, wanted);
            } else if (cells.size() != table.columns.size()) {
                throw new Mistake(
                        "%s:%d: there are %d cells under %d columns; cells with a comma need quotes, as \"(0, 1)\""
                                .formatted(name, number, cells.size(), table.columns.size()));
            } else if (table.rows.size() == MOST_ROWS) {
                throw new Mistake(
                        "%s:%d: there are more than %d rows; divide the network".formatted(name, number, MOST_ROWS));
            } else {
                table.rows.add(new Row(table, number, cells));
            }
        }
        if (table == null) {
            throw new Mistake(
                    name + ":1: the file is empty; its first line names the columns " + String.join(",", wanted));
        }
        return table;
    }

    private void require(int line, String... wanted) {
        for (var column : wanted) {
            if (!columns.contains(column)) {
                throw new Mistake("%s:%d: there is no column %s; the first line would be %s"
                        .formatted(name, line, column, String.join(",", wanted)));
            }
        }
    }

    private static List<String> cells(String name, int number, String line) {
        var cells = new ArrayList<String>();
        Consumer<StringBuilder> end = cell -> {
            cells.add(cell.toString().strip());
            cell.setLength(0);
        };
        var cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                boolean twice = quoted && i + 1 < line.length() && line.charAt(i + 1) == '"';
                if (twice) {
                    cell.append(c);
                    i++;
                } else {
                    quoted = !quoted;
                }
            } else if (c == ',' && !quoted) {
                end.accept(cell);
            } else {
                cell.append(c);
            }
        }
        if (quoted) {
            throw new Mistake("%s:%d: a quote is not closed in this line".formatted(name, number));
        }
        end.accept(cell);
        return cells;
    }

    /// A cell as messages show it: short.
    static String shown(String text) {
        return "'" + (text.length() <= 40 ? text : text.substring(0, 40) + "…") + "'";
    }
}
