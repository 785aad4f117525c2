package io.millwright.node.net;

import io.millwright.network.failure.Consequence;
import io.millwright.network.failure.DeviceChange;
import io.millwright.network.failure.Fate;
import io.millwright.network.failure.Recovery;
import io.millwright.network.schedule.Names;
import io.millwright.network.schedule.Problem;
import io.millwright.network.schedule.Stream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What `mw net atlas` found, as JSON and as a table for people.
final class AtlasReport {

    /// How many streams are named at once in text, and how many reasons of a failure.
    private static final int NAMED = 12;

    private static final int REASONS = 6;

    private final Problem problem;
    private final Names names;
    private final Recovery recovery;
    private final long seed;
    private final Map<Integer, Stream> streams = new HashMap<>();
    private final List<Map<String, Object>> failures = new ArrayList<>();
    private final List<String> rows = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
    private int single;
    private int untouching;
    private int moving;
    private int losing;
    private int open;
    private int refuted;
    private double longestMillis;

    AtlasReport(Problem problem, Names names, Recovery recovery, long seed) {
        this.problem = problem;
        this.names = names;
        this.recovery = recovery;
        this.seed = seed;
        problem.streams().forEach(s -> streams.put(s.id(), s));
    }

    int size() {
        return failures.size();
    }

    /// Whether every stream goes on, has a place in an alternative that was verified, or is proved to have
    /// none.
    boolean holds() {
        return open == 0 && refuted == 0;
    }

    /// @param mistake what is wrong with the alternative, if anything is
    void add(Consequence consequence, Optional<String> mistake) {
        var moved = consequence.fates(Fate.Moved.class);
        var lost = consequence.fates(Fate.Lost.class);
        var left = consequence.fates(Fate.Open.class);
        single += consequence.failure().parts().size() == 1 ? 1 : 0;
        untouching += consequence.fates(Fate.Untouched.class).size()
                        == consequence.fates().size()
                ? 1
                : 0;
        moving += moved.isEmpty() ? 0 : 1;
        losing += lost.isEmpty() ? 0 : 1;
        open += left.isEmpty() ? 0 : 1;
        refuted += mistake.isPresent() ? 1 : 0;
        longestMillis = Math.max(longestMillis, consequence.nanos() / 1e6);
        failures.add(json(consequence, mistake));
        rows.add(row(consequence));
        var placeless =
                lost.stream().filter(l -> l.cause() == Fate.Cause.NO_PLACE).toList();
        placeless.stream()
                .limit(REASONS)
                .forEach(l -> remarks.add("  %s: stream %s is lost: %s"
                        .formatted(
                                consequence.failure().in(names),
                                names.stream(l.stream()),
                                l.proof().in(names))));
        if (placeless.size() > REASONS) {
            remarks.add("  %s: %d more are lost, with their proofs in atlas.json"
                    .formatted(consequence.failure().in(names), placeless.size() - REASONS));
        }
        if (!left.isEmpty()) {
            remarks.add("  %s: no place found in time, there may be one: %s"
                    .formatted(
                            consequence.failure().in(names),
                            named(left.stream().map(Fate.Open::stream).toList())));
        }
        mistake.ifPresent(m -> remarks.add("  %s: THE ALTERNATIVE DOES NOT HOLD: %s"
                .formatted(consequence.failure().in(names), m)));
    }

    private long outage(Consequence consequence) {
        return consequence.fates(Fate.Moved.class).stream()
                .mapToLong(m -> recovery.outageNanos(consequence, m))
                .max()
                .orElse(0);
    }

    private Map<String, Object> json(Consequence consequence, Optional<String> mistake) {
        var json = new LinkedHashMap<String, Object>();
        json.put("failure", consequence.failure().in(names));
        json.put(
                "parts",
                consequence.failure().parts().stream()
                        .map(p -> map(
                                "kind",
                                p.kind().word(),
                                "nodes",
                                p.names(names).stream().map(AtlasReport::named).toList()))
                        .toList());
        json.put("untouched", consequence.fates(Fate.Untouched.class).size());
        json.put(
                "reduced",
                consequence.fates(Fate.Reduced.class).stream()
                        .map(r -> map("stream", stream(r.stream()), "gone", nodes(r.gone())))
                        .toList());
        json.put(
                "covered",
                consequence.fates(Fate.Covered.class).stream()
                        .map(c -> map("stream", stream(c.stream()), "gone", nodes(c.gone())))
                        .toList());
        json.put(
                "moved",
                consequence.fates(Fate.Moved.class).stream()
                        .map(m -> moved(consequence, m))
                        .toList());
        json.put(
                "lost",
                consequence.fates(Fate.Lost.class).stream().map(this::lost).toList());
        json.put(
                "open",
                consequence.fates(Fate.Open.class).stream()
                        .map(o -> stream(o.stream()))
                        .toList());
        json.put("changes", consequence.changes().stream().map(this::change).toList());
        if (consequence.alternative().isPresent()) {
            json.put("plan", consequence.failure().fileName(names));
            json.put("verified", mistake.isEmpty());
            mistake.ifPresent(m -> json.put("violation", m));
            json.put("change", recovery.changeNanos(consequence));
            json.put("outage", outage(consequence));
        }
        json.put("milliseconds", Math.round(consequence.nanos() / 1e3) / 1e3);
        return json;
    }

    private Map<String, Object> moved(Consequence consequence, Fate.Moved moved) {
        long period = Optional.ofNullable(streams.get(moved.stream()))
                .map(Stream::periodNanos)
                .orElse(1L);
        var json = map("stream", stream(moved.stream()), "delay", moved.delayNanos());
        if (!moved.gone().isEmpty()) {
            json.put("gone", nodes(moved.gone()));
        }
        json.put("outage", recovery.outageNanos(consequence, moved));
        json.put("framesLost", recovery.framesLost(consequence, moved, period));
        return json;
    }

