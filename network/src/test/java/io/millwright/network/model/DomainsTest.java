package io.millwright.network.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.model.plantfile.NetworkFile;
import io.millwright.network.bounds.Analysis;
import io.millwright.network.bounds.Method;
import io.millwright.network.model.BesideSchedule.Sporadic;
import io.millwright.network.schedule.Outcome;
import io.millwright.network.schedule.Scheduler;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Networks of several domains: gates within each, bounds across them.
class DomainsTest {

    /// io and camera at a, robot and plc at b.
    private static NetworkModel network(String domains, String a, String b, String streams) {
        return read("""
                domains: %s
                switches:
                  a: {ports: 4, rate: 100Mbps, domain: %s}
                  b: {ports: 4, rate: 100Mbps, domain: %s}
                stations: {io: {}, camera: {}, robot: {}, plc: {}}
                links: [[io, a], [camera, a], [a, b], [robot, b], [plc, b]]
                streams:
                %s
                """.formatted(domains, a, b, streams.indent(2)));
    }

    private static NetworkModel read(String text) {
        var read = NetworkFile.read(text, "network");
        return PlantNetworks.of(
                assertInstanceOf(NetworkFile.Right.class, read, read::toString).network());
    }

    private static GateProblem.Right right(NetworkModel network) {
        var reading = GateProblem.of(network);
        return assertInstanceOf(GateProblem.Right.class, reading, reading::toString);
    }

    private static String mistake(NetworkModel network) {
        return assertInstanceOf(GateProblem.Wrong.class, GateProblem.of(network))
                .mistake()
                .toString();
    }

    private static final String IMAGE = "image: {talker: camera, listeners: io, size: 1250B, period: 1ms}";

    @ParameterizedTest
    @CsvSource({"cell, plant, cell-1, hall", "cell, cell, cell-1, hall", "wide-area, cell, cell-1, cell-1"})
    void aScheduledStreamStaysWhereClocksAgree(String one, String other, String a, String b) {
        var domains = "{cell-1: {kind: %s}, hall: {kind: %s}}".formatted(one, other);
        assertEquals(
                "stream axes is scheduled, and there is no way for it within one domain with a common time: gates keep"
                        + " no time where clocks do not agree; make it class: sporadic, or put the switches of its way"
                        + " into one domain of kind cell or plant",
                mistake(network(domains, a, b, "axes: {talker: io, listeners: plc, size: 100B, period: 1ms}")));
    }

    @Test
    void withinADomainThereAreGates() {
        var domains = "{cell-1: {kind: cell}, hall: {kind: plant}}";
        var all =
                right(network(domains, "hall", "hall", "axes: {talker: io, listeners: plc, size: 100B, period: 1ms}"));
        assertEquals(10, all.problem().topology().links().size());
        var one = right(network(domains, "cell-1", "hall", IMAGE));
        assertEquals(
                List.of(
                        "(io, a)",
                        "(a, io)",
                        "(camera, a)",
                        "(a, camera)",
                        "(robot, b)",
                        "(b, robot)",
                        "(plc, b)",
                        "(b, plc)"),
                one.problem().topology().links().stream().map(one.names()::link).toList());
    }

    /// It has one clock.
    @Test
    void whoSendsByGatesFollowsOneTime() {
        var model = read("""
                domains: {cell-1: {kind: cell}, cell-2: {kind: cell}, city: {kind: wide-area}}
                switches: {a: {ports: 4, domain: cell-1}, b: {ports: 4, domain: cell-2}, c: {ports: 4, domain: city}}
                stations: {gateway: {}, uplink: {}, io: {}}
                links: [[gateway, a], [gateway, b], [io, a], [uplink, a], [uplink, c]]
                streams: {axes: {talker: gateway, listeners: io, size: 100B, period: 1ms}}
                """);
        assertEquals(
                "stream axes is scheduled, and gateway is linked to the domains cell-1 and cell-2, each with a time of"
                        + " its own; make it class: sporadic, or send it from a station in one of them",
                mistake(model));
        var other = read("""
                domains: {cell-1: {kind: cell}, city: {kind: wide-area}}
                switches: {a: {ports: 4, domain: cell-1}, c: {ports: 4, domain: city}}
                stations: {uplink: {}, io: {}}
                links: [[io, a], [uplink, a], [uplink, c]]
                streams: {axes: {talker: uplink, listeners: io, size: 100B, period: 1ms}}
                """);
        assertEquals(4, right(other).problem().topology().links().size());
    }

