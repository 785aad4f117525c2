package io.millwright.connect.sparkplug;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.model.PointAddress;
import io.millwright.model.Quality;
import io.millwright.model.Sample;
import io.millwright.model.Signal;
import io.millwright.model.SignalName;
import io.millwright.model.Unit;
import io.millwright.model.Value;
import io.millwright.testkit.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload.Metric;
import org.junit.jupiter.api.Test;

/// The host without a network: messages in, samples and requests for rebirth out.
class HostSessionTest {

    private static final long T_MILLIS = 1_486_144_502_122L;
    private static final long MS = 1_000_000;
    private static final long SECOND = 1_000_000_000L;

    private long monotonic = 1000 * SECOND;
    private HostEffects out = new HostEffects();
    private final HostSession host = new HostSession(
            "g",
            HostTimings.USUAL,
            List.of(
                    signal("active", "meter//Power/Active"),
                    signal("reactive", "meter//Power/Reactive"),
                    signal("speed", "meter/pump/Speed"),
                    signal("temp", "meter/pump/Temp")));

    private static Signal signal(String name, String point) {
        return new Signal(
                SignalName.of("a", name),
                Unit.ONE,
                Optional.empty(),
                Optional.of(new PointAddress("meters", point)),
                Optional.empty(),
                Signal.USUAL_INTERVAL);
    }

    private Moment now() {
        return new Moment(T_MILLIS * MS + monotonic, monotonic);
    }

    private List<Sample> samples() {
        List<Sample> samples = List.copyOf(out.samples());
        out.samples().clear();
        return samples;
    }

    private List<String> rebirths() {
        List<String> rebirths = List.copyOf(out.rebirths());
        out.rebirths().clear();
        return rebirths;
    }

    private void elapse(long nanos) {
        monotonic += nanos;
        host.elapsed(now(), out);
    }

    private void hear(String topic, byte[] payload) {
        host.received("spBv1.0/g/" + topic, payload, now(), out);
    }

    private static Metric.Builder named(String name, double value) {
        return Metric.newBuilder().setName(name).setDatatype(10).setDoubleValue(value);
    }

    private static Metric.Builder aliased(long alias, double value) {
        return Metric.newBuilder().setAlias(alias).setDoubleValue(value);
    }

    private static byte[] message(int seq, Metric.Builder... metrics) {
        var payload = Payload.newBuilder().setTimestamp(T_MILLIS).setSeq(seq);
        List.of(metrics).forEach(payload::addMetrics);
        return payload.build().toByteArray();
    }

    /// Births as recorded, and a device behind: Speed has the alias 11, Temp has 12.
    private void bearAll() {
        host.connected(now(), out);
        assertEquals(List.of("meter"), rebirths());
        hear("NBIRTH/meter", Golden.bytes("nbirth"));
        hear(
                "DBIRTH/meter/pump",
                message(1, named("Speed", 1480).setAlias(11), named("Temp", 40).setAlias(12)));
    }

    /// Births, aliases, the historical flag, the property Quality and the times of metrics, from recorded bytes.
    @Test
    void recordedBirthAndDataBecomeSamples() {
        host.connected(now(), out);
        hear("NBIRTH/meter", Golden.bytes("nbirth"));
        List<Sample> born = samples();
        assertEquals(Value.of(1520.5), born.get(0).value());
        assertEquals(Quality.GOOD, born.get(0).quality());
        assertEquals((T_MILLIS - 1000) * MS, born.get(0).sourceNanos());
        assertEquals(Value.of(-80.25), born.get(1).value());
        assertEquals(Quality.UNCERTAIN_LAST_USABLE_VALUE, born.get(1).quality());
        hear("NDATA/meter", Golden.bytes("ndata"));
        List<Sample> data = samples();
        assertEquals(
                List.of("active", "active", "reactive"),
                data.stream().map(s -> s.signal().signal()).toList());
        assertEquals(Value.of(1530.75), data.get(0).value());
        assertEquals((T_MILLIS + 900) * MS, data.get(0).sourceNanos());
        assertEquals(Value.of(1400.0), data.get(1).value());
        assertEquals((T_MILLIS - 5000) * MS, data.get(1).sourceNanos());
        assertEquals(Quality.BAD, data.get(2).quality());
        // The historical value did not become the present one.
        var point = SparkplugPoint.parse("meter//Power/Active");
        assertEquals(Value.of(1530.75), host.metric(point).orElseThrow().last().value());
    }

