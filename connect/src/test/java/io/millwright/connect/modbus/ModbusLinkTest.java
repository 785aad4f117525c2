package io.millwright.connect.modbus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.connect.Link;
import io.millwright.connect.LinkException;
import io.millwright.connect.LinkState;
import io.millwright.connect.LinkState.Phase;
import io.millwright.connect.PointDescription;
import io.millwright.connect.Recorder;
import io.millwright.connect.Signals;
import io.millwright.model.Connection;
import io.millwright.model.Quality;
import io.millwright.model.Sample;
import io.millwright.model.Value;
import io.millwright.testkit.Await;
import io.millwright.testkit.MisbehavingServer;
import io.millwright.testkit.MisbehavingServer.Habit;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/// A link to devices that are there, that go away, and that misbehave.
final class ModbusLinkTest {

    private final Recorder recorder = new Recorder();

    private Link link(int port) {
        return link(port, Map.of("timeout", "10s"));
    }

    private Link link(int port, Map<String, String> settings) {
        var connection = new Connection("plc", "modbus-tcp", "127.0.0.1:" + port, settings);
        var protocol = new ModbusTcpProtocol();
        assertEquals(List.of(), protocol.check(connection));
        return protocol.open(connection, recorder.context(Path.of("unused")));
    }

    @Test
    void signalsArriveOfAllTables() throws Exception {
        try (var device = new ModbusDevice(ModbusDevice.freePort());
                var link = link(device.port())) {
            device.holding(0, 0x47F1, 0x2000, 7);
            device.image.with(t -> {
                t.writeCoils(m -> m.put(9, true));
                t.writeDiscreteInputs(m -> m.put(4, true));
                t.writeInputRegisters(m -> m.put(2, new byte[] {0, 5}));
            });
            link.start(List.of(
                    Signals.of("t/float", "holding/0:float32"),
                    Signals.of("t/word", "holding/2"),
                    Signals.of("t/coil", "coil/9"),
                    Signals.of("t/coil-off", "coil/8"),
                    Signals.of("t/discrete", "discrete/4"),
                    Signals.of("t/input", "input/2")));
            recorder.awaitValue("t/float", Value.of(123456.0));
            recorder.awaitValue("t/word", Value.of(7L));
            recorder.awaitValue("t/coil", Value.of(true));
            recorder.awaitValue("t/coil-off", Value.of(false));
            recorder.awaitValue("t/discrete", Value.of(true));
            recorder.awaitValue("t/input", Value.of(5L));
            assertEquals(Phase.CONNECTED, link.state().phase());
        }
    }

    /// Killed and restarted: bad with the reason, then good again by itself.
    @Test
    void deviceThatReturnsRecoversByItself() throws Exception {
        int port = ModbusDevice.freePort();
        var first = new ModbusDevice(port);
        try (var link = link(port)) {
            first.holding(0, 1);
            link.start(List.of(Signals.of("t/a", "holding/0")));
            recorder.awaitValue("t/a", Value.of(1L));
            first.close();
            recorder.awaitState(Phase.WAITING, "closed the connection");
            assertTrue(recorder.of("t/a").stream().anyMatch(s -> s.quality().equals(Quality.BAD_NO_COMMUNICATION)));
            recorder.awaitQuality("t/a", Quality.BAD_NOT_CONNECTED);
            assertEquals(Value.missing(), recorder.last("t/a").orElseThrow().value());
            try (var second = new ModbusDevice(port)) {
                second.holding(0, 2);
                recorder.awaitValue("t/a", Value.of(2L));
            }
        }
    }

    /// A connection that closes while nothing is asked is noticed at once, not at the next poll an hour later.
    @Test
    void closedConnectionIsNoticedBetweenPolls() throws Exception {
        try (var server = new PduServer(pdu -> new byte[] {3, 2, 0, 1});
                var link = link(server.port())) {
            link.start(List.of(Signals.of("t/a", "holding/0", Duration.ofHours(1))));
            recorder.awaitValue("t/a", Value.of(1L));
            recorder.clear();
            server.cut();
            Await.until(
                    "bad",
                    () -> recorder.of("t/a").stream().anyMatch(s -> s.quality().equals(Quality.BAD_NO_COMMUNICATION)));
            recorder.awaitValue("t/a", Value.of(1L));
        }
    }

    @Test
    void refusedConnectionIsNotConnected() throws Exception {
        try (var link = link(MisbehavingServer.refusingPort())) {
            link.start(List.of(Signals.of("t/a", "holding/0"), Signals.of("t/b", "coil/0")));
            recorder.awaitState(Phase.WAITING, "nobody listens");
            recorder.awaitQuality("t/a", Quality.BAD_NOT_CONNECTED);
            recorder.awaitQuality("t/b", Quality.BAD_NOT_CONNECTED);
            Await.until(
                    "a second try",
                    () -> recorder.states().stream()
                                    .filter(s -> s.phase() == Phase.WAITING)
                                    .count()
                            > 1);
            assertEquals(1, recorder.of("t/a").size(), "one sample, however often it is tried");
        }
    }

