package io.millwright.network.schedule;

import static org.junit.jupiter.api.Assertions.fail;

import io.millwright.certificate.Verdict;
import io.millwright.certificate.schedule.Figures;
import io.millwright.certificate.schedule.ScheduleChecker;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/// Shows schedules to the independent checker, under the limits they were made for.
final class Certified {

    private static final long LONGEST_CYCLE = 10_000_000_000_000L;

    private Certified() {}

    /// What the checker finds out.
    static Figures figures(Schedule schedule) throws IOException {
        var limits = schedule.problem().limits();
        var verdict = ScheduleChecker.check(
                tables(schedule)::get,
                new io.millwright.certificate.schedule.Limits(
                        limits.gateEntries(),
                        limits.minGateNanos(),
                        limits.tickNanos(),
                        LONGEST_CYCLE,
                        limits.syncErrorNanos(),
                        limits.bufferOctets(),
                        true));
        if (verdict instanceof Verdict.Verified<Figures>(var figures)) {
            return figures;
        }
        return fail(limits + " " + verdict);
    }

    private static Map<String, String> tables(Schedule schedule) throws IOException {
        var tables = new HashMap<String, String>();
        for (var file : ScheduleFiles.whole(schedule).entrySet()) {
            var text = new StringBuilder();
            file.getValue().writeTo(text);
            tables.put(file.getKey(), text.toString());
        }
        return tables;
    }
}
