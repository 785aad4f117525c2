package io.millwright.bench.network;

import io.millwright.bench.Benchmark;
import io.millwright.bench.Report;
import io.millwright.bench.Report.Figure;
import io.millwright.network.schedule.Outcome;
import io.millwright.network.schedule.Placement;
import io.millwright.network.schedule.Problem;
import io.millwright.network.schedule.Schedule;
import io.millwright.network.schedule.Scheduler;
import io.millwright.network.schedule.Stream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/// `mw bench network`: how many problems get a schedule, and how long it takes.
public final class NetworkBenchmark implements Benchmark {

    private static final Duration TIME = Duration.ofMinutes(2);
    private static final int LARGE_SWITCHES = 64;
    private static final int CHANGES = 300;
    private static final int INDUSTRY_RUNS = 400;
    private static final int FAILURE_RUNS = 100;

    /// Classes of periods, sizes and deadlines of the large problems.
    private static final int[][] LARGE = {{3, 3, 1}, {4, 2, 3}, {3, 2, 4}};

    private final List<Figure> figures = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();

    @Override
    public String name() {
        return "network";
    }

    @Override
    public String summary() {
        return "Gate schedules: the grid of tsnkit, 1000 and 9000 streams, a changed stream, an industry case,"
                + " failures";
    }

    @Override
    public Report run(Path folder, Consumer<String> progress) throws IOException {
        var asked = System.getProperty("mw.bench.sections", "grid,large,change,industry,failures");
        for (var section : asked.split(",", -1)) {
            progress.accept(section);
            switch (section) {
                case "grid" -> new Grid(progress).run(figures, remarks);
                case "large" -> large();
                case "change" -> change();
                case "industry" -> industry();
                case "failures" -> failures();
                case "adversaries" -> new Adversaries(progress).run(figures, remarks);
                default ->
                    throw new IllegalArgumentException("mw.bench.sections: there is no " + section
                            + "; there are grid, large, change, industry, failures, adversaries");
            }
        }
        return new Report(name(), List.copyOf(figures), List.copyOf(remarks));
    }

    private void large() {
        for (var classes : LARGE) {
            large(1000, classes, 3, "≤ 10");
        }
        large(9000, new int[] {3, 2, 1}, 1, "≤ 120");
    }

    private static Problem problem(int streams, int[] classes, int seed) {
        return new Generator(Shape.MESH, LARGE_SWITCHES, streams, classes[0], classes[1], classes[2], seed)
                .problem()
                .orElseThrow(() -> new IllegalStateException("not generated"));
    }

