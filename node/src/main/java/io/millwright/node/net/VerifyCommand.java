package io.millwright.node.net;

import io.millwright.certificate.Verdict;
import io.millwright.certificate.beside.BesideChecker;
import io.millwright.certificate.beside.BesideFigures;
import io.millwright.certificate.bounds.BoundsChecker;
import io.millwright.certificate.ports.PortsChecker;
import io.millwright.certificate.schedule.Figures;
import io.millwright.certificate.schedule.ScheduleChecker;
import io.millwright.node.command.ExitStatus;
import io.millwright.node.command.Output;
import io.millwright.node.command.PlantFiles;
import io.millwright.node.command.UsageError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mw net verify`: replays a gate schedule and holds it against the streams it is for, and the bounds of sporadic
/// streams beside it against the gates; or does a derivation of bounds again.
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        header = "Check a gate schedule by replaying the network, or bounds by doing their derivation again.",
        description =
                "The checker shares no code with what plans or bounds. Exit status 0: verified; 1: not; 2: bad input.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  mw net verify plan                        what mw net schedule wrote",
            "  mw net verify plan --gate-entries 128 --tick 8ns      what switches can do",
            "  mw net verify plan --sync-error 500ns --json",
            "  mw net verify cell.proof                  what mw net bounds --proof wrote"
        })
final class VerifyCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "DIR",
            description =
                    "Holds topology.csv, streams.csv, GCL.csv, OFFSET.csv, ROUTE.csv, QUEUE.csv and DELAY.csv; with "
                            + "redundant streams also RECOVERY.csv, with sporadic ones sporadic.csv, BOUND.csv "
                            + "and WAIT.csv. Or a file: a derivation of bounds.")
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
        return Files.isRegularFile(folder) ? bounds() : schedule();
    }

    private int bounds() {
        var trace = PlantFiles.text(folder);
        return trace.startsWith(PortsChecker.KIND)
                ? said(PortsChecker.check(trace), VerifiedBounds::of)
                : said(BoundsChecker.check(trace), VerifiedBounds::of);
    }

    private <F> int said(Verdict<F> verdict, Function<F, VerifiedBounds> verified) {
        return switch (verdict) {
            case Verdict.Refused<F>(var why) -> throw new UsageError(folder + ":" + why);
            case Verdict.Verified<F>(var figures) -> {
                var bounds = verified.apply(figures);
                output.json(bounds.json());
                output.text(bounds.text());
                yield ExitStatus.OK;
            }
            case Verdict.Refuted<F> refuted -> refuted(refuted, "");
        };
    }

    private int schedule() {
        ScheduleCommand.requireFolder(folder);
        var limits = switches.checked(!shared);
        var verdict = ScheduleChecker.check(file -> PlantFiles.text(folder.resolve(file)), limits);
        var report = new VerifyReport(limits);
        return switch (verdict) {
            case Verdict.Refused<Figures>(var why) -> throw new UsageError(folder + "/" + why);
            case Verdict.Verified<Figures>(var figures) -> beside(report, figures, limits.syncError());
            case Verdict.Refuted<Figures> refuted -> refuted(refuted, " (times in ns)");
        };
    }

    /// Sporadic streams beside a schedule that is verified.
    private int beside(VerifyReport report, Figures figures, long syncError) {
        var verdict = BesideChecker.check(
                file -> Files.exists(folder.resolve(file)) ? PlantFiles.text(folder.resolve(file)) : "", syncError);
        return switch (verdict) {
            case Verdict.Refused<BesideFigures>(var why) -> throw new UsageError(folder + "/" + why);
            case Verdict.Verified<BesideFigures>(var beside) -> {
                output.json(report.json(figures, beside));
                output.text(report.text(figures) + VerifyReport.text(beside));
                yield ExitStatus.OK;
            }
            case Verdict.Refuted<BesideFigures> refuted ->
                refuted(refuted, " in what is claimed of sporadic streams; the gates are verified (times in ns)");
        };
    }

    private int refuted(Verdict.Refuted<?> refuted, String units) {
        output.json(VerifyReport.json(refuted));
        output.text(VerifyReport.text(refuted, units));
        return ExitStatus.FAILED;
    }
}
