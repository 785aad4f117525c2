package io.millwright.network.number;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.testkit.Property;
import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Rationals against the definition of fractions in [BigInteger]; enclosures against rationals.
class ScalarTest {

    private static final BigInteger[] EDGES = {
        BigInteger.ZERO,
        BigInteger.ONE,
        BigInteger.valueOf(Long.MAX_VALUE),
        BigInteger.valueOf(Long.MIN_VALUE),
        BigInteger.valueOf(1L << 53),
        BigInteger.valueOf(Integer.MAX_VALUE),
        BigInteger.TWO.pow(70)
    };

    @Test
    void arithmeticOfFractionsIsThatOfCrossMultiplication() {
        Property.check(20_000, random -> {
            var a = whole(random);
            var b = positive(random);
            var c = whole(random);
            var d = positive(random);
            var x = Rational.of(a, b);
            var y = Rational.of(c, d);
            assertSame(a.multiply(d).add(c.multiply(b)), b.multiply(d), x.plus(y));
            assertSame(a.multiply(d).subtract(c.multiply(b)), b.multiply(d), (Rational) x.minus(y));
            assertSame(a.multiply(c), b.multiply(d), x.times(y));
            if (c.signum() != 0) {
                assertSame(a.multiply(d), b.multiply(c), (Rational) x.over(y));
            }
            assertEquals(a.multiply(d).compareTo(c.multiply(b)), x.compareTo(y));
            assertEquals(x, Rational.parse(x.toString()));
        });
    }

    @Test
    void whatIsComputedOfEnclosuresEnclosesWhatIsComputedOfRationals() {
        Property.check(2_000, random -> {
            Rational exact = Rational.of(random.nextInt(1, 1000), random.nextInt(1, 1000));
            Scalar enclosed = Enclosure.of(exact);
            for (int step = 0; step < 20; step++) {
                var operand = Rational.of(random.nextInt(1, 1000), random.nextInt(1, 1000));
                int operation = random.nextInt(6);
                if (operation == 3 && exact.upperSign() == 0) {
                    continue;
                }
                var next = apply(operation, exact, operand);
                enclosed = apply(operation, enclosed, operand);
                exact = (Rational) next;
                assertTrue(Rational.of(enclosed.lower()).compareTo(exact) <= 0, "lower");
                assertTrue(Rational.of(enclosed.upper()).compareTo(exact) >= 0, "upper");
            }
        });
    }

    private static Scalar apply(int operation, Scalar a, Scalar b) {
        return switch (operation) {
            case 0 -> a.plus(b);
            case 1 -> a.minus(b);
            case 2 -> a.times(b);
            case 3 -> a.over(b);
            case 4 -> Scalar.min(a, b);
            default -> Scalar.max(a, b);
        };
    }

    @Test
    void decimalsAndFractionsAreReadExactly() {
        assertEquals(Rational.of(3, 4), Rational.parse("0.75"));
        assertEquals(Rational.of(3, 4), Rational.parse("75e-2"));
        assertEquals(Rational.of(-3, 4), Rational.parse("-6/8"));
        assertEquals(Rational.of(1, 10), Rational.parse(".1"));
        for (var wrong : new String[] {"", "1/0", "1/", "0x1", "NaN", "1e9999", "1 ", "--1", "1/-2"}) {
            assertThrows(NumberFormatException.class, () -> Rational.parse(wrong), wrong);
        }
    }

    @Test
    void divisionByWhatMayBeZeroIsRefused() {
        assertThrows(ArithmeticException.class, () -> Rational.ONE.over(Rational.ZERO));
        assertThrows(ArithmeticException.class, () -> Rational.ONE.over(new Enclosure(-1, 1)));
        assertThrows(ArithmeticException.class, () -> new Enclosure(Double.NaN, 1));
    }

    private static BigInteger whole(SplittableRandom random) {
        var value = random.nextInt(3) == 0
                ? EDGES[random.nextInt(EDGES.length)].add(BigInteger.valueOf(random.nextInt(-2, 3)))
                : BigInteger.valueOf(random.nextInt(4) == 0 ? random.nextLong() : random.nextInt(-1000, 1000));
        return random.nextBoolean() ? value : value.negate();
    }

    private static BigInteger positive(SplittableRandom random) {
        return whole(random).abs().max(BigInteger.ONE);
    }

    private static void assertSame(BigInteger numerator, BigInteger denominator, Rational actual) {
        assertEquals(
                numerator.multiply(actual.denominator()), actual.numerator().multiply(denominator));
        assertEquals(BigInteger.ONE, actual.numerator().gcd(actual.denominator()));
        assertTrue(actual.denominator().signum() > 0);
    }
}
