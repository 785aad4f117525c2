package io.millwright.identity.door;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a client prefers, by the header fields Accept and Accept-Language (RFC 9110, section 12.5).
final class Negotiation {

    private static final int RANGES_MAX = 64;

    private Negotiation() {}

    /// @param name a media range or a language range, in small letters
    /// @param quality 0…1
    record Preference(String name, double quality) {}

    /// The preferences of a field, the dearest first; what is not acceptable at all (quality 0) is left out.
    static List<Preference> preferences(Optional<String> field) {
        var preferences = new ArrayList<Preference>();
        for (var range : field.orElse("").split(",", RANGES_MAX)) {
            var pieces = range.split(";");
            var name = pieces[0].strip().toLowerCase(Locale.ROOT);
            double quality = quality(pieces);
            if (!name.isEmpty() && quality > 0) {
                preferences.add(new Preference(name, quality));
            }
        }
        preferences.sort(Comparator.comparingDouble(Preference::quality).reversed());
        return preferences;
    }

    private static double quality(String[] pieces) {
        for (var piece : pieces) {
            var parameter = piece.strip().toLowerCase(Locale.ROOT);
            if (parameter.startsWith("q=")) {
                return parameter.substring(2).matches("[01](\\.\\d{0,3})?")
                        ? Math.min(1, Double.parseDouble(parameter.substring(2)))
                        : 1;
            }
        }
        return 1;
    }

    /// Whether a media type lies in a range.
    static boolean isInRange(String type, String range) {
        return range.equals("*/*")
                || type.equalsIgnoreCase(range)
                || range.endsWith("/*") && type.regionMatches(true, 0, range, 0, range.length() - 1);
    }

    /// Whether a language is asked for by a range: the same, or a narrower one (RFC 4647, section 3.3.1).
    static boolean isInLanguage(String language, String range) {
        return range.equals("*")
                || language.equalsIgnoreCase(range)
                || language.regionMatches(true, 0, range + "-", 0, range.length() + 1);
    }

    /// The first of the types that the client takes, by its own order of preference; nothing if it takes none.
    static Optional<String> choose(Optional<String> accept, List<String> offered) {
        var preferences = preferences(accept);
        if (preferences.isEmpty()) {
            return offered.stream().findFirst();
        }
        return preferences.stream()
                .flatMap(p -> offered.stream().filter(o -> isInRange(o, p.name())))
                .findFirst();
    }
}
