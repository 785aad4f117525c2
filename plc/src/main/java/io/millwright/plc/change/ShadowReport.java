package io.millwright.plc.change;

import io.millwright.model.Told;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Optional;

/// What was seen of a program that ran in the shadow of another one, on the same inputs at the same times.
///
/// @param scans how many were followed
/// @param compared how many outputs and chosen variables were compared
/// @param differences outputs and chosen variables that were others than those of the running program, at some
///     time; in order of their first scan
/// @param executionNanosMin the shortest scan of the second half, when the code was warm
/// @param executionNanosMedian of all scans, by the thread that followed; the running program's times are in
///     [io.millwright.plc.VirtualPlc#tasks]
/// @param executionNanosMax the longest of the second half
/// @param failure why it could not go on: a trap, an endless loop, or that it was too slow to follow
public record ShadowReport(
        long scans,
        int compared,
        List<Difference> differences,
        long executionNanosMin,
        long executionNanosMedian,
        long executionNanosMax,
        Optional<Told> failure) {
    public ShadowReport {
        differences = List.copyOf(differences);
    }

    /// A variable that was not what it was in the running program.
    ///
    /// @param name the signal of an output, or the path of a variable
    /// @param isOutput whether it is an output
    /// @param firstScan counted from the first that was followed, from 1
    /// @param running its value in the running program then
    /// @param shadow its value in the program that followed
    /// @param runningNow its value in the running program in the newest scan
    /// @param shadowNow its value in the program that followed then
    /// @param most the largest difference of both; NaN where one was no number
    /// @param scans in how many scans there was one
    public record Difference(
            String name,
            boolean isOutput,
            long firstScan,
            double running,
            double shadow,
            double runningNow,
            double shadowNow,
            double most,
            long scans) {

        /// What is to be said of it.
        Told told() {
            return Told.of(
                            "differs",
                            "{name} differs in {scans} scans, first in scan {first}: {shadow} instead of {running}, "
                                    + "at most by {most}")
                    .with("name", name)
                    .with("scans", scans)
                    .with("first", firstScan)
                    .with("shadow", shown(shadow))
                    .with("running", shown(running))
                    .with("most", shown(most));
        }

        @Override
        public String toString() {
            return told().text();
        }

        /// To four digits: how far two programs are apart is looked at, not computed with.
        private static String shown(double value) {
            boolean finite = Double.isFinite(value);
            return Double.toString(
                    finite ? new BigDecimal(value).round(new MathContext(4)).doubleValue() : value);
        }
    }
}
