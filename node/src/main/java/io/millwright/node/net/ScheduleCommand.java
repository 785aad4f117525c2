package io.millwright.node.net;

import io.millwright.network.schedule.EarlierSchedule;
import io.millwright.network.schedule.Outcome;
import io.millwright.network.schedule.Placement;
import io.millwright.network.schedule.Problem;
import io.millwright.network.schedule.ProblemFiles;
import io.millwright.network.schedule.ProblemFiles.Source;
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
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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

    private static final long MOST_BYTES = 16 << 20;
    private static final String TOPOLOGY = "topology.csv";
    private static final String STREAMS = "streams.csv";
    private static final String SCHEDULE = "schedule.json";
    private static final List<String> RESULT =
            List.of(TOPOLOGY, STREAMS, "GCL.csv", "OFFSET.csv", "ROUTE.csv", "QUEUE.csv", "DELAY.csv", SCHEDULE);

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

    @Option(
            names = "--from",
            paramLabel = "DIR",
            description = "An earlier schedule: streams that have not changed keep their ways, times and queues.")
    private @Nullable Path from;

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
        var problem =
                problem(new Source(topology.toString(), topologyText), new Source(streams.toString(), streamsText));
        long began = System.nanoTime();
        var scheduler = new Scheduler(problem, System::nanoTime, seed);
        int kept = from == null ? 0 : keep(problem, scheduler, from);
        var outcome = scheduler.run(time);
        var report = new ScheduleReport(problem, kept, (System.nanoTime() - began) / 1e9);
        if (outcome instanceof Outcome.Scheduled(var schedule)) {
            folder.write(contents(schedule, topologyText, streamsText));
        }
        output.json(report.json(outcome));
        output.text(report.text(outcome, out));
        return outcome instanceof Outcome.Scheduled ? ExitStatus.OK : ExitStatus.FAILED;
    }

    private static Problem problem(Source topology, Source streams) {
        return switch (ProblemFiles.read(topology, streams)) {
            case ProblemFiles.Wrong(var mistake) -> throw new UsageError(mistake);
            case ProblemFiles.Right(var problem) -> problem;
        };
    }

    /// Promises the streams of an earlier schedule that have not changed their places.
    ///
    /// @return how many keep them
    private int keep(Problem problem, Scheduler scheduler, Path earlier) {
        var before = problem(source(earlier.resolve(TOPOLOGY)), source(earlier.resolve(STREAMS)));
        var placements = placements(earlier.resolve(SCHEDULE), problem);
        var unchanged = new HashSet<>(before.streams());
        var places = new HashMap<Integer, Placement>();
        for (int i = 0; i < problem.streams().size(); i++) {
            var stream = problem.streams().get(i);
            var placement = placements.get(stream.id());
            if (unchanged.contains(stream) && placement != null) {
                places.put(i, placement);
            }
        }
        var lost = scheduler.keep(places);
        if (!lost.isEmpty()) {
            output.progress("these streams cannot keep their places, as links or queues have changed: "
                    + lost.stream().map(i -> problem.streams().get(i).id()).toList());
        }
        return places.size() - lost.size();
    }

    private static Map<Integer, Placement> placements(Path file, Problem problem) {
        try (var reader = Files.newBufferedReader(file)) {
            return switch (EarlierSchedule.read(reader, problem.topology())) {
                case EarlierSchedule.Wrong(var mistake) -> throw new UsageError(file + ": " + mistake);
                case EarlierSchedule.Right(var found) -> found;
            };
        } catch (NoSuchFileException e) {
            throw new UsageError("there is no file " + file);
        } catch (IOException e) {
            throw new UsageError(file + " cannot be read: " + IoReason.of(e));
        }
    }

    private static Source source(Path file) {
        return new Source(file.toString(), text(file));
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
