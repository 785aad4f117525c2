package io.millwright.node.plc.record;

import io.millwright.iec61131.jvm.JvmBackend;
import io.millwright.node.command.ExitStatus;
import io.millwright.node.command.FailedError;
import io.millwright.node.command.IoReason;
import io.millwright.node.command.Output;
import io.millwright.node.command.UsageError;
import io.millwright.plc.record.Marks;
import io.millwright.plc.record.RecordedRun;
import io.millwright.plc.record.RecordingError;
import io.millwright.plc.record.Replay;
import io.millwright.plc.record.SavedPart;
import io.millwright.plc.record.TestExport;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mw plc record`: what is recorded, and what is taken out of it.
@Command(
        name = "record",
        mixinStandardHelpOptions = true,
        header = "See what is recorded of a virtual PLC, and take parts of it away.",
        description =
                "`mw plc run` and `mw up` record by themselves, in DATA/plc/recording. RECORDING is the data folder,"
                        + " that folder, or a saved file. It may be written to meanwhile.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {RecordCommand.ListHeld.class, RecordCommand.Save.class, RecordCommand.Test.class},
        footerHeading = "%nExamples:%n",
        footer = {
            "  mw plc record list .mw/tanks",
            "  mw plc record save .mw/tanks evening.plcrec --from 20:00:00 --to 22:30:00",
            "  mw plc record test evening.plcrec --from 5000 --to 5200 --out evening_test.st"
        })
public final class RecordCommand {

    /// Which part of which run. A mixin.
    static final class Part {
        @Mixin
        private final HeldArgument recording = new HeldArgument();

        @Option(
                names = "--run",
                paramLabel = "N",
                description = "Which run (see `mw plc record list`; else the newest).")
        private Optional<Integer> number = Optional.empty();

        @Option(names = "--from", paramLabel = "MOMENT", description = "Its beginning: " + Moment.NOTATION + ".")
        private String from = "";

        @Option(names = "--to", paramLabel = "MOMENT", description = "Its end, likewise.")
        private String to = "";

        /// @param from the scan after which it begins
        /// @param to its last scan
        private record Found(RecordedRun run, long from, long to) {}

        private Found find() {
            Held held = recording.open();
            RecordedRun run = held.run(number, from.isEmpty() ? to : from);
            Replay replay = Held.replay(run);
            long first = scan(replay, run, from, run.stretch().firstScan());
            return new Found(run, first, scan(replay, run, to, run.stretch().lastScan()));
        }

        private static long scan(Replay replay, RecordedRun run, String moment, long otherwise) {
            if (moment.isEmpty()) {
                return otherwise;
            }
            Moment.go(replay, run, moment);
            return replay.scan();
        }
    }

    /// `mw plc record list`: what is held.
    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = {
                "List the runs that a recording holds, and what happened in them: faults, forces, changes, scans that"
                        + " came too late."
            },
            footerHeading = "%nExamples:%n",
            footer = {"  mw plc record list .mw/tanks", "  mw plc record list evening.plcrec --json"})
    static final class ListHeld implements Callable<Integer> {
        private static final int MARKS_MOST = 10_000;
        private static final int MARKS_SHOWN = 20;

        @Mixin
        private final Output output = new Output();

        @Mixin
        private final HeldArgument recording = new HeldArgument();

        @Override
        public Integer call() {
            Held held = recording.open();
            List<Map<String, Object>> all = new ArrayList<>();
            for (RecordedRun run : held.recording().runs()) {
                try {
                    all.add(show(held, run));
                } catch (RecordingError e) {
                    throw new UsageError(String.valueOf(e.getMessage()));
                }
            }
            held.recording().notes().forEach(note -> output.text("note: " + note));
            output.json(Map.of(
                    "path",
                    held.path().toString(),
                    "runs",
                    all,
                    "notes",
                    held.recording().notes()));
            return ExitStatus.OK;
        }

        private Map<String, Object> show(Held held, RecordedRun run) throws RecordingError {
            Marks marks = Marks.of(run, MARKS_MOST, () -> true);
            RunView view = RunView.of(held, run);
            output.text("run %d: scans %d to %d, %s to %s"
                    .formatted(
                            view.run(),
                            view.firstScan(),
                            view.lastScan(),
                            Moment.shown(run.stretch().epochNanos()),
                            Moment.shown(run.endNanos())));
            int skip = Math.max(0, marks.marks().size() - MARKS_SHOWN);
            if (skip > 0) {
                output.text("  … " + skip + " earlier events, see --json");
            }
            marks.marks().stream()
                    .skip(skip)
                    .forEach(m -> output.text("  %12d  %s  %s"
                            .formatted(
                                    m.scan(),
                                    Moment.shown(m.epochNanos()),
                                    m.what().text())));
            return Map.of(
                    "run",
                    view,
                    "marks",
                    marks.marks().stream().map(MarkView::of).toList());
        }
    }

    /// `mw plc record save`: one file to take away.
    @Command(
            name = "save",
            mixinStandardHelpOptions = true,
            description = {
                "Save a part of a recording, with the programs that ran, in one file that `mw plc replay` reads on any"
                        + " machine.",
                "It begins with the key frame before --from, up to ten seconds earlier. Without --from and --to it is"
                        + " all of the run."
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  mw plc record save .mw/tanks evening.plcrec --from 20:00:00 --to 22:30:00",
                "  mw plc record save .mw/tanks last-minute.plcrec --from -1min",
                "  mw plc record save data-a --with data-b evening.plcrec"
            })
    static final class Save implements Callable<Integer> {
        @Mixin
        private final Output output = new Output();

        @Mixin
        private final Part part = new Part();

        @Parameters(index = "1", paramLabel = "FILE", description = "The file to write; there must be none yet.")
        private Path file = Path.of("");

        @Override
        public Integer call() {
            if (Files.exists(file)) {
                throw new UsageError("there is a " + file + " already; give another name");
            }
            Part.Found found = part.find();
            try {
                SavedPart.write(found.run(), found.from(), found.to(), file);
                long bytes = Files.size(file);
                output.json(Map.of("file", file.toString(), "from", found.from(), "to", found.to(), "bytes", bytes));
                output.text("%s: scans %d to %d, %.3f MB".formatted(file, found.from(), found.to(), bytes / 1e6));
                return ExitStatus.OK;
            } catch (RecordingError e) {
                throw new UsageError(String.valueOf(e.getMessage()));
            } catch (IOException e) {
                throw new FailedError(file + " cannot be written: " + IoReason.of(e));
            }
        }
    }

    /// `mw plc record test`: a regression test.
    @Command(
            name = "test",
            mixinStandardHelpOptions = true,
            description = {
                "Write a part of a recording, at most 300 scans, as a TEST in Structured Text: inputs as they were, and"
                        + " outputs that must be what they were. `mw st test` runs it with the program.",
                "Only the outputs that the plant file binds to signals are compared."
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  mw plc record test .mw/tanks --from 0 --to 200 --out tanks/recorded_test.st",
                "  mw st test tanks"
            })
    static final class Test implements Callable<Integer> {
        @Mixin
        private final Output output = new Output();

        @Mixin
        private final Part part = new Part();

        @Option(names = "--out", paramLabel = "FILE", description = "The file to write (default: standard output).")
        private @Nullable Path file;

        @Override
        public Integer call() {
            Part.Found found = part.find();
            try {
                String test = TestExport.of(found.run(), found.from(), found.to(), new JvmBackend());
                if (file == null) {
                    output.text(test.stripTrailing());
                    output.json(Map.of("from", found.from(), "to", found.to(), "test", test));
                } else {
                    Files.writeString(file, test, StandardOpenOption.CREATE_NEW);
                    output.json(Map.of("from", found.from(), "to", found.to(), "file", file.toString()));
                    output.text(file + ": scans " + (found.from() + 1) + " to " + found.to());
                }
                return ExitStatus.OK;
            } catch (RecordingError e) {
                throw new UsageError(String.valueOf(e.getMessage()));
            } catch (FileAlreadyExistsException _) {
                throw new UsageError("there is a " + file + " already; give another name");
            } catch (IOException e) {
                throw new FailedError(file + " cannot be written: " + IoReason.of(e));
            }
        }
    }
}
