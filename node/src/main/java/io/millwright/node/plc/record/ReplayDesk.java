package io.millwright.node.plc.record;

import io.millwright.node.command.UsageError;
import io.millwright.node.plc.ControlDesk.InstanceView;
import io.millwright.node.plc.ControlDesk.SourceView;
import io.millwright.node.plc.ControlDesk.VariableView;
import io.millwright.plc.pace.RealTime;
import io.millwright.plc.record.Marks;
import io.millwright.plc.record.RecordedRun;
import io.millwright.plc.record.RecordingError;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Replays on a node of what its PLC did: so many at once, all on one thread that lets all others go first,
/// never on the one that scans. One that nobody asks for is closed.
///
/// Whatever is asked of it wrongly is an [IllegalArgumentException] whose message says what would be right.
public final class ReplayDesk implements AutoCloseable {
    private static final int SESSIONS_MOST = 4;
    private static final int WAITING_MOST = 16;
    private static final int MARKS_MOST = 2000;
    private static final long MARKS_NANOS = 5_000_000_000L;
    private static final long IDLE_NANOS = 600_000_000_000L;
    /// After which time a session makes room for another.
    private static final long YIELD_NANOS = 30_000_000_000L;

    private final Path folder;
    private final LongSupplier nanoClock;
    private final Semaphore waiting = new Semaphore(WAITING_MOST);
    private final ScheduledThreadPoolExecutor thread;
    /// Touched by that thread alone.
    private final Map<String, Open> sessions = new HashMap<>();

    private static final class Open {
        final ReplaySession session;
        long askedNanos;

        Open(ReplaySession session, long askedNanos) {
            this.session = session;
            this.askedNanos = askedNanos;
        }
    }

    /// @param folder of the recording
    /// @param nanoClock one that is never set
    public ReplayDesk(Path folder, LongSupplier nanoClock) {
        this.folder = folder;
        this.nanoClock = nanoClock;
        thread = new ScheduledThreadPoolExecutor(
                1,
                work -> Thread.ofPlatform().name("plc replay").daemon().unstarted(() -> {
                    RealTime.stepBack();
                    work.run();
                }));
        var _ = thread.scheduleWithFixedDelay(this::closeIdle, 30, 30, TimeUnit.SECONDS);
    }

    /// What is held.
    ///
    /// @param notes what of it could not be read, and why
    public record RecordingView(String folder, List<RunView> runs, List<String> notes) {}

    /// Which run is to be replayed.
    ///
    /// @param run its number, from 1; the newest if absent
    public record OpenRequest(@Nullable Integer run) {}

    /// A replay that was opened: it knows what was recorded up to then.
    ///
    /// @param marks what happened besides scans
    /// @param markedTo up to which scan that was looked for: there may be too much for one answer
    public record SessionView(String id, RunView run, List<MarkView> marks, long markedTo) {}

    /// Where a replay is to go. At most one of `scan`, `epochMillis`, `by`, `until` and `last` is given.
    ///
    /// @param scan to the end of this scan
    /// @param epochMillis to the last scan that had begun then
    /// @param by so many scans forward, or back where it is below 0
    /// @param until forward to the next scan at whose end this holds: `levels.Level1 > 12.5`
    /// @param last back to the last scan before at whose end this held
    /// @param paths the variables to tell; of an instance, structure or array all
    public record MoveRequest(
            @Nullable Long scan,
            @Nullable Double epochMillis,
            @Nullable Integer by,
            @Nullable String until,
            @Nullable String last,
            @Nullable List<String> paths) {}

    /// The course of some variables, one of every so many scans.
    ///
    /// @param values of each variable; TRUE is 1, times are nanoseconds, null is no number
    public record TrendView(
            int every, List<Long> scans, List<Double> epochMillis, Map<String, List<@Nullable Double>> values) {}

    /// What is held.
    public RecordingView recordings() {
        return asked(() -> {
            Held held = Held.open(folder);
            List<RunView> runs = held.recording().runs().stream()
                    .map(r -> RunView.of(held, r))
                    .toList();
            return new RecordingView(
                    held.path().toString(), runs, held.recording().notes());
        });
    }

    /// Opens a replay at the end of a run.
    public SessionView open(OpenRequest request) {
        return asked(() -> {
            makeRoom();
            Held held = Held.open(folder);
            RecordedRun run = held.run(Optional.ofNullable(request.run()), "");
            var session = new ReplaySession(run, nanoClock);
            long begun = nanoClock.getAsLong();
            Marks marks = Marks.of(run, MARKS_MOST, () -> nanoClock.getAsLong() - begun < MARKS_NANOS);
            String id = UUID.randomUUID().toString();
            sessions.put(id, new Open(session, nanoClock.getAsLong()));
            List<MarkView> views = marks.marks().stream().map(MarkView::of).toList();
            return new SessionView(id, RunView.of(held, run), views, marks.toScan());
        });
    }

    /// Goes to another moment, and tells variables there.
    public MomentView move(String id, MoveRequest request) {
        return asked(() -> session(id).move(request));
    }

    /// The texts of the program that ran then.
    public List<SourceView> sources(String id) {
        return asked(() -> session(id).sources());
    }

    /// The instances of the program that ran then.
    public List<InstanceView> instances(String id) {
        return asked(() -> session(id).instances());
    }

    /// The variables of the program that ran then, with their values; at most 10 000.
    public List<VariableView> variables(String id, String under) {
        return asked(() -> session(id).variables(under));
    }

    /// The course of variables around the present moment.
    public TrendView trend(String id, List<String> paths, int before, int after) {
        return asked(() -> session(id).trend(paths, before, after));
    }

    /// Whether there was one to close.
    public record ClosedView(String id, boolean closed) {}

    /// Closes a replay.
    public ClosedView end(String id) {
        return asked(() -> new ClosedView(id, sessions.remove(id) != null));
    }

    private ReplaySession session(String id) {
        Open open = sessions.get(id);
        if (open == null) {
            throw new IllegalArgumentException("there is no replay " + id
                    + "; one that nobody asks for is closed after ten minutes: open another");
        }
        open.askedNanos = nanoClock.getAsLong();
        return open.session;
    }

    private void makeRoom() {
        closeIdle();
        long now = nanoClock.getAsLong();
        if (sessions.size() >= SESSIONS_MOST) {
            sessions.entrySet().stream()
                    .min(Comparator.comparingLong(e -> e.getValue().askedNanos))
                    .filter(e -> now - e.getValue().askedNanos > YIELD_NANOS)
                    .map(Map.Entry::getKey)
                    .ifPresent(sessions::remove);
        }
        if (sessions.size() >= SESSIONS_MOST) {
            throw new IllegalArgumentException(SESSIONS_MOST
                    + " replays are looked at already; close one, or replay a saved part with `mw plc" + " replay`");
        }
    }

    private void closeIdle() {
        long now = nanoClock.getAsLong();
        sessions.values().removeIf(open -> now - open.askedNanos > IDLE_NANOS);
    }

    private <T> T asked(Callable<T> work) {
        if (!waiting.tryAcquire()) {
            throw new IllegalArgumentException("too many wait for replays; ask again in a moment");
        }
        try {
            return thread.submit(work).get();
        } catch (ExecutionException e) {
            throw switch (e.getCause()) {
                case IllegalArgumentException wrong -> wrong;
                case RecordingError told -> new IllegalArgumentException(told.getMessage(), told);
                case UsageError told -> new IllegalArgumentException(told.getMessage(), told);
                case null, default -> new IllegalStateException(e.getCause());
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the node is ending", e);
        } finally {
            waiting.release();
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
