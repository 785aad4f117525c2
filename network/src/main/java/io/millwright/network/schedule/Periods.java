package io.millwright.network.schedule;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What periods have in common.
final class Periods {

    private static final long TOO_LONG = Long.MAX_VALUE;

    private Periods() {}

    static long gcd(long a, long b) {
        while (b != 0) {
            long rest = a % b;
            a = b;
            b = rest;
        }
        return a;
    }

    /// The least common multiple; [Long#MAX_VALUE] where it has no room in a `long`.
    static long hyperperiod(long... periods) {
        long multiple = 1;
        for (long period : periods) {
            long high = Math.multiplyHigh(multiple / gcd(multiple, period), period);
            long low = multiple / gcd(multiple, period) * period;
            if (multiple == TOO_LONG || high != 0 || low < 0) {
                return TOO_LONG;
            }
            multiple = low;
        }
        return multiple;
    }

    /// The greatest common divisor of some periods; 0 of none.
    static long common(long... periods) {
        return Arrays.stream(periods).reduce(0, Periods::gcd);
    }

    /// Why the hyperperiod of some periods is out of bounds, and what would be right; nothing where it is not.
    ///
    /// @param periods the period of each stream
    static Optional<Message> explosion(long... periods) {
        var counts = new TreeMap<Long, Long>();
        for (long period : periods) {
            counts.merge(period, 1L, Long::sum);
        }
        if (frames(counts) <= Problem.MOST_FRAMES) {
            return Optional.empty();
        }
        var culprits = new TreeMap<>(counts);
        var out = new TreeMap<Long, Long>();
        while (culprits.size() > 1 && out.size() < 3 && frames(culprits) > Problem.MOST_FRAMES) {
            long worst = culprits.keySet().stream()
                    .min(Comparator.comparingDouble(p -> logarithmWithout(culprits, p)))
                    .orElseThrow();
            out.put(worst, counts.getOrDefault(worst, 0L));
            culprits.remove(worst);
        }
        long shortest = counts.firstKey();
        String proposal = counts.keySet().stream()
                .filter(p -> harmonised(p, shortest) != p)
                .limit(8)
                .map(p -> p + " → " + harmonised(p, shortest))
                .collect(Collectors.joining(", "));
        var culpable = out.entrySet().stream()
                .map(e -> Message.of(
                                "period", "period {period} of {count} " + (e.getValue() == 1 ? "stream" : "streams"))
                        .figure("period", e.getKey())
                        .figure("count", e.getValue()))
                .toList();
        return Optional.of(Message.of(
                        "periods",
                        "the least common multiple of the periods is too long: more than {most} frames, because of"
                                + " {periods}; periods that are multiples of each other would be right, e.g."
                                + " {proposal}")
                .figure("most", Problem.MOST_FRAMES)
                .parts("periods", culpable, culpable.size())
                .figure("proposal", proposal));
    }

    /// How many frames a hyperperiod has; with decimals, as it may be beyond a `long`.
    private static double frames(Map<Long, Long> counts) {
        long hyperperiod =
                hyperperiod(counts.keySet().stream().mapToLong(Long::longValue).toArray());
        return counts.entrySet().stream()
                .mapToDouble(e -> e.getValue() * ((double) hyperperiod / e.getKey()))
                .sum();
    }

    private static double logarithmWithout(Map<Long, Long> counts, long period) {
        double sum = 0;
        long multiple = 1;
        for (long other : counts.keySet()) {
            if (other != period) {
                long factor = other / gcd(multiple, other);
                sum += Math.log((double) factor);
                long high = Math.multiplyHigh(multiple, factor);
                multiple = high == 0 && multiple * factor > 0 ? multiple * factor : multiple;
            }
        }
        return sum;
    }

    /// The longest period not above this one that is the shortest one doubled, or doubled again, and so on.
    private static long harmonised(long period, long shortest) {
        return shortest * Long.highestOneBit(period / shortest);
    }
}
