package io.millwright.identity.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.identity.client.Endpoint.Protocol;
import io.millwright.identity.message.Body;
import io.millwright.identity.message.ResponseCode;
import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleValue;
import io.millwright.identity.server.RunningNode;
import io.millwright.model.Time;
import io.millwright.testkit.MisbehavingServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.IntPredicate;
import net.handle.hdllib.AbstractMessage;
import net.handle.hdllib.Encoder;
import net.handle.hdllib.GetSiteInfoResponse;
import net.handle.hdllib.MessageEnvelope;
import net.handle.hdllib.ResolutionRequest;
import net.handle.hdllib.ResolutionResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Our client asks our node. That the bytes between them are right is checked with another implementation's decoder.
class HandleClientTest {

    private static final Handle PUMP = Handle.of("88.118.7/Pump-1");
    private static final ClientSettings HURRIED = ClientSettings.usual()
            .withUdpTimeouts(List.of(Duration.ofMillis(200), Duration.ofMillis(400), Duration.ofSeconds(2)))
            .withAnswerTimeout(Duration.ofSeconds(5));

    private static RunningNode node;

    @BeforeAll
    static void start() throws Exception {
        node = new RunningNode();
    }

    @AfterAll
    static void stop() throws Exception {
        node.close();
    }

    private static HandleClient client(Protocol protocol) {
        var address = switch (protocol) {
            case UDP -> node.server.udpAddress();
            case TCP -> node.server.tcpAddress();
            case HTTP -> node.server.httpAddress();
        };
        return HandleClient.to(
                new Endpoint(protocol, address.orElseThrow()), HURRIED.withRequestDigest(), Time.system());
    }

    private static RecordingProxy proxy(IntPredicate lost) throws Exception {
        return new RecordingProxy(
                node.server.udpAddress().orElseThrow(), node.server.tcpAddress().orElseThrow(), lost);
    }

    private static HandleClient through(RecordingProxy proxy, Protocol protocol) {
        return HandleClient.to(new Endpoint(protocol, proxy.address()), HURRIED, Time.system());
    }

    private static List<Integer> indexes(Resolution resolution) {
        var found = assertInstanceOf(Resolution.Found.class, resolution, resolution.toString());
        return found.found().values().stream().map(HandleValue::index).toList();
    }

    @ParameterizedTest
    @EnumSource
    void everyOutcomeHasItsOwnType(Protocol protocol) {
        try (var client = client(protocol)) {
            assertEquals(List.of(1, 2, 3, 5), indexes(client.resolve(PUMP)));
            assertEquals(List.of(2), indexes(client.resolve(new Body.ResolutionRequest(PUMP, List.of(2), List.of()))));
            assertEquals(new Resolution.NotFound(Handle.of("88.118.7/x")), client.resolve(Handle.of("88.118.7/x")));
            assertInstanceOf(Resolution.NotResponsible.class, client.resolve(Handle.of("10.1/x")));
            var refused = assertInstanceOf(
                    Resolution.Refused.class,
                    client.resolve(new Body.ResolutionRequest(PUMP, List.of(300), List.of())));
            assertEquals(ResponseCode.ACCESS_DENIED, refused.code());
            assertTrue(refused.reason().contains("300"), refused.reason());
        }
    }

    @ParameterizedTest
    @EnumSource
    void siteInformation(Protocol protocol) {
        try (var client = client(protocol)) {
            var answered = assertInstanceOf(Exchange.Answered.class, client.siteInformation());
            assertEquals(
                    new Body.SiteResponse(node.server.site()),
                    answered.message().body());
        }
    }

    @ParameterizedTest
    @EnumSource
    void largeRecordsComeWhole(Protocol protocol) {
        try (var client = client(protocol)) {
            assertEquals(
                    100, indexes(client.resolve(Handle.of("88.118.7/large"))).size());
            assertEquals(
                    2000, indexes(client.resolve(Handle.of("88.118.7/huge"))).size());
        }
    }

