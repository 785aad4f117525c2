package io.millwright.node.net;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.certificate.Verdict;
import io.millwright.certificate.schedule.Limits;
import io.millwright.certificate.schedule.ScheduleChecker;
import io.millwright.network.failure.Atlas;
import io.millwright.network.failure.Consequence;
import io.millwright.network.failure.DeviceChange;
import io.millwright.network.failure.Failures;
import io.millwright.network.schedule.Link;
import io.millwright.network.schedule.Outcome;
import io.millwright.network.schedule.Problem;
import io.millwright.network.schedule.Schedule;
import io.millwright.network.schedule.ScheduleFiles;
import io.millwright.network.schedule.Scheduler;
import io.millwright.network.schedule.Stream;
import io.millwright.network.schedule.Topology;
import io.millwright.testkit.Property;
import io.millwright.testkit.TickingClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The independent checker replays networks in which only those devices have changed that have to: all others
/// have their old lists of gates, with windows that nobody uses any more.
class NeededChangesTest {

    private static final int CASES = 20;
    private static final int ROUNDS = 20;
    private static final int SWITCHES = 7;
    private static final long PERIOD = 100_000;

    private static LongSupplier clock() {
        return TickingClock.every(Duration.ofNanos(10_000));
    }

    /// This clock does not see how long a solver takes.
    @BeforeAll
    static void withoutSolver() {
        System.setProperty("mw.ortools", "off");
    }

    @AfterAll
    static void withSolver() {
        System.clearProperty("mw.ortools");
    }

    private static Problem problem(SplittableRandom random) {
        var links = new ArrayList<Link>();
        for (int i = 0; i < SWITCHES; i++) {
            for (int there : new int[] {(i + 1) % SWITCHES, 10 + i}) {
                links.add(new Link(i, there, 3, 1000, 1500, 100));
                links.add(new Link(there, i, 3, 1000, 1500, 100));
            }
        }
        var streams = new ArrayList<Stream>();
        for (int i = 0; i < 10; i++) {
            int from = random.nextInt(SWITCHES);
            int to = (from + random.nextInt(1, SWITCHES)) % SWITCHES;
            int other = (from + random.nextInt(1, SWITCHES)) % SWITCHES;
            streams.add(new Stream(
                    i,
                    10 + from,
                    to == other ? List.of(10 + to) : List.of(10 + to, 10 + other),
                    random.nextInt(100, 500),
                    PERIOD,
                    PERIOD,
                    0));
        }
        return new Problem(new Topology(links), streams);
    }

    private static String text(Schedule schedule, String name) {
        var text = new StringBuilder();
        try {
            Objects.requireNonNull(ScheduleFiles.whole(schedule).get(name)).writeTo(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /// The new rows of devices that have to change, and the old ones of all others.
    private static String mixed(Schedule before, Schedule after, Consequence consequence) {
        Set<Integer> needed = consequence.changes().stream()
                .filter(DeviceChange::needed)
                .map(DeviceChange::node)
                .collect(Collectors.toSet());
        var rows = new StringBuilder("link,queue,start,end,cycle\n");
        for (var link : after.problem().topology().links()) {
            text(needed.contains(link.from()) ? after : before, "GCL.csv")
                    .lines()
                    .filter(row -> row.startsWith("\"" + link + "\""))
                    .forEach(row -> rows.append(row).append('\n'));
        }
        return rows.toString();
    }

    @Test
    void devicesThatNeedNotChangeKeepTheirListsAndTheAlternativeHolds() {
        var verified = new AtomicInteger();
        var left = new AtomicInteger();
        Property.Check holds = random -> {
            var outcome = new Scheduler(problem(random), clock(), 1).run(Duration.ofSeconds(5));
            if (!(outcome instanceof Outcome.Scheduled(var schedule))) {
                return;
            }
            var failures = Failures.single(schedule.problem());
            var consequence = new Atlas(schedule, clock(), 1)
                    .of(failures.get(random.nextInt(failures.size())), Duration.ofMillis(500));
            if (consequence.alternative().isEmpty()) {
                return;
            }
            var alternative = consequence.alternative().get();
            var gates = mixed(schedule, alternative, consequence);
            var verdict = ScheduleChecker.check(
                    name -> name.equals("GCL.csv") ? gates : text(alternative, name), Limits.NONE);
            assertInstanceOf(Verdict.Verified.class, verdict, () -> consequence.failure() + ": " + verdict);
            verified.incrementAndGet();
            left.addAndGet(gates.equals(text(alternative, "GCL.csv")) ? 0 : 1);
        };
        Property.check(CASES, holds);
        if (System.getProperty("mw.seed") == null) {
            assertTrue(verified.get() > CASES / 4, verified + " verified");
            // Not every draw has a device that keeps a window without use.
            for (int i = 0; i < ROUNDS && left.get() == 0; i++) {
                Property.check(CASES, holds);
            }
            assertTrue(left.get() > 0, "no device ever kept a window without use");
        }
    }
}
