package io.millwright.node.net;

import io.millwright.network.schedule.Names;
import io.millwright.network.schedule.Nanoseconds;
import io.millwright.network.schedule.Outcome;
import io.millwright.network.schedule.Outcome.Impossible;
import io.millwright.network.schedule.Outcome.NotFound;
import io.millwright.network.schedule.Outcome.Scheduled;
import io.millwright.network.schedule.Problem;
import io.millwright.network.schedule.Redundancy;
import io.millwright.network.schedule.Schedule;
import io.millwright.network.schedule.Transition;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What `mw net schedule` found, as JSON and as text for people.
final class ScheduleReport {

    /// How many streams are named in text.
    private static final int NAMED = 20;

    private final Problem problem;
    private final Names names;
    private final int kept;
    private final double seconds;

    /// @param names of its nodes and streams
    /// @param kept how many streams keep the places they had
    /// @param seconds how long the search took
    ScheduleReport(Problem problem, Names names, int kept, double seconds) {
        this.problem = problem;
        this.names = names;
        this.kept = kept;
        this.seconds = seconds;
    }

    Map<String, Object> json(Outcome outcome) {
        var json = new LinkedHashMap<String, Object>();
        json.put("streams", problem.count());
        json.put("links", problem.topology().links().size());
        json.put("hyperperiod", problem.hyperperiodNanos());
        json.put("kept", kept);
        json.put("seconds", Math.round(seconds * 1e6) / 1e6);
        switch (outcome) {
            case Scheduled(var schedule) -> {
                json.put("result", "scheduled");
                json.put("gateEntries", schedule.gateEntries());
                var redundant = redundant(schedule);
                if (!redundant.isEmpty()) {
                    json.put("redundant", redundant);
                }
            }
            case Impossible(var reasons) -> {
                json.put("result", "impossible");
                json.put("reasons", reasons.stream().map(r -> r.in(names)).toList());
            }
            case NotFound(int placed, var missing, var conflicting) -> {
                json.put("result", "not found in time");
                json.put("placed", placed);
                json.put("missing", named(missing));
                json.put("conflictingForThisMethod", named(conflicting));
            }
        }
        return json;
    }

    /// The same, with how to get there from an earlier schedule.
    Map<String, Object> json(Outcome outcome, Optional<Transition> transition) {
        var json = json(outcome);
        transition.ifPresent(t -> json.put("transition", json(t)));
        return json;
    }

    private Map<String, Object> json(Transition transition) {
        var json = new LinkedHashMap<String, Object>();
        json.put("multipleNanos", transition.multipleNanos());
        json.put("unchanged", named(transition.unchanged()));
        json.put("leaving", transition.leaving().stream().map(this::json).toList());
        json.put("entering", named(transition.entering()));
        return json;
    }

    private Map<String, Object> json(Transition.Leaving leaving) {
        var json = new LinkedHashMap<String, Object>();
        json.put("stream", named(List.of(leaving.stream())).getFirst());
        json.put("silentNanos", leaving.silentNanos());
        json.put("missed", leaving.missed());
        return json;
    }

    /// How to get there from an earlier schedule.
    String text(Optional<Transition> transition) {
        return transition
                .map(t -> "\n" + change(t)
                        + t.leaving().stream()
                                .limit(NAMED)
                                .map(l -> "\n  stream %s: its talker is silent for %s before, %s"
                                        .formatted(
                                                names.stream(l.stream()),
                                                Nanoseconds.text(l.silentNanos()),
                                                missed(l.missed())))
                                .collect(Collectors.joining()))
                .orElse("");
    }

    private static String change(Transition transition) {
        return "the lists of all ports change together, at a multiple of %s (ConfigChangeTime); %s"
                .formatted(
                        Nanoseconds.text(transition.multipleNanos()),
                        switch (transition.unchanged().size()) {
                            case 0 -> "no stream goes on as before";
                            case 1 -> "1 stream notices nothing";
                            default -> transition.unchanged().size() + " streams notice nothing";
                        });
    }

    private static String missed(long frames) {
        return frames == 0 ? "no frame is missed" : frames == 1 ? "1 frame is missed" : frames + " frames are missed";
    }

    private static String kept(int streams) {
        return switch (streams) {
            case 0 -> "";
            case 1 -> "1 stream kept the place it had";
            default -> streams + " streams kept the places they had";
        };
    }

    /// The same, with what would do.
    ///
    /// @param partial where the places that were found are kept
    Map<String, Object> json(Outcome outcome, Advice advice, Optional<Path> partial) {
        var json = json(outcome);
        partial.ifPresent(folder -> json.put("partial", folder.toString()));
        advice.addTo(json);
        return json;
    }

