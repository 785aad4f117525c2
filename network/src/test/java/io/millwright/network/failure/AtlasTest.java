package io.millwright.network.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.network.failure.Failure.Kind;
import io.millwright.network.failure.Failure.Part;
import io.millwright.network.schedule.Link;
import io.millwright.network.schedule.Names;
import io.millwright.network.schedule.Outcome;
import io.millwright.network.schedule.Placement;
import io.millwright.network.schedule.Problem;
import io.millwright.network.schedule.Schedule;
import io.millwright.network.schedule.Scheduler;
import io.millwright.network.schedule.Stream;
import io.millwright.network.schedule.Topology;
import io.millwright.testkit.Property;
import io.millwright.testkit.TickingClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

/// Switches 0, 1, 2 in a ring, station 10 + i at switch i; 100 octets at 1 Gbit/s are 800 ns, hops 2 µs.
class AtlasTest {

    private static final int CASES = 60;
    private static final Duration TIME = Duration.ofMillis(20);

    private static LongSupplier clock() {
        return TickingClock.every(Duration.ofNanos(1000));
    }

    private static Topology ring(int switches) {
        var links = new ArrayList<Link>();
        for (int i = 0; i < switches; i++) {
            both(links, i, (i + 1) % switches);
            both(links, i, 10 + i);
        }
        return new Topology(links);
    }

    private static void both(List<Link> links, int a, int b) {
        links.add(new Link(a, b, 8, 1000, 2000, 0));
        links.add(new Link(b, a, 8, 1000, 2000, 0));
    }

    private static Stream stream(int id, int from, long deadline, Integer... to) {
        return new Stream(id, from, List.of(to), 100, 100_000, deadline, 0);
    }

    private static Schedule scheduled(Problem problem) {
        return assertInstanceOf(Outcome.Scheduled.class, new Scheduler(problem, clock(), 1).run(Duration.ofSeconds(1)))
                .schedule();
    }

    private static Failure failure(Kind kind, Integer... nodes) {
        return new Failure(List.of(new Part(kind, List.of(nodes))));
    }

    private static final Problem SMALL = new Problem(
            ring(3),
            List.of(
                    stream(0, 10, 100_000, 11), // over (0, 1); the other way is over 2
                    stream(1, 11, 100_000, 12), // not over it
                    stream(2, 10, 8000, 11), // 3 · 800 + 2 · 2000 = 6400 by the short way, 9200 by the long one
                    stream(3, 10, 100_000, 12, 11)));

    private static Consequence small(Failure failure) {
        return new Atlas(scheduled(SMALL), clock(), 1).of(failure, TIME);
    }

    @Test
    void afterALinkWhatCanMoveMovesAndTheRestIsProvedLost() {
        var consequence = small(failure(Kind.LINK, 0, 1));
        var moved = assertInstanceOf(Fate.Moved.class, consequence.fates().get(0));
        assertEquals(9200, moved.delayNanos());
        assertEquals(6400, moved.delayBeforeNanos());
        assertInstanceOf(Fate.Untouched.class, consequence.fates().get(1));
        var lost = assertInstanceOf(Fate.Lost.class, consequence.fates().get(2));
        assertTrue(lost.proof().toString().contains("deadline is 8 µs"), lost::toString);
        assertTrue(lost.proof().toString().contains("9.2 µs"), lost::toString);
        assertInstanceOf(Fate.Moved.class, consequence.fates().get(3));
        assertEquals(
                3, consequence.alternative().orElseThrow().problem().streams().size());
        // drained when the slowest of those that move is through
        assertTrue(consequence.drainNanos() >= 6400, consequence.toString());
    }

