package io.millwright.network.bounds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.certificate.Verdict;
import io.millwright.certificate.bounds.BoundFigures;
import io.millwright.certificate.bounds.BoundsChecker;
import io.millwright.network.simulation.RandomGraphs;
import io.millwright.testkit.Property;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/// What the analysis writes of how it came to its bounds, the checker does again; what has been changed, it does
/// not believe.
class BoundsTraceTest {

    private static final int CASES = Integer.getInteger("mw.cases", 150);
    private static final int MUTATIONS = 20;
    private static final Set<Method> ALL = EnumSet.allOf(Method.class);

    private static Set<String> verified(ServerGraph graph, String trace) {
        return switch (BoundsChecker.check(trace)) {
            case Verdict.Verified<BoundFigures>(var figures) -> {
                var delays = new HashSet<String>();
                figures.delays().forEach(d -> delays.add(d.flow() + " " + d.method() + " " + d.delay()));
                yield delays;
            }
            case Verdict.Refuted<BoundFigures> refuted -> throw new AssertionError(refuted + "\n" + trace + graph);
            case Verdict.Refused<BoundFigures>(var why) -> throw new AssertionError(why + "\n" + trace);
        };
    }

    private static void assertTraced(ServerGraph graph) {
        assertEquals(expected(graph), verified(graph, BoundsTrace.of(graph, ALL)));
    }

    private static Set<String> expected(ServerGraph graph) {
        var analysis = new Analysis(graph);
        var expected = new HashSet<String>();
        for (int flow = 0; flow < graph.flows().size(); flow++) {
            for (var bound : analysis.bounds(flow, ALL)) {
                expected.add(graph.flows().get(flow).id() + " " + bound.method().key() + " "
                        + bound.delay().seconds());
            }
        }
        return expected;
    }

    @Test
    void everyBoundOfRandomGraphsIsDoneAgain() {
        Property.check(CASES, random -> assertTraced(RandomGraphs.forward(random, 7, 8)));
    }

    @Test
    void everyBoundOfGraphsWithCyclesIsDoneAgain() {
        var bounds = new int[1];
        Property.check(CASES, random -> {
            var graph = withCycles(random);
            if (!expected(graph).isEmpty()) {
                assertTraced(graph);
                bounds[0]++;
            }
        });
        assertTrue(System.getProperty("mw.seed") != null || bounds[0] > CASES / 3, "with a bound: " + bounds[0]);
    }

    private static ServerGraph withCycles(SplittableRandom random) {
        return random.nextBoolean() ? RandomGraphs.ring(random, 6) : RandomGraphs.anyhow(random, 6, 6);
    }

    @Test
    void everyBoundOfPublishedGraphsIsDoneAgain() throws IOException {
        var folder = Path.of(System.getProperty("mw.root", ".."))
                .resolve("../shared/data/network/calculus")
                .normalize();
        Assumptions.assumeTrue(Files.isDirectory(folder));
        try (var files = Files.list(folder)) {
            for (var file : files.filter(f -> f.toString().endsWith(".json")).toList()) {
                if (ServerGraphFile.read(Files.readString(file)) instanceof ServerGraphFile.Right right) {
                    assertTraced(right.graph());
                }
            }
        }
    }

    /// Ways to change a trace after which it is wrong.
    private enum Mutation {
        RESULT,
        SERVER_DELAY,
        WITNESS,
        GIVEN,
        CLAIM_LEFT_OUT,
        CLAIM_TWICE,
        CLAIM_OF_ANOTHER,
        LINE_LEFT_OUT,
        WITHOUT,
        WAY,
        PARAMETER,
        INEQUALITY
    }

    @Test
    void everyChangedTraceIsRefused() {
        var seen = new EnumMap<Mutation, Integer>(Mutation.class);
        Property.check(CASES, random -> {
            boolean cyclic = random.nextInt(3) == 0;
            var graph = cyclic ? withCycles(random) : RandomGraphs.forward(random, 6, 6);
            var trace = BoundsTrace.of(graph, ALL);
            for (int i = 0; i < MUTATIONS; i++) {
                var mutation = Mutation.values()[random.nextInt(Mutation.values().length)];
                var lines = new ArrayList<>(trace.lines().toList());
                // What no bound rests on may be given otherwise: in cycles there are flows without a bound.
                boolean makesSense = !cyclic || mutation != Mutation.GIVEN;
                if (makesSense && mutate(lines, mutation, graph, random)) {
                    seen.merge(mutation, 1, Integer::sum);
                    assertFalse(
                            BoundsChecker.check(String.join("\n", lines)) instanceof Verdict.Verified,
                            () -> mutation + ":\n" + String.join("\n", lines) + "\nof:\n" + trace);
                }
            }
        });
        if (System.getProperty("mw.seed") == null) {
            assertEquals(Mutation.values().length, seen.size(), () -> "mutations done: " + seen);
            int all = seen.values().stream().mapToInt(Integer::intValue).sum();
            assertTrue(all >= Math.min(2000, 10 * CASES), () -> "mutations done: " + seen);
        }
    }

