package io.millwright.connect.opcua;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ulong;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.connect.Link;
import io.millwright.connect.LinkException;
import io.millwright.connect.LinkState;
import io.millwright.connect.LinkState.Phase;
import io.millwright.connect.PointDescription;
import io.millwright.connect.Recorder;
import io.millwright.connect.Signals;
import io.millwright.model.Connection;
import io.millwright.model.Quality;
import io.millwright.model.Reading;
import io.millwright.model.Sample;
import io.millwright.model.Signal;
import io.millwright.model.Value;
import io.millwright.testkit.Await;
import io.millwright.testkit.MisbehavingServer;
import io.millwright.testkit.MisbehavingServer.Habit;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.eclipse.milo.opcua.sdk.server.nodes.UaVariableNode;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A link to servers that are there, that go away, that refuse, and that misbehave.
final class OpcUaLinkTest {

    private final Recorder recorder = new Recorder();

    @TempDir
    private Path security = Path.of("");

    private Link link(String url, String... settings) {
        var map = new HashMap<String, String>();
        for (int i = 0; i < settings.length; i += 2) {
            map.put(settings[i], settings[i + 1]);
        }
        var connection = new Connection("server", "opc-ua", url, map);
        var protocol = new OpcUaProtocol();
        assertEquals(List.of(), protocol.check(connection));
        return protocol.open(connection, recorder.context(security));
    }

    private Link open(TestServer server) {
        return link(server.url(), "security", "None", "publishing", "20ms");
    }

    private static int freePort() throws Exception {
        try (var s = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return s.getLocalPort();
        }
    }

    @Test
    void valuesArriveWithStatusAndSourceTimeUnchanged() throws Exception {
        try (var server = new TestServer(freePort());
                var link = open(server)) {
            UaVariableNode node = server.add("tank", "level", NodeIds.Double, 1.25);
            link.start(List.of(
                    Signals.of("t/a", "ns=2;s=tank.level"),
                    Signals.of("t/b", "nsu=" + TestServer.URI + ";s=tank.level")));
            recorder.awaitValue("t/a", Value.of(1.25));
            recorder.awaitValue("t/b", Value.of(1.25));
            // 100 ns are the protocol's resolution; the limit bits of the status (Uncertain, high limited) are kept.
            Instant source = Instant.parse("2026-11-21T08:00:00.123456700Z");
            node.setValue(new DataValue(Variant.of(2.5), new StatusCode(0x4094_0600L), new DateTime(source)));
            var status = new Quality(0x4094_0600);
            recorder.awaitQuality("t/a", status);
            Sample sample = recorder.last("t/a").orElseThrow();
            assertEquals(Value.of(2.5), sample.value());
            assertEquals(source.getEpochSecond() * 1_000_000_000L + 123_456_700, sample.sourceNanos());
            node.setValue(new DataValue(Variant.ofNull(), new StatusCode(StatusCodes.Bad_SensorFailure)));
            recorder.awaitQuality("t/a", Quality.BAD_SENSOR_FAILURE);
            assertEquals(Value.missing(), recorder.last("t/a").orElseThrow().value());
        }
    }

    @Test
    void unknownNodeIsBadAndItsNeighboursAreGood() throws Exception {
        try (var server = new TestServer(freePort());
                var link = open(server)) {
            server.add("tank", "level", NodeIds.Double, 1.0);
            link.start(List.of(
                    Signals.of("t/none", "ns=2;s=nothing"),
                    Signals.of("t/uri", "nsu=urn:nothing;s=x"),
                    Signals.of("t/a", "ns=2;s=tank.level")));
            recorder.awaitQuality("t/none", Quality.BAD_NODE_ID_UNKNOWN);
            recorder.awaitQuality("t/uri", Quality.BAD_NODE_ID_UNKNOWN);
            recorder.awaitValue("t/a", Value.of(1.0));
        }
    }