    /// The node announces an answer that it does not send by UDP; the client fetches it by TCP.
    @Test
    void anAnswerTooLongForUdpIsFetchedByTcp() throws Exception {
        try (var proxy = proxy(i -> false);
                var client = through(proxy, Protocol.UDP)) {
            var found = assertInstanceOf(Resolution.Found.class, client.resolve(Handle.of("88.118.7/huge")));
            assertEquals(Protocol.TCP, found.from().protocol());
            assertEquals(1, proxy.udpAnswers.size());
        }
    }

    @Test
    void lostRequestsAndAnswersAreSentAgain() throws Exception {
        try (var proxy = proxy(i -> i == 0);
                var client = through(proxy, Protocol.UDP)) {
            var found = assertInstanceOf(Resolution.Found.class, client.resolve(PUMP));
            assertEquals(Protocol.UDP, found.from().protocol());
            assertTrue(proxy.udpRequests.size() >= 2);
            assertArrayEquals(proxy.udpRequests.get(0), proxy.udpRequests.get(1));
        }
    }

    /// One fragment is lost each time, always the same one: UDP never delivers the whole, TCP does.
    @Test
    void aFragmentThatNeverArrivesIsFetchedByTcp() throws Exception {
        int fragments = fragmentsOfLarge();
        assertTrue(fragments > 4, "the proxy loses the fourth of each answer's fragments");
        try (var proxy = proxy(i -> i % fragments == 3);
                var client = through(proxy, Protocol.UDP)) {
            var found = assertInstanceOf(Resolution.Found.class, client.resolve(Handle.of("88.118.7/large")));
            assertEquals(Protocol.TCP, found.from().protocol());
            assertEquals(100, found.found().values().size());
        }
    }

    private static int fragmentsOfLarge() throws Exception {
        try (var proxy = proxy(i -> false);
                var client = through(proxy, Protocol.UDP)) {
            client.resolve(Handle.of("88.118.7/large"));
            return proxy.udpAnswers.size();
        }
    }

    private static AbstractMessage decode(byte[] packet) throws Exception {
        var envelope = new MessageEnvelope();
        Encoder.decodeEnvelope(packet, envelope);
        assertEquals(packet.length - 20, envelope.messageLength);
        return Encoder.decodeMessage(packet, 20, envelope);
    }

    @Test
    void thePublicClientsDecoderReadsWhatIsSentByUdp() throws Exception {
        try (var proxy = proxy(i -> false);
                var client = through(proxy, Protocol.UDP)) {
            client.resolve(new Body.ResolutionRequest(PUMP, List.of(1, 2), List.of("DESC")));
            var request = assertInstanceOf(ResolutionRequest.class, decode(proxy.udpRequests.getFirst()));
            assertEquals("88.118.7/Pump-1", new String(request.handle, StandardCharsets.UTF_8));
            assertArrayEquals(new int[] {1, 2}, request.requestedIndexes);
            assertEquals("DESC", new String(request.requestedTypes[0], StandardCharsets.UTF_8));
            assertTrue(request.ignoreRestrictedValues);
            var answer = assertInstanceOf(ResolutionResponse.class, decode(proxy.udpAnswers.getFirst()));
            assertEquals("Förderpumpe 泵", answer.getHandleValues()[1].getDataAsString());
        }
    }

    @Test
    void thePublicClientsDecoderReadsWhatIsSentByTcp() throws Exception {
        try (var proxy = proxy(i -> false);
                var client = through(proxy, Protocol.TCP)) {
            client.siteInformation();
            client.resolve(PUMP);
            assertEquals(AbstractMessage.OC_GET_SITE_INFO, decode(proxy.tcpRequests.get(0)).opCode);
            assertInstanceOf(GetSiteInfoResponse.class, decode(proxy.tcpAnswers.get(0)));
        }
    }

    @Test
    void nobodyListening() {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), MisbehavingServer.refusingPort());
        for (var protocol : Protocol.values()) {
            try (var client = HandleClient.to(new Endpoint(protocol, address), HURRIED, Time.system())) {
                var unreachable = assertInstanceOf(Resolution.Unreachable.class, client.resolve(PUMP));
                assertEquals("nobody listens there", unreachable.reason(), protocol.toString());
            }
        }
    }
}
