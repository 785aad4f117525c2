package io.millwright.node.plc;

import io.millwright.model.Told;
import io.millwright.plc.change.ChangeLimits;
import io.millwright.plc.change.Finding;
import io.millwright.plc.change.ShadowReport;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A change of the program and how far it is.
///
/// @param state none, compared (proposed, nothing is changed yet), shadowing, waiting (for consent), refused,
///     swapped (on trial), settled, rolled-back or withdrawn
/// @param owner who proposed it
/// @param reason why
/// @param proposedEpochMillis when
/// @param decidedBy who had it made or taken back; empty before
/// @param decision what that one said
/// @param outcome why it was rolled back; empty otherwise
/// @param pauseMicros how long the scans were held up by the swap; 0 before it
/// @param skipped how many scans were skipped while it was proposed, made and on trial, for whatever reason
/// @param done how many scans of the shadow run or trial are over
/// @param of how many there are to be; 0 where neither runs
/// @param kept how many values go on as they are
/// @param findings every difference and what it means
/// @param accepted the subjects that were consented to
/// @param atRestart what else the plant file says otherwise; it takes effect at the next start
/// @param shadow what was seen in shadow; null before that
public record ChangeView(
        String state,
        String owner,
        String reason,
        long proposedEpochMillis,
        String decidedBy,
        String decision,
        String outcome,
        double pauseMicros,
        long skipped,
        long done,
        long of,
        int kept,
        List<FindingView> findings,
        List<String> accepted,
        List<String> atRestart,
        @Nullable ShadowView shadow,
        @Nullable LimitsView limits) {
    private static final double NANOS_PER_MICRO = 1000;

    /// Where there was no change.
    static final ChangeView NONE =
            new ChangeView("none", "", "", 0, "", "", "", 0, 0, 0, 0, 0, List.of(), List.of(), List.of(), null, null);

    /// A difference and what it means.
    ///
    /// @param need note, warning, consent or refusal
    /// @param message what it means, in English
    /// @param code the same, for other languages; its arguments are those below, and subject, before, after and
    ///     present
    /// @param open whether the change cannot be made while this stands
    public record FindingView(
            String kind,
            String need,
            String subject,
            String before,
            String after,
            String present,
            String message,
            String code,
            Map<String, String> arguments,
            boolean open) {
        static FindingView of(Finding finding, boolean open) {
            return new FindingView(
                    word(finding.kind()),
                    word(finding.need()),
                    finding.subject(),
                    finding.before(),
                    finding.after(),
                    finding.present(),
                    finding.message(),
                    finding.told().code(),
                    finding.told().arguments(),
                    open);
        }

        private static String word(Enum<?> constant) {
            return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /// What was seen in shadow. Times in microseconds.
    ///
    /// @param compared how many outputs were compared
    /// @param failure why it could not go on, in English; empty where it could
    /// @param code the same, for other languages, with its arguments
    public record ShadowView(
            long scans,
            int compared,
            double shortest,
            double median,
            double longest,
            String failure,
            String code,
            Map<String, String> arguments,
            List<DifferenceView> differences) {
        static ShadowView of(ShadowReport report) {
            return new ShadowView(
                    report.scans(),
                    report.compared(),
                    report.executionNanosMin() / NANOS_PER_MICRO,
                    report.executionNanosMedian() / NANOS_PER_MICRO,
                    report.executionNanosMax() / NANOS_PER_MICRO,
                    report.failure().map(Told::text).orElse(""),
                    report.failure().map(Told::code).orElse(""),
                    report.failure().map(Told::arguments).orElse(Map.of()),
                    report.differences().stream().map(DifferenceView::of).toList());
        }
    }

    /// An output that was another one than that of the running program.
    ///
    /// @param running its value in the running program now; null where it is no finite number, as below
    /// @param changed its value in the changed one
    /// @param most the largest difference
    /// @param scans in how many scans there was one
    /// @param firstScan in which for the first time
    public record DifferenceView(
            String name,
            @Nullable Double running,
            @Nullable Double changed,
            @Nullable Double most,
            long scans,
            long firstScan) {
        static DifferenceView of(ShadowReport.Difference seen) {
            return new DifferenceView(
                    seen.name(),
                    finite(seen.runningNow()),
                    finite(seen.shadowNow()),
                    finite(seen.most()),
                    seen.scans(),
                    seen.firstScan());
        }

        private static @Nullable Double finite(double number) {
            return Double.isFinite(number) ? (Double) number : null;
        }
    }

    /// How the new program proves itself.
    ///
    /// @param executionMillis how long a scan may take; 0 where nothing limits it
    /// @param overruns how many scans of the trial may take longer
    /// @param difference how far an output may be from what the old program would tell; null for any
    public record LimitsView(
            int shadowScans,
            int trialScans,
            double executionMillis,
            int overruns,
            @Nullable Double difference) {
        static LimitsView of(ChangeLimits limits, long executionNanos) {
            return new LimitsView(
                    limits.shadowScans(),
                    limits.trialScans(),
                    executionNanos / 1e6,
                    limits.overrunsMax(),
                    Double.isInfinite(limits.differenceMax()) ? null : (Double) limits.differenceMax());
        }
    }

    /// A text that is another one in the changed program.
    ///
    /// @param before as it runs; null where it is new
    /// @param after as it is to be; null where it is gone
    public record TextView(
            String name, @Nullable String before, @Nullable String after) {}

    /// A variable that keeps its value.
    public record KeptView(String path, String type) {}
}