    @Test
    void everyDataTypeIsRead() throws Exception {
        try (var server = new TestServer(freePort());
                var link = open(server)) {
            server.add("t", "u64", NodeIds.UInt64, ulong(Long.MIN_VALUE));
            server.add("t", "i64", NodeIds.Int64, Long.MIN_VALUE);
            server.add("t", "u32", NodeIds.UInt32, uint(4_294_967_295L));
            server.add("t", "f", NodeIds.Float, 0.5f);
            server.add("t", "nan", NodeIds.Double, Double.NaN);
            server.add("t", "bool", NodeIds.Boolean, true);
            server.add("t", "text", NodeIds.String, "Pumpe 泵");
            server.add("t", "bytes", NodeIds.ByteString, ByteString.of(new byte[] {1, 2, 3}));
            server.add("t", "array", NodeIds.Double, new Double[] {1.5, Double.NaN, 3.0});
            assertEquals(Value.of(0x1p63), value(link, "u64"));
            assertEquals(Value.of(Long.MIN_VALUE), value(link, "i64"));
            assertEquals(Value.of(4_294_967_295L), value(link, "u32"));
            assertEquals(Value.of(0.5), value(link, "f"));
            assertEquals(Value.of(Double.NaN), value(link, "nan"));
            assertEquals(Value.of(true), value(link, "bool"));
            assertEquals(Value.of("Pumpe 泵"), value(link, "text"));
            assertEquals(Value.of("AQID"), value(link, "bytes"));
            assertEquals(Value.of("[1.5,\"NaN\",3.0]"), value(link, "array"));
            assertEquals(Value.of(3.0), value(link, "array@[2]"));
            assertEquals(
                    StatusCodes.Bad_IndexRangeNoData,
                    Integer.toUnsignedLong(
                            link.read("ns=2;s=t.array@[7]").quality().code()));
        }
    }

    private static Value value(Link link, String name) throws LinkException {
        Reading reading = link.read("ns=2;s=t." + name);
        assertEquals(Quality.GOOD, reading.quality());
        return reading.value();
    }

    @Test
    void writesTakeTheNodesOwnType() throws Exception {
        try (var server = new TestServer(freePort());
                var link = open(server)) {
            server.add("t", "i16", NodeIds.Int16, (short) 0);
            server.add("t", "f", NodeIds.Float, 0f);
            server.add("t", "number", NodeIds.Number, 0.0);
            server.add("t", "text", NodeIds.String, "");
            server.add("t", "time", NodeIds.UtcTime, DateTime.now());
            assertEquals(
                    Value.of(-7L), link.write("ns=2;s=t.i16", Value.of(-7L)).value());
            assertEquals(
                    Value.of(12L), link.write("ns=2;s=t.i16", Value.of(12.0)).value());
            assertEquals(Value.of(1.5), link.write("ns=2;s=t.f", Value.of(1.5)).value());
            assertEquals(
                    Value.of(Double.NaN),
                    link.write("ns=2;s=t.f", Value.of(Double.NaN)).value());
            assertEquals(
                    Value.of(Double.NEGATIVE_INFINITY),
                    link.write("ns=2;s=t.f", Value.of(Double.NEGATIVE_INFINITY)).value());
            assertEquals(
                    Value.of(3.0), link.write("ns=2;s=t.number", Value.of(3L)).value());
            assertEquals(
                    Value.of("on"), link.write("ns=2;s=t.text", Value.of("on")).value());
            assertTrue(link.write("ns=2;s=t.time", Value.of("2026-01-01T00:00:00Z"))
                    .value()
                    .toString()
                    .startsWith("2026-01-01T00:00:00"));
            refused(Quality.BAD_OUT_OF_RANGE, link, "i16", Value.of(32_768L));
            refused(Quality.BAD_TYPE_MISMATCH, link, "i16", Value.of(Double.NaN));
            refused(Quality.BAD_TYPE_MISMATCH, link, "i16", Value.of("7"));
            refused(Quality.BAD_OUT_OF_RANGE, link, "f", Value.of(1e39));
            refused(Quality.BAD_TYPE_MISMATCH, link, "text", Value.of(1L));
            refused(Quality.BAD_NODE_ID_UNKNOWN, link, "nothing", Value.of(1L));
        }
    }

    private static void refused(Quality quality, Link link, String name, Value value) {
        var refusal = assertThrows(LinkException.class, () -> link.write("ns=2;s=t." + name, value));
        assertEquals(quality, refusal.quality(), refusal.getMessage());
    }

    /// A server killed and started again on the same port: bad at once, good again by itself, with a value that never
    /// changed.
    @Test
    void serverThatReturnsRecoversByItself() throws Exception {
        int port = freePort();
        var first = new TestServer(port);
        first.add("tank", "level", NodeIds.Double, 1.0);
        try (var link = open(first)) {
            link.start(List.of(Signals.of("t/a", "ns=2;s=tank.level")));
            recorder.awaitValue("t/a", Value.of(1.0));
            first.close();
            recorder.awaitState(Phase.WAITING, "");
            Await.until(
                    "bad", () -> recorder.last("t/a").orElseThrow().quality().isBad());
            assertEquals(Value.missing(), recorder.last("t/a").orElseThrow().value());
            try (var second = new TestServer(port)) {
                second.add("tank", "level", NodeIds.Double, 1.0);
                recorder.awaitValue("t/a", Value.of(1.0));
                Await.until("connected", () -> link.state().phase() == Phase.CONNECTED);
            }
        }
    }

