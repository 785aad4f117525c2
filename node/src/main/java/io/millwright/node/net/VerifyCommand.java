package io.millwright.node.net;

import io.millwright.certificate.Verdict;
import io.millwright.certificate.schedule.Figures;
import io.millwright.certificate.schedule.ScheduleChecker;
import io.millwright.node.command.ExitStatus;
import io.millwright.node.command.Output;
import io.millwright.node.command.PlantFiles;
import io.millwright.node.command.UsageError;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mw net verify`: replays a gate schedule and holds it against the streams it is for.
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        header = "Check a gate schedule by replaying the network, frame by frame.",
        description = "The checker shares no code with what plans. Exit status 0: verified; 1: not; 2: bad input.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  mw net verify plan                                       the folder that mw net schedule wrote",
            "  mw net verify plan --gate-entries 128 --tick 8ns         what the switches can do",
            "  mw net verify plan --sync-error 500ns --json"
        })
final class VerifyCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "DIR",
            description =
                    "Holds topology.csv, streams.csv, GCL.csv, OFFSET.csv, ROUTE.csv, QUEUE.csv and DELAY.csv; with "
                            + "redundant streams also RECOVERY.csv.")
    private Path folder = Path.of(".");

    @Mixin
    private final SwitchLimits switches = new SwitchLimits();

    @Option(
            names = "--no-isolation",
            description = "A frame may depend on the presence of other streams' frames: when one of them is lost, "
                    + "times that were verified need not hold.")
    private boolean shared;

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() {
        var limits = switches.checked(!shared);
        var verdict = ScheduleChecker.check(file -> PlantFiles.text(folder.resolve(file)), limits);
        var report = new VerifyReport(limits);
        return switch (verdict) {
            case Verdict.Refused<Figures>(var why) -> throw new UsageError(folder + "/" + why);
            case Verdict.Verified<Figures>(var figures) -> {
                output.json(report.json(figures));
                output.text(report.text(figures));
                yield ExitStatus.OK;
            }
            case Verdict.Refuted<Figures> refuted -> {
                output.json(report.json(refuted));
                output.text(report.text(refuted));
                yield ExitStatus.FAILED;
            }
        };
    }
}