    /// 6.4.13: the death with the bdSeq of the birth counts, that of an earlier connection does not.
    @Test
    void onlyTheDeathOfThisBirthCounts() {
        bearAll();
        samples();
        var other = Metric.newBuilder().setName("bdSeq").setDatatype(8).setLongValue(2);
        hear("NDEATH/meter", Payload.newBuilder().addMetrics(other).build().toByteArray());
        assertEquals(List.of(), samples());
        hear("NDEATH/meter", Golden.bytes("ndeath"));
        List<Sample> dead = samples();
        assertEquals(4, dead.size(), "the edge node's signals and its device's");
        for (Sample sample : dead) {
            assertEquals(Quality.BAD_NOT_CONNECTED, sample.quality());
            assertEquals(Value.missing(), sample.value());
            assertEquals(now().epochNanos(), sample.sourceNanos());
        }
    }

    @Test
    void theDeathOfADeviceLeavesTheOthers() {
        bearAll();
        samples();
        hear("DDEATH/meter/pump", message(2));
        assertEquals(
                List.of("speed", "temp"),
                samples().stream().map(s -> s.signal().signal()).sorted().toList());
        hear("DBIRTH/meter/pump", message(3, named("Speed", 1), named("Temp", 2)));
        assertTrue(samples().stream().allMatch(s -> s.quality().isGood()));
        assertEquals(List.of(), rebirths());
    }

    /// A death is never hidden behind a device clock that runs ahead.
    @Test
    void aDeathLiesAfterTheLastValue() {
        bearAll();
        samples();
        long ahead = now().epochNanos() / MS + 30_000;
        hear("DDATA/meter/pump", message(2, aliased(11, 5).setTimestamp(ahead)));
        samples();
        hear("DDEATH/meter/pump", message(3));
        Sample speed = samples().stream()
                .filter(s -> s.signal().signal().equals("speed"))
                .findFirst()
                .orElseThrow();
        assertEquals(ahead * MS + 1, speed.sourceNanos());
    }

    @Test
    void messagesOutOfOrderAreReordered() {
        bearAll();
        samples();
        hear("DDATA/meter/pump", message(4, aliased(11, 3)));
        hear("DDATA/meter/pump", message(3, aliased(11, 2)));
        assertEquals(List.of(), samples());
        hear("DDATA/meter/pump", message(2, aliased(11, 1)));
        assertEquals(
                List.of(Value.of(1.0), Value.of(2.0), Value.of(3.0)),
                samples().stream().map(Sample::value).toList());
        elapse(10 * SECOND);
        assertEquals(List.of(), rebirths());
    }

    /// After a loss an alias can mean another metric; a name cannot.
    @Test
    void aGapLeadsToARebirthAndUntilThenOnlyNamesAreBelieved() {
        bearAll();
        samples();
        hear("DDATA/meter/pump", message(3, aliased(11, 7), named("Temp", 50)));
        assertEquals(List.of(), samples());
        assertEquals(List.of(), rebirths());
        // The first request, for the first birth, was just before: the rate limit holds this one back.
        elapse(HostTimings.USUAL.reorderNanos());
        assertEquals(
                List.of(Value.of(50.0)), samples().stream().map(Sample::value).toList());
        elapse(HostTimings.USUAL.rebirthNanos());
        assertEquals(List.of("meter"), rebirths());
        hear("NBIRTH/meter", Golden.bytes("nbirth"));
        hear("DBIRTH/meter/pump", message(1, named("Speed", 8).setAlias(11)));
        samples();
        hear("DDATA/meter/pump", message(2, aliased(11, 9)));
        assertEquals(
                List.of(Value.of(9.0)), samples().stream().map(Sample::value).toList());
    }

