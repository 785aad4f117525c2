package io.millwright.model.unit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The atoms that unit codes are built from, and the prefixes that metric atoms take (UCUM tables 1–24).
final class Atoms {

    /// One atom: a unit that is not composed of others in its code.
    ///
    /// @param code its code, e.g. `bar`
    /// @param metric whether it takes prefixes
    /// @param meaning what it means
    record Atom(String code, boolean metric, Meaning meaning) {}

    private static final List<Dimension> BASE = List.of(
            new Dimension(1, 0, 0, 0, 0, 0, 0),
            new Dimension(0, 1, 0, 0, 0, 0, 0),
            new Dimension(0, 0, 1, 0, 0, 0, 0),
            new Dimension(0, 0, 0, 1, 0, 0, 0),
            new Dimension(0, 0, 0, 0, 1, 0, 0),
            new Dimension(0, 0, 0, 0, 0, 1, 0),
            new Dimension(0, 0, 0, 0, 0, 0, 1));

    private static final Map<String, Double> PREFIXES = Map.ofEntries(
            Map.entry("Y", 1e24),
            Map.entry("Z", 1e21),
            Map.entry("E", 1e18),
            Map.entry("P", 1e15),
            Map.entry("T", 1e12),
            Map.entry("G", 1e9),
            Map.entry("M", 1e6),
            Map.entry("k", 1e3),
            Map.entry("h", 1e2),
            Map.entry("da", 1e1),
            Map.entry("d", 1e-1),
            Map.entry("c", 1e-2),
            Map.entry("m", 1e-3),
            Map.entry("u", 1e-6),
            Map.entry("n", 1e-9),
            Map.entry("p", 1e-12),
            Map.entry("f", 1e-15),
            Map.entry("a", 1e-18),
            Map.entry("z", 1e-21),
            Map.entry("y", 1e-24),
            Map.entry("Ki", 0x1p10),
            Map.entry("Mi", 0x1p20),
            Map.entry("Gi", 0x1p30),
            Map.entry("Ti", 0x1p40));

    private static final Atoms UCUM = load();

    private final Map<String, Atom> byCode = new LinkedHashMap<>();

    private Atoms() {}

    static Atoms ucum() {
        return UCUM;
    }

    /// The meaning of an atom, or of a metric atom with a prefix; null when there is none.
    @Nullable
    Meaning simpleUnit(String symbol) {
        Atom exact = byCode.get(symbol);
        if (exact != null) {
            return exact.meaning();
        }
        for (int length = 1; length <= 2 && length < symbol.length(); length++) {
            Double prefix = PREFIXES.get(symbol.substring(0, length));
            Atom atom = byCode.get(symbol.substring(length));
            if (prefix != null && atom != null && atom.metric()) {
                return new Meaning(
                        atom.meaning().dimension(), atom.meaning().scale().prefixed(prefix));
            }
        }
        return null;
    }

    Set<String> prefixes() {
        return PREFIXES.keySet();
    }

    Stream<Atom> all() {
        return byCode.values().stream();
    }

    private static Atoms load() {
        var atoms = new Atoms();
        int bases = 0;
        for (List<String> row : rows("atoms.txt")) {
            String definition = row.get(2);
            Meaning meaning = definition.equals("base")
                    ? new Meaning(BASE.get(bases++), new Scale.Ratio(1))
                    : atoms.define(definition);
            atoms.byCode.put(row.get(0), new Atom(row.get(0), row.get(1).equals("metric"), meaning));
        }
        return atoms;
    }

    /// Reads `number term` or `kind number term` for the units that are no plain multiples.
    private Meaning define(String definition) {
        String[] words = definition.split(" ", 3);
        if (words.length < 3) {
            double number = Double.parseDouble(words[0]);
            Meaning unit = new CodeParser(words[1], this).parse();
            return new Meaning(unit.dimension(), unit.scale().prefixed(number));
        }
        Meaning unit = new CodeParser(words[2], this).parse();
        double reference = Double.parseDouble(words[1]) * unit.factor();
        Scale scale = switch (words[0]) {
            case "celsius" -> new Scale.Offset(273.15, reference);
            case "fahrenheit" -> new Scale.Offset(459.67, reference);
            case "reaumur" -> new Scale.Offset(218.52, reference);
            case "lg" -> new Scale.Level(reference, 10, 1);
            case "2lg" -> new Scale.Level(reference, 10, 2);
            case "-lg" -> new Scale.Level(reference, 10, -1);
            case "ln" -> new Scale.Level(reference, Math.E, 1);
            case "ld" -> new Scale.Level(reference, 2, 1);
            case "100tan" -> Scale.Slope.PERCENT;
            default -> throw new IllegalStateException("atoms.txt defines a unit by " + words[0]);
        };
        return new Meaning(unit.dimension(), scale);
    }

    /// The rows of a table beside this class: columns separated by bars, `#` starts a comment line.
    static List<List<String>> rows(String table) {
        try (InputStream in = Atoms.class.getResourceAsStream(table)) {
            if (in == null) {
                throw new IllegalStateException(table + " is missing from the program");
            }
            return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line ->
                            Stream.of(line.split("\\|", -1)).map(String::strip).toList())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What people write for a unit, and its code.
    static Map<String, String> everyday() {
        var codes = new HashMap<String, String>();
        for (List<String> row : rows("everyday.txt")) {
            codes.put(row.get(0), row.get(1));
        }
        return Map.copyOf(codes);
    }
}