    @Test
    void aBridgeTakesItsStationAndAStationItsStreams() {
        var bridge = small(failure(Kind.BRIDGE, 1));
        var cut = assertInstanceOf(Fate.Lost.class, bridge.fates().get(0));
        assertTrue(cut.proof().toString().contains("no way is left from node 10 to node 11"), cut::toString);
        assertTrue(cut.proof().toString().contains("0, 2, 12"), cut::toString);
        assertInstanceOf(Fate.Lost.class, bridge.fates().get(1));
        assertEquals(List.of(11), gone(bridge.fates().get(3)));
        var station = small(failure(Kind.STATION, 10));
        for (int stream : List.of(0, 2, 3)) {
            var lost = assertInstanceOf(Fate.Lost.class, station.fates().get(stream));
            assertEquals("its talker, node 10, is gone", lost.proof().toString());
        }
        assertInstanceOf(Fate.Untouched.class, station.fates().get(1));
        assertTrue(station.alternative().isEmpty());
        var listener = small(failure(Kind.STATION, 11));
        assertEquals(new Fate.Reduced(3, List.of(11)), listener.fates().get(3));
    }

    private static List<Integer> gone(Fate fate) {
        return switch (fate) {
            case Fate.Reduced(var _, var gone) -> gone;
            case Fate.Moved moved -> moved.gone();
            case Fate.Covered(var _, var gone) -> gone;
            case Fate.Untouched _, Fate.Lost _, Fate.Open _ -> List.of();
        };
    }

    /// One redundant stream and one that is not go from 10 to 12 in a ring of four. What lies between the
    /// stations' own switches takes one way only; what does not is the end of a station.
    @Test
    void aRedundantStreamNeedsNoOtherPlace() {
        var streams = new ArrayList<>(stream(0, 10, 50_000, 12).members());
        streams.add(stream(1, 10, 50_000, 12));
        var schedule = scheduled(new Problem(ring(4), streams));
        var atlas = new Atlas(schedule, clock(), 1);
        for (var failure : Failures.single(schedule.problem())) {
            var consequence = atlas.of(failure, Duration.ofSeconds(2));
            assertEquals(2, consequence.fates().size());
            var nodes = failure.parts().getFirst().nodes();
            var fate = consequence.fates().getFirst();
            boolean ofTheStream =
                    nodes.contains(10) || nodes.contains(12) || nodes.equals(List.of(0)) || nodes.equals(List.of(2));
            boolean aside = nodes.contains(11) || nodes.contains(13);
            assertEquals(
                    ofTheStream ? Fate.Lost.class : aside ? Fate.Untouched.class : Fate.Covered.class,
                    fate.getClass(),
                    failure.toString());
            assertEquals(
                    consequence.fates(Fate.Moved.class).isEmpty(),
                    consequence.alternative().isEmpty());
        }
    }

    /// Both trees lie round the ring, so that both are touched on each side; no listener loses both.
    @Test
    void treesThatAreBothTouchedReachEachListenerOnce() {
        var streams = new ArrayList<>(stream(0, 10, 60_000, 11, 12, 13).members());
        streams.add(stream(1, 11, 50_000, 12));
        var schedule = scheduled(new Problem(ring(4), streams));
        for (var failure : Failures.single(schedule.problem())) {
            var consequence = new Atlas(schedule, clock(), 1).of(failure, Duration.ofSeconds(2));
            var nodes = failure.parts().getFirst().nodes();
            boolean ofTheTalker = nodes.contains(10) || nodes.equals(List.of(0));
            boolean ofAListener = nodes.stream().anyMatch(n -> n > 10)
                    || failure.parts().getFirst().kind() == Kind.BRIDGE;
            var fate = consequence.fates().getFirst();
            assertTrue(
                    ofTheTalker
                            ? fate instanceof Fate.Lost
                            : ofAListener ? !gone(fate).isEmpty() : fate instanceof Fate.Covered,
                    () -> failure + ": " + fate);
            assertTrue(!(fate instanceof Fate.Moved), () -> failure + ": " + fate);
        }
    }

    /// When both ways fail, one is found where there is a third.
    @Test
    void ofTwoMembersThatAreTouchedOneMoves() {
        var links = new ArrayList<Link>();
        for (int bridge : new int[] {1, 2, 3}) {
            both(links, 0, bridge);
            both(links, bridge, 4);
        }
        both(links, 10, 0);
        both(links, 11, 4);
        var schedule = scheduled(
                new Problem(new Topology(links), stream(0, 10, 50_000, 11).members()));
        var used = schedule.placements().stream()
                .flatMap(p -> p.links().stream())
                .map(links::get)
                .map(Link::to)
                .filter(n -> n > 0 && n < 4)
                .map(n -> new Failure.Part(Kind.BRIDGE, List.of(n)))
                .toList();
        var consequence = new Atlas(schedule, clock(), 1).of(new Failure(used), Duration.ofSeconds(2));
        assertEquals(
                List.of(Fate.Moved.class),
                consequence.fates().stream().map(Object::getClass).toList());
        assertEquals(1, consequence.alternative().orElseThrow().placements().size());
    }

