package io.millwright.bench.network;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/// Times that were measured, in milliseconds.
final class Times {

    private final List<Double> millis = new ArrayList<>();

    void add(double time) {
        millis.add(time);
    }

    boolean isEmpty() {
        return millis.isEmpty();
    }

    int size() {
        return millis.size();
    }

    /// The least time that a share of all does not exceed.
    ///
    /// @param share 0 to 1
    double quantile(double share) {
        if (millis.isEmpty()) {
            return Double.NaN;
        }
        Collections.sort(millis);
        return millis.get(Math.max(0, (int) Math.ceil(share * millis.size()) - 1));
    }

    /// How they are spread, in one line.
    String distribution() {
        return String.format(
                Locale.ROOT,
                "50 %% %.1f, 90 %% %.1f, 95 %% %.1f, 99 %% %.1f, longest %.1f ms",
                quantile(0.5),
                quantile(0.9),
                quantile(0.95),
                quantile(0.99),
                quantile(1));
    }
}
