package io.millwright.identity.code.gs1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.identity.code.SharedFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Our tables against the files GS1 publishes.
class TablesTest {

    private static final String DICTIONARY = "data/identifiers/gs1/gs1-syntax-dictionary.txt";
    private static final String PREFIXES = "data/identifiers/gs1/MOprefixStrings.json";

    /// Every entry of the GS1 Barcode Syntax Dictionary: format, checks, flags, associations, keys, title; and no
    /// other.
    @Test
    void applicationIdentifiersAreThoseOfTheSyntaxDictionary() throws IOException {
        var theirs = new TreeMap<String, String>();
        for (var line : SharedFiles.lines(DICTIONARY)) {
            if (!line.isBlank() && !line.startsWith("#")) {
                entry(line, theirs);
            }
        }
        assertTrue(theirs.size() > 400, "only " + theirs.size() + " entries were read");
        var ours = new TreeMap<String, String>();
        ApplicationIdentifiers.all().forEach(ai -> ours.put(ai.ai(), described(ai)));
        assertEquals(theirs.keySet(), ours.keySet());
        theirs.entrySet().removeAll(Set.copyOf(ours.entrySet()));
        assertEquals(Map.of(), theirs);
    }

    @Test
    void everyCheckOfTheDictionaryIsThere() throws IOException {
        var names = new TreeSet<String>();
        for (var line : SharedFiles.lines(DICTIONARY)) {
            if (!line.isBlank() && !line.startsWith("#")) {
                var linter = Pattern.compile(",([a-z][a-z0-9]+)")
                        .matcher(line.split(" # ")[0].replaceAll("(req|ex|dlpkey)=\\S*", ""));
                while (linter.find()) {
                    names.add(linter.group(1));
                }
            }
        }
        assertTrue(names.size() > 20, "only " + names);
        names.removeAll(Checks.names());
        assertEquals(Set.of(), names);
    }

    /// One line of the dictionary in the words of [#described].
    private static void entry(String line, TreeMap<String, String> entries) {
        int hash = line.indexOf(" # ");
        var title = hash < 0 ? "" : line.substring(hash + 3).strip();
        var words = new ArrayList<>(List.of(
                line.substring(0, hash < 0 ? line.length() : hash).strip().split("\\s+")));
        var range = words.removeFirst().split("-");
        var flags = words.getFirst().matches("[*?]+") ? words.removeFirst() : "";
        var parts = new ArrayList<String>();
        var requires = new ArrayList<String>();
        var excludes = "";
        var key = "no key";
        for (var word : words) {
            if (word.startsWith("req=")) {
                requires.add(word.substring(4));
            } else if (word.startsWith("ex=")) {
                excludes = word.substring(3);
            } else if (word.startsWith("dlpkey")) {
                key = word.replace("dlpkey=", "key ").replace("dlpkey", "key ");
            } else {
                parts.add(word);
            }
        }
        var text = String.join(" | ", String.join(" ", parts), flags, "" + requires, excludes, key, title);
        int last = Integer.parseInt(range[range.length - 1]);
        for (int number = Integer.parseInt(range[0]); number <= last; number++) {
            entries.put(("%0" + range[0].length() + "d").formatted(number), text);
        }
    }

    private static String described(ApplicationIdentifier ai) {
        var parts = ai.parts().stream().map(TablesTest::described).toList();
        var flags = (ai.predefinedLength() ? "*" : "") + (ai.linkAttribute() ? "?" : "");
        var requires = ai.requires().stream()
                .map(alternatives -> String.join(
                        ",",
                        alternatives.stream().map(all -> String.join("+", all)).toList()))
                .toList();
        var key = ai.linkKey()
                ? "key "
                        + String.join(
                                "|",
                                ai.qualifiers().stream()
                                        .map(q -> String.join(",", q))
                                        .toList())
                : "no key";
        return String.join(
                " | ", String.join(" ", parts), flags, "" + requires, String.join(",", ai.excludes()), key, ai.title());
    }

    private static String described(ValuePart part) {
        var format = part.type() + (part.isFixed() ? "" : "..") + part.max();
        var checks = part.checks().isEmpty() ? "" : "," + String.join(",", part.checks());
        return (part.optional() ? "[" + format + "]" : format) + checks;
    }

    /// Every prefix GS1 lists has an owner in our table, and each of our owners has prefixes GS1 lists.
    @Test
    void companyPrefixesAreThoseOfTheMembersList() throws IOException {
        var text = String.join(" ", SharedFiles.lines(PREFIXES))
                .replace("\\u00f4", "ô")
                .replace("\\u2013", "-");
        var entry = Pattern.compile("\"prefix\": \"([^\"]*)\",\\s*\"mo\": \"([^\"]*)\"")
                .matcher(text);
        var owners = new TreeMap<String, TreeSet<String>>();
        int seen = 0;
        while (entry.find()) {
            seen++;
            var ends = Arrays.stream(entry.group(1).split("[^0-9]+"))
                    .filter(s -> !s.isEmpty())
                    .toList();
            var organisation = entry.group(2).startsWith("To be") ? "GS1 Japan" : entry.group(2);
            for (var prefix : ends) {
                var range = CompanyPrefixes.of(prefix);
                assertTrue(range.isPresent(), prefix + " " + organisation);
                owners.computeIfAbsent(range.get().organisation(), _ -> new TreeSet<>())
                        .add(organisation);
            }
        }
        assertTrue(seen > 700, "only " + seen + " prefixes were read");
        var ours = new TreeSet<String>();
        CompanyPrefixes.all().forEach(range -> ours.add(range.organisation()));
        assertEquals(ours, owners.keySet());
        owners.forEach((our, theirs) -> assertTrue(sameOwner(our, theirs), our + ": " + theirs));
    }

    /// A member's name is spelled differently here and there; a country's name in one is the country's in the other.
    private static boolean sameOwner(String our, Set<String> theirs) {
        var otherwise = new TreeMap<String, String>();
        otherwise.put("GS1 Slovenia", "GS1 Slovenija");
        otherwise.put("GS1 Bosnia and Herzegovina", "GS1 Bosnia-Herzegovina");
        otherwise.put("GS1 Kazakhstan", "GS1 Kazakstan");
        otherwise.put("GS1 North Macedonia", "GS1 Macedonia");
        otherwise.put("GS1 Belgium and Luxembourg", "GS1 Belgium & Luxembourg");
        otherwise.put("GS1 Dominican Republic", "GS1 Republica Dominicana");
        otherwise.put("GS1 Switzerland", "GS1 Schweiz, Suisse, Svizzera");
        otherwise.put("GS1 Brazil", "GS1 Brasil");
        otherwise.put("GS1 Czech Republic", "GS1 Czech");
        otherwise.put("GS1 Türkiye", "GS1 Turkey");
        if (our.startsWith("GS1 ") && !our.contains("Global Office") && !our.contains("reserved")) {
            return theirs.equals(Set.of(otherwise.getOrDefault(our, our)));
        }
        return theirs.stream().noneMatch(t -> t.matches("GS1 (?!US reserved|Global Office|coupon).*"));
    }
}
