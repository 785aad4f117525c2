package io.millwright.bench.network;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

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
}
