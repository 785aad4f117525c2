package io.millwright.node.net;

import io.millwright.network.schedule.Outcome;
import io.millwright.network.schedule.ProblemFiles;
import io.millwright.network.schedule.Schedule;
import io.millwright.network.schedule.ScheduleFiles;
import io.millwright.network.schedule.ScheduleFiles.Content;
import io.millwright.network.schedule.Scheduler;
import io.millwright.node.command.ExitStatus;
import io.millwright.node.command.IoReason;
import io.millwright.node.command.Output;
import io.millwright.node.command.TimeSpan;
import io.millwright.node.command.UsageError;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `mw net schedule`: when every frame is sent on every link.
@Command(
        name = "schedule",
        mixinStandardHelpOptions = true,
        header = "Decide when every frame of every stream is sent on every link, and write the gate lists.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  mw net schedule --topology topology.csv --streams streams.csv --out plan",
            "  mw net schedule --topology topology.csv --streams streams.csv --out plan --time 5s --json"
        })
final class ScheduleCommand implements Callable<Integer> {

    private static final long MOST_BYTES = 64 << 20;
    private static final String TOPOLOGY = "topology.csv";
    private static final String STREAMS = "streams.csv";
    private static final List<String> RESULT =
            List.of(TOPOLOGY, STREAMS, "GCL.csv", "OFFSET.csv", "ROUTE.csv", "QUEUE.csv", "DELAY.csv", "schedule.json");

    @Option(
            names = "--topology",
            required = true,
            paramLabel = "FILE",
            description = "The links: link,q_num,rate,t_proc,t_prop.")
    private Path topology = Path.of(TOPOLOGY);

    @Option(
            names = "--streams",
            required = true,
            paramLabel = "FILE",
            description = "The streams: stream,src,dst,size,period,deadline,jitter.")
    private Path streams = Path.of(STREAMS);

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Where the schedule goes: a new folder, or one with an earlier schedule, which is replaced.")
    private Path out = Path.of("schedule");

    @Option(
            names = "--time",
            paramLabel = "TIME",
            converter = TimeSpan.class,
            defaultValue = "60s",
            description = "How long to search at most (default: ${DEFAULT-VALUE}).")
    private Duration time = Duration.ofMinutes(1);

    @Option(
            names = "--seed",
            paramLabel = "NUMBER",
            defaultValue = "1",
            description = "Seed of the search (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() {
        if (time.isNegative() || time.isZero()) {
            throw new UsageError("--time must be above zero, e.g. 60s");
        }
        var folder = new ScheduleFolder(out);
        folder.check(RESULT);
        var topologyText = text(topology);
        var streamsText = text(streams);
        var read = ProblemFiles.read(
                new ProblemFiles.Source(topology.toString(), topologyText),
                new ProblemFiles.Source(streams.toString(), streamsText));
        return switch (read) {
            case ProblemFiles.Wrong(var mistake) -> throw new UsageError(mistake);
            case ProblemFiles.Right(var problem) -> {
                long began = System.nanoTime();
                var outcome = new Scheduler(problem, System::nanoTime, seed).run(time);
                double seconds = (System.nanoTime() - began) / 1e9;
                var report = new ScheduleReport(problem, seconds);
                if (outcome instanceof Outcome.Scheduled(var schedule)) {
                    folder.write(contents(schedule, topologyText, streamsText));
                }
                output.json(report.json(outcome));
                output.text(report.text(outcome, out));
                yield outcome instanceof Outcome.Scheduled ? ExitStatus.OK : ExitStatus.FAILED;
            }
        };
    }

    private static Map<String, Content> contents(Schedule schedule, String topology, String streams) {
        var contents = new LinkedHashMap<String, Content>();
        contents.put(TOPOLOGY, to -> to.append(topology));
        contents.put(STREAMS, to -> to.append(streams));
        contents.putAll(ScheduleFiles.of(schedule));
        return contents;
    }

    private static String text(Path file) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new UsageError(file + " is larger than " + (MOST_BYTES >> 20) + " MiB; divide the network");
            }
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new UsageError("there is no file " + file);
        } catch (CharacterCodingException e) {
            throw new UsageError(file + " is not UTF-8 text");
        } catch (IOException e) {
            throw new UsageError(file + " cannot be read: " + IoReason.of(e));
        }
    }
}
