package io.millwright.process;

import io.millwright.model.Time;
import io.millwright.process.plant.DemoPlant;
import io.millwright.process.serve.EdgeDevices;
import io.millwright.process.serve.EmbeddedBroker;
import io.millwright.process.serve.Ledger;
import io.millwright.process.serve.ModbusPointServer;
import io.millwright.process.serve.OpcUaPointServer;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The devices of the demonstration plant, running: a controller of tanks on Modbus TCP, a pump set on OPC UA, meters
/// on Sparkplug B, the broker between, and faults as OPC UA nodes.
///
/// ```java
/// try (var machines = Machines.start(MachinesSettings.in(folder).onAnyPort(), Time.system())) {
///     System.out.println(machines.endpoints());
/// }
/// ```
public final class Machines implements AutoCloseable {

    /// The Sparkplug group and the edge node of the meters.
    public static final String GROUP = "riverside";
    /// See [#GROUP].
    public static final String EDGE_NODE = "panel-1";

    private static final Logger LOG = LoggerFactory.getLogger(Machines.class);
    private static final int UNIT = 1;
    /// So many values wait for an OPC UA client between two publishings: ten seconds of the tick.
    private static final int QUEUE = 100;

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final Ledgers ledgers;
    private final Endpoints endpoints;
    private final DemoPlant plant;

    /// One ledger for all, and a count for each protocol.
    private record Ledgers(Ledger all, Ledger opcUa, Ledger modbus, Ledger sparkplug) {}

    /// Where the devices answer.
    ///
    /// @param modbus `host:port`
    /// @param opcUa `opc.tcp://host:port`
    /// @param mqtt `mqtt://host:port`
    public record Endpoints(String modbus, String opcUa, String mqtt) {}

    private Machines(MachinesSettings settings, Time time) throws IOException {
        Ledger all = settings.ledger().isPresent() ? Ledger.in(settings.ledger().get()) : Ledger.counting();
        open.push(all);
        ledgers = new Ledgers(all, all.part(), all.part(), all.part());
        plant = new DemoPlant(settings.seed(), settings.tick(), settings.loadSignals(), settings.loadEvery(), time);
        open.push(plant);
        endpoints = serve(settings, time);
    }

    /// Starts the devices.
    ///
    /// @throws PortTaken if a port is taken
    /// @throws IOException if the folder cannot be used or the broker does not start
    public static Machines start(MachinesSettings settings, Time time) throws IOException {
        return new Machines(settings, time);
    }

    /// The devices with servers of their own come first and live at once: the broker takes some seconds to start.
    private Endpoints serve(MachinesSettings settings, Time time) throws IOException {
        try {
            var tanks = plant.tanks();
            var modbus = opened(ModbusPointServer.start(
                    settings.modbusPort(), UNIT, tanks.input(), tanks.holding(), ledgers.modbus(), time));
            plant.reactToModbusFaults(modbus::behave);
            plant.run();
            var opcUa = opened(OpcUaPointServer.start(
                    settings.opcUaPort(),
                    settings.folder().resolve("opc-ua"),
                    plant.opcUaPoints(),
                    QUEUE,
                    ledgers.opcUa(),
                    time));
            return new Endpoints(
                    "127.0.0.1:" + modbus.port(), "opc.tcp://127.0.0.1:" + opcUa.port(), serveMeters(settings, time));
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /// @return the broker's address
    private String serveMeters(MachinesSettings settings, Time time) throws IOException {
        String broker = settings.broker().orElse("");
        if (broker.isEmpty()) {
            int port = opened(EmbeddedBroker.start(
                            settings.brokerPort(), settings.folder().resolve("broker")))
                    .port();
            broker = "mqtt://127.0.0.1:" + port;
        }
        var meters = opened(EdgeDevices.start(
                broker,
                GROUP,
                EDGE_NODE,
                settings.primaryHost(),
                plant.meters().asDevices(),
                ledgers.sparkplug(),
                time));
        plant.publishMeters(meters);
        return broker;
    }

    private <T extends AutoCloseable> T opened(T server) {
        open.push(server);
        return server;
    }

    /// Where the devices answer.
    public Endpoints endpoints() {
        return endpoints;
    }

    /// How many values were produced so far, by protocol; what that means is told by [Ledger].
    public Map<String, Long> produced() {
        return Map.of(
                "opc-ua", ledgers.opcUa().entries(),
                "modbus-tcp", ledgers.modbus().entries(),
                "sparkplug", ledgers.sparkplug().entries());
    }

    /// Stops producing: nothing moves any more, while the servers still deliver what is on its way; Modbus stays
    /// silent. The ledger is complete afterwards.
    public void quiet() throws IOException {
        plant.stop();
        for (var server : List.copyOf(open)) {
            if (server instanceof ModbusPointServer modbus) {
                modbus.behave(ModbusPointServer.Habit.SILENT);
            }
        }
        ledgers.all().flush();
    }

    @Override
    public void close() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                LOG.debug("closing", e);
            }
        }
    }
}
