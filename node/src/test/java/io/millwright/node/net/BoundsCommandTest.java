package io.millwright.node.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.node.Mw;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What `mw net bounds` says of flows that delay each other in a cycle: a ring of three servers of latency 1
/// with three flows of two hops, burst 1 and rate 1. With servers of rate R the delay at each is (R + 2) / (R −
/// 1) in order of arrival, and (R + 2) / (R − 3) in any order where R is above 3.
class BoundsCommandTest {

    @TempDir
    Path folder;

    private final PrintStream before = System.out;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final StringWriter errors = new StringWriter();

    @BeforeEach
    void listen() {
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void stopListening() {
        System.setOut(before);
    }

    private int bounds(int rate, String... options) throws IOException {
        var server = "{\"id\": \"s%d\", \"rate\": " + rate + ", \"latency\": 1}";
        var flow = "{\"id\": \"f%d\", \"path\": [\"s%d\", \"s%d\"], \"rate\": 1, \"burst\": 1}";
        var text = "{\"servers\": [%s, %s, %s], \"flows\": [%s, %s, %s]}"
                .formatted(
                        server.formatted(0),
                        server.formatted(1),
                        server.formatted(2),
                        flow.formatted(0, 0, 1),
                        flow.formatted(1, 1, 2),
                        flow.formatted(2, 2, 0));
        return boundsOf(text, options);
    }

    private int boundsOf(String text, String... options) throws IOException {
        var file = Files.writeString(folder.resolve("network.json"), text);
        var arguments = new String[options.length + 3];
        arguments[0] = "net";
        arguments[1] = "bounds";
        arguments[2] = file.toString();
        System.arraycopy(options, 0, arguments, 3, options.length);
        return Mw.commandLine().setErr(new PrintWriter(errors, true)).execute(arguments);
    }

    private JsonNode json() {
        return JsonMapper.shared().readTree(out.toString(StandardCharsets.UTF_8));
    }

    private int verify(Path proof) {
        return Mw.commandLine()
                .setErr(new PrintWriter(errors, true))
                .execute("net", "verify", proof.toString(), "--json");
    }

    /// One server of rate 4 and latency 1, a flow of burst 1 and rate 1: delayed by 1 + 1/4.
    @Test
    void whatIsProvedIsVerifiedAndWhatIsChangedIsNot() throws IOException {
        var text = """
            {"servers": [{"id": "s", "rate": 4, "latency": 1}],
             "flows": [{"id": "camera 1", "path": ["s"], "rate": 1, "burst": 1}]}
            """;
        var proof = folder.resolve("proof");
        assertEquals(0, boundsOf(text, "--proof", proof.toString()), errors::toString);
        out.reset();
        assertEquals(0, verify(proof), errors::toString);
        assertEquals("verified", json().get("verdict").asString());
        for (var method : List.of("arbitrary.tfa", "arbitrary.tma", "fifo.sfa", "fifo.ludb")) {
            assertEquals("5/4", json().get("flows").get("camera 1").get(method).asString());
        }
        Files.writeString(proof, Files.readString(proof).replaceFirst("(delay fifo.tfa .*)5/4", "$11"));
        out.reset();
        assertEquals(1, verify(proof));
        assertEquals("the delay is 5/4, not 1", json().at("/shown/0/what").asString());
        Files.writeString(proof, "nothing");
        assertEquals(2, verify(proof));
    }

    /// A third is told as a decimal that is no less; programs get the fraction.
    @Test
    void whatIsVerifiedIsToldToPeopleInDecimalsRoundedUp() throws IOException {
        var text = """
            {"servers": [{"id": "s", "rate": 3, "latency": 1}],
             "flows": [{"id": "camera 1", "path": ["s"], "rate": 1, "burst": 1}]}
            """;
        var proof = folder.resolve("proof");
        assertEquals(0, boundsOf(text, "--proof", proof.toString(), "--method", "fifo.tfa"), errors::toString);
        out.reset();
        assertEquals(0, Mw.commandLine().execute("net", "verify", proof.toString()));
        var said = out.toString(StandardCharsets.UTF_8);
        assertTrue(said.contains("\n  camera 1  fifo.tfa 1.33333334\n"), said);
        assertTrue(said.contains("in seconds where the network has units; rounded up"), said);
        out.reset();
        assertEquals(0, verify(proof));
        assertEquals("4/3", json().at("/flows/camera 1/fifo.tfa").asString());
    }

    @Test
    void theBoundsOfACycleAreVerifiedToo() throws IOException {
        var proof = folder.resolve("proof");
        assertEquals(0, bounds(4, "--proof", proof.toString()), errors::toString);
        out.reset();
        assertEquals(0, verify(proof), errors::toString);
        var first = json().get("flows").properties().iterator().next().getValue();
        assertEquals("4", first.get("fifo.tfa").asString());
        assertEquals("12", first.get("arbitrary.tfa").asString());
        Files.writeString(proof, Files.readString(proof).replaceFirst("(delayed fifo [0-9]+:[^:]+):[^:]+", "$1:0"));
        out.reset();
        assertEquals(1, verify(proof));
    }

    @Test
    void aCycleWithABoundIsToldWithItsProof() throws IOException {
        assertEquals(0, bounds(4, "--json", "--explain"));
        assertTrue(json().get("cyclic").asBoolean());
        assertEquals("63/64", json().at("/cycles/0/fifo/leastPivot").asString());
        assertEquals("7/8", json().at("/cycles/0/arbitrary/leastPivot").asString());
        assertEquals("12", json().at("/flows/0/best").asString());
        assertEquals("4", json().at("/flows/0/delay/fifo.tfa").asString());
    }

    @Test
    void theTextSaysForWhichNetworkTheBoundHolds() throws IOException {
        assertEquals(0, bounds(4));
        var text = out.toString(StandardCharsets.UTF_8);
        assertTrue(text.contains("cycle s0 → s1 → s2 → s0: "), text);
        assertTrue(text.contains("starts empty"), text);
    }

    @Test
    void whereOrderOfArrivalIsNeededThereIsNoBest() throws IOException {
        assertEquals(0, bounds(3, "--json"));
        assertEquals("5", json().at("/flows/0/delay/fifo.tfa").asString());
        assertFalse(json().get("flows").get(0).has("best"));
        assertFalse(json().get("servers").get(0).has("backlog"));
    }

    @Test
    void aCycleWithoutABoundIsRefusedByName() throws IOException {
        assertEquals(2, bounds(3, "--multiplexing", "arbitrary"));
        assertTrue(errors.toString().contains("in a cycle: s0 → s1 → s2 → s0. "), errors.toString());
        assertTrue(errors.toString().contains("not finite"), errors.toString());
        assertEquals("", out.toString(StandardCharsets.UTF_8));
    }

    private int plant(String deadline, String... options) throws IOException {
        return plantOver("[s, b]", "deadline: " + deadline, options);
    }

    private int plantOver(String link, String stream, String... options) throws IOException {
        var file = Files.writeString(folder.resolve("plant.yaml"), """
                plant: cell
                prefix: 88.118.7
                network:
                  switches: {s: {ports: 4, processing: 2us}}
                  stations: {a: {}, b: {}}
                  links: [{between: [a, s], rate: 100Mbps}, %s]
                  streams: {x: {talker: a, listeners: b, size: 100B, period: 1ms, %s}}
                """.formatted(link, stream));
        var arguments = new String[options.length + 3];
        arguments[0] = "net";
        arguments[1] = "bounds";
        arguments[2] = file.toString();
        System.arraycopy(options, 0, arguments, 3, options.length);
        return Mw.commandLine().setErr(new PrintWriter(errors, true)).execute(arguments);
    }

    /// By hand: latencies of (1542 + 100) · 8 bit at 100 Mbit/s and at 1 Gbit/s, 131.36 µs and 13.136 µs; 8 µs
    /// for the frame at the slower; 2 µs of processing.
    @Test
    void streamsOfAPlantAreHeldAgainstTheirDeadlines() throws IOException {
        assertEquals(0, plant("154.496us", "--method", "fifo.sfa", "--json"));
        assertEquals("154.496us", json().at("/flows/0/best").asString());
        assertEquals("2us", json().at("/flows/0/fixed").asString());
        assertEquals("s/b", json().at("/flows/0/path/1").asString());
        assertTrue(json().at("/flows/0/holds").asBoolean());
        out.reset();
        assertEquals(1, plant("154us"));
        assertTrue(out.toString(StandardCharsets.UTF_8).contains("deadline 154us: not proved"));
    }

    /// By hand: at each of two ports of 100 Mbit/s a frame of others and one of the stream's may be in
    /// the way, 131.36 µs, and the stream's own takes 8; 2 µs of processing count to the port before. In
    /// 131.36 µs its 800 kbit/s bring 105.088 bit more, 1.05088 µs at the second port. The port of a is in
    /// the domain as well.
    @ParameterizedTest
    @CsvSource({"', budget: 282us', 0", "', budget: 281us', 1", "'', 0"})
    void whatAStreamTakesInADomainIsHeldAgainstItsBudget(String budget, int status) throws IOException {
        var file = Files.writeString(folder.resolve("plant.yaml"), """
                plant: cell
                prefix: 88.118.7
                network:
                  domains: {hall: {kind: plant%s}}
                  switches: {s: {ports: 4, rate: 100Mbps, processing: 2us, domain: hall}}
                  stations: {a: {}, b: {}}
                  links: [[a, s], [s, b]]
                  streams: {x: {talker: a, listeners: b, size: 100B, period: 1ms, class: sporadic}}
                """.formatted(budget));
        assertEquals(
                status,
                Mw.commandLine()
                        .execute(
                                "net",
                                "bounds",
                                file.toString(),
                                "--multiplexing",
                                "fifo",
                                "--method",
                                "sfa",
                                "--json"));
        assertEquals("hall", json().at("/flows/0/domains/0/domain").asString());
        assertEquals("281.77088us", json().at("/flows/0/domains/0/delay").asString());
        assertEquals(status == 0, json().at("/flows/0/holds").asBoolean());
    }

    /// The same as of the first, and 700 µs of the percentile that suffices.
    @Test
    void aBoundOverARadioLinkStandsBesideItsProbability() throws IOException {
        var radio = "{between: [s, b], kind: 5g, delay: {\"99%\": 600us, \"99.9%\": 700us}}";
        assertEquals(0, plantOver(radio, "deadline: 855us, loss: 1e-3", "--json"));
        assertEquals("854.496us", json().at("/flows/0/best").asString());
        assertEquals("0.999", json().at("/flows/0/probability").asString());
        assertTrue(json().at("/flows/0/holds").asBoolean());
        assertTrue(json().at("/flows/0/delay/arbitrary.tfa").isMissingNode());
        out.reset();
        assertEquals(1, plantOver(radio, "deadline: 855us, loss: 1e-4"));
        var text = out.toString(StandardCharsets.UTF_8);
        assertTrue(
                text.contains("deadline 855us: kept in the worst case, for each frame with probability 0.999 or more;"
                        + " that is not enough for a loss of 0.0001: a higher percentile of the radio links, or loss:"
                        + " 0.001"),
                text);
        assertEquals(2, plantOver(radio, "loss: 1e-3", "--multiplexing", "arbitrary"));
        assertTrue(errors.toString().contains("only bounds for queues in order of arrival"), errors.toString());
        assertEquals(
                2, plantOver(radio, "loss: 1e-3", "--proof", folder.resolve("p").toString()));
        assertTrue(errors.toString().contains("with a probability"), errors.toString());
    }

    /// By hand: the alarm is alone in its class at each of two ports, after a frame of others of 123.36 µs; it takes 8
    /// µs,
    /// and at the first port 2 µs of processing follow.
    @Test
    void boundsOfAPlantThatShapesSporadicStreamsAreThoseOfItsPorts() throws IOException {
        assertEquals(0, plantOf("shaper: asynchronous", "deadline: 265us", "--json"));
        assertEquals("264.72us", json().at("/flows/0/best").asString());
        assertEquals(1, json().at("/flows/0/class").asInt());
        assertEquals("264.72us", json().at("/flows/0/delay/fifo.tfa").asString());
        assertEquals("s/b", json().at("/ports/1/id").asString());
        assertTrue(json().at("/notes/0").asString().startsWith("switches shape sporadic streams: "));
        assertTrue(json().at("/flows/0/holds").asBoolean());
        out.reset();
        assertEquals(1, plantOf("shaper: asynchronous", "deadline: 264us"));
        assertTrue(out.toString(StandardCharsets.UTF_8).contains("deadline 264us: not proved"));
        assertEquals(2, plantOf("shaper: 0.7Mbps", "deadline: 265us"));
        assertTrue(errors.toString().contains("port s/b is overloaded"), errors.toString());
        assertEquals(2, plantOf("shaper: asynchronous", "deadline: 1ms", "--multiplexing", "arbitrary"));
        assertTrue(errors.toString().contains("switches shape sporadic streams, and then there are only"));
        assertEquals(2, plantOf("shaper: asynchronous, queues: 1", "deadline: 1ms"));
        assertTrue(errors.toString().contains("port s/b has 1 queues and needs 2"), errors.toString());
    }

    private int plantOf(String shaper, String stream, String... options) throws IOException {
        var file = Files.writeString(folder.resolve("plant.yaml"), """
                plant: cell
                prefix: 88.118.7
                network:
                  switches: {s: {ports: 4, rate: 100Mbps, processing: 2us, %s}}
                  stations: {a: {}, b: {}}
                  links: [[a, s], [s, b]]
                  streams: {x: {talker: a, listeners: b, size: 100B, period: 1ms, class: sporadic, %s}}
                """.formatted(shaper, stream));
        return Mw.commandLine()
                .setErr(new PrintWriter(errors, true))
                .execute(Stream.concat(Stream.of("net", "bounds", file.toString()), Stream.of(options))
                        .toArray(String[]::new));
    }

    @Test
    void aPlantWithoutStreamsIsRefused() throws IOException {
        var file = Files.writeString(folder.resolve("plant.yaml"), "plant: a\nprefix: 1.2.3\n");
        assertEquals(
                2, Mw.commandLine().setErr(new PrintWriter(errors, true)).execute("net", "bounds", file.toString()));
        assertTrue(errors.toString().contains("no streams"), errors.toString());
    }

    /// 1542 octets of best effort on the wire, 120 of the frame without its gap of 12: 1650 at 12.5 octets in a
    /// microsecond.
    private static final String PORTS = """
            {"ports": [{"id": "p", "rate": "100Mbps"}],
             "flows": [{"id": "f", "class": 7, "path": ["p"],
                        "every": "1000us", "maxFrame": "100B", "minFrame": "100B"}]}
            """;

    @Test
    void thePortsOfBridgesAreBoundedWithTheirClasses() throws IOException {
        assertEquals(0, boundsOf(PORTS, "--json"));
        assertEquals("132us", json().at("/flows/0/delay/fifo.tfa").asString());
        assertEquals("132us", json().at("/flows/0/best").asString());
        assertEquals(7, json().at("/flows/0/class").asInt());
        assertEquals("132us", json().at("/ports/0/classes/0/delay").asString());
    }

    /// 132 µs and 264.72 µs, as above, in seconds.
    @Test
    void boundsOfPortsAreVerifiedToo() throws IOException {
        var proof = folder.resolve("proof");
        assertEquals(0, boundsOf(PORTS, "--proof", proof.toString()), errors::toString);
        assertProved("33/250000", "f", proof);
        Files.writeString(proof, Files.readString(proof).replace("0:0=", "0:0=1/"));
        assertEquals(2, verify(proof));
        assertTrue(errors.toString().contains("proof:5: a number is like 3 or 3/4"), errors::toString);
        var shaper = "shaper: asynchronous";
        assertEquals(0, plantOf(shaper, "deadline: 265us", "--proof", proof.toString()), errors::toString);
        assertProved("3309/12500000", "x", proof);
        assertEquals(2, boundsOf(PORTS, "--method", "fifo.sfa", "--proof", proof.toString()));
        assertTrue(errors.toString().contains("of ports there is one of fifo.tfa only"), errors::toString);
    }

    private void assertProved(String delay, String flow, Path proof) throws IOException {
        out.reset();
        assertEquals(0, verify(proof), errors::toString);
        assertEquals(delay, json().at("/flows/" + flow + "/fifo.tfa").asString());
        Files.writeString(
                folder.resolve("less"), Files.readString(proof).replaceFirst("delayed (.*)=[0-9]*", "delayed $1=1"));
        out.reset();
        assertEquals(1, verify(folder.resolve("less")));
        assertEquals("delayed", json().at("/shown/0/rule").asString());
    }

    @Test
    void aPortThatLeavesTooLittleIsNamed() throws IOException {
        var shaped = PORTS.replace("100Mbps\"", "100Mbps\", \"idleSlope\": {\"7\": \"0.9Mbps\"}");
        assertEquals(2, boundsOf(shaped));
        assertTrue(errors.toString().contains("port p is overloaded"), errors::toString);
    }
}
