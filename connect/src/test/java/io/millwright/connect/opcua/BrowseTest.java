package io.millwright.connect.opcua;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millwright.connect.Recorder;
import io.millwright.model.Connection;
import io.millwright.testkit.MisbehavingServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Browsing a large address space.
final class BrowseTest {

    private static final int NODES = 20_000;
    private static final int IN_A_FOLDER = 1000;

    @TempDir
    private Path security = Path.of("");

    /// Each node is told once, and as it is found; what was measured is printed. The folders take two pages, and more
    /// of them are asked for together than the server keeps the rest of (OPC 10000-4, 7.9: continuation points).
    @Test
    void thousandsOfNodesAreListedAsTheyAreFound() throws Exception {
        try (var server = new TestServer(MisbehavingServer.refusingPort())) {
            for (int i = 0; i < NODES; i++) {
                server.add("folder-" + i / IN_A_FOLDER, "v" + i, NodeIds.Double, 0.0);
            }
            var connection = new Connection("server", "opc-ua", server.url(), Map.of("security", "None"));
            var found = new BitSet(NODES);
            var count = new AtomicLong();
            var firstNanos = new AtomicLong();
            long start = System.nanoTime();
            try (var link = new OpcUaProtocol().open(connection, new Recorder().context(security))) {
                link.browse("", 9, Duration.ofSeconds(30), p -> {
                    if (p.point().startsWith("ns=2;s=folder-") && p.depth() == 1) {
                        firstNanos.compareAndSet(0, System.nanoTime() - start);
                        found.set(Integer.parseInt(p.name().substring(1)));
                        count.incrementAndGet();
                    }
                });
            }
            System.out.printf(
                    "%d nodes in %d ms, the first after %d ms%n",
                    count.get(), (System.nanoTime() - start) / 1_000_000, firstNanos.get() / 1_000_000);
            assertEquals(NODES, count.get());
            assertEquals(NODES, found.cardinality());
        }
    }
}
