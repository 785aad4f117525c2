package io.millwright.node.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.model.plantfile.NetworkFile;
import io.millwright.network.failure.Recovery;
import io.millwright.node.net.FailureView.PartView;
import io.millwright.node.net.NetworkPlan.HopPlan;
import io.millwright.node.net.NetworkPlanner.Planned;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// What becomes of a plan that is kept. Switches s, t, u in a ring; a at s and at u, b at t, c at u: `x` is sent once
/// from b to c, `y` twice from a to b, `z` once from c to a.
class KeptPlansTest {

    private static final String RING = """
            {"switches": {"s": {"ports": 8}, "t": {"ports": 8}, "u": {"ports": 8}},
             "stations": {"a": {}, "b": {}, "c": {}},
             "links": [["a", "s"], ["a", "u"], ["s", "t"], ["t", "u"], ["u", "s"], ["t", "b"], ["u", "c"]],
             "streams": {
               "x": {"talker": "b", "listeners": ["c"], "size": "125B", "period": "1ms"},
               "y": {"talker": "a", "listeners": ["b"], "size": "125B", "period": "1ms", "redundancy": 2},
               "z": {"talker": "c", "listeners": ["a"], "size": "125B", "period": "1ms"}}}
            """;
    private static final Recovery RECOVERY = new Recovery(Duration.ofMillis(50), Duration.ofMillis(100));

    private final NetworkPlanner planner = new NetworkPlanner();
    private final NetworkPlan plan = plan();
    private final String kept = String.valueOf(plan.kept());

    private NetworkPlan plan() {
        var network = assertInstanceOf(NetworkFile.Right.class, NetworkFile.read(RING, "network"))
                .network();
        try {
            return assertInstanceOf(Planned.class, planner.plan(network, Duration.ofSeconds(5), ""))
                    .plan();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private FailureView failure(String kind, String... nodes) throws InterruptedException {
        var all = planner.kept().failures(kept).orElseThrow();
        int number = all.indexOf(new PartView(kind, List.of(nodes), null));
        assertTrue(number >= 0, () -> kind + List.of(nodes) + " is not in " + all);
        return planner.kept().look(kept, number, RECOVERY).orElseThrow();
    }

    /// A station with two links is one thing, although it sends under one number and receives under another.
    @Test
    void eachLinkBridgeAndStationFailsOnce() {
        var all = planner.kept().failures(kept).orElseThrow();
        var alone = all.stream().filter(p -> p.and() == null).toList();
        var kinds = alone.stream().collect(Collectors.groupingBy(PartView::kind, Collectors.counting()));
        assertEquals(7, kinds.get("link"));
        assertEquals(3, kinds.get("bridge"));
        assertEquals(3, kinds.get("station"));
        assertEquals(13, alone.size());
        assertEquals(alone, all.subList(0, 13));
        assertEquals(33, all.stream().distinct().count());
        assertEquals(Optional.empty(), planner.kept().failures("nothing"));
    }

    /// Without t–u, x goes by s: four links, 1 µs each, and three switches of 2 µs. y goes on by the other way: a–s–t
    /// or a–u–s–t is left as it was.
    @Test
    void whereALinkFailsTheOthersGoOnAndOneGoesAnotherWay() throws InterruptedException {
        var view = failure("link", "t", "u");
        var moved = view.moved().getFirst();
        assertEquals(
                List.of("x"),
                view.moved().stream().map(FailureView.MovedView::stream).toList());
        assertEquals(
                List.of("b", "t", "s", "u", "c"),
                java.util.stream.Stream.concat(
                                moved.hops().stream().map(HopPlan::from), java.util.stream.Stream.of("c"))
                        .toList());
        assertEquals(4 * 1000 + 3 * 2000, moved.delay());
        assertEquals(true, view.verified());
        assertEquals(List.of(), view.violations());
        // until it is known and loaded, one longest delay and one hyperperiod, and the frame itself, all above 151 ms
        long outage = moved.outage();
        assertTrue(outage >= 151_000_000 + moved.delay() && outage <= 153_000_000 + moved.delay(), () -> "" + outage);
        assertEquals(outage, view.outage());
        assertTrue(view.changes().stream().anyMatch(c -> c.node().equals("s") && c.needed() && c.routesAdded() > 0));
        assertTrue(view.lost().isEmpty());
        var said = view.untouched().stream().sorted().toList();
        var covered =
                view.covered().stream().map(FailureView.PartlyView::stream).toList();
        assertTrue(said.contains("z") && (said.contains("y") || covered.contains("y")), view::toString);
    }

    /// b has one link: with it go x, which it talks, and y, to which it listens.
    @Test
    void whatCannotBeSavedIsLostWithTheReason() throws InterruptedException {
        var view = failure("link", "b", "t");
        assertEquals(
                List.of("x", "y"),
                view.lost().stream().map(FailureView.LostView::stream).sorted().toList());
        var x = view.lost().stream()
                .filter(l -> l.stream().equals("x"))
                .findFirst()
                .orElseThrow();
        assertEquals("no-link-left", x.proof().code());
        assertEquals("b", x.proof().arguments().get("talker"));
        assertEquals(null, view.verified());
        assertEquals(null, view.outage());
        var station = failure("station", "b");
        assertEquals(
                "talker-gone",
                station.lost().stream()
                        .filter(l -> l.stream().equals("x"))
                        .findFirst()
                        .orElseThrow()
                        .proof()
                        .code());
        assertEquals(List.of("z"), station.untouched());
    }

    /// Whatever else goes, a stream fares no better than when that goes alone.
    @Test
    void whatIsLostWithOnePartIsLostWithTwo() throws InterruptedException {
        var all = planner.kept().failures(kept).orElseThrow();
        for (int i = 13; i < all.size(); i++) {
            var pair = all.get(i);
            var both = planner.kept().look(kept, i, RECOVERY).orElseThrow();
            assertEquals(pair, both.failed());
            var lost = both.lost().stream().map(FailureView.LostView::stream).toList();
            for (var part : List.of(new PartView(pair.kind(), pair.nodes(), null), pair.and())) {
                failure(part.kind(), part.nodes().toArray(String[]::new)).lost().stream()
                        .map(FailureView.LostView::stream)
                        .forEach(stream -> assertTrue(lost.contains(stream), () -> stream + " in " + both));
            }
            assertTrue(both.verified() == null || both.verified(), both::toString);
        }
    }

    /// y is sent over s and over u, so that neither is missed.
    @Test
    void whereABridgeFailsARedundantStreamIsCovered() throws InterruptedException {
        assertNotNull(plan.kept());
        var view = failure("bridge", "s");
        assertEquals(
                List.of("y"),
                view.covered().stream().map(FailureView.PartlyView::stream).toList());
        assertTrue(view.untouched().containsAll(List.of("x", "z")), view::toString);
    }
}
