package io.millwright.node.net;

import io.millwright.certificate.Verdict;
import io.millwright.certificate.schedule.Figures;
import io.millwright.certificate.schedule.ScheduleChecker;
import io.millwright.network.failure.Atlas;
import io.millwright.network.failure.Failure;
import io.millwright.network.failure.Failures;
import io.millwright.network.failure.Recovery;
import io.millwright.network.schedule.Link;
import io.millwright.network.schedule.Names;
import io.millwright.network.schedule.Placement;
import io.millwright.network.schedule.Problem;
import io.millwright.network.schedule.ProblemFiles;
import io.millwright.network.schedule.Schedule;
import io.millwright.network.schedule.ScheduleFiles;
import io.millwright.network.schedule.ScheduleFiles.Content;
import io.millwright.network.schedule.Scheduler;
import io.millwright.node.command.ExitStatus;
import io.millwright.node.command.Output;
import io.millwright.node.command.TimeSpan;
import io.millwright.node.command.UsageError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mw net atlas`: what each failure does to a gate schedule, and what is done about it.
@Command(
        name = "atlas",
        mixinStandardHelpOptions = true,
        header = "For each failure: which streams go on, which cannot be saved, and a plan for the rest.",
        description = "In an alternative all streams that a failure does not touch keep their ways and times. Every "
                + "alternative is checked by replaying it. Exit status 0: every stream goes on, has an alternative, "
                + "or cannot have one, which is proved; 1: not so; 2: bad input.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  mw net atlas plan --out atlas             what mw net schedule wrote",
            "  mw net atlas plan --out atlas --detect 30ms --load 200ms",
            "  mw net atlas plan --out atlas --double 50 --seed 7 --json",
            "  mw net verify atlas/link-0-1              an alternative by itself"
        })
final class AtlasCommand implements Callable<Integer> {

    private static final Pattern OURS =
            Pattern.compile("atlas\\.(json|txt)|((link|bridge|station)-[-,.\\w\\p{L}\\p{N}]+\\+?)+/(%s)?"
                    .formatted(String.join("|", ScheduleCommand.RESULT)));
    private static final long PROGRESS_NANOS = 2_000_000_000;

    @Parameters(
            paramLabel = "DIR",
            description = "What mw net schedule wrote: topology.csv, streams.csv, schedule.json and its tables.")
    private Path plan = Path.of(".");

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Where the atlas goes: a new folder, or one with an earlier atlas, which is replaced.")
    private Path out = Path.of("atlas");

    @Option(
            names = "--detect",
            paramLabel = "TIME",
            converter = TimeSpan.class,
            defaultValue = "50ms",
            description = "From a failure until it is known (default: ${DEFAULT-VALUE}).")
    private Duration detect = Duration.ZERO;

    @Option(
            names = "--load",
            paramLabel = "TIME",
            converter = TimeSpan.class,
            defaultValue = "100ms",
            description = "From then until all devices hold their part of the alternative (default: ${DEFAULT-VALUE}).")
    private Duration load = Duration.ZERO;

    @Option(
            names = "--double",
            paramLabel = "N",
            defaultValue = "0",
            description = "So many pairs of failures, drawn by lot (default: ${DEFAULT-VALUE}).")
    private int pairs;

    @Option(
            names = "--time",
            paramLabel = "TIME",
            converter = TimeSpan.class,
            defaultValue = "2s",
            description = "How long to look for the alternative of one failure (default: ${DEFAULT-VALUE}).")
    private Duration time = Duration.ofSeconds(2);

    @Option(
            names = "--seed",
            paramLabel = "NUMBER",
            defaultValue = "1",
            description = "Seed of the search and of the pairs (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Mixin
    private final SwitchLimits switches = new SwitchLimits();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() {
        if (time.isNegative() || time.isZero() || detect.isNegative() || load.isNegative() || pairs < 0) {
            throw new UsageError("--time must be above zero, e.g. 2s; --detect, --load and --double not below it");
        }
        var folder = new ScheduleFolder(out);
        folder.check(OURS.asMatchPredicate());
        var kept = kept();
        var schedule = kept.schedule();
        var recovery = new Recovery(detect, load);
        var single = Failures.single(schedule.problem(), kept.names());
        var failures = new ArrayList<>(single);
        failures.addAll(Failures.pairs(single, pairs, seed));
        var atlas = new Atlas(schedule, System::nanoTime, seed);
        var report = new AtlasReport(schedule.problem(), kept.names(), recovery, seed);
        folder.begin();
        long told = System.nanoTime();
        for (var failure : failures) {
            examine(failure, kept.names(), atlas, folder, report);
            if (System.nanoTime() - told > PROGRESS_NANOS) {
                told = System.nanoTime();
                output.progress("%d of %d failures".formatted(report.size(), failures.size()));
            }
        }
        folder.put("atlas.json", to -> to.append(Output.pretty(report.json())).append('\n'));
        folder.put("atlas.txt", to -> to.append(report.text()).append('\n'));
        folder.commit();
        output.json(report.json());
        output.text(report.text() + "\nin " + out);
        return report.holds() ? ExitStatus.OK : ExitStatus.FAILED;
    }

    /// A plan that was read.
    private record Kept(Schedule schedule, Names names) {}

    /// The plan of the folder; one that holds.
    private Kept kept() {
        ScheduleCommand.requireFolder(plan);
        var topology = ScheduleCommand.source(plan.resolve(ScheduleCommand.TOPOLOGY));
        var streams = ScheduleCommand.source(plan.resolve(ScheduleCommand.STREAMS));
        var read = new Names();
        var first = ScheduleCommand.problem(ProblemFiles.read(topology, streams, read));
        var names = parted(first, read);
        var problem = names == read ? first : ScheduleCommand.problem(ProblemFiles.read(topology, streams, names));
        return new Kept(schedule(problem.within(switches.planned()), names), names);
    }

    /// In a network with names, as that of a plant file, nobody forwards where streams begin or end.
    private static Names parted(Problem problem, Names read) {
        var links = problem.topology().links().stream().collect(Collectors.groupingBy(Link::from));
        var parted = new Names();
        problem.streams().stream()
                .flatMap(s -> Stream.concat(Stream.of(s.source()), s.destinations().stream()))
                .filter(node -> links.getOrDefault(node, List.of()).size() > 1)
                .distinct()
                .forEach(node -> parted.part(read.node(node)));
        return read.areNumbers() || parted.areNumbers() ? read : parted;
    }

    private Schedule schedule(Problem problem, Names names) {
        var file = plan.resolve(ScheduleCommand.SCHEDULE);
        var told = ScheduleCommand.placements(file, problem.topology(), names);
        var places = new HashMap<Integer, Placement>();
        for (int i = 0; i < problem.streams().size(); i++) {
            var name = names.stream(problem.streams().get(i));
            var placement = told.get(name);
            if (placement == null) {
                throw new UsageError(
                        "%s has no place for stream %s of streams.csv; schedule it anew".formatted(file, name));
            }
            places.put(i, placement);
        }
        var refused = new Scheduler(problem, System::nanoTime, seed).keep(places);
        if (!refused.isEmpty()) {
            throw new UsageError("%s: the place of stream %s does not hold; mw net verify %s says why"
                    .formatted(file, names.stream(problem.streams().get(refused.getFirst())), plan));
        }
        var schedule = new Schedule(problem, List.copyOf(new TreeMap<>(places).values()));
        mistake(ScheduleFiles.whole(schedule, names)).ifPresent(what -> {
            throw new UsageError("%s does not hold, nothing is built on it: %s".formatted(plan, what));
        });
        return schedule;
    }

    /// A failure with its consequence, the alternative checked and written.
    private void examine(Failure failure, Names names, Atlas atlas, ScheduleFolder folder, AtlasReport report) {
        var consequence = atlas.of(failure, time);
        var mistake = consequence.alternative().flatMap(alternative -> {
            var contents = ScheduleFiles.whole(alternative, names);
            contents.forEach((name, content) -> folder.put(failure.fileName(names) + "/" + name, content));
            return mistake(contents);
        });
        report.add(consequence, mistake);
    }

    /// What the checker finds wrong with a schedule.
    private Optional<String> mistake(Map<String, Content> contents) {
        var verdict = ScheduleChecker.check(
                name -> {
                    var text = new StringBuilder();
                    try {
                        Objects.requireNonNull(contents.get(name)).writeTo(text);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                    return text.toString();
                },
                switches.checked(true));
        return switch (verdict) {
            case Verdict.Verified<Figures> _ -> Optional.empty();
            case Verdict.Refused<Figures>(var why) -> Optional.of(why);
            case Verdict.Refuted<Figures> refuted ->
                Optional.of(refuted.shown().getFirst().toString());
        };
    }
}