    /// @return whether there was something to change
    private static boolean mutate(List<String> lines, Mutation mutation, ServerGraph graph, SplittableRandom random) {
        return switch (mutation) {
            case RESULT ->
                changed(lines, random, "source|through|delay", f -> {
                    int place = Map.of("source", 3, "through", 6, "delay", 3).get(f[0]);
                    String before = f[place];
                    // what inequalities add up to may be said to be more
                    f[place] = f[1].equals("fifo.lp") ? "0" : other(before, random);
                    return !f[place].equals(before);
                });
            case SERVER_DELAY ->
                said(lines, random, s -> {
                    s[1] = other(s[1], random);
                });
            case WITNESS ->
                said(lines, random, s -> {
                    s[2] = "0";
                });
            case GIVEN -> given(lines, graph, random);
            case CLAIM_LEFT_OUT -> claims(lines, random, c -> c.remove(random.nextInt(c.size())));
            case CLAIM_TWICE -> claims(lines, random, c -> c.add(c.getFirst()));
            case CLAIM_OF_ANOTHER -> claims(lines, random, c -> c.set(0, "99999"));
            case LINE_LEFT_OUT -> {
                var claims = places(lines, "source|through");
                if (claims.isEmpty()) {
                    yield false;
                }
                lines.remove((int) claims.get(random.nextInt(claims.size())));
                yield true;
            }
            case WITHOUT ->
                changed(lines, random, "through", f -> {
                    boolean there = !f[4].equals("-");
                    f[4] = there ? "-" : Integer.toString(graph.flows().size());
                    return true;
                });
            case WAY ->
                changed(lines, random, "delay", f -> {
                    f[4] = f[4].replaceFirst(
                            "^[0-9]+", Integer.toString(graph.servers().size()));
                    return true;
                });
            // more waiting than is said makes another delay
            case PARAMETER ->
                changed(lines, random, "delay", f -> {
                    f[4] = f[4].replaceFirst("@.*", "@100000").replaceFirst("\\|-$", "|0-0:-@7");
                    return f[4].contains("@100000");
                });
            case INEQUALITY ->
                changed(lines, random, "delay", f -> {
                    int last = f.length - 1;
                    f[last] = random.nextBoolean()
                            ? f[last].replaceFirst(":[0-9]+", ":99999")
                            : f[last].replaceFirst("@.*", "@-1");
                    return f[1].equals("fifo.lp");
                });
        };
    }

    private interface Change {
        boolean of(String[] fields);
    }

    private interface ClaimChange {
        void of(List<String> claims);
    }

    private static List<Integer> places(List<String> lines, String words) {
        return IntStream.range(0, lines.size())
                .filter(i -> lines.get(i).split(" ", 2)[0].matches(words))
                .boxed()
                .toList();
    }

    private static boolean changed(List<String> lines, SplittableRandom random, String words, Change change) {
        var places = places(lines, words);
        if (places.isEmpty()) {
            return false;
        }
        int place = places.get(random.nextInt(places.size()));
        var fields = lines.get(place).split(" ", -1);
        boolean done = change.of(fields);
        lines.set(place, String.join(" ", fields));
        return done;
    }

    private interface SaidChange {
        void of(String[] said);
    }

    /// Changes what a line says of the delay of one server.
    private static boolean said(List<String> lines, SplittableRandom random, SaidChange change) {
        return changed(lines, random, "delayed", f -> {
            int place = random.nextInt(2, f.length);
            var said = f[place].split(":", -1);
            change.of(said);
            f[place] = String.join(":", said);
            return true;
        });
    }

