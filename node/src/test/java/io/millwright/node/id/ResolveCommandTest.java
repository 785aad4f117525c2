package io.millwright.node.id;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.record.HandleValue;
import io.millwright.identity.registry.PlantRecords;
import io.millwright.identity.server.HandleServer;
import io.millwright.identity.server.ServerSettings;
import io.millwright.model.Asset;
import io.millwright.model.Identifier;
import io.millwright.model.Plant;
import io.millwright.model.PointAddress;
import io.millwright.model.Range;
import io.millwright.model.Signal;
import io.millwright.model.SignalName;
import io.millwright.model.Time;
import io.millwright.model.Unit;
import io.millwright.node.Mw;
import io.millwright.node.command.ExitStatus;
import io.millwright.testkit.MisbehavingServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/// The command against a real node on loopback.
class ResolveCommandTest {

    private record Ran(int status, String out, String err) {}

    private HandleServer node;

    @BeforeEach
    void start() throws Exception {
        var point = Optional.of(PointAddress.parse("plc-io/holding/0"));
        var level = new Signal(
                SignalName.of("tank-1", "level"),
                new Unit("m"),
                Optional.of(new Range(0, 3)),
                point,
                Optional.empty(),
                Duration.ofMillis(10));
        var valve = new Signal(
                SignalName.of("tank-1", "valve"),
                new Unit("%"),
                Optional.of(new Range(0, 100)),
                point,
                point,
                Duration.ofMillis(10));
        var tank = new Asset(
                "tank-1",
                new Identifier("88.118.7", "tank-1"),
                Optional.of("ProcessTank"),
                Optional.of("site/hall-a/line-1"),
                List.of(level, valve));
        var plant = new Plant("riverside", "88.118.7", List.of(tank), List.of());
        node = HandleServer.bind(ServerSettings.freePorts(), 1, Time.system());
        var records = new PlantRecords(plant, URI.create("http://127.0.0.1:8080"), node.site(), 1_700_000_000);
        var registry = records.register();
        registry.register(new HandleRecord(
                Handle.of("88.118.7/evil"),
                List.of(
                        HandleValue.published(1, "DESC", "\u001b[2J\u0007gone", 1),
                        HandleValue.published(2, "MILLWRIGHT.SIGNAL", "{not json", 1))));
        node.serve(registry);
    }

    @AfterEach
    void stop() throws Exception {
        node.close();
    }

    private static Ran run(String... arguments) {
        var captured = new ByteArrayOutputStream();
        var err = new StringWriter();
        var before = System.out;
        System.setOut(new PrintStream(captured, true, StandardCharsets.UTF_8));
        try {
            int status = Mw.commandLine().setErr(new PrintWriter(err)).execute(arguments);
            return new Ran(status, captured.toString(StandardCharsets.UTF_8), err.toString());
        } finally {
            System.setOut(before);
        }
    }

    private String at() {
        return "127.0.0.1:" + node.udpAddress().orElseThrow().getPort();
    }

    @Test
    void tellsWhatItIsWhereItStandsAndWhereItsValuesAre() {
        var ran = run("id", "resolve", "88.118.7/tank-1", "--at", at());
        assertEquals(ExitStatus.OK, ran.status(), ran.err());
        assertEquals("""
                88.118.7/tank-1
                  what      ProcessTank
                  where     site/hall-a/line-1
                  plant     riverside
                  more      http://127.0.0.1:8080/#/identifiers/88.118.7/tank-1
                  signals   level  m  0 … 3              http://127.0.0.1:8080/api/v1/values?signal=tank-1/level
                            valve  %  0 … 100  writable  http://127.0.0.1:8080/api/v1/values?signal=tank-1/valve
                  values    100  HS_ADMIN  300:0.NA/88.118.7
                  asked     UDP NODE
                """.replace("NODE", at()), ran.out());
    }

    @Test
    void jsonIsAllThatIsOnStandardOutput() {
        var ran = run("id", "resolve", "hdl:88.118.7/TANK-1", "--at", at(), "--over", "tcp", "--json");
        var json = JsonMapper.shared().readTree(ran.out());
        assertEquals("ProcessTank", json.get("type").asString());
        assertEquals("site/hall-a/line-1", json.get("place").asString());
        assertEquals(
                "http://127.0.0.1:8080/api/v1/values?signal=tank-1/valve",
                json.get("signals").get(1).get("live").asString());
        assertEquals(100, json.get("signals").get(1).get("max").asInt());
    }

    /// What comes over the network must not be obeyed by the terminal.
    @Test
    void controlCharactersAreNotPrinted() {
        var ran = run("id", "resolve", "88.118.7/evil", "--at", at());
        assertTrue(ran.out().contains("\uFFFD[2J\uFFFDgone"), ran.out());
        assertTrue(ran.out().contains("{not json"), ran.out());
    }

    @Test
    void failuresAreOneLineAndAnExitStatus() {
        var missing = run("id", "resolve", "88.118.7/nothing", "--at", at());
        assertEquals(ExitStatus.FAILED, missing.status());
        assertEquals(
                "mw: no 88.118.7/nothing is registered at UDP " + at(),
                missing.err().strip());
        var foreign = run("id", "resolve", "10.1000/1", "--at", at());
        assertEquals(ExitStatus.FAILED, foreign.status());
        assertTrue(foreign.err().contains("does not answer for prefix 10.1000"), foreign.err());
        var silent = run("id", "resolve", "88.118.7/x", "--at", "127.0.0.1:" + MisbehavingServer.refusingPort());
        assertEquals(ExitStatus.FAILED, silent.status());
        assertTrue(silent.err().contains("nobody listens there"), silent.err());
    }

    @Test
    void wrongUsageSaysWhatWouldBeRight() {
        var noSlash = run("id", "resolve", "tank-1");
        assertEquals(ExitStatus.USAGE, noSlash.status());
        assertTrue(noSlash.err().contains("write prefix/suffix"), noSlash.err());
        var noPort = run("id", "resolve", "88.118.7/x", "--at", "127.0.0.1:none");
        assertEquals(ExitStatus.USAGE, noPort.status());
        assertTrue(noPort.err().contains("\"none\" is not a port"), noPort.err());
    }
}
