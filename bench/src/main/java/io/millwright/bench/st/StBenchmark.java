package io.millwright.bench.st;

import io.millwright.bench.Benchmark;
import io.millwright.bench.CompileBench;
import io.millwright.bench.Report;
import io.millwright.bench.Report.Figure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// `mw bench st`: how long a scan of each kernel takes, and how long the compiler takes for programs and edits.
///
/// Every kernel is a process for each compiler, and all run the same scans in alternating rounds; after each
/// the sums that they worked out must be equal. Times are processor time of the thread that scans, so that what
/// else the machine does matters little.
public final class StBenchmark implements Benchmark {

    /// How many batches of scans come before those that count: the optimiser of the Java virtual machine is
    /// done then.
    private static final int WARM_UP = Integer.getInteger("mw.bench.warmup", 100);

    private static final int ROUNDS = Integer.getInteger("mw.bench.rounds", 21);

    private static final String KERNELS = "kernels";
    private static final String COMPILER = "compiler";

    private static final String AGAINST_C = "≤ 1.5";
    private static final String AGAINST_MATIEC = "< 1";
    private static final String MEAN_MATIEC = "≤ 0.6";
    private static final String AGAINST_PLAIN = "≤ 1.1";

    /// Our time divided by that of another, for each kernel.
    private final Map<String, List<Double>> ratios = new LinkedHashMap<>();

    private final Map<String, String> targets = new HashMap<>();
    private final List<Figure> figures = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();

    @Override
    public String name() {
        return "st";
    }

    @Override
    public String summary() {
        return "Structured Text side by side with the same in C by hand and with what matiec makes of it; its compiler";
    }

    @Override
    public Report run(Path folder, Consumer<String> progress) throws Exception {
        Set<String> sections = sections();
        if (sections.contains(KERNELS)) {
            kernels(folder, progress);
        }
        if (sections.contains(COMPILER)) {
            figures.addAll(CompileBench.figures(folder, progress));
        }
        return new Report(name(), List.copyOf(figures), List.copyOf(remarks));
    }

    /// Those that are asked for; all, if none is.
    private static Set<String> sections() {
        Set<String> all = Set.of(KERNELS, COMPILER);
        var asked = Set.of(System.getProperty("mw.bench.sections", KERNELS + "," + COMPILER)
                .split(",", -1));
        if (!all.containsAll(asked)) {
            throw new IllegalArgumentException("mw.bench.sections: " + asked + "; there are " + all);
        }
        return asked;
    }

    private void kernels(Path folder, Consumer<String> progress) throws IOException, InterruptedException {
        var compilers = Compilers.here();
        remarks.add("one scan, median of " + ROUNDS + " rounds in turn after " + WARM_UP
                + " batches to warm up; processor time of the thread that scans; the sums of all were equal");
        remarks.addAll(compilers.missing());
        for (Kernel kernel : asked()) {
            progress.accept(kernel.title() + ": " + kernel.what());
            Path at = Files.createDirectories(folder.resolve(kernel.title()));
            List<Contender> contenders = contenders(compilers, kernel, at);
            try {
                measure(contenders, kernel);
                tell(contenders, kernel);
            } finally {
                contenders.forEach(Contender::close);
            }
        }
        ratios.forEach((against, each) -> figures.add(new Figure(
                "geometric mean, " + against, geometricMean(each), "ratio", targets.getOrDefault(against, ""))));
    }

    /// Those that are asked for; all, if none is.
    private static List<Kernel> asked() {
        String asked = System.getProperty("mw.bench.kernels", "");
        return asked.isEmpty()
                ? List.of(Kernel.values())
                : Arrays.stream(asked.toUpperCase(Locale.ROOT).split(",", -1))
                        .map(Kernel::valueOf)
                        .toList();
    }

    private List<Contender> contenders(Compilers compilers, Kernel kernel, Path folder)
            throws IOException, InterruptedException {
        List<Contender> contenders = new ArrayList<>();
        contenders.add(compilers.ours(kernel, Scanner.Mode.PLAIN, folder));
        contenders.add(compilers.ours(kernel, Scanner.Mode.FORCED, folder));
        compilers.hand(kernel, folder).ifPresent(contenders::add);
        var matiec = compilers.matiec(kernel, folder);
        matiec.ifPresent(contenders::add);
        if (compilers.missing().isEmpty() && matiec.isEmpty()) {
            remarks.add(kernel.title() + ": not possible with matiec, which refuses it");
        }
        return contenders;
    }

    private static void measure(List<Contender> contenders, Kernel kernel) throws IOException {
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            for (Contender contender : contenders) {
                contender.run(kernel.scans(), round >= 0);
            }
            String sum = contenders.getFirst().sum();
            for (Contender contender : contenders) {
                if (!contender.sum().equals(sum)) {
                    throw new IllegalStateException("%s: %s makes %s, %s makes %s"
                            .formatted(
                                    kernel.title(),
                                    contenders.getFirst().name(),
                                    sum,
                                    contender.name(),
                                    contender.sum()));
                }
            }
        }
    }

    private void tell(List<Contender> contenders, Kernel kernel) {
        Contender ours = contenders.getFirst();
        for (Contender contender : contenders) {
            figures.add(new Figure(kernel.title() + ", " + contender.name(), contender.scanMicros(), "µs", ""));
        }
        Contender forced = contenders.get(1);
        compare(kernel, forced, ours, AGAINST_PLAIN, AGAINST_PLAIN);
        for (Contender other : contenders.subList(2, contenders.size())) {
            boolean isMatiec = other.name().contains("matiec");
            compare(kernel, ours, other, isMatiec ? AGAINST_MATIEC : AGAINST_C, isMatiec ? MEAN_MATIEC : AGAINST_C);
        }
    }

    /// @param target of the ratio of this kernel
    /// @param meanTarget of the geometric mean of all
    private void compare(Kernel kernel, Contender one, Contender other, String target, String meanTarget) {
        String against = one.name() + " / " + other.name();
        double ratio = one.scanMicros() / other.scanMicros();
        figures.add(new Figure(kernel.title() + ", " + against, ratio, "ratio", target));
        ratios.computeIfAbsent(against, _ -> new ArrayList<>()).add(ratio);
        targets.put(against, meanTarget);
    }

    private static double geometricMean(List<Double> ratios) {
        return Math.exp(ratios.stream().mapToDouble(Math::log).average().orElse(Double.NaN));
    }
}