    @ParameterizedTest
    @CsvSource({"400us, 300us, 300000", "200us, 300us, 200000", "400us, 1s, 400000"})
    void theBudgetOfADomainIsADeadline(String deadline, String budget, long expected) {
        var model = network(
                "{cell-1: {kind: cell, budget: %s}}".formatted(budget),
                "cell-1",
                "cell-1",
                IMAGE.replace("1ms", "1ms, deadline: " + deadline));
        assertEquals(expected, right(model).problem().streams().getFirst().deadlineNanos());
    }

    private static Sporadic alarm(String domains) {
        var model = network(
                domains,
                "cell-1",
                "hall",
                IMAGE + "\nalarm: {talker: io, listeners: plc, size: 125B, period: 50ms, class: sporadic}");
        var problem = right(model).problem();
        var schedule = assertInstanceOf(
                        Outcome.Scheduled.class, new Scheduler(problem, System::nanoTime, 1).run(Duration.ofSeconds(5)))
                .schedule();
        return BesideSchedule.of(model, schedule).sporadic().getFirst();
    }

    /// By hand, at 100 Mbit/s: at each port a longest frame of others (123.36 µs) may be in the way, and the
    /// frame itself takes 10 µs; 2 µs of processing at each switch, which counts to the port before. The alarm
    /// passes the ports of io and of a, which are in the cell, and that of b. By at most 270 µs of waiting its
    /// 20 kbit/s grow by 5.4 bits, 54 ns, before each.
    @ParameterizedTest
    @CsvSource({
        "'', '', true",
        "', budget: 271us', ', budget: 134us', true",
        "', budget: 270us', '', false",
        "'', ', budget: 133us', false"
    })
    void whatABoundTakesInEachDomainIsToldAndHeldAgainstItsBudget(String cell, String hall, boolean holds) {
        var found = alarm("{cell-1: {kind: cell%s}, hall: {kind: plant%s}}".formatted(cell, hall));
        var shares =
                found.shares().stream().collect(Collectors.toMap(s -> s.domain().name(), Share::delayNanos));
        assertEquals(
                List.of("cell-1", "hall"),
                found.shares().stream().map(s -> s.domain().name()).toList());
        assertEquals(2 * (123_360 + 10_000 + 2_000), shares.getOrDefault("cell-1", 0L), 54);
        assertEquals(123_360 + 10_000, shares.getOrDefault("hall", 0L), 54);
        assertEquals(holds, found.holds());
        assertTrue(found.isInTime());
    }

    /// By hand, without gates: a longest frame of others and one of 125 octets may be in the way at each
    /// port, 133.36 µs, and the frame itself takes 10 µs; 2 µs of processing. Its 20 kbit/s bring 2.67 bit
    /// more in 133.36 µs, 26.7 ns at the next port.
    @Test
    void whatABoundWithoutGatesTakesInEachDomainIsTold() {
        var model = network(
                "{cell-1: {kind: cell}, hall: {kind: plant}}",
                "cell-1",
                "hall",
                "alarm: {talker: io, listeners: plc, size: 125B, period: 50ms, class: sporadic}");
        var ports = PortGraph.of(model, "network");
        var totalFlow = new Analysis(ports.graph())
                .bounds(0, EnumSet.of(Method.FIFO_TFA))
                .getFirst();
        var shares = ports.flows().getFirst().shares(totalFlow).stream()
                .collect(Collectors.toMap(s -> s.domain().name(), Share::delayNanos));
        assertEquals(Set.of("cell-1", "hall"), shares.keySet());
        assertEquals(2 * (133_360 + 10_000 + 2_000) + 27, shares.getOrDefault("cell-1", 0L), 1);
        assertEquals(133_360 + 10_000 + 54, shares.getOrDefault("hall", 0L), 1);
        var all = shares.values().stream().mapToLong(Long::longValue).sum();
        assertEquals(
                Nanos.above(totalFlow.delay().plus(ports.flows().getFirst().fixed())), all, 2, "the sum is the bound");
    }

    @Test
    void aNetworkThatIsOneWholeHasNoShares() {
        var model = read("""
                switches: {a: {ports: 4}}
                stations: {io: {}, camera: {}, plc: {}}
                links: [[io, a], [camera, a], [plc, a]]
                streams:
                  %s
                  alarm: {talker: io, listeners: plc, size: 125B, period: 50ms, class: sporadic}
                """.formatted(IMAGE));
        var schedule = assertInstanceOf(
                        Outcome.Scheduled.class,
                        new Scheduler(right(model).problem(), System::nanoTime, 1).run(Duration.ofSeconds(5)))
                .schedule();
        assertEquals(
                List.of(),
                BesideSchedule.of(model, schedule).sporadic().getFirst().shares());
    }
}
