package io.millwright.network.bounds;

import io.millwright.network.curve.Time;
import io.millwright.network.number.Enclosure;
import io.millwright.network.number.Rational;
import io.millwright.network.number.Scalar;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Delays that depend on each other: the least solution `x ≥ 0` of `x = F(x)`, or a vector above it, where
///
/// `F(x)ₚ = (cₚ + Σ over the ways that end at p of rate · (the x of all places before, along the way)) / wₚ`
///
/// with `c ≥ 0` and `w > 0`: `F(x) = c′ + A x` with a matrix `A ≥ 0`. The solution is finite, and above every
/// finite `d ≤ F(d)`, when the spectral radius of `A` is below one. Two proofs of that are used (A. Berman, R.
/// J. Plemmons, Nonnegative Matrices in the Mathematical Sciences, 1994, chapter 6, theorem 2.3):
///
/// - in fractions: all pivots of `I − A` under elimination in the given order are positive;
/// - in floating point, or for many places: a vector `x > 0` with `F(x) < x` everywhere, where `F` is computed
///   with both ends rounded outward. As `c ≥ 0`, then `A x < x`, and `x` is above the least
///   solution.
final class FixedPoint {

    /// Up to so many places systems of fractions are solved exactly.
    static final int MOST_EXACT = 40;

    /// How many terms of sums are computed before a solution is given up.
    private static final long MOST_TERMS = 1_000_000_000L;

    private final Scalar[] weights;
    private final Scalar[] constants;
    private final List<Way> ways;
    private final int n;

    /// @param weights `w`, above zero
    /// @param constants `c`, not negative
    /// @param ways each after the one that it goes on from
    FixedPoint(Scalar[] weights, Scalar[] constants, List<Way> ways) {
        this.weights = weights;
        this.constants = constants;
        this.ways = ways;
        n = weights.length;
    }

    /// A way over some of the places.
    ///
    /// @param place where it ends
    /// @param before the way that it is but for this place, by its number; -1 for none
    /// @param rate what the flows that take it bring
    record Way(int place, int before, Scalar rate) {}

    /// A solution or a vector above the least one.
    ///
    /// @param values the delay at each place
    /// @param proof why it is one
    record Solution(Scalar[] values, Cycle.Proof proof) {}

    /// Solves it; empty where the solution is not finite, or not proved to be.
    Optional<Solution> solve() {
        boolean exact = n <= MOST_EXACT
                && Arrays.stream(weights).allMatch(Rational.class::isInstance)
                && Arrays.stream(constants).allMatch(Rational.class::isInstance);
        return exact ? eliminated() : enclosed();
    }

    private Optional<Solution> eliminated() {
        var a = matrix();
        var c = constants.clone();
        var least = Rational.ONE;
        for (int p = 0; p < n; p++) {
            var pivot = a[p][p];
            if (!pivot.isPositive()) {
                return Optional.empty();
            }
            least = (Rational) Scalar.min(least, pivot.over(weights[p]));
            for (int i = p + 1; i < n; i++) {
                if (!a[i][p].isZero()) {
                    subtract(a[i], a[p], a[i][p].over(pivot), p + 1);
                    c[i] = c[i].minus(c[p].times(a[i][p].over(pivot)));
                }
            }
        }
        for (int p = n - 1; p >= 0; p--) {
            for (int j = p + 1; j < n; j++) {
                c[p] = c[p].minus(a[p][j].times(c[j]));
            }
            c[p] = c[p].over(a[p][p]);
        }
        return Optional.of(new Solution(c, new Cycle.Pivots(least)));
    }

    private static void subtract(Scalar[] row, Scalar[] other, Scalar times, int from) {
        for (int j = from; j < row.length; j++) {
            if (!other[j].isZero()) {
                row[j] = row[j].minus(other[j].times(times));
            }
        }
    }

    /// `diag(w) (I − A)`: its pivots are those of `I − A`, each times its weight.
    private Scalar[][] matrix() {
        var a = new Scalar[n][n];
        for (int p = 0; p < n; p++) {
            Arrays.fill(a[p], Rational.ZERO);
            a[p][p] = weights[p];
        }
        for (var way : ways) {
            for (int at = way.before(); at >= 0; at = ways.get(at).before()) {
                int place = ways.get(at).place();
                a[way.place()][place] = a[way.place()][place].minus(way.rate());
            }
        }
        return a;
    }

