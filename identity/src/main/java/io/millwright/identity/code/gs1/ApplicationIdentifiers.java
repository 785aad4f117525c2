package io.millwright.identity.code.gs1;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All application identifiers, from the table `application-identifiers.txt`.
public final class ApplicationIdentifiers {

    private static final int SHORTEST = 2;
    private static final int LONGEST = 4;

    private static final Map<String, ApplicationIdentifier> ALL = read();

    /// How long the application identifier is that starts with two given digits.
    private static final Map<String, Integer> LENGTHS = lengths();

    private ApplicationIdentifiers() {}

    /// All of them, in the order of the table.
    public static Collection<ApplicationIdentifier> all() {
        return ALL.values();
    }

    /// The one of that number.
    public static Optional<ApplicationIdentifier> of(String ai) {
        return Optional.ofNullable(ALL.get(ai));
    }

    /// The one that stands at an offset of a text.
    static Optional<ApplicationIdentifier> startingAt(String text, int at) {
        for (int length = SHORTEST; length <= LONGEST && at + length <= text.length(); length++) {
            var found = ALL.get(text.substring(at, at + length));
            if (found != null) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }

    /// How many digits the application identifiers have that start with these two; 0 if there are none.
    public static int lengthOf(String firstTwo) {
        return LENGTHS.getOrDefault(firstTwo, 0);
    }

    private static Map<String, Integer> lengths() {
        var lengths = new LinkedHashMap<String, Integer>();
        ALL.keySet().forEach(ai -> lengths.put(ai.substring(0, SHORTEST), ai.length()));
        return lengths;
    }

    private static Map<String, ApplicationIdentifier> read() {
        var all = new LinkedHashMap<String, ApplicationIdentifier>();
        for (var line : ResourceLines.of("application-identifiers.txt")) {
            var cells = ResourceLines.cells(line);
            var range = cells.getFirst().split("-", -1);
            int first = Integer.parseInt(range[0]);
            int last = range.length > 1 ? Integer.parseInt(range[1]) : first;
            for (int number = first; number <= last; number++) {
                var ai = ("%0" + range[0].length() + "d").formatted(number);
                all.put(ai, identifier(ai, cells));
            }
        }
        return Collections.unmodifiableMap(all);
    }

    private static ApplicationIdentifier identifier(String ai, List<String> cells) {
        var qualifiers = new ArrayList<List<String>>();
        var requires = new ArrayList<List<List<String>>>();
        var excludes = new ArrayList<String>();
        var traits = Arrays.asList(cells.get(2).split(" "));
        boolean key = false;
        for (var trait : traits) {
            if (trait.equals("key")) {
                key = true;
            } else if (trait.startsWith("key=")) {
                key = true;
                Arrays.stream(value(trait).split("/"))
                        .map(s -> List.of(s.split(",")))
                        .forEach(qualifiers::add);
            } else if (trait.startsWith("with=")) {
                requires.add(Arrays.stream(value(trait).split(","))
                        .map(s -> List.of(s.split("\\+")))
                        .toList());
            } else if (trait.startsWith("not=")) {
                excludes.addAll(List.of(value(trait).split(",")));
            }
        }
        return new ApplicationIdentifier(
                ai,
                Arrays.stream(cells.get(1).split(" ")).map(ValuePart::parse).toList(),
                traits.contains("fixed"),
                traits.contains("link"),
                key,
                qualifiers,
                requires,
                excludes,
                cells.get(3).equals("–") ? "" : cells.get(3),
                cells.get(4));
    }

    private static String value(String trait) {
        return trait.substring(trait.indexOf('=') + 1);
    }
}
