package io.millwright.network.curve;

import static io.millwright.network.curve.ConcaveCurve.compare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A convex piecewise-linear curve: the maximum of rate-latency curves. It bounds what a server does from
/// below.
///
/// @param parts the rate-latency curves, none of them superfluous, by rising latency and rising rate; at least
///     one
public record ConvexCurve(List<RateLatency> parts) {

    public ConvexCurve {
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("a convex curve has at least one rate-latency curve");
        }
        parts = envelope(parts);
    }

    /// The maximum of rate-latency curves.
    public static ConvexCurve of(RateLatency... parts) {
        return new ConvexCurve(List.of(parts));
    }

    /// The value for a span.
    public Data during(Time span) {
        return parts.stream().map(p -> p.during(span)).reduce(Data::max).orElseThrow();
    }

    /// The rate in the long run.
    public Rate rate() {
        return parts.getLast().rate();
    }

    /// The time before anything is guaranteed.
    public Time latency() {
        return parts.getFirst().latency();
    }

    /// The maximum of two guarantees that both hold.
    public ConvexCurve max(ConvexCurve other) {
        return new ConvexCurve(
                Stream.concat(parts.stream(), other.parts.stream()).toList());
    }

    /// Two servers one after the other (Le Boudec and Thiran, theorem 3.1.6). The convolution of convex curves
    /// is the curve whose conjugate is the sum of theirs (Rockafellar, Convex Analysis, theorem 16.4): its line
    /// of rate ρ lies as far below zero as both of theirs together.
    public ConvexCurve convolve(ConvexCurve other) {
        var last = rate().min(other.rate());
        var latency = latency().plus(other.latency());
        var result = new ArrayList<RateLatency>();
        result.add(new RateLatency(Rate.ZERO, latency));
        for (var rate :
                Stream.concat(rates(), other.rates()).filter(last::isAtLeast).toList()) {
            result.add(new RateLatency(
                    rate, conjugate(rate).plus(other.conjugate(rate)).at(rate)));
        }
        if (last.isPositive()) {
            result.add(new RateLatency(
                    last, conjugate(last).plus(other.conjugate(last)).at(last)));
        }
        return new ConvexCurve(result);
    }

    /// The longest time that data bounded by an arrival curve waits, if it is served in the order of its
    /// arrival: the horizontal deviation (Le Boudec and Thiran, theorem 1.4.2). Empty when it has no bound.
    public Optional<Time> delay(ConcaveCurve arrivals) {
        if (!rate().isPositive() || !rate().isAtLeast(arrivals.rate())) {
            return Optional.empty();
        }
        // the deviation is concave between bends of the arrivals and between values at which this curve bends
        var delay = reach(arrivals.burst());
        for (var bend : arrivals.bends()) {
            delay = delay.max(reach(arrivals.during(bend)).minus(bend));
        }
        for (var bend : bends()) {
            var value = during(bend);
            for (var bucket : arrivals.buckets()) {
                // the time at which the arrivals come to that value, from below: a bucket reaches it no later than the
                // minimum does
                if (bucket.rate().isPositive()
                        && value.minus(bucket.burst()).bits().isNonNegative()) {
                    var at = value.minus(bucket.burst()).at(bucket.rate());
                    delay = delay.max(reach(arrivals.during(at)).minus(at));
                }
            }
        }
        return Optional.of(delay.max(Time.ZERO));
    }

    /// The most data that waits at once: the vertical deviation (Le Boudec and Thiran, theorem 1.4.1). Empty
    /// when it has no bound.
    public Optional<Data> backlog(ConcaveCurve arrivals) {
        if (!rate().isAtLeast(arrivals.rate())) {
            return Optional.empty();
        }
        var backlog = arrivals.burst();
        for (var bend :
                Stream.concat(bends().stream(), arrivals.bends().stream()).toList()) {
            backlog = backlog.max(arrivals.during(bend).minus(during(bend)));
        }
        return Optional.of(backlog);
    }

    /// What leaves: the deconvolution of the arrivals by this curve (Le Boudec and Thiran, theorem 1.4.3). It
    /// is concave, and its rates are rates of the arrivals or of this curve, so it is the minimum of one token
    /// bucket for each of those. Empty when it has no bound.
    public Optional<ConcaveCurve> output(ConcaveCurve arrivals) {
        if (!rate().isAtLeast(arrivals.rate())) {
            return Optional.empty();
        }
        var buckets = Stream.concat(rates(), arrivals.buckets().stream().map(TokenBucket::rate))
                .filter(rate -> rate.isAtLeast(arrivals.rate()) || rate.equals(arrivals.rate()))
                .map(rate -> new TokenBucket(outputBurst(arrivals, rate), rate))
                .toList();
        return Optional.of(new ConcaveCurve(buckets));
    }

    /// The largest of `arrivals(w) − during(u) − rate · (w − u)` for `0 ≤ u ≤ w`: where a line of that rate
    /// starts that lies above the output. The expression is concave and piecewise linear in u and w, so it is
    /// largest where both are bends, or where they are equal and one is.
    private Data outputBurst(ConcaveCurve arrivals, Rate rate) {
        var largest = arrivals.burst();
        var ends = new ArrayList<>(arrivals.bends());
        ends.add(Time.ZERO);
        for (var bend : ends) {
            largest = largest.max(arrivals.during(bend).minus(during(bend)));
            for (var start : bends()) {
                var end = bend.max(start);
                var height = arrivals.during(end).minus(during(start)).minus(rate.during(end.minus(start)));
                largest = largest.max(height);
            }
        }
        return largest;
    }

    /// What is left for a flow whose data may be overtaken by all of the others', as long as this curve is
    /// strict (Le Boudec and Thiran, theorem 6.2.1): `[β − α]⁺`. Empty when nothing is surely left.
    public Optional<ConvexCurve> leftover(ConcaveCurve others) {
        if (!rate().minus(others.rate()).isPositive()) {
            return Optional.empty();
        }
        var left = new ArrayList<RateLatency>();
        for (var part : parts) {
            for (var bucket : others.buckets()) {
                var rate = part.rate().minus(bucket.rate());
                if (rate.isPositive()) {
                    var atZero = part.rate().during(part.latency()).plus(bucket.burst());
                    left.add(new RateLatency(rate, atZero.at(rate)));
                }
            }
        }
        return Optional.of(new ConvexCurve(left));
    }

    /// What is left for a flow that is served in order of arrival together with the others (Le Boudec and
    /// Thiran, proposition 6.2.1): `[β(t) − α(t − θ)]⁺` for t above θ. Empty when nothing is surely left.
    ///
    /// @param theta the free choice θ; not negative. What is guaranteed at once when θ has passed is given up,
    ///     so that the result is convex
    public Optional<ConvexCurve> leftoverInOrder(ConcaveCurve others, Time theta) {
        if (!rate().minus(others.rate()).isPositive()) {
            return Optional.empty();
        }
        var left = new ArrayList<RateLatency>();
        for (var part : parts) {
            for (var bucket : others.buckets()) {
                var rate = part.rate().minus(bucket.rate());
                if (rate.isPositive()) {
                    // zero of part.rate · (t − latency) − burst − bucket.rate · (t − θ)
                    var owed = part.rate()
                            .during(part.latency())
                            .plus(bucket.burst())
                            .minus(bucket.rate().during(theta));
                    left.add(new RateLatency(rate, owed.at(rate).max(theta)));
                }
            }
        }
        return Optional.of(new ConvexCurve(left));
    }

    /// What a server guarantees that serves whole packets, if its bits are bounded by this curve (Le Boudec and
    /// Thiran, theorem 1.7.1).
    ///
    /// @param largest the largest packet
    public ConvexCurve packetized(Data largest) {
        return new ConvexCurve(parts.stream()
                .filter(p -> p.rate().isPositive())
                .map(p -> new RateLatency(p.rate(), p.latency().plus(largest.at(p.rate()))))
                .toList());
    }

    /// The first time at which this much is guaranteed.
    private Time reach(Data data) {
        return parts.stream()
                .filter(p -> p.rate().isPositive())
                .map(p -> p.latency().plus(data.at(p.rate())))
                .reduce(Time::min)
                .orElseThrow();
    }

    /// The times at which one part gives way to the next, rising.
    List<Time> bends() {
        var bends = new ArrayList<Time>();
        bends.add(latency());
        for (int i = 1; i < parts.size(); i++) {
            bends.add(crossing(parts.get(i - 1), parts.get(i)));
        }
        return bends;
    }

    private Stream<Rate> rates() {
        return parts.stream().map(RateLatency::rate).filter(Rate::isPositive);
    }

    /// How far below zero the line of this rate starts that touches the curve from below. The rate is not above
    /// the last one.
    private Data conjugate(Rate rate) {
        return bends().stream()
                .map(bend -> rate.during(bend).minus(during(bend)))
                .reduce(Data::max)
                .orElseThrow();
    }

    private static Time crossing(RateLatency early, RateLatency fast) {
        return fast.rate()
                .during(fast.latency())
                .minus(early.rate().during(early.latency()))
                .at(fast.rate().minus(early.rate()));
    }

    /// The upper envelope. What is left out where two parts cannot be told apart only makes the curve smaller:
    /// it stays a guarantee.
    private static List<RateLatency> envelope(List<RateLatency> parts) {
        Comparator<RateLatency> byLatency = (a, b) ->
                compare(a.latency().isTighterThan(b.latency()), b.latency().isTighterThan(a.latency()));
        Comparator<RateLatency> byRate =
                (a, b) -> compare(b.rate().isTighterThan(a.rate()), a.rate().isTighterThan(b.rate()));
        var kept = new ArrayList<RateLatency>();
        for (var part : parts.stream().sorted(byLatency.thenComparing(byRate)).toList()) {
            if (!kept.isEmpty() && !part.rate().minus(kept.getLast().rate()).isPositive()) {
                continue;
            }
            while (kept.size() > 1
                    && !crossing(kept.get(kept.size() - 2), kept.getLast())
                            .isTighterThan(crossing(kept.getLast(), part))) {
                kept.removeLast();
            }
            kept.add(part);
        }
        return List.copyOf(kept);
    }
}
