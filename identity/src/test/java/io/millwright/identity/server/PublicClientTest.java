package io.millwright.identity.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.record.HandleValue;
import io.millwright.identity.wire.Octets;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.handle.hdllib.AbstractMessage;
import net.handle.hdllib.AbstractRequest;
import net.handle.hdllib.AbstractResponse;
import net.handle.hdllib.Common;
import net.handle.hdllib.DeleteHandleRequest;
import net.handle.hdllib.Encoder;
import net.handle.hdllib.ErrorResponse;
import net.handle.hdllib.GenericRequest;
import net.handle.hdllib.GetSiteInfoResponse;
import net.handle.hdllib.HandleException;
import net.handle.hdllib.HandleResolver;
import net.handle.hdllib.Interface;
import net.handle.hdllib.RemoveValueRequest;
import net.handle.hdllib.ResolutionRequest;
import net.handle.hdllib.ResolutionResponse;
import net.handle.hdllib.ServerInfo;
import net.handle.hdllib.SiteInfo;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The public Java client, written by others, asks our node over each of its doors. It is given the node's site, so
/// that it never looks for the root of the real system.
class PublicClientTest {

    private static RunningNode node;

    enum Door {
        UDP(Interface.SP_HDL_UDP),
        TCP(Interface.SP_HDL_TCP),
        HTTP(Interface.SP_HDL_HTTP);

        final byte protocol;

        Door(byte protocol) {
            this.protocol = protocol;
        }
    }

    @BeforeAll
    static void start() throws Exception {
        node = new RunningNode();
    }

    @AfterAll
    static void stop() throws Exception {
        node.close();
    }

    /// The site as that client decodes it, with one of its interfaces only.
    private static SiteInfo site(Door door) throws Exception {
        SiteInfo site = Encoder.decodeSiteInfoRecord(node.server.site().encode().toByteArray(), 0);
        ServerInfo server = site.servers[0];
        server.interfaces = Arrays.stream(server.interfaces)
                .filter(i -> i.protocol == door.protocol)
                .toArray(Interface[]::new);
        assertEquals(1, server.interfaces.length, door + " is in the site");
        return site;
    }

    private static AbstractResponse ask(Door door, AbstractRequest request) throws Exception {
        var resolver = new HandleResolver();
        resolver.setTcpTimeout(5_000);
        resolver.setUdpRetryScheme(new int[] {2_000, 2_000});
        return resolver.sendRequestToSite(request, site(door));
    }

