package io.millwright.certificate.ports;

import io.millwright.certificate.Fraction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Zero, and the most of straight lines that begin at or below it and rise: what is served at least within a
/// span.
///
/// @param lines those that are the most somewhere; none where nothing is served
record Convex(List<Line> lines) {

    private static final Line FLAT = new Line(Fraction.ZERO, Fraction.ZERO);

    Convex {
        var rising = lines.stream().filter(l -> l.rate().isPositive()).toList();
        lines = rising.isEmpty() ? rising : negative(new Concave(negative(rising)).lines());
    }

    private static List<Line> negative(List<Line> lines) {
        return lines.stream().map(FLAT::minus).toList();
    }

    /// A constant rate.
    static Convex of(Fraction rate) {
        return new Convex(List.of(new Line(Fraction.ZERO, rate)));
    }

    Convex times(Fraction factor) {
        return new Convex(lines.stream().map(l -> l.times(factor)).toList());
    }

    /// What others leave of it.
    Convex without(Concave others) {
        return lines.isEmpty()
                ? this
                : new Convex(negative(new Concave(negative(lines)).plus(others).lines()));
    }

    /// The longest time from the arrival of data until all that came before, and they but the last `less`,
    /// have been served: the horizontal deviation (Le Boudec and Thiran, Network Calculus, 2001, theorem
    /// 1.4.2).
    ///
    /// After `w` there are `α(w) − less` to be served, which line `k` has done after `(α(w) − less − baseₖ) /
    /// rateₖ`. That less `w` is a line over `w` for each two lines; the first line of service to have done it
    /// counts, so it is the peak of the least of all these.
    Optional<Fraction> delay(Concave arrivals, Fraction less) {
        var waits = lines.stream()
                .flatMap(s -> arrivals.lines().stream()
                        .map(a -> new Line(
                                a.base().minus(less).minus(s.base()).over(s.rate()),
                                a.rate().over(s.rate()).minus(Fraction.ONE))))
                .toList();
        return waits.isEmpty() ? Optional.empty() : new Concave(waits).peak().map(Fraction.ZERO::most);
    }

    /// How far this falls behind what comes at the most: the vertical deviation (the same, theorem 1.4.1).
    Optional<Fraction> excess(Concave arrivals) {
        var waiting = new ArrayList<>(arrivals.lines());
        lines.forEach(s -> arrivals.lines().forEach(a -> waiting.add(a.minus(s))));
        return new Concave(waiting).peak();
    }
}
