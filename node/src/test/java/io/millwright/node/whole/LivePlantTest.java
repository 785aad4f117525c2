package io.millwright.node.whole;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.testkit.Await;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import net.handle.hdllib.HandleResolver;
import net.handle.hdllib.Interface;
import net.handle.hdllib.ResolutionRequest;
import net.handle.hdllib.ResolutionResponse;
import net.handle.hdllib.ServerInfo;
import net.handle.hdllib.SiteInfo;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A plant with its machines, and what a user does with it and to it. Each test finds every signal good.
class LivePlantTest {

    /// OPC UA Part 4, table 178: what may be said of a value whose device cannot be reached.
    private static final Set<String> UNREACHABLE = Set.of(
            "BadNoCommunication",
            "BadCommunicationError",
            "BadConnectionClosed",
            "BadNotConnected",
            "BadTimeout",
            "BadOutOfService");

    @TempDir
    private static Path folder;

    private static LivePlant plant;

    @BeforeAll
    static void start() throws Exception {
        plant = new LivePlant(folder);
    }

    @AfterAll
    static void stop() {
        plant.close();
    }

    @BeforeEach
    void allGood() {
        plant.awaitAllGood();
    }

    @Test
    void machinesThatDieTurnEverySignalBadWithTheReasonAndGoodAgainWhenTheyAreBack() throws Exception {
        plant.killMachines();
        Await.until(
                "no signal is good",
                () -> plant.get("/state").get("signals").get("good").asInt() == 0);
        assertEquals(3, plant.get("/state").get("connections").size());
        for (int i = 0; i < 3; i++) {
            // While it tries once more, it does not know yet why it will not do.
            String at = "/connections/" + i;
            Await.until(
                    "the connection says why",
                    () -> !plant.get("/state").at(at + "/reason").asString().isBlank());
            Await.until(
                    "and does so by a code",
                    () -> !plant.get("/state").at(at + "/code").asString().isBlank());
        }
        for (var connection : plant.get("/state").get("connections")) {
            assertFalse(connection.get("state").asString().equalsIgnoreCase("connected"), connection.toString());
            assertEquals(
                    connection.get("signals").asInt(), connection.get("bad").asInt(), connection.toString());
        }
        for (var value : plant.get("/values")) {
            var quality = value.get("quality").get("name").asString();
            assertTrue(UNREACHABLE.contains(quality), value.toString());
        }
        plant.startMachinesAgain();
        plant.awaitAllGood();
    }

    /// History over HTTP is what was acknowledged as durable: all of it must be there afterwards, unchanged.
    @Test
    void whatWasShownAsKeptIsStillThereAfterTheNodeIsKilled() throws Exception {
        var signals = List.of("tank-1/level", "pump-1/flow", "meter-1/active-energy");
        Map<String, Map<Double, String>> before = new HashMap<>();
        for (var signal : signals) {
            before.put(signal, samples(plant.history(signal)));
            assertFalse(before.get(signal).isEmpty(), signal);
        }
        plant.killAndStartUpAgain();
        for (var signal : signals) {
            var after = samples(plant.history(signal));
            before.get(signal).forEach((time, sample) -> assertEquals(sample, after.get(time), signal + " at " + time));
        }
    }

    private static Map<Double, String> samples(JsonNode history) {
        assertEquals("raw", history.get("kind").asString());
        var samples = new HashMap<Double, String>();
        for (int i = 0; i < history.get("times").size(); i++) {
            samples.put(
                    history.get("times").get(i).asDouble(),
                    history.get("values").get(i) + " " + history.get("status").get(i) + " "
                            + history.get("receiveTimes").get(i));
        }
        return samples;
    }

    @Test
    void aSecondNodeOnTheSameFolderOrPortsIsRefusedInOneLine() throws Exception {
        try (var sameFolder = up(plant.data, "127.0.0.1:0", "127.0.0.1:0");
                var samePort = up(folder.resolve("other"), plant.http(), "127.0.0.1:0");
                var sameHandlePort = up(folder.resolve("third"), "127.0.0.1:0", plant.identifiers());
                var sameMachines = MwProcess.start(
                        folder,
                        "machines",
                        "--any-port",
                        "--modbus-port",
                        LivePlant.port(plant.modbus),
                        "--data",
                        "more")) {
            sameFolder.ended().saysOneLine(2, plant.data.toString());
            samePort.ended().saysOneLine(2, LivePlant.port(plant.http()));
            sameHandlePort.ended().saysOneLine(2, LivePlant.port(plant.identifiers()));
            sameMachines.ended().saysOneLine(2, LivePlant.port(plant.modbus));
        }
    }

    private static MwProcess up(Path data, String http, String handle) {
        return MwProcess.start(
                folder,
                "up",
                plant.plantFile.toString(),
                "--data",
                data.toString(),
                "--http",
                http,
                "--handle",
                handle);
    }

