package io.millwright.connect.modbus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.connect.LinkException;
import io.millwright.model.Connection;
import io.millwright.model.Quality;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Who writes outputs may ask a session that another thread has closed meanwhile.
@Timeout(60)
final class ModbusSessionTest {
    private static final ThreadFactory OWN = Thread.ofPlatform().daemon().factory();

    @Test
    void aClosedSessionSaysSo() throws Exception {
        try (var device = new ModbusDevice(ModbusDevice.freePort())) {
            device.holding(0, 42);
            for (Optional<ThreadFactory> prompt :
                    java.util.List.of(Optional.of(OWN), Optional.<ThreadFactory>empty())) {
                var session = ModbusSession.open(settings(device.port()), prompt);
                assertArrayEquals(new byte[] {0, 42}, session.read(Table.HOLDING, 0, 1));
                session.close();
                var closed = assertThrows(LinkException.class, () -> session.read(Table.HOLDING, 0, 1));
                assertEquals(Quality.BAD_NO_COMMUNICATION, closed.quality());
                assertThrows(LinkException.class, () -> session.writeRegisters(0, new byte[] {0, 1}, () -> true));
            }
        }
    }

    /// Whether it may be written is asked by who writes, and again by the thread that sends, which may come to it
    /// later.
    @Test
    void whatIsForbiddenMeanwhileIsNotSent() throws Exception {
        try (var device = new ModbusDevice(ModbusDevice.freePort())) {
            device.holding(0, 42);
            var session = ModbusSession.open(settings(device.port()), Optional.of(OWN));
            var asked = new AtomicInteger();
            assertFalse(session.writeRegisters(0, new byte[] {0, 7}, () -> asked.incrementAndGet() == 1));
            assertArrayEquals(new byte[] {0, 42}, session.read(Table.HOLDING, 0, 1), "and goes on");
            assertTrue(session.writeRegisters(0, new byte[] {0, 8}, () -> true));
            assertArrayEquals(new byte[] {0, 8}, session.read(Table.HOLDING, 0, 1));
            session.close();
        }
    }

    /// A device that is silent must not find a value that is not allowed any more when it speaks again: the connection
    /// is broken off, by which what was not sent is forgotten. Its usual patience here is 10 s.
    @Test
    void aWriteThatIsForbiddenWhileItIsUnderWayIsBrokenOff() throws Exception {
        try (var door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var session = ModbusSession.open(settings(door.getLocalPort()), Optional.of(OWN));
            try (var silent = door.accept()) {
                var allowed = new AtomicBoolean(true);
                var writer = new FutureTask<>(() -> assertThrows(
                        LinkException.class, () -> session.writeRegisters(0, new byte[] {0, 1}, allowed::get)));
                Thread.ofPlatform().daemon().start(writer);
                // A request to write one register is 12 octets long.
                assertEquals(12, silent.getInputStream().readNBytes(12).length);
                allowed.set(false);
                assertEquals(
                        Quality.BAD_TIMEOUT, writer.get(5, TimeUnit.SECONDS).quality());
                session.close();
                assertThrows(
                        SocketException.class, () -> silent.getInputStream().read());
            }
        }
    }

    private static ModbusSettings settings(int port) {
        var connection = new Connection("plc", "modbus-tcp", "127.0.0.1:" + port, Map.of("timeout", "10s"));
        return ModbusSettings.read(connection, new ArrayList<>());
    }
}
