package io.millwright.network.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.network.curve.Data;
import io.millwright.network.curve.Rate;
import io.millwright.network.schedule.Limits;
import io.millwright.network.schedule.Link;
import io.millwright.network.schedule.Outcome;
import io.millwright.network.schedule.ProblemFiles;
import io.millwright.network.schedule.ProblemFiles.Source;
import io.millwright.network.schedule.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// A network by names and the problem that schedulers know by numbers are the same.
class GateProblemTest {

    private static final Limits GATES = new Limits(16, 0, 8, 0, Long.MAX_VALUE);

    private static final Rate GIGABIT = Rate.of(1_000_000_000);

    private static TimeRange nanos(long nanos) {
        return TimeRange.exactly(Nanos.of(Duration.ofNanos(nanos)));
    }

    static NetworkModel.Bridge bridge(String name) {
        return new NetworkModel.Bridge(name, nanos(2000), 4);
    }

    static NetworkModel.Link link(String one, String other, Rate rate) {
        return new NetworkModel.Link(one, other, rate, nanos(100));
    }

    static NetworkModel.Stream stream(String name, String talker, List<String> listeners, int bytes) {
        var millisecond = Nanos.of(Duration.ofMillis(1));
        return new NetworkModel.Stream(
                name, talker, listeners, Data.of(bytes * 8L), millisecond, millisecond, millisecond, true, false);
    }

    static List<NetworkModel.Station> stations(String... names) {
        return List.of(names).stream().map(NetworkModel.Station::new).toList();
    }

    private static GateProblem.Right right(NetworkModel network) {
        return assertInstanceOf(GateProblem.Right.class, GateProblem.of(network));
    }

    /// Processing is that of the node where the link ends; a station has none, and eight queues.
    @Test
    void tablesNameWhatTheEngineerNamed() {
        var network = new NetworkModel(
                List.of(bridge("sw-1")),
                stations("io-1", "机器人-1"),
                List.of(link("io-1", "sw-1", Rate.of(100_000_000)), link("sw-1", "机器人-1", GIGABIT)),
                List.of(stream("cmd", "io-1", List.of("机器人-1"), 128)));
        var tables = right(network).tables();
        assertEquals("""
                        link,q_num,rate,t_proc,t_prop
                        "(io-1, sw-1)",8,0.1,2000,100
                        "(sw-1, io-1)",4,0.1,0,100
                        "(sw-1, 机器人-1)",4,1,0,100
                        "(机器人-1, sw-1)",8,1,2000,100
                        """, tables.topology());
        assertEquals(
                "stream,src,dst,size,period,deadline,jitter\ncmd,io-1,\"[机器人-1]\",128,1000000,1000000,1000000\n",
                tables.streams());
    }

    /// What a switch can do is told of its own ports.
    @Test
    void switchesHaveGatesOfTheirOwn() {
        var small = new NetworkModel.Bridge("small", nanos(2000), false, 8, 16, 8, new NetworkModel.Unshaped());
        var network = new NetworkModel(
                List.of(small, bridge("large")),
                stations("a"),
                List.of(link("a", "small", GIGABIT), link("small", "large", GIGABIT)),
                List.of(stream("x", "a", List.of("large"), 100)));
        var right = right(network);
        assertEquals("""
                        link,q_num,rate,t_proc,t_prop,gate_entries,min_gate,tick,longest_cycle,buffer
                        "(a, small)",8,1,2000,100,,,,,
                        "(small, a)",8,1,0,100,16,,8,,
                        "(small, large)",8,1,2000,100,16,,8,,
                        "(large, small)",4,1,2000,100,,,,,
                        """, right.tables().topology());
        assertEquals(
                List.of(Limits.NONE, GATES, GATES, Limits.NONE),
                right.problem().topology().links().stream().map(Link::limits).toList());
        var read = assertInstanceOf(
                ProblemFiles.Right.class,
                ProblemFiles.read(
                        new Source("t", right.tables().topology()),
                        new Source("s", right.tables().streams())));
        assertEquals(
                right.problem().topology().links().stream().map(Link::limits).toList(),
                read.problem().topology().links().stream().map(Link::limits).toList());
    }

