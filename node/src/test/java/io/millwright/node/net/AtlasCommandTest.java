package io.millwright.node.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.node.Mw;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `mw net atlas` from a schedule to an atlas. Switches 0, 1, 2 in a ring, station 10 + i at switch i.
class AtlasCommandTest {

    @TempDir
    Path folder;

    private final StringWriter errors = new StringWriter();

    @BeforeEach
    void schedule() throws IOException {
        var links = new StringBuilder("link,q_num,rate,t_proc,t_prop\n");
        for (int i = 0; i < 3; i++) {
            for (int there : List.of((i + 1) % 3, 10 + i)) {
                links.append("\"(%d, %d)\",8,0.1,2000,50%n".formatted(i, there));
                links.append("\"(%d, %d)\",8,0.1,2000,50%n".formatted(there, i));
            }
        }
        Files.writeString(folder.resolve("t.csv"), links);
        Files.writeString(folder.resolve("s.csv"), """
                stream,src,dst,size,period,deadline,jitter
                4,10,[11],100,100000,100000,0
                5,11,[12],100,200000,100000,0
                6,12,"[10, 11]",100,200000,100000,0
                7,10,[11],100,100000,30000,0
                """);
        assertEquals(
                0,
                mw("schedule", "--topology", path("t.csv"), "--streams", path("s.csv"), "--out", path("plan")),
                errors::toString);
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    private int mw(String... arguments) {
        var all = new ArrayList<>(List.of("net"));
        all.addAll(List.of(arguments));
        return Mw.commandLine().setErr(new PrintWriter(errors)).execute(all.toArray(String[]::new));
    }

    private JsonNode failure(String name) {
        var atlas =
                JsonMapper.shared().readTree(folder.resolve("atlas/atlas.json").toFile());
        for (var failure : atlas.get("failures")) {
            if (failure.get("failure").asString().equals(name)) {
                return failure;
            }
        }
        throw new AssertionError("no " + name);
    }

    /// 100 octets at 100 Mbit/s are 8 µs: three links take 28.15 µs, four 38.2.
    @Test
    void everyAlternativeIsAScheduleThatIsVerifiedByItself() throws IOException {
        assertEquals(0, mw("atlas", path("plan"), "--out", path("atlas"), "--double", "3"), errors::toString);
        var link = failure("link 0-1");
        assertEquals("link-0-1", link.get("plan").asString());
        assertTrue(link.get("verified").asBoolean());
        assertEquals(4, link.get("moved").get(0).get("stream").asInt());
        assertEquals(38_200, link.get("moved").get(0).get("delay").asInt());
        assertEquals(7, link.get("lost").get(0).get("stream").asInt());
        assertEquals("no place", link.get("lost").get(0).get("cause").asString());
        assertEquals(0, mw("verify", path("atlas/link-0-1")), errors::toString);
        assertFalse(Files.readString(folder.resolve("atlas/link-0-1/ROUTE.csv")).contains("(0, 1)"));
        assertFalse(Files.exists(folder.resolve("atlas/station-10")), "nobody moves");
        assertEquals(
                10,
                failure("station 10").get("reduced").get(0).get("gone").get(0).asInt());
        // an atlas is replaced as a whole
        assertEquals(0, mw("atlas", path("plan"), "--out", path("atlas")), errors::toString);
        assertTrue(Files.readString(folder.resolve("atlas/atlas.txt")).contains("12 failures alone\n"));
    }

    /// 12 is redundant in a ring of three; the files of the plan say so, and no link of the ring costs a frame.
    @Test
    void aRedundantStreamIsPlannedVerifiedAndCovered() throws IOException {
        Files.writeString(folder.resolve("r.csv"), """
                stream,src,dst,size,period,deadline,jitter,redundancy
                4,10,[11],100,100000,100000,0,1
                12,10,"[11, 12]",100,200000,120000,0,2
                """);
        assertEquals(
                0,
                mw("schedule", "--topology", path("t.csv"), "--streams", path("r.csv"), "--out", path("two")),
                errors::toString);
        assertEquals(0, mw("verify", path("two")), errors::toString);
        var routes = Files.readString(folder.resolve("two/ROUTE.csv"));
        assertTrue(routes.contains("\n12.1,\"(10, 0)\"") && routes.contains("\n12.2,\"(10, 0)\""), routes);
        assertEquals(3, Files.readAllLines(folder.resolve("two/RECOVERY.csv")).size());
        assertEquals(0, mw("atlas", path("two"), "--out", path("atlas")), errors::toString);
        // the trees go round in both directions: each link of the ring is in both, to different listeners
        for (var link : List.of("link 0-1", "link 1-2", "link 0-2")) {
            assertEquals(12, failure(link).get("covered").path(0).path("stream").asInt(), link);
        }
        assertEquals(0, mw("verify", path("atlas/link-0-1")), errors::toString);
        // streams that have not changed keep their places, members too
        assertEquals(
                0,
                mw(
                        "schedule",
                        "--topology",
                        path("t.csv"),
                        "--streams",
                        path("r.csv"),
                        "--out",
                        path("again"),
                        "--from",
                        path("two")),
                errors::toString);
        assertEquals(
                Files.readString(folder.resolve("two/OFFSET.csv")),
                Files.readString(folder.resolve("again/OFFSET.csv")));
        Files.delete(folder.resolve("two/RECOVERY.csv"));
        assertEquals(2, mw("verify", path("two")));
        assertFalse(errors.toString().contains("\tat "), errors::toString);
    }

    @Test
    void whatIsNoScheduleOrNoAtlasIsRefused() throws IOException {
        Files.createDirectories(folder.resolve("atlas/link-0-1"));
        Files.writeString(folder.resolve("atlas/link-0-1/thesis.txt"), "years of work");
        assertEquals(2, mw("atlas", path("plan"), "--out", path("atlas")));
        assertTrue(errors.toString().contains("link-0-1/thesis.txt"), errors.toString());
        assertEquals(2, mw("atlas", path("nothing"), "--out", path("other")));
        assertEquals(2, mw("atlas", path("plan"), "--out", path("other"), "--time", "0s"));
        var json = folder.resolve("plan/schedule.json");
        var text = Files.readString(json);
        Files.writeString(json, text.replace("\"stream\": 5", "\"stream\": 4"));
        assertEquals(2, mw("atlas", path("plan"), "--out", path("other")));
        Files.writeString(json, text.replaceFirst("\"start\": [0-9]+", "\"start\": 99999"));
        assertEquals(2, mw("atlas", path("plan"), "--out", path("other")));
        assertTrue(errors.toString().contains("does not hold"), errors.toString());
        assertFalse(Files.exists(folder.resolve("other")));
    }

    /// A ring of three switches, `a` at two of them; `y` is sent twice. What fails and what becomes of it is
    /// said in the plant's names, and an alternative is a plan with names.
    @Test
    void plansOfAPlantFileHaveTheirNamesInTheAtlas() throws IOException {
        Files.writeString(folder.resolve("plant.yaml"), """
                plant: ring
                prefix: 88.118.7
                network:
                  switches: {s: {ports: 8}, t: {ports: 8}, u: {ports: 8}}
                  stations: {a: {}, b: {}, c: {}}
                  links: [[a, s], [a, u], [s, t], [t, u], [u, s], [t, b], [u, c]]
                  streams:
                    x: {talker: b, listeners: c, size: 125B, period: 1ms}
                    y: {talker: a, listeners: b, size: 125B, period: 1ms, redundancy: 2}
                    z: {talker: c, listeners: a, size: 125B, period: 1ms}
                """);
        assertEquals(0, mw("schedule", path("plant.yaml"), "--out", path("named")), errors::toString);
        assertEquals(0, mw("atlas", path("named"), "--out", path("atlas")), errors::toString);
        var link = failure("link t,u");
        assertEquals("link-t,u", link.get("plan").asString());
        assertEquals("x", link.at("/moved/0/stream").asString());
        assertEquals("u", link.at("/parts/0/nodes/1").asString());
        assertEquals(0, mw("verify", path("atlas/link-t,u")), errors::toString);
        // a has two links and is one station
        var station = failure("station a");
        assertEquals("its talker, node a, is gone", station.at("/lost/0/proof").asString());
        assertTrue(Files.readString(folder.resolve("atlas/atlas.txt")).contains("station a "));
        assertEquals(0, mw("atlas", path("named"), "--out", path("atlas")), "an earlier atlas is replaced");
    }
}
