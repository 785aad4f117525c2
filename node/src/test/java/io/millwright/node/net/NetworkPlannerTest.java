package io.millwright.node.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.model.Network;
import io.millwright.model.plantfile.NetworkFile;
import io.millwright.node.net.NetworkPlanner.Answer;
import io.millwright.node.net.NetworkPlanner.Planned;
import io.millwright.node.net.NetworkPlanner.Refused;
import io.millwright.node.net.NetworkPlanner.Stopped;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Plans for those who draw networks.
class NetworkPlannerTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private static Network network(String streams) {
        var text = """
            {"switches": {"s": {"ports": 8, "rate": "100Mbps"}, "t": {"ports": 8, "rate": "100Mbps"}},
             "stations": {"a": {}, "b": {}},
             "links": [["a", "s"], ["s", "t"], ["t", "b"]], "streams": {%s}}
            """.formatted(streams);
        return switch (NetworkFile.read(text, "network")) {
            case NetworkFile.Right(var network) -> network;
            case NetworkFile.Wrong(var problems) -> throw new IllegalArgumentException(problems.toString());
        };
    }

    private static String stream(String name, String size, String period, String more) {
        return "\"%s\": {\"talker\": \"a\", \"listeners\": [\"b\"], \"size\": \"%s\", \"period\": \"%s\"%s}"
                .formatted(name, size, period, more);
    }

    /// 80 µs every 700 µs and 80 µs every 1100 µs: the periods have 100 µs in common, so that the two meet. As a
    /// jitter is permitted nothing is proved, and the search goes on until its time is up.
    @Test
    void aPlanThatTheSameAsksForStopsTheOneBefore() throws Exception {
        var jitter = ", \"jitter\": \"1ns\", \"deadline\": \"700us\"";
        var hard = network(stream("x", "1000B", "700us", jitter) + "," + stream("y", "1000B", "1100us", jitter));
        var easy = network(stream("x", "100B", "1ms", ""));
        var planner = new NetworkPlanner();
        try (var others = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = others.submit(() -> planner.plan(hard, LONG, "me"));
            Answer second = planner.plan(easy, LONG, "me");
            // the first may have begun after the second
            while (!first.isDone()) {
                second = planner.plan(easy, LONG, "me");
            }
            assertInstanceOf(Stopped.class, first.get());
            assertEquals(
                    "scheduled", assertInstanceOf(Planned.class, second).plan().result());
        }
    }

    /// Whoever asks while nobody else does is never told that somebody else's network is planned.
    @Test
    void theSameIsNeverInItsOwnWay() throws Exception {
        var easy = network(stream("x", "100B", "1ms", ""));
        var planner = new NetworkPlanner();
        Callable<List<Answer>> asking = () -> {
            var answers = new ArrayList<Answer>();
            for (int i = 0; i < 500; i++) {
                answers.add(planner.plan(easy, LONG, "me"));
            }
            return answers;
        };
        try (var others = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var answers : others.invokeAll(List.of(asking, asking))) {
                for (var answer : answers.get()) {
                    assertTrue(answer instanceof Planned || answer instanceof Stopped, answer::toString);
                }
            }
        }
    }

    /// 100 bytes take 8 µs of every 1000, at 100 Mbit/s, and as many sporadic ones of every 10000.
    @Test
    void whatTheScheduleLeavesIsTold() throws Exception {
        var sporadic = ", \"class\": \"sporadic\", \"deadline\": \"1ms\"";
        var network = network(stream("x", "100B", "1ms", "") + "," + stream("y", "100B", "10ms", sporadic));
        var plan = assertInstanceOf(Planned.class, new NetworkPlanner().plan(network, LONG, ""))
                .plan();
        assertNull(plan.streams().getFirst().beside());
        assertTrue(Objects.requireNonNull(plan.streams().getLast().beside()) < 1_000_000);
        plan.ports().forEach(p -> assertEquals(1 - 0.008 - 0.0008, Objects.requireNonNull(p.rest()), 1e-9));
    }

    /// By hand, at 100 Mbit/s: at each of three ports a longest frame of others and one of the stream's may
    /// be in the way, (1542 + 100) · 8 bit or 131.36 µs; then the frame takes 8 µs, and 2 µs of processing
    /// follow at both switches.
    @Test
    void streamsWithoutGatesAreBoundedWhereNoneIsScheduled() throws Exception {
        var network = network(stream("y", "100B", "10ms", ", \"class\": \"sporadic\", \"deadline\": \"406us\""));
        var plan = plan(network);
        assertEquals("bounded", plan.result());
        assertNull(plan.verdict());
        assertNull(plan.kept());
        var stream = plan.streams().getFirst();
        assertEquals(406_080, Objects.requireNonNull(stream.bound()), 1);
        assertTrue(stream.bound() > stream.deadline());
        assertEquals(List.of(), stream.shares());
        assertEquals(List.of(), plan.notes());
        assertEquals(3, plan.ports().size());
        plan.ports().forEach(p -> assertEquals(0.0008, p.load(), 1e-9));
    }

    /// By hand: 100 bytes take 8 µs at 100 Mbit/s. At a switch clocks of cell-1 may differ by 1 µs, twice
    /// 500 ns, so that a gate is open so much earlier and later; in cell-2 clocks are exact. By a clock that
    /// is right the first gate may be open for another 500 ns on either side.
    @Test
    void everyDomainHasASyncErrorOfItsOwn() throws Exception {
        var text = """
            {"domains": {"cell-1": {"kind": "cell", "sync": "500ns"}, "cell-2": {"kind": "cell"}},
             "switches": {"s": {"ports": 8, "rate": "100Mbps", "domain": "cell-1"},
                          "t": {"ports": 8, "rate": "100Mbps", "domain": "cell-2"}},
             "stations": {"a": {}, "b": {}, "c": {}, "d": {}},
             "links": [["a", "s"], ["s", "b"], ["c", "t"], ["t", "d"], ["s", "t"]],
             "streams": {%s, %s}}
            """.formatted(
                        stream("x", "100B", "1ms", ""),
                        stream("y", "100B", "1ms", "").replace("\"a\"", "\"c\"").replace("\"b\"", "\"d\""));
        var network = assertInstanceOf(NetworkFile.Right.class, NetworkFile.read(text, "network"))
                .network();
        var plan = plan(network);
        assertTrue(Objects.requireNonNull(plan.verdict()).verified());
        var open = plan.ports().stream()
                .collect(Collectors.toMap(
                        p -> p.from() + p.to(),
                        p -> p.gates().getFirst().end() - p.gates().getFirst().start()));
        assertEquals(Map.of("as", 8000L, "sb", 10_000L, "ct", 8000L, "td", 8000L), open);
        var rest = plan.ports().stream()
                .collect(Collectors.toMap(p -> p.from() + p.to(), p -> Objects.requireNonNull(p.rest())));
        assertEquals(1 - 0.011, rest.getOrDefault("sb", 0.0), 1e-9);
        assertEquals(1 - 0.008, rest.getOrDefault("td", 0.0), 1e-9);
    }

    /// Both switches shape, but for the first in the second case; in the third 25 kbit/s are reserved for 80.
    @ParameterizedTest
    @CsvSource({
        "asynchronous, asynchronous, ''",
        "'', asynchronous, port-shaped-late",
        "25kbps, 25kbps, port-overloaded"
    })
    void whyThereIsNoBoundIsToldByACode(String first, String second, String code) throws Exception {
        var shapers = Stream.of(first, second)
                .map(s -> s.isEmpty() ? "" : ", \"shaper\": \"%s\"".formatted(s))
                .toList();
        var text = """
            {"switches": {"s": {"ports": 8, "rate": "100Mbps"%s}, "t": {"ports": 8, "rate": "100Mbps"%s}},
             "stations": {"a": {}, "b": {}}, "links": [["a", "s"], ["s", "t"], ["t", "b"]],
             "streams": {"y": {"talker": "a", "listeners": ["b"], "size": "100B", "period": "10ms",
               "class": "sporadic"}}}
            """.formatted(shapers.getFirst(), shapers.getLast());
        var network = assertInstanceOf(NetworkFile.Right.class, NetworkFile.read(text, "network"))
                .network();
        var plan = plan(network);
        assertEquals(code.isEmpty(), plan.streams().getFirst().bound() != null);
        assertEquals(
                code.isEmpty() ? List.of() : List.of(Map.of("some", List.of(code), "more", 0)),
                plan.notes().stream().map(n -> codes(n.arguments().get("why"))).toList());
    }

    @Test
    void figuresOfMessagesAreNumbersOrTexts() throws Exception {
        var text = """
            {"switches": {"s": {"ports": 8, "rate": "1.5Mbps"}}, "stations": {"a": {}, "b": {}},
             "links": [["a", "s"], ["s", "b"]], "streams": {%s}}
            """.formatted(stream("x", "100B", "10ms", ""));
        var network = assertInstanceOf(NetworkFile.Right.class, NetworkFile.read(text, "network"))
                .network();
        var why = assertInstanceOf(Refused.class, new NetworkPlanner().plan(network, LONG, ""))
                .why();
        assertEquals(Map.of("one", "a", "other", "s", "rate", "1500000"), why.arguments());
    }

    private static Object codes(Object argument) {
        return switch (argument) {
            case Map<?, ?> map
            when map.get("some") instanceof List<?> some ->
                Map.of(
                        "some",
                        some.stream()
                                .map(part -> ((Map<?, ?>) part).get("code"))
                                .toList(),
                        "more",
                        map.get("more"));
            default -> argument;
        };
    }

    private static NetworkPlan plan(Network network) throws InterruptedException {
        return assertInstanceOf(Planned.class, new NetworkPlanner().plan(network, LONG, ""))
                .plan();
    }

    /// Both members of a redundant stream are told, each with its way: what they share is what nobody can avoid.
    @Test
    void bothWaysOfARedundantStreamAreTold() throws Exception {
        var ring = """
            {"switches": {"s": {"ports": 8}, "t": {"ports": 8}, "u": {"ports": 8}},
             "stations": {"a": {}, "b": {}},
             "links": [["a", "s"], ["s", "t"], ["t", "u"], ["u", "s"], ["t", "b"]],
             "streams": {"x": {"talker": "a", "listeners": ["b"], "size": "100B", "period": "1ms", "redundancy": 2}}}
            """;
        var network = assertInstanceOf(NetworkFile.Right.class, NetworkFile.read(ring, "network"))
                .network();
        var plan = assertInstanceOf(Planned.class, new NetworkPlanner().plan(network, LONG, ""))
                .plan();
        assertEquals("scheduled", plan.result());
        assertNotNull(plan.streams().getFirst().bound());
        // from the first bit of either copy to the last bit of the other
        var hops = plan.streams().getFirst().hops();
        var times = hops.stream()
                .flatMap(h -> Stream.of(h.start(), h.arrival()))
                .mapToLong(t -> t)
                .summaryStatistics();
        assertEquals(times.getMax() - times.getMin(), plan.streams().getFirst().delay());
        var ways = hops.stream()
                .collect(Collectors.groupingBy(
                        NetworkPlan.HopPlan::member,
                        Collectors.mapping(h -> h.from() + h.to(), Collectors.joining(" "))));
        assertEquals(2, ways.size());
        assertEquals(Set.of("as st tb", "as su ut tb"), Set.copyOf(ways.values()));
    }

    /// Of y 0.1 % is lost or comes later than 7 ms, of which as much is tolerated; of z 1 %, ten times what is.
    @Test
    void boundsOverRadioAreToldWithTheirProbability() throws Exception {
        var text = """
            {"switches": {"s": {"ports": 8}}, "stations": {"a": {}, "b": {}, "c": {}, "d": {}},
             "links": [["a", "s"], ["s", "d"],
               {"between": ["b", "s"], "kind": "5g", "delay": {"50%%": "3ms", "99.9%%": "7ms"}},
               {"between": ["c", "s"], "kind": "wifi", "delay": {"99%%": "5ms"}}],
             "streams": {
               "x": {"talker": "a", "listeners": ["d"], "size": "100B", "period": "1ms"},
               "y": {"talker": "a", "listeners": ["b", "d"], %1$s},
               "z": {"talker": "c", "listeners": ["a"], %1$s}}}
            """.formatted("\"size\": \"100B\", \"period\": \"20ms\", \"class\": \"sporadic\", \"loss\": 0.001");
        var network = assertInstanceOf(NetworkFile.Right.class, NetworkFile.read(text, "network"))
                .network();
        var plan = assertInstanceOf(Planned.class, new NetworkPlanner().plan(network, LONG, ""))
                .plan();
        assertEquals("scheduled", plan.result());
        var streams = plan.streams();
        assertNull(streams.getFirst().likely());
        assertEquals(
                new NetworkPlan.LikelyView(new BigDecimal("0.999"), new BigDecimal("0.001"), true),
                streams.get(1).likely());
        assertEquals(
                new NetworkPlan.LikelyView(new BigDecimal("0.99"), new BigDecimal("0.001"), false),
                streams.get(2).likely());
        // the longest delay of radio, and less than a tenth of a millisecond at two ports
        for (var bound : List.of(streams.get(1).bound(), streams.get(1).beside())) {
            assertEquals(7_000_000, Objects.requireNonNull(bound), 100_000);
        }
        for (var bound : List.of(streams.get(2).bound(), streams.get(2).beside())) {
            assertEquals(5_000_000, Objects.requireNonNull(bound), 100_000);
        }
    }
}