    private static boolean claims(List<String> lines, SplittableRandom random, ClaimChange change) {
        return changed(lines, random, "through|delay|delayed", f -> {
            int place = random.nextInt(
                    Map.of("delay", 4, "delayed", 2, "through", 7).get(f[0]), f.length);
            int bar = Math.max(f[place].indexOf('|'), f[place].lastIndexOf(':'));
            var claims =
                    new ArrayList<>(Arrays.asList(f[place].substring(bar + 1).split(",", -1)));
            if (f[place].contains("@") || claims.equals(List.of("-"))) {
                return false;
            }
            change.of(claims);
            f[place] = f[place].substring(0, bar + 1) + (claims.isEmpty() ? "-" : String.join(",", claims));
            return true;
        });
    }

    /// The numbers of a server that a flow passes, or of a flow.
    private static boolean given(List<String> lines, ServerGraph graph, SplittableRandom random) {
        int flow = random.nextInt(graph.flows().size());
        boolean server = random.nextBoolean();
        int place = 1
                + (server
                        ? graph.flows().get(flow).path().getFirst()
                        : graph.servers().size() + flow);
        var fields = lines.get(place).split(" ", -1);
        fields[2] = other(fields[2], random);
        lines.set(place, String.join(" ", fields));
        return true;
    }

    private static String other(String number, SplittableRandom random) {
        return random.nextBoolean() ? "1" + number : number.equals("0") ? "1" : "0";
    }

    /// Server 0 of rate 4 and latency 1, server 1 of rate 3 and latency 2; flow f (burst 5, rate 1) over both, g
    /// (burst 3, rate 1) over the first. By hand: g leaves f rate 3 at server 0 after 1 + (3 + 1 · 1) / 3 = 7/3;
    /// server 1 adds 2; the least rate is 3, so 7/3 + 2 + 5/3 = 6.
    private static final String BY_HAND = """
        millwright-bounds 2
        server 4 1 a
        server 3 2 b
        flow 1 5 0,1 f
        flow 1 3 0 g
        source 1 0 3
        delay arbitrary.pmoo 0 6 0,1|0
        """;

    @Test
    void aTraceByHandIsVerified() {
        var verified = assertInstanceOf(Verdict.Verified.class, BoundsChecker.check(BY_HAND));
        var figures = assertInstanceOf(BoundFigures.class, verified.figures());
        assertEquals(List.of(new BoundFigures.Delay("f", "arbitrary.pmoo", "6")), figures.delays());
        var less = BoundsChecker.check(BY_HAND.replace("0 6 0,1", "0 5 0,1"));
        var refuted = assertInstanceOf(Verdict.Refuted.class, less);
        assertTrue(refuted.shown().toString().contains("the delay is 6, not 5"), refuted::toString);
    }

    /// Three servers of rate 7 and latency 1 in a ring, three flows of burst 1 and rate 1 over two each. By hand: a
    /// server is given a burst of 1 by one flow and of 1 + d by the other, so d = 1 + (2 + d) / 7 = 3/2.
    private static final String RING_BY_HAND = """
        millwright-bounds 2
        server 7 1 a
        server 7 1 b
        server 7 1 c
        flow 1 1 0,1 f
        flow 1 1 1,2 g
        flow 1 1 2,0 h
        source 0 0 1
        source 1 1 1
        source 2 2 1
        delayed fifo 0:3/2:1:0,2 1:3/2:1:0,1 2:3/2:1:1,2
        delay fifo.tfa 0 3 0|- 1|-
        """;

    @Test
    void aRingByHandIsVerified() {
        assertInstanceOf(Verdict.Verified.class, BoundsChecker.check(RING_BY_HAND));
        for (var wrong : List.of(
                RING_BY_HAND.replace("0:3/2:1:0,2", "0:1:1:0,2"),
                RING_BY_HAND.replace("0:3/2:1:0,2", "0:3/2:1/7:0,2"),
                RING_BY_HAND.replace("0:3/2:1:0,2", "0:3/2:1:0,1"),
                RING_BY_HAND.replace(" 2:3/2:1:1,2", ""),
                RING_BY_HAND.replace("tfa 0 3 0", "tfa 0 2 0"))) {
            assertInstanceOf(Verdict.Refuted.class, BoundsChecker.check(wrong), wrong);
        }
    }

