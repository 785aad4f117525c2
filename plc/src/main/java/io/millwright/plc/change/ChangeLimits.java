package io.millwright.plc.change;

/// How a new program proves itself.
///
/// @param shadowScans for how many scans it runs in shadow first; 0 for none
/// @param trialScans for how many scans after the swap the old program comes back where the new one fails
/// @param executionNanosMax how long a scan may take; 0 for the shortest interval of its tasks
/// @param overrunsMax how many scans of the trial may take longer
/// @param differenceMax how far an output may be, in shadow and on trial, from what the old program would tell;
///     infinite where that is not judged
public record ChangeLimits(
        int shadowScans, int trialScans, long executionNanosMax, int overrunsMax, double differenceMax) {
    public ChangeLimits {
        boolean sound =
                shadowScans >= 0 && trialScans >= 0 && executionNanosMax >= 0 && overrunsMax >= 0 && differenceMax >= 0;
        if (!sound) {
            throw new IllegalArgumentException("numbers of scans, times and differences are not negative");
        }
    }

    /// 100 scans in shadow, 1000 on trial; differences of outputs in shadow ask for consent, and are not judged
    /// on trial.
    public static ChangeLimits usual() {
        return new ChangeLimits(100, 1000, 0, 2, Double.POSITIVE_INFINITY);
    }
}