    private static Schedule scheduled(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Scheduled(var schedule) -> schedule;
            case Outcome.Impossible(var reasons) -> throw new IllegalStateException(reasons.toString());
            case Outcome.NotFound(int placed, var missing, var _) ->
                throw new IllegalStateException(placed + " placed, without " + missing);
        };
    }

    /// The longest of some problems.
    private void large(int streams, int[] classes, int seeds, String target) {
        double longest = 0;
        for (int seed = 1; seed <= seeds; seed++) {
            var problem = problem(streams, classes, seed);
            long began = System.nanoTime();
            scheduled(new Scheduler(problem, System::nanoTime, 1).run(TIME));
            longest = Math.max(longest, (System.nanoTime() - began) / 1e9);
        }
        figures.add(new Figure(
                "%d streams, mesh of %d, periods %d, sizes %d, deadlines %d; longest of %d"
                        .formatted(streams, LARGE_SWITCHES, classes[0], classes[1], classes[2], seeds),
                longest,
                "s",
                target));
    }

    /// A stream gets another size; all others keep their places.
    private void change() {
        var before = scheduled(new Scheduler(problem(1000, LARGE[0], 1), System::nanoTime, 1).run(TIME));
        var problem = before.problem();
        var places = new HashMap<Integer, Placement>();
        before.placements().forEach(p -> places.put(places.size(), p));
        var random = new SplittableRandom(1);
        var threads = ManagementFactory.getThreadMXBean();
        var times = new Times();
        var cpu = new Times();
        var collector = new Collector();
        int refused = 0;
        for (int i = -CHANGES; i < CHANGES; i++) {
            int changed = random.nextInt(problem.streams().size());
            var streams = new ArrayList<>(problem.streams());
            var old = streams.get(changed);
            streams.set(
                    changed,
                    new Stream(
                            old.id(),
                            old.source(),
                            old.destinations(),
                            random.nextInt(200, 1501),
                            old.periodNanos(),
                            old.deadlineNanos(),
                            0));
            var next = new Problem(problem.topology(), streams);
            if (i == 0) {
                collector.begin();
            }
            long began = System.nanoTime();
            long cpuBefore = threads.getCurrentThreadCpuTime();
            var scheduler = new Scheduler(next, System::nanoTime, 1);
            var others = new HashMap<>(places);
            others.remove(changed);
            if (!scheduler.keep(others).isEmpty()) {
                throw new IllegalStateException("others cannot keep their places");
            }
            var outcome = scheduler.run(Duration.ofSeconds(1));
            if (i >= 0) {
                times.add((System.nanoTime() - began) / 1e6);
                cpu.add((threads.getCurrentThreadCpuTime() - cpuBefore) / 1e6);
                refused += outcome instanceof Outcome.Scheduled ? 0 : 1;
            }
        }
        figures.add(new Figure(
                "one stream of 1000 changes, others keep their places, median", times.quantile(0.5), "ms", ""));
        figures.add(new Figure("the same, 99 %", times.quantile(0.99), "ms", "≤ 10"));
        figures.add(new Figure("the same, 99 %, processor time", cpu.quantile(0.99), "ms", ""));
        remarks.add("one stream of 1000 changes, by the clock: %s; processor time: %s"
                .formatted(times.distribution(), cpu.distribution()));
        remarks.add("one stream of 1000 changes: " + collector.among(CHANGES));
        remarks.add(("one stream of 1000: %d changes of its size after as many unmeasured ones, %d of them without a"
                        + " place; the promises of all others are checked each time")
                .formatted(CHANGES, refused));
    }

    private void failures() {
        var outcome = new Scheduler(problem(1000, LARGE[0], 1), System::nanoTime, 1).run(TIME);
        new LinkFailures("1000 streams on a mesh of 64", 1, 10).run(scheduled(outcome), figures, remarks);
    }

    private void industry() throws IOException {
        var file = Path.of(System.getProperty("mw.root", "."))
                .resolve("../shared/data/network/cases/ecrts-challenge-241-streams.csv")
                .normalize();
        file = Path.of(System.getProperty("mw.bench.industry", file.toString()));
        if (!Files.exists(file)) {
            remarks.add("the industry case of 241 streams is skipped: there is no " + file.getFileName()
                    + "; -Dmw.bench.industry names it");
            return;
        }
        var industry = IndustryCase.read(file);
        var times = new Times();
        for (int i = -INDUSTRY_RUNS; i < INDUSTRY_RUNS; i++) {
            long began = System.nanoTime();
            scheduled(new Scheduler(industry.problem(), industry.ways(), System::nanoTime, 1).run(TIME));
            if (i >= 0) {
                times.add((System.nanoTime() - began) / 1e6);
            }
        }
        var both = industry.bothWays();
        var outcome = new Scheduler(both.problem(), both.ways(), System::nanoTime, 1).run(TIME);
        new LinkFailures("industry case", FAILURE_RUNS, 1).run(scheduled(outcome), figures, remarks);
        figures.add(new Figure("industry case, 241 streams, warm, median", times.quantile(0.5), "ms", "≤ 5"));
        figures.add(new Figure("the same, 99 %", times.quantile(0.99), "ms", ""));
        remarks.add(
                "industry case: published are 0.3 to 5.5 ms for it; its ways are given, rates and deadlines are not:"
                        + " 1 Gbit/s and the periods are taken");
    }
}