    @Test
    void silentDeviceIsATimeout() throws Exception {
        try (var server = new MisbehavingServer(Habit.HANG, 1);
                var link = link(server.port(), Map.of("timeout", "300ms"))) {
            link.start(List.of(Signals.of("t/a", "holding/0")));
            recorder.awaitQuality("t/a", Quality.BAD_TIMEOUT);
            LinkState state = recorder.awaitState(Phase.WAITING, "within 300 ms");
            assertTrue(state.reason().contains("unit 1"), state.reason());
            assertEquals("modbus-no-answer", state.why().code());
            assertEquals(
                    Map.of("device", "127.0.0.1:" + server.port(), "unit", "1", "millis", "300"),
                    state.why().arguments());
            assertFalse(
                    recorder.states().stream().anyMatch(s -> s.phase() == Phase.CONNECTED),
                    "a device that never answered was never connected");
        }
    }

    @Test
    void deviceThatClosesHasNoCommunication() throws Exception {
        try (var server = new MisbehavingServer(Habit.CLOSE_AFTER_REQUEST, 1);
                var link = link(server.port())) {
            link.start(List.of(Signals.of("t/a", "holding/0")));
            recorder.awaitQuality("t/a", Quality.BAD_NO_COMMUNICATION);
            recorder.awaitState(Phase.WAITING, "closed the connection");
        }
    }

    @Test
    void garbageMakesSignalsBadAndIsSurvived() throws Exception {
        try (var server = new MisbehavingServer(Habit.GARBAGE, 42);
                var link = link(server.port(), Map.of("timeout", "300ms"))) {
            link.start(List.of(Signals.of("t/a", "holding/0")));
            Await.until("several tries", () -> server.accepted() >= 3);
            assertFalse(recorder.of("t/a").isEmpty());
            assertTrue(recorder.of("t/a").stream().allMatch(s -> s.quality().isBad()));
        }
    }

    /// An answer with too few registers must not be taken for values.
    @Test
    void answerOfAnotherLengthIsRefused() throws Exception {
        try (var server = new PduServer(pdu -> new byte[] {3, 2, 0, 1});
                var link = link(server.port())) {
            link.start(List.of(Signals.of("t/a", "holding/0:float32")));
            recorder.awaitQuality("t/a", Quality.BAD_COMMUNICATION_ERROR);
            recorder.awaitState(Phase.WAITING, "2 bytes where 4");
        }
    }

    /// Exception 2 on a combined read: only the point that does not exist is bad.
    @Test
    void illegalAddressSparesTheNeighbours() throws Exception {
        try (var server = new PduServer(pdu -> exceptAt(pdu, 5));
                var link = link(server.port())) {
            var signals = new ArrayList<>(List.of(Signals.of("t/guilty", "holding/5")));
            for (int i = 0; i < 10; i++) {
                if (i != 5) {
                    signals.add(Signals.of("t/r" + i, "holding/" + i));
                }
            }
            link.start(signals);
            recorder.awaitQuality("t/guilty", Quality.BAD_NODE_ID_UNKNOWN);
            for (int i = 0; i < 10; i++) {
                if (i != 5) {
                    recorder.awaitValue("t/r" + i, Value.of((long) i));
                }
            }
            assertEquals(1, recorder.of("t/guilty").size());
            assertEquals(Phase.CONNECTED, link.state().phase());
            assertTrue(recorder.of("t/r4").stream().map(Sample::quality).allMatch(Quality::isGood));
        }
    }

    /// Register n holds n; a read that touches the bad address is answered by exception 2.
    private static byte[] exceptAt(byte[] pdu, int bad) {
        int start = (pdu[1] & 0xFF) << 8 | pdu[2] & 0xFF;
        int count = (pdu[3] & 0xFF) << 8 | pdu[4] & 0xFF;
        if (start <= bad && bad < start + count) {
            return new byte[] {(byte) 0x83, 2};
        }
        var answer = new byte[2 + 2 * count];
        answer[0] = 3;
        answer[1] = (byte) (2 * count);
        for (int i = 0; i < count; i++) {
            answer[3 + 2 * i] = (byte) (start + i);
        }
        return answer;
    }

