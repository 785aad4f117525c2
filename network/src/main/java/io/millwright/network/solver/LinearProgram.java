package io.millwright.network.solver;

import com.google.ortools.linearsolver.MPConstraint;
import com.google.ortools.linearsolver.MPSolver;
import com.google.ortools.linearsolver.MPVariable;
import io.millwright.network.number.Enclosure;
import io.millwright.network.number.Rational;
import io.millwright.network.number.Scalar;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Variables that are not negative, linear inequalities, and how large one of the variables can be.
///
/// GLOP solves it in floating point and is not trusted: from it come multipliers of the inequalities only. By
/// weak duality whatever multipliers `λ ≥ 0` there are for which `Aᵀλ ≥ c` holds prove that `c·x ≤ b·λ`; that
/// is computed anew, in fractions where that succeeds, else rounded outward (A. Neumaier, O. Shcherbina, Safe
/// bounds in linear and mixed-integer linear programming, Mathematical Programming 99, 2004).
public final class LinearProgram {

    /// How far multipliers may be from the fractions that they are taken for, tried in turn.
    private static final double[] CLOSE = {1e-12, 1e-9, 1e-6};

    /// By how much the conditions are tightened where rounding is in the way, the least first.
    private static final double[] MARGINS = {1e-9, 1e-7, 1e-5};

    private static final int TERMS_MOST = 64;

    private final List<Double> units = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>();

    /// `Σ coefficients · variables ≤ bound`.
    private record Row(int[] variables, Scalar[] coefficients, Scalar bound, double scale) {}

    /// A number that a variable never exceeds, and why.
    ///
    /// @param most the number
    /// @param multipliers how many times each inequality is added, in the order in which they were made: the sum
    ///     says that the variable is at most this number, or less where that was rounded up
    public record Proof(Scalar most, List<Scalar> multipliers) {}

    /// One more variable.
    ///
    /// @param unit about how large it is; the solver computes with numbers around one
    /// @return its number
    public int variable(double unit) {
        units.add(Math.scalb(1.0, Math.getExponent(unit)));
        return units.size() - 1;
    }

    /// The left side of an inequality.
    public final class Sum {
        private final List<Scalar> coefficients = new ArrayList<>();
        private final List<Integer> variables = new ArrayList<>();

        private Sum() {}

        /// Adds a variable so many times.
        public Sum plus(Scalar coefficient, int variable) {
            coefficients.add(coefficient);
            variables.add(variable);
            return this;
        }

        /// Adds a variable.
        public Sum plus(int variable) {
            return plus(Rational.ONE, variable);
        }

        /// Takes a variable away.
        public Sum minus(int variable) {
            return plus(Rational.ONE.negate(), variable);
        }

        /// This is not above the bound.
        public void isAtMost(Scalar bound) {
            var numbers = variables.stream().mapToInt(Integer::intValue).toArray();
            double most = IntStream.range(0, numbers.length)
                    .mapToDouble(i -> Math.abs(coefficients.get(i).upper()) * units.get(numbers[i]))
                    .max()
                    .orElse(1);
            double scale = most > 0 ? Math.scalb(1.0, Math.getExponent(most)) : 1;
            rows.add(new Row(numbers, coefficients.toArray(Scalar[]::new), bound, scale));
        }
    }

    /// Begins an inequality.
    public Sum sum() {
        return new Sum();
    }

    /// How many inequalities there are.
    public int size() {
        return rows.size();
    }

    /// A number that the variable never exceeds, the least as far as it is found; empty where none is proved. It
    /// and its multipliers are fractions where all numbers are fractions.
    public Optional<Proof> most(int variable) {
        boolean exact = rows.stream()
                .allMatch(r -> r.bound instanceof Rational
                        && Arrays.stream(r.coefficients).allMatch(Rational.class::isInstance));
        if (exact) {
            var multipliers = multipliers(variable, 0);
            for (double close : CLOSE) {
                var proved = multipliers.flatMap(m -> inFractions(variable, m, close));
                if (proved.isPresent()) {
                    return proved;
                }
            }
        }
        for (double margin : MARGINS) {
            var proved = multipliers(variable, margin).flatMap(m -> roundedOutward(variable, m));
            if (proved.isPresent()) {
                return exact ? proved.map(LinearProgram::asFractions) : proved;
            }
        }
        return Optional.empty();
    }

    /// Floating-point multipliers are fractions too, and what they prove is at most the upper end.
    private static Proof asFractions(Proof proof) {
        return new Proof(
                Rational.of(proof.most.upper()),
                proof.multipliers.stream()
                        .<Scalar>map(m -> Rational.of(m.upper()))
                        .toList());
    }