    /// Looks for the solution of a slightly larger system in floating point, and verifies that it is one of
    /// this system with something to spare. Where too little is spared for the rounding, again with more.
    private Optional<Solution> enclosed() {
        var iteration = new Iteration();
        for (int places = 36; places >= 12; places -= 6) {
            var x = iteration.above(Math.scalb(1.0, -places));
            if (x.isEmpty()) {
                return Optional.empty();
            }
            if (isVerified(x.get())) {
                var values = Arrays.stream(x.get()).mapToObj(FixedPoint::point).toArray(Scalar[]::new);
                var delays = Arrays.stream(values).map(Time::new).toList();
                return Optional.of(new Solution(values, new Cycle.Vector(delays)));
            }
        }
        return Optional.empty();
    }

    private static Scalar point(double x) {
        return new Enclosure(x, x);
    }

    /// Whether surely `x > 0` and `F(x) < x` everywhere.
    private boolean isVerified(double[] x) {
        var sums = constants.clone();
        var before = new Scalar[ways.size()];
        for (int k = 0; k < before.length; k++) {
            var way = ways.get(k);
            before[k] = Rational.ZERO;
            int last = way.before();
            if (last >= 0) {
                before[k] = before[last].plus(point(x[ways.get(last).place()]));
                sums[way.place()] = sums[way.place()].plus(way.rate().times(before[k]));
            }
        }
        for (int p = 0; p < n; p++) {
            var spare = point(x[p]).minus(sums[p].over(weights[p]));
            if (!(x[p] > 0) || !spare.isPositive()) {
                return false;
            }
        }
        return true;
    }

    /// `x ← F(x)` in floating point from zero on. Nothing rests on it: what it finds is verified.
    private final class Iteration {
        /// What is added to a delay below this share is lost in rounding.
        private static final double ROUNDING = 0x1p-50;
        /// Below this share, rounding may make what is added look larger than it is.
        private static final double NOISE = 0x1p-30;

        private final double[] weight =
                Arrays.stream(weights).mapToDouble(Scalar::lower).toArray();
        private final double[] constant =
                Arrays.stream(constants).mapToDouble(Scalar::upper).toArray();
        private final double[] rate =
                ways.stream().mapToDouble(w -> w.rate().upper()).toArray();
        private final int[] place = ways.stream().mapToInt(Way::place).toArray();
        private final int[] last = ways.stream().mapToInt(Way::before).toArray();
        private final double[] before = new double[place.length];
        private double[] x = new double[n];
        private long terms;

        /// A vector that should be above `F` of it by a share of what every place adds of its own, but for
        /// rounding. Empty where it grows all over, or does not come to rest in time.
        Optional<double[]> above(double share) {
            double largest = 0;
            for (int p = 0; p < n; p++) {
                largest = Math.max(largest, constant[p] / weight[p]);
            }
            double floor = largest > 0 ? largest / 1024 : 1;
            var added = new double[n];
            for (int p = 0; p < n; p++) {
                added[p] = share * Math.max(constant[p] / weight[p], floor);
            }
            var grown = new double[n];
            Arrays.fill(grown, Double.POSITIVE_INFINITY);
            while (terms < MOST_TERMS) {
                terms += place.length + n;
                var following = next(added);
                boolean rests = true;
                boolean grows = true;
                for (int p = 0; p < n; p++) {
                    double growth = following[p] - x[p];
                    rests &= growth <= Math.max(added[p] / 2, x[p] * ROUNDING);
                    grows &= growth >= grown[p] && growth > x[p] * NOISE;
                    grown[p] = growth;
                }
                if (rests) {
                    return Optional.of(x);
                }
                if (grows) { // A g ≥ g for a g > 0: the spectral radius is not below one
                    return Optional.empty();
                }
                x = following;
            }
            return Optional.empty();
        }

        private double[] next(double[] added) {
            var sums = constant.clone();
            for (int k = 0; k < place.length; k++) {
                before[k] = last[k] < 0 ? 0 : before[last[k]] + x[place[last[k]]];
                sums[place[k]] += rate[k] * before[k];
            }
            for (int p = 0; p < n; p++) {
                sums[p] = sums[p] / weight[p] + added[p];
            }
            return sums;
        }
    }
}
