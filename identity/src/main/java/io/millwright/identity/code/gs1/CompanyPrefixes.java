package io.millwright.identity.code.gs1;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Who hands out the numbers beneath a GS1 Prefix, from the table `company-prefixes.txt`.
public final class CompanyPrefixes {

    private static final List<Range> RANGES = read();

    private CompanyPrefixes() {}

    /// A range of prefixes of one length.
    ///
    /// @param first its first prefix
    /// @param last its last
    /// @param organisation who hands out the numbers, or what they are for
    /// @param countries ISO 3166-1 countries of two letters, blanks between; empty where there is none
    public record Range(String first, String last, String organisation, String countries) {

        boolean holds(String digits) {
            if (digits.length() < first.length()) {
                return false;
            }
            var head = digits.substring(0, first.length());
            return head.compareTo(first) >= 0 && head.compareTo(last) <= 0;
        }

        /// Organisation and country in words.
        public String words() {
            return countries.isEmpty() ? organisation : organisation + ", " + CodeLists.namesOf(countries);
        }
    }

    /// All of them.
    public static List<Range> all() {
        return RANGES;
    }

    /// The range a key belongs to.
    ///
    /// @param digits a key from its company prefix on: no indicator or extension digit before it
    public static Optional<Range> of(String digits) {
        return RANGES.stream().filter(r -> r.holds(digits)).findFirst();
    }

    /// The range of a GTIN of fourteen digits. Zeros in front tell a GTIN-8, whose first digit 0 or 2 means restricted
    /// circulation (section 1.4.3). One cut off behind the zeros tells nothing.
    static Optional<Range> ofGtin(String gtin) {
        if (!gtin.startsWith("000000")) {
            return of(gtin.substring(1));
        }
        if (gtin.length() == 6) {
            return Optional.empty();
        }
        char first = gtin.charAt(6);
        return first == '0' || first == '2' ? of("0000000") : of(gtin.substring(6));
    }

    private static List<Range> read() {
        var ranges = new ArrayList<Range>();
        for (var line : ResourceLines.of("company-prefixes.txt")) {
            var cells = ResourceLines.cells(line);
            var ends = cells.getFirst().split("-", -1);
            ranges.add(new Range(
                    ends[0], ends[ends.length - 1], cells.get(1), cells.get(2).equals("–") ? "" : cells.get(2)));
        }
        return List.copyOf(ranges);
    }
}
