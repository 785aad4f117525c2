package io.millwright.network.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.network.schedule.Outcome.Impossible;
import io.millwright.network.schedule.Outcome.NotFound;
import io.millwright.network.schedule.Outcome.Scheduled;
import io.millwright.testkit.Property;
import io.millwright.testkit.TickingClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Why there is no schedule, and what would do. Every repair that is proposed is shown to the independent
/// checker.
class DiagnosisTest {

    private static final int CASES = Integer.getInteger("mw.cases", 30);

    /// Each look at the clock takes 50 microseconds: the search depends on no real time.
    private static LongSupplier clock() {
        return TickingClock.every(Duration.ofNanos(50_000));
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

    /// Stations 10 … 13 at a line of switches 0 … 3; 1 Gbit/s, 1 µs of processing.
    private static List<Link> line() {
        var links = new ArrayList<Link>();
        for (int i = 0; i < 4; i++) {
            both(links, i, 10 + i);
            if (i < 3) {
                both(links, i, i + 1);
            }
        }
        return links;
    }

    private static void both(List<Link> links, int one, int other) {
        links.add(new Link(one, other, 8, 1000, 1000, 0));
        links.add(new Link(other, one, 8, 1000, 1000, 0));
    }

    private static Stream stream(int id, int from, int to, int octets, long period, long deadline) {
        return new Stream(id, from, List.of(to), octets, period, deadline, 0);
    }

    private static final Conflict NONE = new Conflict(List.of(), List.of(), List.of(), false);

    private record Answer(Outcome outcome, Conflict conflict, Map<String, Repair> repairs) {

        Change only(String kind) {
            var repair = repairs.get(kind);
            assertTrue(repair != null && repair.changes().size() == 1, this::toString);
            return repair.changes().getFirst();
        }

        @Override
        public String toString() {
            return outcome + " " + conflict
                    + repairs.values().stream().map(r -> r.in(new Names())).toList();
        }
    }

    private static boolean isSolved(Problem problem) {
        return new Scheduler(problem, clock(), 1).run(Duration.ofSeconds(2)) instanceof Scheduled;
    }

    private static Answer ask(Problem problem) throws Exception {
        var outcome = new Scheduler(problem, clock(), 1).run(Duration.ofSeconds(2));
        assertFalse(outcome instanceof Scheduled, "there is a schedule");
        var diagnosis = new Diagnosis(problem, outcome, clock(), 1, Duration.ofSeconds(20));
        var repairs = new LinkedHashMap<String, Repair>();
        diagnosis.repairs(r -> repairs.put(r.changes().getFirst().getClass().getSimpleName(), r));
        for (var repair : repairs.values()) {
            Certified.figures(repair.schedule());
            var changed = problem;
            for (var change : repair.changes()) {
                changed = change.in(changed);
            }
            assertEquals(changed.streams(), repair.schedule().problem().streams());
            assertEquals(
                    changed.topology().links(),
                    repair.schedule().problem().topology().links());
        }
        return new Answer(outcome, diagnosis.conflict().orElse(NONE), repairs);
    }

    private static Problem problem(Stream... streams) {
        return new Problem(new Topology(line()), List.of(streams));
    }

    /// From 10 to 13 a frame of 1000 octets takes 5 · 8 µs on links and 4 · 1 µs in switches: 44 µs. To one of
    /// switch 2 it takes 35, and over a link 0–3 26.
    @Test
    void aDeadlineThatIsTooShortIsRelaxedByJustWhatIsMissing() throws Exception {
        var answer = ask(problem(stream(7, 10, 13, 1000, 200_000, 40_000), stream(8, 10, 13, 100, 200_000, 200_000)));
        assertInstanceOf(Impossible.class, answer.outcome);
        assertEquals(new Conflict(List.of(7), List.of(7), List.of(), true), answer.conflict);
        assertEquals(new Change.RelaxDeadline(7, 40_000, 44_000), answer.only("RelaxDeadline"));
        assertEquals(
                "relax stream 7 by 4 µs, from 40 µs to 44 µs",
                answer.only("RelaxDeadline").message().toString());
        // 5 · 8 · n + 4000 ≤ 40000 for n ≤ 900
        var shorter = assertInstanceOf(Change.ShortenFrames.class, answer.only("ShortenFrames"));
        assertTrue(shorter.toOctets() <= 900 && shorter.toOctets() > 880, shorter::toString);
        var moved = assertInstanceOf(Change.MoveStation.class, answer.only("MoveStation"));
        assertEquals(1, Math.abs(moved.fromSwitch() - moved.toSwitch()));
        assertEquals(
                "add a link 0–3 of 1000 Mbit/s",
                answer.only("AddLink").message().toString());
        assertEquals("drop stream 7", answer.only("Drop").message().toString());
        assertFalse(answer.repairs.containsKey("LengthenPeriod"), "a longer period does not help");
    }

    /// Three frames of 8 µs that share a link every 20 µs: it is needed for 120 % of its time.
    @Test
    void aLinkThatIsTooNarrowIsNamedWithThoseWhoAreTooMany() throws Exception {
        var answer = ask(problem(
                stream(1, 10, 12, 1000, 20_000, 200_000),
                stream(2, 11, 12, 1000, 20_000, 200_000),
                stream(3, 10, 13, 1000, 20_000, 200_000),
                stream(4, 13, 12, 100, 20_000, 200_000)));
        assertInstanceOf(Impossible.class, answer.outcome);
        assertTrue(answer.conflict.proved());
        assertEquals(List.of(1, 2, 3), answer.conflict.streams());
        assertEquals(List.of(new Link(1, 2, 8, 1000, 1000, 0)), answer.conflict.links());
        assertEquals(List.of(), answer.conflict.deadlines());
        assertTrue(
                answer.repairs.keySet().containsAll(List.of("ShortenFrames", "MoveStation", "AddLink", "Drop")),
                answer::toString);
        // two of them leave gaps of 4 µs, however seldom the third comes
        assertFalse(answer.repairs.containsKey("LengthenPeriod"), answer::toString);
        assertFalse(answer.repairs.containsKey("RelaxDeadline"), "time does not help");
    }

    /// Periods of 30 and 50 µs have 10 µs in common: frames of 6 and 5 µs meet somewhere. As jitter is
    /// permitted, another method might do.
    @Test
    void streamsThatDoNotComeApartAreNamedWithOneOfTheirLinks() throws Exception {
        var streams = List.of(
                new Stream(1, 10, List.of(12), 750, 30_000, 90_000, 5_000),
                new Stream(2, 10, List.of(12), 625, 50_000, 90_000, 5_000),
                stream(3, 13, 11, 100, 50_000, 90_000));
        var answer = ask(new Problem(new Topology(line()), streams));
        assertInstanceOf(NotFound.class, answer.outcome);
        assertEquals(List.of(1, 2), answer.conflict.streams());
        assertFalse(answer.conflict.proved());
        assertEquals(List.of(), answer.conflict.deadlines());
        // they meet on each of three links, and one is enough
        assertEquals(1, answer.conflict.links().size());
        assertInstanceOf(Change.ShortenFrames.class, answer.only("ShortenFrames"));
        assertInstanceOf(Change.LengthenPeriod.class, answer.only("LengthenPeriod"));
        assertInstanceOf(Change.Drop.class, answer.only("Drop"));
        assertFalse(answer.repairs.containsKey("RelaxDeadline"));
    }

    /// What is proposed has a schedule that the checker accepts: [#ask] sees to that.
    @Test
    void whatIsProposedIsVerified() {
        var kinds = new TreeMap<String, Integer>();
        Property.check(CASES, random -> {
            var streams = new Stream[random.nextInt(2, 9)];
            for (int i = 0; i < streams.length; i++) {
                int from = random.nextInt(4);
                int to = (from + random.nextInt(1, 4)) % 4;
                int octets = random.nextInt(2, 16) * 100;
                long fastest = (Math.abs(from - to) + 2) * (8L * octets + 1000) - 1000;
                long period = 50_000L << random.nextInt(2);
                streams[i] = stream(i, 10 + from, 10 + to, octets, period, fastest * random.nextInt(90, 130) / 100);
            }
            var problem = problem(streams);
            if (isSolved(problem)) {
                return;
            }
            var answer = ask(problem);
            answer.repairs.keySet().forEach(k -> kinds.merge(k, 1, Integer::sum));
            // to drop streams helps in the end, unless there is none that could stay
            boolean some = Arrays.stream(streams).anyMatch(s -> isSolved(problem(s)));
            assertEquals(some, answer.repairs.containsKey("Drop"), answer::toString);
        });
        if (System.getProperty("mw.seed") == null) {
            assertTrue(kinds.size() >= 5, kinds::toString);
        }
    }

    /// A mesh of 6 · 6 switches with a station each, in which three stations are sent frames of 12 µs by twelve
    /// others, eight of them every 100 µs: 96 + 24 % of a link, so that no single change makes room. What would do
    /// has steps for each of the three; and one for a stream that cannot be in time.
    @Test
    void portsOfAMeshThatAreTooNarrowAreRelievedTogether() throws Exception {
        int side = 6;
        var links = new ArrayList<Link>();
        for (int i = 0; i < side * side; i++) {
            if (i % side + 1 < side) {
                both(links, i, i + 1);
            }
            if (i + side < side * side) {
                both(links, i, i + side);
            }
            both(links, i, 100 + i);
        }
        var streams = new ArrayList<Stream>();
        var busy = List.of(107, 121, 128);
        for (int listener : busy) {
            for (int i = 0; i < 12; i++) {
                int talker = 100 + (listener - 100 + 1 + 2 * i) % (side * side);
                streams.add(stream(streams.size(), talker, listener, 1500, i % 3 == 0 ? 200_000 : 100_000, 1_000_000));
            }
        }
        for (int i = 0; i < side * side; i++) {
            streams.add(stream(streams.size(), 100 + i, 100 + (7 * i + 5) % (side * side), 200, 1_000_000, 1_000_000));
        }
        var late = new ArrayList<>(streams);
        late.add(stream(streams.size(), 100, 135, 100, 1_000_000, 1000));
        assertTrue(ask(new Problem(new Topology(links), late)).repairs.containsKey("Drop"));
        var answer = ask(new Problem(new Topology(links), streams));
        assertInstanceOf(Impossible.class, answer.outcome);
        for (var kind : List.of("ShortenFrames", "LengthenPeriod", "Drop")) {
            var repair = answer.repairs.get(kind);
            assertTrue(repair != null, answer::toString);
            assertTrue(repair.changes().size() >= busy.size(), answer::toString);
        }
    }
}
