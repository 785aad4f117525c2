package io.millwright.network.schedule;

import com.google.ortools.sat.CpModel;
import com.google.ortools.sat.CpSolver;
import com.google.ortools.sat.CpSolverStatus;
import com.google.ortools.sat.IntVar;
import com.google.ortools.sat.LinearExpr;
import com.google.ortools.sat.Literal;
import com.google.ortools.util.Domain;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// A model for CP-SAT of intervals that each repeat with a period of their own and must not overlap.
///
/// Of two of them, `[a, a + m)` every `p` and `[b, b + n)` every `q`, no repetitions overlap if and only if `m
/// ≤ b − a − k·g ≤ g − n` for some whole `k`, where `g = gcd(p, q)` (see [Timeline]). This `k` is a variable of
/// the model where the ranges of `a` and `b` leave more than one.
final class PeriodicModel {

    /// What occupies a link.
    ///
    /// @param moment the variable to which `lead` is added for the start
    /// @param when it is there only if this is true
    record Occupation(int stream, IntVar moment, long lead, long length, long period, Literal when) {
        private long least() {
            return moment.getDomain().min() + lead;
        }

        private long most() {
            return moment.getDomain().max() + lead;
        }
    }

    /// What came of solving a model.
    enum Result {
        SOLVED,
        /// There is no solution.
        NONE,
        UNKNOWN
    }

    private static final double SECOND_NANOS = 1e9;

    private final CpModel model = new CpModel();
    private final CpSolver solver = new CpSolver();
    private final Literal always = model.trueLiteral();
    private final Set<Integer> hinted = new HashSet<>(Set.of(always.getIndex()));
    private final Map<Integer, List<Occupation>> byLink = new HashMap<>();
    private int pairs;

    /// What is always true.
    Literal always() {
        return always;
    }

    /// How many pairs of intervals must be kept apart.
    int pairs() {
        return pairs;
    }

    /// A moment within gaps.
    ///
    /// @param gaps first and last moment of each in turn
    IntVar moment(long... gaps) {
        if (gaps.length == 0) {
            model.addBoolOr(new Literal[0]);
            return model.newConstant(0);
        }
        return model.newIntVarFromDomain(Domain.fromFlatIntervals(gaps), "");
    }

    /// Literals of which exactly one is true.
    List<Literal> choice(int size) {
        if (size == 1) {
            return List.of(always);
        }
        var literals = Stream.generate(() -> (Literal) model.newBoolVar(""))
                .limit(size)
                .toList();
        model.addExactlyOne(literals);
        return literals;
    }

    /// The second moment is later than the first by so much.
    void later(IntVar first, IntVar second, long least, long most, Literal when) {
        model.addLinearConstraint(
                        LinearExpr.newBuilder()
                                .addTerm(second, 1)
                                .addTerm(first, -1)
                                .build(),
                        least,
                        most)
                .onlyEnforceIf(when);
    }

    /// What somebody proposes for a moment; the first proposal counts.
    void hint(IntVar moment, long value) {
        if (hinted.add(moment.getIndex())) {
            model.addHint(moment, value);
        }
    }

    /// What somebody proposes for a literal; the first proposal counts.
    void hint(Literal literal, boolean value) {
        if (hinted.add(literal.getIndex())) {
            model.addHint(literal, value);
        }
    }

    /// Adds what occupies a link, apart from all that other streams occupy there.
    void occupy(int link, Occupation occupation) {
        var there = byLink.computeIfAbsent(link, _ -> new ArrayList<>());
        for (var other : there) {
            if (other.stream != occupation.stream) {
                pairs++;
                apart(other, occupation);
            }
        }
        there.add(occupation);
    }

    private void apart(Occupation a, Occupation b) {
        long g = Periods.gcd(a.period, b.period);
        long least = Math.ceilDiv(b.least() - a.most() - (g - b.length), g);
        long most = Math.floorDiv(b.most() - a.least() - a.length, g);
        if (a.length + b.length > g || least > most) {
            model.addBoolOr(new Literal[] {a.when.not(), b.when.not()});
            return;
        }
        var distance = LinearExpr.newBuilder()
                .addTerm(b.moment, 1)
                .addTerm(a.moment, -1)
                .add(b.lead - a.lead - (least == most ? least * g : 0));
        if (least < most) {
            distance.addTerm(model.newIntVar(least, most, ""), -g);
        }
        model.addLinearConstraint(distance.build(), a.length, g - b.length)
                .onlyEnforceIf(new Literal[] {a.when, b.when});
    }

    /// Solves it on one thread, in the same way for the same seed unless time is up first.
    ///
    /// @param effort at most, by a measure of the solver's own; 1 is about ten seconds of a processor
    /// @param nanos at most for so long
    Result solve(double effort, long nanos, long seed) {
        // the solver would take Ctrl-C for itself, and end the program by it once it is no longer solving
        solver.getParameters()
                .setCatchSigintSignal(false)
                .setNumWorkers(1)
                .setLinearizationLevel(0)
                .setSymmetryLevel(0)
                .setCpModelProbingLevel(0)
                .setRandomSeed((int) (seed & Integer.MAX_VALUE))
                .setMaxDeterministicTime(effort)
                .setMaxTimeInSeconds(nanos / SECOND_NANOS);
        var status = solver.solve(model);
        if (status == CpSolverStatus.MODEL_INVALID) {
            throw new IllegalStateException(model.validate());
        }
        return status == CpSolverStatus.OPTIMAL || status == CpSolverStatus.FEASIBLE
                ? Result.SOLVED
                : status == CpSolverStatus.INFEASIBLE ? Result.NONE : Result.UNKNOWN;
    }

    /// The value of a moment in the solution.
    long value(IntVar moment) {
        return solver.value(moment);
    }

    /// Whether a literal is true in the solution.
    boolean isTrue(Literal literal) {
        return solver.booleanValue(literal);
    }
}
