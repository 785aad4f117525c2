package io.millwright.network.bounds;

import io.millwright.network.curve.Time;
import io.millwright.network.curve.TokenBucket;
import io.millwright.network.number.Enclosure;
import io.millwright.network.number.Rational;
import io.millwright.network.number.Scalar;
import io.millwright.network.solver.LinearProgram;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The delay of one flow through servers in order of arrival as a linear program (A. Bouillard, Trade-off
/// between accuracy and tractability of Network Calculus in FIFO networks, Performance Evaluation 153, 2022,
/// the program of polynomial size).
///
/// Let the last bit leave its way at the date `t(n,0)`. Back from there, at the entry of the server `j` stand
/// `n − j + 1` dates, the latest first. All but the last are those at which came what left `j` at the dates of
/// the next entry: as the server serves in order of arrival, that is one date for all flows. The last one is a
/// date that the service curve speaks of: since then the server has served at least what the curve says, until
/// the last date at the next entry. What is known of dates and of what each flow has sent by then is linear:
/// their order, that a source does not send more than its token bucket, what the servers serve, and that no
/// server delays by more than total flow analysis says. The largest distance of `t(n,0)` and the date at
/// which the bit came is a bound.
final class LinearBound {

    /// Larger programs are not made.
    static final int ROWS_MOST = 40_000;

    private final Routes routes;
    private final int[] path;
    private final List<Crossing> crossings;
    private final IntFunction<Scalar> longest;
    private final LinearProgram program = new LinearProgram();
    private final List<Inequality> inequalities = new ArrayList<>();
    private final int[][] ages;
    private final double time;

    /// What is known of dates, by the name that traces give it ([BoundsTrace]).
    ///
    /// @param places of which servers, flows and dates, counted from 0
    record Inequality(String rule, List<Integer> places) {
        @Override
        public String toString() {
            return rule + places.stream().map(p -> ":" + p).collect(Collectors.joining());
        }
    }

    /// A bound, in seconds, and the inequalities that add up to it.
    ///
    /// @param times how many times each is added
    record Derivation(Scalar delay, List<Inequality> inequalities, List<Scalar> times) {}

    /// @param crossings all flows on the way, the one that is looked at too
    /// @param longest for a place on the way how long its server delays at most, in seconds
    LinearBound(Routes routes, int[] path, List<Crossing> crossings, IntFunction<Scalar> longest) {
        this.routes = routes;
        this.path = path;
        this.crossings = crossings;
        this.longest = longest;
        double sum = 0;
        for (int j = 0; j < path.length; j++) {
            sum += longest.apply(j).upper();
        }
        time = sum;
        ages = new int[path.length][];
    }

    /// How long the flow is under way at most, in seconds; empty where none is proved, or the program would be
    /// too large.
    Optional<Derivation> delay() {
        if (time == 0) {
            var none = IntStream.range(0, path.length)
                    .mapToObj(j -> new Inequality("waits", List.of(j, 0)))
                    .toList();
            return Optional.of(new Derivation(Rational.ZERO, none, Collections.nCopies(path.length, Rational.ONE)));
        }
        if (rows() > ROWS_MOST) {
            return Optional.empty();
        }
        for (int j = path.length - 1; j >= 0; j--) {
            ages[j] = dates(j);
        }
        var sent = new ArrayList<int[]>();
        for (int c = 0; c < crossings.size(); c++) {
            sent.add(sent(c));
        }
        for (int j = 0; j < path.length; j++) {
            serves(j, sent);
        }
        return program.most(ages[0][0]).map(this::derivation);
    }

    private Derivation derivation(LinearProgram.Proof proof) {
        var used = IntStream.range(0, inequalities.size())
                .filter(i -> !proof.multipliers().get(i).isZero())
                .boxed()
                .toList();
        return new Derivation(
                proof.most(),
                used.stream().map(inequalities::get).toList(),
                used.stream().map(proof.multipliers()::get).toList());
    }

    private void add(LinearProgram.Sum sum, Scalar most, String rule, Integer... places) {
        sum.isAtMost(most);
        inequalities.add(new Inequality(rule, List.of(places)));
    }

    private long rows() {
        long rows = 0;
        for (var crossing : crossings) {
            long dates = path.length - crossing.from() + 1L;
            rows += dates * (dates + 1) / 2;
        }
        return rows + 3L * path.length * path.length;
    }

    /// How long before the end the dates at the entry of a server are: they follow each other, are not after
    /// those at the next entry that belong to them, and not before these by more than the server delays.
    private int[] dates(int j) {
        var dates = new int[path.length - j + 1];
        for (int k = 0; k < dates.length; k++) {
            dates[k] = program.variable(time);
            if (k > 0) {
                add(program.sum().plus(dates[k - 1]).minus(dates[k]), Rational.ZERO, "order", j, k);
            }
            if (k < dates.length - 1) {
                var delay = program.sum().plus(dates[k]);
                if (j + 1 < path.length) {
                    add(program.sum().plus(ages[j + 1][k]).minus(dates[k]), Rational.ZERO, "passes", j, k);
                    delay.minus(ages[j + 1][k]);
                }
                add(delay, longest.apply(j), "waits", j, k);
            }
        }
        return dates;
    }

    /// How much less than at the first date had come at the others, where some flows join: it does not fall,
    /// and between any two dates not more comes than may.
    private int[] sent(int c) {
        var crossing = crossings.get(c);
        var dates = ages[crossing.from()];
        var arrivals = crossing.arrivals();
        var most = arrivals.during(new Time(new Enclosure(time, time))).bits();
        double unit = Math.max(most.upper(), Double.MIN_NORMAL);
        var sent = new int[dates.length];
        for (int k = 1; k < dates.length; k++) {
            sent[k] = program.variable(unit);
            if (k > 1) {
                add(program.sum().plus(sent[k - 1]).minus(sent[k]), Rational.ZERO, "grows", c, k);
            }
            for (int before = 0; before < k; before++) {
                add(
                        cameBetween(sent, dates, before, k, arrivals),
                        arrivals.burst().bits(),
                        "comes",
                        c,
                        before,
                        k);
            }
        }
        return sent;
    }

    private LinearProgram.Sum cameBetween(int[] sent, int[] dates, int before, int k, TokenBucket arrivals) {
        var rate = arrivals.rate().bitsPerSecond();
        var came = program.sum().plus(sent[k]);
        if (before > 0) {
            came.minus(sent[before]);
        }
        return came.plus(negative(rate), dates[k]).plus(rate, dates[before]);
    }

    /// What left the server between the two last dates is at least what its curve says.
    private void serves(int j, List<int[]> sent) {
        var service = routes.service(path[j]);
        var rate = service.rate().bitsPerSecond();
        int last = path.length - j - 1;
        var left = program.sum().plus(rate, ages[j][last + 1]);
        if (j + 1 < path.length) {
            left.plus(negative(rate), ages[j + 1][last]);
        }
        for (int i = 0; i < crossings.size(); i++) {
            if (crossings.get(i).from() <= j && j < crossings.get(i).to()) {
                left.minus(sent.get(i)[last + 1]);
                if (last > 0) {
                    left.plus(sent.get(i)[last]);
                }
            }
        }
        add(left, service.rate().during(service.latency()).bits(), "serves", j);
    }

    private static Scalar negative(Scalar number) {
        return Rational.ZERO.minus(number);
    }
}
