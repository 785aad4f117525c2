package io.millwright.node.net;

import io.millwright.network.schedule.Outcome;
import io.millwright.network.schedule.Outcome.Impossible;
import io.millwright.network.schedule.Outcome.NotFound;
import io.millwright.network.schedule.Outcome.Scheduled;
import io.millwright.network.schedule.Problem;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// What `mw net schedule` found, as JSON and as text for people.
final class ScheduleReport {

    /// How many streams are named in text.
    private static final int NAMED = 20;

    private final Problem problem;
    private final int kept;
    private final double seconds;

    /// @param kept how many streams keep the places they had
    /// @param seconds how long the search took
    ScheduleReport(Problem problem, int kept, double seconds) {
        this.problem = problem;
        this.kept = kept;
        this.seconds = seconds;
    }

    Map<String, Object> json(Outcome outcome) {
        var json = new LinkedHashMap<String, Object>();
        json.put("streams", problem.streams().size());
        json.put("links", problem.topology().links().size());
        json.put("hyperperiod", problem.hyperperiodNanos());
        json.put("kept", kept);
        json.put("seconds", Math.round(seconds * 1e6) / 1e6);
        switch (outcome) {
            case Scheduled _ -> json.put("result", "scheduled");
            case Impossible(var reasons) -> {
                json.put("result", "impossible");
                json.put("reasons", reasons);
            }
            case NotFound(int placed, var missing, var conflicting) -> {
                json.put("result", "not found in time");
                json.put("placed", placed);
                json.put("missing", missing);
                json.put("conflictingForThisMethod", conflicting);
            }
        }
        return json;
    }

    String text(Outcome outcome, Path out) {
        int n = problem.streams().size();
        return switch (outcome) {
            case Scheduled _ ->
                String.format(
                        Locale.ROOT,
                        "all %d streams have their place, found in %.3f s; the schedule repeats after %d ns"
                                + " and is in %s%s",
                        n,
                        seconds,
                        problem.hyperperiodNanos(),
                        out,
                        kept == 0 ? "" : "; %d streams kept the places they had".formatted(kept));
            case Impossible(var reasons) -> "there is no schedule:\n  " + String.join("\n  ", reasons);
            case NotFound(int placed, var missing, var conflicting) ->
                String.format(
                                Locale.ROOT,
                                "not found in %.3f s; there may be a schedule. At best %d of %d streams had their"
                                        + " place; without: %s",
                                seconds,
                                placed,
                                n,
                                named(missing))
                        + (kept == 0 ? "" : "\n%d streams kept the places they had".formatted(kept))
                        + (conflicting.isEmpty()
                                ? ""
                                : "\nconflicting for this method, even without all others: " + named(conflicting));
        };
    }

    private static String named(List<Integer> streams) {
        return streams.stream().limit(NAMED).map(String::valueOf).collect(Collectors.joining(", "))
                + (streams.size() > NAMED ? " and " + (streams.size() - NAMED) + " more" : "");
    }
}
