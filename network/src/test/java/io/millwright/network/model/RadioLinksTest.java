package io.millwright.network.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.model.plantfile.NetworkFile;
import io.millwright.network.bounds.Analysis;
import io.millwright.network.bounds.Method;
import io.millwright.network.curve.Rate;
import io.millwright.network.curve.Time;
import io.millwright.network.schedule.Outcome;
import io.millwright.network.schedule.Scheduler;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Links of other kinds than cables: radio links by percentiles of their delay, passive optical networks by slots.
class RadioLinksTest {

    private static final String RADIO =
            "kind: 5g, rate: 100Mbps, delay: {\"50%\": 3ms, \"99.9%\": 7ms, \"99.999%\": 12ms}";

    /// A station, a switch and a station, and links with these keys.
    private static NetworkModel network(String first, String second, String stream) {
        return read("""
                switches: {sw: {ports: 4, rate: 100Mbps}}
                stations: {io: {}, plc: {}}
                links:
                  - {between: [sw, io], %s}
                  - {between: [sw, plc], %s}
                streams: {alarm: {talker: io, listeners: plc, size: 125B, period: 50ms, %s}}
                """.formatted(first, second, stream));
    }

    private static NetworkModel read(String text) {
        var read = NetworkFile.read(text, "network");
        return PlantNetworks.of(
                assertInstanceOf(NetworkFile.Right.class, read, read::toString).network());
    }

    private static long best(PortGraph ports) {
        return new Analysis(ports.graph())
                .bounds(0, EnumSet.of(Method.FIFO_SFA)).stream()
                        .map(b -> b.delay().plus(ports.flows().getFirst().fixed()))
                        .map(Nanos::in)
                        .findFirst()
                        .orElseThrow();
    }

    /// By hand, at 100 Mbit/s: at both ports a frame of others (123.36 µs) and one of the stream (10 µs), its burst
    /// (10 µs), 2 µs of processing; and the delay of the percentile.
    @ParameterizedTest
    @CsvSource({
        "loss: 1e-3, 7, 0.001, true",
        "loss: 0.5, 3, 0.5, true",
        "loss: 9e-4, 12, 0.00001, true",
        "loss: 1e-5, 12, 0.00001, true",
        "loss: 9e-6, 12, 0.00001, false",
        "class: sporadic, 12, 0.00001, false",
    })
    void theLeastPercentileThatSufficesCounts(String stream, long millis, BigDecimal late, boolean reliable) {
        var ports = PortGraph.of(network("rate: 100Mbps", RADIO, stream), "cell");
        var flow = ports.flows().getFirst();
        assertEquals(2 * (123_360 + 10_000) + 10_000 + 2_000 + millis * 1_000_000, best(ports));
        assertEquals(0, late.compareTo(flow.late()));
        assertEquals(reliable, flow.isReliable());
        assertTrue(ports.varies());
    }

    /// Of 1e-3, each of two links may lose 5e-4: 99.9 % do not suffice. What both lose may add up.
    @Test
    void lossIsSharedByTheRadioLinksOfAWay() {
        var ports = PortGraph.of(network(RADIO, RADIO, "loss: 1e-3"), "cell");
        assertEquals(
                0, new BigDecimal("0.00002").compareTo(ports.flows().getFirst().late()));
        assertEquals(2 * (123_360 + 10_000) + 10_000 + 2_000 + 24_000_000, best(ports));
    }

    /// A slot of 1500 octets takes 120 of 125 µs: nothing for 2 · 5 µs, then 96 Mbit/s; with those, a frame of
    /// others and one of the stream (13 336 bits) take 138.917 µs. The other way is as by a cable.
    @Test
    void aTerminalSendsInItsSlots() {
        var pon = "kind: pon, rate: 100Mbps, cycle: 125us, slot: 1500B";
        var up = PortGraph.of(network(pon, "rate: 100Mbps", "class: sporadic"), "cell");
        var server = up.graph().servers().getFirst().service();
        assertEquals(Rate.of(96_000_000), server.rate());
        assertEquals(10_000 + 138_917, Nanos.in(server.latency()));
        assertEquals(BigDecimal.ZERO, up.flows().getFirst().late());
        var down = PortGraph.of(network("rate: 100Mbps", pon, "class: sporadic"), "cell");
        assertEquals(
                133_360, Nanos.in(down.graph().servers().getLast().service().latency()));
    }

    /// Slots longer than their cycle leave nothing out.
    @Test
    void aSlotAsLongAsItsCycleIsACable() {
        var pon = "kind: pon, rate: 100Mbps, cycle: 10us, slot: 1500B";
        var up = PortGraph.of(network(pon, "rate: 100Mbps", "class: sporadic"), "cell");
        var server = up.graph().servers().getFirst().service();
        assertEquals(Rate.of(100_000_000), server.rate());
        assertEquals(133_360, Nanos.in(server.latency()));
    }

    @Test
    void scheduledStreamsGoOverCables() {
        var wrong = assertInstanceOf(
                GateProblem.Wrong.class, GateProblem.of(network("rate: 100Mbps", RADIO, "jitter: 0s")));
        assertEquals(
                "stream alarm is scheduled, and there is no way for it over cables alone: gates keep no time behind"
                        + " links of kind 5g, wifi and pon; make it class: sporadic, or add a cable",
                wrong.mistake().toString());
    }

    /// An alarm by radio beside a scheduled image by cable.
    @Test
    void aSporadicStreamByRadioIsBoundedBesideASchedule() {
        var model = read("""
                switches: {sw: {ports: 4, rate: 100Mbps}}
                stations: {io: {}, camera: {}, plc: {}}
                links: [{between: [sw, io], %s}, [sw, camera], [sw, plc]]
                streams:
                  alarm: {talker: io, listeners: plc, size: 125B, period: 50ms, class: sporadic, loss: 1e-3}
                  image: {talker: camera, listeners: plc, size: 1250B, period: 1ms}
                """.formatted(RADIO));
        var problem =
                assertInstanceOf(GateProblem.Right.class, GateProblem.of(model)).problem();
        assertEquals(4, problem.topology().links().size());
        var schedule = assertInstanceOf(
                        Outcome.Scheduled.class, new Scheduler(problem, System::nanoTime, 1).run(Duration.ofSeconds(5)))
                .schedule();
        var found = BesideSchedule.of(model, schedule).sporadic().getFirst();
        assertEquals(0, new BigDecimal("0.001").compareTo(found.late()));
        assertTrue(found.holds());
        assertTrue(
                found.delayNanos() > 7_000_000 + 2 * 133_360,
                () -> found.delay().toString());
        var stricter = new BesideSchedule.Sporadic(
                new NetworkModel.Stream(
                        "alarm",
                        "io",
                        List.of("plc"),
                        found.stream().frame(),
                        Time.of(1),
                        Time.of(1),
                        Time.of(1),
                        false,
                        false),
                "plc",
                found.delay(),
                found.late(),
                List.of());
        assertTrue(stricter.isInTime());
        assertFalse(stricter.holds());
    }
}
