package io.millwright.identity.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.identity.record.Administrator;
import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleValue;
import io.millwright.identity.record.Permissions;
import io.millwright.identity.record.Site;
import io.millwright.identity.record.SiteServer;
import io.millwright.identity.record.TimeToLive;
import io.millwright.identity.record.ValueReference;
import io.millwright.identity.wire.Octets;
import io.millwright.identity.wire.WireReader;
import io.millwright.identity.wire.WireWriter;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// Another implementation's bytes are read as what they mean, and written again octet for octet. Without this, two
/// mistakes of our own could cancel out.
class GoldenBytesTest {

    static final List<String> MESSAGES = Golden.MESSAGES;

    private static final Header REQUEST = new Header(
            OpCode.RESOLUTION,
            0,
            OpFlag.RECURSIVE | OpFlag.CACHE_AUTHENTICATION | OpFlag.PUBLIC_ONLY,
            Header.NO_SITE,
            0,
            0x60000000);

    @ParameterizedTest
    @FieldSource("MESSAGES")
    void messagesAreWrittenAsTheyWereRead(String name) throws Exception {
        assertEquals(Golden.read(name), Octets.of(Golden.message(name).encode()));
    }

    /// RFC 3652, section 2.2.1.
    @Test
    void envelope() throws Exception {
        var golden = Golden.read("envelope");
        var envelope = Envelope.of(new ProtocolVersion(2, 3), new ProtocolVersion(2, 11), 0x01020304, 53);
        assertEquals(envelope, Envelope.read(new WireReader(golden)));
        var out = new WireWriter();
        envelope.write(out);
        assertEquals(golden, out.toOctets());
    }

    /// RFC 3652, section 3.2.1.
    @Test
    void resolutionRequests() throws Exception {
        var all = Body.ResolutionRequest.all(Handle.of("88.111.1/test"));
        assertEquals(Message.of(REQUEST, all), Golden.message("resolution-request"));
        var some = new Body.ResolutionRequest(Handle.of("88.118.7/a"), List.of(1, 2), List.of("URL"));
        assertEquals(Message.of(REQUEST, some), Golden.message("filtered-request"));
    }

    /// RFC 3651, section 3.1.
    @Test
    void values() throws Exception {
        var url = new HandleValue(
                1,
                "URL",
                Octets.utf8("https://example.org/p/1"),
                Permissions.PUBLISHED,
                TimeToLive.DAY,
                0x5f5e1000,
                List.of());
        assertEquals(url, HandleValue.read(new WireReader(Golden.read("value-url"))));
        assertEquals(Golden.read("value-url"), written(url));
        assertEquals(reference(), HandleValue.read(new WireReader(Golden.read("value-reference"))));
        assertEquals(Golden.read("value-reference"), written(reference()));
    }

    private static HandleValue reference() {
        return new HandleValue(
                3,
                "DESC",
                Octets.utf8("x"),
                new Permissions(0x0a),
                new TimeToLive(1, 1234),
                99,
                List.of(new ValueReference(Handle.of("0.NA/1"), 5)));
    }

    private static Octets written(HandleValue value) {
        var out = new WireWriter();
        value.write(out);
        return out.toOctets();
    }

    /// RFC 3652, sections 3.2.2 and 2.2.3.
    @Test
    void responses() throws Exception {
        var body = new Body.ResolutionResponse(Handle.of("88.118.7/a"), List.of(reference()));
        assertEquals(body, Golden.message("resolution-response").body());
        var digested = Golden.message("digest-response");
        assertEquals(body, digested.body());
        byte[] request = Golden.read("filtered-request").toByteArray();
        // The digested request differs from the plain one in one flag: RD.
        request[9] = (byte) 0x80;
        int end = Message.endOfBody(request, 0, request.length);
        assertEquals(Optional.of(RequestDigest.of(RequestDigest.SHA_256, request, 0, end)), digested.digest());
    }

    /// RFC 3652, sections 3.3 and 3.4.
    @Test
    void errorsAndReferrals() throws Exception {
        var error = Golden.message("error-response");
        assertEquals(ResponseCode.HANDLE_NOT_FOUND, error.header().responseCode());
        assertEquals(Body.ErrorResponse.of("no such handle"), error.body());
        var to = Handle.of("0.NA/88.118");
        assertEquals(
                new Body.Referral(to, List.of()),
                Golden.message("service-referral").body());
        assertEquals(
                new Body.Referral(to, List.of(reference())),
                Golden.message("prefix-referral").body());
    }

    /// RFC 3651, section 3.2.2.
    @Test
    void sites() throws Exception {
        var doors = List.of(
                new SiteServer.Door(SiteServer.ADMINISTRATION | SiteServer.RESOLUTION, SiteServer.TCP, 2641),
                new SiteServer.Door(SiteServer.RESOLUTION, SiteServer.UDP, 2641));
        var address = InetAddress.getLoopbackAddress();
        var server = SiteServer.at(1, address, doors);
        var site = new Site(
                1,
                2,
                11,
                7,
                Site.PRIMARY,
                Site.HASH_BY_ALL,
                Octets.EMPTY,
                List.of(new Site.Attribute("desc", "a node")),
                List.of(new SiteServer(1, server.address(), Octets.of((byte) 9, (byte) 8, (byte) 7), doors)));
        assertEquals(site, Site.decode(Golden.read("site")));
        assertEquals(Golden.read("site"), site.encode());
        assertEquals(address, site.servers().getFirst().inetAddress());
        assertEquals(
                new Body.SiteResponse(site), Golden.message("site-response").body());
        assertEquals(
                new Body.HandleRequest(Handle.BLANK),
                Golden.message("site-request").body());
    }

    /// RFC 3651, section 3.2.1.
    @Test
    void administrators() throws Exception {
        var keeper = new ValueReference(Handle.of("0.NA/88.118.7"), 300);
        var expected = List.of(
                new Administrator(Administrator.ALL, keeper),
                new Administrator(Administrator.ADD_HANDLE, keeper),
                new Administrator(Administrator.LIST_HANDLES, keeper));
        var names = List.of("admin-all", "admin-add-handle", "admin-list-handles");
        for (int i = 0; i < names.size(); i++) {
            assertEquals(expected.get(i), Administrator.decode(Golden.read(names.get(i))));
            assertEquals(Golden.read(names.get(i)), expected.get(i).encode());
        }
        assertTrue(expected.getFirst().may(Administrator.READ_VALUE));
    }

    /// RFC 3652, section 2.2.4: a session's code has an empty signer.
    @Test
    void credentials() throws Exception {
        var credential = Golden.message("mac-request").credential().orElseThrow();
        assertEquals("HS_MAC", credential.type());
        assertEquals(new ValueReference(Handle.of(""), 0), credential.signer());
        assertEquals(20, credential.signature().length());
    }
}
