package io.millwright.network.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.network.schedule.Outcome.Scheduled;
import io.millwright.network.schedule.Transition.Leaving;
import io.millwright.testkit.Property;
import java.io.StringReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;

/// Schedules that follow each other: a link is lost, a stream leaves, one enters.
class TransitionTest {

    private static final int CASES = Integer.getInteger("mw.cases", 150);

    private static Link link(int from, int to) {
        return new Link(from, to, 8, 1000, 1000, 0);
    }

    /// A frame of 8 µs on each of two links with 1 µs between, sent at 80 µs of 100: it ends at 97.
    @Test
    void aTalkerIsSilentUntilItsLastFrameHasGone() {
        var topology = new Topology(List.of(link(0, 1), link(1, 2)));
        var early = new Stream(1, 0, List.of(2), 1000, 100_000, 100_000, 0);
        var before = new Schedule(
                new Problem(topology, List.of(early)),
                List.of(new Placement(List.of(0, 1), List.of(80_000L, 89_000L), List.of(7, 7))));
        var none = new Schedule(
                new Problem(topology, List.of(new Stream(2, 0, List.of(2), 1000, 150_000, 100_000, 0))),
                List.of(new Placement(List.of(0, 1), List.of(0L, 9_000L), List.of(7, 7))));
        assertEquals(
                new Transition(300_000, List.of(), List.of(new Leaving(1, 17_000, 0)), List.of(2)),
                Transition.between(before, none));
        // at 90 µs it would end 7 µs behind the end of the period: the last one is not sent
        var late = new Schedule(
                before.problem(), List.of(new Placement(List.of(0, 1), List.of(90_000L, 99_000L), List.of(7, 7))));
        assertEquals(
                List.of(new Leaving(1, 17_000, 1)),
                Transition.between(late, none).leaving());
        assertEquals(new Transition(100_000, List.of(1), List.of(), List.of()), Transition.between(late, late));
    }

    /// Who was not on the link that is lost keeps its place; and around the change, whenever it comes, no two
    /// frames meet on a link or in a queue, though frames of both schedules are under way.
    @Test
    void whenALinkIsLostAllOthersKeepTheirPlacesAndNoticeNothing() {
        var changed = new AtomicInteger();
        var kept = new AtomicInteger();
        Property.check(CASES, random -> {
            var problem = SchedulerTest.problem(random);
            if (!(new Scheduler(problem, SchedulerTest.clock(), 1).run(Duration.ofMillis(2))
                    instanceof Scheduled(var before))) {
                return;
            }
            var links = new ArrayList<>(problem.topology().links());
            var lost = links.remove(random.nextInt(links.size()));
            var topology = new Topology(links);
            var reach = new Reach(topology);
            var streams = problem.streams().stream()
                    .filter(s -> topology.has(s.source())
                            && s.destinations().stream().allMatch(d -> topology.has(d) && reach.reaches(s.source(), d)))
                    .toList();
            if (streams.isEmpty()) {
                return;
            }
            var scheduler = new Scheduler(new Problem(topology, streams), SchedulerTest.clock(), 2);
            assertEquals(List.of(), scheduler.keep(places(before, topology, streams)), "all are kept");
            if (scheduler.run(Duration.ofMillis(2)) instanceof Scheduled(var after)) {
                Certified.figures(after);
                var transition = Transition.between(before, after);
                for (int i = 0; i < before.placements().size(); i++) {
                    var stream = problem.streams().get(i);
                    boolean passes = before.placements().get(i).links().stream()
                            .anyMatch(l -> problem.topology().links().get(l).equals(lost));
                    assertTrue(passes
                            || !streams.contains(stream)
                            || transition.unchanged().contains(stream.id()));
                }
                nothingMeets(before, after, transition);
                kept.addAndGet(transition.unchanged().size());
                changed.addAndGet(transition.leaving().isEmpty() ? 0 : 1);
            }
        });
        if (System.getProperty("mw.seed") == null) {
            assertTrue(changed.get() > CASES / 20, changed + " with streams that change");
            assertTrue(kept.get() > CASES, kept + " kept");
        }
    }

    private static Map<Integer, Placement> places(Schedule before, Topology topology, List<Stream> streams)
            throws java.io.IOException {
        var text = new StringBuilder();
        Objects.requireNonNull(ScheduleFiles.of(before).get("schedule.json")).writeTo(text);
        var earlier = assertInstanceOf(
                        EarlierSchedule.Right.class, EarlierSchedule.read(new StringReader(text.toString()), topology))
                .placements();
        var places = new HashMap<Integer, Placement>();
        for (int i = 0; i < streams.size(); i++) {
            var placement = earlier.get("" + streams.get(i).id());
            if (placement != null) {
                places.put(i, placement);
            }
        }
        return places;
    }

    /// Something that is taken for a time.
    private record Taken(String what, long from, long until) {}

    /// Every frame of both schedules around a change at one multiple, one after another.
    private static void nothingMeets(Schedule before, Schedule after, Transition transition) {
        long change = 2 * transition.multipleNanos();
        long end = change + transition.multipleNanos();
        var silent = new HashMap<Integer, Long>();
        transition.leaving().forEach(l -> silent.put(l.stream(), change - l.silentNanos()));
        var taken = new ArrayList<Taken>();
        for (int i = 0; i < before.placements().size(); i++) {
            int id = before.problem().streams().get(i).id();
            Long until = silent.get(id);
            take(taken, before, i, t -> until == null ? t < change : t <= until, end);
        }
        var old = new HashSet<>(transition.unchanged());
        for (int i = 0; i < after.placements().size(); i++) {
            take(taken, after, i, t -> t >= change, end);
        }
        assertTrue(old.size() <= before.placements().size());
        taken.sort(Comparator.comparing(Taken::what).thenComparingLong(Taken::from));
        for (int i = 1; i < taken.size(); i++) {
            var last = taken.get(i - 1);
            var next = taken.get(i);
            assertTrue(!last.what.equals(next.what) || last.until <= next.from, () -> last + " and " + next + " meet");
        }
    }

    private static void take(List<Taken> taken, Schedule schedule, int index, LongPredicate sent, long end) {
        var stream = schedule.problem().streams().get(index);
        var placement = schedule.placements().get(index);
        var links = schedule.problem().topology().links();
        for (long release = 0; release < end; release += stream.periodNanos()) {
            if (!sent.test(release + placement.offsetNanos())) {
                continue;
            }
            for (int i = 0; i < placement.links().size(); i++) {
                var link = links.get(placement.links().get(i));
                long start = release + placement.startsNanos().get(i);
                long until = start + link.transmissionNanos(stream.octets());
                taken.add(new Taken("link " + link, start, until));
                long ready = start;
                for (int j = 0; j < placement.links().size(); j++) {
                    var other = links.get(placement.links().get(j));
                    if (other.to() == link.from()) {
                        ready = release
                                + placement.startsNanos().get(j)
                                + other.transmissionNanos(stream.octets())
                                + other.processingNanos()
                                + other.propagationNanos();
                    }
                }
                taken.add(new Taken("queue " + link + placement.queues().get(i), ready, until));
            }
        }
    }
}
