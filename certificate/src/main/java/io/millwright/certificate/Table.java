package io.millwright.certificate;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// A file of comma-separated values (RFC 4180, without line breaks in fields) whose first line names the
/// columns, read row by row. Columns are found by name; others are not looked at.
public final class Table {

    /// No time is longer, in ns: ten thousand seconds.
    public static final long MAX_NANOS = 10_000_000_000_000L;

    private static final int MAX_ROWS = 2_000_000;
    private static final int MAX_LINE = 100_000;
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_.:/-]{1,128}");
    private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,15}");
    private static final Pattern RATE = Pattern.compile("[0-9]{1,6}(\\.[0-9]{1,9})?");

    private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,14}(\\.[0-9]{1,30})?");

    private final String file;
    private final Iterator<String> lines;
    private final String[] columns;
    private final int[] places;
    private final Map<String, Edge> edges = new HashMap<>();
    private List<String> cells = List.of();
    private int line;

    private Table(String file, String text, String... columns) {
        this.file = file;
        lines = text.lines().iterator();
        this.columns = columns;
        this.places = new int[columns.length];
    }

    /// What is done with each row.
    @FunctionalInterface
    public interface Reader {
        /// Reads its cells.
        void read(Table row) throws Malformed;
    }

    /// Reads all rows.
    ///
    /// @param file what messages call it
    /// @param columns that there have to be, separated by commas, and with a question mark those that may be; a
    ///     row's cells have their numbers, from 0
    public static void read(String file, String text, String columns, Reader reader) throws Malformed {
        var table = new Table(file, text.startsWith("\uFEFF") ? text.substring(1) : text, columns.split(","));
        table.readHead();
        while (table.advance()) {
            if (table.line > MAX_ROWS) {
                throw table.malformed("there are more than " + MAX_ROWS + " lines");
            }
            if (!(table.cells.size() == 1 && table.cells.getFirst().isEmpty())) {
                reader.read(table);
            }
        }
    }

    private void readHead() throws Malformed {
        var expected = String.join(",", columns).replaceAll(",\\w+\\?", "");
        if (!advance()) {
            throw new Malformed(file + ":1: the file is empty; its first line would be " + expected);
        }
        for (int i = 0; i < columns.length; i++) {
            places[i] = cells.indexOf(columns[i].replace("?", ""));
            if (places[i] < 0 && !columns[i].endsWith("?")) {
                throw malformed(
                        "there is no column \"%s\"; the first line would be %s".formatted(columns[i], expected));
            }
        }
    }

    /// Splits the next line into cells.
    private boolean advance() throws Malformed {
        if (!lines.hasNext()) {
            return false;
        }
        line++;
        var row = lines.next();
        if (row.length() > MAX_LINE) {
            throw malformed("the line has more than " + MAX_LINE + " characters");
        }
        cells = split(row);
        return true;
    }

    private List<String> split(String row) throws Malformed {
        var found = new ArrayList<String>(8);
        boolean quoted = false;
        int from = 0;
        for (int i = 0; i <= row.length(); i++) {
            if (i == row.length() || (row.charAt(i) == ',' && !quoted)) {
                var cell = row.substring(from, i).strip();
                found.add(cell.indexOf('"') < 0 ? cell : cell.replace("\"", "").strip());
                from = i + 1;
            } else if (row.charAt(i) == '"') {
                quoted = !quoted;
            }
        }
        if (quoted) {
            throw malformed("a quotation mark is not closed");
        }
        return found;
    }

    /// What is wrong with the row, with its place.
    public Malformed malformed(String what) {
        return new Malformed(file + ":" + line + ": " + what);
    }

    /// Keeps what a key may be said of once.
    public <K, V> void put(Map<K, V> known, K key, V value, String what) throws Malformed {
        if (known.put(key, value) != null) {
            throw malformed("there is another " + what);
        }
    }

    private String cell(int column) throws Malformed {
        if (places[column] >= cells.size()) {
            throw malformed(
                    "there is no \"%s\"; the columns are %s".formatted(columns[column], String.join(",", columns)));
        }
        return cells.get(places[column]);
    }

    private Malformed wrong(int column, String expected) throws Malformed {
        var shown = cell(column).replaceAll("(?s)^(.{40}).*", "$1").replaceAll("[\\p{Cc}\uFFFD]", "?");
        return malformed("%s is \"%s\", not %s".formatted(columns[column], shown, expected));
    }

    /// A number or a name.
    public String name(int column) throws Malformed {
        var text = cell(column);
        if (!NAME.matcher(text).matches()) {
            throw wrong(column, "a number or a name of at most 128 letters, digits, dots and dashes");
        }
        return text;
    }

    /// A whole number, which may be negative where a plan is wrong.
    public long whole(int column, long min, long max) throws Malformed {
        var text = cell(column);
        long value = WHOLE.matcher(text).matches() ? Long.parseLong(text) : Long.MAX_VALUE;
        if (value < min || value > max) {
            throw wrong(column, "a whole number from " + min + " to " + max);
        }
        return value;
    }

    /// The same in a column or cell that may be missing.
    public long whole(int column, long min, long max, long without) throws Malformed {
        return places[column] >= 0 && !cell(column).isEmpty() ? whole(column, min, max) : without;
    }

    /// A time in ns, which may be negative where a plan is wrong.
    public long time(int column) throws Malformed {
        return whole(column, -MAX_NANOS, MAX_NANOS);
    }

    /// A rate above zero, in bits for each ns.
    public BigDecimal rate(int column) throws Malformed {
        var text = cell(column);
        if (!RATE.matcher(text).matches() || new BigDecimal(text).signum() == 0) {
            throw wrong(column, "a rate above 0 in bits for each ns, e.g. 1 for 1 Gbit/s or 0.1 for 100 Mbit/s");
        }
        return new BigDecimal(text);
    }

    /// A number that is not negative, in a column or cell that may be missing.
    public BigDecimal decimal(int column, BigDecimal without) throws Malformed {
        return places[column] >= 0 && !cell(column).isEmpty() ? decimal(column) : without;
    }

    /// A number that is not negative.
    public BigDecimal decimal(int column) throws Malformed {
        if (!DECIMAL.matcher(cell(column)).matches()) {
            throw wrong(column, "a number like 12 or 12.5");
        }
        return new BigDecimal(cell(column));
    }

    /// A directed link like `(0, 1)`.
    public Edge edge(int column) throws Malformed {
        var text = cell(column);
        var known = edges.get(text);
        if (known == null) {
            var ends = list(column, '(', ')');
            if (ends.size() != 2 || ends.get(0).equals(ends.get(1))) {
                throw wrong(column, "a link like (0, 1) from one node to another");
            }
            known = new Edge(ends.get(0), ends.get(1));
            edges.put(text, known);
        }
        return known;
    }

    /// One name, or a list like `[12, 13]`.
    public List<String> names(int column) throws Malformed {
        return cell(column).startsWith("[") ? list(column, '[', ']') : List.of(name(column));
    }

    private List<String> list(int column, char open, char close) throws Malformed {
        var text = cell(column);
        boolean enclosed = text.length() > 2 && text.charAt(0) == open && text.charAt(text.length() - 1) == close;
        var names = enclosed
                ? Arrays.stream(text.substring(1, text.length() - 1).split(",", -1))
                        .map(String::strip)
                        .toList()
                : List.<String>of();
        if (names.isEmpty() || !names.stream().allMatch(n -> NAME.matcher(n).matches())) {
            throw wrong(column, "like " + open + "0, 1" + close);
        }
        return names;
    }
}