    /// Between the switches lies a station with a link to each, which is the shorter way.
    @Test
    void noWayLeadsThroughAStation() {
        var network = new NetworkModel(
                List.of(bridge("s1"), bridge("s2"), bridge("s3")),
                stations("a", "b", "both"),
                List.of(
                        link("a", "s1", GIGABIT),
                        link("s1", "both", GIGABIT),
                        link("both", "s2", GIGABIT),
                        link("s1", "s3", GIGABIT),
                        link("s3", "s2", GIGABIT),
                        link("s2", "b", GIGABIT)),
                List.of(stream("x", "a", List.of("b"), 100), stream("y", "both", List.of("a", "b"), 100)));
        var problem = right(network);
        var outcome = new Scheduler(problem.problem(), System::nanoTime, 1).run(Duration.ofSeconds(20));
        var schedule = assertInstanceOf(Outcome.Scheduled.class, outcome).schedule();
        var ways = new ArrayList<List<String>>();
        for (var placement : schedule.placements()) {
            ways.add(placement.links().stream()
                    .map(l -> problem.names()
                            .link(problem.problem().topology().links().get(l)))
                    .sorted()
                    .toList());
        }
        assertEquals(List.of("(a, s1)", "(s1, s3)", "(s2, b)", "(s3, s2)"), ways.get(0));
        assertTrue(ways.get(1).stream().noneMatch(l -> l.endsWith(", both)")), ways.get(1)::toString);
        var servers = PortGraph.of(network, "n").graph().servers();
        assertTrue(servers.stream().anyMatch(s -> s.id().equals("s1/s3")), servers::toString);
        assertTrue(servers.stream().noneMatch(s -> s.id().equals("s1/both")), servers::toString);
    }

    @Test
    void whatASchedulerSaysIsSaidInNames() {
        var network = new NetworkModel(
                List.of(bridge("s")),
                stations("a", "b"),
                List.of(link("a", "s", Rate.of(10_000_000)), link("s", "b", GIGABIT)),
                List.of(stream("big", "a", List.of("b"), 1500)));
        var problem = right(network);
        var outcome = new Scheduler(problem.problem(), System::nanoTime, 1).run(Duration.ofSeconds(20));
        var said = assertInstanceOf(Outcome.Impossible.class, outcome).reasons().getFirst();
        // 1500 B at 10 Mbit/s are 1.2 ms, at 1 Gbit/s 12 µs; 2 µs of processing and twice 100 ns between and behind
        assertEquals(
                "stream big: its deadline is 1 ms, and its fastest way of 2 links takes 1.2142 ms"
                        + " without any waiting",
                said.in(problem.names()));
        assertEquals("late", said.code());
        assertEquals(
                Map.of(
                        "stream",
                        "big",
                        "deadline",
                        Map.of("nanos", 1_000_000L),
                        "links",
                        2,
                        "fastest",
                        Map.of("nanos", 1_214_200L)),
                said.arguments(problem.names()));
        assertEquals(Set.of("big"), said.streams(problem.names()));
    }

    @Test
    void ratesThatNoTableHoldsAreRefused() {
        var network = new NetworkModel(
                List.of(bridge("s")),
                stations("a", "b"),
                List.of(link("a", "s", Rate.of(1_500_000)), link("s", "b", GIGABIT)),
                List.of(stream("x", "a", List.of("b"), 100)));
        assertEquals(
                "the link of a and s has 1500000 bit/s; schedules are made for whole Mbps, from 1Mbps to 1Tbps",
                assertInstanceOf(GateProblem.Wrong.class, GateProblem.of(network))
                        .mistake()
                        .toString());
    }
}
