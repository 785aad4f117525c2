package io.millwright.node.plc;

import io.millwright.model.Time;
import io.millwright.plc.record.Divergence;
import io.millwright.plc.standby.Follower;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
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

    private void add(String kind, String message) {
        events.addFirst(new StandbyView.EventView(millis(), kind, message));
        if (events.size() > EVENTS_MAX) {
            events.removeLast();
        }
    }

    synchronized void note(String message) {
        LOG.info("standby: {}", message);
        add("note", message);
    }

    /// Why nobody is followed; told once, as it is tried again and again.
    synchronized void problem(String message) {
        if (!message.equals(problem)) {
            LOG.warn("standby: {}", message);
            add("problem", message);
        }
        problem = message;
    }

    synchronized void followed() {
        problem = "";
    }

    synchronized void lost(String message) {
        LOG.warn("standby: {}", message);
        add("lost", message);
    }

    synchronized void diverged(Divergence found) {
        String message = "after scan %d %s was %s there and %s here; the state from there was taken"
                .formatted(found.scan(), found.variable(), found.recorded(), found.own());
        LOG.warn("standby: the states differ: {}", message);
        divergence =
                new StandbyView.DivergenceView(millis(), found.scan(), found.variable(), found.recorded(), found.own());
        add("divergence", message);
    }

    /// @param steps what was done of it so far
    /// @param written the first output that was written since, where one was
    synchronized void tookOver(
            Follower.TakeOver over, TakeOverSteps steps, Supplier<Optional<OutputWriter.First>> written) {
        double tookMillis = steps.view().wentOnMillis();
        String message = "this PLC took over after scan %d, in epoch %d, within %.1f ms"
                .formatted(over.scan(), over.epoch(), tookMillis);
        LOG.warn("standby: {}", message);
        long at = millis();
        takeOver = () -> {
            written.get().ifPresent(w -> {
                steps.done(TakeOverSteps.Step.ASKED, w.askedNanos());
                steps.done(TakeOverSteps.Step.WRITTEN, w.writtenNanos());
            });
            return new StandbyView.TakeOverView(at, over.scan(), over.epoch(), tookMillis, steps.view());
        };
        add("take-over", message);
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