    /// Three servers of rate 3, each passed by three flows of rate 1 round the ring: what a server delays longer
    /// comes back to it whole, (2 + 1) / 3. Nothing comes at once, so delays of 0 solve the equations; they are no
    /// proof.
    @Test
    void delaysThatComeBackWholeAreNotBelieved() {
        var trace = """
            millwright-bounds 2
            server 3 0 a
            server 3 0 b
            server 3 0 c
            flow 1 0 0,1,2 f
            flow 1 0 1,2,0 g
            flow 1 0 2,0,1 h
            source 0 0 0
            source 1 1 0
            source 2 2 0
            delayed fifo 0:0:1:0,1,2 1:0:1:0,1,2 2:0:1:0,1,2
            delay fifo.tfa 0 0 0|- 1|- 2|-
            """;
        var refuted = assertInstanceOf(Verdict.Refuted.class, BoundsChecker.check(trace));
        assertTrue(refuted.shown().toString().contains("may do so for ever"), refuted::toString);
    }

    /// A flow may be left out only where it waits: of what comes along its own way. Here f is not on the way of g
    /// before server 1, so g's claim must not leave it out.
    @Test
    void aFlowIsLeftOutOnItsOwnWayOnly() {
        var trace = """
            millwright-bounds 2
            server 4 1 a
            server 3 2 b
            flow 1 5 1 f
            flow 1 3 0,1 g
            source 1 0 3
            through any 1 1 0 0 4 0|-
            delay arbitrary.pmoo 0 5 1|1
            """;
        var refuted = assertInstanceOf(Verdict.Refuted.class, BoundsChecker.check(trace));
        assertTrue(refuted.shown().toString().contains("on its own way only"), refuted::toString);
    }

    /// One server of rate 4 and latency 1, flows of bursts 5 and 3 and rate 1. By hand, of the last bit, which
    /// came `d` before it left, and the date `s` before that of which the curve speaks: served are 4 (s − 1) at
    /// least, and after that date there came s − d + 5 and s − d + 3 at most. So 4 s − 4 ≤ 2 (s − d) + 8, and with
    /// d ≤ s it follows that 4 d ≤ 12.
    private static final String PROGRAM_BY_HAND = """
        millwright-bounds 2
        server 4 1 a
        flow 1 5 0 f
        flow 1 3 0 g
        source 0 0 5
        source 1 0 3
        delay fifo.lp 0 3 0-0:0 0-0:1 order:0:1@1/2 serves:0@1/4 comes:0:0:1@1/4 comes:1:0:1@1/4
        """;

    @Test
    void inequalitiesByHandAreAddedUp() {
        assertInstanceOf(Verdict.Verified.class, BoundsChecker.check(PROGRAM_BY_HAND));
        assertInstanceOf(Verdict.Verified.class, BoundsChecker.check(PROGRAM_BY_HAND.replace("lp 0 3", "lp 0 4")));
        var wrong = new ArrayList<>(List.of(
                PROGRAM_BY_HAND.replace("lp 0 3", "lp 0 299/100"),
                PROGRAM_BY_HAND.replace(" 0-0:1", ""),
                PROGRAM_BY_HAND.replace(" 0-0:1", " 0-0:1 0-0:1"),
                PROGRAM_BY_HAND.replace("0-0:1 ", "0-1:1 "),
                PROGRAM_BY_HAND.replace("order:0:1", "order:0:2"),
                PROGRAM_BY_HAND.replace("order:0:1", "order:0:0"),
                PROGRAM_BY_HAND.replace("comes:1:0:1", "comes:1:1:1"),
                PROGRAM_BY_HAND.replace("comes:1:0:1", "comes:2:0:1"),
                PROGRAM_BY_HAND.replace("order:0:1@1/2", "waits:0:0@1/2")));
        for (var part : PROGRAM_BY_HAND.lines().toList().getLast().split(" ")) {
            if (part.contains("@")) {
                wrong.add(PROGRAM_BY_HAND.replace(" " + part, ""));
                wrong.add(PROGRAM_BY_HAND.replace(part, part.replaceFirst("@.*", "@1/5")));
            }
        }
        for (var trace : wrong) {
            assertInstanceOf(Verdict.Refuted.class, BoundsChecker.check(trace), trace);
        }
    }

    @Test
    void whatIsNoTraceIsRefused() {
        Property.check(200, random -> {
            var text = new StringBuilder(random.nextBoolean() ? BY_HAND : "");
            for (int i = random.nextInt(30); i > 0; i--) {
                text.insert(random.nextInt(text.length() + 1), (char) random.nextInt(32, 127));
            }
            BoundsChecker.check(text.toString()); // does not fail
        });
        assertInstanceOf(Verdict.Refused.class, BoundsChecker.check(""));
        assertInstanceOf(Verdict.Refused.class, BoundsChecker.check(BY_HAND.replace("source 1 0 3", "source 1/0")));
    }
}
