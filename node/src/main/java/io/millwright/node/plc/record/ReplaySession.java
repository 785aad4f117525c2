package io.millwright.node.plc.record;

import io.millwright.iec61131.machine.Slot;
import io.millwright.iec61131.type.Elementary;
import io.millwright.node.plc.ControlDesk.InstanceView;
import io.millwright.node.plc.ControlDesk.SourceView;
import io.millwright.node.plc.ControlDesk.VariableView;
import io.millwright.node.plc.InstanceTree;
import io.millwright.node.plc.ProgramVariables;
import io.millwright.plc.Loaded;
import io.millwright.plc.record.RecordedRun;
import io.millwright.plc.record.RecordingError;
import io.millwright.plc.record.Replay;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// One replay that somebody looks at. For one thread.
final class ReplaySession {
    /// How long one request may search.
    private static final long SEARCH_NANOS = 10_000_000_000L;

    private static final int STEPS_MOST = 100_000;
    private static final int TREND_SCANS_MOST = 20_000;
    private static final int TREND_VARIABLES_MOST = 16;
    private static final int TREND_POINTS_MOST = 2000;

    private final RecordedRun run;
    private final Replay replay;
    private final LongSupplier nanoClock;

    ReplaySession(RecordedRun run, LongSupplier nanoClock) {
        this.run = run;
        this.replay = Held.replay(run);
        this.nanoClock = nanoClock;
    }

    /// Goes somewhere.
    MomentView move(ReplayDesk.MoveRequest move) throws RecordingError {
        boolean found = true;
        if (move.scan() != null) {
            replay.toScan(Math.clamp(
                    move.scan(), run.stretch().firstScan(), run.stretch().lastScan()));
        } else if (move.epochMillis() != null) {
            double date = move.epochMillis() * 1e6;
            long first = run.stretch().epochNanos();
            Moment.toDate(replay, run, Math.max(first, Math.round(Math.min(date, (double) run.endNanos()))));
        } else if (move.by() != null) {
            step(move.by());
        } else if (move.until() != null) {
            found = search(move.until(), true);
        } else if (move.last() != null) {
            found = search(move.last(), false);
        }
        return MomentView.of(replay, move.paths() == null ? List.of() : move.paths(), found);
    }

    private void step(int by) throws RecordingError {
        if (Math.abs((long) by) > STEPS_MOST) {
            throw new IllegalArgumentException("at most " + STEPS_MOST + " scans are gone at once, not " + by);
        }
        if (by == -1) {
            replay.back();
        } else if (by < 0) {
            replay.toScan(Math.max(run.stretch().firstScan(), replay.scan() + by));
        } else {
            long end = replay.scan() + by;
            while (replay.scan() < end && replay.forward()) {
                // Up to there.
            }
        }
    }

    private boolean search(String text, boolean onwards) throws RecordingError {
        BooleanSupplier holds = Conditions.in(replay, text);
        long begun = nanoClock.getAsLong();
        BooleanSupplier holdsOrLate = () -> holds.getAsBoolean() || nanoClock.getAsLong() - begun > SEARCH_NANOS;
        boolean stopped = onwards ? replay.forwardUntil(holdsOrLate) : replay.backUntil(holdsOrLate);
        return stopped && holds.getAsBoolean();
    }

    List<SourceView> sources() {
        return replay.loaded().project().sources().stream().map(SourceView::of).toList();
    }

    List<InstanceView> instances() {
        return InstanceTree.of(replay.loaded().program().globals());
    }

    List<VariableView> variables(String under) {
        return ProgramVariables.under(replay.loaded(), under).stream()
                .map(VariableView::of)
                .toList();
    }

    /// The course of variables around the present moment, which stays where it is.
    ///
    /// @param before how many scans before it
    /// @param after how many scans after it
    ReplayDesk.TrendView trend(List<String> paths, int before, int after) throws RecordingError {
        long here = replay.scan();
        int scans = before + after + 1;
        if (before < 0 || after < 0 || scans > TREND_SCANS_MOST) {
            throw new IllegalArgumentException("a trend has 1 to " + TREND_SCANS_MOST + " scans, not " + scans);
        }
        if (paths.isEmpty() || paths.size() > TREND_VARIABLES_MOST) {
            throw new IllegalArgumentException("a trend has 1 to " + TREND_VARIABLES_MOST + " variables");
        }
        int every = (scans + TREND_POINTS_MOST - 1) / TREND_POINTS_MOST;
        var trend = new ReplayDesk.TrendView(every, new ArrayList<>(), new ArrayList<>(), new LinkedHashMap<>());
        paths.forEach(p -> trend.values().put(p, new ArrayList<>()));
        try {
            nearest(Math.max(run.stretch().firstScan(), here - before));
            boolean more = replay.scan() <= here + after;
            while (more) {
                if ((replay.scan() - here) % every == 0) {
                    add(trend);
                }
                more = replay.scan() < here + after && replay.forward();
            }
        } finally {
            replay.toScan(here);
        }
        return trend;
    }

    /// Goes to a scan, or where it was not recorded to the next that was.
    private void nearest(long scan) throws RecordingError {
        try {
            replay.toScan(scan);
        } catch (RecordingError e) {
            if (replay.scan() < scan) {
                throw e;
            }
        }
    }

    private void add(ReplayDesk.TrendView trend) {
        trend.scans().add(replay.scan());
        trend.epochMillis().add(replay.epochNanos() / 1e6);
        Loaded loaded = replay.loaded();
        trend.values()
                .forEach((path, line) -> line.add(
                        loaded.run().slot(path).map(ReplaySession::number).orElse(null)));
    }

    private static @Nullable Double number(Slot slot) {
        Elementary type = slot.type().elementary();
        if (type == null || slot.isText()) {
            return null;
        }
        double value = type.family() == Elementary.Family.REAL ? Double.longBitsToDouble(slot.bits()) : slot.bits();
        return Double.isFinite(value) ? value : null;
    }
}
