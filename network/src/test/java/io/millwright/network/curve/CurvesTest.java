package io.millwright.network.curve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.network.number.Enclosure;
import io.millwright.network.number.Rational;
import io.millwright.network.number.Scalar;
import io.millwright.testkit.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/// Every operation against its definition as an infimum or supremum, taken over points of which one is optimal
/// because the curves are piecewise linear; and the same on enclosures against the same on rationals.
class CurvesTest {

    /// Times enough for a supremum: finer than the bends, which lie on no grid, so the definition is checked as
    /// an inequality at each point and the operation's own claim is attained at the bends.
    private static final int GRID = 60;

    private static final Rational STEP = Rational.of(1, 3);

    @Test
    void theConvolutionIsTheInfimumOfAllSplits() {
        Property.check(300, random -> {
            var f = convex(random);
            var g = convex(random);
            var result = f.convolve(g);
            for (int i = 0; i <= GRID; i += 4) {
                var t = time(i);
                Data least = f.during(t); // split at t: g(0) = 0
                var splits = new ArrayList<Time>(f.bends());
                g.bends().forEach(b -> splits.add(t.minus(b)));
                splits.add(Time.ZERO);
                for (var u : splits) {
                    if (u.seconds().isNonNegative() && t.minus(u).seconds().isNonNegative()) {
                        least = least.min(f.during(u).plus(g.during(t.minus(u))));
                    }
                }
                assertEquals(least, result.during(t), f + " ⊗ " + g + " at " + t);
            }
        });
    }

    @Test
    void theOutputIsTheSupremumOfAllStarts() {
        Property.check(300, random -> {
            var service = convex(random);
            var arrivals = concave(random);
            var output = service.output(arrivals);
            if (output.isEmpty()) {
                assertTrue(arrivals.rate().minus(service.rate()).bitsPerSecond().isPositive());
                return;
            }
            for (int i = 0; i <= GRID; i += 4) {
                var t = time(i);
                var most = arrivals.during(t);
                var starts = new ArrayList<>(service.bends());
                arrivals.bends().forEach(b -> starts.add(b.minus(t).max(Time.ZERO)));
                for (var u : starts) {
                    most = most.max(arrivals.during(t.plus(u)).minus(service.during(u)));
                }
                assertEquals(most, output.get().during(t), arrivals + " ⊘ " + service + " at " + t);
            }
        });
    }

    @Test
    void noDelayIsLongerAndNoBacklogIsLargerThanTheDeviationAndBothAreReached() {
        Property.check(300, random -> {
            var service = convex(random);
            var arrivals = concave(random);
            var delay = service.delay(arrivals);
            var backlog = service.backlog(arrivals);
            assertEquals(delay.isPresent(), backlog.isPresent());
            if (delay.isEmpty()) {
                return;
            }
            var slack = new Time(Rational.of(1, 1_000_000));
            boolean reached = false;
            var moments = new ArrayList<Time>(arrivals.bends());
            moments.add(new Time(
                    Rational.of(1, 4_000_000))); // where nothing comes at once, the deviation is a limit at zero
            for (int i = 0; i <= GRID; i++) {
                moments.add(time(i));
            }
            service.bends().forEach(b -> arrivals.buckets().forEach(a -> moments.add(moment(service.during(b), a))));
            for (var t : moments) {
                assertTrue(service.during(t.plus(delay.get()))
                        .minus(arrivals.during(t))
                        .bits()
                        .isNonNegative());
                var less = t.plus(delay.get()).minus(slack).max(Time.ZERO);
                reached |= arrivals.during(t).minus(service.during(less)).bits().isPositive();
                assertTrue(backlog.get()
                        .minus(arrivals.during(t).minus(service.during(t)))
                        .bits()
                        .isNonNegative());
            }
            boolean nothing = arrivals.during(time(GRID)).bits().isZero();
            assertTrue(reached || nothing || delay.get().seconds().isZero(), arrivals + " through " + service);
        });
    }

    private static Time moment(Data value, TokenBucket bucket) {
        var rest = value.minus(bucket.burst());
        return bucket.rate().isPositive() && rest.bits().isNonNegative() ? rest.at(bucket.rate()) : Time.ZERO;
    }

    @Test
    void leftoverServiceIsWhatItsDefinitionSays() {
        Property.check(300, random -> {
            var service = convex(random);
            var others = concave(random);
            var left = service.leftover(others);
            assertEquals(service.rate().minus(others.rate()).isPositive(), left.isPresent());
            var theta = time(random.nextInt(GRID));
            var inOrder = service.leftoverInOrder(others, theta);
            for (int i = 1; left.isPresent() && i <= GRID; i++) {
                var t = time(i);
                var rest = service.during(t).minus(others.during(t)).max(Data.ZERO);
                assertEquals(rest, left.get().during(t));
                var since = t.minus(theta);
                if (!since.seconds().isPositive()) {
                    assertEquals(Data.ZERO, inOrder.orElseThrow().during(t));
                } else {
                    var most = service.during(t).minus(others.during(since)).max(Data.ZERO);
                    assertTrue(
                            most.minus(inOrder.orElseThrow().during(t)).bits().isNonNegative());
                }
            }
        });
    }