    private Map<String, Object> lost(Fate.Lost lost) {
        var json = map("stream", stream(lost.stream()), "cause", word(lost.cause()));
        json.put("proof", lost.proof().in(names));
        return json;
    }

    private static String word(Fate.Cause cause) {
        return switch (cause) {
            case END_GONE -> "end gone";
            case CUT_OFF -> "cut off";
            case NO_PLACE -> "no place";
        };
    }

    private Map<String, Object> change(DeviceChange change) {
        var json = map("node", named(names.node(change.node())), "needed", change.needed());
        json.put("lists", change.lists());
        json.put("windowsAdded", change.windowsAdded());
        json.put("windowsRemoved", change.windowsRemoved());
        json.put("routesAdded", change.routesAdded());
        json.put("routesRemoved", change.routesRemoved());
        json.put("talkers", change.talkers());
        return json;
    }

    private static Map<String, Object> map(String a, Object first, String b, Object second) {
        var map = new LinkedHashMap<String, Object>();
        map.put(a, first);
        map.put(b, second);
        return map;
    }

    Map<String, Object> json() {
        var json = new LinkedHashMap<String, Object>();
        json.put("streams", problem.count());
        json.put("hyperperiod", problem.hyperperiodNanos());
        json.put("seed", seed);
        json.put(
                "assumed",
                map(
                        "detect",
                        recovery.detect().toNanos(),
                        "load",
                        recovery.load().toNanos()));
        json.put("holds", holds());
        json.put("longestMilliseconds", Math.round(longestMillis * 1e3) / 1e3);
        json.put("failures", failures);
        return json;
    }

    String text() {
        var lines = new ArrayList<String>();
        lines.add("%d streams; %d failures alone%s"
                .formatted(
                        problem.count(),
                        single,
                        size() == single ? "" : ", %d pairs drawn with seed %d".formatted(size() - single, seed)));
        lines.add("  %d touch no stream; %d have an alternative; %d lose streams, each with its proof; %d are open"
                .formatted(untouching, moving, losing, open));
        lines.add(
                refuted == 0
                        ? String.format(
                                Locale.ROOT,
                                "  every alternative is verified by replay; the longest took %.1f ms to find",
                                longestMillis)
                        : "  %d alternatives do not hold, see below".formatted(refuted));
        lines.add("");
        lines.add("%-24s %7s %7s %7s %6s %8s %7s %8s %5s %7s %12s %14s"
                .formatted(
                        "failure",
                        "go on",
                        "reduced",
                        "covered",
                        "move",
                        "end gone",
                        "cut off",
                        "no place",
                        "open",
                        "devices",
                        "windows",
                        "outage"));
        lines.addAll(rows);
        if (!remarks.isEmpty()) {
            lines.add("");
            lines.addAll(remarks);
        }
        lines.add("");
        lines.add("outage: from the failure until the first frame is there again, at most, if it is known after %s and"
                        .formatted(span(recovery.detect()))
                + " all devices are\nready %s later; lists of gates change where a hyperperiod of %s begins."
                        .formatted(span(recovery.load()), millis(problem.hyperperiodNanos())));
        return String.join("\n", lines);
    }

    private String row(Consequence consequence) {
        long devices =
                consequence.changes().stream().filter(DeviceChange::needed).count();
        long added = consequence.changes().stream()
                .mapToLong(DeviceChange::windowsAdded)
                .sum();
        long removed = consequence.changes().stream()
                .mapToLong(DeviceChange::windowsRemoved)
                .sum();
        return "%-24s %7d %7d %7d %6d %8d %7d %8d %5d %7d %12s %14s"
                .formatted(
                        consequence.failure().in(names),
                        consequence.fates(Fate.Untouched.class).size(),
                        consequence.fates(Fate.Reduced.class).size(),
                        consequence.fates(Fate.Covered.class).size(),
                        consequence.fates(Fate.Moved.class).size(),
                        lost(consequence, Fate.Cause.END_GONE),
                        lost(consequence, Fate.Cause.CUT_OFF),
                        lost(consequence, Fate.Cause.NO_PLACE),
                        consequence.fates(Fate.Open.class).size(),
                        devices,
                        added + removed == 0 ? "-" : "+%d -%d".formatted(added, removed),
                        consequence.alternative().isEmpty() ? "-" : "<= " + millis(outage(consequence)));
    }

    private static long lost(Consequence consequence, Fate.Cause cause) {
        return consequence.fates(Fate.Lost.class).stream()
                .filter(l -> l.cause() == cause)
                .count();
    }

    private static String span(Duration time) {
        return millis(time.toNanos());
    }

    private static String millis(long nanos) {
        return String.format(Locale.ROOT, "%.3f ms", Math.ceil(nanos / 1e3) / 1e3);
    }

    /// A number as a number, any other name as a text.
    private static Object named(String name) {
        return name.matches("0|[1-9][0-9]{0,8}") ? (Object) Integer.valueOf(name) : name;
    }

    private Object stream(int id) {
        return named(names.stream(id));
    }

    private List<Object> nodes(List<Integer> ids) {
        return ids.stream().map(names::node).map(AtlasReport::named).toList();
    }

    private String named(List<Integer> ids) {
        return (ids.size() == 1 ? "stream " : "streams ")
                + ids.stream().limit(NAMED).map(names::stream).collect(Collectors.joining(", "))
                + (ids.size() > NAMED ? " and %d more".formatted(ids.size() - NAMED) : "");
    }
}