    /// Both ways of asking give the same samples: the folder's, once nobody uses it, and the running node's.
    @Test
    void historyIsExportedFromTheRunningNode() throws Exception {
        var file = folder.resolve("level.csv");
        var at = "http://" + plant.http();
        var export = plant.mw("data", "export", "tank-1/level", "-o", file.toString(), "--at", at, "--json");
        assertEquals(0, export.status(), export.err());
        var rows = Files.readAllLines(file);
        assertEquals(export.json().get("samples").asInt(), rows.size() - 1);
        var samples = plant.history("tank-1/level");
        assertTrue(rows.size() > 1 && rows.size() - 1 <= samples.get("times").size(), rows.size() + " rows");
        for (int i = 1; i < rows.size(); i++) {
            double millis = samples.get("times").get(i - 1).asDouble();
            var cells = rows.get(i).split(",", -1);
            var time = Instant.parse(cells[1]);
            assertEquals(millis, time.getEpochSecond() * 1e3 + time.getNano() / 1e6, 1e-3, rows.get(i));
            assertEquals(samples.get("status").get(i - 1).asLong() == 0, cells[3].equals("Good"), rows.get(i));
        }
    }

    @Test
    void aFaultIsSeenInASignal() throws Exception {
        var set = plant.mw("fault", "set", "bearing-outer-race", "15", "--endpoint", plant.opcUa);
        assertEquals(0, set.status(), set.err());
        Await.until("the outer race is heard", () -> plant.value("pump-1/vibration-bpfo") > 5);
        var clear = plant.mw("fault", "clear", "bearing-outer-race", "--endpoint", plant.opcUa);
        assertEquals(0, clear.status(), clear.err());
        Await.until("it is quiet again", () -> plant.value("pump-1/vibration-bpfo") < 5);
        plant.mw("fault", "set", "no-such-fault").saysOneLine(2, "no-such-fault", "tank-1-leak");
    }

    @Test
    void aPointIsReadByBareEndpointAndByTheNameOfItsConnection() throws Exception {
        var bare = "modbus-tcp://" + plant.modbus + "?unit=1";
        var bareRead = plant.mw("read", bare, "input/0:float32", "--json");
        assertEquals(0, bareRead.status(), bareRead.err());
        double level = bareRead.json().get("value").asDouble();
        assertTrue(level > 0 && level <= 20, "a tank is 20 cm high: " + level);
        var file = plant.plantFile.toString();
        var security = plant.data.resolve("security").toString();
        var named =
                plant.mw("read", "line-opc", "ns=2;s=pump-1.speed", "--plant", file, "--security", security, "--json");
        assertEquals(0, named.status(), named.err());
        assertTrue(named.json().get("value").asDouble() > 0, named.out());
        var written = plant.mw("write", "plc-io", "holding/8:float32", "12.5", "--plant", file, "--json");
        assertEquals(0, written.status(), written.err());
        assertEquals(12.5, written.json().get("value").asDouble());
        Await.until("the set-point is seen", () -> plant.value("tank-1/set-point") == 12.5);
        var browsed = plant.mw("browse", plant.opcUa + "?security=None", "--json");
        assertEquals(0, browsed.status(), browsed.err());
        assertTrue(browsed.out().contains("ns=2;s=pump-1.flow"), browsed.out());
        plant.mw("read", "no-such", "input/0", "--plant", file).saysOneLine(2, "no-such", "plc-io");
        plant.mw("read", bare, "inptu/0:float32").saysOneLine(2, "inptu");
    }

    @Test
    void anIdentifierLeadsToTheAsset() throws Exception {
        var resolved = plant.mw("id", "resolve", "88.118.7/tank-1", "--at", plant.identifiers(), "--json");
        assertEquals(0, resolved.status(), resolved.err());
        assertEquals("ProcessTank", resolved.json().get("type").asString());
        assertEquals("riverside/hall-a/line-1", resolved.json().get("place").asString());
        var live = resolved.json().get("signals").get(0).get("live").asString();
        assertEquals("http://" + plant.http() + "/api/v1/values?signal=tank-1/level", live);
        assertEquals(1, plant.get(live.replaceFirst(".*/api/v1", "")).size());
        var url = resolved.json().get("url").asString();
        assertEquals("http://" + plant.http() + "/#/identifiers/88.118.7/tank-1", url);
        var api = plant.get("/identifiers/88.118.7/tank-1").get("values");
        assertTrue(api.toString().contains("300:0.NA/88.118.7"), "HS_ADMIN is readable: " + api);
        plant.mw("id", "resolve", "88.118.7/none", "--at", plant.identifiers()).saysOneLine(1, "88.118.7/none");
    }

    /// The client that others wrote, given the node's address so that it never looks for the public root.
    @Test
    void thePublicHandleClientResolvesItToo() throws Exception {
        var site = new SiteInfo();
        site.servers = new ServerInfo[] {new ServerInfo()};
        site.servers[0].ipAddress = new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 127, 0, 0, 1};
        int port = Integer.parseInt(LivePlant.port(plant.identifiers()));
        site.servers[0].interfaces = new Interface[] {new Interface(Interface.ST_QUERY, Interface.SP_HDL_TCP, port)};
        var request = new ResolutionRequest("88.118.7/pump-1".getBytes(StandardCharsets.UTF_8), null, null, null);
        var response = new HandleResolver().sendRequestToSite(request, site);
        var values = assertInstanceOf(ResolutionResponse.class, response, String.valueOf(response))
                .getHandleValues();
        var types = Arrays.stream(values).map(v -> v.getTypeAsString()).collect(Collectors.toSet());
        assertTrue(types.containsAll(Set.of("URL", "MILLWRIGHT.TYPE", "MILLWRIGHT.SIGNAL")), types.toString());
    }
}