    @Test
    void exceptionCodesBecomeStatusCodes() throws Exception {
        Map<Integer, Quality> expected = Map.of(
                1, Quality.BAD_NOT_SUPPORTED,
                4, Quality.BAD_DEVICE_FAILURE,
                6, new Quality(0x8004_0000),
                11, Quality.BAD_NO_COMMUNICATION,
                99, Quality.BAD);
        Map<Integer, String> said = Map.of(
                1, "plc refuses: illegal function",
                4, "plc refuses: server device failure",
                6, "plc refuses: server device busy",
                11, "plc refuses: gateway target device failed to respond",
                99, "plc refuses: exception code 99");
        Map<Integer, String> codes = Map.of(
                1, "modbus-illegal-function",
                4, "modbus-failure",
                6, "modbus-busy",
                11, "modbus-gateway-target",
                99, "modbus-exception");
        for (var e : expected.entrySet()) {
            try (var server = new PduServer(
                            pdu -> new byte[] {(byte) 0x83, e.getKey().byteValue()});
                    var link = link(server.port())) {
                var refusal = assertThrows(LinkException.class, () -> link.read("holding/0"));
                assertEquals(e.getValue(), refusal.quality());
                assertEquals(said.get(e.getKey()), refusal.getMessage());
                assertEquals("device-refuses", refusal.told().code());
                assertEquals(codes.get(e.getKey()), refusal.told().arguments().get("reason.code"));
            }
        }
    }

    @Test
    void writesAreReadBack() throws Exception {
        try (var device = new ModbusDevice(ModbusDevice.freePort());
                var link = link(device.port())) {
            assertEquals(
                    Value.of(1.5),
                    link.write("holding/10:float32:cdab", Value.of(1.5)).value());
            assertEquals(
                    Value.of(-2L), link.write("holding/20:int16", Value.of(-2L)).value());
            assertEquals(Value.of(true), link.write("coil/7", Value.of(true)).value());
            assertEquals(
                    Value.of(Double.NaN),
                    link.write("holding/30:float64", Value.of(Double.NaN)).value());
            assertEquals(
                    Value.of("ab"),
                    link.write("holding/40:string:4", Value.of("ab")).value());
            assertEquals(
                    Value.of(25.5), link.write("holding/50*0.5", Value.of(25.5)).value());
            byte[] word = device.image.get(t -> t.readHoldingRegisters(m -> m.get(20)));
            assertArrayEquals(new byte[] {(byte) 0xFF, (byte) 0xFE}, word);
        }
    }

    /// Function 22 leaves the neighbours of a bit alone.
    @Test
    void oneBitIsWrittenAlone() throws Exception {
        try (var device = new ModbusDevice(ModbusDevice.freePort());
                var link = link(device.port())) {
            device.holding(5, 0b1010_0000_0000_0101);
            assertEquals(
                    Value.of(true), link.write("holding/5:bit3", Value.of(true)).value());
            assertEquals(
                    Value.of(false),
                    link.write("holding/5:bit0", Value.of(false)).value());
            assertEquals(
                    Value.of(0b1010_0000_0000_1100L), link.read("holding/5").value());
        }
    }

    @Test
    void deviceWithoutFunctionSixIsWrittenBySixteen() throws Exception {
        try (var server = new PduServer(pdu -> switch (pdu[0]) {
                    case 6, 5 -> new byte[] {(byte) (pdu[0] | 0x80), 1};
                    case 16, 15 -> new byte[] {pdu[0], pdu[1], pdu[2], pdu[3], pdu[4]};
                    case 3 -> new byte[] {3, 2, 0, 9};
                    default -> new byte[] {1, 1, 1};
                });
                var link = link(server.port())) {
            assertEquals(Value.of(9L), link.write("holding/1", Value.of(9L)).value());
            assertEquals(Value.of(true), link.write("coil/1", Value.of(true)).value());
            assertEquals(
                    List.of(6, 16, 3, 5, 15, 1),
                    server.requests.stream().map(p -> (int) p[0]).toList());
            assertArrayEquals(new byte[] {16, 0, 1, 0, 1, 2, 0, 9}, server.requests.get(1));
        }
    }

