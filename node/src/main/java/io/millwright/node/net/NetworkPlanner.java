package io.millwright.node.net;

import io.millwright.certificate.Verdict;
import io.millwright.certificate.schedule.Figures;
import io.millwright.certificate.schedule.ScheduleChecker;
import io.millwright.model.Network;
import io.millwright.network.model.GateProblem;
import io.millwright.network.model.PlantNetworks;
import io.millwright.network.model.PortGraph;
import io.millwright.network.schedule.Limits;
import io.millwright.network.schedule.Names;
import io.millwright.network.schedule.Outcome;
import io.millwright.network.schedule.Schedule;
import io.millwright.network.schedule.ScheduleFiles;
import io.millwright.network.schedule.Scheduler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;

/// Plans networks for those who draw them: schedules them, lets the checker judge, and bounds what has no
/// gates. One at a time, within limits of size and time.
public final class NetworkPlanner {

    private static final int MOST_LINKS = 2000;
    private static final int MOST_STREAMS = 1000;
    private static final long MOST_FRAMES = 20_000;
    private static final long SEED = 1;

    private final Semaphore free = new Semaphore(1);

    /// What came of a request.
    public sealed interface Answer {}

    /// A plan, or the reasons why there is none.
    public record Planned(NetworkPlan plan) implements Answer {}

    /// The network is not one that can be planned here.
    ///
    /// @param why what is wrong and what would be right
    public record Refused(String why) implements Answer {}

    /// Another network is being planned.
    public record Busy() implements Answer {}

    /// Plans a network.
    ///
    /// @param time how long to search at most
    /// @throws InterruptedException if the caller no longer waits; the search ends in its time
    public Answer plan(Network network, Duration time) throws InterruptedException {
        if (network.links().size() > MOST_LINKS || network.streams().size() > MOST_STREAMS) {
            return new Refused("there are more than %d links or %d streams; mw net schedule plans larger networks"
                    .formatted(MOST_LINKS, MOST_STREAMS));
        }
        if (!free.tryAcquire()) {
            return new Busy();
        }
        var answer = new CompletableFuture<Answer>();
        var worker = Thread.ofPlatform().daemon().name("network-plan").unstarted(() -> {
            try {
                answer.complete(planned(network, time));
            } catch (RuntimeException | Error e) {
                answer.completeExceptionally(e);
            } finally {
                free.release();
            }
        });
        worker.start();
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("planning a network failed", e.getCause());
        }
    }

    private static Answer planned(Network network, Duration time) {
        long began = System.nanoTime();
        var model = PlantNetworks.of(network);
        if (model.streams().isEmpty()) {
            return new Refused("there are no streams: nothing is to be planned");
        }
        var picture = new PlanPicture(model, PortGraph.of(model, "network"));
        if (model.streams().stream().noneMatch(s -> s.scheduled())) {
            return new Refused("there are no scheduled streams: nothing is to be scheduled");
        }
        return switch (GateProblem.of(model)) {
            case GateProblem.Wrong(var mistake) -> new Refused(mistake);
            case GateProblem.Right right -> {
                long frames = right.problem().streams().stream()
                        .mapToLong(s -> right.problem().hyperperiodNanos() / s.periodNanos())
                        .sum();
                if (frames > MOST_FRAMES) {
                    yield new Refused(("the gates repeat after %d ns only, with %d frames in that time; periods that "
                                    + "are multiples of each other would be right")
                            .formatted(right.problem().hyperperiodNanos(), frames));
                }
                var problem = right.problem().within(PlantNetworks.limits(network));
                var outcome = new Scheduler(problem, System::nanoTime, SEED).run(time.dividedBy(2));
                if (outcome instanceof Outcome.Scheduled(var schedule)) {
                    var files = files(schedule, right.names(), right.tables());
                    picture.scheduled(schedule, right.names(), files, verdict(files, problem.limits()));
                } else {
                    var input = new ScheduleInput(
                            problem,
                            right.names(),
                            right.tables().topology(),
                            right.tables().streams(),
                            List.of());
                    var advice = Advice.of(input, outcome, () -> System.nanoTime() - began, SEED, time, _ -> {});
                    picture.without(outcome, advice);
                }
                yield new Planned(picture.plan(right.problem().hyperperiodNanos(), (System.nanoTime() - began) / 1e9));
            }
        };
    }

    private static Map<String, String> files(Schedule schedule, Names names, GateProblem.Tables tables) {
        var files = new HashMap<>(Map.of("topology.csv", tables.topology(), "streams.csv", tables.streams()));
        ScheduleFiles.of(schedule, names).forEach((name, content) -> {
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

    private static NetworkPlan.VerdictView verdict(Map<String, String> files, Limits planned) {
        var limits = SwitchLimits.checked(planned);
        return switch (ScheduleChecker.check(name -> files.getOrDefault(name, ""), limits)) {
            case Verdict.Verified<Figures>(var figures) ->
                new NetworkPlan.VerdictView(true, figures.frames(), figures.replayed(), List.of());
            case Verdict.Refuted<Figures> refuted ->
                new NetworkPlan.VerdictView(
                        false,
                        0,
                        0,
                        refuted.shown().stream().map(Object::toString).toList());
            case Verdict.Refused<Figures>(var why) -> new NetworkPlan.VerdictView(false, 0, 0, List.of(why));
        };
    }
}
