package io.millwright.bench.network;

import io.millwright.bench.Report.Figure;
import io.millwright.network.schedule.Outcome;
import io.millwright.network.schedule.Problem;
import io.millwright.network.schedule.Scheduler;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The published grid of tsnkit: shapes by streams by classes of periods, sizes and deadlines on 8 switches, a
/// problem for each. One in so many is drawn (`-Dmw.bench.sample`, 10), or those with certain seeds are taken
/// (`-Dmw.bench.seeds=440,1613`), in an order by lot, and each has so many milliseconds of processor time
/// (`-Dmw.bench.millis`, 1000): at first at most a second; those without an answer have all of it at the end. Every
/// schedule is replayed by the checker, outside of what is measured.
final class Grid {

    private static final int SWITCHES = 8;
    private static final int MOST_STREAMS = 220;
    private static final int STEP = 30;
    private static final int SAMPLE = Integer.getInteger("mw.bench.sample", 10);
    private static final int MILLIS = Integer.getInteger("mw.bench.millis", 1000);
    private static final List<String> SEEDS =
            List.of(System.getProperty("mw.bench.seeds", "").split(",", -1));
    private static final long LOT = Long.getLong("mw.bench.seed", 1);

    private static final int FIRST_MILLIS = 1000;
    private static final int WARM_UP = 60;
    private static final long ORDER_SEED = 1;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Map<String, Group> groups = new TreeMap<>();
    private final Group all = new Group();
    private final Consumer<String> progress;

    /// What came of some problems.
    private static final class Group {
        private final Times times = new Times();
        private int impossible;
        private int notFound;
        private int notGenerated;

        private double share() {
            return 100.0 * times.size() / Math.max(1, times.size() + impossible + notFound);
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%.1f %% scheduled (%d), %d proved impossible, %d not found, %d not generated;"
                            + " median %.1f ms, p99 %.1f ms, max %.1f ms",
                    share(),
                    times.size(),
                    impossible,
                    notFound,
                    notGenerated,
                    times.quantile(0.5),
                    times.quantile(0.99),
                    times.quantile(1));
        }
    }

    Grid(Consumer<String> progress) {
        this.progress = progress;
    }

    void run(List<Figure> figures, List<String> remarks) {
        progress.accept("one in %d problems of the grid, %d ms each".formatted(SAMPLE, MILLIS));
        var drawn = generators();
        Collections.shuffle(drawn, new Random(ORDER_SEED));
        drawn.stream().limit(WARM_UP).forEach(g -> g.problem().ifPresent(p -> outcome(p, FIRST_MILLIS)));
        var left = new ArrayList<Generator>();
        drawn.forEach(g -> measure(g, Math.min(MILLIS, FIRST_MILLIS), MILLIS > FIRST_MILLIS ? left : null));
        left.forEach(g -> measure(g, MILLIS, null));
        figures.add(new Figure("grid: scheduled", all.share(), "%", ""));
        figures.add(new Figure("grid: time of those scheduled, median", all.times.quantile(0.5), "ms", "≤ 100"));
        figures.add(new Figure("grid: time of those scheduled, 99 %", all.times.quantile(0.99), "ms", ""));
        figures.add(new Figure("grid: time of those scheduled, longest", all.times.quantile(1), "ms", ""));
        remarks.add("grid, 1 in %d of 6000 problems drawn, seeds 1 to 6000 by their place in the grid, each once: %s"
                .formatted(SAMPLE, all));
        groups.forEach((name, group) -> remarks.add("grid, " + name + ": " + group));
        remarks.add("times are processor time of one thread; every schedule was verified by the checker");
        remarks.add("not generated: all talkers are at a load of 0.75 before there are so many streams, or no deadline"
                + " fits the periods. Not found: no answer within %d ms. No peer ran here".formatted(MILLIS));
    }

    private static List<Generator> generators() {
        var drawn = new ArrayList<Generator>();
        int seed = 0;
        for (var shape : Shape.values()) {
            for (int streams = 10; streams <= MOST_STREAMS; streams += STEP) {
                for (int i = 0;
                        i < Generator.PERIOD_CLASSES * Generator.SIZE_CLASSES * Generator.DEADLINE_CLASSES;
                        i++) {
                    seed++;
                    if (isDrawn(seed)) {
                        drawn.add(new Generator(
                                shape,
                                SWITCHES,
                                streams,
                                1 + i % Generator.PERIOD_CLASSES,
                                1 + i / Generator.PERIOD_CLASSES % Generator.SIZE_CLASSES,
                                1 + i / Generator.PERIOD_CLASSES / Generator.SIZE_CLASSES,
                                seed));
                    }
                }
            }
        }
        return drawn;
    }

    private static boolean isDrawn(int seed) {
        return SEEDS.equals(List.of(""))
                ? new SplittableRandom(seed).nextInt(SAMPLE) == 0
                : SEEDS.contains(String.valueOf(seed));
    }

    private static Outcome outcome(Problem problem, int millis) {
        return new Scheduler(problem, THREADS::getCurrentThreadCpuTime, LOT).run(Duration.ofMillis(millis));
    }

    /// @param left gets it where there is no answer; null: that counts
    private void measure(Generator generator, int limit, @Nullable List<Generator> left) {
        var problem = generator.problem();
        var counted = List.of(
                all,
                group("shape " + generator.shape()),
                group("streams %03d".formatted(generator.streams())),
                group("periods " + generator.periods()),
                group("sizes " + generator.sizes()),
                group("deadlines " + generator.deadlines()));
        if (problem.isEmpty()) {
            counted.forEach(g -> g.notGenerated++);
            return;
        }
        long began = THREADS.getCurrentThreadCpuTime();
        var outcome = outcome(problem.get(), limit);
        double millis = (THREADS.getCurrentThreadCpuTime() - began) / 1e6;
        if (outcome instanceof Outcome.NotFound && left != null) {
            left.add(generator);
            return;
        }
        if (outcome instanceof Outcome.Scheduled(var schedule)) {
            Checked.check(schedule);
        }
        progress.accept(String.format(
                Locale.ROOT,
                "%s %.3f ms: %s",
                generator,
                millis,
                switch (outcome) {
                    case Outcome.Scheduled _ -> "scheduled";
                    case Outcome.Impossible(var reasons) ->
                        "impossible, " + reasons.getFirst().code();
                    case Outcome.NotFound(int _, var missing, var _) -> "not found, " + missing.size() + " missing";
                }));
        for (var group : counted) {
            switch (outcome) {
                case Outcome.Scheduled _ -> group.times.add(millis);
                case Outcome.Impossible _ -> group.impossible++;
                case Outcome.NotFound _ -> group.notFound++;
            }
        }
    }

    private Group group(String name) {
        return groups.computeIfAbsent(name, _ -> new Group());
    }
}
