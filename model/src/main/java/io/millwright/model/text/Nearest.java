package io.millwright.model.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// Finds the name that somebody meant who wrote another one.
public final class Nearest {

    private static final int MAX_LENGTH = 200;

    private Nearest() {}

    /// The candidate nearest to the text, if one is near enough to be meant: at most a third of its characters are
    /// wrong, missing, doubled or swapped with their neighbour. Case counts half.
    ///
    /// @param text what was written
    /// @param candidates what could have been meant; the first of equally near ones wins
    public static Optional<String> of(String text, Collection<String> candidates) {
        if (text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        return candidates.stream()
                .filter(c -> Math.abs(c.length() - text.length()) <= limit(text, c) / 2)
                .map(c -> new Distant(c, distance(text, c)))
                .filter(d -> d.halves() <= limit(text, d.name()))
                .min(Comparator.comparingInt(Distant::halves))
                .map(Distant::name);
    }

    private record Distant(String name, int halves) {}

    private static int limit(String text, String candidate) {
        return Math.max(2, 2 * Math.max(text.length(), candidate.length()) / 3);
    }

    /// Twice the optimal string alignment distance (Damerau-Levenshtein with neighbours swapped once).
    private static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            d[i][0] = 2 * i;
        }
        for (int j = 0; j <= b.length(); j++) {
            d[0][j] = 2 * j;
        }
        for (int i = 1; i <= a.length(); i++) {
            for (int j = 1; j <= b.length(); j++) {
                int step = Math.min(d[i - 1][j] + 2, d[i][j - 1] + 2);
                int best = Math.min(step, d[i - 1][j - 1] + cost(a.charAt(i - 1), b.charAt(j - 1)));
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                d[i][j] = swapped ? Math.min(best, d[i - 2][j - 2] + 2) : best;
            }
        }
        return d[a.length()][b.length()];
    }

    private static int cost(char a, char b) {
        if (a == b) {
            return 0;
        }
        return Character.toLowerCase(a) == Character.toLowerCase(b) ? 1 : 2;
    }
}
