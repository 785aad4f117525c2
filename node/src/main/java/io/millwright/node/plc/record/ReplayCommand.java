package io.millwright.node.plc.record;

import io.millwright.node.command.ExitStatus;
import io.millwright.node.command.FailedError;
import io.millwright.node.command.IoReason;
import io.millwright.node.command.Output;
import io.millwright.node.command.UsageError;
import io.millwright.node.plc.ControlDesk.VariableView;
import io.millwright.plc.image.Binding;
import io.millwright.plc.record.RecordedRun;
import io.millwright.plc.record.RecordingError;
import io.millwright.plc.record.Replay;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `mw plc replay`: does again what was recorded, and shows a moment of it.
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        header = "Go to any moment of a recording of the virtual PLC: every variable as it was then, bit for bit.",
        description = {
            "RECORDING is a data folder, the folder of a recording in it (DATA/plc/recording), or a file of"
                    + " `mw plc record save`. No node needs to run, and none is disturbed.",
            "First it goes to --to (the beginning if --until, --forward or --csv is given, else the end), then on.",
            "The exit status is 1 if the state differs from the recorded one, or if what is looked for is not found."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  mw plc replay data-a --with data-b --to 21:04:10 --watch levels",
            "  mw plc replay .mw/tanks --to 04:36:00 --watch levels.Level1,levels.Pump1",
            "  mw plc replay evening.plcrec --until 'levels.Level1 > 15' --watch levels",
            "  mw plc replay evening.plcrec --to -30s --csv last.csv --watch levels.Level1"
        })
public final class ReplayCommand implements Callable<Integer> {
    @Mixin
    private final Output output = new Output();

    @Mixin
    private final HeldArgument recording = new HeldArgument();

    @Option(names = "--run", paramLabel = "N", description = "Which run (see `mw plc record list`; else the newest).")
    private Optional<Integer> number = Optional.empty();

    @Option(names = "--to", paramLabel = "MOMENT", description = "Go there: " + Moment.NOTATION + ".")
    private String to = "";

    @Option(names = "--scan", paramLabel = "N", description = "Go to the end of this scan.")
    private Optional<Long> scan = Optional.empty();

    @Option(names = "--back", paramLabel = "N", description = "Then go so many scans back.")
    private Optional<Integer> back = Optional.empty();

    @Option(names = "--forward", paramLabel = "N", description = "Then go so many scans forward.")
    private Optional<Integer> forward = Optional.empty();

    @Option(
            names = "--until",
            paramLabel = "CONDITION",
            description = "Then go forward to the next scan at whose end it holds: X > 3, State = DONE, NOT Ready.")
    private String until = "";

    @Option(
            names = "--last",
            paramLabel = "CONDITION",
            description = "Then go back to the last scan before, at whose end it held.")
    private String last = "";

    @Option(
            names = "--watch",
            paramLabel = "A,B",
            split = ",",
            description = "The variables to show; of an instance all (default: inputs and outputs, or all).")
    private List<String> watch = List.of();

    @Option(
            names = "--csv",
            paramLabel = "FILE",
            description = "Write the variables after every scan, from --to on, as far as it goes forward.")
    private @Nullable Path csv;

