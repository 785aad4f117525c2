package io.millwright.identity.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.identity.message.Envelope;
import io.millwright.identity.message.Fragments;
import io.millwright.identity.message.ProtocolVersion;
import io.millwright.identity.wire.WireReader;
import io.millwright.testkit.ManualTime;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PendingRequestsTest {

    private static final InetSocketAddress CLIENT = InetSocketAddress.createUnresolved("client", 1);

    private final ManualTime time = new ManualTime(0);
    private final PendingRequests pending = new PendingRequests(time);

    private Optional<byte[]> add(int requestId, int messageLength, int sequence) throws Exception {
        var envelope = Envelope.of(ProtocolVersion.NEWEST, ProtocolVersion.NEWEST, requestId, messageLength);
        byte[] datagram = Fragments.piece(envelope, new byte[messageLength], sequence);
        return pending.add(CLIENT, Envelope.read(new WireReader(datagram)), datagram, datagram.length);
    }

    @Test
    void aRequestIsCompleteWithItsLastFragment() throws Exception {
        assertTrue(add(1, 1000, 2).isEmpty());
        assertTrue(add(1, 1000, 0).isEmpty());
        assertEquals(1000, add(1, 1000, 1).orElseThrow().length);
        assertEquals(0, pending.size());
    }

    /// Whoever sends only first fragments must not fill the memory.
    @Test
    void noMoreThanTheLimitAreKept() throws Exception {
        for (int i = 0; i < 10_000; i++) {
            assertTrue(add(i, 1000, 0).isEmpty());
        }
        assertEquals(PendingRequests.MAX, pending.size());
        assertTrue(add(1, 250_000, 0).isEmpty());
        assertEquals(PendingRequests.MAX, pending.size());
    }

    @Test
    void theOldAreForgotten() throws Exception {
        add(1, 1000, 0);
        time.advance(Duration.ofSeconds(6));
        add(2, 1000, 0);
        assertEquals(1, pending.size());
    }
}
