package io.millwright.node.net;

import io.millwright.network.model.BesideFiles;
import io.millwright.network.model.PlantNetworks;
import io.millwright.network.schedule.EarlierSchedule;
import io.millwright.network.schedule.Names;
import io.millwright.network.schedule.Outcome;
import io.millwright.network.schedule.Placement;
import io.millwright.network.schedule.Problem;
import io.millwright.network.schedule.ProblemFiles;
import io.millwright.network.schedule.ProblemFiles.Source;
import io.millwright.network.schedule.Schedule;
import io.millwright.network.schedule.ScheduleFiles;
import io.millwright.network.schedule.ScheduleFiles.Content;
import io.millwright.network.schedule.Scheduler;
import io.millwright.network.schedule.Topology;
import io.millwright.network.schedule.Transition;
import io.millwright.node.command.ExitStatus;
import io.millwright.node.command.IoReason;
import io.millwright.node.command.Output;
import io.millwright.node.command.PlantFiles;
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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mw net schedule`: when every frame is sent on every link.
@Command(
        name = "schedule",
        mixinStandardHelpOptions = true,
        header = "Decide when every frame of every stream is sent on every link, and write the gate lists.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  mw net schedule plant.yaml --out plan",
            "  mw net schedule plant.yaml --out next --from plan --sync-error 500ns",
            "  mw net schedule --topology net.graphml --streams streams.csv --out plan",
            "  mw net schedule --topology topology.csv --streams streams.csv --out plan"
        })
final class ScheduleCommand implements Callable<Integer> {

    private static final long MOST_BYTES = 16 << 20;
    private static final long QUIET_NANOS = 1_000_000_000;

    /// Which part of the time is for what would do, where there is no schedule.
    private static final int DIAGNOSIS_SHARE = 4;

    static final String TOPOLOGY = "topology.csv";
    static final String STREAMS = "streams.csv";
    static final String SCHEDULE = "schedule.json";
    static final List<String> RESULT = Stream.concat(
                    Stream.of(
                            TOPOLOGY,
                            STREAMS,
                            "GCL.csv",
                            "OFFSET.csv",
                            "ROUTE.csv",
                            "QUEUE.csv",
                            "DELAY.csv",
                            ScheduleFiles.RECOVERY,
                            SCHEDULE),
                    BesideFiles.ALL.stream())
            .toList();

    @Parameters(
            arity = "0..1",
            paramLabel = "PLANT",
            description = "A plant file: its network with its scheduled streams.")
    private @Nullable Path plant;

    @Option(
            names = "--topology",
            paramLabel = "FILE",
            description = "Instead of a plant file, the links: a table link,q_num,rate,t_proc,t_prop, GraphML, or "
                    + "node-link JSON.")
    private @Nullable Path topology;

    @Option(
            names = "--streams",
            paramLabel = "FILE",
            description = "With --topology, the streams: stream,src,dst,size,period,deadline,jitter and, where some "
                    + "are redundant, redundancy.")
    private @Nullable Path streams;

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
    private final SwitchLimits switches = new SwitchLimits();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() {
        if (time.isNegative() || time.isZero()) {
            throw new UsageError("--time must be above zero, e.g. 60s");
        }
        var folder = new ScheduleFolder(out);
        folder.check(RESULT::contains);
        var input = input();
        var problem = input.problem();
        try (var clock = new StoppableClock()) {
            var scheduler = new Scheduler(problem, clock, seed);
            int kept = from == null ? 0 : keep(input, scheduler, from);
            scheduler.tell(missing -> progress(
                    clock, "%d of %d streams have their place".formatted(problem.count() - missing, problem.count())));
            var outcome = scheduler.run(time.minus(time.dividedBy(DIAGNOSIS_SHARE)));
            var report = new ScheduleReport(problem, input.names(), kept, clock.seconds());
            if (outcome instanceof Outcome.Scheduled(var schedule)) {
                var transition = from == null
                        ? Optional.<Transition>empty()
                        : earlier(from, input).map(b -> Transition.between(b, schedule));
                var contents = contents(schedule, input);
                var beside = input.network().map(network -> BesideReport.of(network, schedule));
                beside.ifPresent(b -> contents.putAll(b.files()));
                folder.write(contents);
                var json = report.json(outcome, transition);
                beside.ifPresent(b -> b.addTo(json));
                output.json(json);
                output.text(report.text(outcome, out)
                        + report.text(transition)
                        + beside.map(BesideReport::text).orElse(""));
                return beside.map(BesideReport::holds).orElse(true) ? ExitStatus.OK : ExitStatus.FAILED;
            }
            var partial = outcome instanceof Outcome.NotFound
                    ? scheduler.best().flatMap(best -> keepPartial(best, input))
                    : Optional.<Path>empty();
            output.text(report.text(outcome, out) + report.text(partial, out));
            var advice = Advice.of(input, outcome, clock, seed, time, what -> progress(clock, what));
            output.json(report.json(outcome, advice, partial));
            if (!advice.text().isEmpty()) {
                output.text(advice.text());
            }
            return ExitStatus.FAILED;
        }
    }

    /// Writes the schedule of those streams that had a place, beside the folder of a result: that is for all.
    ///
    /// @return where; nothing where it could not be
    private Optional<Path> keepPartial(Schedule best, ScheduleInput input) {
        var beside = ScheduleReport.partial(out);
        if (!Advice.isVerified(best)) {
            output.progress("the checker does not accept the places that were found, please report it");
            return Optional.empty();
        }
        try {
            var folder = new ScheduleFolder(beside);
            folder.check(RESULT::contains);
            folder.write(contents(best, input));
            return Optional.of(beside);
        } catch (UsageError e) {
            output.progress("the places that were found are not kept: " + e.getMessage());
            return Optional.empty();
        }
    }

    /// What options say of switches holds besides what the plant file says.
    private ScheduleInput input() {
        if (plant != null && topology == null && streams == null) {
            var network = PlantFiles.read(plant).network();
            return ScheduleInput.of(PlantNetworks.of(network), plant.toString()).within(switches.planned());
        }
        if (plant == null && topology != null && streams != null) {
            return ScheduleInput.of(source(topology), source(streams)).within(switches.planned());
        }
        throw new UsageError("name a plant file, or a topology and streams: mw net schedule PLANT --out DIR, or "
                + "mw net schedule --topology FILE --streams FILE --out DIR");
    }

    /// Tells how it is going, once it takes long enough for somebody to wonder.
    private void progress(StoppableClock clock, String what) {
        if (!clock.isStopped() && clock.getAsLong() > QUIET_NANOS) {
            output.progress(String.format(Locale.ROOT, "%.0f s: %s", clock.getAsLong() / 1e9, what));
        }
    }

    static Problem problem(ProblemFiles.Reading reading) {
        return switch (reading) {
            case ProblemFiles.Wrong(var mistake) -> throw new UsageError(mistake);
            case ProblemFiles.Right(var problem, var _) -> problem;
        };
    }

    /// Promises the streams of an earlier schedule that have not changed their places.
    ///
    /// @return how many keep them
    private int keep(ScheduleInput input, Scheduler scheduler, Path earlier) {
        requireFolder(earlier);
        var before = ScheduleInput.of(source(earlier.resolve(TOPOLOGY)), source(earlier.resolve(STREAMS)));
        var placements = placements(earlier.resolve(SCHEDULE), input.problem().topology(), input.names());
        var unchanged = new HashSet<>(before.wishes());
        var wishes = input.wishes();
        var places = new HashMap<Integer, Placement>();
        for (int i = 0; i < wishes.size(); i++) {
            var placement = placements.get(wishes.get(i).stream());
            if (unchanged.contains(wishes.get(i)) && placement != null) {
                places.put(i, placement);
            }
        }
        var lost = scheduler.keep(places);
        if (!lost.isEmpty()) {
            output.progress("these streams cannot keep their places, as links or queues have changed: "
                    + lost.stream().map(i -> wishes.get(i).stream()).toList());
        }
        return (int) places.keySet().stream()
                .filter(i -> !lost.contains(i))
                .map(i -> input.problem().streams().get(i).id())
                .distinct()
                .count();
    }

    /// The schedule of an earlier run, in the numbers of this one, if its files belong together.
    private static Optional<Schedule> earlier(Path folder, ScheduleInput input) {
        var read = ProblemFiles.read(source(folder.resolve(TOPOLOGY)), source(folder.resolve(STREAMS)), input.names());
        var before = problem(read).within(input.problem().limits());
        var placements = placements(folder.resolve(SCHEDULE), before.topology(), input.names());
        var places = before.streams().stream()
                .flatMap(s -> Stream.ofNullable(placements.get(input.names().stream(s))))
                .toList();
        return places.size() == before.streams().size() ? Optional.of(new Schedule(before, places)) : Optional.empty();
    }

    static Map<String, Placement> placements(Path file, Topology topology, Names names) {
        try (var reader = Files.newBufferedReader(file)) {
            return switch (EarlierSchedule.read(reader, topology, names)) {
                case EarlierSchedule.Wrong(var mistake) -> throw new UsageError(file + ": " + mistake);
                case EarlierSchedule.Right(var found) -> found;
            };
        } catch (NoSuchFileException e) {
            throw new UsageError("there is no file " + file);
        } catch (IOException e) {
            throw new UsageError(file + " cannot be read: " + IoReason.of(e));
        }
    }

    /// @throws UsageError if there is no such folder
    static void requireFolder(Path folder) {
        if (Files.isRegularFile(folder)) {
            throw new UsageError(folder + " is a file; name a folder that mw net schedule wrote");
        }
        if (!Files.isDirectory(folder)) {
            throw new UsageError("there is no folder " + folder + "; mw net schedule writes one");
        }
    }

    static Source source(Path file) {
        return new Source(file.toString(), text(file));
    }

    static Map<String, Content> contents(Schedule schedule, String topology, String streams) {
        return contents(schedule, topology, streams, new Names());
    }

    private static Map<String, Content> contents(Schedule schedule, ScheduleInput input) {
        return contents(schedule, input.topology(), input.streams(), input.names());
    }

    private static Map<String, Content> contents(Schedule schedule, String topology, String streams, Names names) {
        var contents = new LinkedHashMap<String, Content>();
        contents.put(TOPOLOGY, to -> to.append(topology));
        contents.put(STREAMS, to -> to.append(streams));
        contents.putAll(ScheduleFiles.of(schedule, names));
        return contents;
    }

    static String text(Path file) {
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
