package io.millwright.node.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.connect.LinkException;
import io.millwright.connect.Protocols;
import io.millwright.model.Asset;
import io.millwright.model.Connection;
import io.millwright.model.Identifier;
import io.millwright.model.Plant;
import io.millwright.model.PointAddress;
import io.millwright.model.Quality;
import io.millwright.model.Range;
import io.millwright.model.Sample;
import io.millwright.model.Signal;
import io.millwright.model.SignalName;
import io.millwright.model.Time;
import io.millwright.model.Unit;
import io.millwright.model.Value;
import io.millwright.node.runtime.PlantRuntime;
import io.millwright.node.runtime.RuntimeSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class HttpServerTest {

    private static final SignalName LEVEL = SignalName.of("tank-1", "level");
    private static final long T0 = 1_700_000_000_000_000_000L; // 2023-11-14T22:13:20Z
    private static final long SECOND = 1_000_000_000L;

    private final ScriptedProtocol device = new ScriptedProtocol();
    private final HttpClient client = HttpClient.newHttpClient();
    private final JsonMapper json = JsonMapper.shared();

    @TempDir
    private Path folder = Path.of(".");

    private PlantRuntime runtime;
    private HttpServer server;

    @BeforeEach
    void start() throws IOException, LinkException {
        runtime = PlantRuntime.start(plant(), Protocols.of(device), settings("node"), "test", Time.system());
        server = HttpServer.start(runtime, loopback(), Optional.empty());
        runtime.publish(URI.create("http://127.0.0.1:" + server.port() + "/"));
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        runtime.close();
        client.shutdownNow();
    }

    private static final String CELL = """
            {"switches": {"s": {"ports": 2}}, "stations": {"a": {}, "b": {}}, "links": [["a", "s"], ["s", "b"]],
             "streams": {"x": {"talker": "a", "listeners": ["b"], "size": "125B", "period": "1ms", "deadline": "10us"}}}
            """;

    /// 125 B are 1 µs on each link, and 2 µs of processing lie between.
    @Test
    void aNetworkIsPlannedOrRefusedWithReasons() throws Exception {
        assertEquals("{}", get("/network").get("streams").toString());
        var plan = json.readTree(
                send("POST", "/network/plan", "application/json", CELL).body());
        assertEquals("scheduled", plan.get("result").asString());
        assertTrue(plan.at("/verdict/verified").asBoolean());
        assertEquals(4000, plan.at("/streams/0/delay").asLong());
        assertEquals("s", plan.at("/streams/0/hops/1/from").asString());

        var late = json.readTree(send("POST", "/network/plan", "application/json", CELL.replace("10us", "3us"))
                .body());
        assertEquals("impossible", late.get("result").asString());
        assertEquals("x", late.at("/reasons/0/streams/0").asString());
        assertEquals("late", late.at("/reasons/0/message/code").asString());
        assertEquals(
                3000, late.at("/reasons/0/message/arguments/deadline/nanos").asLong());

        assertProblem(
                400,
                "unknown station",
                send("POST", "/network/plan", "application/json", CELL.replace("[\"b\"]", "\"c\"")));
        assertProblem(400, "flow node", send("POST", "/network/plan", "application/json", "{"));
        assertProblem(400, "no streams", send("POST", "/network/plan", "application/json", "{}"));
        assertProblem(400, "seconds", send("POST", "/network/plan?seconds=0", "application/json", CELL));
        assertProblem(
                413, "1048576 bytes", send("POST", "/network/plan", "application/json", " ".repeat((1 << 20) + 1)));
        assertProblem(415, "application/json", send("POST", "/network/plan", "text/plain", CELL));
    }

    @Test
    void thePlantIsToldWithItsAssetsSignalsAndConnections() throws Exception {
        var plant = get("/plant");
        assertEquals("riverside", plant.get("name").asString());
        var level = plant.get("assets").get(0).get("signals").get(0);
        assertEquals("tank-1/level", level.get("name").asString());
        assertEquals("cm", level.get("unit").asString());
        assertEquals(20, level.get("range").get("max").asDouble());
        assertFalse(level.get("writable").asBoolean());
    }

    @Test
    void aDurableValueIsTheLatestValueWithQualityAndBothTimes() throws Exception {
        device.deliver(sample(12.5, 0)).join();
        var value = get("/values?signal=tank-1/level").get(0);
        assertEquals(12.5, value.get("value").asDouble());
        assertEquals("Good", value.get("quality").get("name").asString());
        assertEquals("2023-11-14T22:13:20Z", value.get("sourceTime").asString());
        assertEquals("2023-11-14T22:13:20.005Z", value.get("receiveTime").asString());
    }

    @Test
    void aShortHistoryHasEverySampleAndALongOneSummaries() throws Exception {
        for (int i = 0; i < 10; i++) {
            device.deliver(sample(i, i * SECOND)).join();
        }
        String range = "&from=2023-11-14T22:13:20Z&to=" + (T0 / 1_000_000 + 10_000);
        var raw = get("/history?signal=tank-1/level&buckets=10" + range);
        assertEquals("raw", raw.get("kind").asString());
        assertEquals(10, raw.get("values").size());
        assertEquals(1_700_000_003_000.0, raw.get("times").get(3).asDouble());

        var buckets = get("/history?signal=tank-1/level&buckets=2" + range);
        assertEquals("buckets", buckets.get("kind").asString());
        assertEquals(5, buckets.get("count").get(1).asInt());
        assertEquals(5.0, buckets.get("min").get(1).asDouble());
        assertEquals(9.0, buckets.get("max").get(1).asDouble());
        assertEquals(7.0, buckets.get("mean").get(1).asDouble());
    }

    @Test
    void aWriteReachesTheDeviceAndAnswersWhatItHolds() throws Exception {
        var answer = send("PUT", "/values/tank-1/inlet", "application/json", "{\"value\": 3}");
        assertEquals(200, answer.statusCode(), answer.body());
        assertEquals(Value.of(3L), device.written.get("holding/0:float32"));
        assertEquals(3, json.readTree(answer.body()).get("value").asInt());
    }

    @Test
    void aWriteOutsideTheRangeNeverReachesTheDevice() throws Exception {
        var answer = send("PUT", "/values/tank-1/inlet", "application/json", "{\"value\": 11}");
        assertProblem(502, "from 0.0 to 10.0", answer);
        var problem = json.readTree(answer.body());
        assertEquals("signal-range", problem.get("code").asString());
        assertEquals("11", problem.at("/arguments/value").asString());
        assertTrue(device.written.isEmpty());
    }

    /// As the OpenAPI document and the console have it.
    @Test
    void phasesAreToldInLowerCase() throws Exception {
        var connection = get("/state").at("/connections/0");
        assertEquals("connected", connection.get("state").asString());
        assertEquals("", connection.get("reason").asString());
        assertEquals("", connection.get("code").asString());
        assertTrue(connection.get("arguments").isEmpty());
    }

    @Test
    void anIdentifierResolvesToItsAssetWithTheSignalsLiveValues() throws Exception {
        var answer = get("/identifiers/88.118.7/tank-1");
        assertEquals("88.118.7/tank-1", answer.get("identifier").asString());
        assertEquals("ProcessTank", answer.at("/asset/type").asString());
        assertEquals(
                "/api/v1/values?signal=tank-1%2Flevel",
                answer.at("/asset/signals/0/live").asString());
        assertTrue(answer.get("values").size() > 3, answer.toString());
        assertProblem(404, "not registered", send("GET", "/identifiers/88.118.7/tank-9", "", ""));
        assertProblem(404, "answers for 88.118.7", send("GET", "/identifiers/10.1000/182", "", ""));
    }

    @Test
    void everyMistakeOfACallerGetsAProblemThatSaysWhatWouldBeRight() throws Exception {
        assertProblem(400, "asset/signal", send("GET", "/values?signal=level", "", ""));
        assertProblem(404, "no signal tank-9/level", send("GET", "/values?signal=tank-9/level", "", ""));
        assertProblem(400, "?signal=", send("GET", "/history", "", ""));
        assertProblem(400, "2026-11-21T06:30:00Z", send("GET", "/history?signal=tank-1/level&from=noon", "", ""));
        assertProblem(400, "before `to`", send("GET", "/history?signal=tank-1/level&from=2&to=1", "", ""));
        assertProblem(400, "1 to 10000", send("GET", "/history?signal=tank-1/level&buckets=0", "", ""));
        assertProblem(400, "1677", send("GET", "/history?signal=tank-1/level&from=9999999999999999999", "", ""));
        assertProblem(404, "/api/", send("GET", "/nothing", "", ""));
        assertProblem(415, "application/json", send("PUT", "/values/tank-1/inlet", "text/plain", "{\"value\": 3}"));
        assertProblem(400, "the body", send("PUT", "/values/tank-1/inlet", "application/json", "{\"value\": "));
        assertProblem(400, "`value`", send("PUT", "/values/tank-1/inlet", "application/json", "{\"value\": [1]}"));
        assertProblem(502, "only read", send("PUT", "/values/tank-1/level", "application/json", "{\"value\": 3}"));
        assertProblem(502, "exception 4", send("PUT", "/values/tank-1/broken", "application/json", "{\"value\": 3}"));
    }

    /// A page of another site that resolves its own name to this machine (DNS rebinding) is not let in.
    @Test
    void aForeignHostNameIsRefusedOnLoopback() throws Exception {
        try (var socket = new java.net.Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream()
                    .write("GET /api/v1/plant HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n".getBytes());
            var answer = new BufferedReader(new InputStreamReader(socket.getInputStream())).readLine();
            assertTrue(answer.startsWith("HTTP/1.1 421"), answer);
        }
    }

    @Test
    void withATokenOnlyThoseWhoShowItAreLetInAndThePagesAreOpen() throws Exception {
        server.close();
        var file = folder.resolve("token");
        server = HttpServer.start(runtime, loopback(), Optional.of(AccessToken.of(file)));

        var refused = send("GET", "/plant", "", "");
        assertProblem(401, "Bearer", refused);
        assertEquals("Bearer", refused.headers().firstValue("WWW-Authenticate").orElseThrow());
        var request = HttpRequest.newBuilder(uri("/api/v1/plant"))
                .header("Authorization", "Bearer " + Files.readString(file).strip())
                .build();
        assertEquals(200, client.send(request, BodyHandlers.ofString()).statusCode());
        assertEquals(
                200,
                client.send(HttpRequest.newBuilder(uri("/api/")).build(), BodyHandlers.ofString())
                        .statusCode());
    }

    /// RFC 9110, 13.1.2 and 15.4.5: a browser that comes again shows the tag of the file that it has.
    @Test
    void aFileThatTheBrowserHasIsNotSentAgain() throws Exception {
        var first = client.send(HttpRequest.newBuilder(uri("/api/")).build(), BodyHandlers.ofString());
        assertEquals("no-cache", first.headers().firstValue("Cache-Control").orElseThrow());
        var tag = first.headers().firstValue("ETag").orElseThrow();
        var again = HttpRequest.newBuilder(uri("/api/"))
                .header("If-None-Match", tag)
                .build();
        var second = client.send(again, BodyHandlers.ofString());
        assertEquals(304, second.statusCode(), second.body());
        assertEquals("", second.body());
    }

    @Test
    void aFileThatIsNotThereIsNotFound() throws Exception {
        var request = HttpRequest.newBuilder(uri("/nothing.js")).build();
        assertProblem(404, "", client.send(request, BodyHandlers.ofString()));
    }

    @Test
    void withoutATokenNothingButLoopbackIsServed() {
        var everywhere = new InetSocketAddress("0.0.0.0", 0);
        assertThrows(IllegalArgumentException.class, () -> HttpServer.start(runtime, everywhere, Optional.empty()));
    }

    @Test
    void aPortThatIsTakenIsNamed() {
        var taken = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
        var refused = assertThrows(BindException.class, () -> HttpServer.start(runtime, taken, Optional.empty()));
        assertTrue(String.valueOf(refused.getMessage()).contains(":" + server.port()), refused.getMessage());
    }

    @Test
    void theStreamSendsSamplesAsTheyBecomeDurableAndTheStateBesides() throws Exception {
        var request = HttpRequest.newBuilder(uri("/api/v1/stream?signal=tank-1/level"))
                .build();
        var answer = client.send(request, BodyHandlers.ofLines());
        try (var lines = answer.body()) {
            var events = lines.iterator();
            var seen = new StringBuilder();
            while (!seen.toString().contains("event: state")) {
                seen.append(events.next()).append('\n');
            }
            device.deliver(sample(7.5, SECOND)).join();
            while (!seen.toString().contains("tank-1/level")) {
                seen.append(events.next()).append('\n');
            }
            assertTrue(
                    seen.toString().contains("[[\"tank-1/level\",7.5,0,1700000001000,1700000001005]]"),
                    seen.toString());
        }
    }

    private void assertProblem(int status, String detail, HttpResponse<String> answer) {
        assertEquals(status, answer.statusCode(), answer.body());
        assertEquals(
                "application/problem+json",
                answer.headers().firstValue("Content-Type").orElseThrow());
        var problem = json.readTree(answer.body());
        assertEquals(status, problem.get("status").asInt());
        assertTrue(problem.get("detail").asString().contains(detail), answer.body());
    }

    private JsonNode get(String path) throws Exception {
        var answer = send("GET", path, "", "");
        assertEquals(200, answer.statusCode(), answer.body());
        return json.readTree(answer.body());
    }

    private HttpResponse<String> send(String method, String path, String type, String body) throws Exception {
        var request = HttpRequest.newBuilder(uri("/api/v1" + path))
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        if (!type.isEmpty()) {
            request.header("Content-Type", type);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    private RuntimeSettings settings(String name) {
        return new RuntimeSettings(folder.resolve(name), loopback(), loopback(), RuntimeSettings.Doors.FREE, Map.of());
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private static Sample sample(double value, long afterNanos) {
        return new Sample(LEVEL, Value.of(value), Quality.GOOD, T0 + afterNanos, T0 + afterNanos + 5_000_000);
    }

    private static Plant plant() {
        var read = new Signal(
                LEVEL,
                new Unit("cm"),
                Optional.of(new Range(0, 20)),
                Optional.of(PointAddress.parse("plc/input/0:float32")),
                Optional.empty(),
                Duration.ofMillis(100));
        var tank = new Asset(
                "tank-1",
                Identifier.parse("88.118.7/tank-1"),
                Optional.of("ProcessTank"),
                Optional.of("riverside/hall-a"),
                List.of(read, written("inlet", "holding/0:float32"), written("broken", "broken")));
        return new Plant(
                "riverside",
                "88.118.7",
                List.of(tank),
                List.of(new Connection("plc", "scripted", "nowhere", Map.of())));
    }

    private static Signal written(String name, String point) {
        return new Signal(
                SignalName.of("tank-1", name),
                Unit.ONE,
                Optional.of(new Range(0, 10)),
                Optional.empty(),
                Optional.of(new PointAddress("plc", point)),
                Signal.USUAL_INTERVAL);
    }
}
