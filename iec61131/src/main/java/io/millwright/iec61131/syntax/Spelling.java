package io.millwright.iec61131.syntax;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Finds the keyword that was probably meant.
final class Spelling {
    private Spelling() {}

    /// Whether a word becomes the keyword by one change of a letter or swap of neighbours, two in a long word.
    /// Words of three letters are too alike for a changed letter.
    static boolean isNear(String word, String keyword) {
        int allowed = allowed(keyword);
        if (keyword.length() <= 3
                && word.length() == keyword.length()
                && !sorted(word).equals(sorted(keyword))) {
            return false;
        }
        return Math.abs(word.length() - keyword.length()) <= allowed
                && distance(word.toUpperCase(Locale.ROOT), keyword) <= allowed;
    }

    private static String sorted(String word) {
        char[] letters = word.toUpperCase(Locale.ROOT).toCharArray();
        Arrays.sort(letters);
        return String.valueOf(letters);
    }

    /// The nearest of the candidates, or null where none is near.
    static @Nullable Kind nearest(String word, Kind... candidates) {
        Kind best = null;
        int least = Integer.MAX_VALUE;
        String upper = word.length() > 30 ? "" : word.toUpperCase(Locale.ROOT);
        for (Kind candidate : candidates) {
            if (isNear(upper, candidate.text())) {
                int distance = distance(upper, candidate.text());
                if (distance < least) {
                    least = distance;
                    best = candidate;
                }
            }
        }
        return best;
    }

    private static int allowed(String keyword) {
        return keyword.length() < 6 ? 1 : 2;
    }

    /// Edits between two words, where swapping two neighbours is one (optimal string alignment).
    private static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                int least = Math.min(cost[i - 1][j - 1] + change, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                cost[i][j] = swapped ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
            }
        }
        return cost[a.length()][b.length()];
    }
}
