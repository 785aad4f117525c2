package io.millwright.node.net;

import io.millwright.network.curve.Time;
import io.millwright.network.model.BesideFiles;
import io.millwright.network.model.BesideSchedule;
import io.millwright.network.model.BesideSchedule.Left;
import io.millwright.network.model.BesideSchedule.Sporadic;
import io.millwright.network.model.NetworkModel;
import io.millwright.network.model.Share;
import io.millwright.network.schedule.Message;
import io.millwright.network.schedule.Nanoseconds;
import io.millwright.network.schedule.Schedule;
import io.millwright.network.schedule.ScheduleFiles.Content;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// What `mw net schedule` says of what the schedule leaves to others.
final class BesideReport {

    /// How many streams are named in text.
    private static final int NAMED = 20;

    private final BesideSchedule beside;
    private final Map<String, Content> files;

    private BesideReport(BesideSchedule beside, Map<String, Content> files) {
        this.beside = beside;
        this.files = files;
    }

    static BesideReport of(NetworkModel network, Schedule schedule) {
        var beside = BesideSchedule.of(network, schedule);
        return new BesideReport(beside, BesideFiles.of(network, beside));
    }

    /// The same as tables, which a checker holds against the gates.
    Map<String, Content> files() {
        return files;
    }

    /// Whether every sporadic stream is proved to be in time.
    boolean holds() {
        return beside.mistake().isEmpty() && beside.sporadic().stream().allMatch(Sporadic::holds);
    }

    void addTo(Map<String, Object> json) {
        json.put("sporadic", beside.sporadic().stream().map(BesideReport::json).toList());
        beside.mistake().map(Message::toString).ifPresent(m -> json.put("sporadicUnbounded", m));
        beside.uncertified().ifPresent(why -> json.put("sporadicUncertified", why));
        json.put("left", beside.left().stream().map(BesideReport::json).toList());
    }

    private static Map<String, Object> json(Sporadic sporadic) {
        var json = new LinkedHashMap<String, Object>();
        json.put("stream", sporadic.stream().name());
        json.put("listener", sporadic.listener());
        json.put("delayNanos", sporadic.delayNanos());
        json.put("deadlineNanos", deadline(sporadic));
        if (sporadic.late().signum() > 0) {
            json.put("probability", BigDecimal.ONE.subtract(sporadic.late()));
            json.put("loss", sporadic.stream().loss());
        }
        if (!sporadic.shares().isEmpty()) {
            json.put(
                    "domains",
                    sporadic.shares().stream().map(BesideReport::json).toList());
        }
        json.put("holds", sporadic.holds());
        return json;
    }

    private static Map<String, Object> json(Share share) {
        var json = new LinkedHashMap<String, Object>();
        json.put("domain", share.domain().name());
        json.put("delayNanos", share.delayNanos());
        share.domain().budget().ifPresent(budget -> json.put("budgetNanos", nanos(budget)));
        return json;
    }

    private static Map<String, Object> json(Left left) {
        var json = new LinkedHashMap<String, Object>();
        json.put("from", left.from());
        json.put("to", left.to());
        json.put("open", part(left.open()));
        json.put("sporadic", part(left.needed()));
        json.put("rest", part(left.rest()));
        return json;
    }

    private static double part(double share) {
        return Math.round(share * 1e6) / 1e6;
    }

    private static long deadline(Sporadic sporadic) {
        return nanos(sporadic.stream().deadline());
    }

    private static long nanos(Time time) {
        return Math.round(time.seconds().upper() * 1e9);
    }

    String text() {
        var least = beside.left().stream()
                .min(Comparator.comparingDouble(Left::rest))
                .map(l -> String.format(
                        Locale.ROOT,
                        "%nleft for all others: %.1f %% of the time or more, the least at port %s/%s",
                        Math.floor(l.rest() * 1000) / 10,
                        l.from(),
                        l.to()))
                .orElse("");
        return beside.mistake().map(m -> "\n" + m).orElse("")
                + sporadic(beside.sporadic())
                + beside.uncertified()
                        .map(why -> "\nthese bounds cannot be verified: " + why)
                        .orElse("")
                + least;
    }

    private static String sporadic(List<Sporadic> all) {
        return all.isEmpty()
                ? ""
                : "\nsporadic streams, between the gates:"
                        + all.stream()
                                .sorted(Comparator.comparing(Sporadic::holds))
                                .limit(NAMED)
                                .map(s -> String.format(
                                        Locale.ROOT,
                                        "%n  %s to %s: %s at most, deadline %s%s%s%s",
                                        s.stream().name(),
                                        s.listener(),
                                        Nanoseconds.text(s.delayNanos()),
                                        Nanoseconds.text(deadline(s)),
                                        s.isInTime() ? "" : ": not proved to be in time",
                                        s.late().signum() == 0
                                                ? ""
                                                : Likely.text(
                                                        s.late(), s.stream().loss()),
                                        shares(s.shares())))
                                .collect(Collectors.joining())
                        + (all.size() > NAMED ? "\n  and %d more".formatted(all.size() - NAMED) : "");
    }

    private static String shares(List<Share> shares) {
        return shares.stream()
                .map(share -> String.format(
                        Locale.ROOT,
                        "%n    in domain %s: %s at most%s",
                        share.domain().name(),
                        Nanoseconds.text(share.delayNanos()),
                        share.domain()
                                .budget()
                                .map(budget -> ", budget " + Nanoseconds.text(nanos(budget))
                                        + (share.holds() ? "" : ": not proved to be within it"))
                                .orElse("")))
                .collect(Collectors.joining());
    }
}
