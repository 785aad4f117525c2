package io.millwright.node.net;

import io.millwright.certificate.Verdict;
import io.millwright.certificate.schedule.Figures;
import io.millwright.certificate.schedule.ScheduleChecker;
import io.millwright.model.Network;
import io.millwright.network.model.GateProblem;
import io.millwright.network.model.PlantNetworks;
import io.millwright.network.model.PortGraph;
import io.millwright.network.schedule.Limits;
import io.millwright.network.schedule.Message;
import io.millwright.network.schedule.Names;
import io.millwright.network.schedule.Outcome;
import io.millwright.network.schedule.Problem;
import io.millwright.network.schedule.Schedule;
import io.millwright.network.schedule.ScheduleFiles;
import io.millwright.network.schedule.ScheduleFiles.Content;
import io.millwright.network.schedule.Scheduler;
import io.millwright.node.net.NetworkPlan.MessageView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/// Plans networks for those who draw them: schedules them, lets the checker judge, and bounds what has no
/// gates. One at a time, within limits of size and time.
public final class NetworkPlanner {

    private static final int MOST_LINKS = 2000;
    private static final int MOST_STREAMS = 1000;
    private static final long MOST_FRAMES = 20_000;
    static final long SEED = 1;

    /// So long a request waits for the one that it stops.
    private static final long MOST_WAIT_SECONDS = 30;

    private final KeptPlans kept = new KeptPlans(System::nanoTime);
    private final Turns turns = new Turns();

    /// What came of a request.
    public sealed interface Answer {}

    /// A plan, or the reasons why there is none.
    public record Planned(NetworkPlan plan) implements Answer {}

    /// The network is not one that can be planned here.
    ///
    /// @param why what is wrong and what would be right
    public record Refused(MessageView why) implements Answer {}

    /// Somebody else has a network planned.
    public record Busy() implements Answer {}

    /// The same has asked for another plan meanwhile.
    public record Stopped() implements Answer {}

    /// A search, and its clock: nanoseconds since it began. Once it is stopped the clock leaps each time that
    /// somebody looks at it, so that time is up also for what begins only then.
    private static final class Search implements LongSupplier {
        private static final long LEAP = 100_000_000_000L;

        private final long began = System.nanoTime();
        private final AtomicLong leaps = new AtomicLong();
        private volatile boolean stopped;

        double seconds() {
            return (System.nanoTime() - began) / 1e9;
        }

        @Override
        public long getAsLong() {
            return System.nanoTime() - began + (stopped ? leaps.addAndGet(LEAP) : 0);
        }
    }

    private enum Turn {
        HELD,
        STOPPED,
        OTHERS
    }

    /// Whose turn it is: one search at a time. Asking and taking are one step, so that a search that is stopped
    /// before its turn never has one.
    private static final class Turns {
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition changed = lock.newCondition();
        private final Map<String, Search> latest = new HashMap<>();
        private boolean taken;

        /// Waits only for a search of the same.
        Turn take(Search search, String by) throws InterruptedException {
            lock.lockInterruptibly();
            try {
                var earlier = by.isEmpty() ? null : latest.put(by, search);
                long left = 0;
                if (earlier != null) {
                    earlier.stopped = true;
                    changed.signalAll();
                    left = TimeUnit.SECONDS.toNanos(MOST_WAIT_SECONDS);
                }
                while (taken && !search.stopped && left > 0) {
                    left = changed.awaitNanos(left);
                }
                if (search.stopped) {
                    return Turn.STOPPED;
                }
                if (taken) {
                    return Turn.OTHERS;
                }
                taken = true;
                return Turn.HELD;
            } finally {
                lock.unlock();
            }
        }

        void give() {
            lock.lock();
            try {
                taken = false;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }

        void forget(Search search, String by) {
            lock.lock();
            try {
                latest.remove(by, search);
            } finally {
                lock.unlock();
            }
        }
    }

    /// The latest schedules.
    public KeptPlans kept() {
        return kept;
    }

