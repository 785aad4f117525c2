package io.millwright.node.net;

import io.millwright.network.failure.Atlas;
import io.millwright.network.failure.Consequence;
import io.millwright.network.failure.Failure;
import io.millwright.network.failure.Failures;
import io.millwright.network.failure.Fate;
import io.millwright.network.failure.Recovery;
import io.millwright.network.schedule.Names;
import io.millwright.network.schedule.Schedule;
import io.millwright.network.schedule.ScheduleFiles;
import io.millwright.node.net.FailureView.ChangesView;
import io.millwright.node.net.FailureView.LostView;
import io.millwright.node.net.FailureView.MovedView;
import io.millwright.node.net.FailureView.PartView;
import io.millwright.node.net.FailureView.PartlyView;
import io.millwright.node.net.NetworkPlan.HopPlan;
import io.millwright.node.net.NetworkPlan.MessageView;
import io.millwright.node.net.NetworkPlan.VerdictView;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The latest schedules, each under a name, so that somebody may ask what becomes of them when something fails.
/// One failure at a time is looked into.
public final class KeptPlans {

    private static final int MOST = 8;
    private static final int PAIRS = 20;
    private static final Duration TIME = Duration.ofSeconds(2);

    private final Map<String, Kept> plans = new LinkedHashMap<>();
    private final ReentrantLock looking = new ReentrantLock(true);
    private final LongSupplier nanoTime;
    private long count;

    private record Kept(Schedule schedule, Names names, Atlas atlas, List<Failure> failures) {}

    /// @param nanoTime a clock that only goes forward, in nanoseconds
    public KeptPlans(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /// Keeps a schedule that holds; forgets the oldest.
    ///
    /// @return the name that it is kept under
    synchronized String keep(Schedule schedule, Names names) {
        var name = Long.toString(++count, Character.MAX_RADIX) + Long.toString(System.nanoTime(), Character.MAX_RADIX);
        plans.put(
                name,
                new Kept(
                        schedule,
                        names,
                        new Atlas(schedule, nanoTime, NetworkPlanner.SEED),
                        failures(schedule, names)));
        if (plans.size() > MOST) {
            plans.remove(plans.keySet().iterator().next());
        }
        return name;
    }

    private static List<Failure> failures(Schedule schedule, Names names) {
        var single = Failures.single(schedule.problem(), names);
        return Stream.concat(single.stream(), Failures.pairs(single, PAIRS, NetworkPlanner.SEED).stream())
                .toList();
    }

    private synchronized Optional<Kept> kept(String name) {
        return Optional.ofNullable(plans.get(name));
    }

    /// What may fail, each alone: links, then bridges, then stations; then pairs of these, drawn by lot; nothing if no
    /// plan is kept under this name.
    public Optional<List<PartView>> failures(String plan) {
        return kept(plan)
                .map(k -> k.failures().stream()
                        .map(f -> PartView.of(f, k.names()))
                        .toList());
    }

    /// What becomes of the streams of a plan.
    ///
    /// @param failure its number in the list of failures, from 0
    /// @param recovery what is assumed of the network
    /// @return nothing if no plan is kept under this name, or there is no such failure
    /// @throws InterruptedException if the caller no longer waits
    public Optional<FailureView> look(String plan, int failure, Recovery recovery) throws InterruptedException {
        var kept = kept(plan).filter(k -> failure >= 0 && failure < k.failures().size());
        if (kept.isEmpty()) {
            return Optional.empty();
        }
        looking.lockInterruptibly();
        try {
            var k = kept.get();
            return Optional.of(view(k, k.atlas().of(k.failures().get(failure), TIME), recovery));
        } finally {
            looking.unlock();
        }
    }

    private static FailureView view(Kept kept, Consequence consequence, Recovery recovery) {
        var names = kept.names();
        var verdict = consequence.alternative().map(a -> verdict(a, names));
        var moved = consequence.fates(Fate.Moved.class).stream()
                .map(m -> moved(kept, consequence, recovery, m))
                .toList();
        return new FailureView(
                PartView.of(consequence.failure(), names),
                consequence.fates(Fate.Untouched.class).stream()
                        .map(f -> names.stream(f.stream()))
                        .toList(),
                consequence.fates(Fate.Covered.class).stream()
                        .map(f -> partly(f.stream(), f.gone(), names))
                        .toList(),
                consequence.fates(Fate.Reduced.class).stream()
                        .map(f -> partly(f.stream(), f.gone(), names))
                        .toList(),
                moved,
                consequence.fates(Fate.Lost.class).stream()
                        .map(f -> new LostView(names.stream(f.stream()), MessageView.of(f.proof(), names)))
                        .toList(),
                consequence.fates(Fate.Open.class).stream()
                        .map(f -> names.stream(f.stream()))
                        .toList(),
                consequence.changes().stream()
                        .map(c -> ChangesView.of(c, names))
                        .toList(),
                verdict.map(VerdictView::verified).orElse(null),
                verdict.map(VerdictView::violations).orElse(List.of()),
                moved.isEmpty()
                        ? null
                        : moved.stream().mapToLong(MovedView::outage).max().orElse(0),
                Math.round(consequence.nanos() / 1e6) / 1e3);
    }

    private static VerdictView verdict(Schedule alternative, Names names) {
        var files = NetworkPlanner.texts(ScheduleFiles.whole(alternative, names));
        return NetworkPlanner.verdict(files, alternative.problem().limits());
    }

    private static PartlyView partly(int stream, List<Integer> gone, Names names) {
        return new PartlyView(
                names.stream(stream), gone.stream().map(names::node).toList());
    }

    private static MovedView moved(Kept kept, Consequence consequence, Recovery recovery, Fate.Moved moved) {
        var names = kept.names();
        long period = kept.schedule().problem().streams().stream()
                .filter(s -> s.id() == moved.stream())
                .mapToLong(io.millwright.network.schedule.Stream::periodNanos)
                .findFirst()
                .orElse(1);
        return new MovedView(
                names.stream(moved.stream()),
                moved.gone().stream().map(names::node).toList(),
                moved.delayBeforeNanos(),
                moved.delayNanos(),
                recovery.outageNanos(consequence, moved),
                recovery.framesLost(consequence, moved, period),
                hops(consequence.alternative().orElse(null), names, moved.stream()));
    }

    private static List<HopPlan> hops(@Nullable Schedule alternative, Names names, int stream) {
        if (alternative == null) {
            return List.of();
        }
        var streams = alternative.problem().streams();
        return IntStream.range(0, streams.size())
                .filter(i -> streams.get(i).id() == stream)
                .boxed()
                .flatMap(i ->
                        PlanPicture.hops(
                                alternative,
                                names,
                                streams.get(i),
                                alternative.placements().get(i))
                                .stream())
                .sorted(Comparator.comparingLong(h -> h.start() == null ? 0 : h.start()))
                .toList();
    }
}