    /// The FIFO leftover without its jump, with θ = T + b / R: the form used by most analyses.
    @Test
    void aServerInOrderLeavesARateAfterTheLatencyAndTheOthersBurst() {
        var service = ConvexCurve.of(new RateLatency(Rate.of(10), Time.of(10)));
        var others = ConcaveCurve.of(new TokenBucket(Data.of(25), Rate.of(5)));
        var left = service.leftoverInOrder(others, service.delay(others).orElseThrow())
                .orElseThrow();
        assertEquals(ConvexCurve.of(new RateLatency(Rate.of(5), new Time(Rational.of(25, 2)))), left);
    }

    @Test
    void packetsAddTheLargestToWhatComesAndTakeItFromWhatIsServed() {
        Property.check(200, random -> {
            var largest = Data.of(random.nextInt(1, 20));
            var arrivals = concave(random);
            var service = convex(random);
            for (int i = 1; i <= GRID; i += 7) {
                var t = time(i);
                assertEquals(
                        arrivals.during(t).plus(largest),
                        arrivals.packetized(largest).during(t));
                assertEquals(
                        service.during(t).minus(largest).max(Data.ZERO),
                        service.packetized(largest).during(t));
            }
        });
    }

    /// The same operations on floating-point numbers give what surely encloses the exact results.
    @Test
    void enclosuresHoldTheExactResults() {
        Property.check(500, random -> {
            var f = convex(random);
            var g = convex(random);
            var a = concave(random);
            var b = concave(random);
            var exact = results(f, g, a, b);
            var enclosed = results(blur(f), blur(g), blur(a), blur(b));
            for (int i = 0; i < exact.size(); i++) {
                var e = (Rational) exact.get(i);
                var s = enclosed.get(i);
                assertTrue(Rational.of(s.lower()).compareTo(e) <= 0, i + ": " + s + " above " + e);
                assertTrue(Rational.of(s.upper()).compareTo(e) >= 0, i + ": " + s + " below " + e);
                assertTrue(s.upper() - s.lower() <= 1e-9 * (1 + Math.abs(s.upper())), i + ": wide " + s);
            }
        });
    }

    private static List<Scalar> results(ConvexCurve f, ConvexCurve g, ConcaveCurve a, ConcaveCurve b) {
        var results = new ArrayList<Scalar>();
        var service = f.convolve(g);
        var t = time(40);
        results.add(service.during(t).bits());
        results.add(a.plus(b).during(t).bits());
        results.add(a.min(b).during(t).bits());
        results.add(f.max(g).during(t).bits());
        if (service.rate().bitsPerSecond().upper()
                > 1.01 * a.plus(b).rate().bitsPerSecond().upper()) {
            results.add(service.delay(a).orElseThrow().seconds());
            results.add(service.backlog(a).orElseThrow().bits());
            results.add(service.output(a).orElseThrow().during(t).bits());
            results.add(service.leftover(b).orElseThrow().during(t).bits());
            results.add(service.leftover(b).orElseThrow().delay(a).orElseThrow().seconds());
        }
        return results;
    }

    @Test
    void superfluousPartsAreLeftOut() {
        var a = new TokenBucket(Data.of(1), Rate.of(10));
        var b = new TokenBucket(Data.of(6), Rate.of(1));
        assertEquals(
                List.of(a, b),
                ConcaveCurve.of(b, new TokenBucket(Data.of(6), Rate.of(5)), a).buckets());
        assertFalse(ConvexCurve.of(new RateLatency(Rate.of(2), Time.of(1)), new RateLatency(Rate.of(1), Time.of(2)))
                        .parts()
                        .size()
                > 1);
    }

    private static ConvexCurve blur(ConvexCurve c) {
        UnaryOperator<Scalar> blur = CurvesTest::blur;
        return new ConvexCurve(c.parts().stream()
                .map(p -> new RateLatency(
                        new Rate(blur.apply(p.rate().bitsPerSecond())),
                        new Time(blur.apply(p.latency().seconds()))))
                .toList());
    }

    private static ConcaveCurve blur(ConcaveCurve c) {
        return new ConcaveCurve(c.buckets().stream()
                .map(p -> new TokenBucket(
                        new Data(blur(p.burst().bits())), new Rate(blur(p.rate().bitsPerSecond()))))
                .toList());
    }

    private static Scalar blur(Scalar s) {
        return new Enclosure(s.lower(), s.upper());
    }

    private static Time time(int i) {
        return new Time(Rational.of(i).times(STEP));
    }

    private static ConvexCurve convex(SplittableRandom random) {
        var parts = new ArrayList<RateLatency>();
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            parts.add(new RateLatency(new Rate(number(random, 1)), new Time(number(random, 0))));
        }
        return new ConvexCurve(parts);
    }

    private static ConcaveCurve concave(SplittableRandom random) {
        var buckets = new ArrayList<TokenBucket>();
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            buckets.add(new TokenBucket(new Data(number(random, 0)), new Rate(number(random, 0))));
        }
        return new ConcaveCurve(buckets);
    }

    private static Rational number(SplittableRandom random, int least) {
        return Rational.of(random.nextInt(least, 12), random.nextInt(1, 4));
    }
}