    @Override
    public Integer call() {
        Held held = recording.open();
        String start = start();
        RecordedRun run = held.run(number, start);
        held.recording().notes().forEach(note -> output.progress("note: " + note));
        Replay replay = Held.replay(run);
        if (!start.isEmpty()) {
            Moment.go(replay, run, start);
        }
        try {
            boolean found = move(replay);
            MomentView moment = MomentView.of(replay, watched(replay), found);
            if (!moment.missing().isEmpty() && csv == null) {
                throw new UsageError(
                        "the program that ran then has no variable " + String.join(", ", moment.missing()));
            }
            output.json(moment);
            show(held, run, moment);
            return moment.agrees() && found ? ExitStatus.OK : ExitStatus.FAILED;
        } catch (RecordingError e) {
            throw new UsageError(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new FailedError("--csv: " + csv + " cannot be written: " + IoReason.of(e));
        }
    }

    private String start() {
        if (!to.isEmpty() && scan.isPresent()) {
            throw new UsageError("give --to or --scan, not both");
        }
        boolean fromBeginning = !until.isEmpty() || forward.isPresent() || csv != null;
        return scan.map(String::valueOf).orElse(to.isEmpty() && !fromBeginning ? Moment.END : to);
    }

    private List<String> watched(Replay replay) {
        if (!watch.isEmpty()) {
            return watch;
        }
        List<String> bound = replay.loaded().project().bindings().stream()
                .map(Binding::variable)
                .toList();
        return bound.isEmpty()
                ? replay.loaded().program().globals().stream()
                        .map(g -> g.name())
                        .filter(n -> !n.startsWith("~"))
                        .toList()
                : bound;
    }

    /// @return whether what was looked for was found
    private boolean move(Replay replay) throws RecordingError, IOException {
        if (steps(back) > 0 || !last.isEmpty()) {
            goBack(replay);
        }
        boolean found = last.isEmpty() || Conditions.in(replay, last).getAsBoolean();
        boolean onwards = steps(forward) > 0 || !until.isEmpty() || csv != null;
        if (!onwards) {
            return found;
        }
        OptionalLong end = forward.isPresent() ? OptionalLong.of(replay.scan() + steps(forward)) : OptionalLong.empty();
        BooleanSupplier goal = until.isEmpty() ? () -> false : Conditions.in(replay, until);
        boolean reached = false;
        try (var rows = csv == null ? null : ScanRows.open(csv, replay, watched(replay))) {
            if (rows != null) {
                rows.add();
            }
            while (!reached && (end.isEmpty() || replay.scan() < end.getAsLong()) && replay.forward()) {
                if (rows != null) {
                    rows.add();
                }
                reached = goal.getAsBoolean();
            }
        }
        return found && (until.isEmpty() || reached);
    }

    private void goBack(Replay replay) throws RecordingError {
        int left = steps(back);
        while (left > 0 && replay.back()) {
            left--;
        }
        if (!last.isEmpty()) {
            var _ = replay.backUntil(Conditions.in(replay, last));
        }
    }

    private static int steps(Optional<Integer> given) {
        int steps = given.orElse(0);
        if (steps < 0) {
            throw new UsageError("a number of scans is 0 or more, not " + steps);
        }
        return steps;
    }

    private void show(Held held, RecordedRun run, MomentView moment) {
        RecordedRun.Stretch stretch = run.stretch();
        output.text("run %d of %d: scans %d to %d, %s to %s"
                .formatted(
                        held.number(run),
                        held.recording().runs().size(),
                        stretch.firstScan(),
                        stretch.lastScan(),
                        Moment.shown(stretch.epochNanos()),
                        Moment.shown(run.endNanos())));
        if (!moment.found()) {
            output.text("it never holds there; this is the " + (until.isEmpty() ? "beginning" : "end") + ":");
        }
        output.text("scan %d at %s, %.3f s after the start"
                .formatted(moment.scan(), Moment.shown(Math.round(moment.epochMillis() * 1e6)), moment.millis() / 1e3));
        int width =
                moment.values().stream().mapToInt(v -> v.path().length()).max().orElse(0);
        for (VariableView value : moment.values()) {
            output.text("  " + value.path() + " ".repeat(width - value.path().length()) + " = " + value.value());
        }
        moment.news().forEach(news -> output.text("  " + news.text()));
        output.text(
                moment.agrees()
                        ? "as recorded: "
                                + (moment.compared() == 0
                                        ? "the hash of the state it began with agrees"
                                        : moment.compared() == 1
                                                ? "the hash on the way agrees"
                                                : "all " + moment.compared() + " hashes on the way agree")
                        : "not as recorded: "
                                + Objects.requireNonNull(moment.differences().getFirst())
                                + (moment.differences().size() > 1
                                        ? ", and " + (moment.differences().size() - 1) + " more"
                                        : ""));
    }
}