    /// Two frames of 60 µs in 100 µs do not go over one link: the ring has room for both, a line has not.
    @Test
    void whatHasNoRoomIsLostBesideThatWhichIsSaved() {
        var problem = new Problem(
                ring(3),
                List.of(
                        new Stream(0, 0, List.of(1), 7500, 100_000, 1_000_000, 0),
                        new Stream(1, 2, List.of(1), 7500, 100_000, 1_000_000, 0)));
        var consequence = new Atlas(scheduled(problem), clock(), 1).of(failure(Kind.LINK, 1, 2), TIME);
        assertInstanceOf(Fate.Untouched.class, consequence.fates().get(0));
        var lost = assertInstanceOf(Fate.Lost.class, consequence.fates().get(1));
        assertTrue(
                lost.proof().toString().contains("link (0, 1)")
                        && lost.proof().toString().contains("120.0 %"),
                lost::toString);
    }

    @Test
    void theDevicesThatChangeAreThoseOfTheOldAndTheNewWay() {
        var problem = new Problem(ring(3), List.of(stream(0, 10, 100_000, 11)));
        var consequence = new Atlas(scheduled(problem), clock(), 1).of(failure(Kind.LINK, 0, 1), TIME);
        // Until then (10, 0), (0, 1), (1, 11). Now (10, 0), (0, 2), (2, 1), (1, 11): the last one later.
        assertEquals(
                List.of(
                        new DeviceChange(0, true, 1, 1, 0, 1, 0, 0),
                        new DeviceChange(1, true, 1, 1, 1, 0, 0, 0),
                        new DeviceChange(2, true, 1, 1, 0, 1, 0, 0)),
                consequence.changes());
        var moved = consequence.fates(Fate.Moved.class).getFirst();
        var recovery = new Recovery(Duration.ofMillis(10), Duration.ofMillis(20));
        // 30 ms, the old delay, a hyperperiod; then an offset of 0 and the new delay
        assertEquals(30_000_000 + 6400 + 100_000, recovery.changeNanos(consequence));
        assertEquals(30_000_000 + 6400 + 100_000 + 9200, recovery.outageNanos(consequence, moved));
        // (30 106 400 + 6400) / 100 000
        assertEquals(302, recovery.framesLost(consequence, moved, 100_000));
    }

    @Test
    void everyPartFailsAloneAndPairsAreDrawnOnce() {
        var single = Failures.single(SMALL);
        assertEquals(6 + 3 + 3, single.size());
        assertEquals("link 0-1", single.getFirst().toString());
        assertEquals("station-12", single.getLast().fileName(new Names()));
        var pairs = Failures.pairs(single, 1000, 7);
        // 66 pairs, without those of a link and one of its ends: 6 links have 2 ends each
        assertEquals(66 - 12, pairs.size());
        assertEquals(Set.copyOf(pairs).size(), pairs.size());
        assertEquals(Failures.pairs(single, 20, 3), Failures.pairs(single, 20, 3));
    }

    /// In networks by lot: streams that do not come where something fails keep their place, whoever is lost for
    /// want of a way has none, and nobody in the alternative comes where something failed.
    @Test
    void whatIsToldHoldsInNetworksByLot() {
        var moves = new AtomicInteger();
        Property.check(CASES, random -> {
            var problem = problem(random);
            if (!(new Scheduler(problem, clock(), 1).run(TIME) instanceof Outcome.Scheduled(var schedule))) {
                return;
            }
            var single = Failures.single(problem);
            var failures = new ArrayList<>(single);
            failures.addAll(Failures.pairs(single, 5, random.nextLong()));
            var atlas = new Atlas(schedule, clock(), 1);
            for (var failure : failures) {
                check(schedule, atlas.of(failure, TIME), failure);
                moves.incrementAndGet();
            }
        });
        assertTrue(moves.get() > CASES, moves.toString());
    }

