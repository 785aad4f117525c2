package io.millwright.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.connect.modbus.ModbusTcpProtocol;
import io.millwright.connect.opcua.OpcUaProtocol;
import io.millwright.connect.sparkplug.SparkplugProtocol;
import io.millwright.model.Quality;
import io.millwright.model.Time;
import io.millwright.model.Value;
import io.millwright.process.plant.Fault;
import io.millwright.process.serve.Ledger;
import io.millwright.process.serve.PortTaken;
import io.millwright.testkit.Await;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The running devices, collected from with the platform's own drivers over real sockets.
class MachinesTest {

    private static final Duration TICK = Duration.ofMillis(100);
    private static final List<String> PUMP = List.of("ns=2;s=pump-1.speed", "ns=2;s=pump-1.vibration");

    @TempDir
    static Path folder;

    private static Machines machines;

    @BeforeAll
    static void start() throws Exception {
        machines = Machines.start(
                MachinesSettings.in(folder.resolve("machines")).onAnyPort().withLedger(folder.resolve("ledger")),
                Time.system());
    }

    @AfterAll
    static void stop() {
        machines.close();
    }

    private static void await(String what, Callable<Boolean> condition) {
        Await.until(what, condition);
    }

    /// What was produced is what is collected: the honest check of the demonstration, over all three protocols.
    @Test
    void everyValueOfTheLedgerIsCollected() throws Exception {
        try (var own = Machines.start(
                        MachinesSettings.in(folder.resolve("own"))
                                .onAnyPort()
                                .withLedger(folder.resolve("own-ledger"))
                                .withLoad(200, Duration.ofMillis(50)),
                        Time.system());
                var collected = new Collected(folder.resolve("client"))) {
            var at = own.endpoints();
            var load = java.util.stream.IntStream.range(0, 200).mapToObj("ns=2;s=load.%05d"::formatted);
            var opcUa = java.util.stream.Stream.concat(PUMP.stream(), load).toList();
            collected
                    .open(new OpcUaProtocol(), at.opcUa(), Map.of("security", "None"))
                    .start(opcUa.stream()
                            .map(p -> Collected.signal("opc-ua", p, TICK))
                            .toList());
            collected
                    .open(new ModbusTcpProtocol(), at.modbus(), Map.of("unit", "1"))
                    .start(List.of(
                            Collected.signal("modbus-tcp", "input/0:float32", TICK),
                            Collected.signal("modbus-tcp", "holding/8:float32", TICK)));
            String active = "panel-1/meter-1/power/active";
            collected
                    .open(new SparkplugProtocol(), at.mqtt(), Map.of("group", Machines.GROUP))
                    .start(List.of(Collected.signal("sparkplug", active, Duration.ofSeconds(1))));
            await(
                    "values of all three protocols",
                    () -> collected.good(PUMP.getFirst()).size() > 20
                            && collected.good("input/0:float32").size() > 20
                            && collected.good(active).size() > 2);
            own.quiet();
            var ledger = Ledger.read(folder.resolve("own-ledger"));
            for (var point : opcUa) {
                assertTrue(ledger.get(point).size() > 10, point);
                await(point, () -> collected.sourceTimes(point).containsAll(ledger.get(point)));
            }
            long firstSeen =
                    collected.sourceTimes(active).stream().sorted().findFirst().orElseThrow();
            await(
                    active,
                    () -> collected
                            .sourceTimes(active)
                            .containsAll(ledger.get(active).stream()
                                    .filter(t -> t >= firstSeen)
                                    .toList()));
            // One read may have been answered after the client stopped listening, none may be missing before.
            int answered = ledger.get("input/0:float32").size();
            await(
                    "Modbus answers",
                    () -> Math.abs(collected.good("input/0:float32").size() - answered) <= 1);
        }
    }

    @Test
    void tanksStayNearTheOperatingPointAndObeyTheSetPoint() throws Exception {
        try (var collected = new Collected(folder.resolve("client"))) {
            var link =
                    collected.open(new ModbusTcpProtocol(), machines.endpoints().modbus(), Map.of("unit", "1"));
            double level = link.read("input/0:float32").value().asDouble();
            assertEquals(12.4, level, 0.5);
            assertEquals(
                    13.0,
                    link.write("holding/8:float32", Value.of(13.0)).value().asDouble());
            await(
                    "the simulated controller raises pump 1",
                    () -> link.read("holding/0:float32").value().asDouble() > 3.4);
            assertThrows(
                    Exception.class, () -> link.write("holding/8:float32", Value.of(25.0)), "higher than the tank");
        }
    }

    /// OPC 10000-7: the secure endpoint takes a trusted client only, and is encrypted.
    @Test
    void secureEndpointServesTrustedClientsOnly() throws Exception {
        Path client = folder.resolve("secure-client");
        Path server = folder.resolve("machines/opc-ua");
        try (var collected = new Collected(client)) {
            Files.createDirectories(client.resolve("trusted"));
            Files.copy(server.resolve("own/server.der"), client.resolve("trusted/server.der"));
            var settings = Map.of("security", "Basic256Sha256");
            var link = collected.open(new OpcUaProtocol(), machines.endpoints().opcUa(), settings);
            assertThrows(Exception.class, () -> link.read(PUMP.getFirst()));
            Files.copy(client.resolve("own/certificate.der"), server.resolve("trusted/certs/client.der"));
            await("a trusted client reads", () -> {
                try {
                    return link.read(PUMP.getFirst()).quality().isGood();
                } catch (io.millwright.connect.LinkException e) {
                    return false;
                }
            });
        }
    }