    @Test
    void dataBeforeBirthAsksForOneAndNotTooOften() {
        hear("NDATA/stranger", message(5, named("x", 1)));
        assertEquals(List.of("stranger"), rebirths());
        for (int i = 0; i < 100; i++) {
            hear("NDATA/stranger", message(i, named("x", 1)));
        }
        assertEquals(List.of(), rebirths());
        elapse(HostTimings.USUAL.rebirthNanos());
        assertEquals(List.of("stranger"), rebirths());
        elapse(HostTimings.USUAL.rebirthNanos());
        assertEquals(List.of(), rebirths(), "the second pause is twice as long");
        elapse(HostTimings.USUAL.rebirthNanos());
        assertEquals(List.of("stranger"), rebirths());
    }

    @Test
    void anUnknownAliasAsksForABirth() {
        bearAll();
        elapse(10 * SECOND);
        rebirths();
        hear("DDATA/meter/pump", message(2, aliased(99, 1)));
        assertEquals(List.of("meter"), rebirths());
    }

    /// An alias belongs to the device that announced it.
    @Test
    void anAliasOfAnotherDeviceIsNotBelieved() {
        bearAll();
        samples();
        hear("NDATA/meter", message(2, aliased(11, 1)));
        assertEquals(List.of(), samples());
    }

    @Test
    void signalsWithoutABirthTurnBadAndAMissingMetricSaysSo() {
        host.connected(now(), out);
        elapse(HostTimings.USUAL.birthNanos());
        List<Sample> silent = samples();
        assertEquals(4, silent.size());
        assertTrue(silent.stream().allMatch(s -> s.quality().equals(Quality.BAD_NO_COMMUNICATION)));
        hear("NBIRTH/meter", Golden.bytes("nbirth"));
        hear("DBIRTH/meter/pump", message(1, named("Speed", 1)));
        assertTrue(samples().stream()
                .anyMatch(s -> s.signal().signal().equals("temp") && s.quality().equals(Quality.BAD_NODE_ID_UNKNOWN)));
    }

    /// 5.4: after a birth of the edge node its devices are born again; one that is not is gone.
    @Test
    void aDeviceThatIsNotBornAgainIsBad() {
        bearAll();
        hear("NBIRTH/meter", Golden.bytes("nbirth"));
        samples();
        elapse(HostTimings.USUAL.birthNanos());
        assertEquals(
                List.of(Quality.BAD_NO_COMMUNICATION, Quality.BAD_NO_COMMUNICATION),
                samples().stream().map(Sample::quality).toList());
    }

    @Test
    void aLostBrokerMakesEverySignalBadOnce() {
        bearAll();
        samples();
        host.disconnected(Quality.BAD_NOT_CONNECTED, now(), out);
        host.disconnected(Quality.BAD_NOT_CONNECTED, now(), out);
        assertEquals(4, samples().size());
    }

    @Test
    void theSequenceWrapsAfter255() {
        bearAll();
        samples();
        for (int i = 2; i < 600; i++) {
            hear("DDATA/meter/pump", message(i % 256, aliased(11, i)));
        }
        assertEquals(598, samples().size());
        assertEquals(List.of(), rebirths());
    }

    @Test
    void aTimeThatCannotBeMakesAValueUncertain() {
        bearAll();
        samples();
        hear("DDATA/meter/pump", message(2, aliased(11, 1).setTimestamp(-1)));
        Sample sample = samples().getFirst();
        assertEquals(Quality.UNCERTAIN, sample.quality());
        assertEquals(now().epochNanos(), sample.sourceNanos());
    }

    /// Whatever is published in the group, the session goes on, and what it holds stays bounded.
    @Test
    void garbageNeverThrows() {
        String[] types = {"NBIRTH/meter", "NDEATH/meter", "DBIRTH/meter/pump", "DDEATH/meter/pump", "NDATA/meter"};
        Property.check(300, random -> {
            out = new HostEffects();
            host.connected(now(), out);
            var recorded = new ArrayList<>(List.of("nbirth", "ndata", "ndeath", "types"));
            for (int i = 0; i < 50; i++) {
                byte[] bytes = Golden.bytes(recorded.get(random.nextInt(recorded.size())));
                if (random.nextInt(3) > 0) {
                    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                }
                hear(types[random.nextInt(types.length)], bytes);
                elapse(random.nextLong(3 * SECOND));
            }
            host.disconnected(Quality.BAD_NOT_CONNECTED, now(), out);
            assertTrue(out.samples().stream().allMatch(s -> s.receivedNanos() <= now().epochNanos()));
        });
    }
}
