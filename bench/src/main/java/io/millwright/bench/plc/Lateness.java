package io.millwright.bench.plc;

import java.util.Map;
import java.util.TreeMap;

/// How late something was, as counts by microseconds.
///
/// @param counts by whole microseconds
record Lateness(Map<Integer, Long> counts) {

    Lateness() {
        this(new TreeMap<>());
    }

    void add(int micros, long count) {
        counts.merge(micros, count, Long::sum);
    }

    long total() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /// The smallest number of whole microseconds that a share of all does not exceed.
    ///
    /// @param share 0 to 1
    int quantile(double share) {
        long wanted = (long) Math.ceil(share * total());
        long seen = 0;
        for (var entry : new TreeMap<>(counts).entrySet()) {
            seen += entry.getValue();
            if (seen >= wanted) {
                return entry.getKey();
            }
        }
        return 0;
    }

    int longest() {
        return counts.keySet().stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    long above(int micros) {
        return counts.entrySet().stream()
                .filter(e -> e.getKey() > micros)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