    private static ResolutionRequest query(String handle, List<String> types, int... indexes) {
        byte[][] typeBytes = types.stream().map(PublicClientTest::utf8).toArray(byte[][]::new);
        return new ResolutionRequest(utf8(handle), typeBytes, indexes, null);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<Octets> valuesOf(AbstractResponse response) {
        var resolution = assertInstanceOf(ResolutionResponse.class, response, response.toString());
        return Arrays.stream(resolution.values).map(Octets::of).toList();
    }

    private static List<Octets> expected(HandleRecord source, int... indexes) {
        return Arrays.stream(indexes)
                .mapToObj(i -> source.value(i).orElseThrow())
                .map(PublicClientTest::encoded)
                .toList();
    }

    /// What the other implementation makes of the same fields.
    private static Octets encoded(HandleValue value) {
        var references = value.references().stream()
                .map(r -> new net.handle.hdllib.ValueReference(utf8(r.handle().toString()), r.index()))
                .toArray(net.handle.hdllib.ValueReference[]::new);
        int bits = value.permissions().bits();
        return Octets.of(Encoder.encodeHandleValue(new net.handle.hdllib.HandleValue(
                value.index(),
                utf8(value.type()),
                value.data().toByteArray(),
                (byte) value.ttl().type(),
                value.ttl().seconds(),
                value.timestampSeconds(),
                references,
                (bits & 8) != 0,
                (bits & 4) != 0,
                (bits & 2) != 0,
                (bits & 1) != 0)));
    }

    @ParameterizedTest
    @EnumSource
    void resolvesAllPublicValues(Door door) throws Exception {
        var response = ask(door, query("88.118.7/Pump-1", List.of()));
        assertEquals(expected(RunningNode.PUMP, 1, 2, 3, 5), valuesOf(response));
        assertTrue(response.authoritative);
        assertEquals(7, response.siteInfoSerial);
        assertEquals(11, response.minorProtocolVersion);
    }

    /// RFC 3652, section 2.1.3: here ASCII case does not count, and the handle comes back as it was asked for.
    @ParameterizedTest
    @ValueSource(strings = {"88.118.7/pump-1", "88.118.7/PUMP-1"})
    void asciiCaseDoesNotCount(String handle) throws Exception {
        var response = ask(Door.TCP, query(handle, List.of()));
        assertEquals(4, valuesOf(response).size());
        assertEquals(handle, new String(((ResolutionResponse) response).handle, StandardCharsets.UTF_8));
    }

    /// RFC 3652, section 2.3: the answer comes in 20 datagrams.
    @ParameterizedTest
    @EnumSource
    void resolvesLargeRecords(Door door) throws Exception {
        var response = ask(door, query("88.118.7/large", List.of()));
        var all = RunningNode.LARGE.values().stream()
                .map(PublicClientTest::encoded)
                .toList();
        assertEquals(all, valuesOf(response));
    }

    @ParameterizedTest
    @EnumSource(names = {"TCP", "HTTP"})
    void resolvesHugeRecords(Door door) throws Exception {
        assertEquals(
                2000, valuesOf(ask(door, query("88.118.7/huge", List.of()))).size());
    }

    /// RFC 3652, section 3.2.1: index and type lists each add values.
    @ParameterizedTest
    @EnumSource
    void filtersByIndexAndType(Door door) throws Exception {
        assertEquals(expected(RunningNode.PUMP, 2), valuesOf(ask(door, query("88.118.7/Pump-1", List.of(), 2, 77))));
        assertEquals(expected(RunningNode.PUMP, 1), valuesOf(ask(door, query("88.118.7/Pump-1", List.of("url")))));
        assertEquals(
                expected(RunningNode.PUMP, 1, 2), valuesOf(ask(door, query("88.118.7/Pump-1", List.of("URL"), 2))));
        assertEquals(
                expected(RunningNode.PUMP, 3, 5),
                valuesOf(ask(door, query("88.118.7/Pump-1", List.of("MILLWRIGHT.")))));
        assertEquals(List.of(), valuesOf(ask(door, query("88.118.7/Pump-1", List.of("EMAIL")))));
    }

    @ParameterizedTest
    @EnumSource
    void errorsHaveTheCodesOfTheStandard(Door door) throws Exception {
        assertCode(AbstractMessage.RC_HANDLE_NOT_FOUND, ask(door, query("88.118.7/nothing", List.of())));
        assertCode(AbstractMessage.RC_SERVER_NOT_RESP, ask(door, query("10.1000/1", List.of())));
        assertCode(AbstractMessage.RC_SERVER_NOT_RESP, ask(door, query("0.NA/0.NA", List.of())));
        assertCode(AbstractMessage.RC_INVALID_HANDLE, ask(door, query("88.118.7/", List.of())));
        assertCode(AbstractMessage.RC_INVALID_HANDLE, ask(door, query("pump", List.of())));
    }

    private static void assertCode(int code, AbstractResponse response) {
        assertEquals(code, response.responseCode, response.toString());
        assertInstanceOf(ErrorResponse.class, response);
    }

    /// RFC 3652, section 3.2.1, last paragraphs: what is for administrators needs authentication, what is for nobody
    /// is refused; a query for public values does not meet either.
    @Test
    void restrictedValuesAreNotGivenOut() throws Exception {
        var everything = query("88.118.7/Pump-1", List.of());
        everything.ignoreRestrictedValues = false;
        assertCode(AbstractMessage.RC_AUTHEN_ERROR, ask(Door.TCP, everything));
        assertCode(AbstractMessage.RC_AUTHEN_ERROR, ask(Door.TCP, query("88.118.7/Pump-1", List.of(), 200)));
        assertCode(
                AbstractMessage.RC_INSUFFICIENT_PERMISSIONS, ask(Door.TCP, query("88.118.7/Pump-1", List.of(), 300)));
        assertEquals(List.of(), valuesOf(ask(Door.TCP, query("88.118.7/Pump-1", List.of("NOTE")))));
    }

    @ParameterizedTest
    @EnumSource
    void tellsItsSite(Door door) throws Exception {
        var response = ask(door, new GenericRequest(Common.BLANK_HANDLE, AbstractMessage.OC_GET_SITE_INFO, null));
        SiteInfo site = assertInstanceOf(GetSiteInfoResponse.class, response).siteInfo;
        assertEquals(3, site.servers[0].interfaces.length);
        assertTrue(site.isPrimary);
        assertArrayEquals(node.server.site().encode().toByteArray(), Encoder.encodeSiteInfoRecord(site));
    }

    /// RFC 3652, section 2.2.3: the digest is that of the request's header and body.
    @ParameterizedTest
    @ValueSource(bytes = {5, 7, 11})
    void returnsTheRequestsDigest(byte minorVersion) throws Exception {
        var request = query("88.118.7/Pump-1", List.of());
        request.returnRequestDigest = true;
        request.suggestMajorProtocolVersion = 2;
        request.suggestMinorProtocolVersion = minorVersion;
        var response = ask(Door.TCP, request);
        var own = new ResolutionResponse(request, request.handle, new byte[0][]);
        assertEquals(own.rdHashType, response.rdHashType);
        assertArrayEquals(own.requestDigest, response.requestDigest);
    }

    @Test
    void otherOperationsAreDenied() throws Exception {
        byte[] pump = utf8("88.118.7/Pump-1");
        var requests = List.of(
                new DeleteHandleRequest(pump, null),
                new RemoveValueRequest(pump, 1, null),
                new GenericRequest(pump, AbstractMessage.OC_HOME_NA, null),
                new GenericRequest(pump, AbstractMessage.OC_BACKUP_SERVER, null));
        for (var request : requests) {
            // Sent to the door itself: the site offers no administration, so the client would not even try.
            var tcp = node.server.tcpAddress().orElseThrow();
            var answer = new HandleResolver().sendHdlTcpRequest(request, tcp.getAddress(), tcp.getPort());
            assertCode(AbstractMessage.RC_OPERATION_NOT_SUPPORTED, answer);
        }
        assertEquals(
                4, valuesOf(ask(Door.TCP, query("88.118.7/Pump-1", List.of()))).size());
    }

    /// A flag that cannot be honoured is an error, not ignored (RFC 3652, section 2.2.2.3).
    @Test
    void signaturesThatCannotBeGivenAreRefused() throws Exception {
        var request = query("88.118.7/Pump-1", List.of());
        request.certify = true;
        var resolver = new HandleResolver();
        resolver.setCheckSignatures(false);
        assertCode(AbstractMessage.RC_OPERATION_NOT_SUPPORTED, resolver.sendRequestToSite(request, site(Door.TCP)));
    }

    /// RFC 3652, section 2.2.2.6.
    @Test
    void expiredRequestsAreRefused() throws Exception {
        var request = query("88.118.7/Pump-1", List.of());
        request.expiration = 1_600_000_000;
        var refusal = assertThrows(HandleException.class, () -> ask(Door.UDP, request));
        assertEquals(HandleException.SERVER_ERROR, refusal.getCode());
        assertTrue(refusal.toString().contains("expired at 1600000000"), refusal.toString());
    }

    /// The longest handle takes more than one datagram to ask for.
    @Test
    void longQuestionsArriveInFragments() throws Exception {
        var response = ask(Door.UDP, query("88.118.7/" + "x".repeat(2030), List.of()));
        assertCode(AbstractMessage.RC_HANDLE_NOT_FOUND, response);
    }
}
