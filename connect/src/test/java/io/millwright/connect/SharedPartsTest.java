package io.millwright.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.connect.modbus.ModbusTcpProtocol;
import io.millwright.connect.opcua.OpcUaProtocol;
import io.millwright.model.Connection;
import io.millwright.model.Quality;
import io.millwright.testkit.Property;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What every driver relies on.
final class SharedPartsTest {

    private final Protocols protocols = Protocols.of(new ModbusTcpProtocol(), new OpcUaProtocol());

    /// A returned device must be found soon, and a thousand links must not knock at once.
    @Test
    void pausesDoubleUpToTheLongestAndAreJittered() {
        Property.check(200, random -> {
            var retry = new RetrySchedule(random);
            long bound = RetrySchedule.FIRST.toNanos();
            for (int i = 0; i < 20; i++) {
                long pause = retry.next().toNanos();
                assertTrue(pause >= bound / 2 && pause <= bound, pause + " within half of " + bound);
                bound = Math.min(2 * bound, RetrySchedule.LONGEST.toNanos());
            }
            retry.succeeded();
            assertTrue(retry.next().compareTo(RetrySchedule.FIRST) <= 0);
        });
    }

    @Test
    void bareEndpointBecomesAConnection() {
        Connection modbus = protocols.parse("modbus-tcp://plc:1502?unit=7&order=cdab");
        assertEquals("modbus-tcp", modbus.protocol());
        assertEquals(Map.of("unit", "7", "order", "cdab"), modbus.settings());
        Connection opcUa = protocols.parse("opc.tcp://host:4840/path?security=None");
        assertEquals("opc-ua", opcUa.protocol());
        assertEquals("opc.tcp://host:4840/path", opcUa.endpoint());
    }

    @Test
    void wrongBareEndpointSaysWhatWouldBeRight() {
        assertTrue(refusal("host:502").contains("opc.tcp://"));
        assertTrue(refusal("ftp://host").contains("modbus-tcp://"));
        assertTrue(refusal("modbus-tcp://host?unit=300").contains("0 to 255"));
        assertTrue(refusal("modbus-tcp://host?speed=9600").contains("timeout"));
        assertTrue(refusal("modbus-tcp://host?unit").contains("name=value"));
        assertTrue(refusal("modbus-tcp://host:99999").contains("65535"));
        assertTrue(refusal("opc.tcp://host?security=Basic128").contains("Aes256_Sha256_RsaPss"));
        assertTrue(refusal("opc.tcp://host?password=x").contains("password-file"));
        assertTrue(
                refusal("opc.tcp://host?user=x&password-file=y&security=None").contains("password"));
    }

    private String refusal(String endpoint) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, () -> protocols.parse(endpoint))
                .getMessage());
    }

    @Test
    void everyMistakeOfAConnectionIsReportedAtOnce() {
        var connection = new Connection(
                "plc", "modbus-tcp", "no host", Map.of("unit", "x", "timeout", "5", "order", "zyx", "colour", "red"));
        assertEquals(
                5,
                protocols.check(connection).size(),
                protocols.check(connection).toString());
        var unknown = new Connection("plc", "profibus", "host", Map.of());
        assertTrue(protocols.check(unknown).getFirst().message().contains("modbus-tcp, opc-ua"));
    }

    /// One sample per signal for each reason, however often the reason is noticed; a good one in between counts.
    @Test
    void signalsTurnBadOncePerReason() {
        var recorder = new Recorder();
        var delivery = new Delivery(recorder.context(Path.of("unused")), List.of(Signals.of("a/b", "x")));
        delivery.allBad(Quality.BAD_TIMEOUT);
        delivery.allBad(Quality.BAD_TIMEOUT);
        delivery.allBad(Quality.BAD_NOT_CONNECTED);
        assertEquals(
                List.of(Quality.BAD_TIMEOUT, Quality.BAD_NOT_CONNECTED),
                recorder.of("a/b").stream().map(s -> s.quality()).toList());
    }

    @Test
    void ipv6HostsAreRead() {
        assertEquals(new HostPort("::1", 502), HostPort.parse("[::1]", 502));
        assertEquals(new HostPort("fe80::1", 1502), HostPort.parse("[fe80::1]:1502", 502));
        assertEquals("[::1]:502", new HostPort("::1", 502).toString());
        assertThrows(IllegalArgumentException.class, () -> HostPort.parse("a b", 502));
    }
}
