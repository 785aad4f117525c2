package io.millwright.identity.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.identity.client.Endpoint;
import io.millwright.identity.client.HandleClient;
import io.millwright.identity.client.Resolution;
import io.millwright.identity.door.DnsDoor;
import io.millwright.identity.message.Body;
import io.millwright.identity.message.Envelope;
import io.millwright.identity.message.Header;
import io.millwright.identity.message.Message;
import io.millwright.identity.message.OpCode;
import io.millwright.identity.message.OpFlag;
import io.millwright.identity.message.ProtocolVersion;
import io.millwright.identity.record.Handle;
import io.millwright.identity.wire.WireReader;
import io.millwright.identity.wire.WireWriter;
import io.millwright.model.Time;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.handle.hdllib.Encoder;
import net.handle.hdllib.HandleResolver;
import net.handle.hdllib.ResolutionRequest;
import net.handle.hdllib.ResolutionResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/// A forged source address draws little (CWE-406): over real sockets, from a node that does not trust loopback.
class AmplificationTest {

    private static final UdpLimits LIMITS = UdpLimits.usual().distrustingLoopback();
    private static final List<String> NAMES = List.of("Pump-1", "large", "huge", "nothing");

    private RunningNode node;

    @BeforeEach
    void start() throws Exception {
        node = new RunningNode(ServerSettings.freePorts().withUdp(LIMITS), Time.system());
    }

    @AfterEach
    void stop() throws Exception {
        node.close();
    }

    private static byte[] query(String handle, int requestId) {
        var header = new Header(OpCode.RESOLUTION, 0, OpFlag.PUBLIC_ONLY, Header.NO_SITE, 0, 0);
        byte[] message = Message.of(header, Body.ResolutionRequest.all(Handle.of(handle)))
                .encode();
        var out = new WireWriter();
        Envelope.of(ProtocolVersion.COMPATIBLE, ProtocolVersion.NEWEST, requestId, message.length)
                .write(out);
        return out.plain(message, 0, message.length).toByteArray();
    }

    /// Octets that come back to a socket until nothing comes for a while.
    private static int drawn(DatagramSocket socket) throws Exception {
        int octets = 0;
        var packet = new DatagramPacket(new byte[2048], 2048);
        socket.setSoTimeout(300);
        try {
            while (true) {
                socket.receive(packet);
                octets += packet.getLength();
            }
        } catch (SocketTimeoutException e) {
            return octets;
        }
    }

    @Test
    void noAnswerToAStrangerIsLongerThanThreeDatagrams() throws Exception {
        for (String name : NAMES) {
            try (var socket = new DatagramSocket()) {
                byte[] query = query("88.118.7/" + name, 1);
                var to = node.server.udpAddress().orElseThrow();
                socket.send(new DatagramPacket(query, query.length, to));
                int octets = drawn(socket);
                assertTrue(octets >= Envelope.BYTES && octets <= 3 * 512, name + " drew " + octets);
            }
        }
        assertEquals(2, node.server.statistics().cutShort(), "the large and the huge one");
    }

    @Test
    void whatIsTooLongIsToldInTwentyOneOctets() throws Exception {
        try (var socket = new DatagramSocket()) {
            byte[] query = query("88.118.7/large", 4711);
            socket.connect(node.server.udpAddress().orElseThrow());
            socket.send(new DatagramPacket(query, query.length));
            var packet = new DatagramPacket(new byte[2048], 2048);
            socket.setSoTimeout(10_000);
            socket.receive(packet);
            assertEquals(Envelope.BYTES + 1, packet.getLength());
            var envelope = Envelope.read(new WireReader(packet.getData(), 0, packet.getLength()));
            assertTrue(envelope.isCutShort());
            assertEquals(4711, envelope.requestId());
        }
    }

    /// Who has made a TCP connection is where it says it is.
    @Test
    void whoMadeAConnectionGetsLongAnswers() throws Exception {
        var tcp = node.server.tcpAddress().orElseThrow();
        try (var connection = new Socket(tcp.getAddress(), tcp.getPort());
                var socket = new DatagramSocket()) {
            assertTrue(connection.isConnected());
            byte[] query = query("88.118.7/large", 1);
            var to = node.server.udpAddress().orElseThrow();
            int octets = 0;
            for (int i = 0; i < 50 && octets < 512 * 10; i++) { // The connection is accepted by another thread.
                socket.send(new DatagramPacket(query, query.length, to));
                octets = drawn(socket);
            }
            assertTrue(octets > 512 * 10, "drew " + octets);
        }
    }

