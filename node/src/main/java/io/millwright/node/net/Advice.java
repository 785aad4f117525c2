package io.millwright.node.net;

import io.millwright.certificate.Verdict;
import io.millwright.certificate.schedule.ScheduleChecker;
import io.millwright.network.schedule.Change;
import io.millwright.network.schedule.Conflict;
import io.millwright.network.schedule.Diagnosis;
import io.millwright.network.schedule.Names;
import io.millwright.network.schedule.Outcome;
import io.millwright.network.schedule.Repair;
import io.millwright.network.schedule.Schedule;
import io.millwright.network.schedule.ScheduleFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/// Why there is no schedule and what would do, for people and programs.
///
/// @param names of nodes and streams
/// @param conflict few streams, deadlines and links that cannot go together, where that is why
/// @param repairs each scheduled, and the schedule verified by the checker
record Advice(Names names, Optional<Conflict> conflict, List<Repair> repairs) {

    /// How many things are named in text.
    private static final int NAMED = 20;

    Advice {
        repairs = List.copyOf(repairs);
    }

    /// Looks for it.
    ///
    /// @param time until when, by the clock
    static Advice of(
            ScheduleInput input,
            Outcome outcome,
            LongSupplier clock,
            long seed,
            Duration time,
            Consumer<String> progress) {
        var names = input.names();
        progress.accept("looking for streams in conflict, and for what would do");
        var left = Duration.ofNanos(Math.max(0, time.toNanos() - clock.getAsLong()));
        var diagnosis = new Diagnosis(input.problem(), outcome, clock, seed, left);
        var repairs = new ArrayList<Repair>();
        diagnosis.repairs(repair -> {
            if (isVerified(repair.schedule())) {
                repairs.add(repair);
                progress.accept("would do: " + repair.in(names));
            } else {
                progress.accept("the checker does not accept this, please report it: " + repair.in(names));
            }
        });
        return new Advice(names, diagnosis.conflict(), repairs);
    }

    /// Whether the checker accepts a schedule, under the limits it was made for.
    static boolean isVerified(Schedule schedule) {
        var tables = new HashMap<String, String>();
        ScheduleFiles.whole(schedule).forEach((name, content) -> {
            var text = new StringBuilder();
            try {
                content.writeTo(text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            tables.put(name, text.toString());
        });
        var limits = SwitchLimits.checked(schedule.problem().limits());
        return ScheduleChecker.check(name -> tables.getOrDefault(name, ""), limits) instanceof Verdict.Verified<?>;
    }

    String text() {
        var text = new StringBuilder();
        conflict.ifPresent(c -> {
            text.append("\ncannot go together")
                    .append(c.proved() ? "" : ", for this method")
                    .append(": ");
            text.append(c.streams().size() == 1 ? "stream " : "streams ").append(list(streams(c.streams())));
            if (!c.deadlines().isEmpty()) {
                text.append("; with the deadlines of ").append(list(streams(c.deadlines())));
            }
            if (!c.links().isEmpty()) {
                text.append("; on ")
                        .append(c.links().size() == 1 ? "link " : "links ")
                        .append(list(c.links().stream().map(names::link).toList()));
            }
        });
        if (!repairs.isEmpty()) {
            text.append("\nany one of these would do, each scheduled and verified:");
            repairs.forEach(r -> text.append("\n  ").append(text(r)));
        } else if (conflict.isPresent()) {
            text.append("\nnothing that would do was found");
        }
        return text.toString().strip();
    }

    /// A repair in a few words.
    String text(Repair repair) {
        return repair.in(names);
    }

    private List<String> streams(List<Integer> ids) {
        return ids.stream().map(names::stream).toList();
    }

    private static String list(List<?> things) {
        return things.stream().limit(NAMED).map(String::valueOf).collect(Collectors.joining(", "))
                + (things.size() > NAMED ? " and " + (things.size() - NAMED) + " more" : "");
    }

    /// Adds it to a report.
    void addTo(Map<String, Object> json) {
        conflict.ifPresent(c -> {
            var parts = new LinkedHashMap<String, Object>();
            parts.put("streams", c.streams().stream().map(this::stream).toList());
            parts.put("deadlines", c.deadlines().stream().map(this::stream).toList());
            parts.put(
                    "links",
                    c.links().stream()
                            .map(l -> List.of(node(l.from()), node(l.to())))
                            .toList());
            parts.put("proved", c.proved());
            json.put("conflict", parts);
        });
        json.put("repairs", repairs.stream().map(this::json).toList());
    }

    private Map<String, Object> json(Repair repair) {
        var json = new LinkedHashMap<String, Object>();
        json.put("text", text(repair));
        json.put("changes", repair.changes().stream().map(this::json).toList());
        return json;
    }

    private Map<String, Object> json(Change change) {
        var json = new LinkedHashMap<String, Object>();
        switch (change) {
            case Change.RelaxDeadline(int stream, long from, long to) -> {
                json.put("relax", stream(stream));
                json.put("deadline", to);
                json.put("by", to - from);
            }
            case Change.ShortenFrames(int stream, int _, int to) -> {
                json.put("shorten", stream(stream));
                json.put("size", to);
            }
            case Change.LengthenPeriod(int stream, long _, long to) -> {
                json.put("lengthen", stream(stream));
                json.put("period", to);
            }
            case Change.MoveStation(int station, int from, int to) -> {
                json.put("move", node(station));
                json.put("from", node(from));
                json.put("to", node(to));
            }
            case Change.AddLink(int one, int other, var _) -> json.put("link", List.of(node(one), node(other)));
            case Change.Drop(int stream) -> json.put("drop", stream(stream));
        }
        return json;
    }

    /// A number as a number, any other name as a text.
    private Object stream(int id) {
        return named(id, names.stream(id));
    }

    private Object node(int id) {
        return named(id, names.node(id));
    }

    private static Object named(int id, String name) {
        return name.equals(Integer.toString(id)) ? (Object) id : name;
    }
}
