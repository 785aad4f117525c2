package io.millwright.node.command;

import io.millwright.bench.Benchmark;
import io.millwright.bench.Benchmarks;
import io.millwright.bench.Report;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mw bench`: measures, and says what the figures are to be compared with.
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Run a benchmark; without a name, list them.",
        footerHeading = "%nExamples:%n",
        footer = {"  mw bench", "  mw bench journal", "  mw bench journal --in /mnt/data --json"})
public final class BenchCommand implements Callable<Integer> {

    @Mixin
    private final Output output = new Output();

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "Which benchmark.")
    private String name = "";

    @Option(names = "--in", paramLabel = "DIR", description = "Folder on the disk to be measured (default: temporary).")
    private Path parent = Path.of(System.getProperty("java.io.tmpdir"));

    @Override
    public Integer call() throws Exception {
        var all = Benchmarks.all();
        if (name.isEmpty()) {
            all.forEach(b -> output.text("%-10s %s".formatted(b.name(), b.summary())));
            output.json(all.stream()
                    .map(b -> Map.of("name", b.name(), "summary", b.summary()))
                    .toList());
            return ExitStatus.OK;
        }
        var benchmark = all.stream()
                .filter(b -> b.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new UsageError("there is no benchmark \"" + name + "\"; there are "
                        + String.join(", ", all.stream().map(Benchmark::name).toList())));
        var folder = Files.createTempDirectory(parent, "mw-bench-");
        try {
            show(benchmark.run(folder, output::progress));
        } finally {
            delete(folder);
        }
        return ExitStatus.OK;
    }

    private void show(Report report) {
        output.json(Map.of("machine", machine(), "report", report));
        output.text("");
        output.text("| " + report.benchmark() + " | figure | unit | target |");
        output.text("|---|---:|---|---|");
        for (var figure : report.figures()) {
            output.text("| %s | %s | %s | %s |"
                    .formatted(figure.what(), number(figure.value()), figure.unit(), figure.target()));
        }
        report.remarks().forEach(remark -> output.text("\n" + remark));
        output.text("\nMachine: " + String.join(", ", machine()));
    }

    private static List<String> machine() {
        var runtime = Runtime.getRuntime();
        return List.of(
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("os.arch"),
                runtime.availableProcessors() + " processors",
                "Java " + Runtime.version());
    }

    private static String number(double value) {
        return Math.abs(value) >= 1000 ? "%,.0f".formatted(value).replace(',', ' ') : "%.3g".formatted(value);
    }

    private static void delete(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @org.jspecify.annotations.Nullable IOException e)
                    throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