    @Test
    void endpointsThatAreNotServersAreReportedAndSurvived() throws Exception {
        assertBad(
                "opc.tcp://127.0.0.1:" + MisbehavingServer.refusingPort(),
                "device-refused",
                "nobody listens",
                Quality.BAD_NOT_CONNECTED);
        try (var server = new MisbehavingServer(Habit.HANG, 1)) {
            assertBad(
                    "opc.tcp://127.0.0.1:" + server.port(),
                    "device-silent",
                    "did not answer within 300 ms",
                    Quality.BAD_TIMEOUT);
        }
        for (Habit habit : List.of(Habit.CLOSE, Habit.CLOSE_AFTER_REQUEST, Habit.GARBAGE)) {
            try (var server = new MisbehavingServer(habit, 7)) {
                recorder.clear();
                try (var link = link("opc.tcp://127.0.0.1:" + server.port(), "timeout", "300ms")) {
                    link.start(List.of(Signals.of("t/a", "i=2258")));
                    LinkState state = recorder.awaitState(Phase.WAITING, "127.0.0.1:" + server.port());
                    assertFalse(state.reason().contains("Exception"), state.reason());
                    Await.until("bad", () -> recorder.last("t/a").isPresent());
                    assertTrue(recorder.last("t/a").orElseThrow().quality().isBad());
                }
            }
        }
    }

    private void assertBad(String url, String code, String reason, Quality quality) {
        recorder.clear();
        try (var link = link(url, "timeout", "300ms")) {
            link.start(List.of(Signals.of("t/a", "i=2258")));
            assertEquals(code, recorder.awaitState(Phase.WAITING, reason).why().code());
            recorder.awaitQuality("t/a", quality);
        }
    }

