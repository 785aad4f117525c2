package io.millwright.network.solver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.network.number.Enclosure;
import io.millwright.network.number.Rational;
import io.millwright.network.number.Scalar;
import io.millwright.testkit.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Proved largest values, against all corners computed in fractions.
class LinearProgramTest {

    private static final int CASES = Integer.getInteger("mw.cases", 200);
    private static final int VARIABLES = 3;

    @BeforeEach
    void theSolverIsThere() {
        Assumptions.assumeTrue(OrTools.isAvailable(), OrTools.why());
    }

    /// `x + y ≤ 4` and `x − y ≤ 1/3`: they meet at x = 13/6.
    @Test
    void twoLinesMeet() {
        var program = new LinearProgram();
        int x = program.variable(1);
        int y = program.variable(1);
        program.sum().plus(x).plus(y).isAtMost(Rational.of(4));
        program.sum().plus(x).minus(y).isAtMost(Rational.of(1, 3));
        var half = Rational.of(1, 2);
        var proof = new LinearProgram.Proof(Rational.of(13, 6), List.of(half, half));
        assertEquals(Optional.of(proof), program.most(x));
    }

    @Test
    void whatHasNoLimitHasNoBound() {
        var program = new LinearProgram();
        int x = program.variable(1);
        int y = program.variable(1);
        program.sum().plus(x).minus(y).isAtMost(Rational.ONE);
        assertEquals(Optional.empty(), program.most(x));
    }

    /// `x / 3 ≤ 1` where a third is only known to lie between two numbers: 3 is not exceeded, and hardly more.
    @Test
    void whatIsNotExactlyKnownIsRoundedOutward() {
        var third = new Enclosure(Math.nextDown(1.0 / 3), Math.nextUp(1.0 / 3));
        var program = new LinearProgram();
        int x = program.variable(1);
        program.sum().plus(third, x).isAtMost(Rational.ONE);
        double most = program.most(x).orElseThrow().most().upper();
        assertTrue(most >= 3 && most <= 3 + 1e-6, Double.toString(most));
    }

    private record Inequality(long[] coefficients, long bound) {}

    @Test
    void theLargestOfAllCornersIsProved() {
        Property.check(CASES, random -> {
            var inequalities = new ArrayList<Inequality>();
            inequalities.add(new Inequality(new long[] {1, 1, 1}, random.nextInt(1, 50)));
            for (int i = random.nextInt(1, 6); i > 0; i--) {
                inequalities.add(new Inequality(
                        random.ints(VARIABLES, -9, 10).asLongStream().toArray(), random.nextInt(0, 30)));
            }
            var program = new LinearProgram();
            for (int v = 0; v < VARIABLES; v++) {
                program.variable(10);
            }
            for (var inequality : inequalities) {
                var sum = program.sum();
                for (int v = 0; v < VARIABLES; v++) {
                    sum.plus(Rational.of(inequality.coefficients[v]), v);
                }
                sum.isAtMost(Rational.of(inequality.bound));
            }
            for (int v = 0; v < VARIABLES; v++) {
                inequalities.add(new Inequality(unit(v), 0));
            }
            var expected = largestCorner(inequalities);
            Scalar proved = program.most(0).orElseThrow().most();
            assertTrue(((Rational) proved).compareTo(expected) >= 0, proved + " < " + expected);
            assertEquals(expected.toDouble(), proved.upper(), 1e-6 * (1 + expected.toDouble()));
        });
    }

    /// `−x ≤ 0`.
    private static long[] unit(int variable) {
        var coefficients = new long[VARIABLES];
        coefficients[variable] = -1;
        return coefficients;
    }

    /// The first coordinate of the corner at which it is largest: every three planes that meet in one point, by
    /// Cramer's rule, where that point satisfies all.
    private static Rational largestCorner(List<Inequality> all) {
        var largest = Rational.ZERO;
        for (int a = 0; a < all.size(); a++) {
            for (int b = 0; b < a; b++) {
                for (int c = 0; c < b; c++) {
                    var corner = corner(all.get(a), all.get(b), all.get(c));
                    if (corner.length > 0 && all.stream().allMatch(i -> holds(i, corner))) {
                        largest = largest.compareTo(corner[0]) < 0 ? corner[0] : largest;
                    }
                }
            }
        }
        return largest;
    }

    private static Rational[] corner(Inequality... planes) {
        long determinant = determinant(planes, -1);
        if (determinant == 0) {
            return new Rational[0];
        }
        var corner = new Rational[VARIABLES];
        for (int v = 0; v < VARIABLES; v++) {
            corner[v] = Rational.of(determinant(planes, v), determinant);
        }
        return corner;
    }

    /// Of the coefficients, with the bounds in the place of one column.
    private static long determinant(Inequality[] planes, int replaced) {
        var m = new long[VARIABLES][VARIABLES];
        for (int i = 0; i < VARIABLES; i++) {
            for (int v = 0; v < VARIABLES; v++) {
                m[i][v] = v == replaced ? planes[i].bound : planes[i].coefficients[v];
            }
        }
        return m[0][0] * (m[1][1] * m[2][2] - m[1][2] * m[2][1])
                - m[0][1] * (m[1][0] * m[2][2] - m[1][2] * m[2][0])
                + m[0][2] * (m[1][0] * m[2][1] - m[1][1] * m[2][0]);
    }

    private static boolean holds(Inequality inequality, Rational[] point) {
        var sum = Rational.ZERO;
        for (int v = 0; v < VARIABLES; v++) {
            sum = sum.plus(point[v].times(Rational.of(inequality.coefficients[v])));
        }
        return sum.compareTo(Rational.of(inequality.bound)) <= 0;
    }
}
