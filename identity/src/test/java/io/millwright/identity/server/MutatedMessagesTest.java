package io.millwright.identity.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.identity.client.Endpoint;
import io.millwright.identity.client.HandleClient;
import io.millwright.identity.client.Resolution;
import io.millwright.identity.message.Body;
import io.millwright.identity.message.Envelope;
import io.millwright.identity.message.FieldMutationTest;
import io.millwright.identity.message.Golden;
import io.millwright.identity.message.Limits;
import io.millwright.identity.message.Message;
import io.millwright.identity.message.ProtocolVersion;
import io.millwright.identity.message.ResponseCode;
import io.millwright.identity.record.Handle;
import io.millwright.identity.wire.WireReader;
import io.millwright.identity.wire.WireWriter;
import io.millwright.testkit.Await;
import io.millwright.testkit.ManualTime;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.Test;

/// Every field of every message truncated, enlarged and bit-flipped, sent to a node that can be changed.
class MutatedMessagesTest {

    private static byte[] packet(int requestId, byte[] message) {
        var envelope = Envelope.of(ProtocolVersion.NEWEST, ProtocolVersion.NEWEST, requestId, message.length);
        var out = new WireWriter();
        envelope.write(out);
        return out.plain(message, 0, message.length).toByteArray();
    }

    /// No mutant changes a record or stops the node; what is answered can be read and is about the request.
    @Test
    void noMutantChangesOrStopsTheNode() throws Exception {
        // Before the golden messages expire.
        var time = new ManualTime(1_600_000_000L * 1_000_000_000L);
        try (var node = new AdministeredNode(AdministeredNode.usual(), time);
                var socket = new DatagramSocket()) {
            var before = node.registry.records(Handle.of(""), 1000);
            socket.connect(node.server.udpAddress().orElseThrow());
            socket.setSoTimeout(10);
            int sent = 0;
            int answered = 0;
            for (String name : Golden.MESSAGES) {
                for (var mutant : FieldMutationTest.mutants(name)) {
                    byte[] bytes = packet(sent + 1, mutant.bytes());
                    if (bytes.length <= Limits.DATAGRAM_BYTES) {
                        socket.send(new DatagramPacket(bytes, bytes.length));
                        sent++;
                    }
                    if (sent % 64 == 0) {
                        taken(node, sent);
                        answered += drained(socket);
                    }
                }
            }
            taken(node, sent);
            answered += drained(socket);
            assertTrue(sent > 10_000 && answered > 1000, answered + " answers to " + sent);
            assertEquals(before, node.registry.records(Handle.of(""), 1000));
            try (var client =
                    HandleClient.to(Endpoint.udp(node.server.udpAddress().orElseThrow()))) {
                assertInstanceOf(Resolution.Found.class, client.resolve(AdministeredNode.OWNER));
            }
        }
    }

    /// Waits until the node has taken all that was sent, so that nothing is lost between.
    private static void taken(AdministeredNode node, int sent) {
        Await.until(
                () -> "requests: " + node.server.statistics() + " of " + sent,
                () -> node.server.statistics().requests() >= sent);
    }

    private static int drained(DatagramSocket socket) throws Exception {
        int count = 0;
        var packet = new DatagramPacket(new byte[2048], 2048);
        try {
            while (true) {
                socket.receive(packet);
                count++;
                var envelope = Envelope.read(new WireReader(packet.getData(), 0, packet.getLength()));
                assertTrue(envelope.requestId() > 0, "an answer to a request that was never sent");
                if (!envelope.isTruncated() && !envelope.isEncrypted()) {
                    assertTrue(Message.decodeHeader(packet.getData(), Envelope.BYTES, packet.getLength())
                            .isResponse());
                }
            }
        } catch (SocketTimeoutException e) {
            return count;
        }
    }

    /// An operation that nobody knows is told so (RFC 3652, section 2.2.2.2), with its own number.
    @Test
    void unknownOperationsAreNotSupported() throws Exception {
        try (var node = new AdministeredNode()) {
            for (int operation : new int[] {3, 999, 65_536, Integer.MAX_VALUE, -1}) {
                try (var client = new RawClient(node.server.tcpAddress().orElseThrow())) {
                    var told = client.ask(0, RawClient.request(operation, new Body.Empty()));
                    assertEquals(ResponseCode.OPERATION_DENIED, told.code());
                    assertEquals(operation, told.message().header().opCode());
                }
            }
        }
    }
}