    /// Multipliers of the inequalities, not negative; empty where there is no largest value.
    ///
    /// @param margin by how much every condition is to be kept more than is needed
    private Optional<double[]> multipliers(int objective, double margin) {
        var solver = MPSolver.createSolver("GLOP");
        try {
            var variables = units.stream()
                    .map(_ -> solver.makeNumVar(0, MPSolver.infinity(), ""))
                    .toArray(MPVariable[]::new);
            for (int v = 0; v < variables.length; v++) {
                solver.objective().setCoefficient(variables[v], margin + (v == objective ? 1 : 0));
            }
            solver.objective().setMaximization();
            var constraints =
                    rows.stream().map(r -> constraint(solver, variables, r)).toList();
            if (solver.solve() != MPSolver.ResultStatus.OPTIMAL) {
                return Optional.empty();
            }
            var multipliers = new double[constraints.size()];
            for (int i = 0; i < multipliers.length; i++) {
                multipliers[i] =
                        Math.max(0, constraints.get(i).dualValue()) * (units.get(objective) / rows.get(i).scale);
            }
            return Optional.of(multipliers);
        } finally {
            solver.delete();
        }
    }

    private MPConstraint constraint(MPSolver solver, MPVariable[] variables, Row row) {
        var constraint = solver.makeConstraint(-MPSolver.infinity(), row.bound.upper() / row.scale, "");
        for (int i = 0; i < row.variables.length; i++) {
            int v = row.variables[i];
            double coefficient = row.coefficients[i].lower() * units.get(v) / row.scale;
            constraint.setCoefficient(variables[v], constraint.getCoefficient(variables[v]) + coefficient);
        }
        return constraint;
    }

    /// The proof with the fractions that the multipliers are close to.
    private Optional<Proof> inFractions(int objective, double[] multipliers, double close) {
        var fractions =
                Arrays.stream(multipliers).mapToObj(m -> fraction(m, close)).toArray(Rational[]::new);
        return proved(
                objective, fractions, units.stream().map(_ -> Rational.ZERO).toArray(Scalar[]::new));
    }

    private Optional<Proof> roundedOutward(int objective, double[] multipliers) {
        var exact = Arrays.stream(multipliers)
                .mapToObj(m -> m == 0 ? Rational.ZERO : new Enclosure(m, m))
                .toArray(Scalar[]::new);
        var zero = new Enclosure(0, 0);
        return proved(objective, exact, units.stream().map(_ -> zero).toArray(Scalar[]::new));
    }

    /// That the objective is at most `b·λ`, where `Aᵀλ ≥ c` surely holds. As variables are not negative, the lower end
    /// of a coefficient is the
    /// weaker condition, and what is proved of that holds.
    private Optional<Proof> proved(int objective, Scalar[] multipliers, Scalar[] sums) {
        Scalar bound = Rational.ZERO;
        for (int i = 0; i < multipliers.length; i++) {
            if (!multipliers[i].isZero()) {
                var row = rows.get(i);
                bound = bound.plus(multipliers[i].times(row.bound));
                for (int k = 0; k < row.variables.length; k++) {
                    int v = row.variables[k];
                    sums[v] = sums[v].plus(multipliers[i].times(row.coefficients[k]));
                }
            }
        }
        for (int v = 0; v < sums.length; v++) {
            var least = v == objective ? sums[v].minus(Rational.ONE) : sums[v];
            if (!least.isNonNegative()) {
                return Optional.empty();
            }
        }
        return Optional.of(new Proof(bound, List.of(multipliers)));
    }

    /// The first convergent of the continued fraction of a number that is close enough to it (A. Khinchin,
    /// Continued Fractions, 1964).
    private static Rational fraction(double value, double close) {
        var last = Rational.ZERO;
        long p = 1;
        long q = 0;
        long pBefore = 0;
        long qBefore = 1;
        double rest = value;
        for (int i = 0; i < TERMS_MOST; i++) {
            double whole = Math.floor(rest);
            if (whole * Math.max(p, q) > 1L << 61) {
                break;
            }
            long term = (long) whole;
            long pNext = term * p + pBefore;
            long qNext = term * q + qBefore;
            pBefore = p;
            qBefore = q;
            p = pNext;
            q = qNext;
            last = Rational.of(p, q);
            if (Math.abs(value - (double) p / q) <= close * value || rest == whole) {
                break;
            }
            rest = 1 / (rest - whole);
        }
        return last;
    }
}
