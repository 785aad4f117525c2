package io.millwright.bench.plc;

import io.millwright.bench.Benchmark;
import io.millwright.bench.Millwright;
import io.millwright.bench.Report;
import io.millwright.bench.Report.Figure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/// How punctual the virtual PLC is beside `cyclictest`, what its scans cost with somebody looking on, what an
/// online change takes, and how much memory and time it needs to start.
public final class PlcBenchmark implements Benchmark {
    private static final Set<String> SECTIONS =
            new LinkedHashSet<>(List.of("punctual", "programs", "cost", "change", "takeover", "start"));

    private static final int CYCLES = Integer.getInteger("mw.bench.cycles", 100_000);
    private static final int CHANGES = Integer.getInteger("mw.bench.changes", 1000);
    private static final int KILLS = Integer.getInteger("mw.bench.kills", 20);
    private static final int COST_ROUNDS = 21;
    private static final int COST_SCANS = 1000;
    private static final int WARM_UP = 20;
    private static final int STARTS = 5;
    private static final double NANOS_IN_MICRO = 1e3;
    private static final double NANOS_IN_MILLI = 1e6;

    private final List<Figure> figures = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();

    @Override
    public String name() {
        return "plc";
    }

    @Override
    public String summary() {
        return "the virtual PLC: lateness side by side with cyclictest, the cost of looking on, online changes,"
                + " take-over, start";
    }

    @Override
    public Report run(Path folder, Consumer<String> progress) throws Exception {
        Set<String> asked = asked();
        if (asked.contains("punctual")) {
            punctual(progress);
        }
        if (asked.contains("programs")) {
            programs(progress);
        }
        if (asked.contains("cost")) {
            cost(folder, progress);
        }
        if (asked.contains("change")) {
            figures.addAll(OnlineChangeBench.figures(CHANGES, progress));
        }
        if (asked.contains("takeover")) {
            takeOver(folder, progress);
        }
        if (asked.contains("start")) {
            start(folder, progress);
        }
        return new Report(name(), List.copyOf(figures), List.copyOf(remarks));
    }

    /// Those that are asked for; all, if none is.
    private static Set<String> asked() {
        var asked = Set.of(System.getProperty("mw.bench.sections", String.join(",", SECTIONS))
                .split(",", -1));
        if (!SECTIONS.containsAll(asked)) {
            throw new IllegalArgumentException("mw.bench.sections: " + asked + "; there are " + SECTIONS);
        }
        return asked;
    }

    private static List<String> extra() {
        String options = System.getProperty("mw.bench.jvm", "");
        return options.isEmpty() ? List.of() : List.of(options.split(" +"));
    }

    private void figure(String what, double value, String unit, String target) {
        figures.add(new Figure(what, value, unit, target));
    }

    private void punctual(Consumer<String> progress) throws IOException, InterruptedException {
        var bench = new PunctualBench(CYCLES, extra(), progress);
        if (!bench.hasPeer()) {
            remarks.add("cyclictest (rt-tests) is not installed: lateness has nothing beside it");
        }
        figures.addAll(bench.figures(true));
        figures.addAll(bench.figures(false));
    }

    private void programs(Consumer<String> progress) throws IOException {
        progress.accept("100 programs of 1000 variables");
        try (var child = new Child(PunctualProcess.class, extra(), List.of(Workload.HUNDRED.name(), "fifo"))) {
            child.ask("1000");
            var took = new Lateness();
            child.ask("2000").counts("took", took);
            String what = "100 programs of 1000 variables in one task of 10 ms, ";
            figure(what + "median", took.quantile(0.5) / NANOS_IN_MICRO, "ms", "≤ 2");
            figure(what + "99 %", took.quantile(0.99) / NANOS_IN_MICRO, "ms", "");
        }
    }

    private void cost(Path folder, Consumer<String> progress) throws IOException {
        progress.accept("10 000 variables watched ten times a second");
        compare(Workload.TEN_THOUSAND, "watch", "watched", folder);
        progress.accept("recorded");
        compare(Workload.CELL, "record", "recorded", folder);
        compare(Workload.TEN_THOUSAND, "record", "recorded", folder);
    }

    private void compare(Workload workload, String by, String word, Path folder) throws IOException {
        Path at = Files.createDirectories(folder.resolve(by + workload.name()));
        try (var child = new Child(CostProcess.class, extra(), List.of(workload.name(), at.toString()))) {
            double[] plain = new double[COST_ROUNDS];
            double[] with = new double[COST_ROUNDS];
            double lost = 0;
            for (int round = -WARM_UP; round < COST_ROUNDS; round++) {
                int place = Math.max(0, round);
                plain[place] = child.ask(COST_SCANS + " plain").get("nanos");
                Child.Told told = child.ask(COST_SCANS + " " + by);
                with[place] = told.get("nanos");
                lost += round < 0 ? 0 : told.get("lost");
            }
            String what = workload.name().toLowerCase(Locale.ROOT).replace('_', ' ') + ", a scan";
            figure(what, median(plain) / NANOS_IN_MICRO, "µs", "");
            figure(what + " " + word, median(with) / NANOS_IN_MICRO, "µs", "");
            figure(what + " " + word + " / not", median(with) / median(plain), "ratio", "≤ 1.05");
            if (lost > 0) {
                remarks.add(what + " " + word + ": the recording lacks " + lost + " scans; its cost is not comparable");
            }
        }
    }

    private void takeOver(Path folder, Consumer<String> progress) throws IOException, InterruptedException {
        try (var bench = new TakeOverBench(Files.createDirectories(folder.resolve("takeover")), progress)) {
            var outcome = bench.run(KILLS);
            figures.addAll(outcome.figures());
            remarks.add(outcome.remark());
        }
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private void start(Path folder, Consumer<String> progress) throws IOException {
        progress.accept("starting");
        Path project = Files.createDirectories(folder.resolve("project"));
        Files.writeString(project.resolve("main.st"), Workload.THOUSAND.text());
        Files.writeString(project.resolve("plant.yaml"), """
                plant: bench
                prefix: 88.118.9
                control:
                  main: {program: main.st#P0, every: 10 ms}
                """);
        double[] millis = new double[STARTS];
        double megabytes = 0;
        for (int i = 0; i < STARTS; i++) {
            long began = System.nanoTime();
            try (var child = Millwright.launch(List.of(
                    "plc",
                    "run",
                    project.toString(),
                    "--data",
                    folder.resolve("data" + i).toString(),
                    "--http",
                    "127.0.0.1:0",
                    "--json"))) {
                millis[i] = (System.nanoTime() - began) / NANOS_IN_MILLI;
                sleep();
                megabytes = Math.max(megabytes, child.memoryMegabytes("VmRSS"));
            }
        }
        figure("start to RUN, 1000 variables, median of " + STARTS, median(millis), "ms", "≤ 1000");
        figure("resident after 5 s, 1000 variables, most of " + STARTS, megabytes, "MB", "≤ 150");
    }

    private static void sleep() {
        try {
            Thread.sleep(5000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
