package io.millwright.node.id;

import io.millwright.model.Time;
import io.millwright.node.command.Address;
import io.millwright.node.command.Browser;
import io.millwright.node.command.ExitStatus;
import io.millwright.node.command.FailedError;
import io.millwright.node.command.IoReason;
import io.millwright.node.command.Output;
import io.millwright.node.command.TimeSpan;
import io.millwright.node.command.UsageError;
import io.millwright.node.runtime.RuntimeSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `mw id lab`: a whole tree of nodes on loopback, everything they do, and the console on it.
@Command(
        name = "lab",
        mixinStandardHelpOptions = true,
        header =
                "Start a whole tree of nodes on loopback, register at each level, resolve across it, open the console.",
        description = {
            "On a terminal the nodes and the console run on until Ctrl-C; elsewhere with --keep or --for only.",
            "Exit status 1 if anything did not come out as it should."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  mw id lab", "  mw id lab --json", "  mw id lab --for 60s --headless", "  mw id lab --keep --load 0"
        })
final class LabCommand implements Callable<Integer> {

    private static final int LOAD_MAX = 1000;

    @Option(names = "--keep", description = "Leave nodes and console running until Ctrl-C.")
    private boolean keep;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = TimeSpan.class,
            description = "Leave nodes and console running for this time after the trials, such as 10min.")
    private Optional<Duration> time = Optional.empty();

    @Option(names = "--headless", description = "Do not open the console in a browser.")
    private boolean headless;

    @Option(
            names = "--load",
            paramLabel = "N",
            defaultValue = "20",
            description = "Simulated clients ask so many questions per second while the console runs, 0 to 1000 "
                    + "(default: ${DEFAULT-VALUE}).")
    private int load;

    @Option(
            names = "--http",
            paramLabel = "HOST:PORT",
            converter = Address.class,
            description = "Where the console listens, on loopback (default: 127.0.0.1:8420, or a free port).")
    private Optional<InetSocketAddress> http = Optional.empty();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() throws Exception {
        if (load < 0 || load > LOAD_MAX) {
            throw new UsageError("--load is from 0 to " + LOAD_MAX + " questions per second, not " + load);
        }
        boolean shown = keep || time.isPresent() || Output.isTerminal() && !output.json();
        try (var tree = new LabTree()) {
            output.progress("A tree of identifier nodes is started on loopback; this takes some ten seconds.");
            if (!shown) {
                var report = new Lab(tree, Time.system()).run();
                return tell(report);
            }
            try (var console = console(tree)) {
                return run(tree, console);
            }
        }
    }

    private LabConsole console(LabTree tree) {
        var usual = new InetSocketAddress(InetAddress.getLoopbackAddress(), RuntimeSettings.HTTP_PORT);
        var at = http.orElseGet(() -> Address.orFree(usual));
        if (!at.getAddress().isLoopbackAddress()) {
            throw new UsageError("--http: the lab's console is for this machine alone; write 127.0.0.1:PORT");
        }
        try {
            return LabConsole.start(tree, at);
        } catch (IOException e) {
            throw new UsageError(IoReason.of(e));
        }
    }

    private int run(LabTree tree, LabConsole console) throws Exception {
        output.progress("Console: " + console.url());
        var report = new Lab(tree, Time.system()).run();
        console.enliven(load);
        output.jsonLine(Map.of(
                "console", console.url(),
                "root", Address.text(tree.node("root").address()),
                "secrets", secrets(tree)));
        int status = tell(report);
        output.text("""

                Console   %s
                Stewards  their secrets, for the console and --secret:%s
                Load      %s
                %s""".formatted(
                        console.url(),
                        secretLines(tree),
                        load == 0 ? "none" : load + " questions per second, simulated (--load)",
                        time.map(t -> "It ends after " + t.toSeconds() + " s.").orElse("Ctrl-C ends it.")));
        if (!headless) {
            Browser.open(console.url());
        }
        if (time.isPresent()) {
            TimeUnit.NANOSECONDS.sleep(time.get().toNanos());
        } else {
            untilEnded(console, tree);
        }
        return status;
    }

    private static Map<String, String> secrets(LabTree tree) {
        return tree.stewards().stream()
                .collect(Collectors.toMap(
                        prefix -> IdNodeSettings.steward(prefix).toString(),
                        prefix -> tree.secretFile(prefix).toString()));
    }

    private static String secretLines(LabTree tree) {
        var lines = new StringBuilder();
        tree.stewards()
                .forEach(prefix -> lines.append(
                        "%n          %-18s %s".formatted(IdNodeSettings.steward(prefix), tree.secretFile(prefix))));
        return lines.toString();
    }

    private int tell(LabReport report) {
        output.text(report.text());
        output.json(report);
        return report.held() ? ExitStatus.OK : ExitStatus.FAILED;
    }

    private static void untilEnded(LabConsole console, LabTree tree) throws InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                console.close();
                tree.close();
            } catch (IOException e) {
                throw new FailedError("the nodes did not end well: " + e.getMessage());
            }
        }));
        new CountDownLatch(1).await(); // Ctrl-C ends the process.
    }
}
