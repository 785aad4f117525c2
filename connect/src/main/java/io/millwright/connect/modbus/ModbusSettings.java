package io.millwright.connect.modbus;

import io.millwright.connect.HostPort;
import io.millwright.connect.Protocol.Problem;
import io.millwright.connect.Settings;
import io.millwright.model.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// What a connection of Modbus TCP is made of.
///
/// @param address where the device listens
/// @param unit the unit identifier, 0 to 255
/// @param timeout how long an answer may take, and opening the connection
/// @param order the byte order of points that give none
/// @param gap how many unused addresses one request may read to join two points
record ModbusSettings(HostPort address, int unit, Duration timeout, ByteOrder order, int gap) {

    private static final int PORT = 502;
    private static final Set<String> KEYS = Set.of("unit", "timeout", "order", "gap");
    private static final HostPort NOWHERE = new HostPort("localhost", PORT);

    /// Reads a connection, noting what is wrong with it.
    static ModbusSettings read(Connection connection, List<Problem> problems) {
        var settings = new Settings(connection);
        HostPort address = NOWHERE;
        try {
            address = HostPort.parse(connection.endpoint().replaceFirst("^modbus-tcp://", ""), PORT);
        } catch (IllegalArgumentException e) {
            settings.problem("endpoint", String.valueOf(e.getMessage()));
        }
        int unit = settings.integer("unit", 0, 255, 1);
        Duration timeout =
                settings.duration("timeout", Duration.ofMillis(10), Duration.ofMinutes(1), Duration.ofSeconds(1));
        String order = settings.choice("order", List.of("abcd", "badc", "cdab", "dcba"), "abcd");
        int gap = settings.integer("gap", 0, 124, 8);
        settings.allow(KEYS);
        problems.addAll(settings.problems());
        return new ModbusSettings(address, unit, timeout, ByteOrder.named(order).orElseThrow(), gap);
    }
}
