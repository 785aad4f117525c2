package io.millwright.bench.network;

import io.millwright.certificate.Verdict;
import io.millwright.certificate.schedule.Figures;
import io.millwright.certificate.schedule.Limits;
import io.millwright.certificate.schedule.ScheduleChecker;
import io.millwright.network.schedule.Schedule;
import io.millwright.network.schedule.ScheduleFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;

/// Schedules that the independent checker has replayed.
final class Checked {

    private Checked() {}

    /// Replays a schedule; nothing is measured of one that does not hold.
    ///
    /// @throws IllegalStateException if it does not hold
    static void check(Schedule schedule) {
        var contents = ScheduleFiles.whole(schedule);
        var verdict = ScheduleChecker.check(
                name -> {
                    var text = new StringBuilder();
                    try {
                        Objects.requireNonNull(contents.get(name)).writeTo(text);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                    return text.toString();
                },
                Limits.NONE);
        if (!(verdict instanceof Verdict.Verified<Figures>)) {
            throw new IllegalStateException("a schedule does not hold: " + verdict);
        }
    }
}
