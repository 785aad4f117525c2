package io.millwright.node.runtime;

import io.millwright.connect.LinkContext;
import io.millwright.connect.LinkException;
import io.millwright.connect.Protocols;
import io.millwright.model.Connection;
import io.millwright.model.Plant;
import io.millwright.model.Range;
import io.millwright.model.Time;
import io.millwright.model.Value;
import io.millwright.process.serve.Ledger;
import io.millwright.process.serve.ModbusPointServer;
import io.millwright.process.serve.Point;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes to a device of this process again and again, so that the code that writes is loaded and compiled
/// before a PLC that stands by needs it: it writes to the devices of the plant only once it takes over, and
/// then at once. Of Modbus TCP.
final class WriteRehearsal {
    private static final Logger LOG = LoggerFactory.getLogger(WriteRehearsal.class);
    private static final String PROTOCOL = "modbus-tcp";
    private static final int ROUNDS = 500;

    private WriteRehearsal() {}

    /// Rehearses, where the plant has such devices.
    static void run(Plant plant, Protocols protocols, Path security, Time time) {
        if (plant.connections().stream().anyMatch(c -> c.protocol().equals(PROTOCOL))) {
            rehearse(protocols, security, time);
        }
    }

    private static void rehearse(Protocols protocols, Path security, Time time) {
        var point = Point.commanded("rehearsal", "1", "", Point.Kind.REAL, new Range(0, ROUNDS), _ -> {});
        try (var device = ModbusPointServer.start(0, 1, List.of(), List.of(point), Ledger.counting(), time);
                var link = protocols.open(
                        new Connection("rehearsal", PROTOCOL, "127.0.0.1:" + device.port(), Map.of("unit", "1")),
                        new LinkContext(time, _ -> CompletableFuture.allOf(), _ -> {}, security))) {
            for (int i = 0; i < ROUNDS; i++) {
                var _ = link.write("holding/0:float32", Value.of((double) i), () -> true);
            }
        } catch (LinkException | RuntimeException e) {
            LOG.info("writes were not rehearsed: {}", e.getMessage());
        }
    }
}