    private static Problem problem(SplittableRandom random) {
        int switches = random.nextInt(3, 7);
        var links = new ArrayList<>(ring(switches).links());
        if (switches > 3 && random.nextBoolean()) {
            both(links, 0, 2);
        }
        var streams = new ArrayList<Stream>();
        for (int i = 0; i < random.nextInt(2, 20); i++) {
            int from = random.nextInt(switches);
            var to = new HashSet<Integer>();
            to.add(10 + (from + random.nextInt(1, switches)) % switches);
            to.add(10 + (from + random.nextInt(1, switches)) % switches);
            streams.add(new Stream(
                    i,
                    10 + from,
                    List.copyOf(to),
                    random.nextInt(64, 1000),
                    50_000L << random.nextInt(2),
                    random.nextLong(30_000, 100_000),
                    0));
        }
        return new Problem(new Topology(links), streams);
    }

    private static void check(Schedule before, Consequence consequence, Failure failure) {
        var problem = before.problem();
        var after = new HashMap<Integer, List<String>>();
        consequence.alternative().ifPresent(a -> {
            for (int i = 0; i < a.problem().streams().size(); i++) {
                after.put(
                        a.problem().streams().get(i).id(),
                        place(a.problem(), a.placements().get(i)));
            }
        });
        for (int i = 0; i < problem.streams().size(); i++) {
            var stream = problem.streams().get(i);
            var way = before.placements().get(i).links().stream()
                    .map(problem.topology().links()::get)
                    .toList();
            boolean touched = way.stream().anyMatch(failure::takes);
            var reachable = reachable(problem.topology(), failure, stream.source());
            var fate = consequence.fates().get(i);
            assertEquals(!touched, fate instanceof Fate.Untouched, fate + " after " + failure);
            boolean separated = failure.takes(stream.source())
                    || stream.destinations().stream().noneMatch(reachable::contains);
            switch (fate) {
                case Fate.Untouched _ -> {
                    if (consequence.alternative().isPresent()) {
                        assertEquals(place(problem, before.placements().get(i)), after.get(stream.id()));
                    }
                }
                case Fate.Reduced(var _, var gone) -> gone.forEach(g -> assertTrue(!reachable.contains(g)));
                case Fate.Moved moved -> {
                    assertTrue(moved.delayNanos() <= stream.deadlineNanos());
                    moved.gone().forEach(g -> assertTrue(!reachable.contains(g)));
                    after.getOrDefault(stream.id(), List.of()).forEach(step -> assertTrue(!step.isEmpty()));
                }
                case Fate.Lost lost -> assertEquals(separated, lost.cause() != Fate.Cause.NO_PLACE, lost.toString());
                case Fate.Open _ -> assertTrue(!separated);
                case Fate.Covered covered -> throw new AssertionError("nothing is redundant: " + covered);
            }
        }
        consequence
                .alternative()
                .ifPresent(a -> a.problem().topology().links().forEach(l -> assertTrue(!failure.takes(l))));
    }

    /// Links, starts and queues as text.
    private static List<String> place(Problem problem, Placement placement) {
        var steps = new ArrayList<String>();
        for (int i = 0; i < placement.links().size(); i++) {
            steps.add(problem.topology().links().get(placement.links().get(i)) + " at "
                    + placement.startsNanos().get(i) + " in "
                    + placement.queues().get(i));
        }
        return steps.stream().sorted().toList();
    }

    private static Set<Integer> reachable(Topology topology, Failure failure, int from) {
        var next = new HashMap<Integer, List<Integer>>();
        for (var link : topology.links()) {
            if (!failure.takes(link)) {
                next.computeIfAbsent(link.from(), _ -> new ArrayList<>()).add(link.to());
            }
        }
        var seen = new HashSet<>(Set.of(from));
        var open = new ArrayDeque<>(seen);
        while (!open.isEmpty()) {
            for (int there : next.getOrDefault(open.remove(), List.of())) {
                if (seen.add(there)) {
                    open.add(there);
                }
            }
        }
        return seen;
    }
}