    /// One request is under way at a time; whether a write is still allowed is asked when it is its turn.
    @Test
    void aWriteThatIsNoLongerAllowedWhenItsTurnComesIsNotMade() throws Exception {
        var asked = new CountDownLatch(1);
        var answer = new CountDownLatch(1);
        var allowed = new AtomicBoolean(true);
        try (var server = new PduServer(pdu -> {
                    asked.countDown();
                    awaited(answer);
                    return new byte[] {3, 2, 0, 9};
                });
                var link = link(server.port())) {
            var reader = Thread.ofVirtual().start(() -> assertDoesNotThrow(() -> link.read("holding/1")));
            asked.await();
            var written = new FutureTask<>(() -> link.write("holding/1", Value.of(5L), allowed::get));
            var writer = Thread.ofPlatform().start(written);
            Await.until("the write waits", () -> writer.getState() == Thread.State.WAITING);
            allowed.set(false);
            answer.countDown();
            assertEquals(Optional.empty(), written.get());
            reader.join();
            assertEquals(
                    List.of(3), server.requests.stream().map(p -> (int) p[0]).toList());
        }
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatCannotBeWrittenIsSaidBeforeTheDeviceIsAsked() {
        try (var link = link(MisbehavingServer.refusingPort())) {
            assertEquals(
                    Quality.BAD_NOT_SUPPORTED,
                    assertThrows(LinkException.class, () -> link.write("input/0", Value.of(1L)))
                            .quality());
            var outside = assertThrows(LinkException.class, () -> link.write("holding/0", Value.of(70_000L)));
            assertEquals(Quality.BAD_OUT_OF_RANGE, outside.quality());
            assertEquals("holding/0:uint16: 70000 does not fit uint16 (0 to 65535)", outside.getMessage());
            assertEquals("value-unfit", outside.told().code());
            assertEquals("value-outside", outside.told().arguments().get("reason.code"));
            assertEquals(
                    Quality.BAD_TYPE_MISMATCH,
                    assertThrows(LinkException.class, () -> link.write("holding/0", Value.of(Double.NaN)))
                            .quality());
        }
    }

    /// No name has a part of more than 63 characters (RFC 1035, 2.3.4), so nobody is asked for this one.
    @Test
    void aHostWithoutAddressIsSaidToBeUnknown() {
        String host = "x".repeat(64);
        var connection = new Connection("plc", "modbus-tcp", host + ":502", Map.of());
        try (var link = new ModbusTcpProtocol().open(connection, recorder.context(Path.of("unused")))) {
            var unknown = assertThrows(LinkException.class, () -> link.read("holding/0"));
            assertEquals("no address is known for the host " + host, unknown.getMessage());
            assertEquals("host-unknown", unknown.told().code());
            assertEquals(Map.of("host", host), unknown.told().arguments());
        }
    }

    /// While the link is away, what is asked of it is answered with the reason, in other languages too.
    @Test
    void whatIsAskedOfALinkThatIsAwaySaysWhy() throws Exception {
        try (var link = link(MisbehavingServer.refusingPort())) {
            link.start(List.of(Signals.of("t/a", "holding/0")));
            LinkState state = recorder.awaitState(Phase.WAITING, "nobody listens");
            var away = assertThrows(LinkException.class, () -> link.write("holding/0", Value.of(1L)));
            assertEquals("plc is not connected: " + state.reason(), away.getMessage());
            assertEquals("link-not-connected", away.told().code());
            assertEquals("device-refused", away.told().arguments().get("reason.code"));
            assertEquals("nobody-listens", away.told().arguments().get("reason.reason.code"));
        }
    }

    @Test
    void singleReadReconnectsAfterAFailure() throws Exception {
        int port = ModbusDevice.freePort();
        try (var link = link(port)) {
            var refused = assertThrows(LinkException.class, () -> link.read("holding/0"));
            assertEquals("127.0.0.1:" + port + " refused the connection: nobody listens there", refused.getMessage());
            assertEquals("device-refused", refused.told().code());
            assertEquals("nobody-listens", refused.told().arguments().get("reason.code"));
            try (var device = new ModbusDevice(port)) {
                device.holding(0, 3);
                assertEquals(Value.of(3L), link.read("holding/0").value());
            }
        }
    }

    /// Intervals are kept by leaving cycles out, never by catching up.
    @Test
    void lateCyclesAreSkippedAndCounted() throws Exception {
        try (var server = new PduServer(pdu -> {
                    java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
                    return new byte[] {3, 2, 0, 1};
                });
                var link = link(server.port())) {
            link.start(List.of(Signals.of("t/a", "holding/0", Duration.ofMillis(10))));
            Await.until("ten polls", () -> recorder.of("t/a").size() >= 10);
            assertTrue(link.skipped() >= 30, "each poll takes five intervals, so four of five are left out");
        }
    }

    @Test
    void browsingReportsReadableRanges() throws Exception {
        try (var server = new PduServer(pdu -> pdu[0] == 3 ? upTo(pdu, 40) : new byte[] {(byte) (pdu[0] | 0x80), 1});
                var link = link(server.port())) {
            var found = new ArrayList<PointDescription>();
            link.browse("", 1, Duration.ofSeconds(30), found::add);
            assertEquals(
                    List.of(new PointDescription("holding/0", "holding 0 to 39", "uint16[40]", 0, true, true)), found);
        }
    }

    private static byte[] upTo(byte[] pdu, int size) {
        int start = (pdu[1] & 0xFF) << 8 | pdu[2] & 0xFF;
        int count = (pdu[3] & 0xFF) << 8 | pdu[4] & 0xFF;
        if (start + count > size) {
            return new byte[] {(byte) 0x83, 2};
        }
        var answer = new byte[2 + 2 * count];
        answer[0] = 3;
        answer[1] = (byte) (2 * count);
        return answer;
    }
}
