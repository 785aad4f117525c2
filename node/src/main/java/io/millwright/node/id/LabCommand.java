package io.millwright.node.id;

import io.millwright.model.Time;
import io.millwright.node.command.ExitStatus;
import io.millwright.node.command.FailedError;
import io.millwright.node.command.Output;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `mw id lab`: a whole tree of nodes on loopback, and everything they do.
@Command(
        name = "lab",
        mixinStandardHelpOptions = true,
        header = "Start a whole tree of nodes on loopback, register at each level, resolve across it.",
        description = "Exit status 1 if anything did not come out as it should.",
        footerHeading = "%nExamples:%n",
        footer = {"  mw id lab", "  mw id lab --json", "  mw id lab --keep"})
final class LabCommand implements Callable<Integer> {

    @Option(names = "--keep", description = "Leave the nodes running until Ctrl-C.")
    private boolean keep;

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() throws Exception {
        try (var tree = new LabTree()) {
            output.progress("A tree of identifier nodes is started on loopback; this takes some ten seconds.");
            var report = new Lab(tree, Time.system()).run();
            output.text(report.text());
            output.json(report);
            if (keep) {
                output.text("The nodes run on until Ctrl-C.");
                untilEnded(tree);
            }
            return report.held() ? ExitStatus.OK : ExitStatus.FAILED;
        }
    }

    private static void untilEnded(LabTree tree) throws InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                tree.close();
            } catch (IOException e) {
                throw new FailedError("the nodes did not end well: " + e.getMessage());
            }
        }));
        new CountDownLatch(1).await(); // Ctrl-C ends the process.
    }
}