    /// Plans a network.
    ///
    /// @param time how long to search at most
    /// @param by who asks: a search that the same asked for is stopped. Nobody's search is, where this is empty
    /// @throws InterruptedException if the caller no longer waits; the search ends in its time
    public Answer plan(Network network, Duration time, String by) throws InterruptedException {
        if (network.links().size() > MOST_LINKS || network.streams().size() > MOST_STREAMS) {
            return refused(
                    Message.of(
                                    "too-large",
                                    "there are more than {links} links or {streams} streams; mw net schedule plans"
                                            + " larger networks")
                            .figure("links", MOST_LINKS)
                            .figure("streams", MOST_STREAMS),
                    new Names());
        }
        var search = new Search();
        try {
            return switch (turns.take(search, by)) {
                case HELD -> {
                    var answer = run(network, time, search);
                    yield search.stopped ? new Stopped() : answer;
                }
                case STOPPED -> new Stopped();
                case OTHERS -> new Busy();
            };
        } finally {
            turns.forget(search, by);
        }
    }

    /// Plans on a thread of its own, which gives the turn back when it ends.
    private Answer run(Network network, Duration time, Search search) throws InterruptedException {
        var answer = new CompletableFuture<Answer>();
        var worker = Thread.ofPlatform().daemon().name("network-plan").unstarted(() -> {
            try {
                var found = planned(network, time, search);
                turns.give();
                answer.complete(found);
            } catch (RuntimeException | Error e) {
                turns.give();
                answer.completeExceptionally(e);
            }
        });
        worker.start();
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("planning a network failed", e.getCause());
        }
    }

    private Answer planned(Network network, Duration time, Search search) {
        var model = PlantNetworks.of(network);
        if (model.streams().isEmpty()) {
            return refused(GateProblem.NO_STREAMS, new Names());
        }
        var picture = new PlanPicture(model, PortGraph.of(model, "network"));
        if (model.streams().stream().noneMatch(s -> s.scheduled())) {
            picture.bounded();
            return new Planned(picture.plan(0, search.seconds()));
        }
        return switch (GateProblem.of(model)) {
            case GateProblem.Wrong(var mistake, var names) -> refused(mistake, names);
            case GateProblem.Right right -> {
                var many = Problem.tooLarge(right.problem().streams(), MOST_FRAMES);
                if (many.isPresent()) {
                    yield refused(many.get(), right.names());
                }
                var problem = right.problem();
                var outcome = new Scheduler(problem, search, SEED).run(time.dividedBy(2));
                if (outcome instanceof Outcome.Scheduled(var schedule)) {
                    var files = files(schedule, right.names(), right.tables());
                    picture.scheduled(
                            schedule,
                            right.names(),
                            files,
                            verdict(files, problem.limits()),
                            kept.keep(schedule, right.names()));
                } else {
                    var input = new ScheduleInput(
                            problem,
                            right.names(),
                            right.tables().topology(),
                            right.tables().streams(),
                            Optional.of(model));
                    var advice = Advice.of(input, outcome, search, SEED, time, _ -> {});
                    picture.without(outcome, advice);
                }
                yield new Planned(picture.plan(right.problem().hyperperiodNanos(), search.seconds()));
            }
        };
    }

    private static Answer refused(Message why, Names names) {
        return new Refused(MessageView.of(why, names));
    }

    private static Map<String, String> files(Schedule schedule, Names names, GateProblem.Tables tables) {
        var files = new HashMap<>(Map.of("topology.csv", tables.topology(), "streams.csv", tables.streams()));
        files.putAll(texts(ScheduleFiles.of(schedule, names)));
        return files;
    }

    /// What files hold.
    static Map<String, String> texts(Map<String, Content> contents) {
        var files = new HashMap<String, String>();
        contents.forEach((name, content) -> {
            var text = new StringBuilder();
            try {
                content.writeTo(text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            files.put(name, text.toString());
        });
        return files;
    }

    /// What the checker says of a schedule.
    static NetworkPlan.VerdictView verdict(Map<String, String> files, Limits planned) {
        var limits = SwitchLimits.checked(planned);
        return switch (ScheduleChecker.check(name -> files.getOrDefault(name, ""), limits)) {
            case Verdict.Verified<Figures>(var figures) ->
                new NetworkPlan.VerdictView(true, figures.frames(), figures.replayed(), List.of());
            case Verdict.Refuted<Figures> refuted ->
                new NetworkPlan.VerdictView(
                        false,
                        0,
                        0,
                        refuted.shown().stream().map(CheckerWords::of).toList());
            case Verdict.Refused<Figures>(var why) ->
                new NetworkPlan.VerdictView(false, 0, 0, List.of(CheckerWords.refused(why)));
        };
    }
}
