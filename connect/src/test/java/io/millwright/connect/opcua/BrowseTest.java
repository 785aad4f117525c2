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

    private static final int NODES = 100_000;

    @TempDir
    private Path security = Path.of("");

    /// Each node is told once, and as it is found; what was measured is printed.
    @Test
    void aHundredThousandNodesAreListedAsTheyAreFound() throws Exception {
        try (var server = new TestServer(MisbehavingServer.refusingPort())) {
            long t0 = System.nanoTime();
            for (int i = 0; i < NODES; i++) {
                server.add("many", "v" + i, NodeIds.Double, 0.0);
            }
            System.out.println("added in " + (System.nanoTime() - t0) / 1_000_000 + " ms");
            var connection = new Connection("server", "opc-ua", server.url(), Map.of("security", "None"));
            var found = new BitSet(NODES);
            var count = new AtomicLong();
            var firstNanos = new AtomicLong();
            long start = System.nanoTime();
            try (var link = new OpcUaProtocol().open(connection, new Recorder().context(security))) {
                link.browse("", 9, Duration.ofSeconds(30), p -> {
                    if (p.point().startsWith("ns=2;s=many.v")) {
                        firstNanos.compareAndSet(0, System.nanoTime() - start);
                        found.set(Integer.parseInt(p.point().substring("ns=2;s=many.v".length())));
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