    /// Our client and the public one go to TCP at once, without waiting for what does not come.
    @Test
    void clientsFallBackToTcp() throws Exception {
        for (String name : List.of("large", "huge")) {
            long began = System.nanoTime();
            try (var client =
                    HandleClient.to(Endpoint.udp(node.server.udpAddress().orElseThrow()))) {
                var found = assertInstanceOf(Resolution.Found.class, client.resolve(Handle.of("88.118.7/" + name)));
                assertEquals(
                        name.equals("large") ? 100 : 2000,
                        found.found().values().size());
            }
            stop();
            start();
            var request =
                    new ResolutionRequest(("88.118.7/" + name).getBytes(StandardCharsets.UTF_8), null, null, null);
            var resolver = new HandleResolver();
            resolver.setUdpRetryScheme(new int[] {10_000, 10_000, 10_000});
            var site = Encoder.decodeSiteInfoRecord(node.server.site().encode().toByteArray(), 0);
            var response = assertInstanceOf(ResolutionResponse.class, resolver.sendRequestToSite(request, site));
            assertEquals(name.equals("large") ? 100 : 2000, response.values.length);
            assertTrue(node.server.statistics().cutShort() > 0, "it asked by UDP first");
            assertTrue(System.nanoTime() - began < 9_000_000_000L, "somebody waited for fragments");
        }
    }

    /// A flood of forged requests draws no more than the rate of a network, whatever is asked for.
    @Test
    void aFloodDrawsNoMoreThanTheRate() throws Exception {
        stop();
        var slow = LIMITS.withBytesPerSecond(10_000);
        node = new RunningNode(ServerSettings.freePorts().withUdp(slow), Time.system());
        try (var socket = new DatagramSocket()) {
            var to = node.server.udpAddress().orElseThrow();
            long began = System.nanoTime();
            int sent = 0;
            int octets = 0;
            for (int round = 0; round < 5; round++) {
                for (int i = 0; i < 200; i++) {
                    byte[] query = query("88.118.7/Pump-1", ++sent);
                    socket.send(new DatagramPacket(query, query.length, to));
                }
                octets += drawn(socket);
            }
            double seconds = (System.nanoTime() - began) / 1e9;
            double most = 10_000 * (2 + seconds) * 1.1 + 21.0 * sent;
            assertTrue(octets < most, octets + " octets in " + seconds + " s");
            assertTrue(node.server.statistics().cutShort() > 500, "most were cut short");
        }
    }

    /// As name servers do it: beyond the rate, half of the answers are a header with TC, and the rest is not there.
    @Test
    void dnsHasARateToo() throws Exception {
        var question = Record.newRecord(Name.fromString("7.999.2.oid-res.org."), Type.NAPTR, DClass.IN);
        byte[] query = org.xbill.DNS.Message.newQuery(question).toWire();
        var limits = LIMITS.withBytesPerSecond(2_000);
        try (var dns = DnsServer.bind(InetAddress.getLoopbackAddress(), 0, limits, Time.system());
                var socket = new DatagramSocket()) {
            dns.serve(new DnsDoor(node.server.node(), RunningNode.PREFIX, DnsDoor.ORS_ZONE));
            for (int i = 0; i < 300; i++) {
                socket.send(new DatagramPacket(query, query.length, dns.address()));
            }
            int whole = 0;
            int truncated = 0;
            var packet = new DatagramPacket(new byte[2048], 2048);
            socket.setSoTimeout(500);
            try {
                while (true) {
                    socket.receive(packet);
                    var answer =
                            new org.xbill.DNS.Message(java.util.Arrays.copyOf(packet.getData(), packet.getLength()));
                    boolean cut = answer.getHeader().getFlag(Flags.TC);
                    assertTrue(
                            !cut || packet.getLength() < query.length, "a truncated answer is shorter than its query");
                    assertEquals(
                            (query[0] & 0xff) << 8 | query[1] & 0xff,
                            answer.getHeader().getID());
                    whole += cut ? 0 : 1;
                    truncated += cut ? 1 : 0;
                }
            } catch (SocketTimeoutException e) {
                assertTrue(whole < 150 && truncated > 50 && whole + truncated < 250, whole + " and " + truncated);
            }
        }
    }
}