    /// Both sides distrust each other first; a person moves one file on each side, and the link goes on by itself.
    @Test
    void untrustedCertificatesAreRefusedUntilSomebodyTrustsThem() throws Exception {
        try (var server = new TestServer(freePort());
                var link = link(server.url(), "publishing", "20ms")) {
            server.add("tank", "level", NodeIds.Double, 1.0);
            link.start(List.of(Signals.of("t/a", "ns=2;s=tank.level")));
            LinkState ours = recorder.awaitState(Phase.REFUSED, "the server's certificate is not trusted");
            recorder.awaitQuality("t/a", Quality.BAD_CERTIFICATE_UNTRUSTED);
            Path rejected;
            try (var files = Files.list(security.resolve("rejected"))) {
                rejected = files.findFirst().orElseThrow();
            }
            assertTrue(
                    ours.reason().contains("move " + rejected + " to " + security.resolve("trusted")), ours.reason());
            Files.move(rejected, security.resolve("trusted").resolve("server.der"));

            Path own = security.resolve("own").resolve("certificate.der");
            recorder.awaitState(Phase.REFUSED, "does not trust this node's certificate");
            LinkState theirs = recorder.awaitState(Phase.REFUSED, own.toString());
            assertTrue(theirs.reason().contains("have it trusted there"), theirs.reason());
            server.trusted.addTrustedCertificate((X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(own))));
            recorder.awaitValue("t/a", Value.of(1.0));
            assertEquals(
                    "rw-------",
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(security.resolve("own/key.pem"))));
        }
    }

    @Test
    void userLogsInWithTheFilesPassword() throws Exception {
        try (var server = new TestServer(freePort())) {
            server.add("tank", "level", NodeIds.Double, 1.0);
            server.trusted.addTrustedCertificate(OwnCertificate.in(security).certificate());
            Path password = Files.writeString(security.resolve("password"), "valve\n");
            try (var link = link(server.url(), "user", "operator", "password-file", password.toString())) {
                assertThrows(LinkException.class, () -> link.read("ns=2;s=tank.level"));
                trustRejected();
                assertEquals(Value.of(1.0), link.read("ns=2;s=tank.level").value());
            }
            Files.writeString(password, "wrong");
            try (var link = link(server.url(), "user", "operator", "password-file", password.toString())) {
                var refusal = assertThrows(LinkException.class, () -> link.read("ns=2;s=tank.level"));
                assertTrue(refusal.isRefusal());
                assertTrue(refusal.getMessage().contains("rejects the user"), refusal.getMessage());
                assertEquals("opcua-user", refusal.told().code());
            }
            try (var link = link(server.url(), "user", "operator", "password-file", "/nothing")) {
                var refusal = assertThrows(LinkException.class, () -> link.read("ns=2;s=tank.level"));
                assertTrue(refusal.getMessage().contains("/nothing"), refusal.getMessage());
            }
        }
    }

    private void trustRejected() throws Exception {
        try (var files = Files.list(security.resolve("rejected"))) {
            Files.move(
                    files.findFirst().orElseThrow(), security.resolve("trusted").resolve("server.der"));
        }
    }

    @Test
    void missingSecurityPolicySaysWhatIsOffered() throws Exception {
        try (var server = new TestServer(freePort());
                var link = link(server.url(), "security", "Aes256_Sha256_RsaPss")) {
            var refusal = assertThrows(LinkException.class, () -> link.read("i=2258"));
            assertTrue(refusal.getMessage().contains("Basic256Sha256/SignAndEncrypt, None/None"), refusal.getMessage());
            assertEquals("opcua-no-endpoint", refusal.told().code());
        }
    }

    @Test
    void browsingListsParentsBeforeChildrenAcrossPages() throws Exception {
        try (var server = new TestServer(freePort());
                var link = open(server)) {
            for (int i = 0; i < 1200; i++) {
                server.add("many", "v" + i, NodeIds.Double, 0.0);
            }
            server.add("tank", "level", NodeIds.Float, 0f);
            var found = new ArrayList<PointDescription>();
            link.browse("", 9, Duration.ofSeconds(30), found::add);
            assertEquals(
                    1200,
                    found.stream()
                            .filter(p -> p.point().startsWith("ns=2;s=many.v"))
                            .distinct()
                            .count());
            int folder = indexOf(found, "ns=2;s=tank");
            int level = indexOf(found, "ns=2;s=tank.level");
            assertEquals(folder + 1, level);
            assertEquals(new PointDescription("ns=2;s=tank", "tank", "", 0, false, false), found.get(folder));
            assertEquals(new PointDescription("ns=2;s=tank.level", "level", "Float", 1, true, true), found.get(level));
            found.clear();
            link.browse("ns=2;s=tank", 1, Duration.ofSeconds(30), found::add);
            assertEquals(1, found.size());
            found.clear();
            link.browse("", 1, Duration.ofSeconds(30), found::add);
            assertTrue(found.stream().allMatch(p -> p.depth() == 0));
        }
    }

    private static int indexOf(List<PointDescription> points, String point) {
        return points.stream().map(PointDescription::point).toList().indexOf(point);
    }

    /// Two thousand signals take several calls; each gets a value.
    @Test
    void thousandsOfSignalsAreSubscribed() throws Exception {
        try (var server = new TestServer(freePort());
                var link = open(server)) {
            var signals = new ArrayList<Signal>();
            for (int i = 0; i < 2500; i++) {
                server.add("many", "v" + i, NodeIds.Double, (double) i);
                signals.add(Signals.of("t/v" + i, "ns=2;s=many.v" + i, Duration.ofMillis(100)));
            }
            link.start(signals);
            for (int i = 0; i < 2500; i++) {
                recorder.awaitValue("t/v" + i, Value.of((double) i));
            }
        }
    }

    @Test
    void wrongPointSaysWhatWouldBeRight() {
        var protocol = new OpcUaProtocol();
        for (String wrong : List.of("", "Tank1", "ns=2", "ns=x;s=a", "i=abc", "ns=99999;i=1", "g=12")) {
            assertTrue(protocol.checkPoint(wrong).orElse("").contains("ns=2;s=Tank1.Inflow"), wrong);
        }
        for (String right : List.of("i=2258", "ns=2;s=a;b=c[1]", "nsu=urn:x;i=4", "ns=1;b=AQID", "ns=2;s=v@[3]")) {
            assertEquals(Optional.empty(), protocol.checkPoint(right), right);
        }
    }

    /// OPC 10000-6, 5.2.2.5: 100 ns since 1601. What lies beyond our 64-bit nanoseconds is held at their end.
    @Test
    void extremeTimesAreHeldAtTheEnds() {
        var latest = new DataValue(Variant.of(1), StatusCode.GOOD, new DateTime(Long.MAX_VALUE));
        assertTrue(Variants.nanos(latest, 5) > 9e18);
        assertEquals(5, Variants.nanos(new DataValue(Variant.of(1), StatusCode.GOOD, null, null), 5));
        var server = new DataValue(Variant.of(1), StatusCode.GOOD, null, new DateTime(116_444_736_000_000_001L));
        assertEquals(100, Variants.nanos(server, 5));
    }
}
