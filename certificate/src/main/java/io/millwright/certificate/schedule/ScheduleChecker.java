package io.millwright.certificate.schedule;

import io.millwright.certificate.Malformed;
import io.millwright.certificate.Verdict;
import io.millwright.certificate.Violations;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Comparator;
import java.util.function.UnaryOperator;

/// Checks a schedule of gates against the network and the streams it is for.
///
/// Given are `topology.csv` and `streams.csv`; claimed are `GCL.csv`, `OFFSET.csv`, `ROUTE.csv`, `QUEUE.csv`
/// and `DELAY.csv`, in the notation of tsnkit (RTAS 2024).
public final class ScheduleChecker {

    private ScheduleChecker() {}

    /// Checks a schedule. Does not fail, whatever the files hold.
    ///
    /// @param files gives the text of a file by its name
    public static Verdict<Figures> check(UnaryOperator<String> files, Limits limits) {
        try {
            var violations = new Violations();
            var plan = new Assembly(Tables.read(files), violations).plan(limits);
            if (!violations.isEmpty()) {
                return violations.refuted(false);
            }
            long replayed = new Replay(plan, new Inspector(plan, limits, violations), violations).run();
            return violations.isEmpty() ? new Verdict.Verified<>(figures(plan, replayed)) : violations.refuted(true);
        } catch (Malformed e) {
            return new Verdict.Refused<>(String.valueOf(e.getMessage()));
        }
    }

    private static Figures figures(Plan plan, long replayed) {
        // numbers up to 14 digits: two parts that differ do so in 30
        var tightest = plan.flows().stream()
                .map(f -> new Figures.Tightest(f.stream.id(), f.delayMost, f.stream.deadline()))
                .max(Comparator.comparing(
                        t -> new BigDecimal(t.delay()).divide(new BigDecimal(t.deadline()), 30, RoundingMode.DOWN)))
                .orElseThrow();
        var ports = plan.ports().stream()
                .map(p -> new Figures.PortFigures(
                        p.link.edge().toString(),
                        plan.entries()[p.number],
                        Arrays.stream(p.bytesMost).max().orElse(0),
                        p.link.limits().syncError()))
                .filter(p -> p.entries() > 0 || p.buffer() > 0)
                .toList();
        return new Figures(
                plan.flows().size(), plan.frames(), plan.passages(), plan.hyperperiod(), replayed, tightest, ports);
    }
}
