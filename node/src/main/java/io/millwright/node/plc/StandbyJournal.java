package io.millwright.node.plc;

import io.millwright.model.Time;
import io.millwright.model.Told;
import io.millwright.plc.record.Divergence;
import io.millwright.plc.standby.Follower;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What happened between two PLCs, for people. For many threads.
final class StandbyJournal {
    private static final Logger LOG = LoggerFactory.getLogger(StandbyJournal.class);
    private static final int EVENTS_MAX = 50;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Time time;
    private final Deque<StandbyView.EventView> events = new ArrayDeque<>();
    private String problem = "";
    private @Nullable Supplier<StandbyView.TakeOverView> takeOver;
    private StandbyView.@Nullable DivergenceView divergence;

    /// What is measured, for a [StandbyView].
    record Now(
            String role,
            String partner,
            boolean ready,
            long epoch,
            long scan,
            long lagScans,
            boolean agrees,
            long compared) {}

    StandbyJournal(Time time) {
        this.time = time;
    }

    private long millis() {
        return time.epochNanos() / NANOS_PER_MILLI;
    }

    private void add(String kind, Told told) {
        events.addFirst(new StandbyView.EventView(millis(), kind, told.text(), told.code(), told.arguments()));
        if (events.size() > EVENTS_MAX) {
            events.removeLast();
        }
    }

    synchronized void note(Told told) {
        LOG.info("standby: {}", told.text());
        add("note", told);
    }

    /// Something takes longer than the two can stand. Where it goes on it stays one event.
    synchronized void late(Told told) {
        boolean goesOn = !events.isEmpty() && isSame(events.getFirst(), told);
        if (goesOn) {
            events.removeFirst();
        } else {
            LOG.warn("standby: {}", told.text());
        }
        add("late", told);
    }

    private static boolean isSame(StandbyView.EventView before, Told now) {
        return before.code().equals(now.code())
                && Objects.equals(
                        before.arguments().get("task"), now.arguments().get("task"));
    }

    /// Why nobody is followed; told once, as it is tried again and again.
    synchronized void problem(Told told) {
        if (!told.text().equals(problem)) {
            LOG.warn("standby: {}", told.text());
            add("problem", told);
        }
        problem = told.text();
    }

    synchronized void followed() {
        problem = "";
    }

    synchronized void lost(Told told) {
        LOG.warn("standby: {}", told.text());
        add("lost", told);
    }

    synchronized void diverged(Divergence found) {
        Told told = Told.of(
                        "pair-diverged",
                        "after scan {scan} {variable} was {there} there and {here} here; "
                                + "the state from there was taken")
                .with("scan", found.scan())
                .with("variable", found.variable())
                .with("there", found.recorded())
                .with("here", found.own());
        LOG.warn("standby: the states differ: {}", told.text());
        divergence =
                new StandbyView.DivergenceView(millis(), found.scan(), found.variable(), found.recorded(), found.own());
        add("divergence", told);
    }

    /// @param steps what was done of it so far
    /// @param written the first output that was written since, where one was
    synchronized void tookOver(
            Follower.TakeOver over, TakeOverSteps steps, Supplier<Optional<OutputWriter.First>> written) {
        double tookMillis = steps.view().wentOnMillis();
        Told told = Told.of(
                        "pair-took-over", "this PLC took over after scan {scan}, in epoch {epoch}, within {millis} ms")
                .with("scan", over.scan())
                .with("epoch", over.epoch())
                .with("millis", "%.1f".formatted(tookMillis));
        LOG.warn("standby: {}", told.text());
        long at = millis();
        takeOver = () -> {
            written.get().ifPresent(w -> {
                steps.done(TakeOverSteps.Step.ASKED, w.askedNanos());
                steps.done(TakeOverSteps.Step.WRITTEN, w.writtenNanos());
            });
            return new StandbyView.TakeOverView(at, over.scan(), over.epoch(), tookMillis, steps.view());
        };
        add("take-over", told);
    }

    synchronized StandbyView view(Now now) {
        return new StandbyView(
                now.role(),
                now.partner(),
                now.ready(),
                now.epoch(),
                now.scan(),
                now.lagScans(),
                now.agrees(),
                now.compared(),
                now.role().equals("waiting") ? problem : "",
                takeOver == null ? null : takeOver.get(),
                divergence,
                List.copyOf(events));
    }
}
