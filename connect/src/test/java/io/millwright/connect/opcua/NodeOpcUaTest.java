package io.millwright.connect.opcua;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.connect.DeviceProcess;
import io.millwright.connect.Link;
import io.millwright.connect.LinkException;
import io.millwright.connect.LinkState.Phase;
import io.millwright.connect.PointDescription;
import io.millwright.connect.Recorder;
import io.millwright.connect.Signals;
import io.millwright.model.Connection;
import io.millwright.model.Quality;
import io.millwright.model.Sample;
import io.millwright.model.Value;
import io.millwright.testkit.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The link against a server that others wrote.
final class NodeOpcUaTest {

    private final Recorder recorder = new Recorder();

    @TempDir
    private Path folder = Path.of("");

    private Link link(DeviceProcess server, Map<String, String> settings) {
        var connection = new Connection("server", "opc-ua", "opc.tcp://127.0.0.1:" + server.port(), settings);
        return new OpcUaProtocol().open(connection, recorder.context(folder.resolve("security")));
    }

    @Test
    void nodesAreBrowsedReadAndWritten() throws Exception {
        try (var server = NodeOpcUa.start(folder);
                var link = link(server, Map.of("security", "None"))) {
            var found = new ArrayList<PointDescription>();
            link.browse("", 9, Duration.ofSeconds(30), found::add);
            assertTrue(
                    found.contains(new PointDescription("ns=1;s=tank", "tank", "", 0, false, false)), found.toString());
            assertTrue(
                    found.contains(new PointDescription("ns=1;s=tank.level", "level", "Double", 1, true, true)),
                    found.toString());
            assertTrue(
                    found.contains(new PointDescription("ns=1;s=tank.array", "array", "Double[]", 1, true, true)),
                    found.toString());
            assertEquals(Value.of(1.5), link.read("ns=1;s=tank.level").value());
            assertEquals(
                    Value.of(4_000_000_000L), link.read("ns=1;s=tank.starts").value());
            assertEquals(Value.of("Pumpe 泵"), link.read("ns=1;s=tank.name").value());
            assertEquals(Value.of("[1.5,2.5]"), link.read("ns=1;s=tank.array").value());
            assertEquals(Value.of(2.5), link.read("ns=1;s=tank.array@[1]").value());
            assertEquals(
                    Value.of(2.25),
                    link.write("ns=1;s=tank.level", Value.of(2.25)).value());
            assertEquals(
                    Value.of(7.0),
                    link.write("ns=1;s=tank.array@[1]", Value.of(7L)).value());
            assertEquals(
                    Quality.BAD_OUT_OF_RANGE,
                    assertThrows(LinkException.class, () -> link.write("ns=1;s=tank.starts", Value.of(-1L)))
                            .quality());
            assertEquals(
                    Quality.BAD_NODE_ID_UNKNOWN,
                    assertThrows(LinkException.class, () -> link.read("ns=1;s=nothing"))
                            .quality());
        }
    }

    /// It counts slower than it is sampled. Killed and started again it has forgotten the session and the subscription.
    @Test
    void everyValueComesOnceAndAKilledServerIsFoundAgain() throws Exception {
        try (var server = NodeOpcUa.start(folder);
                var link = link(server, Map.of("security", "None"))) {
            link.start(List.of(
                    Signals.of("t/count", "ns=1;s=tank.count"),
                    Signals.of("t/level", "ns=1;s=tank.level"),
                    Signals.of("t/none", "ns=1;s=nothing")));
            recorder.awaitValue("t/level", Value.of(1.5));
            recorder.awaitQuality("t/none", Quality.BAD_NODE_ID_UNKNOWN);
            Await.until("counts", () -> counts().size() > 30);
            assertEquals(contiguous(), counts());
            recorder.clear();
            server.kill();
            recorder.awaitQuality("t/level", Quality.BAD_NO_COMMUNICATION);
            server.restart();
            recorder.awaitValue("t/level", Value.of(1.5));
            Await.until(
                    "counts",
                    () -> recorder.last("t/count").orElseThrow().quality().isGood());
        }
    }

    private List<Long> counts() {
        return recorder.of("t/count").stream()
                .filter(s -> s.quality().isGood())
                .map(s -> ((Value.Int) s.value()).value())
                .toList();
    }

    private List<Long> contiguous() {
        List<Long> counts = counts();
        return LongStream.rangeClosed(counts.getFirst(), counts.getLast())
                .boxed()
                .toList();
    }

    @Test
    void frozenServerIsATimeoutAndGoesOnWhereItStopped() throws Exception {
        try (var server = NodeOpcUa.start(folder);
                var link = link(server, Map.of("security", "None"))) {
            link.start(List.of(Signals.of("t/level", "ns=1;s=tank.level")));
            recorder.awaitValue("t/level", Value.of(1.5));
            server.freeze();
            recorder.awaitQuality("t/level", Quality.BAD_TIMEOUT);
            server.thaw();
            recorder.awaitValue("t/level", Value.of(1.5));
            assertEquals(
                    1,
                    recorder.of("t/level").stream()
                            .map(Sample::quality)
                            .filter(Quality::isBad)
                            .count());
        }
    }

    /// Basic256Sha256, signed and encrypted: both sides distrust each other until a file is moved on each.
    @Test
    void certificatesAreRefusedUntilTheyAreTrusted() throws Exception {
        try (var server = NodeOpcUa.start(folder);
                var link = link(server, Map.of())) {
            link.start(List.of(Signals.of("t/level", "ns=1;s=tank.level")));
            recorder.awaitState(Phase.REFUSED, "the server's certificate is not trusted");
            recorder.awaitQuality("t/level", Quality.BAD_CERTIFICATE_UNTRUSTED);
            Path security = folder.resolve("security");
            try (var rejected = Files.list(security.resolve("rejected"))) {
                Files.move(rejected.findFirst().orElseThrow(), security.resolve("trusted/server.der"));
            }
            recorder.awaitState(Phase.REFUSED, "does not trust this node's certificate");
            try (var rejected = Files.list(folder.resolve("pki/rejected"))) {
                Path client = rejected.findFirst().orElseThrow();
                Files.move(client, folder.resolve("pki/trusted/certs").resolve(client.getFileName()));
            }
            recorder.awaitValue("t/level", Value.of(1.5));
        }
    }
}
