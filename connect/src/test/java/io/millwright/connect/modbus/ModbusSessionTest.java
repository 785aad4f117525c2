package io.millwright.connect.modbus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millwright.connect.LinkException;
import io.millwright.model.Connection;
import io.millwright.model.Quality;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
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

    private static ModbusSettings settings(int port) {
        var connection = new Connection("plc", "modbus-tcp", "127.0.0.1:" + port, Map.of("timeout", "10s"));
        return ModbusSettings.read(connection, new ArrayList<>());
    }
}