    @Test
    void faultsAreSwitchedByAWrite() throws Exception {
        try (var collected = new Collected(folder.resolve("client"))) {
            var link = collected.open(new OpcUaProtocol(), machines.endpoints().opcUa(), Map.of("security", "None"));
            for (var fault : Fault.values()) {
                assertTrue(link.read(fault.node()).quality().isGood(), fault.text());
            }
            link.write(Fault.BEARING_OUTER_RACE.node(), Value.of(5.0));
            await(
                    "the defect shows at BPFO",
                    () -> link.read("ns=2;s=pump-1.vibration-bpfo").value().asDouble() > 3);
            assertTrue(link.read("ns=2;s=pump-1.zone").value().asDouble() >= 3);
            link.write(Fault.BEARING_OUTER_RACE.node(), Value.of(0.0));
            link.write(Fault.PHASE_LOSS.node(), Value.of(true));
            await(
                    "phase 3 carries nothing",
                    () -> link.read("ns=2;s=pump-1.current-3").value().asDouble() == 0);
            link.write(Fault.PHASE_LOSS.node(), Value.of(false));
            assertThrows(Exception.class, () -> link.write(Fault.TANK_1_LEAK.node(), Value.of(-1.0)));
            assertThrows(Exception.class, () -> link.write("ns=2;s=pump-1.speed", Value.of(1.0)));
        }
    }

    /// A device behind an edge node that dies makes its own signals bad, at once, and no others.
    @Test
    void meterThatGoesOfflineDiesAndComesBack() throws Exception {
        try (var collected = new Collected(folder.resolve("client"))) {
            var faults =
                    collected.open(new OpcUaProtocol(), machines.endpoints().opcUa(), Map.of("security", "None"));
            String dying = "panel-1/meter-2/power/active";
            collected
                    .open(new SparkplugProtocol(), machines.endpoints().mqtt(), Map.of("group", Machines.GROUP))
                    .start(List.of(Collected.signal("sparkplug", dying, TICK)));
            await("the meter lives", () -> !collected.good(dying).isEmpty());
            faults.write(Fault.METER_2_OFFLINE.node(), Value.of(true));
            await(
                    "its death is seen",
                    () -> collected.samples.getLast().quality().isBad());
            int before = collected.good(dying).size();
            faults.write(Fault.METER_2_OFFLINE.node(), Value.of(false));
            await("it is back", () -> collected.good(dying).size() > before);
        }
    }

    @Test
    void modbusDeviceCanFailAndFallSilent() throws Exception {
        try (var collected = new Collected(folder.resolve("client"))) {
            var faults =
                    collected.open(new OpcUaProtocol(), machines.endpoints().opcUa(), Map.of("security", "None"));
            var link =
                    collected.open(new ModbusTcpProtocol(), machines.endpoints().modbus(), Map.of("unit", "1"));
            faults.write(Fault.MODBUS_FAILING.node(), Value.of(true));
            try {
                var reading = link.read("input/0:float32");
                assertEquals(Quality.BAD_DEVICE_FAILURE, reading.quality());
            } catch (io.millwright.connect.LinkException e) {
                assertTrue(e.getMessage().contains("server device failure"), e.getMessage());
            } finally {
                faults.write(Fault.MODBUS_FAILING.node(), Value.of(false));
            }
            await(
                    "it answers again",
                    () -> link.read("input/0:float32").quality().isGood());
        }
    }

    @Test
    void takenPortIsNamed() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var usual = MachinesSettings.in(folder.resolve("taken"));
            var settings = new MachinesSettings(
                    taken.getLocalPort(),
                    0,
                    0,
                    usual.broker(),
                    usual.primaryHost(),
                    usual.folder(),
                    usual.ledger(),
                    1,
                    usual.tick(),
                    0,
                    usual.loadEvery());
            var refused = assertThrows(PortTaken.class, () -> Machines.start(settings, Time.system()));
            assertTrue(refused.getMessage().contains("port " + taken.getLocalPort()), refused.getMessage());
            assertTrue(refused.getMessage().contains("--any-port"), refused.getMessage());
        }
    }

    @Test
    void processPrintsItsPortsObeysAndEndsWithItsInput() {
        var out = new ByteArrayOutputStream();
        int status = MachinesMain.run(
                MachinesSettings.in(folder.resolve("process")).onAnyPort(),
                new ByteArrayInputStream("produced\nquiet\n".getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                System.err);
        assertEquals(0, status);
        var lines = out.toString(StandardCharsets.UTF_8).lines().toList();
        assertTrue(
                lines.getFirst().matches("\\{\"modbus\":\"127.0.0.1:\\d+\",\"opcUa\":\"opc.tcp://.*"),
                lines.getFirst());
        assertTrue(lines.getLast().startsWith("{\"quiet\":true,\"produced\":{\"opc-ua\":"), lines.getLast());
    }
}
