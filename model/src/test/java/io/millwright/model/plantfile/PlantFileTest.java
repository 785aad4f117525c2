package io.millwright.model.plantfile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.model.ComputeNode;
import io.millwright.model.DurationRange;
import io.millwright.model.Network;
import io.millwright.model.Plant;
import io.millwright.model.PointAddress;
import io.millwright.model.Property;
import io.millwright.model.Range;
import io.millwright.model.RecordingLimits;
import io.millwright.model.Signal;
import io.millwright.model.SignalName;
import io.millwright.model.Zone;
import io.millwright.model.text.Durations;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PlantFileTest {

    private static final ProtocolRules RULES = new SampleRules();

    @Test
    void readsEverythingAPlantFileCanHold() throws IOException {
        Plant plant = right(resource("good.yaml"));

        assertEquals("riverside", plant.name());
        assertEquals("88.118.7", plant.prefix());
        assertEquals(
                List.of("88.118.7/tank-1", "88.118.7/水泵-1", "88.118.7/product-7"),
                plant.assets().stream().map(a -> a.identifier().toString()).toList());
        Signal level = plant.asset("tank-1").orElseThrow().signal("level").orElseThrow();
        assertEquals(SignalName.of("tank-1", "level"), level.name());
        assertEquals("m", level.unit().code());
        assertEquals(Optional.of(new Range(0, 3)), level.range());
        assertEquals(Optional.of(new PointAddress("plc-io", "holding/0:float32")), level.from());
        assertEquals(Optional.empty(), level.to());
        assertEquals(Duration.ofMillis(10), level.every());
        assertEquals(Optional.of("Level in the tank"), level.description());
        Signal speed = plant.asset("水泵-1").orElseThrow().signal("转速").orElseThrow();
        assertEquals(Optional.of(new PointAddress("line-opc", "ns=2;s=Pump1.SetSpeed")), speed.to());
        assertEquals(Optional.of(new Range(-1500, 1500)), speed.range());
        assertEquals(Duration.ofSeconds(1), speed.every());
        assertEquals(Optional.of("1"), plant.connection("plc-io").orElseThrow().setting("unit"));
        assertEquals("sparkplug", plant.connection("meters").orElseThrow().protocol());
    }

    @Test
    void readsControlNetworkComputeAppsAndZones() throws IOException {
        Plant plant = right(resource("good.yaml"));

        var dosing = plant.control().getFirst();
        assertEquals("dosing.st#LevelControl", dosing.source());
        assertEquals(SignalName.of("tank-1", "valve"), dosing.binds().get("Valve"));
        assertEquals(Optional.of(Duration.ofMillis(8)), dosing.deadline());
        assertEquals(new RecordingLimits(true, 256L << 20, Duration.ofDays(7)), plant.recording());
        var gates = new Network.Gates(128, Duration.ofNanos(8));
        assertEquals(
                List.of(new Network.Switch(
                        "sw-1",
                        8,
                        1_000_000_000L,
                        8,
                        DurationRange.of(Duration.ofNanos(2000)),
                        Network.Forwarding.STORE_AND_FORWARD,
                        Optional.of(gates))),
                plant.network().switches());
        assertEquals(
                List.of(
                        new Network.Station("io-1", List.of("plc-io")),
                        new Network.Station("edge-1", List.of("line-opc", "meters"))),
                plant.network().stations());
        assertEquals(
                List.of(
                        new Network.Link("io-1", "sw-1", 1_000_000_000L, DurationRange.ZERO, new Network.Cable()),
                        new Network.Link(
                                "sw-1",
                                "edge-1",
                                100_000_000L,
                                DurationRange.of(Duration.ofNanos(114)),
                                new Network.Cable())),
                plant.network().links());
        assertEquals(List.of(new ComputeNode("edge-1", ComputeNode.Tier.EDGE, 4, 8L << 30, 2)), plant.compute());
        assertEquals("tariff.yaml", plant.apps().getFirst().settings().get("tariff"));
        assertEquals(
                List.of(new Zone("cell-1", List.of("tank-1", "io-1")), new Zone("cell-2", List.of("edge-1", "sw-1"))),
                plant.zones());
    }

    /// 20 m of cable at 5.7 ns are 114 ns. What is not said: the deadline is the period, and any jitter is
    /// right.
    @Test
    void readsStreamsWithWhatIsNotSaid() throws IOException {
        var streams = right(resource("good.yaml")).network().streams();

        assertEquals(
                List.of(
                        new Network.Stream(
                                "fill",
                                "io-1",
                                List.of("edge-1"),
                                128,
                                Duration.ofMillis(1),
                                Duration.ofNanos(250_000),
                                Duration.ZERO,
                                Network.Timing.SCHEDULED,
                                false,
                                BigDecimal.ZERO),
                        new Network.Stream(
                                "alarms",
                                "edge-1",
                                List.of("io-1"),
                                1500,
                                Duration.ofMillis(10),
                                Duration.ofMillis(10),
                                Duration.ofMillis(10),
                                Network.Timing.SPORADIC,
                                false,
                                BigDecimal.ZERO)),
                streams);
    }

    @Test
    void readsHowSwitchesShape() {
        var shapers = right(STREAMS.replace(
                                "{s: {ports: 8}}",
                                "{s: {ports: 8, shaper: 20Mbps}, r: {ports: 8, shaper: asynchronous}}")
                        + "    x: {talker: t, listeners: u, " + REST)
                .network()
                .switches()
                .stream()
                .map(Network.Switch::shaper)
                .toList();
        assertEquals(
                List.of(
                        Optional.of(new Network.CreditShaper(20_000_000)),
                        Optional.of(new Network.AsynchronousShaper())),
                shapers);
    }

    private static final String STREAMS = "plant: a\nprefix: 1.2.3\nnetwork:\n  switches: {s: {ports: 8}}\n"
            + "  stations: {t: {}, u: {}, v: {}, w: {}}\n  links: [[s, t], [s, u], [u, v]]\n  streams:\n";

    private static final String REST = "size: 128B, period: 1ms}\n";

    static Stream<Arguments> mistakesOfStreams() {
        return Stream.of(
                Arguments.of("x: {talker: t, listeners: t, " + REST, "8:31 the stream leads from \"t\" to itself"),
                Arguments.of("x: {talker: t, listeners: [u, u], " + REST, "8:35 \"u\" listens already; remove it"),
                Arguments.of(
                        "x: {talker: t, listeners: zzzzzz, " + REST,
                        "8:31 unknown station \"zzzzzz\"; known: t, u, v, w"),
                Arguments.of(
                        "x: {talker: t, listeners: w, " + REST,
                        "8:5 no way leads from \"t\" to \"w\";"
                                + " link both to switches that are linked; stations do not forward"),
                // over u there is a line of links, but u is no switch
                Arguments.of(
                        "x: {talker: t, listeners: v, " + REST,
                        "8:5 no way leads from \"t\" to \"v\";"
                                + " link both to switches that are linked; stations do not forward"),
                Arguments.of(
                        "x: {talker: t, listeners: u, size: 128, period: 1ms}\n",
                        "8:40 \"128\" is not an amount of data; add the unit, e.g. 128B"),
                Arguments.of(
                        "x: {talker: t, listeners: u, redundancy: 2, class: sporadic, " + REST,
                        "8:46 a sporadic stream cannot be redundant yet;"
                                + " make it class: scheduled, or leave redundancy out"),
                Arguments.of(
                        "x: {talker: t, listeners: u, size: 2MB, period: 1ms}\n",
                        "8:40 a frame of \"2MB\" cannot be sent; write 1B to 1MB"),
                Arguments.of(
                        "x: {talker: t, listeners: u, size: 128B, period: 2h}\n",
                        "8:54 period is longer than 1000 s; write at most 1000s"),
                Arguments.of(
                        "x: {talker: t, listeners: u, size: 128B, periode: 1ms}\n",
                        "8:46 unknown key \"periode\"; did you mean \"period\"?"),
                Arguments.of(
                        "x: {talker: t, listeners: u, class: scheduld, " + REST,
                        "8:41 unknown class \"scheduld\"; did you mean \"scheduled\"?"));
    }

    @ParameterizedTest
    @MethodSource
    void mistakesOfStreams(String stream, String expected) {
        assertEquals(expected, String.join("\n", problems(STREAMS + "    " + stream)));
    }

    /// One time, or the least and the longest.
    @Test
    void processingAndDelaysMayBeRanges() {
        String text = """
                {"switches": {"s": {"ports": 4, "processing": "1us..2.5 us", "forwarding": "cut-through"}},
                 "stations": {"t": {}, "u": {}},
                 "links": [["s", "t"], {"between": ["s", "u"], "delay": "0s..300ns"}]}
                """;
        var network = assertInstanceOf(NetworkFile.Right.class, NetworkFile.read(text, "network"))
                .network();
        var bridge = network.switches().getFirst();
        assertEquals(new DurationRange(Duration.ofNanos(1000), Duration.ofNanos(2500)), bridge.processing());
        assertEquals(Network.Forwarding.CUT_THROUGH, bridge.forwarding());
        assertEquals(
                new DurationRange(Duration.ZERO, Duration.ofNanos(300)),
                network.links().getLast().propagation());
        assertEquals("1us..2500ns", Durations.format(bridge.processing()));
        var wrong = assertInstanceOf(
                NetworkFile.Wrong.class, NetworkFile.read(text.replace("0s..300ns", "3us..2us"), "network"));
        assertEquals(
                List.of("\"3us..2us\" begins with the longer duration; write 2us..3us"),
                wrong.problems().stream()
                        .map(p -> p.message() + "; " + p.suggestion().orElseThrow())
                        .toList());
        assertInstanceOf(NetworkFile.Wrong.class, NetworkFile.read(text.replace("cut-through", "cut"), "network"));
    }

    @Test
    void linksMayBeRadioByPercentilesOrAPonByItsSlots() {
        String text = """
                {"switches": {"s": {"ports": 4}}, "stations": {"t": {}, "u": {}},
                 "links": [{"between": ["s", "t"], "kind": "5g", "delay": {"50%": "3ms", "99.9%": "7ms"}},
                           {"between": ["s", "u"], "kind": "pon", "cycle": "125us", "slot": "1500B"}],
                 "streams": {"x": {"talker": "t", "listeners": "u", "size": "84B", "period": "1ms", "loss": 1e-4}}}
                """;
        var network = assertInstanceOf(NetworkFile.Right.class, NetworkFile.read(text, "network"))
                .network();
        assertEquals(
                new Network.Radio(
                        "5g",
                        List.of(
                                new Network.Percentile(new BigDecimal("0.50"), Duration.ofMillis(3)),
                                new Network.Percentile(new BigDecimal("0.999"), Duration.ofMillis(7)))),
                network.links().getFirst().medium());
        assertEquals(
                new DurationRange(Duration.ZERO, Duration.ofMillis(7)),
                network.links().getFirst().propagation());
        assertEquals(
                new Network.Pon(Duration.ofNanos(125_000), 1500),
                network.links().getLast().medium());
        assertEquals(new BigDecimal("1e-4"), network.streams().getFirst().loss());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "kind": "5g" | a link of kind 5g needs percentiles of its delay
            "delay": {"99.9%": "7ms"} | percentiles are of links of kind 5g or wifi
            "kind": "wifi", "delay": {"p99": "7ms"} | "p99" is no percentile
            "kind": "wifi", "delay": {"100%": "7ms"} | "100%" is no percentile
            "kind": "wifi", "delay": {} | there are no percentiles
            "kind": "wifi", "delay": {"99%": "7ms", "50%": "8ms"} | the percentile 50% is out of order
            "kind": "wifi", "delay": {"50%": "7ms", "99%": "6ms"} | the percentile 99% is out of order
            "kind": "pon", "cycle": "125us" | a link of kind pon has a cycle and a slot
            "slot": "1500B" | a link of kind pon has a cycle and a slot
            """)
    void mistakesOfLinksOfKinds(String keys, String expected) {
        var text = "{\"switches\": {\"s\": {\"ports\": 4}}, \"stations\": {\"t\": {}},"
                + " \"links\": [{\"between\": [\"s\", \"t\"], " + keys + "}]}";
        var problems = assertInstanceOf(NetworkFile.Wrong.class, NetworkFile.read(text, "network"))
                .problems();
        assertEquals(1, problems.size(), problems::toString);
        assertTrue(problems.getFirst().message().startsWith(expected), problems::toString);
    }

    /// JSON is YAML; the connections that stations carry are elsewhere.
    @Test
    void aNetworkIsReadByItselfFromJson() {
        String text = """
                {"switches": {"s": {"ports": 4}}, "stations": {"t": {"carries": ["plc-io"]}, "u": {}},
                 "links": [["s", "t"], {"between": ["s", "u"], "delay": "1us"}],
                 "streams": {"x": {"talker": "t", "listeners": ["u"], "size": "84B", "period": "1ms"}}}
                """;
        var network = assertInstanceOf(NetworkFile.Right.class, NetworkFile.read(text, "network"))
                .network();
        assertEquals(
                DurationRange.of(Duration.ofNanos(1000)),
                network.links().getLast().propagation());
        var wrong = assertInstanceOf(
                NetworkFile.Wrong.class,
                NetworkFile.read(text.replace("\"t\", \"listeners\"", "\"q\", \"listeners\""), "n"));
        assertEquals(
                List.of("unknown station \"q\""),
                wrong.problems().stream().map(Problem::message).toList());
        assertInstanceOf(NetworkFile.Wrong.class, NetworkFile.read("", "network"));
        assertInstanceOf(NetworkFile.Wrong.class, NetworkFile.read("[", "network"));
        assertInstanceOf(NetworkFile.Wrong.class, NetworkFile.read("{\"streams\": null}", "network"));
    }

    /// Lines and columns were counted in the file by hand.
    @Test
    void reportsTwentyMistakesAtOnceEachAtItsPlace() throws IOException {
        assertEquals(
                List.of(
                        "2:9 prefix \"88..7\" has an empty segment",
                        "5:5 unknown key \"typ\"; did you mean \"type\"?",
                        "7:31 the range does not go from low to high; swap the two: [0, 3]",
                        "7:45 unknown connection \"plc-oi\"; did you mean \"plc-io\"?",
                        "7:80 \"10\" is not a duration; add the unit, e.g. 10ms",
                        "8:22 unknown unit \"m³/h\"; write \"m3/h\"",
                        "8:66 unknown key \"evry\"; did you mean \"every\"?",
                        "10:32 \"plc-io/holding/10:float32\" is already written by tank-1/valve in line 9;"
                                + " let one signal write it",
                        "11:7 \"idle\" is neither read nor written; add from, to or both",
                        "13:3 \"tank-1\" is given twice; the first is in line 4; rename or remove one",
                        "15:22 unknown protocol \"modbus-tpc\"; did you mean \"modbus-tcp\"?",
                        "16:80 unknown policy; write Basic256Sha256",
                        "17:3 \"endpoint\" is missing; add endpoint: \"127.0.0.1:502\"",
                        "22:20 unknown signal \"tank-1/levle\"; did you mean \"tank-1/level\"?",
                        "24:28 expected a whole number, found \"eight\"",
                        "26:18 unknown switch or station \"sw-2\"; did you mean \"sw-1\"?",
                        "28:18 unknown tier \"egde\"; did you mean \"edge\"?",
                        "28:58 6 cores are kept for real-time work, and there are only 4; write at most 4",
                        "30:20 unknown asset, switch, station or compute node \"tank-11\"; did you mean \"tank-1\"?",
                        "30:45 \"io-1\" is already in zone \"cell-1\"; a thing is in one zone only"),
                problems(resource("twenty-mistakes.yaml")));
    }

    @SuppressWarnings("StringConcatToTextBlock") // columns are easier to count in one-line texts
    static Stream<Arguments> mistakesOfForm() {
        return Stream.of(
                Arguments.of("", "1:1 the file is empty; begin with plant: NAME"),
                Arguments.of("plant", "1:1 expected a mapping with the keys of a plant, found \"plant\""),
                Arguments.of("- plant", "1:1 expected a mapping with the keys of a plant, found a list"),
                Arguments.of("plant: a\n", "1:1 \"prefix\" is missing; add prefix: 88.118.7"),
                Arguments.of(
                        "plant: a\nprefix: 88.118\n",
                        "2:9 expected a prefix, found the number 88.118;" + " put it in quotes: \"88.118\""),
                Arguments.of("plant:\nprefix: 1.2.3\n", "1:1 nothing stands here; expected a name"),
                Arguments.of("plant: a b\nprefix: 1.2.3\n", "1:8 \"a b\" is not a name; write it like riverside"),
                Arguments.of(
                        "plant: a\nprefix: 1.2.3\nassets:\n",
                        "3:1 nothing stands here; expected a mapping from asset" + " names; write {} if that is meant"),
                Arguments.of(
                        "plant: a\nprefix: 1.2.3\nassets: [a]\n",
                        "3:9 expected a mapping from asset names, found a list"),
                Arguments.of(
                        "plant: a\nprefix: 1.2.3\nassets: {a/b: {}}\n",
                        "3:10 \"a/b\" cannot name an asset; write letters,"
                                + " digits, \"-\", \"_\" and \".\", starting with a letter or digit"),
                Arguments.of(
                        "plant: a\nprefix: 1.2.3\nassets: {'': {signals: {a/b: {unit: bra, from: c/p}}}}\n"
                                + "connections: {c: {protocol: opc-ua, endpoint: h}}\n",
                        "3:10 \"\" cannot name an asset; write letters, digits, \"-\", \"_\" and \".\", starting with"
                                + " a letter or digit\n3:25 \"a/b\" cannot name a signal; write letters, digits,"
                                + " \"-\", \"_\" and \".\", starting with a letter or digit\n"
                                + "3:37 unknown unit \"bra\"; did you mean \"bar\"?"),
                Arguments.of("plant: a\n\tprefix: b\n", "2:1 a tab cannot indent; use spaces"),
                Arguments.of(
                        "plant: a\nprefix: [1\n",
                        "3:1 YAML: while parsing a flow sequence: expected ',' or ']'," + " but got <stream end>"),
                Arguments.of("plant: a\u0007\n", "1:9 the character U+0007 cannot stand in a file; remove it"),
                Arguments.of(
                        "plant: a\n--- \nplant: b\n",
                        "2:1 YAML: expected a single document in the stream:" + " but found another document"));
    }

    @SuppressWarnings("StringConcatToTextBlock")
    static Stream<Arguments> mistakesOfMeaning() {
        return Stream.of(
                Arguments.of(
                        "plant: a\nprefix: 1.2.3\ncompute: {e: {tier: edge, cores: 0, memory: 8G}}\n",
                        "3:34 0 is out of range; write at least 1\n"
                                + "3:45 \"8G\" is not an amount of data; write \"8GiB\""),
                Arguments.of(
                        "plant: a\nprefix: 1.2.3\nnetwork: {switches: {s: {ports: \"8\"}}}\n",
                        "3:33 expected a whole number, found \"8\"; remove the quotes"),
                Arguments.of(
                        "plant: a\nprefix: 1.2.3\nnetwork: {switches: {s: {ports: 1, rate: 1GBit/s}},"
                                + " stations: {t: {}, u: {}}, links: [[s, t], [s, u], [t, t], [t, s], [u]]}\n",
                        "3:42 \"1GBit/s\" is not a bit rate; write it like 1Gbps\n"
                                + "3:119 found 1 items; write exactly 2"),
                Arguments.of(
                        "plant: a\nprefix: 1.2.3\nnetwork: {switches: {s: {ports: 1}},"
                                + " stations: {t: {}, u: {}}, links: [[s, t], [s, u], [t, t], [t, s]]}\n",
                        "3:81 no port of \"s\" is free; it has 1\n3:88 the link joins \"t\" to itself\n"
                                + "3:96 \"t\" and \"s\" are already linked; remove one of the two"),
                Arguments.of(
                        "plant: a\nprefix: 1.2.3\nnetwork: {domains: {cell-1: {kind: cell}, city: {kind: wide}},"
                                + " switches: {s: {ports: 1}}}\n",
                        "3:56 unknown kind of domain \"wide\"; write one of cell, plant, wide-area"),
                Arguments.of(
                        "plant: a\nprefix: 1.2.3\nnetwork: {domains: {c: {kind: cell, sync: 1us},"
                                + " w: {kind: wide-area, sync: 1us}}, switches: {s: {ports: 1, domain: c}}}\n",
                        "3:76 a wide area has no common time; leave it out"),
                Arguments.of(
                        "plant: a\nprefix: 1.2.3\nnetwork: {domains: {cell-1: {kind: cell, budget: 1ms}},"
                                + " switches: {s: {ports: 1}, t: {ports: 1, domain: cell-2}}}\n",
                        "3:68 the switch is in no domain; add domain: cell-1\n"
                                + "3:105 unknown domain \"cell-2\"; did you mean \"cell-1\"?"),
                Arguments.of(
                        "plant: a\nprefix: 1.2.3\nnetwork: {switches: {s: {ports: 1, domain: cell-1}}}\n",
                        "3:44 unknown domain \"cell-1\"; the file describes no domain"),
                Arguments.of(
                        "plant: a\nprefix: 1.2.3\nassets: {m: {signals: {x: {from: \"c/coil/1\"}}}}\n"
                                + "connections: {c: {protocol: modbus-tcp, endpoint: h}}\n",
                        "3:34 \"coil/1\" is no register; write holding/ADDRESS:TYPE"),
                Arguments.of(
                        "plant: a\nprefix: 1.2.3\nconnections: {c: {protocl: modbus-tcp, endpoint: h}}\n",
                        "3:19 unknown key \"protocl\"; did you mean \"protocol\"?"),
                Arguments.of(
                        "plant: a\nprefix: 1.2.3\nassets: {m: {signals: {x: {from: abc}}}}\n",
                        "3:34 \"abc\" is not a source: write connection/point"),
                Arguments.of(
                        "plant: a\nprefix: 1.2.3\nassets: {m: {signals: {x: {from: c/p, every: 0s}}}}\n"
                                + "connections: {c: {protocol: opc-ua, endpoint: h}}\n",
                        "3:46 \"0s\" is no time at all; write e.g. 10ms"));
    }

    @ParameterizedTest
    @MethodSource({"mistakesOfForm", "mistakesOfMeaning"})
    void saysWhereAndWhatIsWrongAndWhatWouldBeRight(String text, String expected) {
        assertEquals(expected, String.join("\n", problems(text)));
    }

    @Test
    void aNameThatTheFileDoesNotDescribeIsListedAgainstThoseItDoes() {
        String text = "plant: a\nprefix: 1.2.3\nassets: {m: {}, n: {}}\napps: {e: {uses: [zzzzzz]}}\n";

        assertEquals(List.of("4:19 unknown asset \"zzzzzz\"; known: m, n"), problems(text));
    }

    @Test
    void aByteOrderMarkAndCarriageReturnsAreNoMistakes() throws IOException {
        right("\uFEFF" + resource("good.yaml").replace("\n", "\r\n"));
    }

    @Test
    void anchorsMayRepeatAPart() {
        Plant plant = right("""
                plant: a
                prefix: 1.2.3
                assets:
                  m: &meter {type: Meter}
                  n: *meter
                """);

        assertEquals(
                List.of("m", "n"), plant.assets().stream().map(a -> a.name()).toList());
    }

    /// What an attacker may send: deep nesting, aliases that multiply, a very long scalar, thousands of
    /// mistakes.
    @Test
    void hostileFilesAreRefusedWithinBounds() {
        assertEquals(List.of("1:51 collections nest deeper than 50 levels"), problems("[".repeat(1_000_000)));
        assertEquals(
                1,
                problems("a: &a [*a]\n".repeat(1)).stream()
                        .filter(p -> p.contains("unknown key"))
                        .count());
        var laughs = new StringBuilder("a0: &a0 [x]\n");
        for (int i = 1; i < 40; i++) {
            laughs.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(9) + "*a" + (i - 1)));
        }
        assertTrue(problems(laughs.toString()).size() <= PlantReader.MAX_PROBLEMS);
        assertTrue(problems("prefix: 1.2.3\nplant: " + "x".repeat(1_000_000))
                .getFirst()
                .contains("more than 4096 characters"));
        var many = new StringBuilder("plant: a\nprefix: 1.2.3\nassets:\n");
        for (int i = 0; i < 5000; i++) {
            many.append("  a").append(i).append(": {tipe: x}\n");
        }
        assertEquals(PlantReader.MAX_PROBLEMS, problems(many.toString()).size());
    }

    /// Editors change files a character at a time; whatever stands in between must get an answer, not an
    /// exception.
    @Test
    void aMutatedFileIsEitherAPlantOrHasProblemsInsideIt() throws IOException {
        String good = resource("good.yaml");
        Property.check(3000, random -> {
            String text = mutated(good, random);

            switch (PlantFile.read(text, "plant.yaml", RULES)) {
                case PlantFile.Right(var plant) -> assertEquals(plant, right(text));
                case PlantFile.Wrong(var problems) -> {
                    assertTrue(!problems.isEmpty());
                    problems.forEach(problem -> assertInside(problem, text));
                    assertTrue(Excerpt.of(problems, text, false).contains("error: "));
                }
            }
        });
    }

    private static void assertInside(Problem problem, String text) {
        String[] lines = text.split("\r\n|\n|\r", -1);
        assertTrue(problem.line() >= 1 && problem.line() <= lines.length, problem::toString);
        String line = lines[problem.line() - 1];
        assertTrue(
                problem.column() >= 1 && problem.column() <= line.codePointCount(0, line.length()) + 1,
                problem::toString);
        assertTrue(!problem.message().isBlank(), problem::toString);
    }

    private static String mutated(String good, SplittableRandom random) {
        var text = new StringBuilder(good);
        String inserted = ":-[]{},\"'#&*!|>%@ \t\r\n0a.°³\ud83d\ude00\u0000";
        for (int n = 1 + random.nextInt(4); n > 0 && !text.isEmpty(); n--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(4)) {
                case 0 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(5)));
                case 1 -> text.insert(at, text.substring(at, Math.min(text.length(), at + 1 + random.nextInt(20))));
                case 2 -> text.insert(at, inserted.charAt(random.nextInt(inserted.length())));
                default -> {
                    var lines = new ArrayList<>(List.of(text.toString().split("\n", -1)));
                    Collections.swap(lines, random.nextInt(lines.size()), random.nextInt(lines.size()));
                    text = new StringBuilder(String.join("\n", lines));
                }
            }
        }
        return text.toString();
    }

    private static Plant right(String text) {
        return assertInstanceOf(
                        PlantFile.Right.class,
                        PlantFile.read(text, "plant.yaml", RULES),
                        () -> String.join("\n", problems(text)))
                .plant();
    }

    private static List<String> problems(String text) {
        return switch (PlantFile.read(text, "plant.yaml", RULES)) {
            case PlantFile.Right _ -> List.of();
            case PlantFile.Wrong(var problems) ->
                problems.stream()
                        .map(p -> "%d:%d %s%s"
                                .formatted(
                                        p.line(),
                                        p.column(),
                                        p.message(),
                                        p.suggestion().map(s -> "; " + s).orElse("")))
                        .toList();
        };
    }

    static String resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(PlantFileTest.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
