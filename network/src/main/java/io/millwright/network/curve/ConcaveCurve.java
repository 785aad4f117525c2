package io.millwright.network.curve;

import io.millwright.network.number.Scalar;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// A concave piecewise-linear curve: zero at zero, and the minimum of token buckets above. It bounds what a
/// flow sends.
///
/// Such a curve is sub-additive, so it is its own sub-additive closure, and the convolution of two is their
/// minimum (Le Boudec and Thiran, theorem 3.1.6).
///
/// @param buckets the token buckets, none of them superfluous, by falling rate and rising burst; at least one
public record ConcaveCurve(List<TokenBucket> buckets) {

    public ConcaveCurve {
        if (buckets.isEmpty()) {
            throw new IllegalArgumentException("a concave curve has at least one token bucket");
        }
        buckets = envelope(buckets);
    }

    /// The minimum of token buckets.
    public static ConcaveCurve of(TokenBucket... buckets) {
        return new ConcaveCurve(List.of(buckets));
    }

    /// The value for a span above zero.
    public Data during(Time span) {
        return buckets.stream().map(b -> b.during(span)).reduce(Data::min).orElseThrow();
    }

    /// What may come at once.
    public Data burst() {
        return buckets.getFirst().burst();
    }

    /// What may come in the long run.
    public Rate rate() {
        return buckets.getLast().rate();
    }

    /// The minimum, which is also the convolution.
    public ConcaveCurve min(ConcaveCurve other) {
        var all = new ArrayList<>(buckets);
        all.addAll(other.buckets);
        return new ConcaveCurve(all);
    }

    /// What two flows send together.
    public ConcaveCurve plus(ConcaveCurve other) {
        var sums = new ArrayList<TokenBucket>();
        for (var a : buckets) {
            for (var b : other.buckets) {
                sums.add(a.plus(b));
            }
        }
        return new ConcaveCurve(sums);
    }

    /// What a flow of packets sends if its bits are bounded by this curve and each packet comes as a whole when
    /// its last bit does (Le Boudec and Thiran, theorem 1.7.1).
    ///
    /// @param largest the largest packet
    public ConcaveCurve packetized(Data largest) {
        return new ConcaveCurve(buckets.stream()
                .map(b -> new TokenBucket(b.burst().plus(largest), b.rate()))
                .toList());
    }

    /// What leaves of a flow that is delayed by a time that varies by at most this much.
    public ConcaveCurve after(Time variation) {
        return new ConcaveCurve(buckets.stream().map(b -> b.after(variation)).toList());
    }

    /// The curve without some data that came at once.
    ///
    /// @param data not more than the burst
    public ConcaveCurve without(Data data) {
        return new ConcaveCurve(buckets.stream()
                .map(b -> new TokenBucket(b.burst().minus(data), b.rate()))
                .toList());
    }

    /// The curve, all data so many times as large.
    public ConcaveCurve times(Scalar factor) {
        return new ConcaveCurve(buckets.stream()
                .map(b -> new TokenBucket(
                        new Data(b.burst().bits().times(factor)),
                        new Rate(b.rate().bitsPerSecond().times(factor))))
                .toList());
    }

    /// The times at which one token bucket gives way to the next, rising.
    List<Time> bends() {
        var bends = new ArrayList<Time>();
        for (int i = 1; i < buckets.size(); i++) {
            bends.add(crossing(buckets.get(i - 1), buckets.get(i)));
        }
        return bends;
    }

    private static Time crossing(TokenBucket steep, TokenBucket flat) {
        return flat.burst().minus(steep.burst()).at(steep.rate().minus(flat.rate()));
    }

    /// The lower envelope of lines. What is left out where two lines cannot be told apart only makes the curve
    /// larger: it stays a bound.
    private static List<TokenBucket> envelope(List<TokenBucket> buckets) {
        Comparator<TokenBucket> byBurst =
                (a, b) -> compare(a.burst().isTighterThan(b.burst()), b.burst().isTighterThan(a.burst()));
        Comparator<TokenBucket> byRate =
                (a, b) -> compare(a.rate().isTighterThan(b.rate()), b.rate().isTighterThan(a.rate()));
        var kept = new ArrayList<TokenBucket>();
        for (var bucket : buckets.stream().sorted(byBurst.thenComparing(byRate)).toList()) {
            if (!kept.isEmpty() && !isSurelyBelow(bucket.rate(), kept.getLast().rate())) {
                continue;
            }
            while (kept.size() > 1
                    && !crossing(kept.get(kept.size() - 2), kept.getLast())
                            .isTighterThan(crossing(kept.getLast(), bucket))) {
                kept.removeLast();
            }
            kept.add(bucket);
        }
        return List.copyOf(kept);
    }

    private static boolean isSurelyBelow(Rate a, Rate b) {
        return b.minus(a).isPositive();
    }

    static int compare(boolean less, boolean more) {
        return less ? -1 : more ? 1 : 0;
    }
}
