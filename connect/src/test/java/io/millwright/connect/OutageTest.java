package io.millwright.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.connect.modbus.ModbusDevice;
import io.millwright.connect.modbus.ModbusTcpProtocol;
import io.millwright.connect.opcua.OpcUaProtocol;
import io.millwright.connect.opcua.TestServer;
import io.millwright.model.Connection;
import io.millwright.model.Quality;
import io.millwright.model.Sample;
import io.millwright.model.Value;
import io.millwright.testkit.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// When a device dies, freezes or returns: how soon its signals say so, what they say, and how often.
final class OutageTest {

    /// Far above what is expected (see `docs/how-to/connect.md`), for slow machines; what was measured is printed.
    private static final Duration SOON = Duration.ofSeconds(20);

    private static final List<String> SIGNALS = List.of("t/a", "t/b");

    /// The two protocols whose devices a link asks or subscribes to.
    enum Device {
        /// Frozen for so long that the session waits for it, and for so long that it does not.
        OPC_UA(TestServer.class, new OpcUaProtocol(), Map.of("security", "None"), 4, 13),
        MODBUS(ModbusDevice.class, new ModbusTcpProtocol(), Map.of(), 4);

        private final Class<?> main;
        private final Protocol protocol;
        private final Map<String, String> settings;
        private final int[] freezesSeconds;

        Device(Class<?> main, Protocol protocol, Map<String, String> settings, int... freezesSeconds) {
            this.freezesSeconds = freezesSeconds;
            this.main = main;
            this.protocol = protocol;
            this.settings = settings;
        }

        Link open(int port, LinkContext context) {
            String scheme = this == OPC_UA ? "opc.tcp://" : "";
            var connection = new Connection("d", protocol.name(), scheme + "127.0.0.1:" + port, settings);
            return protocol.open(connection, context);
        }

        String point(int index) {
            return this == OPC_UA ? "ns=2;s=device.v" + index : "holding/" + index;
        }
    }

    private final Recorder recorder = new Recorder();

    @TempDir
    private Path security = Path.of("");

    /// One outage after the other on one link, so that traces of one show in the next.
    @ParameterizedTest
    @EnumSource
    void deadAndFrozenDevicesAreBadSoonWithTheirReasonAndGoodAgainByThemselves(Device kind) throws Exception {
        try (var device = DeviceProcess.java(kind.main);
                var link = kind.open(device.port(), recorder.context(security))) {
            link.start(List.of(
                    Signals.of("t/a", kind.point(0), Duration.ofMillis(100)),
                    Signals.of("t/b", kind.point(1), Duration.ofMillis(100))));
            awaitGood();

            recorder.clear();
            long killed = System.currentTimeMillis();
            device.kill();
            report(kind, "killed, bad", awaitBad(Quality.BAD_NO_COMMUNICATION) - killed);
            for (String signal : SIGNALS) {
                recorder.awaitQuality(signal, Quality.BAD_NOT_CONNECTED);
            }
            long restarted = System.currentTimeMillis();
            device.restart();
            awaitGood();
            tell(kind, "started again, good", System.currentTimeMillis() - restarted);
            assertBadSamples(Quality.BAD_NO_COMMUNICATION, Quality.BAD_NOT_CONNECTED);

            for (int seconds : kind.freezesSeconds) {
                recorder.clear();
                long frozen = System.currentTimeMillis();
                device.freeze();
                report(kind, "frozen, bad", awaitBad(Quality.BAD_TIMEOUT) - frozen);
                LockSupport.parkUntil(frozen + seconds * 1000L);
                long thawed = System.currentTimeMillis();
                device.thaw();
                awaitGood();
                tell(kind, "thawed after " + seconds + " s, good", System.currentTimeMillis() - thawed);
                assertBadSamples(Quality.BAD_TIMEOUT);
            }
        }
    }

    private void awaitGood() {
        for (String signal : SIGNALS) {
            recorder.awaitValue(signal, Value.of(1L));
        }
    }

    /// Waits for the first bad sample of each signal.
    ///
    /// @return when the last of these was received, milliseconds since the epoch
    private long awaitBad(Quality quality) {
        long last = 0;
        for (String signal : SIGNALS) {
            Await.until(signal + " is bad", () -> bad(signal).findFirst().isPresent());
            Sample first = bad(signal).findFirst().orElseThrow();
            assertEquals(quality, first.quality());
            assertEquals(Value.missing(), first.value());
            assertEquals(first.receivedNanos(), first.sourceNanos());
            last = Math.max(last, first.receivedNanos() / 1_000_000);
        }
        return last;
    }

    private void assertBadSamples(Quality... expected) {
        for (String signal : SIGNALS) {
            assertEquals(List.of(expected), bad(signal).map(Sample::quality).toList(), signal);
        }
    }

    private Stream<Sample> bad(String signal) {
        return recorder.of(signal).stream().filter(s -> s.quality().isBad());
    }

    /// What depends on how fast the machine starts a process is told, not held.
    private static void tell(Device kind, String what, long millis) {
        System.out.println(kind + " " + what + " after " + millis + " ms");
    }

    private static void report(Device kind, String what, long millis) {
        tell(kind, what, millis);
        assertTrue(millis < SOON.toMillis(), kind + " " + what + " after " + millis + " ms");
    }
}