    /// The folder of a schedule that is not for all streams, beside that of one that would be.
    static Path partial(Path out) {
        var folder = out.toAbsolutePath().normalize();
        var beside = folder.resolveSibling(folder.getFileName() + ".partial");
        return out.isAbsolute() ? beside : Path.of("").toAbsolutePath().relativize(beside);
    }

    /// Where the places that were found are kept.
    String text(Optional<Path> partial, Path out) {
        return partial.map(folder -> ("\nthe schedule of those that had their place is in %s, and verified; the others"
                                + " are not in it. --from %s --out %s keeps them where they are and looks for places"
                                + " for the others")
                        .formatted(folder, folder, out))
                .orElse("");
    }

    String text(Outcome outcome, Path out) {
        int n = problem.count();
        return switch (outcome) {
            case Scheduled(var schedule) ->
                String.format(
                                Locale.ROOT,
                                "%s, found in %.3f s; the schedule repeats after %s,"
                                        + " needs gate lists of at most %d entries, and is in %s%s",
                                n == 1 ? "the stream has its place" : "all " + n + " streams have their place",
                                seconds,
                                Nanoseconds.text(problem.hyperperiodNanos()),
                                schedule.gateEntries(),
                                out,
                                kept == 0 ? "" : "; " + kept(kept))
                        + redundancy(schedule);
            case Impossible(var reasons) ->
                "there is no schedule:\n  "
                        + reasons.stream().map(r -> r.in(names)).collect(Collectors.joining("\n  "));
            case NotFound(int placed, var missing, var conflicting) ->
                String.format(
                                Locale.ROOT,
                                "not found in %.3f s; there may be a schedule. At best %d of %d streams had their"
                                        + " place; without: %s",
                                seconds,
                                placed,
                                n,
                                shown(missing))
                        + (kept == 0 ? "" : "\n" + kept(kept))
                        + (conflicting.isEmpty()
                                ? ""
                                : "\nconflicting for this method, even without all others: " + shown(conflicting));
        };
    }

    private List<Map<String, Object>> redundant(Schedule schedule) {
        var rows = new ArrayList<Map<String, Object>>();
        for (var stream : Redundancy.of(schedule)) {
            for (var at : stream.eliminations()) {
                var row = new LinkedHashMap<String, Object>();
                row.put("stream", named(List.of(stream.stream().id())).getFirst());
                row.put("listener", node(at.listener()));
                row.put("apart", at.apartNanos());
                row.put("historyLength", at.historyLength());
                row.put("resetMilliseconds", at.resetMillis());
                row.put(
                        "sharedLinks",
                        at.links().stream()
                                .map(l -> List.of(node(l.from()), node(l.to())))
                                .toList());
                row.put("sharedNodes", at.nodes().stream().map(this::node).toList());
                rows.add(row);
            }
        }
        return rows;
    }

    /// What is said of redundant streams: their windows, and what must not fail.
    private String redundancy(Schedule schedule) {
        var rows = new ArrayList<String>();
        for (var stream : Redundancy.of(schedule)) {
            for (var at : stream.eliminations()) {
                var shared = new ArrayList<String>();
                at.links().forEach(l -> shared.add("link " + names.link(l)));
                at.nodes().forEach(n -> shared.add("node " + names.node(n)));
                rows.add("\n  stream %s to node %s: history of %d, reset after %d ms; %s"
                        .formatted(
                                names.stream(stream.stream().id()),
                                names.node(at.listener()),
                                at.historyLength(),
                                at.resetMillis(),
                                shared.isEmpty()
                                        ? "both ways share nothing"
                                        : "both ways share " + String.join(", ", shared)));
            }
        }
        return rows.isEmpty()
                ? ""
                : "\nredundant, each frame over two ways, both in time:"
                        + String.join("", rows.subList(0, Math.min(NAMED, rows.size())))
                        + (rows.size() > NAMED
                                ? "\n  and %d more, in schedule.json".formatted(rows.size() - NAMED)
                                : "");
    }

    private Object node(int id) {
        var name = names.node(id);
        return name.equals(Integer.toString(id)) ? (Object) id : name;
    }

    /// Numbers as numbers, other names as texts.
    private List<Object> named(List<Integer> streams) {
        return streams.stream()
                .map(id -> {
                    var name = names.stream(id);
                    return name.equals(id.toString()) ? (Object) id : name;
                })
                .toList();
    }

    private String shown(List<Integer> streams) {
        return streams.stream().limit(NAMED).map(names::stream).collect(Collectors.joining(", "))
                + (streams.size() > NAMED ? " and " + (streams.size() - NAMED) + " more" : "");
    }
}
