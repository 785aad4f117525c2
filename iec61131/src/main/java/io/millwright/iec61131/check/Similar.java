package io.millwright.iec61131.check;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Finds the name that was probably meant, by the number of letters that differ or changed places (Damerau
/// 1964).
final class Similar {
    private static final int LENGTH_MAX = 200;

    private Similar() {}

    /// The nearest of some names, or null where none is near: one mistake for each three letters is near, and
    /// none in names of one or two letters, which all look alike.
    static @Nullable String to(String written, Collection<String> names) {
        String wanted = written.toUpperCase(Locale.ROOT);
        if (wanted.length() > LENGTH_MAX) {
            return null;
        }
        int allowed = wanted.length() / 3;
        String best = null;
        int bestDistance = allowed + 1;
        for (String name : names) {
            if (Math.abs(name.length() - wanted.length()) < bestDistance) {
                int distance = distance(wanted, name.toUpperCase(Locale.ROOT));
                if (distance < bestDistance) {
                    best = name;
                    bestDistance = distance;
                }
            }
        }
        return best;
    }

    private static int distance(String a, String b) {
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(changed, 1 + Math.min(last[j], row[j - 1]));
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
            beforeLast = last;
            last = row;
        }
        return last[b.length()];
    }
}
