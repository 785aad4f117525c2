package io.millwright.node.net;

import io.millwright.certificate.Verdict;
import io.millwright.certificate.Violation;
import io.millwright.certificate.beside.BesideFigures;
import io.millwright.certificate.schedule.Figures;
import io.millwright.certificate.schedule.Limits;
import io.millwright.network.schedule.Nanoseconds;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// What `mw net verify` found, as JSON and as text for people.
final class VerifyReport {

    /// What is a number wherever it is named; streams and links have names.
    private static final Set<String> COUNTED = Set.of("frame", "queue", "time", "line", "step");

    /// How many sporadic streams are named in text.
    private static final int NAMED = 20;

    private final Limits limits;

    VerifyReport(Limits limits) {
        this.limits = limits;
    }

    /// Clocks that are wrong are answered for only where streams are isolated.
    private boolean isIsolated(Figures figures) {
        return limits.isolation() || syncError(figures) > 0;
    }

    /// The largest there is.
    private long syncError(Figures figures) {
        return figures.ports().stream()
                .mapToLong(Figures.PortFigures::syncError)
                .reduce(limits.syncError(), Math::max);
    }

    /// @param beside what is proved of sporadic streams
    Object json(Figures figures, BesideFigures beside) {
        var tightest = figures.tightest();
        var stream = new LinkedHashMap<String, Object>();
        stream.put("stream", tightest.stream());
        stream.put("delay", tightest.delay());
        stream.put("deadline", tightest.deadline());
        stream.put("part", part(tightest));
        var json = new LinkedHashMap<String, Object>();
        json.put("verdict", "verified");
        json.put("streams", figures.streams());
        json.put("frames", figures.frames());
        json.put("hops", figures.passages());
        json.put("hyperperiod", figures.hyperperiod());
        json.put("replayed", figures.replayed());
        json.put("isolated", isIsolated(figures));
        json.put("syncError", syncError(figures));
        json.put("tightest", stream);
        json.put("ports", figures.ports().stream().map(VerifyReport::json).toList());
        json.put("sporadic", beside.bounds().stream().map(VerifyReport::json).toList());
        return json;
    }

    private static Map<String, Object> json(BesideFigures.Bound bound) {
        var json = new LinkedHashMap<String, Object>();
        json.put("stream", bound.stream());
        json.put("listener", bound.listener());
        json.put("delay", bound.delay());
        json.put("deadline", bound.deadline());
        return json;
    }

    private static Map<String, Object> json(Figures.PortFigures port) {
        var json = new LinkedHashMap<String, Object>();
        json.put("link", port.link());
        json.put("gateEntries", port.entries());
        json.put("buffer", port.buffer());
        return json;
    }

    static Object json(Verdict.Refuted<?> refuted) {
        var json = new LinkedHashMap<String, Object>();
        json.put("verdict", "not verified");
        json.put("violations", refuted.violations());
        json.put("replayed", refuted.complete());
        json.put("shown", refuted.shown().stream().map(VerifyReport::json).toList());
        return json;
    }

    private static Map<String, Object> json(Violation violation) {
        var json = new LinkedHashMap<String, Object>();
        json.put("rule", violation.rule());
        violation.where().forEach((word, name) -> json.put(word, COUNTED.contains(word) ? Long.valueOf(name) : name));
        json.put("what", violation.what());
        return json;
    }

    String text(Figures figures) {
        var tightest = figures.tightest();
        var entries = figures.ports().stream()
                .max(Comparator.comparingInt(Figures.PortFigures::entries))
                .map(p -> "%d entries at most, for %s".formatted(p.entries(), p.link()));
        var buffer = figures.ports().stream()
                .max(Comparator.comparingLong(Figures.PortFigures::buffer))
                .map(p -> "%d bytes at most, in a queue of %s".formatted(p.buffer(), p.link()));
        var lines = new ArrayList<>(List.of(
                "verified",
                "  replayed  %d streams, %d frames, %d hops in a hyperperiod of %s; %d hyperperiods"
                        .formatted(
                                figures.streams(),
                                figures.frames(),
                                figures.passages(),
                                Nanoseconds.text(figures.hyperperiod()),
                                figures.replayed()),
                "  tightest  stream %s: delay %s, deadline %s (%s)"
                        .formatted(
                                tightest.stream(),
                                Nanoseconds.text(tightest.delay()),
                                Nanoseconds.text(tightest.deadline()),
                                part(tightest))));
        entries.ifPresent(e -> lines.add("  gates     " + e));
        buffer.ifPresent(b -> lines.add("  buffer    " + b));
        lines.add(
                isIsolated(figures)
                        ? "  isolated  no frame's time depends on another stream"
                        : "  isolated  not asked for: it holds only while every stream sends every frame");
        long error = syncError(figures);
        lines.add("  clocks    " + (error == 0 ? "exact" : "wrong by up to " + Nanoseconds.text(error)));
        return String.join("\n", lines);
    }

    /// What is proved of sporadic streams; nothing where there are none.
    static String text(BesideFigures beside) {
        int more = beside.bounds().size() - NAMED;
        return beside.bounds().isEmpty()
                ? ""
                : "\n  sporadic  bounds between the gates"
                        + beside.bounds().stream()
                                .limit(NAMED)
                                .map(b -> "\n    %s to %s: %s at most, deadline %s"
                                        .formatted(
                                                b.stream(),
                                                b.listener(),
                                                Nanoseconds.text(b.delay()),
                                                Nanoseconds.text(b.deadline())))
                                .collect(Collectors.joining())
                        + (more > 0 ? "\n    and %d more".formatted(more) : "");
    }

    /// The delay as a part of the deadline, rounded up.
    private static BigDecimal part(Figures.Tightest tightest) {
        return BigDecimal.valueOf(tightest.delay())
                .divide(BigDecimal.valueOf(tightest.deadline()), 4, RoundingMode.CEILING);
    }

    /// @param units what numbers mean, in brackets; may be empty
    static String text(Verdict.Refuted<?> refuted, String units) {
        var shown = refuted.shown().stream().map(v -> "  " + v).collect(Collectors.joining("\n"));
        long more = refuted.violations() - refuted.shown().size();
        return "not verified: %d %s%s%s\n%s%s"
                .formatted(
                        refuted.violations(),
                        refuted.violations() == 1 ? "violation" : "violations",
                        refuted.complete() ? "" : " in the plan as it is written; it was not replayed",
                        units,
                        shown,
                        more > 0 ? "\n  and %d more".formatted(more) : "");
    }
}
